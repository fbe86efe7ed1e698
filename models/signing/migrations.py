"""The signing room's tables. Frozen: a migration that has been released is never edited."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("signing")


@migrations()
def m001_signing_keys(db: Database) -> None:
    """The public halves of the office's signing keys, and which of them are no longer used."""
    db.conn.execute(
        """
        CREATE TABLE signing_key (
            id TEXT NOT NULL CONSTRAINT signing_key_pk PRIMARY KEY,
            key_id TEXT NOT NULL,
            public_key TEXT NOT NULL,
            made_on TEXT NOT NULL
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX signing_key_by_key ON signing_key (key_id)")
    db.conn.execute(
        """
        CREATE TABLE signing_key_end (
            id TEXT NOT NULL CONSTRAINT signing_key_end_pk PRIMARY KEY,
            signing_key_id TEXT NOT NULL
                CONSTRAINT signing_key_end_of REFERENCES signing_key (id),
            retired_on TEXT NOT NULL,
            reason TEXT NOT NULL
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX signing_key_end_by_key ON signing_key_end (signing_key_id)")
