"""What the steps of a programme show, as their lists and cards take it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ui.desktop.widgets.detail_card import Details
from ui.desktop.widgets.shortening import shared_letters
from ui.desktop.widgets.table.source import TableRow

STEPS = (
    ("scheme", "方案"),
    ("surveys", "调查"),
    ("wishes", "意愿"),
    ("matching", "匹配"),
    ("approval", "审批"),
    ("agreements", "协议"),
    ("visits", "活动"),
    ("stage", "阶段"),
    ("results", "成果"),
)
"""Key and title of every step, in the order of the work."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a step shows of a programme.

    Attributes:
        programme_id: of which.
        rows: the lines of its list.
        note: one sentence above the list.
        tone: of the sentence.
        values: identity and column to the number by which to sort.
        cards: what the card says of a line.
        general: what the card says while no line is chosen.
        things: line to what it stands for.
    """

    programme_id: str
    rows: Sequence[TableRow]
    note: str = ""
    tone: str = "muted"
    values: Mapping[str, Mapping[str, float]] = field(
        default_factory=dict[str, Mapping[str, float]]
    )
    cards: Mapping[str, Details] = field(default_factory=dict[str, Details])
    general: Details | None = None
    things: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class StepFigure:
    """How far a step is, in a few words, and whether it is done."""

    text: str
    done: bool


@dataclass(frozen=True, slots=True)
class ProgrammeChoice:
    """A programme to choose: what is shown of it, and its steps with how far they are."""

    id: str
    text: str
    ended: bool
    steps: Mapping[str, StepFigure]


Short = Callable[[str], str]


def shortened(names: Iterable[str]) -> Short:
    """Names of schools without what all of them begin with (桦甸市), for narrow columns."""
    letters = shared_letters(sorted({one for one in names if one}))
    return lambda name: name[letters:]
