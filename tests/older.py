"""The program as it was before some of its rooms, for tests of upgrades."""

from __future__ import annotations

import pytest

from models.workspace import opening


def without(monkeypatch: pytest.MonkeyPatch, *rooms: str) -> None:
    """Make the program what it was: without these rooms and their tables."""
    gone = {one.table for room in rooms for one in getattr(opening, f"{room}_tables").TRACKED}
    kept = tuple(one for one in opening.MIGRATIONS if one.name not in rooms)
    monkeypatch.setattr(opening, "MIGRATIONS", kept)
    tracked = tuple(one for one in opening.TRACKED if one.table not in gone)
    monkeypatch.setattr(opening, "TRACKED", tracked)
