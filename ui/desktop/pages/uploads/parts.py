"""What stands under the tabs of the desk: problems, fractions, the rows to be sent, reminders."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QListWidget, QVBoxLayout, QWidget

from models.uploads.drafting import UploadProblem
from models.uploads.forms import FRACTION_NAMES, CellKind, Form, Fraction, Subject
from ui.desktop.pages.uploads.shown import PROBLEMS, problem_row
from ui.desktop.widgets import tokens
from ui.desktop.widgets.empty import EmptyState
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.parts import boxed, button, clear, column, label, row
from ui.desktop.widgets.small_grid import SmallGrid
from ui.desktop.widgets.table.source import FixedRows, Order, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from ui.desktop.pages.uploads.reads import Checked, FractionColumn
    from ui.desktop.tasks.session import Session

_LINES = 200
_OF_TEACHER = ("teacher.", "there.")
_OF_SCHOOL = "school."
Place = tuple[str, object]
"""A page and what to show there."""


def place_of(form: Form, one: UploadProblem) -> Place | None:
    """Where a problem is mended; None where no single record is to blame."""
    fact = form.column(one.key).fact
    if one.subject is Subject.INSTITUTION:
        return "institutions", one.subject_id
    if one.teacher_id and (one.subject is Subject.TEACHER or fact.startswith(_OF_TEACHER)):
        return "teachers", one.teacher_id
    if one.subject is Subject.RECORD:
        return "ledger", ("entry", one.subject_id)
    return None


def is_fraction(form: Form, one: UploadProblem) -> bool:
    """Whether a problem only asks how to round; those are answered column by column."""
    return form.column(one.key).kind is CellKind.INTEGER and "." in one.value


class ProblemsPart(QWidget):
    """Every problem, with the way to the record."""

    def __init__(self, session: Session) -> None:
        """Make it empty."""
        super().__init__()
        self._session = session
        self._form: Form | None = None
        self._problems: Sequence[UploadProblem] = ()
        self.table = DataTable(PROBLEMS, session.preferences, "upload_problems")
        self.table.setAccessibleName("要先改的")
        self.grid = GridCard(self.table)
        self.grid.empty.say("没有要改的，全部可以报。", drawing="circle-check")
        self.jump = button("去改这一条", self.go, drawing="arrow-right")
        self.edit = button("改上报表的对应…", self._edit)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.GAP)
        lines.addWidget(self.grid, 1)
        lines.addLayout(row(self.jump, self.edit, label("双击一行也可以去改。", "caption"), None))
        self.table.chosen.connect(self._selected)
        self.table.opened.connect(self.go)

    def show_checked(self, found: Checked) -> None:
        """Show what is in the way."""
        self._form = found.draft.form
        self._problems = sorted(found.draft.problems, key=partial(is_fraction, self._form))
        self.table.show_rows(FixedRows([problem_row(n, one) for n, one in self._numbered()]))
        self.grid.show_table(yes=bool(self._problems))
        if self._problems and not self.table.current_id():
            self.table.selectRow(0)
        self._selected()

    def go(self, *_: object) -> None:
        """Go to the record of the chosen problem."""
        place = self._place()
        if place is not None:
            self._session.go.emit(*place)

    def _numbered(self) -> enumerate[UploadProblem]:
        return enumerate(self._problems)

    def _place(self) -> Place | None:
        chosen = self.table.current_id()
        if self._form is None or not chosen:
            return None
        return place_of(self._form, self._problems[int(chosen)])

    def _selected(self, *_: object) -> None:
        self.jump.setEnabled(self._place() is not None)
        self.edit.setEnabled(self._form is not None)

    def _edit(self) -> None:
        if self._form is not None:
            self._session.go.emit("uploads", ("forms", self._form.name))


class RoundingPart(QWidget):
    """What to do with fractions, column by column, and every amount that is not sent as it is.

    Signals:
        chosen: key of a column and a ``Fraction``.
    """

    chosen = Signal(str, object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.choices: dict[str, QComboBox] = {}
        self._rules = QVBoxLayout()
        self._rules.setSpacing(tokens.GAP)
        self._hint = label(
            "这张表的下列栏只收整数。小数怎么办请先问清上级；程序不会悄悄取整，每一处都列在下面。",
            "muted",
            wrap=True,
        )
        self.grid = SmallGrid("没有照原数报的", ("内容", "栏目", "原数", "报", "办法"), 0)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addWidget(self._hint)
        lines.addLayout(self._rules)
        lines.addWidget(self.grid, 1)
        lines.addStretch(0)
        for place, width in ((1, 130), (2, 80), (3, 80), (4, 170)):
            self.grid.setColumnWidth(place, tokens.px(width))

    def show_checked(self, found: Checked) -> None:
        """Show the choices and what they lead to."""
        clear(self._rules)
        self.choices = {}
        for one in found.fractions:
            self._rules.addWidget(self._choice(one))
        if not found.fractions:
            self._hint.setText("这张表没有只收整数的学时、学分栏。")
        self.grid.setVisible(bool(found.draft.rounded))
        self.grid.show_lines(
            [
                (one.who, one.column, f"{one.amount:f}", _sent(one.sent),
                 FRACTION_NAMES[one.rule].partition("，")[0])
                for one in found.draft.rounded[:_LINES]
            ]
        )  # fmt: skip

    def _choice(self, one: FractionColumn) -> QWidget:
        box = QComboBox()
        box.setAccessibleName(f"{one.title}的小数")
        for rule, name in FRACTION_NAMES.items():
            box.addItem(name, rule)
        box.setCurrentIndex(box.findData(one.rule))
        box.setMinimumWidth(tokens.px(300))
        box.activated.connect(partial(self._tell, one.key))
        self.choices[one.key] = box
        told = f"有小数的 {one.open or one.changed:,} 条" if one.open or one.changed else "没有小数"
        if one.open:
            told += "，还没有选定办法"
        return boxed(row(label(f"“{one.title}”的小数"), box, label(told, "muted"), None))

    def _tell(self, key: str, place: int) -> None:
        self.chosen.emit(key, Fraction(self.choices[key].itemData(place)))


class RowsPart(QWidget):
    """The first rows as they would stand in the file, personal data masked."""

    def __init__(self, session: Session) -> None:
        """Make it empty."""
        super().__init__()
        self._session = session
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(tokens.GAP)
        self.table: DataTable | None = None

    def show_checked(self, found: Checked) -> None:
        """Show what would be sent."""
        clear(self._lines)
        form = found.draft.form
        columns = [
            TableColumn(one.key, one.title, max(4, round(one.width)), sortable=False)
            for one in form.columns
        ]
        self.table = DataTable(columns, self._session.preferences, f"upload_rows/{form.name}")
        self.table.setAccessibleName("要报的内容")
        keys = [one.key for one in form.columns]
        self.table.show_rows(_Rows(keys, found.shown))
        grid = GridCard(self.table)
        grid.empty.say("没有可以报的内容。请看“要先改的”，或核对年度和范围。", drawing="inbox")
        grid.show_table(yes=bool(found.shown))
        self._lines.addWidget(grid, 1)
        total = len(found.draft.rows)
        if total > len(found.shown):
            self._lines.addWidget(
                label(f"列出前 {len(found.shown)} 条，共 {total:,} 条。", "caption")
            )


class NotesPart(QWidget):
    """What a person should read before the file goes out."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.list = QListWidget()
        self.list.setAccessibleName("提醒")
        self.list.setWordWrap(True)
        self.empty = EmptyState()
        self.empty.say("没有要提醒的。", drawing="circle-check")
        self.setLayout(column(self.list, self.empty))

    def show_checked(self, found: Checked) -> None:
        """Show the sentences, and what was sent and is no longer there."""
        gone = found.draft.gone
        told = [*found.draft.notes, *(f"请在上级系统中删除（台账里已冲销）：{one}" for one in gone)]
        if found.draft.form.note:
            told.append(f"关于这张表：{found.draft.form.note}")
        self.list.clear()
        self.list.addItems(told)
        self.list.setVisible(bool(told))
        self.empty.setVisible(not told)

    def count(self) -> int:
        """How many reminders there are."""
        return self.list.count()


class _Rows:
    """A source that makes the rows that are looked at."""

    def __init__(self, keys: Sequence[str], texts: Sequence[Sequence[str]]) -> None:
        self._keys = keys
        self._texts = texts

    def ids(self, order: Order | None) -> Sequence[str]:
        """The places of the rows."""
        return [str(place) for place in range(len(self._texts))]

    def rows(self, ids: Sequence[str]) -> Sequence[TableRow]:
        """Those rows."""
        return [
            TableRow(one, dict(zip(self._keys, self._texts[int(one)], strict=True))) for one in ids
        ]


def _sent(number: int | None) -> str:
    return "不报" if number is None else str(number)
