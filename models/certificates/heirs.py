"""Which certificate stands in the place of another, as SQL for whoever reads ``certificate AS c``.

A certificate that was issued anew is told by what is valid today: where the new one was declared
void again, nothing stands in the place of the old one, unless the new one has an heir of its own.
"""

from __future__ import annotations

from models.certificates.events import LAST_EVENT

HEIR = f"""(WITH RECURSIVE line (heir, id) AS (
        SELECT h.rowid, h.id FROM certificate AS h WHERE h.replaces = c.id
        UNION SELECT line.heir, h.id FROM line JOIN certificate AS h ON h.replaces = line.id)
    SELECT n.number FROM line JOIN certificate AS n ON n.rowid = line.heir
    WHERE {LAST_EVENT.format(of="line.id")} IS NOT 'void' ORDER BY line.heir DESC LIMIT 1)"""  # noqa: S608 - our own words
"""The number that was issued anew for a void certificate, while it or an heir of it is valid."""

NEXT = f"""(SELECT n.number FROM certificate AS n WHERE n.continues = c.id
    AND {LAST_EVENT.format(of="n.id")} IS NOT 'void' ORDER BY n.rowid DESC LIMIT 1)"""  # noqa: S608 - our own words
"""The number of the valid booklet that goes on after a full one."""
