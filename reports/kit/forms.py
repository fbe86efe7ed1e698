"""Certificate forms as data: what stands where on the sheet, in millimetres.

A form is a TOML file that a person can edit. Its fields are written on base lines measured from
the upper left corner with a ruler, because that is how one measures a pre-printed booklet. Fields
without a ``{value}`` are the fixed wording: they print with the background, once for all copies,
and are left out where the sheet has it printed already (套打).
"""

from __future__ import annotations

import string
import tomllib
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from models.errors import UserError
from reports.kit.fonts import Role
from reports.kit.form_wording import sentences, toml_words
from reports.kit.paper import BLACK, Align, Size

Millimetres = Annotated[float, Field(ge=0, le=1200)]
Points = Annotated[float, Field(ge=4, le=200)]
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]

NAMES_OF_PEOPLE = frozenset({"name", "mentor", "mentee"})
"""Values that are names of people, which may be padded."""


class Fit(StrEnum):
    """What happens to a text that is wider than its field."""

    SHRINK = "shrink"  # it is written smaller, down to ``smallest``
    WRAP = "wrap"  # it goes on below, justified


class FrameKind(StrEnum):
    """The drawn background of a form."""

    NONE = "none"
    PLAIN = "plain"  # two thin lines
    MEANDER = "meander"  # a 回纹 band between two lines


class _Part(BaseModel):
    """Parts of a form refuse words they do not know, so that a slip of the pen is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FormField(_Part):
    """One text on a form.

    Attributes:
        key: its name within the form.
        text: the words, with ``{value}`` where a value goes.
        x, y: where the base line of its first line begins (or ends, or has its middle).
        width: of the field; texts are fitted into it.
        role, size, colour: of the letters; ``size`` in points.
        tracking: extra space after each letter, in points.
        align: what ``x`` means.
        fit: what happens to a text that is too wide.
        smallest: the smallest size to shrink to, in points.
        leading: from base line to base line, in millimetres; for ``wrap``.
        lines: how many lines there is room for.
        indent: of the first line, in characters.
        value_role: another typeface for the values.
        printed: whether it is printed in 套打 too; by default what has a value is.
        padded: whether names of two characters are written with a blank between them.
        middle: whether several lines stand evenly around ``y``, which is then the base line of a
            single one.
    """

    key: str
    text: str
    x: Millimetres
    y: Millimetres
    width: Annotated[float, Field(gt=0, le=1200)]
    role: Role = Role.SONG
    size: Points = 12
    colour: Colour = BLACK
    tracking: Annotated[float, Field(ge=0, le=100)] = 0
    align: Align = Align.LEFT
    fit: Fit = Fit.SHRINK
    smallest: Points = 7
    leading: Annotated[float, Field(ge=0, le=100)] = 0
    lines: Annotated[int, Field(ge=1, le=60)] = 1
    indent: Annotated[float, Field(ge=0, le=20)] = 0
    value_role: Role | None = None
    printed: bool | None = None
    padded: bool = False
    middle: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the values it wants."""
        return names_in(self.text)

    @property
    def on_stock(self) -> bool:
        """Whether it is printed onto a sheet that has its fixed wording already."""
        return not self.fixed if self.printed is None else self.printed

    @property
    def fixed(self) -> bool:
        """Whether every copy says the same here."""
        return not self.names

    @property
    def shared(self) -> bool:
        """Whether it is drawn with the background, once for all copies."""
        return self.fixed and not self.printed

    @model_validator(mode="after")
    def _whole(self) -> Self:
        names_in(self.text)
        if self.fit is Fit.WRAP and not self.leading:
            raise ValueError("折行的字段要写 leading（行距，毫米）")
        return self


class FormLine(_Part):
    """A ruled line, such as the one a value is written on; ``printed`` as in a field."""

    start: tuple[Millimetres, Millimetres]
    end: tuple[Millimetres, Millimetres]
    thickness: Annotated[float, Field(gt=0, le=5)] = 0.15
    colour: Colour = BLACK
    printed: bool = False


class FormBox(_Part):
    """A rectangle, such as the place of the photo; ``printed`` as in a field."""

    x: Millimetres
    y: Millimetres
    width: Millimetres
    height: Millimetres
    thickness: Annotated[float, Field(gt=0, le=5)] = 0.15
    colour: Colour = BLACK
    printed: bool = False


class PhotoArea(_Part):
    """Where the photo goes; it fills the rectangle, cut at the longer sides."""

    x: Millimetres
    y: Millimetres
    width: Annotated[float, Field(gt=0, le=1200)]
    height: Annotated[float, Field(gt=0, le=1200)]


class CodeArea(_Part):
    """Where the code that can be verified goes: a square, its white edge included."""

    x: Millimetres
    y: Millimetres
    size: Annotated[float, Field(ge=15, le=100)]


