"""What became of each row in earlier uploads of a form."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.office.context import Office
from models.uploads.cells import packed
from models.uploads.translating import Cell

_ROWS = """
SELECT r.subject_id, r.teacher_id, r.caption, r.cells, r.held, r.state, r.message, u.year
FROM upload_row AS r JOIN upload AS u ON u.id = r.upload_id
WHERE u.form = ? ORDER BY u.built_at, u.rowid, r.place
"""


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """A row as it was sent last.

    Attributes:
        subject_id, teacher_id, caption: what and whose it was.
        cells: as text of the file.
        held: what rounding kept of it, in hundredths by column.
        state, message: what became of it.
        year: the training year of its upload.
        order: when it was first sent, counted.
    """

    subject_id: str
    teacher_id: str | None
    caption: str
    cells: str
    held: Mapping[str, int]
    state: str
    message: str
    year: int
    order: int


class Earlier:
    """The rows sent before, the latest of each, and what was accepted."""

    def __init__(self, latest: Mapping[str, EarlierRow], accepted: Mapping[str, str]) -> None:
        """Keep the latest rows, and the cells that stand accepted, by what they are about."""
        self.latest = latest
        self._accepted = accepted

    def state(self, subject_id: str) -> str:
        """What became of it the last time; "" where it was never sent."""
        found = self.latest.get(subject_id)
        return found.state if found else ""

    def message(self, subject_id: str) -> str:
        """Why it was sent back the last time."""
        found = self.latest.get(subject_id)
        return found.message if found else ""

    def accepted_as(self, subject_id: str, cells: Sequence[Cell]) -> bool:
        """Whether these very cells stand accepted."""
        return self._accepted.get(subject_id) == packed(cells)

    def refused_as(self, subject_id: str, cells: Sequence[Cell]) -> bool:
        """Whether these very cells were sent back the last time."""
        found = self.latest.get(subject_id)
        return found is not None and found.state == "refused" and found.cells == packed(cells)

    def accepted(self, year: int) -> Iterator[EarlierRow]:
        """What of a year stands accepted."""
        return (
            one for name, one in self.latest.items() if one.year == year and name in self._accepted
        )


def earlier_rows(office: Office, form: str) -> Earlier:
    """What became of the rows of a form so far."""
    latest: dict[str, EarlierRow] = {}
    accepted: dict[str, str] = {}
    for row in office.store.tuples(_ROWS, (form,)):
        subject, teacher, caption, cells, held, state, message, year = row
        order = latest[subject].order if subject in latest else len(latest)
        latest[subject] = EarlierRow(
            subject, teacher, caption, cells, json.loads(held), state, message or "", year, order
        )
        if state == "accepted":
            accepted[subject] = cells
        elif state == "refused":
            accepted.pop(subject, None)
    return Earlier(latest, accepted)
