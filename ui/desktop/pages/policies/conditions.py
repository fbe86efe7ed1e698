"""Conditions chosen from code tables: whom a requirement concerns, which trainings count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from models.codes.library import CodeTables
from models.entities.describe import Column
from models.policies.field_names import SELECTION, WHOM
from models.policies.requirements import Selection, Whom
from models.policies.wording import KINDS, tables_of
from ui.desktop.widgets import tokens
from ui.desktop.widgets.form.editors import SEVERAL, ChoiceEditor, LineEditor, SeveralEditor
from ui.desktop.widgets.parts import button, tool

FLAGS = frozenset({"is_head", "special_post"})
NUMBERS = frozenset({"service_from", "service_below", "hours_from"})
YES, NO = "是", "否"
Offers = Callable[[str], tuple[str, ...]]


class Conditions(QWidget):
    """Lines of a fact and what it must be; all of them must hold.

    Signals:
        changed: a line was added, changed or taken out.
    """

    changed = Signal()

    def __init__(self, kind: type[Whom | Selection], codes: CodeTables, none: str) -> None:
        """Make it without a line; ``none`` is said while there is none."""
        super().__init__()
        self.setObjectName("plain")
        self._names = WHOM if kind is Whom else SELECTION
        self._tables = tables_of(kind())
        self._codes = codes
        self._lines: list[_Line] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(tokens.px(6))
        self._add = button(f"＋ 条件（{none}）", self._add_first, kind="link")
        self._none = none
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.px(6))
        layout.addLayout(self._rows)
        foot = QHBoxLayout()
        foot.addWidget(self._add)
        foot.addStretch(1)
        layout.addLayout(foot)

    @property
    def lines(self) -> list[_Line]:
        """The lines in order."""
        return self._lines

    def add(self, name: str, value: object = None) -> _Line:
        """Add a line for a fact."""
        line = _Line(self._names, name, self._offers)
        line.set_value(value)
        line.changed.connect(self._tell)
        line.removed.connect(self._remove)
        self._lines.append(line)
        self._rows.addWidget(line)
        self._tell()
        return line

    def fill(self, part: Whom | Selection) -> None:
        """Show the conditions of a part."""
        for line in list(self._lines):
            self._remove(line)
        for name in self._names:
            value = getattr(part, name)
            if value not in ((), None):
                self.add(name, value)

    def values(self) -> dict[str, Any]:
        """The conditions that say something."""
        return {line.name: value for line in self._lines if (value := line.value()) not in ((), "")}

    def _offers(self, name: str) -> tuple[str, ...]:
        table = self._tables.get(name)
        if table is None:
            return ()
        return tuple(KINDS) if table == "" else tuple(self._codes[table].names())

    def _add_first(self) -> None:
        used = {line.name for line in self._lines}
        free = [name for name in self._names if name not in used]
        if free:
            self.add(free[0])

    def _remove(self, line: object) -> None:
        if isinstance(line, _Line) and line in self._lines:
            self._lines.remove(line)
            line.hide()
            line.deleteLater()
            self._tell()

    def _tell(self, *_: object) -> None:
        self._add.setText("＋ 条件" if self._lines else f"＋ 条件（{self._none}）")
        self.changed.emit()


class _Line(QWidget):
    """One fact and its editor."""

    changed = Signal()
    removed = Signal(object)

    def __init__(self, names: Mapping[str, str], name: str, offers: Offers) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._offers = offers
        self._names = names
        self.fact = QComboBox()
        self.fact.setAccessibleName("条件")
        self.fact.setMinimumWidth(tokens.px(150))
        for key, title in names.items():
            self.fact.addItem(title, key)
        self.fact.setCurrentIndex(self.fact.findData(name))
        self._place = QHBoxLayout()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.GAP)
        layout.addWidget(self.fact)
        layout.addLayout(self._place, 1)
        layout.addWidget(tool("x", "去掉这个条件", self._give_up))
        self._editor = self._make_editor()
        self.fact.currentIndexChanged.connect(self._other_fact)

    @property
    def name(self) -> str:
        """The fact's key."""
        return str(self.fact.currentData())

    @property
    def editor(self) -> LineEditor | ChoiceEditor:
        """What the value is typed into."""
        return self._editor

    def value(self) -> tuple[str, ...] | bool | str:
        """What it must be; () or "" where nothing was said."""
        text = self._editor.text().strip()
        if self.name in FLAGS:
            return {YES: True, NO: False}.get(text, "")
        if self.name in NUMBERS:
            return text
        return tuple(one.strip() for one in text.split(SEVERAL) if one.strip())

    def set_value(self, value: object) -> None:
        """Show a value."""
        if isinstance(value, bool):
            self._editor.set_text(YES if value else NO)
        elif isinstance(value, tuple):
            self._editor.set_text(SEVERAL.join(value))  # pyright: ignore[reportUnknownArgumentType]
        elif value is not None:
            self._editor.set_text(format(value, "f") if hasattr(value, "as_tuple") else str(value))

    def _make_editor(self) -> LineEditor | ChoiceEditor:
        name, title = self.name, self._names[self.name]
        if name in FLAGS:
            found: LineEditor | ChoiceEditor = ChoiceEditor((YES, NO))
        elif name in NUMBERS:
            found = LineEditor(Column(title=title, example="90" if name == "hours_from" else "3"))
        else:
            words = Column(title=title, note="点右边箭头选择，可选几个")
            found = SeveralEditor(words, self._offers(name))
        found.widget.setAccessibleName(title)
        found.edited.connect(self._tell)
        self._place.addWidget(found.widget)
        return found

    def _other_fact(self, *_: int) -> None:
        self._editor.widget.deleteLater()
        self._editor.widget.hide()
        self._editor = self._make_editor()
        self._tell()

    def _give_up(self) -> None:
        self.removed.emit(self)

    def _tell(self, *_: object) -> None:
        self.changed.emit()
