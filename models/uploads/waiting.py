"""What of uploads waits for somebody at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from models.office.context import Office
from models.uploads.form_list import forms

_SOON = timedelta(days=30)
_REFUSED = """
SELECT COUNT(*) FROM upload_row AS r JOIN upload AS u ON u.id = r.upload_id
WHERE r.state = 'refused' AND NOT EXISTS (
    SELECT 1 FROM upload_row AS x JOIN upload AS v ON v.id = x.upload_id
    WHERE x.subject_id = r.subject_id AND v.form = u.form AND v.rowid > u.rowid)
"""
_UNSENT = """
SELECT COUNT(*) FROM upload AS u WHERE sent_on IS NULL AND NOT EXISTS (
    SELECT 1 FROM upload_row AS r WHERE r.upload_id = u.id AND r.state <> 'waiting')
"""


@dataclass(frozen=True, slots=True)
class UploadsWaiting:
    """How many wait: forms due within a month or overdue, files to hand in, rows sent back."""

    due: int
    unsent: int
    refused: int


def uploads_waiting(office: Office) -> UploadsWaiting:
    """How much of uploads waits to be done."""
    store = office.store
    today = store.clock.today()
    year = today.year - 1  # what is due this year is about the last
    latest = (today + _SOON).strftime("%m-%d") if (today + _SOON).year == today.year else "12-31"
    built = {
        row[0] for row in store.query("SELECT DISTINCT form FROM upload WHERE year = ?", (year,))
    }
    due = [
        one.name
        for one in forms(office)
        if one.form is not None and one.form.due and one.form.due <= latest
    ]
    return UploadsWaiting(
        due=sum(name not in built for name in due),
        unsent=int(store.value(_UNSENT)),
        refused=int(store.value(_REFUSED)),
    )
