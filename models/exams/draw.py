"""The draw itself: tickets, the smallest of each stratum, and the record a stranger can check.

A person's ticket is the SHA-256 of the UTF-8 text
``SEED<LF>EXAM_CODE<LF>FRAME_SHA256<LF>TEACHER_NO``, compared as lower-case hexadecimal. In each
stratum the smallest tickets are drawn; the following ones are the reserves in that order.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from models.errors import UserError
from models.exams.frame import by_stratum, frame_hash, read_frame
from models.exams.quotas import counts, quotas, write_fraction
from models.policies.records import Rounding

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
MIN_DIGITS = 20
MIN_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class StratumDrawn:
    """One stratum of a draw: the numbers in ticket order, split at the quota."""

    stratum: str
    size: int
    quota: int
    selected: tuple[str, ...]
    reserves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides a draw besides the frame.

    Attributes:
        exam: code of the exam.
        seed: the public text from dice, balls or witnesses.
        fraction: the share to draw.
        rounding: how a share becomes a number of people.
        count: people to draw from each stratum instead of a share; None to draw by the share.
    """

    exam: str
    seed: str
    fraction: Fraction
    rounding: Rounding
    count: int | None = None

    def quotas(self, sizes: Mapping[str, int]) -> dict[str, int]:
        """The number to draw from each stratum."""
        if self.count is not None:
            return counts(sizes, self.count)
        return quotas(sizes, self.fraction, self.rounding)


def seed_length(seed: str) -> tuple[int, int, bool]:
    """How long a seed is, how long it must be, and whether digits are counted.

    Where nothing but digits (full-width ones too) and what parts them is given, the digits
    count: blanks and strokes between them make no seed harder to guess.
    """
    digits = sum(char.isdigit() for char in seed)
    if digits and all(char.isdigit() or not char.isalnum() for char in seed):
        return digits, MIN_DIGITS, True
    return len(seed), MIN_CHARACTERS, False


def check_seed(seed: str) -> None:
    """Refuse a seed that somebody could have tried out beforehand or that cannot be retyped.

    Raises:
        UserError: digits only (whatever parts them) and fewer than 20, else fewer than 12
            characters; blanks at an end, control characters or others nobody can see.
    """
    check_recorded_seed(seed)
    if not seed.isprintable():
        raise UserError(
            "exam.seed_unseen",
            "种子里有看不见的字符或特殊的空格，别人照着输不出来。",
            "请去掉后重新输入。",
        )
    length, wanted, digits = seed_length(seed)
    if digits and length < wanted:
        raise _too_few_digits(length)


def check_recorded_seed(seed: str) -> None:
    """Refuse what was never a seed, whatever the rules were on the day of the draw.

    Raises:
        UserError: digits only and fewer than 20, else fewer than 12 characters; blanks at an
            end or control characters.
    """
    if seed != seed.strip() or _CONTROL.search(seed):
        raise UserError(
            "exam.seed_blanks", "种子的首尾有空白，或者中间有换行。", "请去掉后重新输入。"
        )
    if seed.isascii() and seed.isdigit():
        if len(seed) < MIN_DIGITS:
            raise _too_few_digits(len(seed))
    elif len(seed) < MIN_CHARACTERS:
        raise UserError(
            "exam.seed_short",
            f"种子只有 {len(seed)} 个字，至少要 {MIN_CHARACTERS} 个字。",
            f"请由见证人补足后重新输入；纯数字要 {MIN_DIGITS} 位。",
        )


def _too_few_digits(count: int) -> UserError:
    return UserError(
        "exam.seed_short",
        f"种子只有 {count} 位数字，至少要 {MIN_DIGITS} 位。",
        "请在会上接着掷骰子或摸球，把数字接在后面。",
    )


def ticket_of(terms: Terms, sha256: str, number: str) -> str:
    """The ticket of one person: the hash that decides the place."""
    text = f"{terms.seed}\n{terms.exam}\n{sha256}\n{number}"
    return hashlib.sha256(text.encode()).hexdigest()


def tickets(terms: Terms, sha256: str, numbers: list[str]) -> list[str]:
    """The numbers in the order of their tickets, smallest first."""
    return sorted(numbers, key=lambda number: ticket_of(terms, sha256, number))


def draw_strata(terms: Terms, sha256: str, members: Mapping[str, str]) -> list[StratumDrawn]:
    """Draw from the members of a frame, stratum by stratum in code point order.

    Args:
        terms: exam, seed, share and rounding.
        sha256: hash of the frame's text.
        members: teacher number to stratum.
    """
    strata = by_stratum(members)
    sizes = {name: len(people) for name, people in strata.items()}
    wanted = terms.quotas(sizes)
    drawn: list[StratumDrawn] = []
    for name, people in strata.items():
        order = tickets(terms, sha256, people)
        quota = wanted[name]
        drawn.append(
            StratumDrawn(name, len(people), quota, tuple(order[:quota]), tuple(order[quota:]))
        )
    return drawn


def draw_frame(terms: Terms, text: str) -> dict[str, object]:
    """The record of a draw from a frame's text, ready for JSON.

    A draw by number has ``count``; its share and rounding, which decide nothing, are empty.

    Raises:
        UserError: a seed too short, a damaged frame.
    """
    check_recorded_seed(terms.seed)
    sha256 = frame_hash(text)
    strata = draw_strata(terms, sha256, read_frame(text))
    return {
        "exam": terms.exam,
        "frame_sha256": sha256,
        "seed": terms.seed,
        **_how_many(terms),
        "size": sum(one.size for one in strata),
        "drawn": sum(one.quota for one in strata),
        "strata": [
            {
                "stratum": one.stratum,
                "size": one.size,
                "quota": one.quota,
                "selected": list(one.selected),
                "reserves": list(one.reserves),
            }
            for one in strata
        ],
    }


def _how_many(terms: Terms) -> dict[str, object]:
    """What the record says of the numbers drawn."""
    if terms.count is not None:
        return {"rounding": "", "fraction": "", "count": terms.count}
    return {"rounding": terms.rounding, "fraction": write_fraction(terms.fraction)}
