"""Who was sent a template, who has answered, and what is still open."""

from __future__ import annotations

from dataclasses import dataclass

from models.office.context import Office


@dataclass(frozen=True, slots=True)
class SchoolStanding:
    """How one school stands in a collection.

    Attributes:
        school_id, school: the school.
        template_id: its template; "" where none was made (it answered with a list of its own).
        made_on: the day its template was made last (ISO).
        answered_on: the day its last file was taken (ISO); "" for not yet.
        file: that file's name.
        rows, inserted, updated, unchanged: rows of all its files together, by what became of them.
        refused: rows that are still to be mended by the school.
        asked: rows that a person of the office should still look at.
        returned_on: the day its bad rows went back last (ISO); "" for never.
        late: whether the collection's day is past and it has not answered.
    """

    school_id: str
    school: str
    template_id: str
    made_on: str
    answered_on: str
    file: str
    rows: int
    inserted: int
    updated: int
    unchanged: int
    refused: int
    asked: int
    returned_on: str
    late: bool

    @property
    def missing(self) -> bool:
        """Whether it has not answered at all."""
        return not self.answered_on


def standings(office: Office, round_id: str) -> list[SchoolStanding]:
    """Every school of a collection, those that have not answered first, then by name."""
    raise NotImplementedError
