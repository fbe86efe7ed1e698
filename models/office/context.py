"""The office at work: what every use case of the rooms above is handed first."""

from __future__ import annotations

from dataclasses import dataclass

from models.codes.library import CodeTables
from models.office.identity import Identity
from models.store.database import Store


@dataclass(frozen=True, slots=True)
class Office:
    """An opened office.

    Attributes:
        store: its file, with the clock, the id source and the person at the desk.
        identity: who it is.
        codes: the shipped code tables with the office's own entries.
    """

    store: Store
    identity: Identity
    codes: CodeTables
