"""The board: per partner what was sent, what came, what is missing, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from models.office.context import Office
from models.store import conflicts as journal
from models.sync import post_book
from models.sync.own_keys import is_school
from models.sync.post_book import Read, Sent, Standing
from models.sync.roster import Site, SiteState, county_of, sites
from models.sync.waiting import Told, waiting_sites


@dataclass(frozen=True, slots=True)
class Line:
    """How things stand with one partner.

    Attributes:
        site: the partner.
        sent: the last package written for it, None if there is none.
        acknowledged: the highest number of ours it said it has; 0 for none.
        under_way: numbers written since, of which no receipt came yet.
        read: its newest package that was read, None if there is none.
        missing: numbers of its packages that never came.
        days: since its newest package was read, by this computer; None if none was.
        conflicts: open conflicts in which it has a side.
        standing: receipts, wishes and alarms.
        waiting: whether rows of a school's changed that no package to it holds yet.
    """

    site: Site
    sent: Sent | None
    acknowledged: int
    under_way: tuple[int, ...]
    read: Read | None
    missing: tuple[int, ...]
    days: int | None
    conflicts: int
    standing: Standing
    waiting: bool = False

    @property
    def due(self) -> bool:
        """Whether it must be written to although nothing changed: it waits for an answer."""
        told = self.sent is not None and self.sent.number > 0
        owed = self.standing.owed != (self.sent.ack if self.sent else "")
        # A receipt for a mere receipt would go to and fro without end.
        brought = self.read is not None and (self.read.changes > 0 or not told)
        return bool(
            self.sent is None or (owed and brought) or self.standing.asked or self.standing.want
        )


def board(office: Office) -> list[Line]:
    """Every partner that is registered or invited, by name."""
    open_here = _conflicts_by_site(office)
    lines = [_line(office, site, open_here) for site in _shown(office)]
    if is_school(office):
        return lines
    waiting = waiting_sites(
        office.store,
        [Told(one.site.id, one.site.institution_id, one.sent.upto) for one in lines if one.sent],
    )
    return [replace(one, waiting=one.site.id in waiting) for one in lines]


def _shown(office: Office) -> list[Site]:
    if is_school(office):
        return [county_of(office)]
    return [one for one in sites(office) if one.state is not SiteState.ENDED]


def _line(office: Office, site: Site, open_here: Mapping[str, int]) -> Line:
    store = office.store
    sent, read = post_book.sent_to(store, site.id), post_book.read_from(store, site.id)
    newest = max(read, key=lambda one: one.number, default=None)
    last_day = date.fromisoformat(newest.read_at[:10]) if newest else None
    return Line(
        site=site,
        sent=sent[-1] if sent else None,
        acknowledged=max((one.number for one in sent if one.received), default=0),
        under_way=tuple(one.number for one in sent if not one.received),
        read=newest,
        missing=_missing(read),
        days=max((store.clock.today() - last_day).days, 0) if last_day else None,
        conflicts=open_here.get(site.id, 0),
        standing=post_book.standing_with(store, site.id),
    )


def _missing(read: Iterable[Read]) -> tuple[int, ...]:
    numbers = {one.number for one in read}
    return tuple(one for one in range(1, max(numbers, default=0)) if one not in numbers)


def _conflicts_by_site(office: Office) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in journal.conflicts(office.store):
        for site in {side.author.site for side in one.sides}:
            found[site] = found.get(site, 0) + 1
    return found
