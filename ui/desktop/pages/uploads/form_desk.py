"""The editor of a form: what goes into each column, and what is said of the form as a whole."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from models.errors import OfficeError
from models.store.operations import Operation
from models.uploads.facts import fact_named
from models.uploads.forms import Form, FormColumn, Subject
from ui.desktop.pages.uploads.column_panel import ColumnPanel
from ui.desktop.pages.uploads.form_draft import FormDraft
from ui.desktop.pages.uploads.form_words import BookRow, FormWords
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets.asking import offer_undo
from ui.desktop.widgets.desk import Desk
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from models.uploads.proposing import Proposal
    from ui.desktop.pages.uploads.reads import Opened
    from ui.desktop.tasks.session import Session

keep_form = Lazy("ui.desktop.pages.uploads.jobs", "keep_form")
proposed = Lazy("ui.desktop.pages.uploads.reads", "proposed")
COLUMNS = (
    TableColumn("at", "列", 2, sortable=False),
    TableColumn("title", "上级的栏目", 10, sortable=False),
    TableColumn("fact", "填我们的", 12, sortable=False, stretch=True),
    TableColumn("required", "必填", 3, sortable=False),
    TableColumn("state", "情况", 5, sortable=False),
)
TITLES = ("各栏填什么", "整张表")


class FormDesk(Desk):
    """Columns on the left, the chosen one on the right; nothing is written before 保存.

    Signals:
        kept: the name of the form that was saved.
    """

    kept = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make it without a form; ``begin`` brings one."""
        self.session = session
        self._draft: FormDraft | None = None
        self._proposal: Proposal | None = None
        self.table = DataTable(COLUMNS, session.preferences, "upload_form_columns")
        self.table.setAccessibleName("各栏")
        self.panel = ColumnPanel(session)
        grid = GridCard(self.table)
        body = ListBody(grid, self.panel, session.preferences, "upload_form_desk")
        self.words = FormWords()
        super().__init__("上报表的各项", TITLES, (body, self.words))
        self.book = BookRow()
        self.notice = NoticeBar()
        self.action = button("保存", self.save, kind="primary", drawing="check")
        lines = cast("QVBoxLayout", self.layout())
        self.head.addWidget(self.action)
        lines.insertWidget(1, self.book)
        lines.insertWidget(2, self.notice)
        grid.show_table(yes=True)
        self.table.chosen.connect(self._show_column)
        self.panel.fact_chosen.connect(self._take_fact)
        self.panel.changed.connect(self._change)
        self.words.changed.connect(self._reword)
        self.book.asked.connect(self._propose_again)

    @property
    def dirty(self) -> bool:
        """Whether something would be lost."""
        return self._draft is not None and (self._draft.dirty or self._proposal is not None)

    @property
    def form(self) -> Form | None:
        """The form as it is now."""
        return self._draft.form if self._draft else None

    def begin(self, found: Opened, *, own: bool) -> None:
        """Take up a form, or the proposal of one."""
        self._draft = FormDraft(found.form, found.form)
        self._proposal = found.proposal
        self.book.show_proposal(found.proposal)
        self.words.show_form(found.form)
        self.tabs.setCurrentIndex(0)
        state = (
            ("新的", "info") if found.proposal else ("本单位", "info") if own else ("自带", "muted")
        )
        self.say(found.form.title, state, [found.form.receiver])
        self._fill()
        self.table.selectRow(0)
        told = list(found.proposal.notes) if found.proposal else []
        if not found.proposal and not own:
            told = ["这是程序自带的表，保存后成为本单位自己的一份，随时可以删除恢复。"]
        if told:
            self.notice.tell("".join(told), "info")
        else:
            self.notice.hide()

    def forget(self) -> None:
        """Let go of what was edited."""
        self._draft, self._proposal = None, None

    def save(self) -> None:
        """Check the whole and keep it."""
        draft = self._draft
        if draft is None:
            return
        book = (self._proposal.path.name, self._proposal.book) if self._proposal else None
        work = keep_form.bind(draft.form, book)
        self.session.write("正在保存", work, partial(self._saved, draft.form.name), self._refused)

    def _saved(self, name: str, operation: Operation) -> None:
        self.kept.emit(name)
        offer_undo(self.session, operation)

    def _refused(self, error: OfficeError) -> None:
        self.notice.tell(error.sentence, "error")

    def _fill(self) -> None:
        form = self.form
        if form is not None:
            self.table.show_rows(FixedRows([_row(form, one) for one in form.columns]))
            missing = self._draft.missing() if self._draft else []
            empty = sum(not one.fact and not one.constant for one in form.columns)
            words = f"必填还没有指明的 {len(missing)} 栏，" if missing else ""
            self._facts.setText(
                f"{form.receiver}　{words}空着 {empty} 栏，共 {len(form.columns)} 栏"
            )

    def _show_column(self, key: str) -> None:
        form = self.form
        if form is not None and key:
            self.panel.show_column(form, form.column(key))

    def _take_fact(self, key: str, fact: str) -> None:
        if self._draft is not None:
            self._draft = self._draft.with_fact(key, fact)
            self._fill()
            self._show_column(key)

    def _change(self, key: str, changes: dict[str, object]) -> None:
        if self._draft is not None:
            self._draft = self._draft.with_column(key, **changes)
            self._fill()
            self._show_column(key)

    def _reword(self, changes: dict[str, object]) -> None:
        if self._draft is not None:
            self._draft = self._draft.with_words(**changes)
            self._title.setText(self._draft.form.title)

    def _propose_again(self, sheet: str, header_row: int, subject: Subject) -> None:
        form, proposal = self.form, self._proposal
        if form is None or proposal is None:
            return
        said = (form.name, form.title, form.receiver)
        work = proposed.bind(proposal.path, said, (sheet, header_row, subject))
        self.session.read("正在读空表", work, partial(self.begin, own=False), self._refused)


def _row(form: Form, column: FormColumn) -> TableRow:
    fact = fact_named(form.subject, column.fact) if column.fact else None
    if fact is not None:
        shown, state, tone = fact.title, "已对应", "ok"
    elif column.constant:
        shown, state, tone = f"固定“{column.constant}”", "固定", "info"
    elif column.required:
        shown, state, tone = "", "要指明", "error"
    else:
        shown, state, tone = "", "空着", "muted"
    texts = {
        "at": form.letter(column.key),
        "title": column.title,
        "fact": shown,
        "required": "必填" if column.required else "",
        "state": state,
    }
    return TableRow(column.key, texts, {"state": tone})
