"""桌签: each name as large as its card allows, to be folded so that both sides can be read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from models.errors import UserError
from models.text.names import MIDDLE_DOT
from reports.kit.flow import Block
from reports.kit.fonts import Role
from reports.kit.furniture import Margins, Part, Sheet
from reports.kit.official import MIDDLE
from reports.kit.paper import POINTS, Align, Pen, Size
from reports.kit.wording import aligned_name
from resources import path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reports.documents.training_class import Member, TrainingClass
    from reports.kit.fonts import Fonts
    from reports.kit.paper import Paper

SIZES = "official/desk_cards.toml"
DEFAULT = "triangle"
FILLED = 0.86  # of the width: what a name may take
TALLEST = (0.46, 0.26)  # of the face: how high its letters are at most, in one line, in two
SCHOOL = 0.13  # of the face: how high the school's letters are at most
RAISED, LOWERED = 0.08, 0.38  # of the face: name above its middle, school below
GREY = "#9AA6B2"
MARK = (5.0, 11.0)  # millimetres from the edge: where the marks of folds and cuts stand
EDGELESS = Margins(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """A card on its sheet: two faces, one above the other."""

    x: float
    y: float
    width: float
    face: float


@dataclass(frozen=True, slots=True)
class CardSize:
    """A kind of card, read from data."""

    title: str
    sheet: Size
    cards: tuple[Place, ...]
    folds: tuple[float, ...]
    cuts: tuple[float, ...]
    framed: bool


@cache
def card_sizes() -> Mapping[str, CardSize]:
    """The kinds of cards by key, in the order in which they are offered."""
    raw = tomllib.loads(path(SIZES).read_text(encoding="utf-8"))
    return {
        key: CardSize(
            title=one["title"],
            sheet=Size(*one["sheet"]),
            cards=tuple(Place(**place) for place in one["cards"]),
            folds=tuple(one.get("folds", ())),
            cuts=tuple(one.get("cuts", ())),
            framed=bool(one.get("framed")),
        )
        for key, one in raw.items()
    }


@dataclass(frozen=True, slots=True)
class CardLook:
    """What cards look like.

    Attributes:
        size: key of a kind of card.
        role: typeface of the names.
        school: whether the school stands below the name.
    """

    size: str = DEFAULT
    role: Role = Role.BIAOSONG
    school: bool = True


def parts(training: TrainingClass, fonts: Fonts, look: CardLook | None = None) -> Iterator[Part]:
    """The cards in the order of the list as one part.

    Raises:
        UserError: no such kind of card.
    """
    chosen = look or CardLook()
    size = card_sizes().get(chosen.size)
    if size is None:
        known = "、".join(f"{key}（{one.title}）" for key, one in card_sizes().items())
        raise UserError("class.card_size", f"没有“{chosen.size}”这种桌签。", f"可用：{known}。")
    sheet = Sheet(f"{training.title}桌签", training.office, size.sheet, EDGELESS, footed=False)
    at_once = len(size.cards)
    pages = [
        _CardPage(size, chosen, training.people[at : at + at_once], fonts)
        for at in range(0, len(training.people), at_once)
    ]
    yield Part(f"桌签（{len(training.people)} 人）", [Block(tuple(pages))], sheet)


@dataclass(frozen=True, slots=True)
class _CardPage:
    """A sheet of cards as a piece that fills its page."""

    size: CardSize
    look: CardLook
    people: Sequence[Member]
    fonts: Fonts

    @property
    def height(self) -> float:
        """The whole sheet."""
        return self.size.sheet.height

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Every card with both faces, and the marks where to fold and cut."""
        for place, one in zip(self.size.cards, self.people, strict=False):
            middle = x + place.x + place.width / 2
            ridge = y + place.y + place.face
            with paper.upside_down((middle, ridge - place.face / 2)):
                self._face(paper, place, one, (middle, ridge - place.face / 2))
            self._face(paper, place, one, (middle, ridge + place.face / 2))
            if self.size.framed:
                corner = (x + place.x, y + place.y)
                paper.frame(corner, Size(place.width, 2 * place.face), colour=GREY)
        for height in (*self.size.folds, *self.size.cuts):
            self._marks(paper, y + height, long=height in self.size.cuts)

    def _marks(self, paper: Paper, y: float, *, long: bool) -> None:
        """Short lines at both edges; longer ones where to cut."""
        start, end = MARK
        end += 6 if long else 0
        for left, right in ((start, end), (paper.size.width - end, paper.size.width - start)):
            paper.line((left, y), (right, y), colour=GREY)

    def _face(self, paper: Paper, place: Place, one: Member, centre: tuple[float, float]) -> None:
        """The name in the middle of a face, the school below it."""
        lines = self._lines(place, one.name)
        size = self._size(place, lines)
        below = one.school if self.look.school else ""
        top = centre[1] - (place.face * RAISED if below else 0)
        step = size * 1.15 / POINTS
        first = top - step * (len(lines) - 1) / 2
        pen = Pen(self.look.role, size)
        for number, line in enumerate(lines):
            base = first + number * step + MIDDLE * size / POINTS
            spoken = line.replace("\u3000", "") if "\u3000" in line else None
            paper.text(centre[0], base, line, pen, align=Align.CENTER, spoken=spoken)
        if below:
            small = min(place.face * SCHOOL, self._fitting([below], place, Role.HEI)) * POINTS
            base = centre[1] + place.face * LOWERED
            paper.text(centre[0], base, below, Pen(Role.HEI, small), align=Align.CENTER)

    def _lines(self, place: Place, name: str) -> list[str]:
        """The name, in two lines where its parts come out larger so."""
        whole = [aligned_name(name)]
        left, dot, right = name.partition(MIDDLE_DOT)
        if not dot:
            return whole
        parted = [left + dot, right]
        return max((whole, parted), key=lambda lines: self._size(place, lines))

    def _size(self, place: Place, lines: Sequence[str]) -> float:
        """In points, as large as width and height allow."""
        tallest = place.face * TALLEST[len(lines) - 1]
        return min(tallest, self._fitting(lines, place, self.look.role)) * POINTS

    def _fitting(self, lines: Sequence[str], place: Place, role: Role) -> float:
        """How high letters may be so that every line fits, in millimetres."""
        widest = max(self.fonts.width(line, role, 1) for line in lines)
        return place.width * FILLED / widest
