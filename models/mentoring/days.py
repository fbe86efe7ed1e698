"""Days as people give them: read, and not yet to come."""

from __future__ import annotations

from datetime import date

from models.errors import UserError
from models.office.context import Office


def day_given(office: Office, text: str) -> str:
    """The ISO day that a person gives; today where nothing is given.

    Raises:
        UserError: it is no day, or still to come.
    """
    today = office.store.clock.today()
    try:
        day = date.fromisoformat(text.strip()) if text.strip() else today
    except ValueError as error:
        raise UserError("date", f"“{text}”不是日期。", "请写成 2025-09-01。") from error
    if day > today:
        raise UserError("mentoring.later", f"{text} 还没有到。", "请填今天或以前的日期。")
    return day.isoformat()
