"""③ 抽签: the draw in public, its record, and calling up reserves."""

from __future__ import annotations

from pathlib import Path

from models.exams.draw import check_seed
from models.exams.verification import Verification
from ui.desktop.pages.exams.meeting.screen import MeetingScreen
from ui.desktop.pages.exams.meeting.showing import Meeting
from ui.desktop.pages.exams.papers import show_paper
from ui.desktop.pages.exams.view import ListSpec, Loaded, StepView
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.answers import filled
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.parts import set_kind
from ui.desktop.widgets.saving import ask_where_to
from ui.desktop.widgets.table.source import TableColumn

_JOBS = "ui.desktop.pages.exams.jobs"
draw_in_public = Lazy(_JOBS, "draw_in_public")
write_record = Lazy(_JOBS, "write_record")
check_draw = Lazy(_JOBS, "check_draw")
replace_one = Lazy(_JOBS, "replace_one")
load_meeting = Lazy("ui.desktop.pages.exams.loads", "meeting")
RECORD = "抽签记录 (*.json)"
DRAWN = ListSpec(
    "drawn",
    "抽中的人",
    (
        TableColumn("school", "学校", 14, stretch=True),
        TableColumn("stratum", "组别", 16),
        TableColumn("place", "次序", 3, numeric=True),
        TableColumn("name", "姓名", 6),
        TableColumn("teacher_no", "编号", 7),
    ),
    "还没有抽签。",
)
CALLED = ListSpec(
    "called",
    "递补",
    (
        TableColumn("left", "不能参加的人", 12),
        TableColumn("reason", "原因", 12, stretch=True),
        TableColumn("came", "递补的人", 12),
        TableColumn("place", "次序", 6),
        TableColumn("school", "学校", 12),
    ),
    "没有人递补。抽中的人不能参加时，由同组下一名候补参加。",
)
ATTEMPTS = ListSpec(
    "attempts",
    "历次抽签",
    (
        TableColumn("attempt", "次数", 5),
        TableColumn("at", "时间", 9),
        TableColumn("seed", "种子", 20, stretch=True),
        TableColumn("reason", "重抽的原因", 14),
    ),
    "还没有抽签。",
)


