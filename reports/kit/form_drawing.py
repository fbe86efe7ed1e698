"""A form filled in and drawn: the background once, the values page by page."""

from __future__ import annotations

import string
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from models.errors import UserError
from reports.kit import frames, pictures
from reports.kit.breaking import Line, break_lines, spread
from reports.kit.forms import Fit, Form, FormField, names_in
from reports.kit.paper import POINTS, SHIFT, Align, Paper, Pen, Size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.kit.fonts import Fonts, Role

BACKGROUND = "background"
STEP = 0.5  # points by which a text is made smaller until it fits
FULLEST = 0.15  # of the size: the widest extra space when a line is filled


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a field's text in one typeface."""

    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Filling:
    """What one copy of a form says.

    Attributes:
        values: for each name the form asks for, the text.
        rows: line of the register page to its values.
        photo: a JPEG of ``pictures.plain_photo``.
        code: the text of the code.
    """

    values: Mapping[str, str]
    rows: Mapping[int, Mapping[str, str]]
    photo: bytes | None = None
    code: str = ""


def draw_background(paper: Paper, form: Form, fonts: Fonts) -> None:
    """Draw what all copies share, to be laid under each page with ``paper.lay(BACKGROUND)``."""
    picture = form.background
    jpeg = pictures.plain_sheet(picture.picture) if picture and picture.printed else None
    with paper.template(BACKGROUND):
        if jpeg is not None:
            pictures.draw_picture(paper, jpeg)
        frames.draw(paper, form.size, form.frame)
        if form.seal is not None:
            frames.draw_seal(paper, form.seal)
        for line in form.lines:
            paper.line(line.start, line.end, thickness=line.thickness, colour=line.colour)
        for box in form.boxes:
            size = Size(box.width, box.height)
            paper.frame((box.x, box.y), size, thickness=box.thickness, colour=box.colour)
        for field in form.fields:
            if field.fixed and not field.printed:
                _write(paper, field, [Part(field.text, field.role)], fonts)


def draw_values(
    paper: Paper, form: Form, filling: Filling, fonts: Fonts, *, on_stock: bool = False
) -> None:
    """Draw what differs from copy to copy.

    A field whose values are all empty is left out with its label.

    Args:
        paper: at the page of this copy.
        form: the form.
        filling: what this copy says.
        fonts: to measure with.
        on_stock: the sheet has the fixed wording already.

    Raises:
        UserError: a text does not fit at the smallest size.
        KeyError: a value is lacking; see ``Form.values``.
    """
    for field in form.fields:
        if field.on_stock if on_stock else not field.fixed or field.printed:
            _fill_in(paper, field, filling.values, fonts)
    if form.rows is not None:
        for line, values in sorted(filling.rows.items()):
            for column in form.rows.columns:
                _fill_in(paper, column.at(form.rows.y_of(line)), values, fonts)
    if form.photo is not None and filling.photo is not None:
        pictures.draw_photo(paper, form.photo, filling.photo)
    if form.code is not None and filling.code:
        pictures.draw_code(paper, form.code, filling.code)


def _fill_in(paper: Paper, field: FormField, values: Mapping[str, str], fonts: Fonts) -> None:
    if field.fixed or any(values[name] for name in names_in(field.text)):
        _write(paper, field, filled(field, values), fonts)


def filled(field: FormField, values: Mapping[str, str]) -> list[Part]:
    """The words of a field with its values in place."""
    parts: list[Part] = []
    for words, name, _, _ in string.Formatter().parse(field.text):
        if words:
            parts.append(Part(words, field.role))
        if name is not None:
            parts.append(Part(values[name], field.value_role or field.role))
    return parts


@dataclass(frozen=True, slots=True)
class _Setting:
    """A field's text at one size, cut into lines; widths in points."""

    text: str
    roles: list[Role]
    size: float
    lines: list[Line]


def _write(paper: Paper, field: FormField, parts: list[Part], fonts: Fonts) -> None:
    setting = _fitted(field, parts, fonts)
    for number, line in enumerate(setting.lines):
        indent = field.indent * setting.size / POINTS if number == 0 else 0.0
        extra = 0.0
        if field.fit is Fit.WRAP and field.align is Align.LEFT:
            room = (field.width - indent) * POINTS
            extra = spread(line, room, most=FULLEST * setting.size)
        pen = Pen(field.role, setting.size, field.colour, field.tracking + extra)
        place = (field.x + indent, field.y + number * field.leading)
        _write_line(paper, place, _parts_of(setting, line), pen, field.align)


def _write_line(
    paper: Paper, place: tuple[float, float], parts: list[Part], pen: Pen, align: Align
) -> None:
    """Write stretches of several typefaces one after the other on one base line."""
    pens = [replace(pen, role=part.role) for part in parts]
    gap = pen.tracking / POINTS
    widths = [paper.width(part.text, own) + gap for part, own in zip(parts, pens, strict=True)]
    x, y = place
    x -= (sum(widths) - gap) * SHIFT[align]
    for part, own, width in zip(parts, pens, widths, strict=True):
        paper.text(x, y, part.text, own)
        x += width


def _parts_of(setting: _Setting, line: Line) -> list[Part]:
    """The stretches of one line, cut where the typeface changes."""
    places = range(line.start, line.end)
    return [
        Part("".join(setting.text[at] for at in group), role)
        for role, group in groupby(places, key=lambda at: setting.roles[at])
    ]


def _fitted(field: FormField, parts: list[Part], fonts: Fonts) -> _Setting:
    """The text at the largest size at which it fits its field."""
    text = "".join(part.text for part in parts)
    roles = [part.role for part in parts for _ in part.text]
    size = field.size
    while size >= min(field.smallest, field.size):
        advances = [
            advance + field.tracking
            for part in parts
            for advance in fonts.advances(part.text, part.role, size)
        ]
        lines = _lines(field, text, advances, size)
        if len(lines) <= field.lines and all(_inside(field, line) for line in lines):
            return _Setting(text, roles, size, lines)
        size -= STEP
    raise UserError(
        "form.too_long",
        f"“{text}”太长，证书上“{field.key}”处写不下。",
        "请缩短内容，或在证书样式里放宽该处。",
    )


def _lines(field: FormField, text: str, advances: list[float], size: float) -> list[Line]:
    if field.fit is Fit.WRAP:
        return break_lines(text, advances, field.width * POINTS, indent=field.indent * size)
    return [Line(0, len(text), sum(advances) - field.tracking, last=True)] if text else []


def _inside(field: FormField, line: Line) -> bool:
    return line.width <= field.width * POINTS + 0.01
