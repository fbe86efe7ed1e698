"""The sync room's tables. Frozen: a migration that has been released is never edited."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("sync")


@migrations()
def m001_roster(db: Database) -> None:
    """The sites this file exchanges with, and the public keys each had and has."""
    db.conn.execute(
        """
        CREATE TABLE sync_site (
            id TEXT NOT NULL CONSTRAINT sync_site_pk PRIMARY KEY,
            kind TEXT NOT NULL
                CONSTRAINT sync_site_kind CHECK (kind IN ('county', 'school')),
            name TEXT NOT NULL,
            institution_id TEXT NOT NULL,
            invited_on TEXT NOT NULL,
            token TEXT NOT NULL
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX sync_site_by_institution ON sync_site (institution_id)")
    db.conn.execute(
        """
        CREATE TABLE sync_site_key (
            id TEXT NOT NULL CONSTRAINT sync_site_key_pk PRIMARY KEY,
            site_id TEXT NOT NULL CONSTRAINT sync_site_key_of REFERENCES sync_site (id),
            sign_key TEXT NOT NULL,
            seal_key TEXT NOT NULL,
            no INTEGER NOT NULL,
            since TEXT NOT NULL,
            proof TEXT NOT NULL
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX sync_site_key_by_site ON sync_site_key (site_id)")


@migrations()
def m002_ended_sites(db: Database) -> None:
    """Which registrations have ended, since when and why."""
    db.conn.execute(
        """
        CREATE TABLE sync_site_end (
            id TEXT NOT NULL CONSTRAINT sync_site_end_pk PRIMARY KEY,
            site_id TEXT NOT NULL CONSTRAINT sync_site_end_of REFERENCES sync_site (id),
            serial INTEGER NOT NULL,
            ended_on TEXT NOT NULL,
            reason TEXT NOT NULL
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX sync_site_end_by_site ON sync_site_end (site_id)")
