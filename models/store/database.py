"""The office's file while it is open."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from models.clock import Clock
from models.ids import IdSource
from models.store import bulk, sealing
from models.store.layouts import Layouts, by_table
from models.store.locking import WriteLock
from models.store.operations import OUTSIDE, OUTSIDE_TITLE, Operation, performed
from models.store.tracking import Tracked
from models.store.trouble import told, told_by_sqlite

Parameters = Sequence[Any] | Mapping[str, Any]
Cell = Any
"""What a cell holds: only the query that asks knows its type."""


class Store:
    """One open file: reading at any time, writing inside ``operation`` only.

    Attributes:
        path: where the file is.
        db: the file as sqlite-utils sees it.
        tracked: the journalled tables by name.
        clock, ids, person: where the time, new identities and the name in the history come from.
        read_only: whether the file was opened without the right to write.
        notices: Chinese sentences about what opening found and mended, to be shown once.
        layouts: how the values of each table's versions are laid out.
        lock: the right to write; None for a file opened to read.
        guard: asked before each step with its kind and title; raises where it may not be done.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, tracked: Iterable[Tracked], person: str
    ) -> None:
        """Take over a prepared connection; ``open_store`` is the way to get a store."""
        self.path = path
        self.db = Database(connection, execute_plugins=False)
        self.tracked = {table.table: table for table in tracked}
        self.person = person
        self.clock: Clock
        self.ids: IdSource
        self.read_only = True
        self.notices: list[str] = []
        self.layouts: dict[str, Layouts] = {}
        self.lock: WriteLock | None = None
        self.guard: Callable[[str, str], None] = _anything
        self._running: Operation | None = None
        sealing.prepare(connection)

    @property
    def site(self) -> str:
        """Which copy of the program wrote what; made with the file."""
        return self.fact("site")

    def query(self, sql: str, params: Parameters = ()) -> list[sqlite3.Row]:
        """All rows of a SELECT."""
        with told(self.path):
            return self._cursor(sql, params).fetchall()

    def tuples(self, sql: str, params: Parameters = ()) -> list[tuple[Any, ...]]:
        """All rows of a SELECT as plain tuples: half the cost where there are very many."""
        with told(self.path):
            return self.db.conn.execute(sql, params).fetchall()

    def one(self, sql: str, params: Parameters = ()) -> sqlite3.Row | None:
        """The first row of a SELECT, None if there is none."""
        with told(self.path):
            return self._cursor(sql, params).fetchone()

    def value(self, sql: str, params: Parameters = ()) -> Cell:
        """The first column of the first row of a SELECT, None if there is no row."""
        row = self.one(sql, params)
        return None if row is None else row[0]

    def execute(self, sql: str, params: Parameters = ()) -> sqlite3.Cursor:
        """Run one writing statement inside the running operation.

        Raises:
            RuntimeError: no operation is running.
            WorldError: the disk is full, the file cannot be written.
        """
        self._must_run()
        with told(self.path):
            return self._cursor(sql, params)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """Insert many rows; how many there were. All of them are inserted or none.

        Raises:
            RuntimeError: no operation is running.
            WorldError: the disk is full, the file cannot be written.
        """
        self._must_run()
        with told_by_sqlite(self.path):
            return bulk.insert(self.db, table, columns, rows, self.tracked.get(table))

    @contextmanager
    def operation(
        self, kind: str, title: str, *, undoes: str | None = None
    ) -> Generator[Operation]:
        """One transaction, one line of history, one step of undo.

        An operation inside another joins it: the outer one's kind and title count, and a failure
        inside takes back what the inner one did. What changed nothing leaves no line.

        Args:
            kind: what sort of thing is done: ``"staff.register"``.
            title: what the history calls it, in Chinese.
            undoes: the operation this one takes back (for ``undo`` only).

        Raises:
            RuntimeError: the file was opened to read only; an undo inside another operation.
            WorldError: the disk is full, the file cannot be written.
        """
        if self.read_only:
            raise RuntimeError("an operation on a file opened to read")
        if self._running:
            if undoes:
                raise RuntimeError("an undo inside another operation")
            with self._layouts_kept(), self.db.atomic():
                yield self._running
            return
        self.guard(kind, title)
        if kind != OUTSIDE and self.layouts and self._meddled():
            # What another program did to the open file is not put down to this operation.
            with self.operation(OUTSIDE, OUTSIDE_TITLE):
                pass
        at = self.clock.now().isoformat(timespec="seconds")
        operation = Operation(self.ids.new_id(), kind, title, self.person, at, undoes)
        self._running = operation
        try:
            with (
                self._layouts_kept(),
                performed(self.db.conn, self.layouts, operation, self.path),
            ):
                yield operation
        finally:
            self._running = None

    def fact(self, name: str) -> str:
        """What the file knows of itself under a name ("" if nothing): ``site``, ``office``."""
        return self.value("SELECT value FROM fact WHERE name = ?", (name,)) or ""

    def keep_fact(self, name: str, value: str) -> None:
        """Let the file know something of itself; no part of the office's history.

        Raises:
            WorldError: the file cannot be written.
        """
        if self.fact(name) == value:
            return
        with told(self.path):
            self.db.conn.execute("PRAGMA query_only = OFF")
            try:
                self.db.conn.execute(
                    "INSERT INTO fact VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2",
                    (name, value),
                )
            finally:
                if self._running is None:
                    self.db.conn.execute("PRAGMA query_only = ON")

    def load_layouts(self) -> None:
        """Read from the file how the values of versions are laid out."""
        self.layouts.clear()
        self.layouts.update(by_table(self.db.conn, self.tracked))

    def close(self) -> None:
        """Close the file and give the lock back; closing twice is no matter."""
        self.db.conn.close()
        if self.lock:
            self.lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _layouts_kept(self) -> Generator[None]:
        """A failure takes back the forms of values another copy brought along."""
        before = dict(self.layouts)
        try:
            yield
        except BaseException:
            self.layouts.clear()
            self.layouts.update(before)
            raise

    def _cursor(self, sql: str, params: Parameters) -> sqlite3.Cursor:
        cursor = self.db.conn.cursor()
        cursor.row_factory = sqlite3.Row
        return cursor.execute(sql, params)

    def _meddled(self) -> bool:
        return bool(self.value("SELECT EXISTS (SELECT 1 FROM dirty)"))

    def _must_run(self) -> None:
        if self._running is None:
            raise RuntimeError("writing outside an operation")


def _anything(_kind: str, _title: str) -> None:
    """What an office of its own may do."""
