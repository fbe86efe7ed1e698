"""The faces this computer has, found by the name of the typeface."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from reports.kit import cmap, font_places, sfnt
from reports.kit.font_roles import PLAYERS, RARE, STAND_INS
from reports.kit.font_wishes import NO_WISHES, file_named, wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reports.kit.cmap import Charset
    from reports.kit.font_roles import Role, Wanted
    from reports.kit.font_wishes import FontWishes
    from reports.kit.sfnt import Face

BOLD_FROM = 600


class Catalogue:
    """The office's font files, the program's, and the computer's when those do not suffice."""

    def __init__(self, own: Path, *, system: bool, wishes: FontWishes = NO_WISHES) -> None:
        """Look into the office's folder and ``own``; on the computer if ``system`` allows it."""
        self._own_folder = own
        self._system_allowed = system
        self._wishes = wishes
        self._added: list[Face] | None = None
        self._own: list[Face] | None = None
        self._computer: list[Face] | None = None
        self._charsets: dict[Face, Charset] = {}

    def player(self, role: Role) -> Face | None:
        """The best face for ``role`` itself, None if only other roles' faces are there."""
        usual = (face for one in PLAYERS[role] for face in self._everywhere(one))
        return next(chain(self.chosen(role), usual), None)

    def chosen(self, role: Role) -> Iterator[Face]:
        """The faces the office wants for ``role`` before all others, as far as they are there."""
        for wish in self._wishes.chosen_for(role):
            yield from self._wished(wish)

    def near(self, role: Role) -> list[Face]:
        """Who draws a character for ``role``, without a look beyond what is already known."""
        player = self.player(role)
        at_hand = [*self.added(), *self.own()]
        usual = (face for one in _order(role) for face in _matches(one, at_hand))
        return _distinct(chain(self.chosen(role), [player] if player else [], usual))

    def far(self, role: Role) -> list[Face]:
        """Everybody on this computer who could draw a character for ``role``, the best first."""
        known = (face for one in _order(role) for face in self._everywhere(one))
        return _distinct(chain(self.chosen(role), known, *self._places()))

    def far_with(self, role: Role, char: str) -> list[Face]:
        """Those of ``far`` whose files say that they have the character."""
        return [face for face in self.far(role) if ord(char) in self.charset(face)]

    def charset(self, face: Face) -> Charset:
        """The characters of a face."""
        if face not in self._charsets:
            self._charsets[face] = cmap.charset(face)
        return self._charsets[face]

    def added(self) -> list[Face]:
        """The usable faces in the office's own folder."""
        if self._added is None:
            folder = self._wishes.folder
            self._added = _usable(font_places.in_folder(folder)) if folder is not None else []
        return self._added

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

    def everything(self) -> list[Face]:
        """All usable faces, each once."""
        return _distinct(chain.from_iterable(self._places()))

    def _wished(self, wish: str) -> Iterator[Face]:
        file = file_named(wish, self._wishes.folder)
        if file is not None:
            yield from _usable([file])
        else:
            yield from self._everywhere(wanted(wish))

    def _everywhere(self, one: Wanted) -> Iterator[Face]:
        """The faces meant, place by place; the computer is looked through only when reached."""
        for place in self._places():
            yield from _matches(one, place)

    def _places(self) -> Iterator[list[Face]]:
        yield self.added()
        yield self.own()
        yield self.computer()


def fits(face: Face, one: Wanted) -> bool:
    """Whether ``face`` is the typeface meant, in the weight meant."""
    return sfnt.fold(one.name) in face.names and one.bold == is_bold(face)


def is_bold(face: Face) -> bool:
    """Whether the face is the bold cut of its typeface."""
    return face.weight >= BOLD_FROM


def _matches(one: Wanted, place: list[Face]) -> Iterator[Face]:
    return (face for face in place if fits(face, one))


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
