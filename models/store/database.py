"""The office's file while it is open."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from models.store import layouts, sealing
from models.store.operations import Operation, performed
from models.store.sql import compose, marks, name, names
from models.store.trouble import told

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence
    from pathlib import Path

    from models.clock import Clock
    from models.ids import IdSource
    from models.store.locking import WriteLock
    from models.store.tracking import Tracked

    Parameters = Sequence[Any] | Mapping[str, Any]

    # What a cell holds: only the query that asks knows its type.
    Cell = Any


class Store:
    """One open file: reading at any time, writing inside ``operation`` only.

    Attributes:
        path: where the file is.
        db: the file as sqlite-utils sees it.
        tracked: the journalled tables by name.
        clock, ids, person: where the time, new identities and the name in the history come from.
        site: which copy of the program wrote what; made with the file.
        read_only: whether the file was opened without the right to write.
        notices: Chinese sentences about what opening found and mended; to be shown once.
        layouts: how the values of each table's versions are laid out.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, tracked: Iterable[Tracked], *, person: str
    ) -> None:
        """Take over a prepared connection; ``open_store`` is the way to get a store."""
        self.path = path
        self.db = Database(connection, execute_plugins=False)
        self.tracked = {table.table: table for table in tracked}
        self.person = person
        self.clock: Clock
        self.ids: IdSource
        self.site = ""
        self.read_only = True
        self.notices: list[str] = []
        self.layouts: dict[str, layouts.Layouts] = {}
        self.lock: WriteLock | None = None
        self._running: Operation | None = None
        sealing.prepare(connection)

    def query(self, sql: str, params: Parameters = ()) -> list[sqlite3.Row]:
        """All rows of a SELECT."""
        return self._cursor(sql, params).fetchall()

    def one(self, sql: str, params: Parameters = ()) -> sqlite3.Row | None:
        """The first row of a SELECT, None if there is none."""
        return self._cursor(sql, params).fetchone()

    def value(self, sql: str, params: Parameters = ()) -> Cell:
        """The first column of the first row of a SELECT, None if there is no row."""
        row = self._cursor(sql, params).fetchone()
        return None if row is None else row[0]

    def execute(self, sql: str, params: Parameters = ()) -> sqlite3.Cursor:
        """Run one writing statement inside the running operation.

        Raises:
            RuntimeError: no operation is running.
            WorldError: the disk is full, the file cannot be written.
        """
        self._must_run()
        return self._cursor(sql, params)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """Insert many rows; how many there were.

        Raises:
            RuntimeError: no operation is running.
            WorldError: the disk is full, the file cannot be written.
        """
        self._must_run()
        statement = compose(
            "INSERT INTO {table} ({columns}) VALUES ({marks})",
            table=name(table),
            columns=names(columns),
            marks=marks(len(columns)),
        )
        with told(self.path):
            return self.db.conn.executemany(statement, rows).rowcount

    @contextmanager
    def operation(
        self, kind: str, title: str, *, undoes: str | None = None
    ) -> Generator[Operation]:
        """One transaction, one line of history, one step of undo.

        An operation inside another joins it: the outer one's kind and title count, and a failure
        inside takes back what the inner one did. What was not changed leaves no line.

        Args:
            kind: what sort of thing is done: ``"staff.register"``.
            title: what the history calls it, in Chinese.
            undoes: the operation this one takes back (for ``undo`` only).

        Raises:
            RuntimeError: the file was opened to read only.
            WorldError: the disk is full, the file cannot be written.
        """
        if self.read_only:
            raise RuntimeError("an operation on a file opened to read")
        if self._running:
            with self.db.atomic():
                yield self._running
            return
        operation = Operation(self.ids.new_id(), kind, title, undoes)
        self._running = operation
        try:
            with told(self.path), performed(self, operation):
                yield operation
        finally:
            self._running = None

    def load_layouts(self) -> None:
        """Read from the file how the values of versions are laid out."""
        self.layouts = layouts.by_table(self.db.conn, self.tracked.values())

    def close(self) -> None:
        """Close the file and give the lock back; closing twice is no matter."""
        self.db.conn.close()
        if self.lock:
            self.lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _cursor(self, sql: str, params: Parameters) -> sqlite3.Cursor:
        with told(self.path):
            cursor = self.db.conn.cursor()
            cursor.row_factory = sqlite3.Row
            return cursor.execute(sql, params)

    def _must_run(self) -> None:
        if self._running is None:
            raise RuntimeError("writing outside an operation")
