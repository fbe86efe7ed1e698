"""The uploads room's tables. Frozen: a migration that has been released is never edited."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("uploads")

_TABLES = (
    # Empty workbooks as authorities sent them, as text so that they are journalled.
    """CREATE TABLE upload_book (
        id TEXT NOT NULL CONSTRAINT upload_book_pk PRIMARY KEY,
        file_name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        content_base64 TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX upload_book_by_content ON upload_book (sha256)",
    # Forms of the office's own: the text of a TOML file each.
    """CREATE TABLE upload_form (
        id TEXT NOT NULL CONSTRAINT upload_form_pk PRIMARY KEY,
        name TEXT NOT NULL,
        text TEXT NOT NULL,
        book_id TEXT CONSTRAINT upload_form_book REFERENCES upload_book (id)
    ) STRICT""",
    "CREATE INDEX upload_form_by_name ON upload_form (name)",
    # One file that was built, with the form as it was.
    """CREATE TABLE upload (
        id TEXT NOT NULL CONSTRAINT upload_pk PRIMARY KEY,
        form TEXT NOT NULL,
        title TEXT NOT NULL,
        year INTEGER NOT NULL,
        scope TEXT NOT NULL,
        built_at TEXT NOT NULL,
        person TEXT NOT NULL,
        file_name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        row_count INTEGER NOT NULL,
        part INTEGER NOT NULL,
        parts INTEGER NOT NULL,
        form_text TEXT NOT NULL,
        book_id TEXT CONSTRAINT upload_book_used REFERENCES upload_book (id),
        sent_on TEXT
    ) STRICT""",
    "CREATE INDEX upload_by_form ON upload (form, year, built_at)",
    # Its rows as sent, what rounding kept back, and what became of each.
    """CREATE TABLE upload_row (
        id TEXT NOT NULL CONSTRAINT upload_row_pk PRIMARY KEY,
        upload_id TEXT NOT NULL
            CONSTRAINT upload_row_of REFERENCES upload (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        subject_id TEXT NOT NULL,
        teacher_id TEXT,
        caption TEXT NOT NULL,
        row_key TEXT NOT NULL,
        cells TEXT NOT NULL,
        held TEXT NOT NULL,
        state TEXT NOT NULL CONSTRAINT upload_row_state
            CHECK (state IN ('waiting', 'accepted', 'refused', 'unknown')),
        message TEXT,
        number TEXT,
        returned_on TEXT
    ) STRICT""",
    "CREATE INDEX upload_row_by_upload ON upload_row (upload_id, place)",
    "CREATE INDEX upload_row_by_subject ON upload_row (subject_id)",
    "CREATE INDEX upload_row_by_key ON upload_row (row_key)",
    "CREATE INDEX upload_row_by_teacher ON upload_row (teacher_id)",
    # Result workbooks that were read.
    """CREATE TABLE upload_return (
        id TEXT NOT NULL CONSTRAINT upload_return_pk PRIMARY KEY,
        form TEXT NOT NULL,
        file_name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        read_at TEXT NOT NULL,
        person TEXT NOT NULL,
        accepted INTEGER NOT NULL,
        refused INTEGER NOT NULL,
        unknown INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX upload_return_by_file ON upload_return (sha256)",
    # Numbers that a higher system gave to our teachers.
    """CREATE TABLE given_number (
        id TEXT NOT NULL CONSTRAINT given_number_pk PRIMARY KEY,
        teacher_id TEXT NOT NULL
            CONSTRAINT given_number_of REFERENCES teacher (id) ON DELETE CASCADE,
        receiver TEXT NOT NULL,
        number TEXT NOT NULL,
        given_on TEXT NOT NULL,
        source TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX given_number_by_teacher ON given_number (teacher_id, receiver)",
    # Transfers that go through sign-offs in the higher system, followed by hand.
    """CREATE TABLE upload_transfer (
        id TEXT NOT NULL CONSTRAINT upload_transfer_pk PRIMARY KEY,
        teacher_id TEXT NOT NULL
            CONSTRAINT upload_transfer_of REFERENCES teacher (id) ON DELETE CASCADE,
        receiver TEXT NOT NULL,
        direction TEXT NOT NULL
            CONSTRAINT upload_transfer_way CHECK (direction IN ('in', 'out', 'within')),
        from_school TEXT NOT NULL,
        to_school TEXT NOT NULL,
        filed_on TEXT NOT NULL,
        note TEXT,
        state TEXT NOT NULL CONSTRAINT upload_transfer_state
            CHECK (state IN ('open', 'done', 'refused', 'withdrawn'))
    ) STRICT""",
    "CREATE INDEX upload_transfer_by_teacher ON upload_transfer (teacher_id)",
    """CREATE TABLE upload_transfer_step (
        id TEXT NOT NULL CONSTRAINT upload_transfer_step_pk PRIMARY KEY,
        transfer_id TEXT NOT NULL CONSTRAINT upload_transfer_step_of
            REFERENCES upload_transfer (id) ON DELETE CASCADE,
        step INTEGER NOT NULL,
        what TEXT NOT NULL,
        person TEXT NOT NULL,
        happened_on TEXT NOT NULL,
        opinion TEXT
    ) STRICT""",
    "CREATE INDEX upload_transfer_step_by_transfer ON upload_transfer_step (transfer_id, step)",
)


@migrations()
def m001_uploads(db: Database) -> None:
    """Forms, what was sent and what came back, numbers given there, transfers there."""
    for statement in _TABLES:
        db.conn.execute(statement)


_COUNTIES = (
    # What counties handed in to a city's office, each in the place of its earlier one.
    """CREATE TABLE county_upload (
        id TEXT NOT NULL CONSTRAINT county_upload_pk PRIMARY KEY,
        form TEXT NOT NULL,
        year INTEGER NOT NULL,
        region TEXT NOT NULL,
        county TEXT NOT NULL,
        file_name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        taken_at TEXT NOT NULL,
        person TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX county_upload_by_form ON county_upload (form, year, region)",
    """CREATE TABLE county_row (
        id TEXT NOT NULL CONSTRAINT county_row_pk PRIMARY KEY,
        county_upload_id TEXT NOT NULL
            CONSTRAINT county_row_of REFERENCES county_upload (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        row_key TEXT NOT NULL,
        cells TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX county_row_by_upload ON county_row (county_upload_id, place)",
)


@migrations()
def m002_counties(db: Database) -> None:
    """What counties handed in."""
    for statement in _COUNTIES:
        db.conn.execute(statement)
