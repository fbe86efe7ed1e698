"""The office's lists as workbooks carry them away: all fields that an import would take back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

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
from reports.workbooks.book import NUMBERS, ColumnKind, SheetColumn
from reports.workbooks.streaming import Value
from reports.workbooks.table import TableSheet

_KINDS = {
    Kind.ID_NUMBER: ColumnKind.ID,
    Kind.PHONE: ColumnKind.ID,
    Kind.NUMBER_TEXT: ColumnKind.ID,
    Kind.YEAR: ColumnKind.INTEGER,
    Kind.INTEGER: ColumnKind.INTEGER,
    Kind.DECIMAL: ColumnKind.DECIMAL,
}
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
    described = [columns(entity)[name] for name in _templated(entity)]
    kinds = [_KINDS.get(column.kind, ColumnKind.TEXT) for column in described]
    return TableSheet(
        title=title,
        columns=tuple(
            SheetColumn(column.title, column.width, kind)
            for column, kind in zip(described, kinds, strict=True)
        ),
        rows=(_cells(row, kinds) for row in rows()),
        author=office.identity.name,
        made_at=office.store.clock.now(),
        total=total,
    )


def _cells(texts: Sequence[str], kinds: Sequence[ColumnKind]) -> tuple[Value, ...]:
    """The cells of a row: amounts and years as numbers, so that a spreadsheet can add them up."""
    return tuple(
        _number(text) if kind in NUMBERS else text for text, kind in zip(texts, kinds, strict=True)
    )


def _number(text: str) -> Value:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return text
