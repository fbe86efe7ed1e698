"""方案、调查、意愿: the steps before pairs are matched."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from models.errors import UserError
from models.exchange.survey_sheets import SurveysTaken
from models.mentoring.kinds import PART_NAMES, Part, read_kinds
from models.mentoring.programmes import Programme, end_programme, refuse_low
from models.mentoring.school_pairs import part_schools
from models.mentoring.wishes import from_surveys, leave
from models.office.context import Office
from models.progress import Progress
from models.staff.institutions import institution_names
from models.store.operations import Operation
from models.text.quotes import quoted
from ui.desktop.pages.mentoring.step_view import StepInfo, StepView, needed
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.picking import PickSheet
from ui.desktop.widgets.saving import TABLES
from ui.desktop.widgets.table.source import TableColumn

_LOADS = "ui.desktop.pages.mentoring.loads"
_JOBS = "ui.desktop.pages.mentoring.jobs"
save_programme = Lazy(_JOBS, "save_programme")
set_terms = Lazy(_JOBS, "set_terms")
pair_schools = Lazy(_JOBS, "pair_schools")
take_forms = Lazy(_JOBS, "take_forms")
take_part = Lazy(_JOBS, "take_part")
write_forms = Lazy("ui.desktop.pages.mentoring.paper_jobs", "write_forms")
_TOLD = 6

SCHEME = StepInfo(
    "scheme",
    "定下工程的周期、目标和任务，需要时让学校先结对。目标和任务印在协议上；匹配的条件可以按方案修改。",
    "还没有学校结对。城乡帮扶可先登记结对的学校，不登记也可以直接匹配教师。",
    Lazy(_LOADS, "scheme"),
    (
        TableColumn("town", "帮扶学校", 14),
        TableColumn("village", "受扶学校", 14),
        TableColumn("pairs", "师徒对数", 5, numeric=True),
        TableColumn("goals", "目标、备注", 16, stretch=True),
    ),
)
SURVEYS = StepInfo(
    "surveys",
    "把调查表发给各校，收回后读入；一所学校的表重新读入，就取代它原来填的。不合格的表会逐条说明，不读入。",
    "没有要调查的学校。请先在“学校”里登记学校和城乡属性。",
    Lazy(_LOADS, "surveys"),
    (
        TableColumn("survey", "调查表", 18),
        TableColumn("school", "学校", 14, stretch=True),
        TableColumn("state", "收回", 5),
        TableColumn("lines", "填报行数", 5, numeric=True),
    ),
)
WISHES = StepInfo(
    "wishes",
    "列出愿意带徒的师傅和要拜师的徒弟：从调查表列入，或逐个登记；可写希望与谁、不愿与谁结对。",
    "还没有人愿意结对。可从收回的调查表列入，或逐个登记。",
    Lazy(_LOADS, "wishes"),
    (
        TableColumn("part", "作为", 4),
        TableColumn("teacher_no", "编号", 7),
        TableColumn("name", "姓名", 6),
        TableColumn("school", "单位", 10),
        TableColumn("subject", "学科", 5),
        TableColumn("stage", "学段", 4, listed=False),
        TableColumn("capacity", "可带", 3, numeric=True),
        TableColumn("wants", "希望结对", 7, listed=False),
        TableColumn("state", "情况", 12, stretch=True),
    ),
)
_WEIGHTS = {
    "subject": "学科不同",
    "stage": "学段每差一级",
    "level": "称号每低一级",
    "kilometre": "每公里",
    "load": "多带一人",
    "wish": "不合意愿",
}
_FIELDS = (
    ("name", "名称", "不填按种类的名称"),
    ("code", "编号", "不填由系统编号"),
    ("starts_on", "开始日期", "如 2025-09-01，不填为今天"),
    ("ends_on", "结束日期", "不填按周期"),
    ("document", "依据", "实施方案的文号"),
    ("goals", "目标", "印在协议上，不填按种类"),
    ("tasks", "任务", "印在协议上，不填按种类"),
    ("remark", "备注", ""),
)


class SchemeStep(StepView):
    """方案: what the programme is, which schools are paired."""

    def __init__(self, session: Session) -> None:
        """Make the step."""
        super().__init__(session, SCHEME)
        decides = "学校结对…" not in session.edition.leaves_out("mentoring")
        self.grid.empty.say(SCHEME.empty, "学校结对…" if decides else "", self.pair, "school")
        self.add("修改…", self.change)
        self.add("带徒名额…", self.change_room)
        self.add("匹配条件…", self.change_terms)
        self.add("学校结对…", self.pair)
        self.add("取消结对", self.part, chosen=True)
        self.add("总览…", self.overview)
        self.add("结束工程…", self.end)
        self.finish_bar()

    def begin(self) -> None:
        """Ask for a new programme."""
        kinds = {one.id: one.name for one in read_kinds().kinds}
        sheet = PickSheet("新设工程", "周期、目标、任务不填的，按种类的规定。", "设立", self)
        sheet.add_choice("kind", "种类", kinds)
        for key, title, hint in _FIELDS[:-1]:
            sheet.add_line(key, title, hint=hint)
        self._save(sheet, None)

    def change(self) -> None:
        """Ask for what the programme shall say instead."""
        found: Programme | None = self.shown.things.get("programme")
        if found is None:
            return
        sheet = PickSheet("修改方案", "改过的目标和任务，对还没有编号的协议起作用。", "保存", self)
        for key, title, hint in _FIELDS:
            sheet.add_line(key, title, str(getattr(found, key)), hint=hint)
        self._save(sheet, found.id)

    def change_room(self) -> None:
        """Ask how many mentees mentors of each level of titles take."""
        found: Programme | None = self.shown.things.get("programme")
        if found is None:
            return
        levels = {one.id: one.name for one in read_kinds().levels}
        words = "师傅最多带几人，按称号级别；个别人另有意愿的，在“意愿”里登记。"
        sheet = ChooseSheet("带徒名额", words, "保存", self)
        for level, count in found.kind.capacity.items():
            sheet.add_line(f"capacity.{level}", levels.get(level, "没有称号的"), str(count))
        self._ask_terms(sheet)

    def change_terms(self) -> None:
        """Ask for the numbers that matching and ranking go by."""
        found: Programme | None = self.shown.things.get("programme")
        if found is None:
            return
        kind = found.kind
        words = "代价越小越优先，合计最小的配法就是结果。"
        sheet = ChooseSheet("匹配和评选的条件", words, "保存", self)
        for key, title in _WEIGHTS.items():
            sheet.add_line(f"weights.{key}", f"代价：{title}", str(getattr(kind.weights, key)))
        sheet.add_line("kept.visits", "每学期至少活动几次", str(kind.kept.visits))
        sheet.add_line("rank.least", "至少几对才参加单位排名", str(kind.rank.least))
        self._ask_terms(sheet)

    def pair(self) -> None:
        """Ask which schools are paired."""
        names = sorted(institution_names(self.session.office).values())
        sheet = ChooseSheet("学校结对", "城镇学校帮扶乡村学校，期限同工程的周期。", "结对", self)
        sheet.add_line("town", "帮扶学校", offers=names, hint="输入学校名称中的几个字")
        sheet.add_line("village", "受扶学校", offers=names, hint="输入学校名称中的几个字")
        sheet.add_line("goals", "目标")

        def then(texts: dict[str, str]) -> None:
            self.write("正在保存", pair_schools.bind(self.programme, texts))

        self.ask(sheet, lambda texts: needed(texts, town="帮扶学校", village="受扶学校"), then)

    def part(self) -> None:
        """Take pairs of schools out again."""
        ids = self.chosen_ids()

        def work(office: Office, _progress: Progress) -> Operation:
            return part_schools(office, ids)

        self.write("正在取消", work)

    def overview(self) -> None:
        """Show the overview as a paper."""
        self.papers.show("pair-overview", {"programme": self.programme})

    def end(self) -> None:
        """Ask why the programme ends, and end it."""
        words = "已备案的师徒记为期满，没有办手续的拟配对删去；记录都保留，可以撤销。"
        sheet = ChooseSheet("结束工程", words, "结束", self)
        sheet.add_line("because", "原因", "周期已满")

        def then(texts: dict[str, str]) -> None:
            programme_id, because = self.programme, texts["because"]

            def work(office: Office, _progress: Progress) -> Operation:
                return end_programme(office, programme_id, because)

            self.write("正在结束", work)

        self.ask(sheet, dict, then)

    def _ask_terms(self, sheet: ChooseSheet) -> None:
        """Ask for numbers, which stand beside those the programme has set before."""
        known: dict[str, dict[str, int]] = self.shown.things.get("terms", {})

        def then(given: dict[str, dict[str, int]]) -> None:
            terms = {**known, **{key: {**known.get(key, {}), **one} for key, one in given.items()}}
            self.write("正在保存", set_terms.bind(self.programme, terms))

        self.ask(sheet, _terms, then)

    def _save(self, sheet: PickSheet, programme_id: str | None) -> None:
        def done(texts: dict[str, str]) -> None:
            work = save_programme.bind(programme_id, texts)
            self.session.write("正在保存", work, saved, lambda error: sheet.refuse(error.sentence))

        def saved(found: Programme) -> None:
            sheet.accept()
            self.session.told.emit(f"已保存{quoted(found.name)}（{found.code}）", "ok")
            self.session.go.emit("mentoring", found.id)

        sheet.ask(done)


class SurveysStep(StepView):
    """调查: forms out and back."""

    def __init__(self, session: Session) -> None:
        """Make the step."""
        super().__init__(session, SURVEYS)
        self.add("导出调查表…", self.hand_out, drawing="file-up")
        self.add("读入调查表…", self.take_in, kind="primary", drawing="file-down")
        self.add("打印空白表…", self.print_out, drawing="printer")
        self.finish_bar()

    def hand_out(self) -> None:
        """Ask for a folder, and write a workbook for each school into it."""
        folder = QFileDialog.getExistingDirectory(self, "调查表放在哪个文件夹（可选 U 盘）")
        if folder:
            work = write_forms.bind(self.programme, Path(folder))
            self.session.read("正在写调查表", work, self.papers.told)

    def take_in(self) -> None:
        """Ask for the workbooks that came back, and take them in."""
        files, _ = QFileDialog.getOpenFileNames(self, "选择收回的调查表", "", TABLES)
        if files:
            work = take_forms.bind(self.programme, [Path(one) for one in files])
            self.session.write("正在读调查表", work, self._taken)

    def print_out(self) -> None:
        """Show the forms to be filled in by hand."""
        self.papers.show("pair-surveys", {"programme": self.programme})

    def _taken(self, found: SurveysTaken) -> None:
        words = f"读入调查表 {found.files} 份，{found.answers} 行"
        if not found.refused:
            self.session.told.emit(f"{words}。", "ok")
            return
        lines = [f"{one.file}：{'；'.join(one.why[:_TOLD])}" for one in found.refused]
        more = f"\n另有 {len(lines) - _TOLD} 份。" if len(lines) > _TOLD else ""
        ask(
            self,
            f"{words}；{len(found.refused)} 份没有读入。",
            "\n".join(lines[:_TOLD]) + more,
            (Answer("知道了", kind="primary"),),
            "warn",
        )


class WishesStep(StepView):
    """意愿: who wants to lead and to be led."""

    def __init__(self, session: Session) -> None:
        """Make the step."""
        super().__init__(session, WISHES)
        self.add("从调查表列入", self.adopt, kind="primary")
        self.add("登记师傅…", lambda: self.enter("mentor"))
        self.add("登记徒弟…", lambda: self.enter("mentee"))
        self.add("取消意愿", self.drop, chosen=True)
        self.finish_bar()

    def adopt(self) -> None:
        """Put down everybody whom surveys name."""
        programme_id = self.programme

        def work(office: Office, _progress: Progress) -> Operation:
            return from_surveys(office, programme_id)

        self.write("正在列入", work)

    def enter(self, part: Part) -> None:
        """Ask who wants to take part, and with whom."""
        other = PART_NAMES["mentee" if part == "mentor" else "mentor"]
        words = "已登记过的，以这次填的为准。"
        sheet = ChooseSheet(f"登记{PART_NAMES[part]}", words, "登记", self)
        sheet.add_line("who", "教师", hint="教师编号或姓名，几个用、隔开")
        if part == "mentor":
            sheet.add_line("capacity", "可带人数", hint="不填按称号级别")
        sheet.add_line("wants", f"希望结对的{other}", hint="教师编号或姓名，不填为不限")
        sheet.add_line("avoids", f"不愿结对的{other}", hint="不填为没有")
        sheet.add_line("remark", "备注")

        def understand(texts: dict[str, str]) -> dict[str, str]:
            capacity = texts.get("capacity", "")
            if capacity and not capacity.isdecimal():
                raise UserError("form", "可带人数要填整数。", "不填就按称号级别。")
            return needed(texts, who="教师")

        def then(texts: dict[str, str]) -> None:
            self.write("正在登记", take_part.bind(self.programme, part, texts))

        self.ask(sheet, understand, then)

    def drop(self) -> None:
        """Take people out of the list."""
        programme_id, ids = self.programme, self.chosen_ids()

        def work(office: Office, _progress: Progress) -> Operation:
            return leave(office, programme_id, ids)

        self.write("正在取消", work)


def _terms(texts: dict[str, str]) -> dict[str, dict[str, int]]:
    """The numbers by group and name."""
    found: dict[str, dict[str, int]] = {}
    for key, text in texts.items():
        if not text.isdecimal():
            raise UserError("form", f"“{text}”不是整数。", "各项都填 0 或正整数。")
        group, _, name = key.partition(".")
        found.setdefault(group, {})[name] = int(text)
    refuse_low(found)
    return found
