"""Where the time comes from: handed in, so that tests and reproducible papers can fix it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """Gives the present moment."""

    def now(self) -> datetime:
        """The present moment, with its time zone."""
        ...

    def today(self) -> date:
        """The present day where the office is."""
        ...


class SystemClock:
    """The clock of this computer."""

    def now(self) -> datetime:
        """The present moment in this computer's time zone."""
        return datetime.now().astimezone()

    def today(self) -> date:
        """The present day by this computer's clock."""
        return self.now().date()


class FixedClock:
    """A clock that stands still, for tests, demonstrations and reproducible papers."""

    def __init__(self, moment: datetime) -> None:
        """Stop the clock at ``moment`` (with a time zone)."""
        self._moment = moment

    def now(self) -> datetime:
        """The moment the clock was stopped at."""
        return self._moment

    def today(self) -> date:
        """The day the clock was stopped at."""
        return self._moment.date()
