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


_CERTIFICATE_2 = """CREATE TABLE certificate_new (
    id TEXT NOT NULL CONSTRAINT certificate_pk PRIMARY KEY,
    number TEXT NOT NULL,
    series TEXT NOT NULL,
    seq INTEGER NOT NULL,
    form TEXT NOT NULL,
    teacher_id TEXT CONSTRAINT certificate_teacher REFERENCES teacher (id),
    course_id TEXT CONSTRAINT certificate_course REFERENCES course (id),
    holder_no TEXT NOT NULL,
    holder_name TEXT NOT NULL,
    holder_sex TEXT,
    holder_school TEXT,
    holder_id_tail TEXT,
    title TEXT NOT NULL,
    year INTEGER NOT NULL,
    hours INTEGER,
    credits INTEGER,
    score TEXT,
    start_date TEXT,
    end_date TEXT,
    issuer TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    institution_id TEXT CONSTRAINT certificate_institution REFERENCES institution (id),
    batch TEXT,
    facts TEXT,
    replaces TEXT CONSTRAINT certificate_replaces REFERENCES certificate (id),
    CONSTRAINT certificate_holder CHECK ((teacher_id IS NULL) <> (institution_id IS NULL))
) STRICT
"""
_PAPER = (
    # Blank stock received, used, spoilt, lost, given back: signed counts, never changed.
    """CREATE TABLE stock_entry (
        id TEXT NOT NULL CONSTRAINT stock_entry_pk PRIMARY KEY,
        stock TEXT NOT NULL,
        step TEXT NOT NULL CONSTRAINT stock_entry_step
            CHECK (step IN ('received', 'used', 'spoilt', 'lost', 'returned')),
        happened_on TEXT NOT NULL,
        count INTEGER NOT NULL,
        first_serial TEXT,
        last_serial TEXT,
        item_id TEXT,
        reason TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX stock_entry_by_stock ON stock_entry (stock, happened_on)",
    "CREATE INDEX stock_entry_by_item ON stock_entry (item_id)",
    # A batch sent to paper: what, onto which sheets, on which printer.
    """CREATE TABLE print_run (
        id TEXT NOT NULL CONSTRAINT print_run_pk PRIMARY KEY,
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        form TEXT NOT NULL,
        medium TEXT NOT NULL CONSTRAINT print_run_medium CHECK (medium IN ('plain', 'stock')),
        stock TEXT,
        printer TEXT,
        tray TEXT,
        reason TEXT,
        begun_at TEXT NOT NULL,
        state TEXT NOT NULL CONSTRAINT print_run_state CHECK (state IN ('open', 'given_up'))
    ) STRICT""",
    # One sheet of a batch, in the order of handing out.
    """CREATE TABLE print_item (
        id TEXT NOT NULL CONSTRAINT print_item_pk PRIMARY KEY,
        run_id TEXT NOT NULL CONSTRAINT print_item_run REFERENCES print_run (id),
        place INTEGER NOT NULL,
        certificate_id TEXT NOT NULL
            CONSTRAINT print_item_certificate REFERENCES certificate (id),
        copy TEXT NOT NULL CONSTRAINT print_item_copy CHECK (copy IN ('first', 'again', 'reprint')),
        serial TEXT,
        outcome TEXT NOT NULL CONSTRAINT print_item_outcome
            CHECK (outcome IN ('waiting', 'printed', 'spoilt')),
        outcome_on TEXT,
        reason TEXT
    ) STRICT""",
    "CREATE INDEX print_item_by_run ON print_item (run_id, place)",
    "CREATE INDEX print_item_by_certificate ON print_item (certificate_id)",
    # Where writing in a teacher's booklet goes on, when a person says so (handwritten years).
    """CREATE TABLE booklet_place (
        id TEXT NOT NULL CONSTRAINT booklet_place_pk PRIMARY KEY,
        certificate_id TEXT NOT NULL
            CONSTRAINT booklet_place_of REFERENCES certificate (id),
        step INTEGER NOT NULL,
        page INTEGER NOT NULL,
        line INTEGER NOT NULL,
        said_on TEXT NOT NULL,
        reason TEXT NOT NULL,
        withdraws TEXT CONSTRAINT booklet_place_withdraws REFERENCES booklet_place (id)
    ) STRICT""",
    "CREATE INDEX booklet_place_by_certificate ON booklet_place (certificate_id, step)",
    # What stands on which line of which page of a booklet.
    """CREATE TABLE booklet_line (
        id TEXT NOT NULL CONSTRAINT booklet_line_pk PRIMARY KEY,
        certificate_id TEXT NOT NULL
            CONSTRAINT booklet_line_of REFERENCES certificate (id),
        page INTEGER NOT NULL,
        line INTEGER NOT NULL,
        source TEXT NOT NULL CONSTRAINT booklet_line_source
            CHECK (source IN ('register', 'year', 'correction')),
        source_id TEXT NOT NULL,
        stamp_id TEXT NOT NULL,
        year INTEGER NOT NULL,
        said TEXT NOT NULL,
        run_id TEXT NOT NULL CONSTRAINT booklet_line_run REFERENCES print_run (id),
        place INTEGER NOT NULL,
        outcome TEXT NOT NULL CONSTRAINT booklet_line_outcome
            CHECK (outcome IN ('waiting', 'printed', 'given_up')),
        outcome_on TEXT,
        again INTEGER NOT NULL
    ) STRICT""",
    # An undo or a redo must not put two lines onto one place, or one training in twice.
    """CREATE UNIQUE INDEX booklet_line_place ON booklet_line (certificate_id, page, line)
        WHERE outcome <> 'given_up'""",
    """CREATE UNIQUE INDEX booklet_line_once ON booklet_line (certificate_id, source, source_id)
        WHERE outcome <> 'given_up'""",
    "CREATE INDEX booklet_line_by_certificate ON booklet_line (certificate_id, page, line)",
    "CREATE INDEX booklet_line_by_run ON booklet_line (run_id, place)",
    # The office's own forms: the text of a TOML file each.
    """CREATE TABLE own_form (
        id TEXT NOT NULL CONSTRAINT own_form_pk PRIMARY KEY,
        name TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX own_form_by_name ON own_form (name)",
    # The signed text of a certificate's QR code, made once, so that every copy carries the same.
    """CREATE TABLE certificate_seal (
        id TEXT NOT NULL CONSTRAINT certificate_seal_pk PRIMARY KEY,
        certificate_id TEXT NOT NULL
            CONSTRAINT certificate_seal_of REFERENCES certificate (id),
        key_id TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX certificate_seal_by_certificate ON certificate_seal (certificate_id)",
)


@migrations()
def m002_any_kind(db: Database) -> None:
    """Certificates of any kind, of teachers and of institutions, with further named facts."""
    events = list(db.conn.execute("SELECT * FROM certificate_event"))
    db.conn.execute("DROP TABLE certificate_event")
    db.conn.execute(_CERTIFICATE_2)
    db.conn.execute("INSERT INTO certificate_new SELECT *, NULL, NULL, NULL, NULL FROM certificate")
    db.conn.execute("DROP TABLE certificate")
    db.conn.execute("ALTER TABLE certificate_new RENAME TO certificate")
    db.conn.execute(_CERTIFICATE_EVENT)
    db.conn.executemany("INSERT INTO certificate_event VALUES (?, ?, ?, ?, ?, ?)", events)
    db.conn.execute("CREATE INDEX certificate_by_number ON certificate (number)")
    db.conn.execute("CREATE INDEX certificate_by_series ON certificate (series, seq)")
    db.conn.execute("CREATE INDEX certificate_by_course ON certificate (course_id, teacher_id)")
    db.conn.execute("CREATE INDEX certificate_by_teacher ON certificate (teacher_id)")
    db.conn.execute("CREATE INDEX certificate_by_institution ON certificate (institution_id)")
    db.conn.execute("CREATE INDEX certificate_by_replaced ON certificate (replaces)")
    db.conn.execute(
        "CREATE INDEX certificate_event_by_certificate ON certificate_event (certificate_id, step)"
    )


@migrations()
def m003_paper(db: Database) -> None:
    """Blank stock, print runs, booklets, own forms, and the text of each certificate's code."""
    for statement in _PAPER:
        db.conn.execute(statement)


@migrations()
def m004_next_booklets(db: Database) -> None:
    """Which full booklet a booklet goes on after."""
    db.conn.execute(
        "ALTER TABLE certificate ADD COLUMN continues TEXT "
        "CONSTRAINT certificate_continues REFERENCES certificate (id)"
    )
    db.conn.execute("CREATE INDEX certificate_by_continued ON certificate (continues)")
