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
_SESSION = (
    "kind TEXT NOT NULL DEFAULT 'sample' CONSTRAINT exam_kind CHECK (kind IN ('sample', 'whole'))",
    "mode TEXT CONSTRAINT exam_mode CHECK (mode IN ('paper', 'computer'))",
    "term TEXT",
    "level TEXT",
    "held_on TEXT",
    "starts_at TEXT",
    "ends_at TEXT",
    "places TEXT",
)
_FRAME_TERMS = (
    "status TEXT",
    "post TEXT",
    "gated INTEGER NOT NULL DEFAULT 0 CONSTRAINT exam_gated CHECK (gated IN (0, 1))",
    "quota INTEGER CONSTRAINT exam_quota CHECK (quota > 0)",
    "drawn_before TEXT NOT NULL DEFAULT 'equal'"
    " CONSTRAINT exam_drawn_before CHECK (drawn_before IN ('equal', 'left_out'))",
)
_MARKING = (
    "pass_mark INTEGER CONSTRAINT exam_pass_mark CHECK (pass_mark >= 0)",
    "entries INTEGER NOT NULL DEFAULT 1 CONSTRAINT exam_entries CHECK (entries IN (1, 2))",
    "published_on TEXT",
    "posted_on TEXT",
)
_EXAM_PART = """CREATE TABLE exam_part (
    id TEXT NOT NULL CONSTRAINT exam_part_pk PRIMARY KEY,
    exam_id TEXT NOT NULL CONSTRAINT exam_part_of REFERENCES exam (id),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    weight INTEGER NOT NULL CONSTRAINT exam_part_weight CHECK (weight > 0),
    full_marks INTEGER NOT NULL CONSTRAINT exam_part_full CHECK (full_marks > 0),
    course_id TEXT CONSTRAINT exam_part_course REFERENCES course (id),
    component_id TEXT CONSTRAINT exam_part_component REFERENCES course_component (id)
) STRICT
"""
_EXAM_ITEM = """CREATE TABLE exam_item (
    id TEXT NOT NULL CONSTRAINT exam_item_pk PRIMARY KEY,
    part_id TEXT NOT NULL CONSTRAINT exam_item_of REFERENCES exam_part (id),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    full_marks INTEGER NOT NULL CONSTRAINT exam_item_full CHECK (full_marks > 0)
) STRICT
"""
_EXAM_EXCLUSION = """CREATE TABLE exam_exclusion (
    id TEXT NOT NULL CONSTRAINT exam_exclusion_pk PRIMARY KEY,
    exam_id TEXT NOT NULL CONSTRAINT exam_exclusion_of REFERENCES exam (id),
    teacher_id TEXT NOT NULL CONSTRAINT exam_exclusion_teacher REFERENCES teacher (id),
    reason TEXT NOT NULL,
    signed_by TEXT NOT NULL,
    decided_on TEXT NOT NULL
) STRICT
"""
_EXAM_ROOM = """CREATE TABLE exam_room (
    id TEXT NOT NULL CONSTRAINT exam_room_pk PRIMARY KEY,
    exam_id TEXT NOT NULL CONSTRAINT exam_room_of REFERENCES exam (id),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    place TEXT,
    lanes TEXT NOT NULL,
    left_empty TEXT
) STRICT
"""
_EXAMINEE = """CREATE TABLE examinee (
    id TEXT NOT NULL CONSTRAINT examinee_pk PRIMARY KEY,
    exam_id TEXT NOT NULL CONSTRAINT examinee_of REFERENCES exam (id),
    teacher_id TEXT NOT NULL CONSTRAINT examinee_teacher REFERENCES teacher (id),
    school_id TEXT CONSTRAINT examinee_school REFERENCES institution (id),
    school_name TEXT NOT NULL,
    subject TEXT,
    stage TEXT,
    stratum TEXT NOT NULL,
    origin TEXT NOT NULL
        CONSTRAINT examinee_origin CHECK (origin IN ('drawn', 'reserve', 'whole')),
    replaces TEXT CONSTRAINT examinee_replaces REFERENCES examinee (id),
    state TEXT NOT NULL DEFAULT 'expected' CONSTRAINT examinee_state
        CHECK (state IN ('expected', 'absent', 'excused', 'cheated', 'replaced')),
    reason TEXT,
    admission_no TEXT,
    room_id TEXT CONSTRAINT examinee_room REFERENCES exam_room (id),
    seat INTEGER CONSTRAINT examinee_seat CHECK (seat > 0)
) STRICT
"""
_EXAM_MARK = """CREATE TABLE exam_mark (
    id TEXT NOT NULL CONSTRAINT exam_mark_pk PRIMARY KEY,
    examinee_id TEXT NOT NULL CONSTRAINT exam_mark_of REFERENCES examinee (id),
    part_id TEXT NOT NULL CONSTRAINT exam_mark_part REFERENCES exam_part (id),
    entry INTEGER NOT NULL CONSTRAINT exam_mark_entry CHECK (entry IN (1, 2)),
    points INTEGER NOT NULL CONSTRAINT exam_mark_points CHECK (points >= 0),
    items TEXT,
    entered_by TEXT NOT NULL,
    entered_on TEXT NOT NULL
) STRICT
"""
_EXAM_CORRECTION = """CREATE TABLE exam_correction (
    id TEXT NOT NULL CONSTRAINT exam_correction_pk PRIMARY KEY,
    examinee_id TEXT NOT NULL CONSTRAINT exam_correction_of REFERENCES examinee (id),
    part_id TEXT CONSTRAINT exam_correction_part REFERENCES exam_part (id),
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    corrected_on TEXT NOT NULL
) STRICT
"""
_EXAM_AWARD = """CREATE TABLE exam_award (
    id TEXT NOT NULL CONSTRAINT exam_award_pk PRIMARY KEY,
    exam_id TEXT NOT NULL CONSTRAINT exam_award_of REFERENCES exam (id),
    award TEXT NOT NULL,
    place INTEGER NOT NULL,
    teacher_id TEXT CONSTRAINT exam_award_teacher REFERENCES teacher (id),
    school_id TEXT CONSTRAINT exam_award_school REFERENCES institution (id),
    name TEXT NOT NULL,
    school_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_on TEXT NOT NULL
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


@migrations()
def m004_sessions(db: Database) -> None:
    """When, where and how an exam is held, whom its frame takes, and what its marks are."""
    for column in (*_SESSION, *_FRAME_TERMS, *_MARKING):
        db.conn.execute(f"ALTER TABLE exam ADD COLUMN {column}")
    for table in (_EXAM_PART, _EXAM_ITEM, _EXAM_EXCLUSION):
        db.conn.execute(table)
    db.conn.execute("CREATE INDEX exam_part_by_exam ON exam_part (exam_id, place)")
    db.conn.execute("CREATE INDEX exam_item_by_part ON exam_item (part_id, place)")
    db.conn.execute(
        "CREATE UNIQUE INDEX exam_exclusion_once ON exam_exclusion (exam_id, teacher_id)"
    )


@migrations()
def m005_exam_days(db: Database) -> None:
    """Who sits the exam, in which room and seat, with what marks."""
    for table in (_EXAM_ROOM, _EXAMINEE, _EXAM_MARK, _EXAM_CORRECTION):
        db.conn.execute(table)
    # Not unique: an undo that swaps two seats back puts one row after the other.
    db.conn.execute("CREATE INDEX exam_room_by_exam ON exam_room (exam_id, number)")
    db.conn.execute("CREATE UNIQUE INDEX examinee_once ON examinee (exam_id, teacher_id)")
    db.conn.execute("CREATE INDEX examinee_by_teacher ON examinee (teacher_id)")
    db.conn.execute("CREATE INDEX examinee_by_room ON examinee (room_id, seat)")
    db.conn.execute("CREATE INDEX examinee_by_number ON examinee (exam_id, admission_no)")
    db.conn.execute("CREATE UNIQUE INDEX exam_mark_once ON exam_mark (examinee_id, part_id, entry)")
    db.conn.execute("CREATE INDEX exam_correction_of ON exam_correction (examinee_id)")


@migrations()
def m006_awards(db: Database) -> None:
    """Who was given which award after an exam."""
    db.conn.execute(_EXAM_AWARD)
    db.conn.execute("CREATE INDEX exam_award_by_exam ON exam_award (exam_id, award, place)")


@migrations()
def m007_people_of_frames(db: Database) -> None:
    """Who the numbers of a frame mean, and of which school they were when it was frozen."""
    db.conn.execute("ALTER TABLE exam_frame ADD COLUMN people TEXT")
