"""What the backups page has done on the lanes."""

from __future__ import annotations

from pathlib import Path

from models.office.context import Office
from models.progress import Progress
from models.store.backup import BackupFacts, backup, backup_on_leaving, rehearse, restore
from models.workspace.opening import MIGRATIONS, TRACKED


def back_up(office: Office, progress: Progress, out: Path) -> BackupFacts:
    """Copy the data to a file the person chose, and verify the copy."""
    return backup(office.store, out, progress)


def look_into(_office: Office, _progress: Progress, file: Path) -> BackupFacts:
    """What a backup holds; nothing is changed."""
    return rehearse(file, TRACKED, MIGRATIONS)


def put_back(path: Path, file: Path) -> Path | None:
    """Put a backup in the place of the present data, which nobody has open; gives its copy."""
    return restore(path, file, MIGRATIONS)


def back_up_on_leaving(office: Office, progress: Progress) -> Path | None:
    """Back up where something was done since the last backup; gives the copy."""
    return backup_on_leaving(office.store, progress)
