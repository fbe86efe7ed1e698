"""The stamping room's tables. Frozen: a migration that has been released is never edited."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("stamping")


@migrations()
def m001_runs(db: Database) -> None:
    """Runs over a year, and in each run one line for each teacher; stamped lines stay."""
    db.conn.execute(
        """
        CREATE TABLE stamp_run (
            id TEXT NOT NULL CONSTRAINT stamp_run_pk PRIMARY KEY,
            year INTEGER NOT NULL,
            pack_id TEXT NOT NULL,
            opened_on TEXT NOT NULL,
            state TEXT NOT NULL CONSTRAINT stamp_run_state CHECK (state IN ('open', 'closed')),
            note TEXT
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX stamp_run_by_year ON stamp_run (year)")
    db.conn.execute(
        """
        CREATE TABLE stamp_line (
            id TEXT NOT NULL CONSTRAINT stamp_line_pk PRIMARY KEY,
            run_id TEXT NOT NULL CONSTRAINT stamp_line_run REFERENCES stamp_run (id),
            teacher_id TEXT NOT NULL CONSTRAINT stamp_line_teacher REFERENCES teacher (id),
            teacher_no TEXT NOT NULL,
            name TEXT NOT NULL,
            school_id TEXT CONSTRAINT stamp_line_school REFERENCES institution (id),
            school_name TEXT NOT NULL,
            outcome TEXT NOT NULL
                CONSTRAINT stamp_line_outcome CHECK (outcome IN ('ready', 'blocked', 'open')),
            reasons TEXT NOT NULL,
            hours INTEGER NOT NULL,
            credits INTEGER NOT NULL,
            judged_on TEXT NOT NULL,
            stamped_on TEXT,
            stamped_by TEXT,
            register TEXT,
            voided_on TEXT,
            voided_because TEXT
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX stamp_line_by_run ON stamp_line (run_id, school_id)")
    db.conn.execute("CREATE INDEX stamp_line_by_teacher ON stamp_line (teacher_id)")


@migrations()
def m002_one_stamp(db: Database) -> None:
    """One valid stamp for a teacher and year: of two that an undo left, the later one stands."""
    db.conn.execute(
        """
        UPDATE stamp_line SET voided_on = kept.day,
            voided_because = '同一年度验印两次，以后一次为准'
        FROM (SELECT id, FIRST_VALUE(id) OVER latest AS stands,
                FIRST_VALUE(stamped_on) OVER latest AS day
            FROM stamp_line WHERE stamped_on IS NOT NULL AND voided_on IS NULL
            WINDOW latest AS (PARTITION BY run_id, teacher_id
                ORDER BY stamped_on DESC, judged_on DESC, rowid DESC)) AS kept
        WHERE kept.id = stamp_line.id AND kept.stands <> stamp_line.id
        """
    )
    db.conn.execute(
        "CREATE UNIQUE INDEX stamp_line_once ON stamp_line (run_id, teacher_id)"
        " WHERE stamped_on IS NOT NULL AND voided_on IS NULL"
    )
