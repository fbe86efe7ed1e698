"""What happens to a certificate after its issue, as entries that only add."""

from __future__ import annotations

import json
from collections.abc import Sequence

from models.store.database import Store

CERTIFICATE = (
    "number",
    "series",
    "seq",
    "form",
    "teacher_id",
    "course_id",
    "holder_no",
    "holder_name",
    "holder_sex",
    "holder_school",
    "holder_id_tail",
    "title",
    "year",
    "hours",
    "credits",
    "score",
    "start_date",
    "end_date",
    "issuer",
    "issued_on",
    "institution_id",
    "batch",
    "facts",
    "replaces",
)
LAST_EVENT = """(SELECT l.event FROM certificate_event AS l WHERE l.certificate_id = {of}
        ORDER BY l.step DESC LIMIT 1)"""
"""The last event of a certificate in SQL; NULL for one to which nothing happened."""
CONTINUES = ("continues",)
EVENT = ("certificate_id", "step", "event", "happened_on", "reason")
_STATE = f"""
SELECT c.id, COALESCE(MAX(e.step), 0) AS step,
    COALESCE({LAST_EVENT.format(of="c.id")}, 'restore') AS event
FROM json_each(?) AS wanted CROSS JOIN certificate AS c ON c.id = wanted.value
LEFT JOIN certificate_event AS e ON e.certificate_id = c.id GROUP BY c.id ORDER BY wanted.key
"""  # noqa: S608 - our own words
_HEIRS = """
SELECT c.id, c.replaces FROM json_each(?) AS wanted
CROSS JOIN certificate AS c ON c.replaces = wanted.value
"""
_SIBLINGS = """
SELECT o.id, c.id FROM json_each(?) AS wanted CROSS JOIN certificate AS c ON c.id = wanted.value
CROSS JOIN certificate AS o ON o.replaces = c.replaces AND o.id <> c.id
"""
_OF_EVENTS = """
SELECT DISTINCT e.certificate_id FROM json_each(?) AS wanted
CROSS JOIN certificate_event AS e ON e.id = wanted.value
"""


def add_event(store: Store, certificate_ids: Sequence[str], event: str, reason: str) -> int:
    """Add the event to the certificates it changes; one that is void stays void.

    Call it inside an operation.

    Returns:
        How many it changed.
    """
    today = store.clock.today().isoformat()
    rows = [
        (store.ids.new_id(), row["id"], row["step"] + 1, event, today, reason)
        for row in store.query(_STATE, (json.dumps(list(certificate_ids)),))
        if row["event"] != event
    ]
    return store.insert("certificate_event", ("id", *EVENT), rows)


def void_issued(store: Store, certificate_ids: Sequence[str]) -> int:
    """Undo of an issue: the certificates stay on record, void; their numbers are used up."""
    return add_event(store, certificate_ids, "void", "撤销发证")


def take_back_events(store: Store, event_ids: Sequence[str]) -> int:
    """Undo of events: each certificate concerned passes to the opposite of its present state.

    One that was issued anew stays void as long as the new one is valid, and so does one in whose
    place another was issued meanwhile.
    """
    found = [row[0] for row in store.query(_OF_EVENTS, (json.dumps(list(event_ids)),))]
    states = _states(store, found)
    voided = add_event(store, [one for one in found if states[one] == "restore"], "void", "撤销")
    gone = [one for one in found if states[one] == "void"]
    others = [*store.tuples(_HEIRS, (json.dumps(gone),)),
              *store.tuples(_SIBLINGS, (json.dumps(gone),))]  # fmt: skip
    now = _states(store, [other for other, _ in others])
    kept = {one for other, one in others if now[other] == "restore"}
    return voided + add_event(store, [one for one in gone if one not in kept], "restore", "撤销")


def _states(store: Store, certificate_ids: Sequence[str]) -> dict[str, str]:
    """The last event of each: ``void`` or ``restore``."""
    rows = store.query(_STATE, (json.dumps(list(certificate_ids)),))
    return {row["id"]: row["event"] for row in rows}
