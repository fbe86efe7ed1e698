"""The faces this computer has, found by the name of the typeface."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from reports.kit import font_places, sfnt
from reports.kit.font_roles import PLAYERS, RARE, STAND_INS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reports.kit.font_roles import Role, Wanted
    from reports.kit.sfnt import Face

BOLD_FROM = 600


class Catalogue:
    """The program's own fonts, and the computer's when the own ones do not suffice."""

    def __init__(self, own: Path, *, system: bool) -> None:
        """Look into the folder ``own``, and on the computer only if ``system`` allows it."""
        self._own_folder = own
        self._system_allowed = system
        self._own: list[Face] | None = None
        self._computer: list[Face] | None = None

    def player(self, role: Role) -> Face | None:
        """The best face for ``role`` itself, None if only other roles' faces are there."""
        for wanted in PLAYERS[role]:
            for face in chain(self._matches(wanted, self.own()), self._elsewhere(wanted)):
                return face
        return None

    def near(self, role: Role) -> list[Face]:
        """Who draws a character for ``role``, without a look beyond what is already known."""
        player = self.player(role)
        own = (face for wanted in _order(role) for face in self._matches(wanted, self.own()))
        return _distinct(chain([player] if player else [], own))

    def far(self, role: Role) -> list[Face]:
        """Everybody on this computer who could draw a character for ``role``, the best first."""
        places = (self.own(), self.computer())
        return _distinct(
            face
            for wanted in _order(role)
            for place in places
            for face in self._matches(wanted, place)
        )

    def own(self) -> list[Face]:
        """The usable faces in the program's own folder."""
        if self._own is None:
            self._own = _usable(font_places.in_folder(self._own_folder))
        return self._own

    def computer(self) -> list[Face]:
        """The usable faces of the computer; none where it was not allowed to look."""
        if self._computer is None:
            self._computer = _usable(font_places.on_computer()) if self._system_allowed else []
        return self._computer

    def _elsewhere(self, wanted: Wanted) -> Iterator[Face]:
        """Like ``_matches`` on the computer, which is looked through only when asked."""
        yield from self._matches(wanted, self.computer())

    @staticmethod
    def _matches(wanted: Wanted, place: list[Face]) -> Iterator[Face]:
        return (face for face in place if fits(face, wanted))


def fits(face: Face, wanted: Wanted) -> bool:
    """Whether ``face`` is the typeface meant, in the weight meant."""
    return sfnt.fold(wanted.name) in face.names and wanted.bold == (face.weight >= BOLD_FROM)


def _order(role: Role) -> list[Wanted]:
    """The typefaces for ``role``, its stand-ins' after its own, the rare ones last."""
    stand_ins = (wanted for other in STAND_INS[role] for wanted in PLAYERS[other])
    return [*PLAYERS[role], *stand_ins, *RARE]


def _usable(files: Iterable[Path]) -> list[Face]:
    """The faces of the files that a PDF can embed; unreadable files are passed over."""
    found: list[Face] = []
    for path in files:
        try:
            found.extend(face for face in sfnt.faces(path) if face.drawable)
        except OSError:
            continue
    return found


def _distinct(faces: Iterable[Face]) -> list[Face]:
    """The faces without those whose PostScript name is taken: a PDF tells them apart by it."""
    by_name: dict[str, Face] = {}
    for face in faces:
        by_name.setdefault(face.postscript, face)
    return list(by_name.values())
