"""The form being worked on: what it is, what of it is chosen, and every step to take back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from reports.kit.form_parts import Place, places
from reports.kit.forms import Form
from ui.desktop.pages.certificates.designer.document import standing

STEPS = 500
"""So many steps can be taken back."""
_MERGES = 1


class State:
    """A form with what is chosen of it."""

    __slots__ = ("chosen", "form")

    def __init__(self, form: Form, chosen: tuple[Place, ...]) -> None:
        """Keep both."""
        self.form = form
        self.chosen = chosen


class Step(QUndoCommand):
    """From one state to the next; steps of the same sort and kind of thing become one."""

    def __init__(self, draft: Draft, name: str, states: tuple[State, State], sort: str) -> None:
        """Make a step; ``sort`` is "" for one that never becomes one with another."""
        super().__init__(name)
        self._draft = draft
        self.before, self.after = states
        self.sort = sort

    def redo(self) -> None:
        """Take the step."""
        self._draft.show_state(self.after)

    def undo(self) -> None:
        """Take it back."""
        self._draft.show_state(self.before)

    def id(self) -> int:
        """Which steps Qt offers to become one."""
        return _MERGES if self.sort else -1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802 - Qt's name
        """Take a following step of the same sort on the same parts in."""
        if not isinstance(other, Step) or other.sort != self.sort:
            return False
        if other.before.chosen != self.after.chosen:
            return False
        self.after = other.after
        return True


class Draft(QObject):
    """A form, what of it is chosen, and its steps.

    Signals:
        changed: the form is another one.
        chosen_changed: other parts are chosen.
        begun: work on another form began.
    """

    changed = Signal()
    chosen_changed = Signal()
    begun = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with nothing."""
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(STEPS)
        self._form: Form | None = None
        self._chosen: tuple[Place, ...] = ()
        self._origin: State | None = None

    @property
    def form(self) -> Form:
        """The form as it is now.

        Raises:
            LookupError: no form is being worked on.
        """
        if self._form is None:
            raise LookupError
        return self._form

    @property
    def there(self) -> bool:
        """Whether a form is being worked on."""
        return self._form is not None

    @property
    def chosen(self) -> tuple[Place, ...]:
        """The parts that are chosen."""
        return self._chosen

    @property
    def dirty(self) -> bool:
        """Whether anything is not saved yet."""
        return not self.stack.isClean()

    def begin(self, form: Form | None) -> None:
        """Work on another form, with no steps behind it."""
        self._origin = None
        self._form = form
        self._chosen = ()
        self.stack.clear()
        self.begun.emit()
        self.changed.emit()
        self.chosen_changed.emit()

    def choose(self, those: Sequence[Place]) -> None:
        """Choose parts."""
        found = standing(self.form, tuple(dict.fromkeys(those))) if self.there else ()
        if found != self._chosen:
            self._chosen = found
            self.chosen_changed.emit()

    def choose_all(self) -> None:
        """Choose every part."""
        self.choose(places(self.form))

    def do(
        self, name: str, form: Form, chosen: Sequence[Place] | None = None, sort: str = ""
    ) -> None:
        """Take a step; nothing happens where it changes nothing.

        Args:
            name: what the step is called: ``移动 姓名``.
            form: the form after it.
            chosen: what is chosen after it; as before by default.
            sort: steps of the same sort on the same parts that follow each other become one.
        """
        before = self._origin or State(self.form, self._chosen)
        self._origin = None
        if form == before.form:
            self.show_state(State(form, before.chosen))
            return
        after = State(form, self._chosen if chosen is None else tuple(chosen))
        self.stack.push(Step(self, name, (before, after), sort))

    def try_out(self, form: Form) -> None:
        """Show a form while the hand is still moving; ``do`` or ``give_up`` ends it."""
        if self._origin is None:
            self._origin = State(self.form, self._chosen)
        if form != self._form:
            self._form = form
            self.changed.emit()

    def give_up(self) -> None:
        """Forget what was tried out."""
        if self._origin is not None:
            state, self._origin = self._origin, None
            self.show_state(state)

    def settle(self) -> None:
        """The form is saved as it is now."""
        self.stack.setClean()

    def show_state(self, state: State) -> None:
        """Be in a state; steps call it."""
        form_changed = state.form != self._form
        chosen = standing(state.form, state.chosen)
        chosen_changed = chosen != self._chosen
        self._form, self._chosen = state.form, chosen
        if form_changed:
            self.changed.emit()
        if chosen_changed:
            self.chosen_changed.emit()
