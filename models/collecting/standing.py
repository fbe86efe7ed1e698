"""Who was sent a template, who has answered, and what is still open."""

from __future__ import annotations

from dataclasses import dataclass

from models.office.context import Office

_SELECT = """
WITH school AS (
    SELECT school_id FROM collect_template WHERE round_id = ?1
    UNION SELECT school_id FROM collect_answer WHERE round_id = ?1
), answered AS (
    SELECT school_id, MAX(taken_at) AS answered_on, file_name AS file, SUM(row_count) AS rows,
        SUM(inserted) AS inserted, SUM(updated) AS updated, SUM(unchanged) AS unchanged
    FROM collect_answer WHERE round_id = ?1 GROUP BY school_id
), open AS (
    SELECT school_id, SUM(severity = 'refuse') AS refused, SUM(severity <> 'refuse') AS asked
    FROM (
        SELECT a.school_id, MIN(q.severity) AS severity
        FROM collect_question AS q JOIN collect_answer AS a ON a.id = q.answer_id
        WHERE a.round_id = ?1 AND q.state <> 'settled' GROUP BY q.answer_id, q.sheet, q.row_no
    ) GROUP BY school_id
)
SELECT s.school_id, i.name AS school, t.id AS template_id, t.made_on, a.answered_on, a.file,
    a.rows, a.inserted, a.updated, a.unchanged, o.refused, o.asked, t.returned_on
FROM school AS s LEFT JOIN institution AS i ON i.id = s.school_id
LEFT JOIN collect_template AS t ON t.round_id = ?1 AND t.school_id = s.school_id
LEFT JOIN answered AS a ON a.school_id = s.school_id
LEFT JOIN open AS o ON o.school_id = s.school_id
"""


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
    today = office.store.clock.today().isoformat()
    due = office.store.value("SELECT due FROM collect_round WHERE id = ?", (round_id,))
    late = bool(due) and str(due) < today
    found = [_standing(dict(row), late=late) for row in office.store.query(_SELECT, (round_id,))]
    return sorted(found, key=lambda one: (not one.missing, one.school, one.school_id))


def _standing(row: dict[str, object], *, late: bool) -> SchoolStanding:
    for name in ("school", "template_id", "made_on", "file", "returned_on"):
        row[name] = row[name] or ""
    row["answered_on"] = str(row["answered_on"] or "")[:10]
    for name in ("rows", "inserted", "updated", "unchanged", "refused", "asked"):
        row[name] = row[name] or 0
    return SchoolStanding(**row, late=late and not row["answered_on"])  # pyright: ignore[reportArgumentType]
