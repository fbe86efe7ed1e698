"""Serial numbers printed on blank stock: running on, ranges, and which are covered how often."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from models.errors import UserError

_NUMERIC_END = re.compile(r"(.*?)(\d{1,18})", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Serial:
    """A serial such as ``NO.0012345``.

    Attributes:
        prefix: what stands before the running digits.
        width: how many digits there are, leading zeros counted.
        value: their value.
    """

    prefix: str
    width: int
    value: int

    @property
    def text(self) -> str:
        """As it stands on the blank."""
        return f"{self.prefix}{self.value:0{self.width}d}"

    def plus(self, steps: int) -> Serial:
        """The serial so many steps on."""
        return Serial(self.prefix, self.width, self.value + steps)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Serials one after another.

    Attributes:
        first, last: its ends, both in it.
        times: how often each of them is covered.
    """

    first: Serial
    last: Serial
    times: int = 1

    @property
    def count(self) -> int:
        """How many serials."""
        return self.last.value - self.first.value + 1

    @property
    def text(self) -> str:
        """``0001—0040``, or the one serial."""
        same = self.first == self.last
        return self.first.text if same else f"{self.first.text}—{self.last.text}"

    @property
    def texts(self) -> list[str]:
        """Each of them."""
        return [self.first.plus(step).text for step in range(self.count)]


def read_serial(text: str) -> Serial:
    """The serial a person wrote.

    Raises:
        UserError: it does not end in digits.
    """
    found = _NUMERIC_END.fullmatch(text.strip())
    if found is None:
        raise UserError(
            "stock.serial",
            f"序列号“{text}”不是以数字结尾，无法往下顺延。",
            "请照空白证书上印的序列号填写，如 NO0012345。",
        )
    return Serial(found[1], len(found[2]), int(found[2]))


def stretch(first: str, count: int, last: str = "") -> Stretch:
    """``count`` serials from ``first`` on.

    Raises:
        UserError: not a serial; ``last`` is given and is not where the count ends; more of them
            than the digits hold.
    """
    begin = read_serial(first)
    end = begin.plus(count - 1)
    if len(str(end.value)) > begin.width:
        raise UserError(
            "stock.serial_too_long",
            f"从 {begin.text} 往下数 {count} 个，序列号的位数不够。",
            "请核对第一个序列号和数量。",
        )
    if last.strip() and read_serial(last) != end:
        raise UserError(
            "stock.serial_count",
            f"{begin.text} 到 {last.strip()} 不是 {count} 个。",
            f"{count} 个应到 {end.text}；请核对数量和序列号。",
        )
    return Stretch(begin, end)


def cover(stretches: Iterable[Stretch]) -> list[Stretch]:
    """How often each serial is covered, as stretches of one frequency, in order.

    ``times`` of the stretches given are weights: -1 takes one covering back. What is covered 0
    times in sum is left out.
    """
    steps: dict[tuple[str, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for one in stretches:
        changes = steps[one.first.prefix, one.first.width]
        changes[one.first.value] += one.times
        changes[one.last.value + 1] -= one.times
    found: list[Stretch] = []
    for (prefix, width), changes in sorted(steps.items()):
        depth = 0
        places = sorted(place for place, change in changes.items() if change)
        for begin, after in pairwise(places):
            depth += changes[begin]
            if depth:
                first = Serial(prefix, width, begin)
                found.append(Stretch(first, Serial(prefix, width, after - 1), depth))
    return found


def both(one: Iterable[Stretch], other: Iterable[Stretch]) -> list[Stretch]:
    """The serials that both cover, whatever how often."""
    return [found for found in cover([*_once(one), *_once(other)]) if found.times > 1]


def without(one: Iterable[Stretch], other: Iterable[Stretch]) -> list[Stretch]:
    """The serials the first covers and the second does not."""
    minus = [Stretch(part.first, part.last, -1) for part in _once(other)]
    return [found for found in cover([*_once(one), *minus]) if found.times > 0]


def _once(stretches: Iterable[Stretch]) -> list[Stretch]:
    return [Stretch(one.first, one.last) for one in cover(stretches) if one.times > 0]
