"""The runs, their lines, and each school's lists."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from models.errors import UserError
from models.office.context import Office
from models.stamping.records import Run, StampLine, read_line

_RUNS = """
SELECT r.id, r.year, r.pack_id, r.opened_on, r.state, COALESCE(r.note, '') AS note,
    COUNT(CASE WHEN l.outcome = 'ready' AND l.stamped_on IS NULL THEN 1 END) AS ready,
    COUNT(CASE WHEN l.outcome = 'blocked' AND l.stamped_on IS NULL THEN 1 END) AS blocked,
    COUNT(CASE WHEN l.outcome = 'open' AND l.stamped_on IS NULL THEN 1 END) AS open,
    COUNT(CASE WHEN l.stamped_on IS NOT NULL AND l.voided_on IS NULL THEN 1 END) AS stamped
FROM stamp_run AS r LEFT JOIN stamp_line AS l ON l.run_id = r.id
WHERE (:id IS NULL OR r.id = :id) AND (:year IS NULL OR r.year = :year)
GROUP BY r.id ORDER BY r.year DESC, r.opened_on DESC
"""
_COUNTS = """
SELECT COALESCE(school_id, '') AS school_id, school_name,
    COUNT(CASE WHEN outcome = 'ready' AND stamped_on IS NULL THEN 1 END) AS ready,
    COUNT(CASE WHEN outcome = 'blocked' AND stamped_on IS NULL THEN 1 END) AS blocked,
    COUNT(CASE WHEN outcome = 'open' AND stamped_on IS NULL THEN 1 END) AS open,
    COUNT(CASE WHEN stamped_on IS NOT NULL AND voided_on IS NULL THEN 1 END) AS stamped,
    MAX(judged_on) AS judged_on
FROM stamp_line WHERE run_id = ? GROUP BY school_id, school_name ORDER BY school_name, school_id
"""
_FIND = """
SELECT l.* FROM stamp_line AS l WHERE l.run_id = :run
    AND (instr(l.name, :text) > 0 OR l.teacher_no = :text)
ORDER BY l.school_name, l.teacher_no, l.judged_on, l.id LIMIT :most
"""
_ORDER = "ORDER BY l.school_name, l.teacher_no, l.judged_on, l.id"
_CONDITIONS = {
    "run": "l.run_id = :run",
    "school": "l.school_id = :school",
    "alone": "l.school_id IS NULL",
    "teacher": "l.teacher_id = :teacher",
    "ids": "l.id IN (SELECT value FROM json_each(:ids))",
}


@dataclass(frozen=True, slots=True)
class SchoolList:
    """One school in a run: who is to be stamped, who is blocked, who has open questions.

    Attributes:
        school_id, school_name: the school; "" for those without.
        ready, blocked, open, stamped, voided: its lines, by teacher number.
    """

    school_id: str
    school_name: str
    ready: tuple[StampLine, ...]
    blocked: tuple[StampLine, ...]
    open: tuple[StampLine, ...]
    stamped: tuple[StampLine, ...]
    voided: tuple[StampLine, ...]


@dataclass(frozen=True, slots=True)
class SchoolCounts:
    """How far one school is in a run; ``judged_on`` is the day of its latest judgement."""

    school_id: str
    school_name: str
    ready: int
    blocked: int
    open: int
    stamped: int
    judged_on: str

    @property
    def teachers(self) -> int:
        """How many teachers it has in the run."""
        return self.ready + self.blocked + self.open + self.stamped


def school_counts(office: Office, run_id: str) -> list[SchoolCounts]:
    """How far each school is in a run, by name."""
    return [SchoolCounts(*row) for row in office.store.query(_COUNTS, (run_id,))]


def find_lines(office: Office, run_id: str, text: str, most: int = 50) -> list[StampLine]:
    """The lines of a run whose teacher's name holds a text, or whose number it is."""
    given = {"run": run_id, "text": text.strip(), "most": most}
    return [read_line(dict(row)) for row in office.store.query(_FIND, given)]


def runs(office: Office) -> list[Run]:
    """All runs, the latest year first."""
    return [Run(*row) for row in office.store.query(_RUNS, {"id": None, "year": None})]


def find_run(office: Office, year: int) -> Run | None:
    """The run of a year; None where there is none yet."""
    row = office.store.one(_RUNS, {"id": None, "year": year})
    return None if row is None else Run(*row)


def read_run(office: Office, run_id: str) -> Run:
    """One run.

    Raises:
        UserError: there is no such run.
    """
    row = office.store.one(_RUNS, {"id": run_id, "year": None})
    if row is None:
        raise UserError("stamping.no_run", "这一年度的验印已不在库中。", "请刷新列表。")
    return Run(*row)


def lines_of(
    office: Office,
    run_id: str | None = None,
    *,
    school_id: str | None = None,
    teacher_id: str | None = None,
    ids: Sequence[str] | None = None,
) -> list[StampLine]:
    """The lines of a run, of a teacher, or of those identities, by school and teacher number.

    A ``school_id`` of "" means those without a school.
    """
    asked = {
        "run": run_id,
        "school": school_id or None,
        "alone": 1 if school_id == "" else None,
        "teacher": teacher_id,
        "ids": None if ids is None else json.dumps(list(ids)),
    }
    given = {name: value for name, value in asked.items() if value is not None}
    where = " AND ".join(_CONDITIONS[name] for name in given) or "TRUE"
    sql = f"SELECT l.* FROM stamp_line AS l WHERE {where} {_ORDER}"  # noqa: S608 - our own words
    return [read_line(dict(row)) for row in office.store.query(sql, given)]


def stamped_teachers(office: Office, run_id: str) -> set[str]:
    """Whose stamp stands in a run."""
    rows = office.store.query(
        "SELECT teacher_id FROM stamp_line"
        " WHERE run_id = ? AND stamped_on IS NOT NULL AND voided_on IS NULL",
        (run_id,),
    )
    return {row[0] for row in rows}


def school_lists(office: Office, run_id: str, school_id: str | None = None) -> list[SchoolList]:
    """Each school's lists of a run, by name."""
    groups: dict[tuple[str, str], list[StampLine]] = {}
    for line in lines_of(office, run_id, school_id=school_id):
        groups.setdefault((line.school_name, line.school_id), []).append(line)
    return [
        SchoolList(
            school_id=key[1],
            school_name=key[0],
            ready=tuple(line for line in lines if not line.stamped_on and line.outcome == "ready"),
            blocked=tuple(
                line for line in lines if not line.stamped_on and line.outcome == "blocked"
            ),
            open=tuple(line for line in lines if not line.stamped_on and line.outcome == "open"),
            stamped=tuple(line for line in lines if line.stamped),
            voided=tuple(line for line in lines if line.voided_on),
        )
        for key, lines in sorted(groups.items())
    ]