class RowField(_Part):
    """One column of a register page: like a field, its base line is that of the row."""

    key: str
    text: str
    x: Millimetres
    width: Annotated[float, Field(gt=0, le=1200)]
    role: Role = Role.SONG
    size: Points = 9
    colour: Colour = BLACK
    align: Align = Align.LEFT
    fit: Fit = Fit.SHRINK
    smallest: Points = 5
    leading: Annotated[float, Field(ge=0, le=100)] = 0
    lines: Annotated[int, Field(ge=1, le=10)] = 1
    padded: bool = False

    @model_validator(mode="after")
    def _whole(self) -> Self:
        self.at(0)
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the values it wants."""
        return names_in(self.text)

    def at(self, y: float) -> FormField:
        """The field of a row whose base line (of a single line) is ``y``."""
        return FormField(**dict(self), y=y, middle=True)


class Rows(_Part):
    """The lines of a register page.

    Attributes:
        first_y: base line of the first row.
        pitch: from row to row.
        count: how many the page has.
        columns: what stands in each.
    """

    first_y: Millimetres
    pitch: Annotated[float, Field(gt=0, le=200)]
    count: Annotated[int, Field(ge=1, le=60)]
    columns: tuple[RowField, ...]

    def y_of(self, line: int) -> float:
        """The base line of a row, counted from 1."""
        return self.first_y + (line - 1) * self.pitch


class Background(_Part):
    """A picture of the whole sheet, such as a scanned booklet page.

    Attributes:
        picture: a JPEG or PNG file as base64 text, so that the form is one file.
        printed: whether it is printed on plain paper; the preview shows it in any case.
    """

    picture: str
    printed: bool = False


class SealArea(_Part):
    """Where the seal is pressed: a faint ring of the seal's size, and a word in it."""

    x: Millimetres
    y: Millimetres
    diameter: Annotated[float, Field(gt=0, le=100)] = 42
    colour: Colour = "#E8B4B0"
    text: str = ""


class FormFrame(_Part):
    """The drawn background."""

    kind: FrameKind = FrameKind.NONE
    margin: Millimetres = 10
    band: Millimetres = 7
    colour: Colour = BLACK
    accent: Colour = BLACK


class Form(_Part):
    """A certificate form.

    Attributes:
        name: stable name.
        title: what the office calls it.
        width, height: of the sheet in millimetres.
        frame: the background.
        fields: texts.
        lines, boxes: ruled lines and rectangles of the background.
        seal: where the seal goes.
        photo, code: where the photo and the code go.
        rows: the lines of a register page.
        background: a picture of the sheet.
    """

    name: str
    title: str
    width: Annotated[float, Field(gt=20, le=1200)]
    height: Annotated[float, Field(gt=20, le=1200)]
    frame: FormFrame = FormFrame()
    fields: tuple[FormField, ...]
    lines: tuple[FormLine, ...] = ()
    boxes: tuple[FormBox, ...] = ()
    seal: SealArea | None = None
    photo: PhotoArea | None = None
    code: CodeArea | None = None
    rows: Rows | None = None
    background: Background | None = None

    @property
    def size(self) -> Size:
        """The sheet."""
        return Size(self.width, self.height)

    @property
    def values(self) -> frozenset[str]:
        """The names of the values its texts want."""
        return frozenset(name for field in self.fields for name in field.names)

    @property
    def row_values(self) -> frozenset[str]:
        """The names of the values each of its rows wants."""
        columns = self.rows.columns if self.rows else ()
        return frozenset(name for field in columns for name in field.names)


@lru_cache(maxsize=1024)
def names_in(text: str) -> tuple[str, ...]:
    """The names of the values in a text: ``{name} 同志`` has ``name``.

    Raises:
        ValueError: braces that do not match, or anything but a plain name between them.
    """
    found = [part[1:] for part in string.Formatter().parse(text) if part[1] is not None]
    # A width as in {name:>9999999}, a spelling as in {name!r} are none of a form's business.
    if not all(str(name).isidentifier() and not spec and not how for name, spec, how in found):
        raise ValueError("花括号里只能写一个值的名称，如 {name}")
    return tuple(str(name) for name, _, _ in found)


def parse_form(text: str, name: str) -> Form:
    """The form a TOML text describes; ``name`` names it in messages.

    Raises:
        UserError: the text is not a form; the message names the place in it.
    """
    try:
        return Form.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise _bad(name, toml_words(error)) from error
    except ValidationError as error:
        raise _bad(name, "；".join(sentences(error)[:3])) from error


def _bad(name: str, what: str) -> UserError:
    return UserError(
        "form.invalid",
        f"证书样式“{name}”有误：{what}。",
        "请改正后重试，或恢复原来的样式。",
    )
