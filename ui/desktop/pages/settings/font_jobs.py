"""What the tab of fonts has done on the lanes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.office.context import Office
from models.office.font_choice import choose_fonts
from models.progress import Progress
from reports.inputs import fonts
from reports.inputs.font_overview import RoleFont, font_overview
from reports.kit.font_roles import Role
from reports.kit.han import HAN_TITLES, HanSet, han
from reports.kit.raster import Picture
from reports.kit.strips import Words, strip

SAMPLE = "桦甸市教师进修学校　王䶮 赵𬭎　2026年1月"
SIZE = 16


@dataclass(frozen=True, slots=True)
class RoleSeen:
    """A role as the tab shows it."""

    role: Role
    face: str
    file: Path
    wish: str
    remark: str
    counts: str
    sample: Picture


@dataclass(frozen=True, slots=True)
class FontsSeen:
    """All roles, the typefaces to choose from, and the folder for more of them."""

    roles: tuple[RoleSeen, ...]
    choices: tuple[str, ...]
    folder: Path


def look_at_fonts(office: Office, progress: Progress, dpi: float) -> FontsSeen:
    """The fonts of the office with a line set in each."""
    overview = font_overview(office, progress)
    own = fonts.fonts_of(office)
    roles: list[RoleSeen] = []
    for one in overview.roles:
        missing = set(own.missing_characters([SAMPLE], one.role))
        words = "".join(char for char in SAMPLE if char not in missing)
        sample = strip(own, [Words(words, one.role, SIZE)], dpi)
        roles.append(
            RoleSeen(one.role, one.face, one.file, one.wish, one.remark, said(one), sample)
        )
    return FontsSeen(tuple(roles), overview.choices, overview.folder)


def look_again(_office: Office, _progress: Progress) -> None:
    """Forget the fonts, so that they are looked for anew."""
    fonts.look_again()


def choose(office: Office, _progress: Progress, chosen: Mapping[Role, Sequence[str]]) -> None:
    """Keep which typefaces play the roles."""
    choose_fonts(office.store, {str(role): names for role, names in chosen.items()})


def said(one: RoleFont) -> str:
    """How many characters of each set there are: by the typeface, and by all together."""
    parts: list[str] = []
    for which in HanSet:
        total, played, helped = len(han(which)), one.played[which], one.helped[which]
        more = f"，补字后 {helped:,}" if helped > played else ""
        parts.append(f"{HAN_TITLES[which]} {played:,}/{total:,}{more}")
    return "；".join(parts)
