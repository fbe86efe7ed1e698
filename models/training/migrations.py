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
_COURSE_TERMS = (
    "theme TEXT",
    "nature TEXT",
    "stages TEXT",
    "subjects TEXT",
    "track TEXT",
    "ethics INTEGER",
    "book TEXT",
    "operator TEXT",
    "place TEXT",
    "days INTEGER",
    "fee INTEGER",
    "quota INTEGER",
    "gated INTEGER",
    "need_attendance INTEGER",
    "need_homework INTEGER",
    "need_posts INTEGER",
    "need_quality INTEGER",
    "project_id TEXT",
    "filed_by TEXT",
    "approval TEXT CONSTRAINT course_approval"
    " CHECK (approval IN ('draft', 'filed', 'approved', 'returned'))",
)
_ENROLMENT_MORE = (
    "state TEXT CONSTRAINT enrolment_state"
    " CHECK (state IN ('chosen', 'supported', 'approved', 'refused', 'replaced'))",
    "replaced_by TEXT",
    "state_reason TEXT",
    "homework INTEGER CONSTRAINT enrolment_homework CHECK (homework >= 0)",
    "posts INTEGER CONSTRAINT enrolment_posts CHECK (posts >= 0)",
    "quality INTEGER CONSTRAINT enrolment_quality CHECK (quality BETWEEN 0 AND 100)",
    "lifted TEXT",
    "first_score INTEGER",
    "first_grade TEXT",
    "first_result TEXT",
)
_TRAINING_EVENT = """CREATE TABLE training_event (
    id TEXT NOT NULL CONSTRAINT training_event_pk PRIMARY KEY,
    about TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    what TEXT NOT NULL,
    person TEXT NOT NULL,
    happened_at TEXT NOT NULL,
    opinion TEXT,
    answers TEXT
) STRICT
"""
_COURSE_QUOTA = """CREATE TABLE course_quota (
    id TEXT NOT NULL CONSTRAINT course_quota_pk PRIMARY KEY,
    course_id TEXT NOT NULL
        CONSTRAINT course_quota_of REFERENCES course (id) ON DELETE CASCADE,
    school_id TEXT NOT NULL CONSTRAINT course_quota_school REFERENCES institution (id),
    quota INTEGER NOT NULL CONSTRAINT course_quota_range CHECK (quota >= 0)
) STRICT
"""
_TITLE_APART = """CREATE TABLE title_apart (
    id TEXT NOT NULL CONSTRAINT title_apart_pk PRIMARY KEY,
    one_key TEXT NOT NULL,
    other_key TEXT NOT NULL,
    told_on TEXT NOT NULL
) STRICT
"""
_TRAINER_BODY = """CREATE TABLE trainer_body (
    id TEXT NOT NULL CONSTRAINT trainer_body_pk PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    kind TEXT NOT NULL
        CONSTRAINT trainer_body_kind CHECK (kind IN ('organizer', 'expert')),
    field TEXT,
    contact TEXT,
    state TEXT NOT NULL CONSTRAINT trainer_body_state
        CHECK (state IN ('applied', 'accredited', 'cancelled')),
    valid_until TEXT,
    card TEXT CONSTRAINT trainer_body_card CHECK (card IN ('yellow')),
    deadline TEXT,
    remark TEXT
) STRICT
"""
_COURSE_SESSION = """CREATE TABLE course_session (
    id TEXT NOT NULL CONSTRAINT course_session_pk PRIMARY KEY,
    course_id TEXT NOT NULL
        CONSTRAINT course_session_of REFERENCES course (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    held_on TEXT NOT NULL,
    topic TEXT,
    hours INTEGER CONSTRAINT course_session_hours CHECK (hours > 0)
) STRICT
"""
_ATTENDANCE = """CREATE TABLE attendance (
    id TEXT NOT NULL CONSTRAINT attendance_pk PRIMARY KEY,
    session_id TEXT NOT NULL
        CONSTRAINT attendance_session REFERENCES course_session (id) ON DELETE CASCADE,
    enrolment_id TEXT NOT NULL
        CONSTRAINT attendance_enrolment REFERENCES enrolment (id) ON DELETE CASCADE,
    state TEXT NOT NULL CONSTRAINT attendance_state
        CHECK (state IN ('present', 'late', 'leave', 'absent'))
) STRICT
"""
_GATE_EVIDENCE = """CREATE TABLE gate_evidence (
    id TEXT NOT NULL CONSTRAINT gate_evidence_pk PRIMARY KEY,
    enrolment_id TEXT NOT NULL
        CONSTRAINT gate_evidence_of REFERENCES enrolment (id) ON DELETE CASCADE,
    item TEXT NOT NULL CONSTRAINT gate_evidence_item
        CHECK (item IN ('attendance', 'homework', 'posts', 'quality')),
    note TEXT NOT NULL,
    person TEXT NOT NULL,
    accepted_on TEXT NOT NULL
) STRICT
"""
_COURSE_COMPONENT = """CREATE TABLE course_component (
    id TEXT NOT NULL CONSTRAINT course_component_pk PRIMARY KEY,
    course_id TEXT NOT NULL
        CONSTRAINT course_component_of REFERENCES course (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    weight INTEGER NOT NULL CONSTRAINT course_component_weight CHECK (weight > 0)
) STRICT
"""
_COMPONENT_MARK = """CREATE TABLE component_mark (
    id TEXT NOT NULL CONSTRAINT component_mark_pk PRIMARY KEY,
    component_id TEXT NOT NULL
        CONSTRAINT component_mark_of REFERENCES course_component (id) ON DELETE CASCADE,
    enrolment_id TEXT NOT NULL
        CONSTRAINT component_mark_enrolment REFERENCES enrolment (id) ON DELETE CASCADE,
    score INTEGER,
    word TEXT
) STRICT
"""
_LEDGER_CLAIM = """CREATE TABLE ledger_claim (
    id TEXT NOT NULL CONSTRAINT ledger_claim_pk PRIMARY KEY,
    teacher_id TEXT NOT NULL CONSTRAINT ledger_claim_teacher REFERENCES teacher (id),
    year INTEGER NOT NULL,
    course TEXT NOT NULL,
    title_key TEXT NOT NULL,
    category TEXT,
    theme TEXT,
    level TEXT,
    nature TEXT,
    organizer TEXT,
    start_date TEXT,
    end_date TEXT,
    hours INTEGER NOT NULL,
    credits INTEGER,
    kind TEXT NOT NULL CONSTRAINT ledger_claim_kind CHECK (kind IN ('record', 'offset')),
    ground TEXT,
    reason TEXT,
    evidence TEXT,
    source TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ledger_claim_state
        CHECK (state IN ('entered', 'approved', 'returned', 'posted')),
    entered_by TEXT NOT NULL,
    entered_on TEXT NOT NULL,
    approved_by TEXT,
    verified_by TEXT,
    opinion TEXT
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


@migrations()
def m005_course_terms(db: Database) -> None:
    """What a course is for, where, for how much; its approval, quotas and what was decided."""
    for column in _COURSE_TERMS:
        db.conn.execute(f"ALTER TABLE course ADD COLUMN {column}")
    db.conn.execute(
        "CREATE INDEX course_by_project ON course (project_id) WHERE project_id IS NOT NULL"
    )
    db.conn.execute(_TRAINING_EVENT)
    db.conn.execute("CREATE INDEX training_event_by_subject ON training_event (subject_id)")
    db.conn.execute(_COURSE_QUOTA)
    db.conn.execute("CREATE INDEX course_quota_by_course ON course_quota (course_id, school_id)")
    db.conn.execute(_TITLE_APART)
    db.conn.execute(_TRAINER_BODY)


@migrations()
def m006_class_work(db: Database) -> None:
    """How people come into a course and what they do in it, to the parts of their score."""
    for column in _ENROLMENT_MORE:
        db.conn.execute(f"ALTER TABLE enrolment ADD COLUMN {column}")
    for table in (
        _COURSE_SESSION, _ATTENDANCE, _GATE_EVIDENCE, _COURSE_COMPONENT, _COMPONENT_MARK,
    ):  # fmt: skip
        db.conn.execute(table)
    db.conn.execute("CREATE INDEX course_session_by_course ON course_session (course_id)")
    db.conn.execute("CREATE INDEX attendance_by_session ON attendance (session_id, enrolment_id)")
    db.conn.execute("CREATE INDEX attendance_by_enrolment ON attendance (enrolment_id)")
    db.conn.execute("CREATE INDEX gate_evidence_by_enrolment ON gate_evidence (enrolment_id)")
    db.conn.execute("CREATE INDEX course_component_by_course ON course_component (course_id)")
    db.conn.execute("CREATE INDEX component_mark_by_enrolment ON component_mark (enrolment_id)")
    db.conn.execute("CREATE INDEX component_mark_by_component ON component_mark (component_id)")


@migrations()
def m007_claims(db: Database) -> None:
    """Hours somebody claims, until the office's steps are done and they become an entry."""
    db.conn.execute(_LEDGER_CLAIM)
    db.conn.execute("CREATE INDEX ledger_claim_by_state ON ledger_claim (state, entered_on)")
    db.conn.execute("CREATE INDEX ledger_claim_by_teacher ON ledger_claim (teacher_id)")
