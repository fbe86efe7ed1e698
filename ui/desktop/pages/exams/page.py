"""考试抽签: freeze the list, draw in public with a seed from the meeting, print the record."""

from __future__ import annotations

from functools import partial

from models.errors import OfficeError
from models.exams import drawing, freezing, registration
from models.exams.eligibility import BASE_NAMES
from models.exams.quotas import ROUNDING_NAMES
from models.office.context import Office
from models.progress import Progress
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.detail_card import DetailCard, Details, Fact
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.saving import PDF, ask_where_to
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

COLUMNS = (
    TableColumn("code", "代码", 6),
    TableColumn("name", "名称", 16, stretch=True),
    TableColumn("year", "年度", 4, numeric=True),
    TableColumn("people", "可抽人数", 5, numeric=True),
    TableColumn("drawn", "抽中", 4, numeric=True),
    TableColumn("state", "进度", 5),
)
EMPTY = "还没有抽测。先建立一次抽测，再冻结名单、公开抽签。"
SEED_HINT = "现场掷骰子、摇球或由见证人报出：至少 20 位数字或 12 个字符"

print_record = Lazy("ui.desktop.pages.exams.jobs", "print_record")


class ExamsPage(Page):
    """The exam samplings of the office."""

    help_page = "exams.md"
    interests = frozenset({"exam", "exam_frame", "exam_draw"})

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("考试抽签")
        self.session = session
        self._all: dict[str, registration.Exam] = {}
        self.table = DataTable(COLUMNS, session.preferences, "exams")
        self.table.setAccessibleName("抽测")
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一次抽测，这里冻结名单、抽签、打印记录。")
        self.actions.addWidget(button("新建抽测…", self.new_exam, kind="primary", drawing="plus"))
        self.card.foot.addWidget(button("冻结名单", self.freeze))
        self.card.foot.addWidget(button("抽签…", self.draw))
        self.card.foot.addWidget(button("记录…", self.print_record))
        self.body.addWidget(self.notice)
        self.body.addWidget(ListBody(self.grid, self.card, session.preferences, "exams"), 1)
        self.table.chosen.connect(self._show_card)

    def reload(self) -> None:
        """Read the exams anew."""
        office = self.session.office
        self._all = {one.id: one for one in registration.exams(office)}
        self.table.show_rows(FixedRows([_row(office, one) for one in self._all.values()]))
        self.count.setText(f"共 {len(self._all):,} 次")
        self.grid.empty.say(EMPTY, "新建抽测…", self.new_exam, "shuffle")
        self.grid.show_table(yes=bool(self._all))
        self._show_card(self.table.current_id())

    def shown(self, argument: object = None) -> None:
        """Come into sight; an argument is an exam to be chosen."""
        if isinstance(argument, str):
            self.table.choose(argument)
        self.table.setFocus()

    def new_exam(self) -> None:
        """Ask for code, name and year; the rest is what the rules in force say."""
        year = self.session.office.store.clock.today().year
        sheet = ChooseSheet(
            "新建抽测", "范围、分组、比例和进位办法按现行规定，印在记录上。", "建立", self
        )
        sheet.add_line("code", "代码（短而唯一）", f"{year}-12")
        sheet.add_line("name", "名称", f"{year}年12月县级抽测")
        sheet.add_line("year", "培训年度", str(year))

        def done(texts: dict[str, str]) -> None:
            if not texts["year"].isdigit():
                sheet.refuse("培训年度请填四位数字。")
                return
            terms = registration.ExamTerms(
                code=texts["code"], name=texts["name"], year=int(texts["year"])
            )
            self._write(sheet, "正在建立", lambda office: registration.create(office, terms))

        sheet.ask(done)

    def freeze(self) -> None:
        """Fix who can be drawn; a second time asks why."""
        exam = self._chosen()
        if exam is None:
            return
        earlier = freezing.find_frame(self.session.office, exam.id)
        explanation = "名单冻结后算出指纹并公布，然后才产生种子。"
        sheet = ChooseSheet("冻结名单", explanation, "冻结", self)
        if earlier is not None:
            sheet.add_line("reason", "已冻结过，重新冻结的原因")

        def done(texts: dict[str, str]) -> None:
            wish = freezing.FreezeWish(again_because=texts.get("reason", ""))
            self._write(sheet, "正在冻结名单", lambda office: freezing.freeze(office, exam, wish))

        sheet.ask(done)

    def draw(self) -> None:
        """Ask for the public seed and draw."""
        exam = self._chosen()
        if exam is None:
            return
        again = bool(drawing.draws(self.session.office, exam))
        sheet = ChooseSheet("抽签", f"“{exam.name}”。每次抽签都永远留在记录上。", "开始抽取", self)
        sheet.add_line("seed", "种子", hint=SEED_HINT)
        if again:
            sheet.add_line("reason", "已抽过，重新抽取的原因")

        def done(texts: dict[str, str]) -> None:
            reason = texts.get("reason", "")
            self._write(
                sheet,
                "正在抽签",
                lambda office: drawing.draw(office, exam, texts["seed"], again_because=reason),
            )

        sheet.ask(done)

    def print_record(self) -> None:
        """Ask for a file and write the record of the latest draw."""
        exam = self._chosen()
        out = exam and ask_where_to(self, f"{exam.name}抽签记录.pdf", PDF)
        if exam and out:
            told = partial(self._told, f"抽签记录、名单和可核对的记录文件已保存到 {out.parent}。")
            self.session.read("正在生成抽签记录", print_record.bind(exam.id, out), told)

    def _write(self, sheet: ChooseSheet, title: str, step: object) -> None:
        """Have a step written; the sheet stays with the reason where it is refused."""

        def work(office: Office, _progress: Progress) -> object:
            assert callable(step)
            return step(office)

        def refused(error: OfficeError) -> None:
            sheet.refuse(error.sentence)

        self.session.write(title, work, lambda _done: sheet.accept(), refused)

    def _told(self, text: str, _result: object) -> None:
        self.session.told.emit(text, "ok")

    def _chosen(self) -> registration.Exam | None:
        return self._all.get(self.table.current_id())

    def _show_card(self, exam_id: str) -> None:
        exam = self._all.get(exam_id)
        self.card.show_details(_details(self.session.office, exam) if exam else None)


