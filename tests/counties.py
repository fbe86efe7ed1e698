"""A small county with hours in its ledger, for tests of verdicts, stamps and their pages."""

from __future__ import annotations

from decimal import Decimal

from models.office.context import Office
from models.training.ledger import RecordDraft, post_records
from tests.people import school, teachers

YEARS = range(2021, 2026)


def small_county(office: Office) -> dict[str, list[str]]:
    """Three schools: one whose teachers all have enough hours, one where half have, one of none.

    Gives the teachers by school. Enough is 360 hours over 2021 to 2025.
    """
    found: dict[str, list[str]] = {}
    for name, enough in (("红石中学", 3), ("二道甸子小学", 1), ("八道河子小学", 0)):
        ids = teachers(office, school(office, name), 3, work_start="2010-07")
        found[name] = ids
        for place, one in enumerate(ids):
            post(office, one, 80 if place < enough else 40)
    return found


def post(office: Office, teacher_id: str, hours: int, years: range = YEARS) -> None:
    """So many hours in each of those years."""
    records = [
        RecordDraft(teacher_id, year, f"研修{year}", "1", "进修学校", f"{year}-03-01",
                    f"{year}-03-05", Decimal(hours))
        for year in years
    ]  # fmt: skip
    post_records(office, records, source="名册.xlsx")
