"""The journal's own tables. Frozen: a released step is never edited, only followed by another."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("store")

_TABLES = (
    # What this file knows about itself: site, name of the office, program that made it.
    """CREATE TABLE fact (
        name TEXT NOT NULL CONSTRAINT fact_key PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # One row per thing a person did. `no` is the local order of arrival.
    """CREATE TABLE operation (
        no INTEGER NOT NULL CONSTRAINT operation_key PRIMARY KEY,
        id TEXT NOT NULL CONSTRAINT operation_id UNIQUE,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        person TEXT NOT NULL,
        at TEXT NOT NULL,
        site TEXT NOT NULL,
        lamport INTEGER NOT NULL,
        counts TEXT NOT NULL,
        detail TEXT NOT NULL,
        undoes TEXT,
        undone_by TEXT
    ) STRICT""",
    # Which columns, in which order, the values of a version are: `unit` is a unit's name, '*' for
    # a whole row, '#' for the fingerprint of a whole append-only row, '-' for a deleted row.
    """CREATE TABLE layout (
        id INTEGER NOT NULL CONSTRAINT layout_key PRIMARY KEY,
        tbl TEXT NOT NULL,
        unit TEXT NOT NULL,
        columns TEXT NOT NULL,
        CONSTRAINT layout_once UNIQUE (tbl, unit, columns)
    ) STRICT""",
    # Every state ever sealed. `seq` is the local order of arrival, `vid` the version's own random
    # name, `parents` the versions it replaces (JSON array of vids, NULL for a first version).
    """CREATE TABLE version (
        seq INTEGER NOT NULL CONSTRAINT version_key PRIMARY KEY,
        vid INTEGER NOT NULL,
        layout INTEGER NOT NULL,
        row TEXT NOT NULL,
        parents TEXT,
        vals TEXT,
        operation INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX version_row ON version (row, layout)",
    "CREATE INDEX version_operation ON version (operation)",
    # The version shown for a unit that was changed after its row was born (or revived).
    """CREATE TABLE head (
        row TEXT NOT NULL,
        tbl TEXT NOT NULL,
        unit TEXT NOT NULL,
        seq INTEGER NOT NULL,
        CONSTRAINT head_key PRIMARY KEY (row, tbl, unit)
    ) STRICT, WITHOUT ROWID""",
    # Rows the triggers saw change since the last seal; empty between operations.
    "CREATE TABLE dirty (tbl TEXT NOT NULL, row TEXT NOT NULL) STRICT",
    "CREATE INDEX operation_lamport ON operation (lamport)",
    "CREATE INDEX operation_undoes ON operation (undoes) WHERE undoes IS NOT NULL",
    """CREATE TRIGGER version_sealed_update BEFORE UPDATE ON version
    BEGIN SELECT RAISE(ABORT, 'a sealed version never changes'); END""",
    """CREATE TRIGGER version_sealed_delete BEFORE DELETE ON version
    BEGIN SELECT RAISE(ABORT, 'a sealed version is never deleted'); END""",
    """CREATE TRIGGER operation_sealed_update BEFORE UPDATE OF
        no, id, kind, title, person, at, site, lamport, counts, detail, undoes ON operation
    BEGIN SELECT RAISE(ABORT, 'a finished operation never changes'); END""",
    """CREATE TRIGGER operation_sealed_delete BEFORE DELETE ON operation
    BEGIN SELECT RAISE(ABORT, 'a finished operation is never deleted'); END""",
)


_EXCHANGE = (
    # Heads of a unit beside the one shown, and deletions ('-') beside a row that lives. Only rows
    # that were changed in two copies without either knowing of the other have any.
    """CREATE TABLE rival (
        row TEXT NOT NULL,
        tbl TEXT NOT NULL,
        unit TEXT NOT NULL,
        seq INTEGER NOT NULL,
        CONSTRAINT rival_key PRIMARY KEY (row, tbl, unit, seq)
    ) STRICT, WITHOUT ROWID""",
    # Rows whose newest state is in the journal and cannot stand in the table; `absent` = 1 if no
    # state of them does. `vals` are those of an append-only row, which its versions do not hold.
    """CREATE TABLE unplaced (
        row TEXT NOT NULL,
        tbl TEXT NOT NULL,
        absent INTEGER NOT NULL,
        reason TEXT NOT NULL,
        sentence TEXT NOT NULL,
        vals TEXT,
        CONSTRAINT unplaced_key PRIMARY KEY (row, tbl)
    ) STRICT, WITHOUT ROWID""",
    # Rows that were received and not let into the journal, as the lines they came in.
    """CREATE TABLE hold (
        id TEXT NOT NULL CONSTRAINT hold_key PRIMARY KEY,
        tbl TEXT NOT NULL,
        row TEXT NOT NULL,
        reason TEXT NOT NULL,
        sentence TEXT NOT NULL,
        lines TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX hold_row ON hold (row)",
    # Operations of other copies (or of this one before it was set back), and what brought them.
    """CREATE TABLE received (
        operation INTEGER NOT NULL CONSTRAINT received_key PRIMARY KEY,
        by TEXT NOT NULL
    ) STRICT""",
    # What a merging operation (its `id`) did to each row it learnt of.
    """CREATE TABLE merged_row (
        operation TEXT NOT NULL,
        tbl TEXT NOT NULL,
        row TEXT NOT NULL,
        what TEXT NOT NULL,
        CONSTRAINT merged_row_key PRIMARY KEY (operation, tbl, row)
    ) STRICT, WITHOUT ROWID""",
)


@migrations()
def journal(db: Database) -> None:
    """Create the version store."""
    for statement in _TABLES:
        db.conn.execute(statement)


@migrations()
def exchange(db: Database) -> None:
    """Create what the journal keeps of other copies."""
    for statement in _EXCHANGE:
        db.conn.execute(statement)


@migrations()
def deletions(db: Database) -> None:
    """Let deletions, which alone have no values, be found without reading the journal through."""
    db.conn.execute("CREATE INDEX version_gone ON version (seq) WHERE vals IS NULL")