def _row(office: Office, exam: registration.Exam) -> TableRow:
    frame = freezing.find_frame(office, exam.id)
    drawn = drawing.drawn_people(office, exam) if drawing.draws(office, exam) else []
    state = "已抽签" if drawn else "已冻结" if frame else "未冻结"
    tone = "ok" if drawn else "warn"
    return TableRow(
        exam.id,
        {
            "code": exam.code,
            "name": exam.name,
            "year": str(exam.year),
            "people": f"{frame.size:,}" if frame else "",
            "drawn": f"{len(drawn):,}" if drawn else "",
            "state": state,
        },
        {"state": tone},
    )


def _details(office: Office, exam: registration.Exam) -> Details:
    frame = freezing.find_frame(office, exam.id)
    attempts = drawing.draws(office, exam)
    facts = [
        Fact("代码", exam.code),
        Fact("抽取范围", BASE_NAMES[exam.scope.base]),
        Fact("比例", f"{exam.fraction * 100}%"),
        Fact("进位办法", ROUNDING_NAMES[exam.rounding]),
    ]
    if frame is not None:
        facts += [
            Fact("", "冻结的名单"),
            Fact("人数", f"{frame.size:,} 人（未列入 {len(frame.excluded):,} 人）"),
            Fact("冻结时间", frame.frozen_at[:16].replace("T", " ")),
            Fact("指纹", " ".join(frame.sha256[at : at + 16] for at in range(0, 64, 16))),
        ]
    for one in attempts:
        facts += [
            Fact("", f"第 {one.attempt} 次抽签"),
            Fact("时间", one.drawn_at[:16].replace("T", " ")),
            Fact("种子", one.seed),
            *([Fact("重抽原因", one.reason)] if one.reason else []),
        ]
    state = "已抽签" if attempts else "已冻结" if frame else "未冻结"
    return Details(exam.name, f"{exam.year} 年度", state, "ok" if attempts else "warn", facts)
