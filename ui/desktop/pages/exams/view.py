"""A step at work: buttons above one or more lists, read beside the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from models.errors import OfficeError, UserError
from models.exams.overview import Overview
from models.exams.records import Exam
from models.store.operations import Operation
from ui.desktop.tasks.lane import OfficeWork
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.asking import offer_undo
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.parts import button, label, set_tone, without_arguments
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow, numbers_of
from ui.desktop.widgets.table.view import DataTable

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class ListSpec:
    """One list of a step.

    Attributes:
        key: under which its rows come.
        title: on its tab.
        columns: of the table.
        empty: what stands in place of an empty list.
    """

    key: str
    title: str
    columns: Sequence[TableColumn]
    empty: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a step shows of an exam.

    Attributes:
        exam: which one.
        now: how far it is.
        note: a sentence or two above the lists.
        tone: of the note; "" for plain.
        rows: key of a list to its lines.
        more: what else the step needs.
    """

    exam: Exam
    now: Overview
    note: str = ""
    tone: str = ""
    rows: Mapping[str, Sequence[TableRow]] = field(default_factory=dict[str, Sequence[TableRow]])
    more: Any = None


Ready = Callable[[Loaded], bool]


@dataclass(slots=True)
class _Deed:
    """A button with what it waits for."""

    button: QPushButton
    ready: Ready
    chosen: str
    single: bool = False


