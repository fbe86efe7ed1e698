"""What the office wants of fonts: which typeface plays a role, its own files, drawn characters."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reports.kit import font_places
from reports.kit.font_roles import Role, Wanted

BOLD_MARK = " 粗体"
"""Ends the name of a typeface whose bold cut is wanted."""


@dataclass(frozen=True, slots=True)
class FontWishes:
    """The wishes; equal ones give equal papers, so that fonts made for them can be kept.

    Attributes:
        folder: where the office keeps font files of its own.
        chosen: role by role, the typefaces (or names of files) that come before all others.
        drawn: characters with the pictures (PNG) that stand in where no font has them.
    """

    folder: Path | None = None
    chosen: tuple[tuple[Role, tuple[str, ...]], ...] = ()
    drawn: tuple[tuple[str, bytes], ...] = ()

    def chosen_for(self, role: Role) -> tuple[str, ...]:
        """The names the office chose for a role, the best first."""
        return dict(self.chosen).get(role, ())


NO_WISHES = FontWishes()


def file_named(wish: str, folder: Path | None) -> Path | None:
    """The file a wish names (bare names lie in the office's folder); None for a typeface."""
    if Path(wish).suffix.lower() not in font_places.SUFFIXES:
        return None
    return folder / wish if folder is not None else Path(wish)


def wanted(wish: str) -> Wanted:
    """The typeface a wish names.

    >>> wanted("Noto Serif SC 粗体")
    Wanted(name='Noto Serif SC', bold=True)
    """
    name = wish.removesuffix(BOLD_MARK)
    return Wanted(name, bold=name != wish)


def wish_for(title: str, *, bold: bool) -> str:
    """The wish that means a typeface in one of its weights."""
    return title + BOLD_MARK if bold else title