class DrawStep(StepView):
    """Before the draw a way to the meeting; after it the names and the record."""

    def __init__(self, session: Session) -> None:
        """Make the step."""
        load = Lazy("ui.desktop.pages.exams.loads", "drawing")
        super().__init__(session, load, (DRAWN, CALLED, ATTEMPTS))
        self.meet = self.add("会场抽签（大屏）", self.meet_now, _drawable, kind="primary")
        self.here = self.add("在这里抽签…", self.draw, _may_draw)
        self.add_for_one("递补…", self.call_up, _in_force, "drawn")
        self.bar.addStretch(1)
        self.record_button = self.add("抽签记录", self.show_record, _drawn, drawing="printer")
        self.add_menu(
            "更多",
            {
                "抽签记录附页（候补递补）": self.show_called,
                "导出抽签记录（JSON）…": self.export,
                "用记录和名单重算一遍": self.check,
            },
            _drawn,
        )
        self.screen_shown: MeetingScreen | None = None

    def fill(self, loaded: Loaded) -> None:
        """Show who was drawn; a draw that was made can be shown again on the big screen."""
        super().fill(loaded)
        drawn = bool(loaded.now.draws)
        self.meet.setText("大屏再看一遍" if drawn else "会场抽签（大屏）")
        self.here.setText("重新抽签…" if drawn else "在这里抽签…")
        outdated = loaded.now.outdated
        set_kind(self.meet, "" if drawn else "primary")
        set_kind(self.here, "primary" if outdated else "")
        set_kind(self.record_button, "primary" if drawn and not outdated else "", "printer")
        what = "统考不抽签，名单上的人都参加。" if loaded.now.whole else "还没有抽签。"
        missing = loaded.now.pool is None and not loaded.now.whole
        words = "请先在“② 名单”中冻结名单。" if missing else what
        self.grids["drawn"].empty.say(words, drawing="shuffle")

    def meet_now(self) -> None:
        """Open the screen of the meeting room."""
        self._meet("")

    def draw(self) -> None:
        """Ask for the seed here; a second draw asks for its reason and goes to the big screen."""
        loaded = self.loaded
        if loaded is None:
            return
        if loaded.now.draws:
            self._draw_again()
            return
        words = f"{loaded.note}同一名单、同一种子总得到同一结果。"
        sheet = ChooseSheet("抽签", words, "开始抽取", self)
        sheet.add_line("seed", "公开种子", hint="至少 20 位数字或 12 个字")

        def understand(texts: dict[str, str]) -> str:
            check_seed(texts["seed"])
            return texts["seed"]

        exam = loaded.exam
        self.ask(sheet, understand, lambda seed: draw_in_public.bind(exam.id, seed, ""), self._told)

    def _draw_again(self) -> None:
        words = "原来的结果仍留在记录中，只有最后一次有效。种子在大屏上重新公开产生。"
        sheet = ChooseSheet("重新抽签", words, "到大屏抽签", self)
        sheet.add_line("reason", "重新抽签的原因")

        def done(texts: dict[str, str]) -> None:
            if not texts["reason"]:
                sheet.refuse("请写明原因。")
                return
            sheet.accept()
            self._meet(texts["reason"])

        sheet.ask(done)

    def call_up(self) -> None:
        """Ask why somebody drawn cannot come; the next reserve of the group is called up."""
        exam, number = self.exam, self.tables["drawn"].selected_ids()[0]
        name = (
            self.tables["drawn"]
            .table.row_at(self.tables["drawn"].table.place_of(number))
            .texts["name"]
        )
        sheet = ChooseSheet(
            "递补", f"{name}（{number}）不能参加，由同组下一名候补参加，座位不变。", "递补", self
        )
        sheet.add_line("reason", "原因", hint="如：产假、外出学习")

        def done(result: object) -> None:
            self.show_list("called")
            self.offer_undo(result)

        self.ask(
            sheet,
            lambda texts: filled(texts, "reason")["reason"],
            lambda reason: replace_one.bind(exam.id, number, reason),
            done,
        )

    def show_record(self) -> None:
        """Show the record of the latest draw."""
        show_paper(self, self.session, self.exam, "draw-record", "抽签记录")

    def show_called(self) -> None:
        """Show the supplement that tells who was called up."""
        show_paper(self, self.session, self.exam, "draw-reserves", "抽签记录附页")

    def export(self) -> None:
        """Ask where the record goes, and write it."""
        exam = self.exam
        out = ask_where_to(self, f"{exam.name}抽签记录.json", RECORD)
        if out is not None:
            self.session.read("正在写抽签记录", write_record.bind(exam.id, out), self._written)

    def check(self) -> None:
        """Draw again from record and frame alone, and say whether all agrees."""
        self.session.read("正在重算", check_draw.bind(self.exam.id), self._checked)

    def _meet(self, reason: str) -> None:
        def show(found: Meeting) -> None:
            if self.screen_shown is not None:
                return  # a second click, while the first was being read
            screen = MeetingScreen(self, self.session, found, reason)
            screen.drew.connect(self._told)
            screen.destroyed.connect(self._left)
            self.screen_shown = screen
            screen.showFullScreen()

        work = load_meeting.bind(self.exam.id, again=bool(reason))
        self.session.read("正在准备", work, show)

    def _left(self) -> None:
        self.screen_shown = None

    def _told(self, made: object) -> None:
        found = getattr(made, "meeting", None)
        people = sum(len(page.people) for page in found.schools) if found else 0
        self.session.told.emit(f"抽签完毕，抽中 {people:,} 人；请打印抽签记录签字。", "ok")

    def _checked(self, found: Verification) -> None:
        if found.valid:
            words = f"核对无误：从 {found.people:,} 人中抽取 {found.drawn:,} 人，逐人相同。"
            self.session.told.emit(words, "ok")
        else:
            self.session.told.emit("".join(found.differences), "error")

    def _written(self, out: Path) -> None:
        self.session.told.emit(f"已写出 {out}", "ok")


def _drawable(loaded: Loaded) -> bool:
    return loaded.now.pool is not None and not loaded.now.whole


def _may_draw(loaded: Loaded) -> bool:
    return _drawable(loaded) and not loaded.now.people


def _drawn(loaded: Loaded) -> bool:
    return bool(loaded.now.draws)


def _in_force(loaded: Loaded) -> bool:
    return _drawn(loaded) and not loaded.now.outdated
