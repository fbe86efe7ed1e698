"""What the status bar says of the exchange; loaded on the lane alone."""

from __future__ import annotations

from models.office.context import Office
from models.progress import Progress
from models.store.conflicts import count_conflicts
from models.sync.unwritten import unwritten


def exchange_state(office: Office, _progress: Progress) -> tuple[int, int]:
    """How many rows are not written to the county, and how many conflicts are open."""
    return unwritten(office), count_conflicts(office.store)
