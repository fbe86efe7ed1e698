"""待审: claims of hours that wait for approval or verification, and the form of a new one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.office.context import Office
from models.progress import Progress
from models.training import claims
from models.training.claim_list import ClaimRow
from models.training.claims import Claimed, steps_of
from models.training.forms import CLAIM_HEADINGS, ClaimForm, check_claim_form
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.asking import form_and_write
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.form.plans import form_plan
from ui.desktop.widgets.form.sheet import FormSheet
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from models.store.operations import Operation

_JOBS = "ui.desktop.pages.ledger.jobs"
enter_claim = Lazy(_JOBS, "enter_claim")
read_claims = Lazy(_JOBS, "read_claims")
hand_in_again = Lazy(_JOBS, "hand_in_again")
COLUMNS = (
    TableColumn("state", "状态", 5),
    TableColumn("name", "姓名", 6),
    TableColumn("school", "学校", 10),
    TableColumn("year", "年度", 4, numeric=True),
    TableColumn("course", "课程名称", 14, stretch=True),
    TableColumn("hours", "学时", 4, numeric=True),
    TableColumn("ground", "冲抵", 6),
    TableColumn("evidence", "佐证", 8),
    TableColumn("entered_by", "录入", 5),
    TableColumn("approved_by", "审核", 5),
    TableColumn("opinion", "意见", 10),
    TableColumn("reason", "理由", 10, listed=False),
    TableColumn("entered_on", "录入日期", 7, listed=False),
)
_TONES = {"entered": "info", "approved": "info", "returned": "error"}
_WORDS: dict[tuple[str, ...], str] = {
    (): "录入的学时直接入账；要先审核的，在“设置”的“培训与学时”中改。",
    ("approve",): "录入的学时经审核后入账；审核人不能是录入人。",
    ("approve", "verify"): "录入的学时经审核、验证后入账；审核、验证人不能是录入人。",
}
_FIELDS = tuple(ClaimForm.model_fields)


class ClaimsPart(QWidget):
    """The claims that are not in the ledger yet.

    Signals:
        counted: how many there are.
    """

    counted = Signal(int)

    def __init__(self, session: Session) -> None:
        """Make it empty; ``reload`` fills it."""
        super().__init__()
        self._session = session
        self._rows: dict[str, ClaimRow] = {}
        self.table = DataTable(COLUMNS, session.preferences, "claims")
        self.table.setAccessibleName("待审的学时")
        self.grid = GridCard(self.table)
        self.grid.empty.say("没有待审的学时。", drawing="clipboard-check")
        self._note = label("", "muted", wrap=True)
        self._buttons = [
            button("审核通过", self.approve, kind="primary"),
            button("验证入账", self.verify),
            button("退回…", self.send_back),
            button("改正后重交…", self.again),
            button("撤回", self.withdraw),
        ]
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addLayout(row(*self._buttons, None))
        lines.addWidget(self._note)
        lines.addWidget(self.grid, 1)
        self.table.selection_count.connect(self._selected)

    def reload(self) -> None:
        """Read the claims anew, beside the window."""
        self._note.setText(_WORDS[steps_of(self._session.office)])
        self._session.read("正在读取待审学时", read_claims.bind(), self._show, quiet=True)

    def approve(self) -> None:
        """Approve the chosen claims."""
        self._step("正在审核", claims.approve)

    def verify(self) -> None:
        """Verify the chosen claims."""
        self._step("正在验证", claims.verify)

    def send_back(self) -> None:
        """Ask why the chosen claims go back."""
        chosen = self.table.selected_ids()
        sheet = ChooseSheet("退回学时", f"选中的 {len(chosen)} 条，改正后可以重交。", "退回", self)
        sheet.add_line("reason", "原因")

        def done(texts: dict[str, str]) -> None:
            if not texts["reason"]:
                sheet.refuse("请写明原因。")
                return
            sheet.accept()
            self._write(
                "正在退回", lambda office: claims.send_back(office, chosen, texts["reason"])
            )

        sheet.ask(done)

    def again(self) -> None:
        """Open a returned claim to be put right."""
        found = self._rows.get(self.table.current_id())
        if found is None or found.state != "returned":
            self._session.told.emit("请选一条已退回的学时。", "warn")
            return
        sheet = claim_sheet(self._session, self, "改正学时")
        sheet.begin({name: found.shown.get(name, "") for name in _FIELDS})

        form_and_write(
            self._session,
            sheet,
            lambda filled: hand_in_again.bind(found.id, filled.checked.texts),
            partial(offer, self._session),
        )

    def withdraw(self) -> None:
        """Take the chosen claims back."""
        chosen = self.table.selected_ids()
        self._write("正在撤回", lambda office: claims.withdraw(office, chosen))

    def _step(self, title: str, act: Callable[[Office, list[str]], Claimed]) -> None:
        chosen = self.table.selected_ids()

        def work(office: Office, _progress: Progress) -> Claimed:
            return act(office, chosen)

        self._session.write(title, work, partial(offer, self._session))

    def _write(self, title: str, act: Callable[[Office], Operation]) -> None:
        def work(office: Office, _progress: Progress) -> Operation:
            return act(office)

        def done(operation: Operation) -> None:
            self._session.undo_offered.emit(f"已{operation.title}", operation.id)

        self._session.write(title, work, done)

    def _show(self, found: list[ClaimRow]) -> None:
        self._rows = {one.id: one for one in found}
        rows = [TableRow(one.id, one.shown, {"state": _TONES[one.state]}) for one in found]
        self.table.show_rows(FixedRows(rows))
        self.grid.show_table(yes=bool(rows))
        self._selected(len(self.table.selected_ids()))
        self.counted.emit(len(rows))

    def _selected(self, count: int) -> None:
        for one in self._buttons:
            one.setEnabled(count > 0)


def new_claim(session: Session, parent: QWidget) -> FormSheet:
    """Open the form of hours to be entered."""
    sheet = claim_sheet(session, parent, "登记学时", many=True)
    sheet.begin({"year": str(session.office.store.clock.today().year)})

    form_and_write(
        session,
        sheet,
        lambda filled: enter_claim.bind(filled.checked.texts),
        partial(offer, session),
        ("正在登记", "已登记"),
    )
    return sheet


def claim_sheet(session: Session, parent: QWidget, title: str, *, many: bool = False) -> FormSheet:
    """The form of a claim, empty."""
    office = session.office
    plan = form_plan(ClaimForm, CLAIM_HEADINGS, office.codes, [], partial(check_claim_form, office))
    return FormSheet(title, plan, parent, many=many)


def offer(session: Session, done: Claimed) -> None:
    """Say what became of claims and offer to take it back."""
    waiting = len(done.claims) - done.posted
    words = f"已入账 {done.posted:,} 条" if done.posted else ""
    words += "，" if done.posted and waiting else ""
    words += f"{waiting:,} 条待办，见“待审”" if waiting else ""
    session.undo_offered.emit(f"{words}。{''.join(done.told)}", done.operation.id)
