"""Blocks of a document laid out on pages: what is not cut stays whole, table heads return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.kit.paper import Paper


class Piece(Protocol):
    """Something of a known height that is drawn in one go, such as a line or a table row."""

    @property
    def height(self) -> float:
        """In millimetres."""
        ...

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Draw it with its upper left corner at the given place."""
        ...


@dataclass(frozen=True, slots=True)
class Gap:
    """White space; at the head of a page it vanishes."""

    height: float

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Nothing to draw."""


@dataclass(frozen=True, slots=True)
class Block:
    """Pieces that belong together.

    Attributes:
        pieces: from top to bottom.
        head: drawn above the first piece, and again where a page begins within the block.
        bound: places in ``pieces`` that must not be the last on a page (headings); the last
            place binds the block to the one that follows.
        whole: whether the block moves to the next page rather than being cut.
    """

    pieces: tuple[Piece, ...]
    head: Piece | None = None
    bound: frozenset[int] = frozenset()
    whole: bool = False


class Placed(NamedTuple):
    """A piece and how far below the top margin it stands, in millimetres."""

    piece: Piece
    y: float


class _Group(NamedTuple):
    """Pieces that must stand on one page, and the head that comes first on a fresh page."""

    pieces: tuple[Piece, ...]
    head: Piece | None = None


def lay_out(blocks: Iterable[Block], room: float) -> list[list[Placed]]:
    """Put the blocks on pages.

    Args:
        blocks: in reading order.
        room: the height of a page between its margins, in millimetres.

    Returns:
        One list of placed pieces a page, at least one page. A group of pieces taller than a
        page stands alone on its page and runs over the margin.
    """
    pages: list[list[Placed]] = [[]]
    y = 0.0
    for group in _groups(blocks):
        if pages[-1] and y + sum(piece.height for piece in group.pieces) > room:
            pages.append([])
            y = 0.0
        y = _place(pages[-1], y, group)
    return pages


def _place(page: list[Placed], y: float, group: _Group) -> float:
    """Put a group on a page and give the height reached."""
    pieces = group.pieces
    if not page and group.head is not None:
        pieces = (group.head, *pieces)
    for piece in pieces:
        if not page and isinstance(piece, Gap):
            continue
        page.append(Placed(piece, y))
        y += piece.height
    return y


def _groups(blocks: Iterable[Block]) -> list[_Group]:
    """The blocks cut wherever a page may end."""
    groups: list[_Group] = []
    carried = _Group(())  # bound to what comes next
    for block in blocks:
        first, *others = _cut(block)
        opening = (*carried.pieces, *((block.head,) if block.head is not None else ()), *first)
        groups.append(_Group(opening, carried.head))
        groups.extend(_Group(pieces, block.head) for pieces in others)
        carried = groups.pop() if len(block.pieces) - 1 in block.bound else _Group(())
    return [*groups, carried] if carried.pieces else groups


def _cut(block: Block) -> list[tuple[Piece, ...]]:
    """The stretches of the block that must not be torn, at least one."""
    if block.whole or not block.pieces:
        return [block.pieces]
    stretches: list[tuple[Piece, ...]] = []
    start = 0
    for place in range(len(block.pieces)):
        if place not in block.bound or place == len(block.pieces) - 1:
            stretches.append(block.pieces[start : place + 1])
            start = place + 1
    return stretches
