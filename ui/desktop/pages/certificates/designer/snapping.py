"""Where a moving part comes to rest: at the edges and middles of others, else on the grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reports.kit.form_parts import Place, part_at, places, rect_at
from reports.kit.form_shapes import Rect, exact
from reports.kit.forms import Form

FINEST = 0.1
"""Millimetres: where no grid is wished for, places are still round."""


class Rule(NamedTuple):
    """How strongly things are drawn to each other.

    Attributes:
        grid: distance of its lines in millimetres; 0 for none.
        reach: how near another part must be to draw, in millimetres; 0 for not at all.
    """

    grid: float = 1.0
    reach: float = 1.0


class Lines(NamedTuple):
    """The lines of one direction that things rest on: their edges, and their middles."""

    edges: tuple[float, ...]
    middles: tuple[float, ...]


class Rest(NamedTuple):
    """Where a step ends.

    Attributes:
        step: its length.
        guides: the lines of other parts that it rests on now.
    """

    step: float
    guides: tuple[float, ...] = ()


def rest(step: float, moving: Lines, still: Lines, anchor: float, rule: Rule) -> Rest:
    """Where a step along one axis comes to rest.

    Args:
        step: as far as the hand went.
        moving: the lines of what is moved, before the step.
        still: the lines of what stands.
        anchor: the coordinate that goes onto the grid.
        rule: how strongly things are drawn.
    """
    offered = [
        other - own
        for mine, theirs in zip(moving, still, strict=True)
        for own in mine
        for other in theirs
        if abs(other - own - step) <= rule.reach
    ]
    if rule.reach and offered:
        best = exact(min(offered, key=lambda one: abs(one - step)))
        return Rest(best, _met(best, moving, still))
    grid = rule.grid or FINEST
    return Rest(exact(round((anchor + step) / grid) * grid - anchor))


def lines_of(form: Form, those: Sequence[Place], axis: int) -> Lines:
    """The lines of some parts together; of a single text its base line in place of its edges."""
    rects = [rect_at(form, place) for place in those]
    if not rects:
        return Lines((), ())
    whole = rects[0]
    for rect in rects[1:]:
        whole = whole.united(rect)
    if len(those) == 1:
        return _lines(form, those[0], axis)
    return Lines((whole[axis], whole[axis + 2]), (whole.middle[axis],))


def still_lines(form: Form, moving: Iterable[Place], axis: int) -> Lines:
    """The lines of everything that is not moved, and of the sheet itself."""
    away = set(moving)
    found = [_lines(form, place, axis) for place in places(form) if place not in away]
    size = form.size[axis]
    return Lines(
        tuple({0.0, size, *(one for lines in found for one in lines.edges)}),
        tuple({size / 2, *(one for lines in found for one in lines.middles)}),
    )


def _lines(form: Form, place: Place, axis: int) -> Lines:
    part = part_at(form, place)
    rect: Rect = place.kind.shape.rect(part)
    anchor = place.kind.shape.anchor(part)[axis]
    edges = (rect[axis], rect[axis + 2])
    middle = rect.middle[axis]
    if anchor not in edges and abs(anchor - middle) > FINEST:
        return Lines((anchor,), ())
    return Lines(edges, (middle,))


def _met(step: float, moving: Lines, still: Lines) -> tuple[float, ...]:
    """The standing lines that moved ones lie on after a step."""
    return tuple(
        sorted(
            {
                other
                for mine, theirs in zip(moving, still, strict=True)
                for own in mine
                for other in theirs
                if abs(own + step - other) < FINEST / 2
            }
        )
    )
