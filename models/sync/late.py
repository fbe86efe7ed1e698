"""Which schools have not exchanged for longer than the office wants."""

from __future__ import annotations

from models.office.context import Office
from models.office.settings import read_setting
from models.sync.board import Line, board
from models.sync.roster import SiteState

SETTING = "sync.late_days"
USUAL = 30


def late_days(office: Office) -> int:
    """After how many days without a package a school is late."""
    found = read_setting(office.store, SETTING)
    return int(found) if found.isascii() and found.isdigit() else USUAL


def is_late(one: Line, days: int) -> bool:
    """Whether a registered school's newest package is older than so many days."""
    return one.site.state is SiteState.ACTIVE and one.days is not None and one.days > days


def late_lines(office: Office) -> list[Line]:
    """The schools that are late, by name."""
    days = late_days(office)
    return [one for one in board(office) if is_late(one, days)]
