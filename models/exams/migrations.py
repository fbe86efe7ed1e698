"""The exam room's tables. Frozen: a migration that has been released is never edited."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("exams")

_EXAM = """CREATE TABLE exam (
    id TEXT NOT NULL CONSTRAINT exam_pk PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    year INTEGER NOT NULL,
    base TEXT NOT NULL
        CONSTRAINT exam_base CHECK (base IN ('subject', 'class', 'all', 'unit')),
    strata TEXT NOT NULL,
    fraction TEXT NOT NULL,
    rounding TEXT NOT NULL CONSTRAINT exam_rounding
        CHECK (rounding IN ('ceiling', 'half-up-min-1', 'largest-remainder')),
    stage TEXT,
    track TEXT,
    course_id TEXT CONSTRAINT exam_course REFERENCES course (id),
    remark TEXT
) STRICT
"""
_EXAM_FRAME = """CREATE TABLE exam_frame (
    id TEXT NOT NULL CONSTRAINT exam_frame_pk PRIMARY KEY,
    exam_id TEXT NOT NULL CONSTRAINT exam_frame_of REFERENCES exam (id),
    attempt INTEGER NOT NULL,
    base TEXT NOT NULL,
    strata TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    body TEXT NOT NULL,
    excluded TEXT NOT NULL,
    frozen_at TEXT NOT NULL,
    reason TEXT
) STRICT
"""
_EXAM_DRAW = """CREATE TABLE exam_draw (
    id TEXT NOT NULL CONSTRAINT exam_draw_pk PRIMARY KEY,
    exam_id TEXT NOT NULL CONSTRAINT exam_draw_of REFERENCES exam (id),
    frame_id TEXT NOT NULL CONSTRAINT exam_draw_frame REFERENCES exam_frame (id),
    attempt INTEGER NOT NULL,
    seed TEXT NOT NULL,
    record TEXT NOT NULL,
    drawn_at TEXT NOT NULL,
    reason TEXT
) STRICT
"""
_EXAM_PICK = """CREATE TABLE exam_pick (
    id TEXT NOT NULL CONSTRAINT exam_pick_pk PRIMARY KEY,
    draw_id TEXT NOT NULL CONSTRAINT exam_pick_draw REFERENCES exam_draw (id),
    teacher_id TEXT NOT NULL CONSTRAINT exam_pick_teacher REFERENCES teacher (id),
    stratum TEXT NOT NULL,
    place INTEGER NOT NULL
) STRICT
"""


@migrations()
def m001_exams(db: Database) -> None:
    """Exams of a sample: the terms they are drawn by."""
    db.conn.execute(_EXAM)
    db.conn.execute("CREATE INDEX exam_by_code ON exam (code)")


@migrations()
def m002_frames(db: Database) -> None:
    """Frozen frames: the canonical text and its hash, and who was left out for what reason."""
    db.conn.execute(_EXAM_FRAME)
    db.conn.execute("CREATE INDEX exam_frame_by_exam ON exam_frame (exam_id, attempt)")


@migrations()
def m003_draws(db: Database) -> None:
    """Draws with their whole record, and the people drawn."""
    db.conn.execute(_EXAM_DRAW)
    db.conn.execute("CREATE INDEX exam_draw_by_exam ON exam_draw (exam_id, attempt)")
    db.conn.execute(_EXAM_PICK)
    db.conn.execute("CREATE INDEX exam_pick_by_draw ON exam_pick (draw_id, stratum, place)")
    db.conn.execute("CREATE INDEX exam_pick_by_teacher ON exam_pick (teacher_id)")
