"""The fonts an office prints with: the one maker for the window and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from models.office.font_choice import chosen_fonts
from models.staff.glyphs import drawn_glyphs
from models.staff.queries import named_teachers
from models.text.folding import PRIVATE_USE, fold_characters
from reports.kit import font_places
from reports.kit.font_roles import Role
from reports.kit.font_wishes import FontWishes
from reports.kit.fonts import Fonts
from resources import path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.office.context import Office

FOLDER = "字体"
"""The folder beside the office's file for font files of its own."""

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class NameMissing:
    """A person whose name cannot be printed whole.

    Attributes:
        teacher_id: who.
        name: as the register has it.
        school: where the person works, "" where unknown.
        characters: those that no font has.
        instead: the name with the characters Unicode has for old private codes, "" where
            none is known.
    """

    teacher_id: str
    name: str
    school: str
    characters: str
    instead: str = ""


def fonts_of(office: Office) -> Fonts:
    """The office's fonts; made once and kept until its wishes or font files change.

    Safe to call from any thread; the fonts may be used by several at once.
    """
    wishes = wishes_of(office)
    return _made(path("fonts"), wishes, _stamp(fonts_folder(office)))


def fonts_with(office: Office, character: str, png: bytes) -> Fonts:
    """The office's fonts as they would be with a picture for a character: for a preview."""
    return fonts_of(office).also_drawing(character, png)


def program_fonts() -> Fonts:
    """The fonts where no office is open: the program's own, then the computer's."""
    return _made(path("fonts"), FontWishes(), ())


def look_again() -> None:
    """Look for fonts anew at the next paper: some were installed or removed."""
    _made.cache_clear()


def wishes_of(office: Office) -> FontWishes:
    """What the office chose, where its own font files lie, what it drew."""
    chosen = chosen_fonts(office.store)
    return FontWishes(
        fonts_folder(office),
        tuple((role, chosen[role]) for role in Role if role in chosen),
        tuple(sorted(drawn_glyphs(office).items())),
    )


def fonts_folder(office: Office) -> Path:
    """The folder of the office's own font files; it need not be there."""
    return office.store.path.parent / FOLDER


def missing_names(
    office: Office, fonts: Fonts, teacher_ids: Sequence[str] | None = None
) -> list[NameMissing]:
    """The teachers whose names hold characters no font has, by school and name.

    Args:
        office: the office.
        fonts: to print with.
        teacher_ids: who is to be printed; None for everybody.
    """
    people = named_teachers(office, teacher_ids)
    checked = ((one, fonts.missing_characters([one.name], Role.KAI)) for one in people)
    return [
        NameMissing(one.id, one.name, one.school, characters, _instead(one.name))
        for one, characters in checked
        if characters
    ]


@lru_cache(maxsize=2)
def _made(own: Path, wishes: FontWishes, stamp: Stamp) -> Fonts:
    del stamp  # only tells when the files of the office's folder have changed
    return Fonts(own, wishes=wishes)


def _stamp(folder: Path) -> Stamp:
    files = [(file, file.stat()) for file in font_places.in_folder(folder)]
    return tuple((str(file), stat.st_size, stat.st_mtime_ns) for file, stat in files)


def _instead(name: str) -> str:
    folded = fold_characters(name)
    return folded if PRIVATE_USE.search(name) and folded != name else ""
