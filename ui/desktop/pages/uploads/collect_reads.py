"""What the tab of collecting reads beside the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.collecting.answers import RECOGNISED_NAMES, Answers, read_answers
from models.collecting.questions import STATE_NAMES, Question, questions
from models.collecting.rounds import Round, rounds
from models.collecting.standing import SchoolStanding, standings
from models.office.context import Office
from models.progress import Progress


@dataclass(frozen=True, slots=True)
class Collected:
    """A collection as it stands.

    Attributes:
        rounds: all collections, the latest first.
        round: the one in sight; None where nothing was ever asked.
        schools: how each school stands in it.
        questions: what is open in it.
        states: names of a question's states.
    """

    rounds: tuple[Round, ...]
    round: Round | None
    schools: tuple[SchoolStanding, ...]
    questions: tuple[Question, ...]
    states: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a folder holds, and the names of what files are recognised as."""

    answers: Answers
    names: Mapping[str, str]


def collected(office: Office, _progress: Progress, year: int) -> Collected:
    """How a year's collection stands; the latest for 0."""
    found = tuple(rounds(office))
    one = next((each for each in found if year in (0, each.year)), None)
    if one is None:
        return Collected(found, None, (), (), STATE_NAMES)
    return Collected(
        found,
        one,
        tuple(standings(office, one.id)),
        tuple(questions(office, one.id)),
        STATE_NAMES,
    )


def gathered(office: Office, progress: Progress, folder: Path, year: int) -> Gathered:
    """What the workbooks of a folder hold; nothing is written."""
    return Gathered(
        read_answers(office, folder, year, progress),
        {str(one): name for one, name in RECOGNISED_NAMES.items()},
    )
