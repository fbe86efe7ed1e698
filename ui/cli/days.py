"""Days as they are typed on a command line."""

from __future__ import annotations

from datetime import date

from models.errors import UserError


def read_day(text: str) -> date:
    """The day of an ISO text.

    Raises:
        UserError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError("date", f"“{text}”不是日期。", "请写成 2024-09-01。") from error
