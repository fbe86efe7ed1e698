"""The exchange room's tables. Frozen: a migration that has been released is never edited."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("exchange")


@migrations()
def m001_batches(db: Database) -> None:
    """Every import that was applied, and the column layouts a person has confirmed."""
    db.conn.execute(
        """
        CREATE TABLE import_batch (
            id TEXT NOT NULL CONSTRAINT import_batch_pk PRIMARY KEY,
            operation_id TEXT NOT NULL,
            file_name TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            content TEXT NOT NULL,
            kind TEXT NOT NULL,
            imported_at TEXT NOT NULL,
            person TEXT NOT NULL,
            inserted INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            unchanged INTEGER NOT NULL,
            refused INTEGER NOT NULL,
            skipped INTEGER NOT NULL,
            warned INTEGER NOT NULL
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX import_batch_by_content ON import_batch (content)")
    db.conn.execute("CREATE INDEX import_batch_by_file ON import_batch (sha256)")
    db.conn.execute(
        """
        CREATE TABLE import_layout (
            id TEXT NOT NULL CONSTRAINT import_layout_pk PRIMARY KEY,
            signature TEXT NOT NULL,
            kind TEXT NOT NULL,
            columns TEXT NOT NULL
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX import_layout_by_signature ON import_layout (signature)")
