"""④ 考场: the examinees, their rooms and seats, the papers of the day, absences."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.exams.numbering import PLACES, rule_of, usual_rule
from models.exams.records import STATE_NAMES
from ui.desktop.pages.exams.papers import show_paper
from ui.desktop.pages.exams.rooms_sheet import RoomsSheet
from ui.desktop.pages.exams.view import ListSpec, Loaded, StepView
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.answers import filled
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.picking import PickSheet
from ui.desktop.widgets.table.source import TableColumn

if TYPE_CHECKING:
    from models.exams.seats import Seated
    from ui.desktop.pages.exams.day_jobs import Listed

_JOBS = "ui.desktop.pages.exams.day_jobs"
enter = Lazy(_JOBS, "enter")
add_many = Lazy(_JOBS, "add_many")
drop_rooms = Lazy(_JOBS, "drop_rooms")
seat = Lazy(_JOBS, "seat")
unseat = Lazy(_JOBS, "unseat")
move = Lazy(_JOBS, "move")
number_by = Lazy(_JOBS, "number_by")
note = Lazy(_JOBS, "note")
PEOPLE = ListSpec(
    "people",
    "考生",
    (
        TableColumn("admission_no", "准考证号", 10),
        TableColumn("name", "姓名", 5),
        TableColumn("school", "学校", 14, stretch=True),
        TableColumn("subject", "学科", 6),
        TableColumn("room", "考场", 3, numeric=True),
        TableColumn("seat", "座号", 3, numeric=True),
        TableColumn("origin", "来源", 4),
        TableColumn("state", "状态", 5),
        TableColumn("reason", "原因", 8),
    ),
    "还没有考生名单。",
)
ROOMS = ListSpec(
    "rooms",
    "考场",
    (
        TableColumn("number", "考场号", 4, numeric=True),
        TableColumn("name", "门上的名称", 10),
        TableColumn("place", "学校或楼层", 12, stretch=True),
        TableColumn("lanes", "各列座位数", 8),
        TableColumn("left_empty", "不坐人的座号", 8),
        TableColumn("seats", "座位", 4, numeric=True),
        TableColumn("taken", "已排", 4, numeric=True),
    ),
    "还没有考场。可以一次加几个，也可以逐个填写或从 Excel 粘贴。",
)
BESIDE = ListSpec(
    "beside",
    "相邻相同",
    (
        TableColumn("room", "考场", 8),
        TableColumn("first", "考生", 16, stretch=True),
        TableColumn("second", "相邻的考生", 16),
        TableColumn("trait", "相同的", 5),
    ),
    "没有同校或同学科的人相邻。",
)
PAPERS = {
    "考务资料（整套）": "exam-pack",
    "考场安排表": "exam-rooms",
    "各校考生名单": "exam-list",
    "准考证": "exam-tickets",
    "门贴": "exam-door",
    "座次图": "exam-plan",
    "桌贴": "exam-desk",
    "签到表": "exam-sign-in",
    "答题卡标签": "exam-answer",
}


class RoomsStep(StepView):
    """Everything of the exam day."""

    def __init__(self, session: Session) -> None:
        """Make the step."""
        load = Lazy("ui.desktop.pages.exams.day_loads", "rooms")
        super().__init__(session, load, (PEOPLE, ROOMS, BESIDE))
        self.go_on = self.add("生成考生名单", self.next_deed, kind="primary")
        self.add_menu(
            "考场",
            {
                "一次加几个考场…": self.add_rooms,
                "逐个填写、修改…": self.edit_rooms,
                "删除选中的考场": self.drop_rooms,
            },
            _listed,
        )
        self.add_menu(
            "座位",
            {
                "给没有座位的人排座": partial(self.seat, again=False),
                "全部重新排座…": self.seat_again,
                "取消座位编排": self.unseat,
                "准考证号的编法…": self.set_rule,
            },
            _listed,
        )
        self.add_for_one("调座位…", self.change_seat, _seated, "people")
        self.add("缺考、缓考、作弊…", self.note_states, chosen="people")
        self.bar.addStretch(1)
        papers = {title: partial(self.show_paper, title) for title in PAPERS}
        self.add_menu("考务材料", papers, _seated, drawing="printer")

    def fill(self, loaded: Loaded) -> None:
        """Show the day; the first button does what comes next."""
        super().fill(loaded)
        now = loaded.now
        words = "生成考生名单" if not now.people else "排座位" if now.seated < now.people else ""
        self.go_on.setText(words or "打印整套考务材料")

    def next_deed(self) -> None:
        """Do what comes next: list, seats, papers."""
        loaded = self.loaded
        if loaded is None:
            return
        if not loaded.now.people:
            self.write("正在生成考生名单", enter.bind(loaded.exam.id), self._entered)
        elif loaded.now.seated < loaded.now.people:
            self.seat(again=False)
        else:
            self.show_paper("考务资料（整套）")

    def add_rooms(self) -> None:
        """Ask for several like rooms."""
        exam = self.exam
        words = "各列座位数如“8 7 7 8”；名称中的 {number} 换成考场号。"
        sheet = ChooseSheet("一次加几个考场", words, "增加", self)
        sheet.add_line("count", "考场数", hint="如 10")
        sheet.add_line("lanes", "各列座位数", hint="不填为 8 7 7 8")
        sheet.add_line("name", "门上的名称", "第{number}考场")
        sheet.add_line("place", "学校或楼层", exam.session.places)
        self.ask(
            sheet,
            lambda texts: filled(texts, "count"),
            lambda texts: add_many.bind(exam.id, texts),
        )

    def edit_rooms(self) -> None:
        """Open the rooms as a grid."""
        loaded = self.loaded
        if loaded is not None:
            sheet = RoomsSheet(self.session, self, loaded.exam, loaded.more)
            sheet.saved.connect(self.offer_undo)
            sheet.open()

    def drop_rooms(self) -> None:
        """Remove the chosen rooms."""
        chosen = self.tables["rooms"].selected_ids()
        if not chosen:
            self.show_list("rooms")
            self.session.told.emit("请先在“考场”表中选中要删除的考场。", "warn")
            return
        self.write("正在删除考场", drop_rooms.bind(self.exam.id, chosen))

    def seat(self, *, again: bool) -> None:
        """Give seats."""
        self.write("正在排座位", seat.bind(self.exam.id, again=again), self._told)

    def seat_again(self) -> None:
        """Ask, then seat everybody anew."""
        ask(
            self,
            "全部重新排座？",
            "座号和准考证号都会重新编，印过的准考证作废。可以撤销。",
            (Answer("取消"), Answer("重新排座", partial(self.seat, again=True), "danger")),
            "warn",
        )

    def unseat(self) -> None:
        """Take all seats back."""
        self.write("正在取消座位", unseat.bind(self.exam.id))

    def set_rule(self) -> None:
        """Ask by what template admission numbers are made from now on."""
        places = "、".join(f"{{{key}}}{name}" for key, name in PLACES.items())
        words = f"可用：{places}。留空即按通常的编法 {usual_rule()}；排过的座位重新排座后才改。"
        sheet = ChooseSheet("准考证号的编法", words, "确定", self)
        sheet.add_line("rule", "编法", rule_of(self.session.office))
        self.ask(sheet, lambda texts: texts["rule"], number_by.bind, self._numbered)

    def change_seat(self) -> None:
        """Ask where the chosen person sits instead."""
        exam, one = self.exam, self.tables["people"].selected_ids()[0]
        sheet = ChooseSheet("调座位", "那里已有人的，两人对调；准考证号随座位。", "调整", self)
        sheet.add_line("room", "考场号")
        sheet.add_line("seat", "座号")
        self.ask(
            sheet,
            lambda texts: filled(texts, "room", "seat"),
            lambda texts: move.bind(exam.id, one, texts),
        )

    def note_states(self) -> None:
        """Ask what is put down for the chosen people."""
        exam, chosen = self.exam, self.tables["people"].selected_ids()
        sheet = PickSheet(
            "缺考、缓考、作弊", f"选中的 {len(chosen)} 人；缓考、作弊要写原因。", "登记", self
        )
        states = {key: name for key, name in STATE_NAMES.items() if key != "replaced"}
        sheet.add_choice("state", "情况", states, "absent")
        sheet.add_line("reason", "原因")
        self.ask(sheet, dict, lambda texts: note.bind(exam.id, chosen, texts))

    def show_paper(self, title: str) -> None:
        """Show one of the papers of the day."""
        show_paper(self, self.session, self.exam, PAPERS[title], title)

    def _numbered(self, rule: str) -> None:
        self.session.told.emit(f"准考证号今后按 {rule} 编。", "ok")

    def _entered(self, done: Listed) -> None:
        words = f"已完成：{done.operation.title}。{''.join(done.remarks)}"
        self.session.undo_offered.emit(words, done.operation.id)

    def _told(self, done: Seated) -> None:
        words = f"已排 {done.given:,} 人，共 {done.rooms} 个考场。{''.join(done.remarks)}"
        self.session.undo_offered.emit(words, done.operation.id)


def _listed(loaded: Loaded) -> bool:
    return bool(loaded.now.people)


def _seated(loaded: Loaded) -> bool:
    return bool(loaded.now.seated)
