"""How far an exam is: the figures of its way from the frame to the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from models.office.context import Office

_FIGURES = """
SELECT e.id, e.kind, e.published_on, e.posted_on,
    (SELECT f.size FROM exam_frame AS f WHERE f.exam_id = e.id
        ORDER BY f.attempt DESC LIMIT 1) AS pool,
    (SELECT COUNT(*) FROM exam_draw AS d WHERE d.exam_id = e.id) AS draws,
    (SELECT COUNT(*) FROM exam_pick AS p WHERE p.draw_id = (
        SELECT d.id FROM exam_draw AS d WHERE d.exam_id = e.id
        ORDER BY d.attempt DESC LIMIT 1)) AS drawn,
    COALESCE((SELECT d.frame_id <> (SELECT f.id FROM exam_frame AS f WHERE f.exam_id = e.id
            ORDER BY f.attempt DESC LIMIT 1)
        FROM exam_draw AS d WHERE d.exam_id = e.id
        ORDER BY d.attempt DESC LIMIT 1), 0) AS outdated,
    (SELECT COUNT(*) FROM exam_room AS r WHERE r.exam_id = e.id) AS rooms,
    COALESCE(x.people, 0) AS people, COALESCE(x.seated, 0) AS seated,
    COALESCE(x.missing, 0) AS missing, COALESCE(x.marked, 0) AS marked
FROM exam AS e LEFT JOIN (
    SELECT one.exam_id,
        SUM(one.state NOT IN ('replaced', 'excused')) AS people,
        SUM(one.seat IS NOT NULL AND one.state NOT IN ('replaced', 'excused')) AS seated,
        SUM(one.state IN ('absent', 'cheated')) AS missing,
        SUM(one.state = 'expected' AND NOT EXISTS (
            SELECT 1 FROM exam_part AS p WHERE p.exam_id = one.exam_id AND NOT EXISTS (
                SELECT 1 FROM exam_mark AS m
                WHERE m.examinee_id = one.id AND m.part_id = p.id AND m.entry = 1
                AND (its.entries = 1 OR EXISTS (
                    SELECT 1 FROM exam_mark AS again
                    WHERE again.examinee_id = one.id AND again.part_id = p.id
                    AND again.entry = 2 AND again.points = m.points))))) AS marked
    FROM examinee AS one JOIN exam AS its ON its.id = one.exam_id
    WHERE :exam IN ('', one.exam_id) GROUP BY one.exam_id
) AS x ON x.exam_id = e.id WHERE :exam IN ('', e.id)
"""


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of one exam.

    Attributes:
        whole: whether everybody of the frame sits it, so that nothing is drawn.
        pool: people of the frozen frame; None before it is frozen.
        draws: attempts of the draw.
        drawn: people of the latest draw.
        outdated: whether the list was frozen anew after it, so that it counts no more.
        people: who is to sit it; 0 before the list of examinees was made.
        rooms: rooms entered.
        seated: how many of them have a seat.
        missing: how many of them were absent or cheated.
        marked: how many of them have points in every part, twice the same where they are entered
            twice.
        published_on, posted_on: ISO dates; None as long as that was not done.
    """

    whole: bool = False
    pool: int | None = None
    draws: int = 0
    drawn: int = 0
    outdated: bool = False
    people: int = 0
    rooms: int = 0
    seated: int = 0
    missing: int = 0
    marked: int = 0
    published_on: str | None = None
    posted_on: str | None = None

    @property
    def settled(self) -> bool:
        """Whether everybody has points or was absent."""
        return bool(self.people) and self.marked + self.missing >= self.people


def overviews(office: Office, exam_id: str = "") -> dict[str, Overview]:
    """The figures of all exams by their identity, or of one."""
    return {
        row["id"]: Overview(
            whole=row["kind"] == "whole",
            outdated=bool(row["outdated"]),
            **{
                name: row[name]
                for name in (
                    "pool", "draws", "drawn", "people", "rooms", "seated", "missing", "marked",
                    "published_on", "posted_on",
                )
            },
        )
        for row in office.store.query(_FIGURES, {"exam": exam_id})
    }  # fmt: skip


def overview(office: Office, exam_id: str) -> Overview:
    """The figures of one exam; those of an exam not begun where it is not known."""
    return overviews(office, exam_id).get(exam_id, Overview())
