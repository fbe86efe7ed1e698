"""What the hand does to a form, as pure functions from one form to the next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import reduce
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from reports.kit.form_parts import PARTS, Place, part_at, parts_in, places, rect_at
from reports.kit.form_shapes import Point, Rect, exact
from reports.kit.forms import Form
from reports.kit.paper import POINTS

OFFSET = 5.0
"""Millimetres by which a copy lies beside what it was copied from."""
LEADING = 1.6
"""Of the size: from line to line where nothing is said."""


def changed_part(part: BaseModel, changes: Mapping[str, Any]) -> BaseModel:
    """A part with other attributes; a text that is to wrap gets a distance of lines.

    Raises:
        ValidationError: the part would be none.
    """
    values = {**dict(part), **changes}
    if changes.get("fit") == "wrap" and not values.get("leading"):
        values["leading"] = round(float(values["size"]) / POINTS * LEADING, 1)
        values["lines"] = max(2, int(values["lines"]))
    return type(part).model_validate(values)


def written(holder: BaseModel, key: Sequence[str], value: object) -> BaseModel:
    """A part, or a whole form, with another value of a property.

    Args:
        holder: the part.
        key: the property, below the groups it is in: ``("columns", "2", "width")``.
        value: the value.

    Raises:
        ValidationError: the value is none the property may have.
    """
    name, *inner = key
    if inner:
        held = getattr(holder, name)
        if isinstance(held, tuple):
            several = list(cast("tuple[BaseModel, ...]", held))
            place = int(inner[0])
            several[place] = written(several[place], inner[1:], value)
            value = tuple(several)
        else:
            value = written(held, inner, value)
    return changed_part(holder, {name: value})


def next_to(part: object) -> BaseModel:
    """A part like another, to the right of it."""
    if not isinstance(part, BaseModel):
        raise TypeError(part)
    values = dict(part)
    right = exact(float(values["x"]) + float(values["width"]) + 1)
    return changed_part(part, {"x": right, "key": f"{values['key']} 2"})


def with_part(form: Form, place: Place, part: BaseModel) -> Form:
    """The form with another part at a place."""
    parts = list(parts_in(form, place.slot))
    parts[place.number] = part
    return _held(form, place.slot, parts)


def changed(form: Form, those: Collection[Place], key: Sequence[str], value: object) -> Form:
    """The form with the same property changed in several parts.

    Raises:
        ValidationError: a part would be none.
    """
    for place in those:
        form = with_part(form, place, written(part_at(form, place), key, value))
    return form


def around(form: Form, those: Sequence[Place]) -> Rect:
    """The rectangle around some parts.

    Raises:
        TypeError: none are named.
    """
    return reduce(Rect.united, (rect_at(form, place) for place in those))


def moved(form: Form, those: Sequence[Place], right: float, down: float) -> Form:
    """The form with parts moved together, as far as they stay on the sheet."""
    if not those:
        return form
    rect = around(form, those)
    right = _within(right, rect.left, rect.right, form.width)
    down = _within(down, rect.top, rect.bottom, form.height)
    for place in those:
        form = _shifted(form, place, right, down)
    return form


def pulled(form: Form, place: Place, handle: str, to: Point) -> Form:
    """The form with one part pulled at a handle; unchanged where the part would be none."""
    part = part_at(form, place)
    to = (min(max(to[0], 0.0), form.width), min(max(to[1], 0.0), form.height))
    try:
        return with_part(form, place, changed_part(part, place.kind.shape.pulled(part, handle, to)))
    except ValidationError:
        return form


def without(form: Form, those: Collection[Place]) -> Form:
    """The form without some parts."""
    for slot in {place.slot for place in those}:
        gone = {place.number for place in those if place.slot == slot}
        left = [one for at, one in enumerate(parts_in(form, slot)) if at not in gone]
        form = _held(form, slot, left)
    return form


def added(
    form: Form, parts: Sequence[tuple[str, BaseModel]], offset: float = 0.0
) -> tuple[Form, tuple[Place, ...]]:
    """The form with more parts, and where they are; of a single kind the new one takes the place.

    Args:
        form: the form.
        parts: each with the attribute that is to hold it.
        offset: how far right and down of their own places they go.
    """
    new: list[Place] = []
    for slot, part in parts:
        held = list(parts_in(form, slot)) if PARTS[slot].many else []
        form = _held(form, slot, [*held, _named(part, held)])
        new.append(Place(slot, len(held)))
    if offset:
        form = moved(form, new, offset, offset)
    return form, tuple(new)


def new_part(form: Form, slot: str, middle: Point) -> tuple[Form, tuple[Place, ...]]:
    """The form with a fresh part of a kind around a point."""
    kind = PARTS[slot]
    part = kind.model.model_validate(dict(kind.start))
    form, new = added(form, [(slot, part)])
    x, y = rect_at(form, new[0]).middle
    return moved(form, new, round(middle[0] - x), round(middle[1] - y)), new


def aligned(form: Form, those: Sequence[Place], edge: str) -> Form:
    """The form with parts brought to a common edge or middle of all of them.

    Args:
        form: the form.
        those: the parts; one alone is aligned to the sheet.
        edge: ``left``, ``center``, ``right``, ``top``, ``middle`` or ``bottom``.
    """
    whole = around(form, those) if len(those) > 1 else Rect(0, 0, form.width, form.height)
    for place in those:
        right, down = _to_edge(rect_at(form, place), whole, edge)
        form = _shifted(form, place, right, down)
    return form


def distributed(form: Form, those: Sequence[Place], axis: int) -> Form:
    """The form with the middles of parts at equal distances; ``axis`` 0 across, 1 down."""
    order = sorted(those, key=lambda place: rect_at(form, place).middle[axis])
    middles = [rect_at(form, place).middle[axis] for place in order]
    if len(order) < 3:
        return form
    step = (middles[-1] - middles[0]) / (len(order) - 1)
    for number, place in enumerate(order):
        by = middles[0] + number * step - middles[number]
        form = _shifted(form, place, *((by, 0.0) if axis == 0 else (0.0, by)))
    return form


def hit(form: Form, point: Point, reach: float) -> Place | None:
    """The part at a point; of several the smallest, since it would be hidden else."""
    found = [one for one in places(form) if rect_at(form, one).holds(point, reach)]

    def area(place: Place) -> float:
        rect = rect_at(form, place)
        return max(rect.width, reach) * max(rect.height, reach)

    return min(found, key=area, default=None)


def inside(form: Form, band: Rect) -> tuple[Place, ...]:
    """The parts that a rubber band touches; large ones only if they lie in it whole."""
    found: list[Place] = []
    for place in places(form):
        rect = rect_at(form, place)
        whole = band.united(rect) == band
        if whole or (place.kind.solid and band.touches(rect)):
            found.append(place)
    return tuple(found)


def standing(form: Form, those: Collection[Place]) -> tuple[Place, ...]:
    """Those of some places where the form has a part."""
    there = set(places(form))
    return tuple(place for place in those if place in there)


def _shifted(form: Form, place: Place, right: float, down: float) -> Form:
    """The form with one part moved; it stays where it may not go."""
    part = part_at(form, place)
    try:
        return with_part(form, place, changed_part(part, place.kind.shape.moved(part, right, down)))
    except ValidationError:
        return form


def _to_edge(rect: Rect, whole: Rect, edge: str) -> Point:
    (x, y), (to_x, to_y) = rect.middle, whole.middle
    return {
        "left": (whole.left - rect.left, 0.0),
        "center": (to_x - x, 0.0),
        "right": (whole.right - rect.right, 0.0),
        "top": (0.0, whole.top - rect.top),
        "middle": (0.0, to_y - y),
        "bottom": (0.0, whole.bottom - rect.bottom),
    }[edge]


def _within(step: float, first: float, last: float, room: float) -> float:
    """A step shortened so that what lies from ``first`` to ``last`` stays in the room."""
    return exact(max(min(step, max(0.0, room - last)), min(0.0, -first)))


def _named(part: BaseModel, held: Sequence[BaseModel]) -> BaseModel:
    """A part under a name that none beside it has: 姓名, 姓名 2."""
    taken = {getattr(one, "key", "") for one in held}
    key = getattr(part, "key", "")
    if not key or key not in taken:
        return part
    stem = key.rstrip("0123456789").rstrip()
    number = next(n for n in range(2, len(taken) + 3) if f"{stem} {n}" not in taken)
    return changed_part(part, {"key": f"{stem} {number}"})


def _held(form: Form, slot: str, parts: Sequence[BaseModel]) -> Form:
    held = tuple(parts) if PARTS[slot].many else next(iter(parts), None)
    return form.model_copy(update={slot: held})
