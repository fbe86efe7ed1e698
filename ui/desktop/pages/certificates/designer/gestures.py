"""What a pressed mouse does on the sheet until it is let go: move, pull, or draw a rubber band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from reports.kit.form_parts import Place, part_at, words_at
from reports.kit.form_shapes import Point, Rect
from reports.kit.forms import Form
from ui.desktop.pages.certificates.designer.document import inside, moved, pulled
from ui.desktop.pages.certificates.designer.draft import Draft
from ui.desktop.pages.certificates.designer.snapping import (
    Lines,
    Rest,
    Rule,
    lines_of,
    rest,
    still_lines,
)


class Guide(Rect):
    """A line across the sheet that something rests on; its width or height is nothing."""


class Gesture(Protocol):
    """Between pressing and letting go."""

    @property
    def guides(self) -> Sequence[Rect]:
        """Lines and bands to be shown meanwhile."""
        ...

    def drag(self, to: Point, rule: Rule) -> None:
        """The hand is at a point now."""
        ...

    def drop(self) -> None:
        """The button was let go."""
        ...

    def give_up(self) -> None:
        """The person wants it undone."""
        ...


@dataclass
class Move:
    """Parts that follow the hand."""

    draft: Draft
    start: Point
    guides: Sequence[Rect] = ()
    form: Form = field(init=False)
    those: tuple[Place, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Remember where everything stood."""
        self.form, self.those = self.draft.form, self.draft.chosen

    def drag(self, to: Point, rule: Rule) -> None:
        """Move from where the parts stood at first."""
        first = self.those[0]
        anchor = first.kind.shape.anchor(part_at(self.form, first))
        rests = [
            rest(
                to[axis] - self.start[axis],
                lines_of(self.form, self.those, axis),
                still_lines(self.form, self.those, axis),
                anchor[axis],
                rule,
            )
            for axis in (0, 1)
        ]
        self.guides = across(self.form, rests)
        self.draft.try_out(moved(self.form, self.those, rests[0].step, rests[1].step))

    def drop(self) -> None:
        """Make it a step."""
        self.draft.do(f"移动{names_of(self.form, self.those)}", self.draft.form)

    def give_up(self) -> None:
        """Put everything back."""
        self.draft.give_up()


@dataclass
class Pull:
    """One part that is pulled at a handle."""

    draft: Draft
    place: Place
    handle: str
    guides: Sequence[Rect] = ()
    form: Form = field(init=False)

    def __post_init__(self) -> None:
        """Remember how it was."""
        self.form = self.draft.form

    def drag(self, to: Point, rule: Rule) -> None:
        """Pull the handle to a point."""
        shape = self.place.kind.shape
        at = shape.handles(part_at(self.form, self.place))[self.handle]
        rests = [
            rest(
                to[axis] - at[axis],
                Lines((at[axis],), ()),
                still_lines(self.form, (self.place,), axis),
                at[axis],
                rule,
            )
            for axis in (0, 1)
        ]
        aim = at[0] + rests[0].step, at[1] + rests[1].step
        sides = [
            rests[0] if _across(self.handle) else Rest(0),
            rests[1] if _down(self.handle) else Rest(0),
        ]
        self.guides = across(self.form, sides)
        self.draft.try_out(pulled(self.form, self.place, self.handle, aim))

    def drop(self) -> None:
        """Make it a step."""
        self.draft.do(f"调整{names_of(self.form, (self.place,))}的大小", self.draft.form)

    def give_up(self) -> None:
        """Put it back."""
        self.draft.give_up()


@dataclass
class Band:
    """A rubber band that chooses what it touches."""

    draft: Draft
    start: Point
    kept: tuple[Place, ...] = ()
    guides: Sequence[Rect] = ()

    def drag(self, to: Point, rule: Rule) -> None:
        """Choose what the band touches now; it rests on nothing."""
        del rule
        (x1, y1), (x2, y2) = self.start, to
        band = Rect(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        self.guides = (band,)
        self.draft.choose((*self.kept, *inside(self.draft.form, band)))

    def drop(self) -> None:
        """The choice stays."""

    def give_up(self) -> None:
        """What was chosen before is chosen again."""
        self.draft.choose(self.kept)


def across(form: Form, rests: Sequence[Rest]) -> list[Rect]:
    """Guides as lines over the whole sheet."""
    upright = [Guide(at, 0, at, form.height) for at in rests[0].guides]
    return [*upright, *(Guide(0, at, form.width, at) for at in rests[1].guides)]


def names_of(form: Form, those: Sequence[Place]) -> str:
    """How a step names what it was done to: ``“姓名”``, ``3 项``."""
    return f"“{words_at(form, those[0])}”" if len(those) == 1 else f" {len(those)} 项"


def _across(handle: str) -> bool:
    return handle in {"start", "end"} or "e" in handle or "w" in handle


def _down(handle: str) -> bool:
    return handle in {"start", "end"} or handle[0] in "ns"
