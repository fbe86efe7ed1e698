"""The policies room's tables. Frozen: a migration that has been released is never edited."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("policies")


@migrations()
def m001_own_packs(db: Database) -> None:
    """Rule packs the office wrote itself, and which pack it uses over which days."""
    db.conn.execute(
        """
        CREATE TABLE own_pack (
            id TEXT NOT NULL CONSTRAINT own_pack_pk PRIMARY KEY,
            pack_id TEXT NOT NULL,
            text TEXT NOT NULL
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX own_pack_by_id ON own_pack (pack_id)")
    db.conn.execute(
        """
        CREATE TABLE policy_use (
            id TEXT NOT NULL CONSTRAINT policy_use_pk PRIMARY KEY,
            pack_id TEXT NOT NULL,
            first_day TEXT NOT NULL,
            last_day TEXT NOT NULL,
            CONSTRAINT policy_use_order CHECK (first_day <= last_day)
        ) STRICT
        """
    )
