"""Trainings in the ledger for tests of what stands on it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from models.office.context import Office
from models.training.ledger import Posted, RecordDraft, post_records


def post(
    office: Office,
    teacher: str,
    year: int,
    hours: str,
    mode: str = "1",
    *,
    title: str = "",
    start: str | None = None,
    **more: Any,
) -> Posted:
    """One training of so many hours; it lasts a fortnight where it has a day."""
    end = start and (date.fromisoformat(start) + timedelta(days=14)).isoformat()
    draft = RecordDraft(
        teacher_id=teacher,
        year=year,
        course=title or f"{year}年{mode}{hours}{more}",
        category=mode,
        start_date=start,
        end_date=end,
        hours=Decimal(hours),
        **{"organizer": None, **more},
    )
    return post_records(office, [draft], source="测试", allow_repeats=True)
