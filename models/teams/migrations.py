"""The teams room's tables. Frozen: a migration that has been released is never edited."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("teams")

_TEAM = """CREATE TABLE team (
    id TEXT NOT NULL CONSTRAINT team_pk PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    stage TEXT,
    subject TEXT,
    track TEXT,
    host_id TEXT CONSTRAINT team_host REFERENCES institution (id),
    starts_on TEXT,
    ends_on TEXT,
    remark TEXT,
    ended_on TEXT,
    ended_because TEXT
) STRICT
"""
_TEAM_MEMBER = """CREATE TABLE team_member (
    id TEXT NOT NULL CONSTRAINT team_member_pk PRIMARY KEY,
    team_id TEXT NOT NULL CONSTRAINT team_member_team REFERENCES team (id),
    teacher_id TEXT NOT NULL CONSTRAINT team_member_teacher REFERENCES teacher (id),
    role TEXT NOT NULL,
    starts_on TEXT,
    exception TEXT,
    ends_on TEXT,
    ended_because TEXT
) STRICT
"""
_TEAM_SCHOOL = """CREATE TABLE team_school (
    id TEXT NOT NULL CONSTRAINT team_school_pk PRIMARY KEY,
    team_id TEXT NOT NULL CONSTRAINT team_school_team REFERENCES team (id),
    school_id TEXT NOT NULL
        CONSTRAINT team_school_school REFERENCES institution (id) ON DELETE CASCADE
) STRICT
"""
_TEAM_COURSE = """CREATE TABLE team_course (
    id TEXT NOT NULL CONSTRAINT team_course_pk PRIMARY KEY,
    team_id TEXT NOT NULL CONSTRAINT team_course_team REFERENCES team (id),
    course_id TEXT NOT NULL
        CONSTRAINT team_course_course REFERENCES course (id) ON DELETE CASCADE
) STRICT
"""
_TEAM_PLAN = """CREATE TABLE team_plan (
    id TEXT NOT NULL CONSTRAINT team_plan_pk PRIMARY KEY,
    team_id TEXT NOT NULL CONSTRAINT team_plan_team REFERENCES team (id),
    term TEXT NOT NULL,
    goals TEXT NOT NULL,
    items TEXT,
    state TEXT NOT NULL DEFAULT 'draft'
        CONSTRAINT team_plan_state CHECK (state IN ('draft', 'submitted', 'approved', 'returned')),
    opinion TEXT,
    decided_by TEXT,
    decided_on TEXT
) STRICT
"""
_TEAM_ACTIVITY = """CREATE TABLE team_activity (
    id TEXT NOT NULL CONSTRAINT team_activity_pk PRIMARY KEY,
    team_id TEXT NOT NULL CONSTRAINT team_activity_team REFERENCES team (id),
    held_on TEXT NOT NULL,
    until TEXT,
    kind TEXT NOT NULL,
    topic TEXT NOT NULL,
    place TEXT,
    course_id TEXT CONSTRAINT team_activity_course REFERENCES course (id),
    hours INTEGER,
    amount INTEGER,
    evidence TEXT,
    remark TEXT,
    posted_on TEXT
) STRICT
"""
_ACTIVITY_PERSON = """CREATE TABLE activity_person (
    id TEXT NOT NULL CONSTRAINT activity_person_pk PRIMARY KEY,
    activity_id TEXT NOT NULL CONSTRAINT activity_person_activity REFERENCES team_activity (id),
    teacher_id TEXT NOT NULL CONSTRAINT activity_person_teacher REFERENCES teacher (id),
    part TEXT NOT NULL
        CONSTRAINT activity_person_part CHECK (part IN ('trainer', 'participant')),
    hours INTEGER
) STRICT
"""
_TEAM_REVIEW = """CREATE TABLE team_review (
    id TEXT NOT NULL CONSTRAINT team_review_pk PRIMARY KEY,
    team_id TEXT NOT NULL CONSTRAINT team_review_team REFERENCES team (id),
    member_id TEXT CONSTRAINT team_review_member REFERENCES team_member (id),
    year INTEGER NOT NULL,
    score INTEGER,
    grade TEXT,
    remark TEXT,
    decided_by TEXT NOT NULL,
    decided_on TEXT NOT NULL
) STRICT
"""


@migrations()
def m001_teams(db: Database) -> None:
    """Teams, their members, schools, courses and plans, and what they did with whom."""
    db.conn.execute(_TEAM)
    db.conn.execute("CREATE INDEX team_by_kind ON team (kind)")
    db.conn.execute(_TEAM_MEMBER)
    db.conn.execute("CREATE INDEX team_member_by_team ON team_member (team_id)")
    db.conn.execute("CREATE INDEX team_member_by_teacher ON team_member (teacher_id)")
    db.conn.execute(_TEAM_SCHOOL)
    db.conn.execute("CREATE INDEX team_school_by_team ON team_school (team_id, school_id)")
    db.conn.execute(_TEAM_COURSE)
    db.conn.execute("CREATE INDEX team_course_by_team ON team_course (team_id, course_id)")
    db.conn.execute(_TEAM_PLAN)
    db.conn.execute("CREATE INDEX team_plan_by_team ON team_plan (team_id, term)")
    db.conn.execute(_TEAM_ACTIVITY)
    db.conn.execute("CREATE INDEX team_activity_by_team ON team_activity (team_id, held_on)")
    db.conn.execute(_ACTIVITY_PERSON)
    db.conn.execute(
        "CREATE INDEX activity_person_by_activity ON activity_person (activity_id, teacher_id)"
    )
    db.conn.execute("CREATE INDEX activity_person_by_teacher ON activity_person (teacher_id)")
    db.conn.execute(_TEAM_REVIEW)
    db.conn.execute("CREATE INDEX team_review_by_team ON team_review (team_id, year)")
