"""证书打印: the register of certificates; issued ones are voided, never deleted."""

from __future__ import annotations

from functools import partial

from models.certificates.issuing import void
from models.certificates.register import Certificate, certificates
from models.entities.display import plain_decimal
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.detail_card import DetailCard, Details, Fact
from ui.desktop.widgets.filters import FilterRow
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.saving import PDF, ask_where_to
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

COLUMNS = (
    TableColumn("number", "编号", 11),
    TableColumn("name", "姓名", 7),
    TableColumn("school", "发证时学校", 12, listed=False),
    TableColumn("title", "课程名称", 16, stretch=True),
    TableColumn("hours", "学时", 4, numeric=True),
    TableColumn("issued_on", "发证日期", 7),
    TableColumn("status", "状态", 4),
)
EMPTY = "还没有发过证书。请在“培训课程”中选一门课程，给合格的学员发证。"

print_course = Lazy("ui.desktop.pages.certificates.jobs", "print_course")


class CertificatesPage(Page):
    """The register of certificates."""

    help_page = "certificates.md"
    interests = frozenset({"certificate", "certificate_event"})

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("证书打印")
        self.session = session
        self._all: dict[str, Certificate] = {}
        self.table = DataTable(COLUMNS, session.preferences, "certificates")
        self.table.setAccessibleName("证书登记册")
        self.filters = FilterRow("姓名、编号、课程、学校（Ctrl+F）", {})
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一本证书，这里显示发证时的情况。")
        self.print_button = button(
            "打印同课程证书…", self.print_course, kind="primary", drawing="printer"
        )
        self.actions.addWidget(self.print_button)
        self.card.foot.addWidget(button("作废…", self.void))
        self.body.addWidget(self.filters)
        self.body.addWidget(self.notice)
        self.body.addWidget(ListBody(self.grid, self.card, session.preferences, "certificates"), 1)
        self.filters.changed.connect(self._show)
        self.table.chosen.connect(self._show_card)

    def reload(self) -> None:
        """Read the register anew."""
        self._all = {one.id: one for one in certificates(self.session.office)}
        self._show()

    def shown(self, argument: object = None) -> None:
        """Come into sight with the first certificate chosen."""
        self.table.setFocus()

    def find(self) -> None:
        """Go to the search field."""
        self.filters.search.setFocus()

    def print_course(self) -> None:
        """Ask for a file and print the valid certificates of the chosen one's course."""
        chosen = self._all.get(self.table.current_id())
        if chosen is None or chosen.course_id is None:
            self.notice.tell("请先在表中选中一本证书，再打印它所在课程的全部证书。", "info")
            return
        out = ask_where_to(self, f"{chosen.year}年{chosen.title}结业证书.pdf", PDF)
        if out is not None:
            work = print_course.bind(chosen.course_id, out)
            self.session.read("正在生成证书", work, partial(self._printed, out))

    def void(self) -> None:
        """Ask why the chosen certificate is void; it stays in the register."""
        chosen = self._all.get(self.table.current_id())
        if chosen is None:
            return
        sheet = ChooseSheet("证书作废", f"{chosen.number} {chosen.holder_name}", "作废", self)
        sheet.add_line("reason", "原因", hint="如：姓名印错")

        def done(texts: dict[str, str]) -> None:
            if not texts["reason"]:
                sheet.refuse("请写明原因。")
                return
            sheet.accept()

            def work(office: Office, _progress: Progress) -> Operation:
                return void(office, chosen.id, texts["reason"])

            self.session.write(
                "正在作废", work, lambda step: self.session.undo_offered.emit(step.title, step.id)
            )

        sheet.ask(done)

    def _printed(self, out: object, _built: object) -> None:
        self.session.told.emit(f"证书已生成：{out}。请用“实际大小”打印。", "ok")

    def _show(self) -> None:
        query = self.filters.query()
        shown = {one.id: _texts(one) for one in self._all.values()}
        rows = [
            TableRow(one.id, shown[one.id], {"status": "warn" if one.void else "ok"})
            for one in self._all.values()
            if any(query in text for text in shown[one.id].values())
        ]
        self.table.show_rows(FixedRows(rows))
        self.count.setText(
            f"共 {len(self._all):,} 本，筛选后 {len(rows):,} 本"
            if query
            else f"共 {len(rows):,} 本"
        )
        if not self._all:
            go = partial(self.session.go.emit, "courses", None)
            self.grid.empty.say(EMPTY, "去培训课程", go, "award")
        elif not rows:
            self.grid.empty.say("没有符合条件的证书。", "清除筛选", self.filters.clear, "search")
        self.grid.show_table(yes=bool(rows))
        self.print_button.setEnabled(bool(self._all))
        self._show_card(self.table.current_id())

    def _show_card(self, certificate_id: str) -> None:
        found = self._all.get(certificate_id)
        self.card.show_details(_details(found) if found else None)


def _texts(one: Certificate) -> dict[str, str]:
    return {
        "number": one.number,
        "name": one.holder_name,
        "school": one.holder_school,
        "title": one.title,
        "hours": plain_decimal(one.hours),
        "issued_on": one.issued_on,
        "status": one.status,
    }


def _details(one: Certificate) -> Details:
    facts = [
        Fact("编号", one.number),
        Fact("教师编号", one.holder_no),
        Fact("发证时学校", one.holder_school),
        Fact("培训年度", str(one.year)),
        Fact("学时", plain_decimal(one.hours)),
        Fact("起止日期", f"{one.start_date} 至 {one.end_date}" if one.start_date else ""),
        Fact("发证单位", one.issuer),
        Fact("发证日期", one.issued_on),
        Fact("作废日期", one.voided_on),
        Fact("作废原因", one.void_reason),
    ]
    tone = "warn" if one.void else "ok"
    shown = [fact for fact in facts if fact.value]
    return Details(one.holder_name, one.title, one.status, tone, shown)
