"""The office room's tables. Frozen: a migration that has been released is never edited."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("office")


@migrations()
def m001_settings(db: Database) -> None:
    """What the office is and how it wants things, by name."""
    db.conn.execute(
        """
        CREATE TABLE setting (
            id TEXT NOT NULL CONSTRAINT setting_pk PRIMARY KEY,
            name TEXT NOT NULL,
            value TEXT NOT NULL
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX setting_by_name ON setting (name)")


@migrations()
def m002_code_entries(db: Database) -> None:
    """Entries and aliases that the office added to the shipped code tables."""
    db.conn.execute(
        """
        CREATE TABLE code_entry (
            id TEXT NOT NULL CONSTRAINT code_entry_pk PRIMARY KEY,
            code_table TEXT NOT NULL,
            code TEXT NOT NULL,
            name TEXT NOT NULL,
            aliases TEXT NOT NULL,
            external TEXT NOT NULL,
            hidden INTEGER NOT NULL CONSTRAINT code_entry_hidden CHECK (hidden IN (0, 1))
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX code_entry_by_table ON code_entry (code_table, code)")


@migrations()
def m003_printers(db: Database) -> None:
    """How far each printer's tray prints off: shifts in 1/100 mm, scales in millionths of 1."""
    db.conn.execute(
        """
        CREATE TABLE printer_tray (
            id TEXT NOT NULL CONSTRAINT printer_tray_pk PRIMARY KEY,
            printer TEXT NOT NULL,
            tray TEXT NOT NULL,
            paper TEXT NOT NULL,
            right INTEGER NOT NULL,
            down INTEGER NOT NULL,
            wider INTEGER NOT NULL,
            taller INTEGER NOT NULL,
            measured_on TEXT NOT NULL
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX printer_tray_by_printer ON printer_tray (printer, tray)")
