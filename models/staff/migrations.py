"""The staff room's tables. Frozen: a migration that has been released is never edited."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("staff")


@migrations()
def m001_institutions(db: Database) -> None:
    """Institutions of the five levels, and the other names they go by."""
    db.conn.execute(
        """
        CREATE TABLE institution (
            id TEXT NOT NULL CONSTRAINT institution_pk PRIMARY KEY,
            name TEXT NOT NULL,
            short_name TEXT,
            level TEXT,
            type TEXT,
            stages TEXT,
            location TEXT,
            parent_id TEXT CONSTRAINT institution_parent REFERENCES institution (id),
            parent_reported TEXT,
            district TEXT,
            station TEXT,
            tutor TEXT,
            track TEXT,
            base_school INTEGER CONSTRAINT institution_base_flag CHECK (base_school IN (0, 1)),
            status TEXT,
            closed_on TEXT,
            successor_id TEXT CONSTRAINT institution_successor REFERENCES institution (id),
            remark TEXT
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX institution_name ON institution (name)")
    db.conn.execute("CREATE INDEX institution_by_parent ON institution (parent_id)")
    db.conn.execute(
        """
        CREATE TABLE institution_alias (
            id TEXT NOT NULL CONSTRAINT institution_alias_pk PRIMARY KEY,
            institution_id TEXT NOT NULL
                CONSTRAINT institution_alias_of REFERENCES institution (id) ON DELETE CASCADE,
            alias TEXT NOT NULL
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX institution_alias_by_name ON institution_alias (alias)")


@migrations()
def m002_teachers(db: Database) -> None:
    """Teachers.

    Neither the number nor the ID number is UNIQUE: two offices may enter the same person, and
    the pair must then be seen and merged by a person instead of being lost.
    """
    db.conn.execute(
        """
        CREATE TABLE teacher (
            id TEXT NOT NULL CONSTRAINT teacher_pk PRIMARY KEY,
            teacher_no TEXT NOT NULL,
            name TEXT NOT NULL,
            former_name TEXT,
            sex TEXT,
            id_type TEXT,
            id_number TEXT,
            birth_date TEXT,
            ethnicity TEXT,
            school_id TEXT CONSTRAINT teacher_school REFERENCES institution (id),
            school_reported TEXT,
            stage TEXT,
            subject TEXT,
            post TEXT,
            is_head INTEGER CONSTRAINT teacher_head_flag CHECK (is_head IN (0, 1)),
            title TEXT,
            education TEXT,
            college TEXT,
            work_start TEXT,
            years INTEGER,
            backbone TEXT,
            special_post INTEGER CONSTRAINT teacher_special_flag CHECK (special_post IN (0, 1)),
            status TEXT,
            track TEXT,
            phone TEXT,
            remark TEXT,
            name_pinyin TEXT NOT NULL,
            name_initials TEXT NOT NULL
        ) STRICT
        """
    )


@migrations()
def m003_teacher_indexes(db: Database) -> None:
    """The ways teachers are looked up and listed."""
    db.conn.execute("CREATE INDEX teacher_by_no ON teacher (teacher_no)")
    db.conn.execute("CREATE INDEX teacher_by_id_number ON teacher (id_number)")
    db.conn.execute("CREATE INDEX teacher_by_name ON teacher (name)")
    db.conn.execute("CREATE INDEX teacher_by_pinyin ON teacher (name_pinyin, id)")
    db.conn.execute("CREATE INDEX teacher_by_school ON teacher (school_id, name_pinyin)")


@migrations()
def m004_periods(db: Database) -> None:
    """The dated periods of what changes about a teacher."""
    db.conn.execute(
        """
        CREATE TABLE teacher_period (
            id TEXT NOT NULL CONSTRAINT teacher_period_pk PRIMARY KEY,
            teacher_id TEXT NOT NULL
                CONSTRAINT teacher_period_of REFERENCES teacher (id) ON DELETE CASCADE,
            aspect TEXT NOT NULL
                CONSTRAINT teacher_period_aspect
                CHECK (aspect IN ('school', 'post', 'status', 'is_head')),
            value TEXT,
            starts_on TEXT,
            ends_on TEXT,
            note TEXT
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX teacher_period_by_teacher ON teacher_period (teacher_id, aspect)")


@migrations()
def m005_photos(db: Database) -> None:
    """Teachers' photos, as text so that they are journalled like everything else."""
    db.conn.execute(
        """
        CREATE TABLE teacher_photo (
            id TEXT NOT NULL CONSTRAINT teacher_photo_pk PRIMARY KEY,
            teacher_id TEXT NOT NULL
                CONSTRAINT teacher_photo_of REFERENCES teacher (id) ON DELETE CASCADE,
            jpeg_base64 TEXT NOT NULL
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX teacher_photo_by_teacher ON teacher_photo (teacher_id)")


@migrations()
def m006_questions(db: Database) -> None:
    """What an import could not decide by itself and a person has yet to answer."""
    db.conn.execute(
        """
        CREATE TABLE staff_question (
            id TEXT NOT NULL CONSTRAINT staff_question_pk PRIMARY KEY,
            kind TEXT NOT NULL
                CONSTRAINT staff_question_kind CHECK (kind IN ('move')),
            teacher_id TEXT NOT NULL
                CONSTRAINT staff_question_about REFERENCES teacher (id) ON DELETE CASCADE,
            institution_id TEXT CONSTRAINT staff_question_school REFERENCES institution (id),
            answer TEXT,
            source TEXT NOT NULL
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX staff_question_by_teacher ON staff_question (teacher_id)")


@migrations()
def m007_number_series(db: Database) -> None:
    """The last teacher number given for a region; outside the journal, so undo never reuses one."""
    db.conn.execute(
        """
        CREATE TABLE teacher_number_series (
            region TEXT NOT NULL CONSTRAINT teacher_number_series_pk PRIMARY KEY,
            last INTEGER NOT NULL
        ) STRICT
        """
    )


@migrations()
def m008_more_periods(db: Database) -> None:
    """Title, degree, stage and backbone rank are kept by period too: old years ask for them."""
    db.conn.execute(
        """
        CREATE TABLE teacher_period_new (
            id TEXT NOT NULL CONSTRAINT teacher_period_pk PRIMARY KEY,
            teacher_id TEXT NOT NULL
                CONSTRAINT teacher_period_of REFERENCES teacher (id) ON DELETE CASCADE,
            aspect TEXT NOT NULL
                CONSTRAINT teacher_period_aspect
                CHECK (aspect IN ('school', 'post', 'status', 'is_head', 'title', 'education',
                    'stage', 'backbone')),
            value TEXT,
            starts_on TEXT,
            ends_on TEXT,
            note TEXT
        ) STRICT
        """
    )
    db.conn.execute("INSERT INTO teacher_period_new SELECT * FROM teacher_period")
    db.conn.execute("DROP TABLE teacher_period")
    db.conn.execute("ALTER TABLE teacher_period_new RENAME TO teacher_period")
    db.conn.execute("CREATE INDEX teacher_period_by_teacher ON teacher_period (teacher_id, aspect)")


@migrations()
def m009_glyph_images(db: Database) -> None:
    """Pictures of characters that no font has, each brought for a person's name."""
    db.conn.execute(
        """
        CREATE TABLE glyph_image (
            id TEXT NOT NULL CONSTRAINT glyph_image_pk PRIMARY KEY,
            character TEXT NOT NULL,
            teacher_id TEXT NOT NULL
                CONSTRAINT glyph_image_for REFERENCES teacher (id) ON DELETE CASCADE,
            png_base64 TEXT NOT NULL,
            note TEXT
        ) STRICT
        """
    )
    db.conn.execute("CREATE INDEX glyph_image_by_character ON glyph_image (character)")
    db.conn.execute("CREATE INDEX glyph_image_by_teacher ON glyph_image (teacher_id)")


@migrations()
def m010_places(db: Database) -> None:
    """Where an institution lies, in degrees; the way between two schools follows from it."""
    db.conn.execute("ALTER TABLE institution ADD COLUMN longitude TEXT")
    db.conn.execute("ALTER TABLE institution ADD COLUMN latitude TEXT")
