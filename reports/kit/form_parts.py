"""The parts of a form by where they are held, what they are called, and the place they take.

A kind of part is made known by one line of ``PARTS``; checking and the designer then know it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from reports.kit.form_shapes import (
    BoxShape,
    LineShape,
    Rect,
    RowsShape,
    Shape,
    SquareShape,
    TextShape,
)
from reports.kit.forms import (
    CodeArea,
    Form,
    FormBox,
    FormField,
    FormLine,
    PhotoArea,
    Rows,
    SealArea,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class PartKind:
    """A kind of part.

    Attributes:
        slot: the attribute of the form that holds such parts.
        title: what the office calls one.
        drawing: its icon.
        model: the class.
        shape: how it lies on the sheet.
        start: what a new one is like; it is then moved to its place.
        many: whether there may be several.
        solid: whether two of such kinds must not lie on each other.
        words: the attribute that tells one from the others in lists; "" where nothing does.
    """

    slot: str
    title: str
    drawing: str
    model: type[BaseModel]
    shape: Shape
    start: Mapping[str, Any]
    many: bool = True
    solid: bool = False
    words: str = ""


_TEXT = {"key": "文字", "text": "文字", "x": 20, "y": 20, "width": 60, "size": 14}
_LINE = {"start": (10, 10), "end": (60, 10)}
_BOX = {"x": 10, "y": 10, "width": 30, "height": 40}
_PHOTO = {"x": 10, "y": 10, "width": 25, "height": 35}
_CODE = {"x": 10, "y": 10, "size": 25}
_COLUMNS = (
    {"key": "起止日期", "text": "{from_to}", "x": 15, "width": 30},
    {"key": "培训内容", "text": "{training}", "x": 46, "width": 40},
    {"key": "学时", "text": "{hours}", "x": 87, "width": 12},
)
_ROWS = {"first_y": 40, "pitch": 10, "count": 10, "columns": _COLUMNS}

PARTS = {
    kind.slot: kind
    for kind in (
        PartKind("fields", "文字", "type", FormField, TextShape(), _TEXT, solid=True, words="key"),
        PartKind("lines", "横线", "minus", FormLine, LineShape(), _LINE),
        PartKind("boxes", "方框", "square", FormBox, BoxShape(), _BOX),
        PartKind(
            "seal", "印章位置", "stamp", SealArea, SquareShape("diameter", 0.5),
            {"x": 30, "y": 30}, many=False, words="text",
        ),
        PartKind("photo", "照片位置", "square-user", PhotoArea, BoxShape(), _PHOTO, many=False,
                 solid=True),
        PartKind("code", "二维码位置", "qr-code", CodeArea, SquareShape(), _CODE, many=False,
                 solid=True),
        PartKind("rows", "登记行", "rows-3", Rows, RowsShape(), _ROWS, many=False),
    )
}  # fmt: skip
"""The kinds of parts by the attribute of the form that holds them."""


class Place(NamedTuple):
    """Which part of a form is meant: the attribute that holds it, and the how-manieth it is."""

    slot: str
    number: int = 0

    @property
    def kind(self) -> PartKind:
        """Its kind."""
        return PARTS[self.slot]


def places(form: Form) -> list[Place]:
    """Every part of a form."""
    return [Place(slot, number) for slot in PARTS for number in range(len(parts_in(form, slot)))]


def parts_in(form: Form, slot: str) -> tuple[BaseModel, ...]:
    """The parts that an attribute of the form holds."""
    held = getattr(form, slot)
    if held is None:
        return ()
    return cast("tuple[BaseModel, ...]", held) if isinstance(held, tuple) else (held,)


def part_at(form: Form, place: Place) -> BaseModel:
    """A part.

    Raises:
        IndexError: there is none.
    """
    return parts_in(form, place.slot)[place.number]


def rect_at(form: Form, place: Place) -> Rect:
    """What a part covers."""
    return place.kind.shape.rect(part_at(form, place))


def words_at(form: Form, place: Place) -> str:
    """What the office calls a part: the name of a text, else its kind and number."""
    kind = place.kind
    words = str(getattr(part_at(form, place), kind.words)) if kind.words else ""
    if words:
        return words
    return f"{kind.title} {place.number + 1}" if kind.many else kind.title
