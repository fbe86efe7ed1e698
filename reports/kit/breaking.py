"""Where running Chinese text may be cut into lines, and how a line is filled.

避头尾: a closing mark never opens a line, an opening mark never ends one, dashes and ellipses
stay whole (GB/T 15834-2011, 5.1), and so do numbers and Latin words. A mark that ends a line
counts as half its width, because the other half is blank.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NOT_FIRST = frozenset("，。、；：？！）》」』】〕〉’”…—～·％,.;:?!)]}%°℃〗｝々ー")
NOT_LAST = frozenset("（《「『【〔〈‘“〖｛([{￥$№#")
HALF_BLANK = frozenset("，。、；：？！）》」』】〕〉")
"""Full-width marks whose right half is blank."""

WORD_MARKS = frozenset("-./:@_+%&'")
PAIRED = frozenset("…—")


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of the text that makes one line.

    Attributes:
        start, end: its place in the text.
        width: its natural width, blank halves at its end left out.
        last: whether the paragraph ends with it.
    """

    start: int
    end: int
    width: float
    last: bool


def break_lines(
    text: str, advances: Sequence[float], width: float, *, indent: float = 0.0
) -> list[Line]:
    """Cut one paragraph into lines.

    Args:
        text: the paragraph; it holds no line ends.
        advances: the width of each character, in the unit of ``width``.
        width: of a line.
        indent: by which the first line is shorter.

    Returns:
        The lines; blanks at their ends are left out. A word wider than a line is cut anywhere.
    """
    lines: list[Line] = []
    start, room = 0, width - indent
    while start < len(text):
        stop = _stop(text, advances, start, room)
        end = _without_blanks(text, start, stop)
        lines.append(Line(start, end, _measure(text, advances, start, end), stop == len(text)))
        start, room = _skip_blanks(text, stop), width
    return lines


def _stop(text: str, advances: Sequence[float], start: int, room: float) -> int:
    """Where the line that begins at ``start`` ends."""
    full = _overflow(text, advances, start, room)
    if full == len(text):
        return full
    for at in range(full, start, -1):
        if may_break(text, at):
            return at
    return max(full, start + 1)


def _overflow(text: str, advances: Sequence[float], start: int, room: float) -> int:
    """The first place past which the line does not fit."""
    used = 0.0
    for at in range(start, len(text)):
        used += advances[at]
        blank = advances[at] / 2 if text[at] in HALF_BLANK else 0.0
        if used - blank > room + 1e-6 and text[at] not in " \u3000":
            return at
    return len(text)


def may_break(text: str, at: int) -> bool:
    """Whether a line may end before position ``at``."""
    before, after = text[at - 1], text[at]
    if after in NOT_FIRST or before in NOT_LAST:
        return False
    if before in PAIRED and after == before:
        return False
    return not (_in_word(before) and _in_word(after))


def _in_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in WORD_MARKS)


def _measure(text: str, advances: Sequence[float], start: int, end: int) -> float:
    blank = advances[end - 1] / 2 if end > start and text[end - 1] in HALF_BLANK else 0.0
    return sum(advances[start:end]) - blank


def _without_blanks(text: str, start: int, stop: int) -> int:
    return start + len(text[start:stop].rstrip(" \u3000"))


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \u3000":
        at += 1
    return at


def spread(line: Line, width: float, *, most: float) -> float:
    """The extra space after each character that fills the line, 0 for a last line.

    Args:
        line: the line.
        width: to fill.
        most: the widest extra space that still looks right; a line that needs more stays short.
    """
    gaps = line.end - line.start - 1
    if line.last or gaps < 1:
        return 0.0
    extra = (width - line.width) / gaps
    return extra if extra <= most else 0.0
