"""How many certificates of which kind a year brought."""

from __future__ import annotations

from dataclasses import dataclass

from models.certificates.kinds import kinds
from models.office.context import Office

_ISSUED = """
SELECT c.form, COUNT(*), COUNT(CASE WHEN e.event = 'void' THEN 1 END) FROM certificate AS c
LEFT JOIN certificate_event AS e ON e.certificate_id = c.id AND e.step =
    (SELECT MAX(l.step) FROM certificate_event AS l WHERE l.certificate_id = c.id)
WHERE substr(c.issued_on, 1, 4) = ? GROUP BY c.form ORDER BY c.form
"""


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
