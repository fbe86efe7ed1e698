"""By which pack a period is judged: one answer for window, papers, stamp and command line."""

from __future__ import annotations

from datetime import date

from models.office.context import Office
from models.policies.library import pack_of_day
from models.policies.records import Pack
from models.verdicts.periods import Period, day_of


def pack_over(office: Office, period: Period, as_of: date | None = None) -> Pack:
    """The pack of the day people are looked at: the one asked for, else the period's last or today.

    Raises:
        UserError: no pack of that day demands anything.
    """
    return pack_of_day(office, as_of or day_of(period, office.store.clock.today()))
