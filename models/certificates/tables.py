"""What of the certificate room is journalled, in which merge units."""

from __future__ import annotations

from models.certificates.events import CERTIFICATE, EVENT, take_back_events, void_issued
from models.store.tracking import Tracked

TRACKED = (
    Tracked(
        "certificate",
        {"row": CERTIFICATE},
        label="证书",
        append_only=True,
        reverse=void_issued,
        caption="number",
    ),
    Tracked(
        "certificate_event",
        {"row": EVENT},
        label="证书变动",
        append_only=True,
        reverse=take_back_events,
        caption="reason",
    ),
)
