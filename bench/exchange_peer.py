"""The usual way to carry rows to and fro: a SQLite file a school, Zstandard, age.

No journal, no signatures, no conflicts, no archive: rows overwrite rows.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pyrage
import zstandard

TEACHERS = "SELECT * FROM main.teacher WHERE school_id = ?1"
ENTRIES = """SELECT e.* FROM main.ledger_entry e JOIN main.teacher t ON t.id = e.teacher_id
WHERE t.school_id = ?1"""


def write(database: Path, folder: Path) -> None:
    """Every row of every school."""
    folder.mkdir()
    receiver = _key(folder).to_public()
    with closing(sqlite3.connect(database)) as county:
        schools = [row[0] for row in county.execute("SELECT id FROM institution")]
        for school in schools:
            copy = folder / "copy.db"
            county.execute("ATTACH ? AS copy", (str(copy),))
            for table, query in (("teacher", TEACHERS), ("ledger_entry", ENTRIES)):
                county.execute(f"CREATE TABLE copy.{table} AS {query}", (school,))
            county.commit()
            county.execute("DETACH copy")
            packed = zstandard.ZstdCompressor(level=10).compress(copy.read_bytes())
            copy.unlink()
            with (folder / f"{school}.age").open("wb") as file:
                file.write(pyrage.encrypt(packed, [receiver]))
                file.flush()
                os.fsync(file.fileno())


def read(database: Path, folder: Path) -> None:
    """Take the rows of every file over those of a copy of the county's file."""
    target = folder.with_name("peer.db")
    with closing(sqlite3.connect(database)) as county, closing(sqlite3.connect(target)) as backup:
        county.backup(backup)
    with closing(sqlite3.connect(target, isolation_level=None)) as county:
        for table in ("teacher", "ledger_entry"):
            for name in _triggers(county, table):
                county.execute(f"DROP TRIGGER {name}")
        for file in sorted(folder.glob("*.age")):
            copy = folder / "copy.db"
            packed = pyrage.decrypt(file.read_bytes(), [_key(folder)])
            copy.write_bytes(zstandard.ZstdDecompressor().decompress(packed))
            county.execute("ATTACH ? AS copy", (str(copy),))
            county.execute("BEGIN")
            for table in ("teacher", "ledger_entry"):
                county.execute(f"INSERT OR REPLACE INTO main.{table} SELECT * FROM copy.{table}")
            county.execute("COMMIT")
            county.execute("DETACH copy")
            copy.unlink()
    target.unlink()


def _triggers(county: sqlite3.Connection, table: str) -> list[str]:
    rows = county.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    )
    return [row[0] for row in rows]


def _key(folder: Path) -> Any:
    file = folder.with_name("peer.key")
    if not file.exists():
        file.write_text(str(pyrage.x25519.Identity.generate()))
    return pyrage.x25519.Identity.from_str(file.read_text())