class StepView(QWidget):
    """Base of the steps' views."""

    def __init__(self, session: Session, load: Lazy, lists: Sequence[ListSpec] = ()) -> None:
        """Make it empty.

        Args:
            session: where it reads and writes.
            load: reads what it shows; gives a ``Loaded``.
            lists: the lists below the buttons.
        """
        super().__init__()
        self.session = session
        self.exam_id = ""
        self.loaded: Loaded | None = None
        self.bar = QHBoxLayout()
        self.bar.setSpacing(tokens.GAP)
        self.note = label("", "muted", wrap=True)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.stack = QStackedWidget()
        self.tables: dict[str, DataTable] = {}
        self.grids: dict[str, GridCard] = {}
        self._load = load
        self._lists = tuple(lists)
        self._deeds: list[_Deed] = []
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(tokens.GAP)
        self.lines.addLayout(self.bar)
        self.lines.addWidget(self.note)
        self.lines.addWidget(self.tabs)
        self.lines.addWidget(self.stack, 1)
        self._make_lists()

    @property
    def exam(self) -> Exam:
        """The exam shown.

        Raises:
            UserError: it is not read yet.
        """
        if self.loaded is None:
            raise UserError("exam.reading", "正在读取这场考试。", "请稍候再试。")
        return self.loaded.exam

    def show_exam(self, exam_id: str) -> None:
        """Show an exam."""
        if exam_id != self.exam_id:
            self.exam_id = exam_id
            self.loaded = None
            self._clear()
            self._settle()
        self.reload()

    def reload(self) -> None:
        """Read the exam anew, beside the window."""
        if self.exam_id:
            work = self._load.bind(self.exam_id)
            self.session.read("正在读取", work, self.read_back, quiet=True)

    def fill(self, loaded: Loaded) -> None:
        """Show what was read."""
        self.loaded = loaded
        self.note.setText(loaded.note)
        self.note.setVisible(bool(loaded.note))
        self.note.setObjectName("noticeText" if loaded.tone else "muted")
        set_tone(self.note, loaded.tone or "plain")
        for place, spec in enumerate(self._lists):
            rows = loaded.rows.get(spec.key, ())
            self.tables[spec.key].fit_anew()
            self.tables[spec.key].show_rows(FixedRows(rows, numbers_of(spec.columns, rows)))
            self.grids[spec.key].empty.say(spec.empty, drawing="users")
            self.grids[spec.key].show_table(yes=bool(rows))
            self.tabs.setTabText(place, f"{spec.title}  {len(rows):,}")
        self._settle()

    def add(
        self,
        text: str,
        action: Callable[[], object],
        ready: Ready | None = None,
        *,
        chosen: str = "",
        kind: str = "",
        drawing: str = "",
    ) -> QPushButton:
        """Put a button above the lists.

        Args:
            text: what it says.
            action: what it does.
            ready: whether the exam is so far; any exam where None.
            chosen: key of the list in which something must be selected.
            kind: its look.
            drawing: in front of the words.
        """
        found = button(text, action, kind=kind, drawing=drawing)
        found.setEnabled(False)
        self.bar.addWidget(found)
        self._deeds.append(_Deed(found, ready or _always, chosen))
        return found

    def add_for_one(
        self, text: str, action: Callable[[], object], ready: Ready, chosen: str
    ) -> QPushButton:
        """Put a button above the lists that waits for exactly one selected row."""
        found = self.add(text, action, ready, chosen=chosen)
        self._deeds[-1].single = True
        return found

    def add_menu(
        self,
        text: str,
        items: Mapping[str, Callable[[], object]],
        ready: Ready | None = None,
        *,
        drawing: str = "chevron-down",
    ) -> QPushButton:
        """Put a button with a menu above the lists."""
        found = self.add(text, _nothing, ready, drawing=drawing)
        menu = QMenu(found)
        for title, action in items.items():
            menu.addAction(title, without_arguments(action))
        found.setMenu(menu)
        return found

    def show_list(self, key: str) -> None:
        """Bring a list to the front."""
        self.tabs.setCurrentIndex(next(n for n, one in enumerate(self._lists) if one.key == key))

    def write(
        self, title: str, work: OfficeWork, done: Callable[[Any], None] | None = None
    ) -> None:
        """Have something changed; what was done can be taken back."""
        self.session.write(title, work, done or self.offer_undo)

    def offer_undo(self, done: Any) -> None:  # noqa: ANN401 - any result with an operation
        """Say what was done and offer to take it back."""
        offer_undo(self.session, operation_of(done))

    def ask(
        self,
        sheet: ChooseSheet,
        understand: Callable[[dict[str, str]], _Answer],
        make: Callable[[_Answer], OfficeWork],
        done: Callable[[Any], None] | None = None,
    ) -> None:
        """Ask, write, and stay open with the reason where it makes no sense or is refused.

        Args:
            sheet: asks.
            understand: makes an answer of the texts; raises ``UserError`` where it cannot.
            make: the work that writes the answer.
            done: called with its result; by default what was done is told.
        """

        def answered(texts: dict[str, str]) -> None:
            try:
                answer = understand(texts)
            except UserError as error:
                sheet.refuse(error.sentence)
                return
            self.session.write(sheet.windowTitle(), make(answer), written, refused)

        def written(result: object) -> None:
            sheet.accept()
            (done or self.offer_undo)(result)

        def refused(error: OfficeError) -> None:
            sheet.refuse(error.sentence)

        sheet.ask(answered)

    def _make_lists(self) -> None:
        for spec in self._lists:
            table = DataTable(spec.columns, self.session.preferences, f"exam_{spec.key}")
            table.setAccessibleName(spec.title)
            grid = GridCard(table)
            grid.empty.say(spec.empty, drawing="users")
            self.tables[spec.key] = table
            self.grids[spec.key] = grid
            self.tabs.addTab(spec.title)
            self.stack.addWidget(grid)
            table.selection_count.connect(without_arguments(self._settle))
        self.tabs.setVisible(len(self._lists) > 1)
        self.stack.setVisible(bool(self._lists))
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)

    def _clear(self) -> None:
        """Show nothing of another exam while this one is read."""
        self.note.hide()
        for place, spec in enumerate(self._lists):
            self.tables[spec.key].show_rows(FixedRows())
            self.grids[spec.key].empty.say("正在读取……", drawing="inbox")
            self.grids[spec.key].show_table(yes=False)
            self.tabs.setTabText(place, spec.title)

    def read_back(self, loaded: Loaded) -> None:
        """Show what was read, if it is still wanted."""
        if loaded.exam.id == self.exam_id:
            self.fill(loaded)

    def _settle(self) -> None:
        """Let every button be pressed that has what it waits for."""
        for one in self._deeds:
            count = len(self.tables[one.chosen].selected_ids()) if one.chosen else 1
            chosen = count == 1 if one.single else bool(count)
            one.button.setEnabled(self.loaded is not None and chosen and one.ready(self.loaded))


def operation_of(done: Any) -> Operation:  # noqa: ANN401 - any result with an operation
    """The operation in a use case's result: itself, its attribute, or the last of a pair."""
    if isinstance(done, Operation):
        return done
    if isinstance(done, tuple):
        return operation_of(done[-1])
    return operation_of(done.operation)


def _always(_loaded: Loaded) -> bool:
    return True


def _nothing() -> None:
    """What a button with a menu does by itself."""
