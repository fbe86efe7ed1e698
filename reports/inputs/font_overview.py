"""What plays which role here, how many characters it knows, and what could be chosen instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.inputs.fonts import fonts_folder, fonts_of, wishes_of
from reports.kit.font_catalogue import is_bold
from reports.kit.font_roles import ROLE_TITLES, Role
from reports.kit.font_wishes import wish_for
from reports.kit.han import HanSet, counted, han

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from models.office.context import Office
    from models.progress import Progress
    from reports.kit.fonts import Fonts
    from reports.kit.sfnt import Face

CHINESE_FROM = 3500
"""A typeface with fewer of the 通用规范汉字 is no Chinese one and is not offered."""


@dataclass(frozen=True, slots=True)
class RoleFont:
    """Who plays a role.

    Attributes:
        role: the role.
        title: ``宋体``.
        face: name of the typeface in use.
        file: its file.
        wish: what the office chose, "" where nothing.
        remark: what stands in for what, "" where all is as wished.
        played: of each set of characters, how many the typeface has.
        helped: how many with all typefaces that help it out.
    """

    role: Role
    title: str
    face: str
    file: Path
    wish: str
    remark: str
    played: Mapping[HanSet, int]
    helped: Mapping[HanSet, int]


@dataclass(frozen=True, slots=True)
class FontOverview:
    """The roles, the typefaces that could play them, and the folder for more of them."""

    roles: tuple[RoleFont, ...]
    choices: tuple[str, ...]
    folder: Path


def font_overview(office: Office, progress: Progress) -> FontOverview:
    """Look at the office's fonts.

    Raises:
        WorldError: this computer has no usable Chinese font at all.
        CancelledByUser: the person asked to stop.
    """
    fonts = fonts_of(office)
    wishes = wishes_of(office)
    roles: list[RoleFont] = []
    for done, role in enumerate(Role):
        progress.step(done, len(Role), "正在查看字体")
        roles.append(_role_font(fonts, role, "、".join(wishes.chosen_for(role))))
    return FontOverview(tuple(roles), tuple(choices(fonts)), fonts_folder(office))


def choices(fonts: Fonts) -> list[str]:
    """The Chinese typefaces of this computer as wishes, in the order they are found."""
    found = (wish_of(face) for face in fonts.faces() if _chinese(fonts, face))
    return list(dict.fromkeys(found))


def wish_of(face: Face) -> str:
    """The wish that means a face."""
    return wish_for(face.title, bold=is_bold(face))


def _chinese(fonts: Fonts, face: Face) -> bool:
    return len(fonts.charset(face) & han(HanSet.GENERAL)) >= CHINESE_FROM


def _role_font(fonts: Fonts, role: Role, wish: str) -> RoleFont:
    face = fonts.face(role)
    played, helped = fonts.coverage(role)
    return RoleFont(
        role=role,
        title=ROLE_TITLES[role],
        face=wish_of(face),
        file=face.path,
        wish=wish,
        remark=fonts.remark(role),
        played=counted(played),
        helped=counted(helped),
    )
