"""The score sheet of a course: who got what, read from the workbook that the teacher sends back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from models.exchange.person_lines import read_person_lines
from models.exchange.reading.headers import match_columns
from models.office.context import Office
from models.training.records import ScoreLine


def read_score_sheet(office: Office, path: Path) -> list[tuple[str, str]]:
    """Teacher number and text of the score of every line.

    Raises:
        UserError: no workbook, no header with a score and a number, or somebody whose ID number
            nobody in the register bears. The sentence names the rows.
        WorldError: the file cannot be read.
    """
    lines = read_person_lines(office, path, _score_column, "“成绩”")
    return [(line.teacher_no, line.texts.get("score", "")) for line in lines]


def _score_column(texts: Sequence[str]) -> Mapping[int, str]:
    fields = match_columns(texts, ScoreLine).fields
    return {at: name for at, name in fields.items() if name == "score"}
