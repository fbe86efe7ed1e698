"""The certificate room's tables. Frozen: a migration that has been released is never edited."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("certificates")

_CERTIFICATE = """CREATE TABLE certificate (
    id TEXT NOT NULL CONSTRAINT certificate_pk PRIMARY KEY,
    number TEXT NOT NULL,
    series TEXT NOT NULL,
    seq INTEGER NOT NULL,
    form TEXT NOT NULL,
    teacher_id TEXT NOT NULL CONSTRAINT certificate_teacher REFERENCES teacher (id),
    course_id TEXT CONSTRAINT certificate_course REFERENCES course (id),
    holder_no TEXT NOT NULL,
    holder_name TEXT NOT NULL,
    holder_sex TEXT,
    holder_school TEXT,
    holder_id_tail TEXT,
    title TEXT NOT NULL,
    year INTEGER NOT NULL,
    hours INTEGER NOT NULL,
    credits INTEGER,
    score TEXT,
    start_date TEXT,
    end_date TEXT,
    issuer TEXT NOT NULL,
    issued_on TEXT NOT NULL
) STRICT
"""
_CERTIFICATE_EVENT = """CREATE TABLE certificate_event (
    id TEXT NOT NULL CONSTRAINT certificate_event_pk PRIMARY KEY,
    certificate_id TEXT NOT NULL
        CONSTRAINT certificate_event_of REFERENCES certificate (id),
    step INTEGER NOT NULL,
    event TEXT NOT NULL
        CONSTRAINT certificate_event_kind CHECK (event IN ('void', 'restore')),
    happened_on TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT
"""


@migrations()
def m001_certificates(db: Database) -> None:
    """Certificates with the facts of the day they were issued, and the events after it."""
    db.conn.execute(_CERTIFICATE)
    db.conn.execute("CREATE INDEX certificate_by_number ON certificate (number)")
    db.conn.execute("CREATE INDEX certificate_by_series ON certificate (series, seq)")
    db.conn.execute("CREATE INDEX certificate_by_course ON certificate (course_id, teacher_id)")
    db.conn.execute("CREATE INDEX certificate_by_teacher ON certificate (teacher_id)")
    db.conn.execute(_CERTIFICATE_EVENT)
    db.conn.execute(
        "CREATE INDEX certificate_event_by_certificate ON certificate_event (certificate_id, step)"
    )
