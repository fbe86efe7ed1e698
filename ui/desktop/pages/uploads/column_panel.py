"""What goes into one column of a form: the fact, how it is written, what is taken."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QFrame,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.entities.describe import Kind
from models.uploads.facts import fact_named, facts_of
from models.uploads.forms import (
    FRACTION_NAMES,
    CellKind,
    Form,
    FormColumn,
    Fraction,
    Subject,
    Written,
)
from ui.desktop.pages.uploads.code_sheet import edit_codes
from ui.desktop.pages.uploads.form_draft import choices_of, choices_text
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import button, column, label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.desktop.tasks.session import Session

NOTHING = "（空着）"
KIND_TITLES = {
    CellKind.TEXT: "文字",
    CellKind.ID: "号码（按文字写）",
    CellKind.INTEGER: "整数",
    CellKind.DECIMAL: "小数",
    CellKind.DATE: "日期",
}
WRITTEN_TITLES = {Written.NAME: "写名称", Written.CODE: "写代码", Written.PAIR: "写“代码-名称”"}
DATES = {
    "%Y-%m-%d": "2025-09-01",
    "%Y/%m/%d": "2025/09/01",
    "%Y.%m.%d": "2025.09.01",
    "%Y%m%d": "20250901",
    "%Y年%m月%d日": "2025年09月01日",
}


class CalmCombo(QComboBox):
    """A choice that the wheel does not change."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()


