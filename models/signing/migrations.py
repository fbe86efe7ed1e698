"""The signing room's tables. Frozen: a migration that has been released is never edited."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("signing")


@migrations()
def m001_signing_keys(db: Database) -> None:
    """The public halves of the office's signing keys; the private ones are kept elsewhere."""
    db.conn.execute(
        """
        CREATE TABLE signing_key (
            id TEXT NOT NULL CONSTRAINT signing_key_pk PRIMARY KEY,
            key_id TEXT NOT NULL,
            public_key TEXT NOT NULL,
            made_on TEXT NOT NULL,
            retired_on TEXT,
            reason TEXT
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX signing_key_by_key ON signing_key (key_id)")
