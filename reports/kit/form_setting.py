"""The text of one field: its values put in, fitted into its room, written."""

from __future__ import annotations

import string
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from models.errors import UserError
from reports.kit.breaking import Line, break_lines, spread
from reports.kit.forms import NAMES_OF_PEOPLE, Fit
from reports.kit.paper import POINTS, SHIFT, Align, Pen
from reports.kit.wording import aligned_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.kit.fonts import Fonts, Role
    from reports.kit.forms import FormField
    from reports.kit.paper import Paper

STEP = 0.5  # points by which a text is made smaller until it fits
FULLEST = 0.15  # of the size: the widest extra space when a line is filled
PADDING = "\u3000"
TOLD = 40
"""Characters of a text that does not fit which its refusal repeats."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a field's text in one typeface; ``padded`` is a name with a blank in it."""

    text: str
    role: Role
    padded: bool = False


@dataclass(frozen=True, slots=True)
class _Setting:
    """A field's text at one size, cut into lines; widths in points."""

    parts: list[Part]
    size: float
    lines: list[Line]


class Slot:
    """A field to be filled in copy after copy. It remembers its last text."""

    def __init__(self, field: FormField, fonts: Fonts) -> None:
        """Take the field's text apart."""
        self._field = field
        self._fonts = fonts
        self._pieces = pieces_of(field.text)
        self._names = [name for _, name in self._pieces if name is not None]
        self._texts: list[str] | None = None
        self._setting: _Setting | None = None
        self._paper: Paper | None = None
        self._code = ""

    def fit(self, values: Mapping[str, str]) -> None:
        """See whether the text fits.

        Raises:
            UserError: it does not at its smallest size.
        """
        texts = [values[name] for name in self._names]
        if texts == self._texts:
            return
        self._paper = None
        self._setting = None
        if any(texts) or not self._names:
            self._setting = _fitted(self._field, _parts(self._field, self._pieces, values),
                                    self._fonts)  # fmt: skip
        self._texts = texts

    def code(self, paper: Paper, values: Mapping[str, str]) -> str:
        """The operators that write it on ``paper``; "" where its values are all empty.

        Raises:
            UserError: it does not fit at its smallest size.
        """
        self.fit(values)
        if self._setting is None:
            return ""
        if self._paper is not paper:
            self._code = _written(paper, self._field, self._setting)
            self._paper = paper
        return self._code


def pieces_of(text: str) -> list[tuple[str, str | None]]:
    """The words of a field, each with the name of the value that follows."""
    return [(words, name) for words, name, _, _ in string.Formatter().parse(text)]


def filled(field: FormField, values: Mapping[str, str]) -> list[Part]:
    """The words of a field with its values in place."""
    return _parts(field, pieces_of(field.text), values)


def _parts(
    field: FormField, pieces: list[tuple[str, str | None]], values: Mapping[str, str]
) -> list[Part]:
    parts: list[Part] = []
    for words, name in pieces:
        parts.append(Part(words, field.role))
        if name is not None:
            value, role = values[name], field.value_role or field.role
            shown = aligned_name(value) if field.padded and name in NAMES_OF_PEOPLE else value
            parts.append(Part(shown, role, padded=shown != value))
    return [
        Part("".join([part.text for part in group]), *kind)
        for kind, group in groupby(parts, key=lambda part: (part.role, part.padded))
    ]


def _fitted(field: FormField, parts: list[Part], fonts: Fonts) -> _Setting:
    """The text at the largest size at which it fits its field."""
    text = "".join(part.text for part in parts)
    units = [width for part in parts for width in fonts.advances(part.text, part.role, 1)]
    size, smallest = field.size, min(field.smallest, field.size)
    while size >= smallest:
        lines = _lines(field, text, [unit * size + field.tracking for unit in units], size)
        if len(lines) <= field.lines and all(_inside(field, line) for line in lines):
            return _Setting(parts, size, lines)
        size -= STEP
    shown = text if len(text) <= TOLD else f"{text[:TOLD]}…（共 {len(text)} 字）"
    raise UserError(
        "form.too_long",
        f"“{shown}”太长，证书上“{field.key}”处写不下。",
        "请缩短内容，或在证书样式里放宽该处。",
    )


def _lines(field: FormField, text: str, advances: list[float], size: float) -> list[Line]:
    if field.fit is Fit.WRAP:
        return break_lines(text, advances, field.width * POINTS, indent=field.indent * size)
    return [Line(0, len(text), sum(advances) - field.tracking, last=True)] if text else []


def _inside(field: FormField, line: Line) -> bool:
    return line.width <= field.width * POINTS + 0.01


def _written(paper: Paper, field: FormField, setting: _Setting) -> str:
    rise = (len(setting.lines) - 1) * field.leading / 2 if field.middle else 0.0
    codes: list[str] = []
    for number, line in enumerate(setting.lines):
        indent = field.indent * setting.size / POINTS if number == 0 else 0.0
        extra = 0.0
        if field.fit is Fit.WRAP and field.align is Align.LEFT:
            room = (field.width - indent) * POINTS
            extra = spread(line, room, most=FULLEST * setting.size)
        pen = Pen(field.role, setting.size, field.colour, field.tracking + extra)
        place = (field.x + indent, field.y - rise + number * field.leading)
        codes += _line_codes(paper, place, _parts_of(setting, line), (pen, field.align))
    return " ".join(codes)


def _line_codes(
    paper: Paper, place: tuple[float, float], parts: list[Part], how: tuple[Pen, Align]
) -> list[str]:
    """Stretches of several typefaces one after the other on one base line."""
    pen, align = how
    pens = [Pen(part.role, pen.size, pen.colour, pen.tracking) for part in parts]
    x, y = place
    if len(parts) == 1:
        spoken = _spoken(parts[0])
        return [paper.text_code((x, y), parts[0].text, pens[0], align=align, spoken=spoken)]
    gap = pen.tracking / POINTS
    widths = [paper.width(part.text, own) + gap for part, own in zip(parts, pens, strict=True)]
    x -= (sum(widths) - gap) * SHIFT[align]
    codes: list[str] = []
    for part, own, width in zip(parts, pens, widths, strict=True):
        codes.append(paper.text_code((x, y), part.text, own, spoken=_spoken(part)))
        x += width
    return codes


def _spoken(part: Part) -> str | None:
    """What search and copy shall find in place of a padded name."""
    return part.text.replace(PADDING, "") if part.padded else None


def _parts_of(setting: _Setting, line: Line) -> list[Part]:
    """The stretches of one line."""
    found: list[Part] = []
    at = 0
    for part in setting.parts:
        text = part.text[max(line.start - at, 0) : max(line.end - at, 0)]
        at += len(part.text)
        if text:
            found.append(Part(text, part.role, part.padded))
    return found