class ColumnPanel(QFrame):
    """The editors of the chosen column.

    Signals:
        fact_chosen: key of the column and the name of a fact, "" for nothing.
        changed: key of the column and what to say of it otherwise.
    """

    fact_chosen = Signal(str, str)
    changed = Signal(str, dict)

    def __init__(self, session: Session) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("card")
        self._session = session
        self._form: Form | None = None
        self._column: FormColumn | None = None
        self._subject: Subject | None = None
        self.title = label("", "name", wrap=True)
        self.fact = CalmCombo()
        self.constant = QLineEdit()
        self.kind = _combo("写成", KIND_TITLES)
        self.dates = _combo("日期写法", DATES)
        self.written = _combo("代码写法", WRITTEN_TITLES)
        self.fraction = _combo("有小数时", FRACTION_NAMES)
        self.choices = QLineEdit()
        self.codes = button("代码对应…", self._edit_codes)
        self.required = QCheckBox("必填")
        self.longest = QLineEdit()
        self._parts: dict[str, QWidget] = {}
        self._lay_out()
        self._connect()

    def show_column(self, form: Form, one: FormColumn) -> None:
        """Show a column of a form."""
        self._form, self._column = form, one
        if self._subject is not form.subject:
            self._subject = form.subject
            self._offer(form.subject)
        fact = fact_named(form.subject, one.fact) if one.fact else None
        self.title.setText(f"{form.letter(one.key)} 列　{one.title}")
        self.fact.setCurrentIndex(max(0, self.fact.findData(one.fact)))
        self.constant.setText(one.constant)
        _choose(self.kind, one.kind)
        if self.dates.findData(one.date_format) < 0:
            self.dates.addItem(one.date_format, one.date_format)
        _choose(self.dates, one.date_format)
        _choose(self.written, one.written)
        _choose(self.fraction, one.fraction)
        self.choices.setText(choices_text(one.choices))
        self.choices.setCursorPosition(0)
        self.required.setChecked(one.required)
        self.longest.setText(str(one.longest or ""))
        coded = fact is not None and fact.table is not None
        amount = fact is not None and fact.kind is Kind.DECIMAL
        self._parts["dates"].setVisible(one.kind is CellKind.DATE)
        self._parts["written"].setVisible(coded)
        self._parts["fraction"].setVisible(amount and one.kind is CellKind.INTEGER)
        self.codes.setVisible(coded)
        self._parts["constant"].setVisible(fact is None or bool(one.constant))

    def _lay_out(self) -> None:
        self.fact.setEditable(True)
        self.fact.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.constant.setPlaceholderText("每一行都一样的，写在这里")
        self.choices.setPlaceholderText("不限；如 10-国家级、20-省级")
        self.longest.setPlaceholderText("不限")
        inner = QWidget()
        inner.setObjectName("scrollBody")
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, tokens.px(6), 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addWidget(self._part("fact", "填我们的哪一项", self.fact))
        lines.addWidget(self._part("constant", "固定的文字", self.constant))
        lines.addWidget(self._part("kind", "写成", self.kind))
        lines.addWidget(self._part("dates", "日期写法", self.dates))
        lines.addWidget(self._part("written", "代码写法", self.written))
        lines.addWidget(self._part("fraction", "有小数时", self.fraction))
        lines.addWidget(self._part("choices", "上级只收这些值", self.choices))
        lines.addWidget(self.codes, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(self._part("longest", "最多几个字", self.longest))
        lines.addWidget(self.required)
        lines.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(tokens.CARD, tokens.px(14), tokens.CARD, tokens.px(14))
        outer.setSpacing(tokens.BLOCK)
        outer.addWidget(self.title)
        outer.addWidget(area, 1)

    def _part(self, key: str, title: str, editor: QWidget) -> QWidget:
        editor.setAccessibleName(title)
        caption = label(title, "caption")
        caption.setBuddy(editor)
        found = QWidget()
        found.setObjectName("plain")
        found.setLayout(column(caption, editor, gap=tokens.px(4)))
        self._parts[key] = found
        return found

    def _connect(self) -> None:
        self.fact.activated.connect(self._tell_fact)
        for name, combo in (("kind", self.kind), ("date_format", self.dates),
                            ("written", self.written), ("fraction", self.fraction)):  # fmt: skip
            combo.activated.connect(partial(self._tell_choice, name, combo))
        self.constant.editingFinished.connect(self._tell_constant)
        self.choices.editingFinished.connect(self._tell_choices)
        self.longest.editingFinished.connect(self._tell_longest)
        self.required.clicked.connect(self._tell_required)

    def _offer(self, subject: Subject) -> None:
        """The facts that a form of that subject may ask for."""
        self.fact.clear()
        self.fact.addItem(NOTHING, "")
        for fact in facts_of(subject).values():
            self.fact.addItem(fact.title, fact.name)
        completer = QCompleter(self.fact.model(), self.fact)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.fact.setCompleter(completer)

    def _tell(self, **changes: object) -> None:
        one = self._column
        if one is not None and any(getattr(one, name) != said for name, said in changes.items()):
            self.changed.emit(one.key, changes)

    def _tell_fact(self, place: int) -> None:
        if self._column is not None:
            self.fact_chosen.emit(self._column.key, str(self.fact.itemData(place)))

    def _tell_choice(self, name: str, combo: QComboBox, place: int) -> None:
        said = combo.itemData(place)
        kinds = {"kind": CellKind, "written": Written, "fraction": Fraction}
        self._tell(**{name: kinds[name](said) if name in kinds else str(said)})

    def _tell_constant(self) -> None:
        self._tell(constant=self.constant.text().strip())

    def _tell_choices(self) -> None:
        self._tell(choices=choices_of(self.choices.text()))

    def _tell_longest(self) -> None:
        text = self.longest.text().strip()
        self._tell(longest=int(text) if text.isdecimal() and int(text) else None)

    def _tell_required(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._tell(required=on)

    def _edit_codes(self) -> None:
        if self._form is not None and self._column is not None:
            edit_codes(self._session, self, self._form.subject, self._column, self._translate)

    def _translate(self, pairs: Mapping[str, str]) -> None:
        self._tell(translate=dict(pairs))


def _combo(title: str, choices: Mapping[Any, str]) -> CalmCombo:
    found = CalmCombo()
    found.setAccessibleName(title)
    for value, text in choices.items():
        found.addItem(text, value)
    return found


def _choose(combo: QComboBox, value: str) -> None:
    combo.setCurrentIndex(max(0, combo.findData(value)))
