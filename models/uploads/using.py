"""Since when the office uses a form; one that it never sent nor made its own is no duty."""

from __future__ import annotations

from models.office.context import Office
from models.store.history import row_history

_SENT = "SELECT form, min(built_at) FROM upload GROUP BY form"
_DAY = 10


def used_since(office: Office) -> dict[str, str]:
    """Name of a form to the day (ISO) it was first sent or switched on by saving it as our own."""
    store = office.store
    found = {form: str(at)[:_DAY] for form, at in store.tuples(_SENT)}
    for row in store.query("SELECT id, name FROM upload_form"):
        steps = row_history(store, "upload_form", row["id"])
        if steps:
            day = steps[0].at[:_DAY]
            found[row["name"]] = min(day, found.get(row["name"], day))
    return found


def is_missed(since: str | None, due: str, today: str) -> bool:
    """Whether a day of delivery is past that came while the form was in use (ISO days)."""
    return since is not None and since <= due < today
