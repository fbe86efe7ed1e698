"""The form of an entity, checked while it is filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from models.entities.describe import Column
from models.entities.problems import Problem, Severity
from ui.desktop.widgets import tokens
from ui.desktop.widgets.form.editors import editor_for
from ui.desktop.widgets.form.field import Field
from ui.desktop.widgets.parts import label

COLUMNS = 3
CHECK_PAUSE = 200
"""Milliseconds without a key until the form is checked."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the whole form says.

    Attributes:
        texts: what stands in every field, to be saved.
        shown: field to the clean value as text, for those that were changed by cleaning.
        problems: what is wrong.
    """

    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    shown: Mapping[str, str] = field(default_factory=dict[str, str])
    problems: Sequence[Problem] = ()

    @property
    def errors(self) -> list[Problem]:
        """The problems with which it cannot be saved."""
        return [one for one in self.problems if one.severity is Severity.REFUSE]

    @property
    def warnings(self) -> list[Problem]:
        """The problems that a person may confirm."""
        return [one for one in self.problems if one.severity is Severity.WARN]


@dataclass(frozen=True, slots=True)
class FormPlan:
    """What a form is made of.

    Attributes:
        groups: heading to the fields below it, in order.
        offers: field to the words it offers.
        check: says what is wrong with the texts of all fields.
    """

    groups: Mapping[str, Mapping[str, Column]]
    offers: Mapping[str, Sequence[str]]
    check: Callable[[Mapping[str, str]], Checked]


class EntityForm(QScrollArea):
    """The fields of an entity in groups.

    Signals:
        checked: a ``Checked``, after typing paused.
    """

    checked = Signal(object)

    def __init__(self, plan: FormPlan, parent: QWidget | None = None) -> None:
        """Make the form, empty."""
        super().__init__(parent)
        self._plan = plan
        self._fields: dict[str, Field] = {}
        self._touched: set[str] = set()
        self._start: dict[str, str] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_PAUSE)
        self._timer.timeout.connect(self._check_quietly)
        body = QWidget()
        body.setObjectName("formBody")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(tokens.CARD, tokens.BLOCK, tokens.CARD, tokens.CARD)
        layout.setSpacing(tokens.BLOCK)
        for heading, fields in plan.groups.items():
            layout.addWidget(label(heading, "heading"))
            layout.addLayout(self._grid(fields))
            layout.addSpacing(tokens.GAP)
        layout.addStretch(1)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self._start = self.texts()

    def field(self, name: str) -> Field:
        """The field of that name."""
        return self._fields[name]

    def texts(self) -> dict[str, str]:
        """What stands in every field."""
        return {name: one.editor.text().strip() for name, one in self._fields.items()}

    def changed_texts(self) -> dict[str, str]:
        """What stands in the fields that differ from the beginning."""
        return {name: text for name, text in self.texts().items() if text != self._start[name]}

    @property
    def dirty(self) -> bool:
        """Whether anything was changed."""
        return bool(self.changed_texts())

    def fill(self, texts: Mapping[str, str]) -> None:
        """Begin with these texts; other fields are emptied."""
        for name, one in self._fields.items():
            one.editor.set_text(texts.get(name, ""))
            one.show_problem(None)
        self._start = self.texts()
        self._touched.clear()
        self._timer.stop()

    def check(self, *, everything: bool = True) -> Checked:
        """Check the form and show what is wrong under the fields.

        Args:
            everything: also under fields the person has not come to yet.
        """
        found = self._plan.check(self.texts())
        worst: dict[str, Problem] = {}
        for problem in sorted(found.problems, key=_mild_first):
            worst[problem.field or ""] = problem
        for name, one in self._fields.items():
            told = everything or name in self._touched
            becomes = found.shown.get(name, "") if name in self._touched else ""
            one.show_problem(worst.get(name) if told else None, becomes)
        self.checked.emit(found)
        return found

    def go_to(self, name: str | None) -> None:
        """Put the cursor into a field."""
        one = self._fields.get(name or "") or self._first()
        one.editor.widget.setFocus()
        self.ensureWidgetVisible(one)

    def _first(self) -> Field:
        """Where a person begins: the first field that must be filled in."""
        described = [fields for group in self._plan.groups.values() for fields in group.items()]
        name = next((name for name, column in described if column.required), described[0][0])
        return self._fields[name]

    def _grid(self, fields: Mapping[str, Column]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.CARD)
        grid.setVerticalSpacing(tokens.BLOCK)
        for place in range(COLUMNS):
            grid.setColumnStretch(place, 1)
            grid.setColumnMinimumWidth(place, tokens.px(170))
        for place, (name, described) in enumerate(fields.items()):
            one = Field(name, described, editor_for(described, self._plan.offers.get(name, ())))
            one.editor.edited.connect(self._edited(name))
            self._fields[name] = one
            grid.addWidget(one, place // COLUMNS, place % COLUMNS)
        return grid

    def _edited(self, name: str) -> Callable[[], None]:
        def slot() -> None:
            self._touched.add(name)
            self._timer.start()

        return slot

    def _check_quietly(self) -> None:
        self.check(everything=False)


def _mild_first(problem: Problem) -> bool:
    return problem.severity is Severity.REFUSE
