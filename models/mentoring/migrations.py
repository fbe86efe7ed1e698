"""The mentoring room's tables. Frozen: a migration that has been released is never edited."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("mentoring")

_PROGRAMME = """CREATE TABLE programme (
    id TEXT NOT NULL CONSTRAINT programme_pk PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    goals TEXT,
    tasks TEXT,
    document TEXT,
    remark TEXT,
    terms TEXT,
    ended_on TEXT,
    ended_because TEXT
) STRICT
"""
_SURVEY_ANSWER = """CREATE TABLE survey_answer (
    id TEXT NOT NULL CONSTRAINT survey_answer_pk PRIMARY KEY,
    programme_id TEXT NOT NULL CONSTRAINT survey_answer_programme REFERENCES programme (id),
    survey TEXT NOT NULL,
    school_id TEXT CONSTRAINT survey_answer_school REFERENCES institution (id),
    teacher_id TEXT CONSTRAINT survey_answer_teacher REFERENCES teacher (id),
    side TEXT CONSTRAINT survey_answer_side CHECK (side IN ('helps', 'helped')),
    subject TEXT,
    stage TEXT,
    people INTEGER,
    wish TEXT,
    other_school_id TEXT CONSTRAINT survey_answer_other REFERENCES institution (id),
    remark TEXT,
    answered_on TEXT NOT NULL,
    source TEXT
) STRICT
"""
_PARTICIPANT_WISH = """CREATE TABLE participant_wish (
    id TEXT NOT NULL CONSTRAINT participant_wish_pk PRIMARY KEY,
    programme_id TEXT NOT NULL CONSTRAINT participant_wish_programme REFERENCES programme (id),
    teacher_id TEXT NOT NULL CONSTRAINT participant_wish_teacher REFERENCES teacher (id),
    part TEXT NOT NULL
        CONSTRAINT participant_wish_part CHECK (part IN ('mentor', 'mentee')),
    school_id TEXT CONSTRAINT participant_wish_school REFERENCES institution (id),
    subject TEXT,
    stage TEXT,
    capacity INTEGER,
    wants TEXT,
    avoids TEXT,
    remark TEXT
) STRICT
"""
_PAIR = """CREATE TABLE pair (
    id TEXT NOT NULL CONSTRAINT pair_pk PRIMARY KEY,
    programme_id TEXT NOT NULL CONSTRAINT pair_programme REFERENCES programme (id),
    mentor_id TEXT NOT NULL CONSTRAINT pair_mentor REFERENCES teacher (id),
    mentee_id TEXT NOT NULL CONSTRAINT pair_mentee REFERENCES teacher (id),
    subject TEXT,
    stage TEXT,
    mentor_school_id TEXT CONSTRAINT pair_mentor_school REFERENCES institution (id),
    mentee_school_id TEXT CONSTRAINT pair_mentee_school REFERENCES institution (id),
    starts_on TEXT,
    ends_on TEXT,
    replaces TEXT CONSTRAINT pair_replaces REFERENCES pair (id),
    reason TEXT,
    goals TEXT,
    tasks TEXT,
    agreement_no TEXT,
    signed_on TEXT,
    state TEXT NOT NULL DEFAULT 'proposed'
        CONSTRAINT pair_state CHECK (
            state IN (
                'proposed', 'applied', 'recommended', 'filed', 'refused', 'dissolved', 'ended'
            )
        ),
    fixed INTEGER NOT NULL DEFAULT 0 CONSTRAINT pair_fixed CHECK (fixed IN (0, 1)),
    state_reason TEXT,
    result TEXT CONSTRAINT pair_result CHECK (result IN ('reached', 'not_reached')),
    result_on TEXT,
    result_note TEXT
) STRICT
"""
_PAIR_STEP = """CREATE TABLE pair_step (
    id TEXT NOT NULL CONSTRAINT pair_step_pk PRIMARY KEY,
    pair_id TEXT NOT NULL CONSTRAINT pair_step_pair REFERENCES pair (id),
    step TEXT NOT NULL,
    decision TEXT NOT NULL,
    opinion TEXT,
    person TEXT NOT NULL,
    decided_on TEXT NOT NULL
) STRICT
"""
_SCHOOL_PAIR = """CREATE TABLE school_pair (
    id TEXT NOT NULL CONSTRAINT school_pair_pk PRIMARY KEY,
    programme_id TEXT NOT NULL CONSTRAINT school_pair_programme REFERENCES programme (id),
    town_id TEXT NOT NULL CONSTRAINT school_pair_town REFERENCES institution (id),
    village_id TEXT NOT NULL CONSTRAINT school_pair_village REFERENCES institution (id),
    starts_on TEXT,
    ends_on TEXT,
    goals TEXT,
    remark TEXT
) STRICT
"""
_PAIR_VISIT = """CREATE TABLE pair_visit (
    id TEXT NOT NULL CONSTRAINT pair_visit_pk PRIMARY KEY,
    pair_id TEXT NOT NULL CONSTRAINT pair_visit_pair REFERENCES pair (id),
    held_on TEXT NOT NULL,
    kind TEXT NOT NULL,
    topic TEXT NOT NULL,
    place TEXT,
    hours INTEGER,
    evidence TEXT,
    remark TEXT,
    posted_on TEXT
) STRICT
"""
_PROGRAMME_MEETING = """CREATE TABLE programme_meeting (
    id TEXT NOT NULL CONSTRAINT programme_meeting_pk PRIMARY KEY,
    programme_id TEXT NOT NULL CONSTRAINT programme_meeting_programme REFERENCES programme (id),
    kind TEXT NOT NULL,
    held_on TEXT NOT NULL,
    place TEXT,
    topic TEXT NOT NULL,
    report TEXT,
    people TEXT
) STRICT
"""
_WITHDRAWAL_PROPOSAL = """CREATE TABLE withdrawal_proposal (
    id TEXT NOT NULL CONSTRAINT withdrawal_proposal_pk PRIMARY KEY,
    pair_id TEXT NOT NULL CONSTRAINT withdrawal_proposal_pair REFERENCES pair (id),
    teacher_id TEXT NOT NULL CONSTRAINT withdrawal_proposal_teacher REFERENCES teacher (id),
    reason TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_on TEXT NOT NULL,
    decision TEXT CONSTRAINT withdrawal_proposal_decision CHECK (decision IN ('withdraw', 'keep')),
    opinion TEXT,
    decided_by TEXT,
    decided_on TEXT
) STRICT
"""


@migrations()
def m001_mentoring(db: Database) -> None:
    """Programmes, surveys, pairs of people and of schools, visits, meetings, what followed."""
    db.conn.execute(_PROGRAMME)
    db.conn.execute("CREATE UNIQUE INDEX programme_once ON programme (code)")
    db.conn.execute(_SURVEY_ANSWER)
    db.conn.execute(
        "CREATE INDEX survey_answer_by_programme ON survey_answer (programme_id, survey)"
    )
    db.conn.execute(_PARTICIPANT_WISH)
    db.conn.execute(
        "CREATE UNIQUE INDEX participant_wish_once ON participant_wish"
        " (programme_id, teacher_id, part)"
    )
    db.conn.execute(_PAIR)
    db.conn.execute("CREATE INDEX pair_by_programme ON pair (programme_id)")
    db.conn.execute("CREATE INDEX pair_by_mentor ON pair (mentor_id)")
    db.conn.execute("CREATE INDEX pair_by_mentee ON pair (mentee_id)")
    db.conn.execute(_PAIR_STEP)
    db.conn.execute("CREATE INDEX pair_step_by_pair ON pair_step (pair_id)")
    db.conn.execute(_SCHOOL_PAIR)
    db.conn.execute(
        "CREATE UNIQUE INDEX school_pair_once ON school_pair (programme_id, town_id, village_id)"
    )
    db.conn.execute(_PAIR_VISIT)
    db.conn.execute("CREATE INDEX pair_visit_by_pair ON pair_visit (pair_id, held_on)")
    db.conn.execute(_PROGRAMME_MEETING)
    db.conn.execute(
        "CREATE INDEX programme_meeting_by_programme ON programme_meeting (programme_id, held_on)"
    )
    db.conn.execute(_WITHDRAWAL_PROPOSAL)
    db.conn.execute("CREATE INDEX withdrawal_proposal_by_pair ON withdrawal_proposal (pair_id)")
