"""What the windows of drawn characters have done on the lanes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.office.context import Office
from models.progress import Progress
from models.staff.glyphs import (
    Glyph,
    adopt_glyph,
    attach_glyph,
    glyphs_for,
    glyphs_of,
    remove_glyph,
)
from models.staff.pictures import glyph_picture
from models.staff.queries import name_of_teacher
from models.staff.registration import save_teacher
from models.store.operations import Operation
from reports.inputs.fonts import NameMissing, fonts_of, fonts_with, missing_names
from reports.kit.fonts import Role
from reports.kit.raster import Picture
from reports.kit.strips import Words, strip

PREVIEW = ((Role.SONG, 10.5), (Role.FANG, 16), (Role.KAI, 22), (Role.HEI, 16), (Role.BIAOSONG, 22))
"""How names are printed: in lists, circulars, certificates, headings, titles."""


@dataclass(frozen=True, slots=True)
class CharacterState:
    """One character of a name.

    Attributes:
        character: it.
        printable: whether a font has it.
        picture: the picture it has in this person's name.
        others: pictures other people's names have for it.
    """

    character: str
    printable: bool
    picture: Glyph | None
    others: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class NameState:
    """A name and its characters, each once."""

    name: str
    characters: tuple[CharacterState, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture cleaned, and the name as it would be printed with it."""

    png: bytes
    strip: Picture


def name_state(office: Office, _progress: Progress, teacher_id: str) -> NameState:
    """The characters of a teacher's name: printable, drawn, or missing."""
    name = name_of_teacher(office, teacher_id)
    own = {one.character: one for one in glyphs_of(office, teacher_id)}
    drawn = fonts_of(office)
    states: list[CharacterState] = []
    for character in dict.fromkeys(name):
        known = glyphs_for(office, character)
        others = tuple(one for one in known if one.teacher_id != teacher_id)
        printable = drawn.in_a_font(character)
        states.append(CharacterState(character, printable, own.get(character), others))
    return NameState(name, tuple(states))


def preview(
    office: Office, _progress: Progress, name: str, character: str, picture: bytes, dpi: float
) -> Preview:
    """The name as it would be printed with a picture.

    Characters of the name that cannot be printed yet are left out of the preview.

    Raises:
        UserError: no usable picture.
    """
    png = glyph_picture(picture)
    fonts = fonts_with(office, character, png)
    missing = set(fonts.missing_characters([name]))
    shown = "".join(char for char in name if char not in missing)
    return Preview(png, strip(fonts, [Words(shown, *look) for look in PREVIEW], dpi))


def attach(
    office: Office, _progress: Progress, teacher_id: str, character: str, picture: bytes
) -> Operation:
    """Keep a picture."""
    return attach_glyph(office, teacher_id, character, picture)


def adopt(office: Office, _progress: Progress, teacher_id: str, glyph_id: str) -> Operation:
    """Use another person's picture."""
    return adopt_glyph(office, teacher_id, glyph_id)


def remove(office: Office, _progress: Progress, teacher_id: str, character: str) -> Operation:
    """Take a picture away."""
    return remove_glyph(office, teacher_id, character)


def correct(office: Office, _progress: Progress, teacher_id: str, name: str) -> Operation:
    """Write a name with the characters the standard has by now."""
    return save_teacher(office, teacher_id, {"name": name})


def missing(
    office: Office, _progress: Progress, teacher_ids: Sequence[str] | None = None
) -> list[NameMissing]:
    """Whose names cannot be printed; of everybody where nobody is named."""
    return missing_names(office, fonts_of(office), teacher_ids)
