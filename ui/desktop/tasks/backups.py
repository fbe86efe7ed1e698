"""When the data were backed up last, in the words the window uses."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from models.store.folder import backups

STALE_DAYS = 7
"""After so many days without a backup the window says so, in yellow and never in the way."""


def newest_backup(path: Path, now: datetime) -> datetime | None:
    """When the newest automatic backup of the file was made; None where there is none."""
    kept = backups(path)
    if not kept:
        return None
    return datetime.strptime(kept[0].moment, "%Y%m%d-%H%M%S").replace(tzinfo=now.tzinfo)


def is_stale(backed_up: datetime | None, now: datetime) -> bool:
    """Whether the data should be backed up again."""
    return backed_up is None or (now - backed_up).days >= STALE_DAYS


def moment_words(moment: datetime | None, now: datetime) -> str:
    """A moment as people say it: 今天 08:05, 昨天 17:30, 11月3日, 2025-11-03, 从未."""
    if moment is None:
        return "从未"
    days = (now.date() - moment.date()).days
    if days <= 1:
        return f"{'昨天' if days else '今天'} {moment:%H:%M}"
    return f"{moment.month}月{moment.day}日" if moment.year == now.year else f"{moment:%Y-%m-%d}"
