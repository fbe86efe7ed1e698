"""Everything the office knows of one teacher, gathered for papers and the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from models.certificates.register import certificates
from models.entities.describe import columns
from models.entities.display import from_hundredths, plain_decimal
from models.errors import UserError
from models.office.context import Office
from models.policies.cycles import Cycle, cycle_of
from models.progress import Progress
from models.staff.biography import Biography, read_biography
from models.staff.records import Teacher
from models.stamping.listing import lines_of, runs
from models.training.claim_list import claim_rows
from models.training.listing import KIND_NAMES, EntryFilter, entry_ids, stored_entries
from models.training.marks import RESULT_NAMES
from models.training.nominations import PLACE_NAMES
from models.training.sums import Total, totals
from models.verdicts.basis import pack_over
from models.verdicts.exemptions import exemptions
from models.verdicts.explaining import explain
from models.verdicts.periods import of_cycle
from models.verdicts.vetoes import vetoes
from reports.documents.growth import (
    CourseResult,
    Growth,
    GrowthCycle,
    GrowthStamp,
    GrowthYear,
    Held,
    Training,
)

__all__ = ["Growth", "growth", "growths"]

_COURSES = """
SELECT c.id, c.year, c.code, c.title, COALESCE(e.state, 'approved') AS state, e.score, e.grade,
    e.result, e.first_score, e.first_grade, e.first_result
FROM enrolment AS e JOIN course AS c ON c.id = e.course_id
WHERE e.teacher_id = ? ORDER BY c.year, c.start_date, c.code
"""


def growth(office: Office, teacher_id: str, *, masked: bool = True) -> Growth:
    """Everything the office knows of a teacher; ID number, phone and birthday masked.

    Raises:
        UserError: nobody of that identity is in the register.
    """
    biography = read_biography(office, teacher_id, masked=masked)
    years = _years(office, teacher_id)
    return Growth(
        teacher_id=teacher_id,
        teacher_no=biography.shown["teacher_no"],
        name=biography.shown["name"],
        school=biography.shown["school"],
        office=office.identity.name,
        made_at=office.store.clock.now(),
        identity=_identity(biography),
        held=_held(biography),
        years=years,
        cycles=_cycles(office, teacher_id, [one.year for one in years]),
        certificates=tuple(certificates(office, teacher_id=teacher_id)),
        exemptions=tuple(exemptions(office, teacher_id=teacher_id)),
        vetoes=tuple(vetoes(office, teacher_id)),
        claims=tuple(claim_rows(office, teacher_id=teacher_id)),
    )


def growths(
    office: Office,
    teacher_ids: Sequence[str],
    *,
    masked: bool = True,
    progress: Progress | None = None,
) -> tuple[Growth, ...]:
    """The same of many teachers, in the order given; ``progress`` is told one by one."""
    steps = progress or Progress()
    found: list[Growth] = []
    for number, one in enumerate(teacher_ids):
        steps.step(number, len(teacher_ids), "正在汇集档案")
        found.append(growth(office, one, masked=masked))
    return tuple(found)


def _identity(biography: Biography) -> tuple[tuple[str, str], ...]:
    return tuple(
        (column.title, text)
        for name, column in columns(Teacher).items()
        if (text := biography.shown.get(name, ""))
    )


def _held(biography: Biography) -> tuple[Held, ...]:
    described = columns(Teacher)
    return tuple(
        Held(described[one.aspect].title, one.value or "", one.starts_on or "", one.ends_on or "")
        for one in biography.periods
    )


def _years(office: Office, teacher_id: str) -> tuple[GrowthYear, ...]:
    trainings = _trainings(office, teacher_id)
    results = [_result(dict(row)) for row in office.store.query(_COURSES, (teacher_id,))]
    stamps = _stamps(office, teacher_id)
    parts: Sequence[Sequence[Training | CourseResult | GrowthStamp]] = (trainings, results, stamps)
    years = sorted({one.year for part in parts for one in part})
    return tuple(
        GrowthYear(
            year=year,
            hours=(total := _total(office, teacher_id, year)).hours,
            credits=total.credits,
            trainings=tuple(one for one in trainings if one.year == year),
            results=tuple(one for one in results if one.year == year),
            stamps=tuple(one for one in stamps if one.year == year),
        )
        for year in years
    )


def _total(office: Office, teacher_id: str, year: int) -> Total:
    return totals(office, [teacher_id], Cycle(year, year)).get(teacher_id, Total())


def _trainings(office: Office, teacher_id: str) -> list[Training]:
    ids = entry_ids(office, EntryFilter(teacher_id=teacher_id))
    found = [_training(office, stored) for stored in stored_entries(office, ids)]
    return sorted(found, key=lambda one: (one.first_day, one.title, one.reversal))


def _training(office: Office, stored: Mapping[str, Any]) -> Training:
    def name(table: str, column: str) -> str:
        return office.codes[table].name_of(stored[column]) if stored[column] else ""

    return Training(
        entry_id=stored["id"],
        year=stored["year"],
        title=stored["course"],
        first_day=stored["start_date"] or "",
        last_day=stored["end_date"] or "",
        mode=name("training_mode", "category"),
        theme=name("training_theme", "theme"),
        level=name("training_level", "level"),
        organizer=stored["organizer"] or "",
        hours=stored["hours"],
        credits=stored["credits"],
        score=stored["score"] or "",
        kind=KIND_NAMES[stored["kind"]],
        remark=stored["remark"] or "",
        taken_back=bool(stored["reversed"]),
        reversal=stored["kind"] == "reversal",
    )


def _result(row: Mapping[str, Any]) -> CourseResult:
    return CourseResult(
        course_id=row["id"],
        year=row["year"],
        code=row["code"],
        title=row["title"],
        place=PLACE_NAMES[row["state"]],
        score=_mark(row["score"], row["grade"]),
        result=RESULT_NAMES[row["result"]] if row["result"] else "",
        first=_mark(row["first_score"], row["first_grade"])
        or (RESULT_NAMES[row["first_result"]] if row["first_result"] else ""),
    )


def _mark(score: int | None, grade: str | None) -> str:
    points = from_hundredths(score)
    return (grade or "") if points is None else plain_decimal(points)


def _stamps(office: Office, teacher_id: str) -> list[GrowthStamp]:
    years = {run.id: run.year for run in runs(office)}
    return [
        GrowthStamp(years[line.run_id], line) for line in lines_of(office, teacher_id=teacher_id)
    ]


def _cycles(office: Office, teacher_id: str, years: Sequence[int]) -> tuple[GrowthCycle, ...]:
    wanted = [*years, office.store.clock.today().year]
    cycles = {(one.first, one.last): one for one in (cycle_of(office, year) for year in wanted)}
    return tuple(_cycle(office, teacher_id, cycles[key]) for key in sorted(cycles))


def _cycle(office: Office, teacher_id: str, cycle: Cycle) -> GrowthCycle:
    today = office.store.clock.today()
    running = today <= date(cycle.last, 12, 31)
    period = of_cycle(cycle)
    try:
        pack = pack_over(office, period)
        verdict = explain(office, teacher_id, period, pack)
    except UserError as error:
        return GrowthCycle(cycle.first, cycle.last, running, None, error.message)
    return GrowthCycle(cycle.first, cycle.last, running, verdict)
