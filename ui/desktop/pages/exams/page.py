"""考试抽签: set up an exam, fix who can be drawn, draw in public, print the record."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from models.exams.drawing import Draw, drawn_people, draws
from models.exams.freezing import Frame, find_frame
from models.exams.records import Exam, ExamTerms
from models.exams.registration import exams
from models.store.operations import Operation
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.detail_card import Details, Fact
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.plain_list import PlainListPage
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow

_JOBS = "ui.desktop.pages.exams.jobs"
set_up = Lazy(_JOBS, "set_up")
freeze_frame = Lazy(_JOBS, "freeze_frame")
draw_now = Lazy(_JOBS, "draw_now")
print_record = Lazy(_JOBS, "print_record")
COLUMNS = (
    TableColumn("code", "编号", 8),
    TableColumn("name", "考试名称", 20, stretch=True),
    TableColumn("year", "年度", 4, numeric=True),
    TableColumn("fraction", "比例", 4, numeric=True),
    TableColumn("pool", "名单人数", 5, numeric=True),
    TableColumn("drawn", "抽中", 4, numeric=True),
    TableColumn("state", "进度", 5),
)
HASH_SHOWN = 16


class ExamsPage(PlainListPage):
    """The exams and their draws."""

    help_page = "exams.md"
    interests = frozenset({"exam", "exam_frame", "exam_draw", "exam_pick"})
    empty = ("还没有考试。新建考试后冻结名单，再公开抽签。", "新建考试…", "shuffle")
    unit = "场"

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__(session, "考试抽签", "exams", COLUMNS, "考试名称、编号（Ctrl+F）")
        self._exams: dict[str, Exam] = {}
        self.buttons.addWidget(button("新建考试", self.begin, kind="primary", drawing="plus"))
        self.add_for_choice("冻结名单", self.freeze)
        self.add_for_choice("抽签…", self.draw)
        self.add_for_choice("抽签记录", self.print_record)

    def source(self, query: str) -> FixedRows:
        """The exams whose name or code holds the query."""
        found = [
            one for one in exams(self.session.office) if query in one.name or query in one.code
        ]
        self._exams = {one.id: one for one in found}
        return FixedRows([self._row(one) for one in found])

    def details(self, identity: str) -> Details | None:
        """The rule, the pool with its hash, and the draws with their seeds."""
        exam = self._exams.get(identity)
        if exam is None:
            return None
        office = self.session.office
        frame, made = find_frame(office, exam.id), draws(office, exam)
        facts = [
            Fact("编号", exam.code),
            Fact("年度", str(exam.year)),
            Fact("抽取比例", _percent(exam)),
        ]
        if frame is not None:
            facts += [
                Fact("", "抽签名单"),
                Fact("人数", f"{frame.size:,} 人"),
                Fact("冻结时间", _when(frame.frozen_at)),
                Fact("名单校验码", f"{frame.sha256[:HASH_SHOWN]}…"),
            ]
        for one in made:
            facts += [Fact("", f"第 {one.attempt} 次抽签"), *_draw_facts(one)]
        if made:
            facts.append(Fact("抽中", f"{len(drawn_people(office, exam)):,} 人"))
        state = "已抽签" if made else "已冻结" if frame else "未冻结"
        return Details(exam.name, "", state, "ok" if made else "info" if frame else "warn", facts)

    def begin(self) -> None:
        """Ask for a new exam; the rule comes from the rules in force."""
        year = self.session.office.store.clock.today().year
        sheet = ChooseSheet(
            "新建考试", "抽取比例、取整和分层按现行规定，写在抽签记录上。", "新建", self
        )
        sheet.add_line("name", "考试名称", hint=f"如 {year} 年 12 月全员统测抽考")
        sheet.add_line("code", "编号", f"CK{year}-1", hint="简短、不重复，印在准考证上")
        sheet.add_line("year", "年度", str(year))

        def create(texts: dict[str, str]) -> None:
            if not texts["year"].isdecimal():
                sheet.refuse("年度请写四位数字。")
                return
            terms = ExamTerms(code=texts["code"], name=texts["name"], year=int(texts["year"]))

            def done(_made: object) -> None:
                sheet.accept()

            self.session.write(
                "正在新建", set_up.bind(terms), done, lambda error: sheet.refuse(error.sentence)
            )

        sheet.ask(create)

    def freeze(self) -> None:
        """Fix who can be drawn; a second time needs a reason."""
        exam = self.chosen()
        if find_frame(self.session.office, exam) is None:
            self.session.write("正在冻结名单", freeze_frame.bind(exam, ""), self._frozen)
            return
        sheet = ChooseSheet(
            "重新冻结名单",
            "名单已经冻结。重新冻结要写明原因，原名单仍留在记录中。",
            "重新冻结",
            self,
        )
        sheet.add_line("reason", "原因")

        def again(texts: dict[str, str]) -> None:
            if not texts["reason"]:
                sheet.refuse("请写明原因。")
                return
            sheet.accept()
            work = freeze_frame.bind(exam, texts["reason"])
            self.session.write("正在冻结名单", work, self._frozen)

        sheet.ask(again)

    def draw(self) -> None:
        """Ask for the public seed, show what it draws from, then draw."""
        exam = self._exams[self.chosen()]
        frame = find_frame(self.session.office, exam.id)
        if frame is None:
            self.notice.tell("请先冻结名单，再抽签。", "warn", "冻结名单", self.freeze)
            return
        earlier = draws(self.session.office, exam)
        words = (
            f"从 {frame.size:,} 人中按 {_percent(exam)} 抽取，"
            f"名单校验码 {frame.sha256[:HASH_SHOWN]}…。"
            "种子由现场公开产生（如当天福利彩票号码），同一名单、同一种子总得到同一结果。"
        )
        sheet = ChooseSheet("抽签", words, "开始抽取", self)
        sheet.add_line("seed", "公开种子", hint="至少 6 个字符")
        if earlier:
            sheet.add_line("reason", "重新抽取的原因", hint="原来的结果仍留在记录中")

        def start(texts: dict[str, str]) -> None:
            work = draw_now.bind(exam.id, texts["seed"], texts.get("reason", ""))

            def done(_made: object) -> None:
                sheet.accept()

            self.session.write("正在抽签", work, done, lambda error: sheet.refuse(error.sentence))

        sheet.ask(start)

    def print_record(self) -> None:
        """Ask where the record goes, write it and open it."""
        exam = self._exams[self.chosen()]
        proposed = str(Path.home() / f"{exam.name}抽签记录.pdf")
        name, _ = QFileDialog.getSaveFileName(self, "保存抽签记录", proposed, "PDF (*.pdf)")
        if name:
            work = print_record.bind(exam.id, Path(name))
            self.session.read("正在生成抽签记录", work, self._printed)

    def _frozen(self, made: tuple[Frame, Operation]) -> None:
        frame, _operation = made
        self.session.told.emit(f"已冻结 {frame.size:,} 人的名单，现在可以抽签。", "ok")

    def _printed(self, file: Path) -> None:
        def open_it() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

        self.notice.tell(f"已生成 {file}", "ok", "打开文件", open_it)

    def _row(self, exam: Exam) -> TableRow:
        office = self.session.office
        frame, made = find_frame(office, exam.id), draws(office, exam)
        drawn = len(drawn_people(office, exam)) if made else 0
        state, tone = (
            ("已抽签", "ok") if made else ("已冻结", "info") if frame else ("未冻结", "warn")
        )
        texts = {
            "code": exam.code,
            "name": exam.name,
            "year": str(exam.year),
            "fraction": _percent(exam),
            "pool": f"{frame.size:,}" if frame else "",
            "drawn": f"{drawn:,}" if made else "",
            "state": state,
        }
        return TableRow(exam.id, texts, {"state": tone})


def _draw_facts(one: Draw) -> list[Fact]:
    facts = [Fact("时间", _when(one.drawn_at)), Fact("种子", one.seed)]
    return [*facts, Fact("重抽原因", one.reason)] if one.reason else facts


def _percent(exam: Exam) -> str:
    return f"{float(exam.fraction * 100):g}%"


def _when(moment: str) -> str:
    return moment[:16].replace("T", " ")
