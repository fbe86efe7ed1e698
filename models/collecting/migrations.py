"""The collecting room's tables. Frozen: a migration that has been released is never edited."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("collecting")

_TABLES = (
    # What is asked of the schools for a year.
    """CREATE TABLE collect_round (
        id TEXT NOT NULL CONSTRAINT collect_round_pk PRIMARY KEY,
        year INTEGER NOT NULL,
        kinds TEXT NOT NULL,
        due TEXT,
        opened_on TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX collect_round_by_year ON collect_round (year)",
    # The template of one school: it keeps its identity over the whole collection.
    """CREATE TABLE collect_template (
        id TEXT NOT NULL CONSTRAINT collect_template_pk PRIMARY KEY,
        round_id TEXT NOT NULL
            CONSTRAINT collect_template_of REFERENCES collect_round (id) ON DELETE CASCADE,
        school_id TEXT NOT NULL,
        file_name TEXT NOT NULL,
        made_on TEXT NOT NULL,
        person TEXT NOT NULL,
        teachers INTEGER NOT NULL,
        returned_on TEXT,
        returned_rows INTEGER
    ) STRICT""",
    "CREATE INDEX collect_template_by_round ON collect_template (round_id, school_id)",
    # One file of a school that was taken.
    """CREATE TABLE collect_answer (
        id TEXT NOT NULL CONSTRAINT collect_answer_pk PRIMARY KEY,
        round_id TEXT NOT NULL
            CONSTRAINT collect_answer_of REFERENCES collect_round (id) ON DELETE CASCADE,
        template_id TEXT,
        school_id TEXT NOT NULL,
        file_name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        recognised TEXT NOT NULL,
        taken_at TEXT NOT NULL,
        person TEXT NOT NULL,
        row_count INTEGER NOT NULL,
        inserted INTEGER NOT NULL,
        updated INTEGER NOT NULL,
        unchanged INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX collect_answer_by_round ON collect_answer (round_id, school_id)",
    "CREATE INDEX collect_answer_by_file ON collect_answer (sha256)",
    # What is open in it: one problem of one row, with the row as the school wrote it.
    """CREATE TABLE collect_question (
        id TEXT NOT NULL CONSTRAINT collect_question_pk PRIMARY KEY,
        answer_id TEXT NOT NULL
            CONSTRAINT collect_question_of REFERENCES collect_answer (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        sheet TEXT NOT NULL,
        row_no INTEGER NOT NULL,
        letter TEXT NOT NULL,
        field TEXT NOT NULL,
        who TEXT NOT NULL,
        value TEXT NOT NULL,
        severity TEXT NOT NULL,
        code TEXT NOT NULL,
        message TEXT NOT NULL,
        target TEXT NOT NULL,
        cells TEXT NOT NULL,
        state TEXT NOT NULL CONSTRAINT collect_question_state
            CHECK (state IN ('open', 'returned', 'settled'))
    ) STRICT""",
    "CREATE INDEX collect_question_by_answer ON collect_question (answer_id, state)",
)


@migrations()
def m001_collecting(db: Database) -> None:
    """Collections, templates, what came back, what is open in it."""
    for statement in _TABLES:
        db.conn.execute(statement)
