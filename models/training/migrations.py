"""The training room's tables. Frozen: a migration that has been released is never edited."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("training")

_COURSE = """CREATE TABLE course (
    id TEXT NOT NULL CONSTRAINT course_pk PRIMARY KEY,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    year INTEGER NOT NULL,
    hours INTEGER NOT NULL CONSTRAINT course_hours CHECK (hours > 0),
    credits INTEGER CONSTRAINT course_credits CHECK (credits >= 0),
    category TEXT,
    level TEXT,
    organizer TEXT,
    start_date TEXT,
    end_date TEXT,
    pass_mark INTEGER,
    status TEXT NOT NULL
        CONSTRAINT course_status CHECK (status IN ('planned', 'open', 'closed')),
    remark TEXT
) STRICT
"""
_COURSE_ALIAS = """CREATE TABLE course_alias (
    id TEXT NOT NULL CONSTRAINT course_alias_pk PRIMARY KEY,
    course_id TEXT NOT NULL
        CONSTRAINT course_alias_of REFERENCES course (id) ON DELETE CASCADE,
    alias TEXT NOT NULL,
    alias_key TEXT NOT NULL
) STRICT
"""
_ENROLMENT = """CREATE TABLE enrolment (
    id TEXT NOT NULL CONSTRAINT enrolment_pk PRIMARY KEY,
    course_id TEXT NOT NULL CONSTRAINT enrolment_course REFERENCES course (id),
    teacher_id TEXT NOT NULL CONSTRAINT enrolment_teacher REFERENCES teacher (id),
    school_id TEXT CONSTRAINT enrolment_school REFERENCES institution (id),
    enrolled_on TEXT NOT NULL,
    score INTEGER,
    grade TEXT,
    result TEXT CONSTRAINT enrolment_result
        CHECK (result IN ('passed', 'failed', 'absent', 'excused', 'cheated')),
    remark TEXT
) STRICT
"""
_LEDGER_ENTRY = """CREATE TABLE ledger_entry (
    id TEXT NOT NULL CONSTRAINT ledger_entry_pk PRIMARY KEY,
    teacher_id TEXT NOT NULL CONSTRAINT ledger_teacher REFERENCES teacher (id),
    course_id TEXT CONSTRAINT ledger_course REFERENCES course (id),
    year INTEGER NOT NULL,
    course_title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    category TEXT,
    level TEXT,
    organizer TEXT,
    start_date TEXT,
    end_date TEXT,
    hours INTEGER NOT NULL,
    credits INTEGER,
    credits_rule TEXT,
    score TEXT,
    remark TEXT,
    kind TEXT NOT NULL CONSTRAINT ledger_kind
        CHECK (kind IN ('record', 'course', 'offset', 'reversal')),
    reverses TEXT CONSTRAINT ledger_reverses REFERENCES ledger_entry (id),
    source TEXT NOT NULL,
    posted_on TEXT NOT NULL,
    school_id TEXT CONSTRAINT ledger_school REFERENCES institution (id),
    school_name TEXT,
    post TEXT,
    title TEXT,
    stage TEXT,
    subject TEXT,
    education TEXT
) STRICT
"""


@migrations()
def m001_courses(db: Database) -> None:
    """Courses, and the other spellings their titles come in."""
    db.conn.execute(_COURSE)
    db.conn.execute("CREATE INDEX course_by_code ON course (code)")
    db.conn.execute("CREATE INDEX course_by_year ON course (year, title)")
    db.conn.execute(_COURSE_ALIAS)
    db.conn.execute("CREATE INDEX course_alias_by_course ON course_alias (course_id)")


@migrations()
def m002_enrolments(db: Database) -> None:
    """Who takes which course, and with what result."""
    db.conn.execute(_ENROLMENT)
    db.conn.execute("CREATE INDEX enrolment_by_course ON enrolment (course_id, teacher_id)")
    db.conn.execute("CREATE INDEX enrolment_by_teacher ON enrolment (teacher_id)")


@migrations()
def m003_ledger(db: Database) -> None:
    """The ledger of hours and credits, in hundredths; entries only ever add.

    The first index answers every sum by teacher, year and category without touching the table.
    """
    db.conn.execute(_LEDGER_ENTRY)
    db.conn.execute(
        "CREATE INDEX ledger_sums ON ledger_entry (teacher_id, year, category, hours, credits)"
    )
    db.conn.execute("CREATE INDEX ledger_by_year ON ledger_entry (year, teacher_id)")
    db.conn.execute(
        "CREATE INDEX ledger_by_course ON ledger_entry (course_id, teacher_id)"
        " WHERE course_id IS NOT NULL"
    )
    db.conn.execute(
        "CREATE INDEX ledger_by_reversed ON ledger_entry (reverses) WHERE reverses IS NOT NULL"
    )


@migrations()
def m004_ledger_facts(db: Database) -> None:
    """What else rules look at (项目类别, 课程性质), and how an entry came to be accepted.

    The index that answers every sum is made anew to hold what rules filter by.
    """
    for column in (
        "theme", "nature", "ground", "evidence", "entered_by", "approved_by", "verified_by",
    ):  # fmt: skip
        db.conn.execute(f"ALTER TABLE ledger_entry ADD COLUMN {column} TEXT")
    db.conn.execute("DROP INDEX ledger_sums")
    db.conn.execute(
        "CREATE INDEX ledger_sums ON ledger_entry"
        " (teacher_id, year, category, theme, level, nature, kind, hours, credits)"
    )
