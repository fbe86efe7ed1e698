"""Trainings in the ledger for tests of what stands on it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from models.office.context import Office
from models.training.ledger import Posted, RecordDraft, post_records


def post(
    office: Office, teacher: str, year: int, hours: str, mode: str = "1", **more: Any
) -> Posted:
    """One training of so many hours.

    ``more`` are fields of the draft, besides ``title`` for its course and ``start`` for a day from
    which it lasts a fortnight.
    """
    values = {
        "course": more.pop("title", "") or f"{year}年{mode}{hours}{more}",
        "start_date": (start := more.pop("start", None)),
        "end_date": start and (date.fromisoformat(start) + timedelta(days=14)).isoformat(),
        "organizer": None,
        **more,
    }
    draft = RecordDraft(
        teacher_id=teacher, year=year, category=mode, hours=Decimal(hours), **values
    )
    return post_records(office, [draft], source="测试", allow_repeats=True)
