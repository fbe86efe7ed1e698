"""The office's lists as workbooks carry them away: all fields that an import would take back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from models.entities.describe import Column, Entity, Kind, columns
from models.entities.display import from_hundredths, mask, show
from models.office.context import Office
from models.staff.institution_records import Institution
from models.staff.institutions import institution_rows
from models.staff.queries import teacher_rows
from models.staff.records import Teacher
from models.training.course import Course
from models.training.courses import course_rows
from models.training.records import TrainingRecord
from reports.workbooks.book import ColumnKind, SheetColumn
from reports.workbooks.table import TableSheet

_IDENTIFIERS = {Kind.ID_NUMBER, Kind.PHONE, Kind.NUMBER_TEXT}
_AT_ONCE = 500
_RECORDS = """
SELECT t.name, t.id_number, t.teacher_no, e.school_name AS school, e.year,
    e.course_title AS course, e.category, e.theme, e.level, e.nature, e.organizer,
    e.start_date, e.end_date, e.hours,
    e.credits, e.score, e.remark
FROM ledger_entry AS e JOIN teacher AS t ON t.id = e.teacher_id
WHERE e.kind <> 'reversal' AND (:school IS NULL OR e.school_id = :school)
    AND NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = e.id)
ORDER BY e.school_name, t.name_pinyin, t.id, e.year, e.start_date
"""


def teacher_list(
    office: Office, teacher_ids: Sequence[str], *, title: str = "教师名册", masked: bool = False
) -> TableSheet:
    """The teachers in the order given, with every field that a roster is imported with."""
    names = _templated(Teacher)

    def rows() -> Iterator[tuple[str, ...]]:
        for start in range(0, len(teacher_ids), _AT_ONCE):
            part = teacher_ids[start : start + _AT_ONCE]
            for row in teacher_rows(office, part, masked=masked):
                yield tuple(row.shown[name] for name in names)

    return _sheet(office, title, Teacher, rows, len(teacher_ids))


def institution_list(
    office: Office, school_id: str | None = None, *, title: str = "机构名录"
) -> TableSheet:
    """All institutions by name, with every field that a list is imported with.

    With ``school_id`` that institution and those right below it.
    """
    names = _templated(Institution)
    found = institution_rows(office)
    if school_id is not None:
        own = {row.shown["name"] for row in found if row.id == school_id}
        found = [row for row in found if row.id == school_id or row.shown["parent"] in own]

    def rows() -> Iterator[tuple[str, ...]]:
        return (tuple(row.shown[name] for name in names) for row in found)

    return _sheet(office, title, Institution, rows, len(found))


def course_list(office: Office, year: int | None = None, *, title: str = "培训课程") -> TableSheet:
    """The courses of a year, or all, with every field that a list is imported with."""
    names = _templated(Course)
    found = course_rows(office, year)

    def rows() -> Iterator[tuple[str, ...]]:
        return (tuple(row.shown[name] for name in names) for row in found)

    return _sheet(office, title, Course, rows, len(found))


def record_list(
    office: Office, school_id: str | None = None, *, title: str = "培训记录", masked: bool = False
) -> TableSheet:
    """The entries of the ledger that count, by school and teacher; reversed ones are left out."""
    described = {name: columns(TrainingRecord)[name] for name in _templated(TrainingRecord)}
    found = office.store.query(_RECORDS, {"school": school_id})

    def rows() -> Iterator[tuple[str, ...]]:
        for row in found:
            texts = {
                name: _text(office, name, column, row[name]) for name, column in described.items()
            }
            yield tuple(
                mask(described[name], text) if masked else text for name, text in texts.items()
            )

    return _sheet(office, title, TrainingRecord, rows, len(found))


def _text(office: Office, name: str, column: Column, value: object) -> str:
    if name in ("hours", "credits"):
        value = from_hundredths(None if value is None else int(str(value)))
    return show(column, value, office.codes)


def _templated(entity: type[Entity]) -> list[str]:
    return [name for name, column in columns(entity).items() if column.templated]


def _sheet(
    office: Office,
    title: str,
    entity: type[Entity],
    rows: Callable[[], Iterator[tuple[str, ...]]],
    total: int,
) -> TableSheet:
    described = columns(entity)
    return TableSheet(
        title=title,
        columns=tuple(
            SheetColumn(
                described[name].title,
                described[name].width,
                ColumnKind.ID if described[name].kind in _IDENTIFIERS else ColumnKind.TEXT,
            )
            for name in _templated(entity)
        ),
        rows=rows(),
        author=office.identity.name,
        made_at=office.store.clock.now(),
        total=total,
    )
