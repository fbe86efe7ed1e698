"""How a batch is dealt out to files."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from models.text.file_names import file_name_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DIGITS = 4
"""Digits of a place in a run, so that files of one run sort whatever was printed when."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file of a batch and the copies in it: places ``first`` to ``last``, counted from 0."""

    path: Path
    first: int
    last: int

    @property
    def count(self) -> int:
        """How many copies are in it."""
        return self.last - self.first + 1


def parts_of(
    path: Path,
    labels: Sequence[str],
    size: int,
    *,
    named: bool = False,
    places: Sequence[int] = (),
) -> list[FilePart]:
    """The files of a batch.

    Args:
        path: of the only file, or what the names of several begin with.
        labels: of all copies, in order.
        size: copies a file at the most.
        named: whether files are named by the label of their first copy, not by their places.
        places: the place of each copy in what is printed over several goes, so that what is gone
            on with stands beside the files of before; none to count from 1.
    """
    if len(labels) <= size and not named:
        return [FilePart(path, 0, len(labels) - 1)]
    numbers = places or range(1, len(labels) + 1)
    digits = max(len(str(numbers[-1])), DIGITS if places else 1)
    taken: set[str] = set()
    parts: list[FilePart] = []
    for first in range(0, len(labels), size):
        last = min(first + size, len(labels)) - 1
        span = f"{numbers[first]:0{digits}}-{numbers[last]:0{digits}}"
        words = _free(file_name_of(labels[first]) or span, taken) if named else span
        parts.append(FilePart(path.with_name(f"{path.stem}-{words}{path.suffix}"), first, last))
    return parts


def _free(words: str, taken: set[str]) -> str:
    """The words, with a number where another file has them; Windows does not tell A from a."""
    names = (words if number == 1 else f"{words}-{number}" for number in count(1))
    name = next(name for name in names if name.casefold() not in taken)
    taken.add(name.casefold())
    return name
