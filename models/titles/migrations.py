"""The titles room's tables. Frozen: a migration that has been released is never edited."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("titles")

_TITLE_BATCH = """CREATE TABLE title_batch (
    id TEXT NOT NULL CONSTRAINT title_batch_pk PRIMARY KEY,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    number INTEGER,
    name TEXT NOT NULL,
    year INTEGER NOT NULL,
    quota INTEGER,
    document TEXT,
    remark TEXT,
    opened_on TEXT,
    listed_from TEXT,
    listed_until TEXT,
    granted_on TEXT,
    closed_on TEXT
) STRICT
"""
_TITLE_QUOTA = """CREATE TABLE title_quota (
    id TEXT NOT NULL CONSTRAINT title_quota_pk PRIMARY KEY,
    batch_id TEXT NOT NULL CONSTRAINT title_quota_batch REFERENCES title_batch (id),
    school_id TEXT NOT NULL CONSTRAINT title_quota_school REFERENCES institution (id),
    quota INTEGER NOT NULL
) STRICT
"""
_NOMINATION = """CREATE TABLE nomination (
    id TEXT NOT NULL CONSTRAINT nomination_pk PRIMARY KEY,
    batch_id TEXT NOT NULL CONSTRAINT nomination_batch REFERENCES title_batch (id),
    teacher_id TEXT NOT NULL CONSTRAINT nomination_teacher REFERENCES teacher (id),
    school_id TEXT CONSTRAINT nomination_school REFERENCES institution (id),
    school_name TEXT NOT NULL,
    subject TEXT,
    stage TEXT,
    nominated_by TEXT,
    nominated_on TEXT NOT NULL,
    lesson_score INTEGER,
    contest TEXT,
    merits TEXT,
    findings TEXT,
    waived TEXT,
    state TEXT NOT NULL DEFAULT 'nominated'
        CONSTRAINT nomination_state CHECK (
            state IN ('nominated', 'refused', 'listed', 'granted', 'dropped')
        ),
    reason TEXT
) STRICT
"""
_TITLE_OBJECTION = """CREATE TABLE title_objection (
    id TEXT NOT NULL CONSTRAINT title_objection_pk PRIMARY KEY,
    nomination_id TEXT NOT NULL CONSTRAINT title_objection_nomination REFERENCES nomination (id),
    received_on TEXT NOT NULL,
    sender TEXT,
    text TEXT NOT NULL,
    upheld INTEGER CONSTRAINT title_objection_upheld CHECK (upheld IN (0, 1)),
    decision TEXT,
    decided_by TEXT,
    decided_on TEXT
) STRICT
"""
_TITLE_GRANT = """CREATE TABLE title_grant (
    id TEXT NOT NULL CONSTRAINT title_grant_pk PRIMARY KEY,
    teacher_id TEXT NOT NULL CONSTRAINT title_grant_teacher REFERENCES teacher (id),
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    batch_id TEXT CONSTRAINT title_grant_batch REFERENCES title_batch (id),
    nomination_id TEXT CONSTRAINT title_grant_nomination REFERENCES nomination (id),
    subject TEXT,
    stage TEXT,
    granted_on TEXT,
    ends_on TEXT,
    document TEXT,
    source TEXT,
    certificate_no TEXT,
    remark TEXT,
    ended_on TEXT,
    ended_how TEXT CONSTRAINT title_grant_ended_how
        CHECK (ended_how IN ('withdrawn', 'left', 'mistaken')),
    ended_because TEXT,
    ended_by TEXT,
    consequence TEXT
) STRICT
"""
_TITLE_REVIEW = """CREATE TABLE title_review (
    id TEXT NOT NULL CONSTRAINT title_review_pk PRIMARY KEY,
    grant_id TEXT NOT NULL CONSTRAINT title_review_grant REFERENCES title_grant (id),
    kind TEXT NOT NULL
        CONSTRAINT title_review_kind CHECK (kind IN ('registration', 'recheck')),
    year INTEGER NOT NULL,
    outcome TEXT NOT NULL
        CONSTRAINT title_review_outcome CHECK (outcome IN ('passed', 'failed', 'deferred')),
    duties TEXT,
    reason TEXT,
    decided_by TEXT NOT NULL,
    decided_on TEXT NOT NULL
) STRICT
"""
_TITLE_DUTY = """CREATE TABLE title_duty (
    id TEXT NOT NULL CONSTRAINT title_duty_pk PRIMARY KEY,
    grant_id TEXT NOT NULL CONSTRAINT title_duty_grant REFERENCES title_grant (id),
    done_on TEXT NOT NULL,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    amount INTEGER,
    place TEXT,
    evidence TEXT,
    remark TEXT
) STRICT
"""


@migrations()
def m001_titles(db: Database) -> None:
    """Batches of titles, nominations, grants, reviews, and what was done for a title."""
    db.conn.execute(_TITLE_BATCH)
    db.conn.execute("CREATE INDEX title_batch_by_year ON title_batch (year, kind)")
    db.conn.execute(_TITLE_QUOTA)
    db.conn.execute("CREATE UNIQUE INDEX title_quota_once ON title_quota (batch_id, school_id)")
    db.conn.execute(_NOMINATION)
    db.conn.execute("CREATE UNIQUE INDEX nomination_once ON nomination (batch_id, teacher_id)")
    db.conn.execute("CREATE INDEX nomination_by_teacher ON nomination (teacher_id)")
    db.conn.execute(_TITLE_OBJECTION)
    db.conn.execute("CREATE INDEX title_objection_by_nomination ON title_objection (nomination_id)")
    db.conn.execute(_TITLE_GRANT)
    db.conn.execute("CREATE INDEX title_grant_by_teacher ON title_grant (teacher_id)")
    db.conn.execute("CREATE INDEX title_grant_by_kind ON title_grant (kind, level)")
    db.conn.execute("CREATE INDEX title_grant_by_batch ON title_grant (batch_id)")
    db.conn.execute(_TITLE_REVIEW)
    db.conn.execute("CREATE UNIQUE INDEX title_review_once ON title_review (grant_id, kind, year)")
    db.conn.execute(_TITLE_DUTY)
    db.conn.execute("CREATE INDEX title_duty_by_grant ON title_duty (grant_id, done_on)")
