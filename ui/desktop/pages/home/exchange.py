"""What of the exchange waits for a person, for the first page; loaded on the lane alone."""

from __future__ import annotations

from models.office.context import Office
from models.store.conflicts import count_conflicts
from models.sync.late import late_lines
from models.sync.partners import is_school
from ui.desktop.pages.home.dashboard import Item


def exchange_items(office: Office) -> list[Item]:
    """Conflicts to be decided, and in the county's file the schools that are late."""
    torn = count_conflicts(office.store)
    late = 0 if is_school(office) else len(late_lines(office))
    lines = (
        (torn, "处两边都改过、改得不一样", "去核对", "conflicts"),
        (late, "所学校好久没有交换", "去看看", "late"),
    )
    return [
        Item(f"{count:,} {words}", action, "sync", what)
        for count, words, action, what in lines
        if count
    ]
