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


_POST_BOOK = (
    """CREATE TABLE sync_sent (
        id TEXT NOT NULL CONSTRAINT sync_sent_pk PRIMARY KEY,
        site_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        written_at TEXT NOT NULL,
        base TEXT NOT NULL,
        upto INTEGER NOT NULL,
        file_name TEXT NOT NULL,
        size INTEGER NOT NULL,
        received INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX sync_sent_by_site ON sync_sent (site_id, number)",
    """CREATE TABLE sync_read (
        id TEXT NOT NULL CONSTRAINT sync_read_pk PRIMARY KEY,
        site_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        read_at TEXT NOT NULL,
        state TEXT NOT NULL
            CONSTRAINT sync_read_state CHECK (state IN ('applied', 'gap')),
        changes INTEGER NOT NULL,
        conflicts INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX sync_read_by_site ON sync_read (site_id, number)",
    """CREATE TABLE sync_standing (
        site_id TEXT NOT NULL CONSTRAINT sync_standing_pk PRIMARY KEY,
        acked TEXT NOT NULL,
        upto INTEGER NOT NULL,
        owed TEXT NOT NULL,
        want TEXT NOT NULL
            CONSTRAINT sync_standing_want CHECK (want IN ('', 'gap', 'differs')),
        asked INTEGER NOT NULL,
        rolled_back INTEGER NOT NULL,
        differs INTEGER NOT NULL,
        conflicts INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE sync_guest (
        id TEXT NOT NULL CONSTRAINT sync_guest_pk PRIMARY KEY
    ) STRICT""",
)


@migrations()
def m003_post_book(db: Database) -> None:
    """What was sent to whom, what came from whom, and how things stand with each partner."""
    for statement in _POST_BOOK:
        db.conn.execute(statement)


@migrations()
def m004_receipts_written(db: Database) -> None:
    """Which package of theirs each of ours acknowledged: what is owed is told without a clock."""
    db.conn.execute("ALTER TABLE sync_sent ADD COLUMN ack TEXT NOT NULL DEFAULT ''")
