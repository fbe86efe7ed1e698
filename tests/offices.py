"""Offices for tests: real files in a temporary folder, with a clock that stands still."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from models.clock import FixedClock
from models.ids import SeededIds
from models.office.context import Office
from models.office.identity import Identity
from models.workspace.opening import Desk, create_office, open_workspace

CHINA = timezone(timedelta(hours=8))
HUADIAN = Identity("桦甸市教师进修学校", "220282")


def desk(day: str = "2025-09-20", seed: int = 1) -> Desk:
    """A desk at ten in the morning of a day, with identities that repeat for a seed."""
    moment = datetime.fromisoformat(f"{day}T10:00:00").replace(tzinfo=CHINA)
    return Desk(person="王老师", clock=FixedClock(moment), ids=SeededIds(seed))


def new_office(folder: Path, day: str = "2025-09-20") -> Office:
    """A new office of Huadian county in ``folder``."""
    return create_office(folder / "office.db", HUADIAN, desk(day))


def reopened(office: Office, day: str = "2025-09-20", seed: int = 2) -> Office:
    """The same office closed and opened again."""
    office.store.close()
    return open_workspace(office.store.path, desk(day, seed))
