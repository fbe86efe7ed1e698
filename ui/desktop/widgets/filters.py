"""The row of filters above a list: 全部学校, 学段：初中 …, and the button that clears them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import button, set_tone
from ui.desktop.widgets.search_box import SearchBox


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a filter can have: what is stored and what is shown."""

    value: str
    text: str


class FilterCombo(QComboBox):
    """A filter by one field; shows 「学段：全部」 until a value is chosen."""

    def __init__(
        self, title: str, choices: Sequence[Choice] = (), parent: QWidget | None = None
    ) -> None:
        """Make the filter.

        Args:
            title: the field's name.
            choices: the values.
            parent: the widget it stands in.
        """
        super().__init__(parent)
        self._title = title
        self.setAccessibleName(f"按{title}筛选")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(5)
        self.setMaxVisibleItems(16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_choices(choices)
        self.currentIndexChanged.connect(self._show_state)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other values; a chosen one that is still there stays chosen."""
        kept = self.value()
        self.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self.clear()
        self.addItem(f"{self._title}：全部", "")
        for choice in choices:
            self.addItem(choice.text, choice.value)
        self.setCurrentIndex(max(0, self.findData(kept)))
        self.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + tokens.px(40))
        self._show_state()

    def value(self) -> str:
        """The stored value chosen, "" for all."""
        return str(self.currentData() or "")

    def reset(self) -> None:
        """Go back to all without telling."""
        self.choose("")

    def choose(self, value: str) -> None:
        """Choose a stored value without telling; all where it is not offered."""
        self.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self.setCurrentIndex(max(0, self.findData(value)))
        self.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
        self._show_state()

    def _show_state(self) -> None:
        set_tone(self, "true" if self.value() else "false", "filtering")
        self.setToolTip(f"{self._title}：{self.currentText()}" if self.value() else "")


class FilterRow(QWidget):
    """Search field and filters in one row.

    Signals:
        changed: what is asked for has changed.
    """

    changed = Signal()

    def __init__(
        self, hint: str, filters: dict[str, FilterCombo], parent: QWidget | None = None
    ) -> None:
        """Make the row.

        Args:
            hint: what the search field finds.
            filters: name to filter, in the order shown.
            parent: the widget it stands in.
        """
        super().__init__(parent)
        self.search = SearchBox(hint)
        self.search.setMinimumWidth(tokens.px(120))
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.filters = filters
        self.clear_button = button("清除筛选", self.clear, drawing="filter-x")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.GAP)
        layout.addWidget(self.search, 5)
        for one in filters.values():
            one.setMinimumWidth(tokens.px(96))
            layout.addWidget(one, 2)
            one.currentIndexChanged.connect(self._tell)
        layout.addWidget(self.clear_button)
        self.search.searched.connect(self._tell)
        self._look()

    def query(self) -> str:
        """The text searched for."""
        return self.search.text().strip()

    def values(self) -> dict[str, str]:
        """The chosen filters: name to stored value."""
        return {name: one.value() for name, one in self.filters.items() if one.value()}

    @property
    def active(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.query() or self.values())

    def choose(self, values: Mapping[str, str]) -> None:
        """Ask for just these values and nothing else, and tell once."""
        self.search.reset()
        for name, one in self.filters.items():
            one.choose(values.get(name, ""))
        self._tell()

    def clear(self) -> None:
        """Show everything again."""
        if self.active:
            self.search.reset()
            for one in self.filters.values():
                one.reset()
            self._tell()

    def _tell(self, *_: object) -> None:
        self._look()
        self.changed.emit()

    def _look(self) -> None:
        self.clear_button.setEnabled(self.active)
