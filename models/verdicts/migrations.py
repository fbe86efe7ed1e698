"""The verdicts room's tables. Frozen: a migration that has been released is never edited."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("verdicts")

_EXEMPTION = """CREATE TABLE exemption (
    id TEXT NOT NULL CONSTRAINT exemption_pk PRIMARY KEY,
    teacher_id TEXT NOT NULL CONSTRAINT exemption_of REFERENCES teacher (id),
    ground TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL
        CONSTRAINT exemption_state CHECK (state IN ('filed', 'approved', 'refused')),
    decided_by TEXT,
    decided_on TEXT,
    opinion TEXT,
    CONSTRAINT exemption_order CHECK (first_day <= last_day)
) STRICT
"""
_VETO = """CREATE TABLE veto (
    id TEXT NOT NULL CONSTRAINT veto_pk PRIMARY KEY,
    teacher_id TEXT NOT NULL CONSTRAINT veto_of REFERENCES teacher (id),
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    reason TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    lifted_on TEXT,
    lifted_because TEXT
) STRICT
"""
_REPORTED_FIGURE = """CREATE TABLE reported_figure (
    id TEXT NOT NULL CONSTRAINT reported_figure_pk PRIMARY KEY,
    institution_id TEXT CONSTRAINT reported_figure_of REFERENCES institution (id),
    year INTEGER NOT NULL,
    name TEXT NOT NULL,
    amount INTEGER NOT NULL CONSTRAINT reported_figure_amount CHECK (amount >= 0)
) STRICT
"""


@migrations()
def m001_what_entries_do_not_say(db: Database) -> None:
    """Leave that lessens what is owed, vetoes, and figures that institutions report."""
    db.conn.execute(_EXEMPTION)
    db.conn.execute("CREATE INDEX exemption_by_teacher ON exemption (teacher_id)")
    db.conn.execute(_VETO)
    db.conn.execute("CREATE INDEX veto_by_teacher ON veto (teacher_id)")
    db.conn.execute(_REPORTED_FIGURE)
    db.conn.execute("CREATE INDEX reported_figure_by_year ON reported_figure (year, name)")


@migrations()
def m002_where_vetoes_come_from(db: Database) -> None:
    """What put a veto down (a failed exam), so that the same thing can lift it."""
    db.conn.execute("ALTER TABLE veto ADD COLUMN source TEXT")
    db.conn.execute("CREATE INDEX veto_by_source ON veto (source) WHERE source IS NOT NULL")
