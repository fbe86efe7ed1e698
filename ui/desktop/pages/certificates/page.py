"""证书打印: the register of certificates; a course's are printed together."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from models.certificates.register import Certificate, certificates
from models.store.operations import Operation
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.detail_card import Details, Fact
from ui.desktop.widgets.plain_list import PlainListPage
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow

_JOBS = "ui.desktop.pages.certificates.jobs"
print_course = Lazy(_JOBS, "print_course")
declare_void = Lazy(_JOBS, "declare_void")
COLUMNS = (
    TableColumn("number", "证书编号", 12),
    TableColumn("name", "姓名", 6),
    TableColumn("school", "学校", 12, listed=False),
    TableColumn("title", "课程", 16, stretch=True),
    TableColumn("hours", "学时", 3, numeric=True),
    TableColumn("issued_on", "发证日期", 6),
    TableColumn("state", "状态", 3),
)


class CertificatesPage(PlainListPage):
    """The register of certificates."""

    help_page = "certificates.md"
    interests = frozenset({"certificate", "certificate_event"})
    empty = ("还没有发过证书。课程录入成绩后，可以给合格的学员发证。", "去培训", "award")
    unit = "本"

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__(session, "证书打印", "certificates", COLUMNS, "编号、姓名、课程（Ctrl+F）")
        self._found: dict[str, Certificate] = {}
        self.add_for_choice("打印本课程证书…", self.print_course, "printer")
        self._void = self.add_for_choice("作废…", self.declare_void)

    def source(self, query: str) -> FixedRows:
        """The certificates whose number, holder or course holds the query."""
        every = certificates(self.session.office)
        found = [
            one
            for one in every
            if any(query in text for text in (one.number, one.holder_name, one.title))
        ]
        self._found = {one.id: one for one in found}
        return FixedRows([_row(one) for one in found])

    def details(self, identity: str) -> Details | None:
        """What stands on the certificate, and whether it is valid."""
        one = self._found.get(identity)
        if one is None:
            return None
        self._void.setEnabled(not one.void)
        facts = [
            Fact("证书编号", one.number),
            Fact("教师编号", one.holder_no),
            Fact("学校", one.holder_school),
            Fact("课程", one.title),
            Fact("起止", f"{one.start_date} 至 {one.end_date}"),
            Fact("学时", one.facts.get("hours", "")),
            Fact("学分", one.facts.get("credits", "")),
            Fact("成绩", one.score),
            Fact("发证单位", one.issuer),
            Fact("发证日期", one.issued_on),
            Fact("作废原因", one.void_reason),
        ]
        return Details(
            one.holder_name,
            one.kind_title,
            one.status,
            "muted" if one.void else "ok",
            [fact for fact in facts if fact.value],
        )

    def begin(self) -> None:
        """Go to the courses."""
        self.session.go.emit("courses", None)

    def print_course(self) -> None:
        """Ask where the papers of the chosen certificate's course go, and write them."""
        one = self._found[self.chosen()]
        if one.course_id is None:
            return
        proposed = str(Path.home() / f"{one.title.strip('《》')}结业证书.pdf")
        name, _ = QFileDialog.getSaveFileName(self, "保存证书", proposed, "PDF (*.pdf)")
        if name:
            work = print_course.bind(one.course_id, Path(name))
            self.session.read("正在生成证书", work, self._printed)

    def declare_void(self) -> None:
        """Ask why the chosen certificate is void."""
        one = self._found[self.chosen()]
        sheet = ChooseSheet(
            "作废证书",
            f"{one.number}　{one.holder_name}。作废后仍留在登记册中，编号不再使用。",
            "作废",
            self,
        )
        sheet.add_line("reason", "原因", hint="如 姓名打印错误")

        def go_on(texts: dict[str, str]) -> None:
            work = declare_void.bind(one.id, texts["reason"])

            def done(operation: Operation) -> None:
                sheet.accept()
                self.session.undo_offered.emit(f"{one.number} 已作废", operation.id)

            self.session.write("正在作废", work, done, lambda error: sheet.refuse(error.sentence))

        sheet.ask(go_on)

    def _printed(self, file: Path) -> None:
        def open_it() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

        self.notice.tell(f"已生成 {file}", "ok", "打开文件", open_it)


def _row(one: Certificate) -> TableRow:
    texts = {
        "number": one.number,
        "name": one.holder_name,
        "school": one.holder_school,
        "title": one.title,
        "hours": one.facts.get("hours", ""),
        "issued_on": one.issued_on,
        "state": one.status,
    }
    return TableRow(one.id, texts, dict.fromkeys(texts, "muted") if one.void else {"state": "ok"})
