"""How many certificates of which kind a year brought."""

from __future__ import annotations

from dataclasses import dataclass

from models.certificates.events import LAST_EVENT
from models.certificates.kinds import kinds
from models.office.context import Office

_ISSUED = f"""
SELECT c.form, COUNT(*), COUNT(CASE WHEN {LAST_EVENT.format(of="c.id")} = 'void' THEN 1 END)
FROM certificate AS c WHERE substr(c.issued_on, 1, 4) = ? GROUP BY c.form ORDER BY c.form
"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class IssuedKind:
    """The certificates of one kind issued in a year, and how many of them are void now."""

    title: str
    issued: int
    void: int


def issued_in(office: Office, year: int) -> list[IssuedKind]:
    """The certificates issued in a calendar year, by kind."""
    return [
        IssuedKind(kinds()[key].title if key in kinds() else key, issued, void)
        for key, issued, void in office.store.query(_ISSUED, (str(year),))
    ]
