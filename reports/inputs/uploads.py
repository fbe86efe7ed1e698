"""The records of a year as the level above takes them, and those it would send back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from models.entities.display import from_hundredths
from models.office.context import Office
from models.staff.directory import Directory, read_directory
from reports.workbooks.upload import Upload, UploadProblem, UploadRow, problems, read_layout

COUNTY, SCHOOL = "40", "60"
_ENTRIES = """
SELECT t.name, t.id_type, t.id_number, e.year, e.level, e.course_title, e.organizer, e.category,
    e.hours, e.credits, e.start_date, e.end_date
FROM ledger_entry AS e JOIN teacher AS t ON t.id = e.teacher_id
WHERE e.year = ? AND e.kind <> 'reversal'
    AND NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = e.id)
ORDER BY e.school_name, t.name_pinyin, t.id, e.start_date
"""


@dataclass(frozen=True, slots=True)
class UploadPlan:
    """What can be sent and what has to be mended first.

    Attributes:
        upload: the records that would be taken.
        problems: what is wrong with the others.
        left_out: how many records these are.
        without_credits: records whose fractional credits were left out because it was asked for.
    """

    upload: Upload
    problems: tuple[UploadProblem, ...]
    left_out: int
    without_credits: int


def upload_of_year(office: Office, year: int, *, hours_only: bool = False) -> UploadPlan:
    """The ledger's records of a year in the form of the national training record.

    Args:
        office: the office.
        year: the training year.
        hours_only: leave out credits that are no whole number, where the receiver takes whole
            ones only; without it such records are named and not sent.
    """
    layout = read_layout()
    directory = read_directory(office)
    rows = [_row(office, directory, dict(entry)) for entry in office.store.query(_ENTRIES, (year,))]
    dropped = 0
    if hours_only:
        for row in rows:
            amount = row["credits"]
            if isinstance(amount, Decimal) and amount != amount.to_integral_value():
                row["credits"] = None
                dropped += 1
    made_at = office.store.clock.now()
    found = problems(Upload(rows, office.identity.name, made_at, layout))
    bad = {one.row for one in found}
    good = [row for number, row in enumerate(rows, 1) if number not in bad]
    upload = Upload(good, office.identity.name, made_at, layout)
    return UploadPlan(upload, tuple(found), len(bad), dropped)


def _row(office: Office, directory: Directory, entry: Mapping[str, object]) -> UploadRow:
    mode = office.codes["training_mode"].get(str(entry["category"] or ""))
    credits_ = entry["credits"]
    return {
        "name": str(entry["name"]),
        "id_type": office.codes["id_type"].name_of(str(entry["id_type"] or "1")),
        "id_number": None if entry["id_number"] is None else str(entry["id_number"]),
        "year": int(str(entry["year"])),
        "category": _level(office, directory, entry),
        "project": str(entry["course_title"]),
        "organizer": None if entry["organizer"] is None else str(entry["organizer"]),
        "mode": mode.external if mode else None,
        "hours": from_hundredths(int(str(entry["hours"]))),
        "credits": None if credits_ is None else from_hundredths(int(str(credits_))),
        "start_date": None if entry["start_date"] is None else str(entry["start_date"]),
        "end_date": None if entry["end_date"] is None else str(entry["end_date"]),
    }


def _level(office: Office, directory: Directory, entry: Mapping[str, object]) -> str | None:
    """The level recorded; else that of the organiser, where the office knows it; else none."""
    if entry["level"]:
        found = office.codes["training_level"].get(str(entry["level"]))
        return found.external if found else None
    organizer = str(entry["organizer"] or "")
    if organizer == office.identity.name:
        return COUNTY
    return SCHOOL if directory.find(organizer) is not None else None
