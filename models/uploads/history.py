"""What became of each row in earlier uploads of a form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from models.office.context import Office
from models.uploads.cells import packed
from models.uploads.forms import Form, Subject
from models.uploads.rows import DraftRow
from models.uploads.translating import Cell

_OF_A_YEAR = ("asked.", "sum.", "count.", "reported.")
"""Facts that are another matter each year."""
_ROWS = """
SELECT r.subject_id, r.teacher_id, r.caption, r.row_key, r.cells,
    IIF(EXISTS (SELECT 1 FROM ledger_entry AS e WHERE e.reverses = r.subject_id), '{}', r.held),
    r.state, r.message, u.year
FROM upload_row AS r JOIN upload AS u ON u.id = r.upload_id
WHERE u.form = ? AND (? IS NULL OR u.year = ?) ORDER BY u.built_at, u.rowid, r.place
"""


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """A row as it was sent last.

    Attributes:
        subject_id, teacher_id, caption: what and whose it was.
        key: what told it from others there.
        cells: as text of the file.
        held: what rounding kept of it, in hundredths by column; nothing of an entry taken back.
        state, message: what became of it.
        year: the training year of its upload.
        order: when it was first sent, counted.
    """

    subject_id: str
    teacher_id: str | None
    caption: str
    key: str
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

    def following(self, rows: Iterable[DraftRow]) -> Earlier:
        """The same, with what was sent of an entry now standing in another's place as the other's.

        A correction is a new entry, and so is what undoing one brings back; the receiver tells
        rows by their key alone.
        """
        now = list(rows)
        ours = {one.fact.id for one in now}
        lost = {one.key: one for one in self.latest.values() if one.subject_id not in ours}
        heirs = {
            lost[one.key].subject_id: one.fact.id
            for one in now
            if one.key and one.key in lost and one.fact.id not in self.latest
        }
        return Earlier(
            {
                heirs.get(name, name): replace(one, subject_id=heirs.get(name, name))
                for name, one in self.latest.items()
            },
            {heirs.get(name, name): cells for name, cells in self._accepted.items()},
        )


def earlier_rows(office: Office, form: Form, year: int) -> Earlier:
    """What became of the rows of a form so far.

    Of figures of a year and what else is asked anew each year only that year counts: the teacher
    they are about is the same in all of them.
    """
    latest: dict[str, EarlierRow] = {}
    accepted: dict[str, str] = {}
    only = year if _of_a_year(form) else None
    for row in office.store.tuples(_ROWS, (form.name, only, only)):
        subject, teacher, caption, key, cells, held, state, message, sent_for = row
        order = latest[subject].order if subject in latest else len(latest)
        latest[subject] = EarlierRow(
            subject, teacher, caption, key, cells, json.loads(held), state, message or "",
            sent_for, order,
        )  # fmt: skip
        if state == "accepted":
            accepted[subject] = cells
        elif state == "refused":
            accepted.pop(subject, None)
    return Earlier(latest, accepted)


def _of_a_year(form: Form) -> bool:
    facts = [one.fact for one in form.columns]
    return form.subject is not Subject.RECORD and any(one.startswith(_OF_A_YEAR) for one in facts)
