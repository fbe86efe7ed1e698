"""What of titles waits for somebody at the desk."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta

from models.office.context import Office
from models.titles.kinds import title_rules

_WAITING = """
SELECT (SELECT COUNT(*) FROM title_objection AS o JOIN nomination AS n ON n.id = o.nomination_id
        WHERE o.upheld IS NULL AND n.state = 'listed'),
    (SELECT COUNT(*) FROM title_batch
        WHERE listed_until < :today AND granted_on IS NULL AND closed_on IS NULL),
    (SELECT COUNT(*) FROM title_grant WHERE ended_on IS NULL AND ends_on <= :soon
        AND kind IN (SELECT value FROM json_each(:kinds)))
"""


@dataclass(frozen=True, slots=True)
class TitlesWaiting:
    """How many wait: objections to decide on, lists that have hung, titles to check again."""

    objections: int
    lists: int
    rechecks: int


def titles_waiting(office: Office) -> TitlesWaiting:
    """How much of titles waits for a decision."""
    rules = title_rules()
    today = office.store.clock.today()
    given = {
        "today": today.isoformat(),
        "soon": (today + timedelta(days=rules.warn_days)).isoformat(),
        "kinds": json.dumps([one.key for one in rules.kinds if one.recheck]),
    }
    found = office.store.one(_WAITING, given)
    return TitlesWaiting(*found) if found else TitlesWaiting(0, 0, 0)
