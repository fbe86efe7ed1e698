"""Letting versions of other copies into the journal: what is new, what is refused, what waits."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b
from typing import Any, NoReturn

from models.errors import UserError
from models.store.database import Store
from models.store.histories import author_of
from models.store.layouts import FINGERPRINT, GONE, WHOLE, Layout
from models.store.operations import next_number
from models.store.rows import is_there
from models.store.sql import Sql, compose, joined, marks, text
from models.store.standing import RowKey
from models.store.wire import Author, RowHistory, Spoken, Value
from models.store.wire_lines import Reader, Writer, json_line

Gate = Callable[[RowHistory], str]
"""Takes a row with the versions unknown here only; "" admits it, anything else is the Chinese
reason it is put on hold for, whole and unread."""

GATE = "gate"
"""Why a row is held that the gate did not let in."""

_KNOWN = """SELECT v.vid, v.layout, v.parents, v.vals FROM version v
WHERE v.row = :row AND v.layout IN (SELECT id FROM layout WHERE tbl = :tbl)"""
_HELD = "SELECT id, lines FROM hold WHERE row = ? AND tbl = ? AND reason = ?"
_RECORD = """INSERT INTO operation
(no, id, kind, title, person, at, site, lamport, counts, detail, undoes)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_VERSION = """INSERT INTO version (vid, layout, row, parents, vals, operation)
VALUES (?, ?, ?, ?, {vals}, ?)"""
_KINDS = {"TEXT": "TEXT", "INTEGER": "INTEGER", "INT": "INTEGER"}
_TYPES = {str: "TEXT", int: "INTEGER"}


@dataclass(slots=True)
class Learned:
    """What is new of one row.

    Attributes:
        table, row: which.
        versions: those unknown here.
        brought: the values of an append-only row, which its versions do not hold.
    """

    table: str
    row: str
    versions: list[Spoken] = field(default_factory=list[Spoken])
    brought: Mapping[str, Value] = field(default_factory=dict[str, Value])


class Entry:
    """Lets the rows of one merge in.

    Attributes:
        store: the office's file; an operation is running.
        learned: what was new, by row.
        known: how many rows brought nothing new.
        held: rows put on hold, and why.
    """

    def __init__(self, store: Store, gate: Gate | None) -> None:
        """Begin one merge."""
        self.store = store
        self.learned: dict[RowKey, Learned] = {}
        self.known = 0
        self.held: dict[RowKey, str] = {}
        self._gate = gate
        self._kinds = cache(self._column_kinds)
        self._authors: dict[str, Author] = {}

    def admit(self, history: RowHistory) -> None:
        """Take note of what is new of a row, or put it on hold.

        Raises:
            UserError: it contradicts what is known, or a value does not fit its column.
        """
        self._check_authors(history)
        key = (history.table, history.row)
        known = self._known(history)
        seen = {one.vid for one in self._learned(key).versions}
        unknown = [one for one in history.versions if one.vid not in known.keys() | seen]
        if not unknown:
            self.known += 1
            self._bring_back(history)
            return
        reason, sentence = self._obstacle(history, unknown, known)
        if reason:
            self._hold(history, reason, sentence)
            return
        found = self.learned[key] = self._learned(key)
        found.versions += unknown
        entries = [one.values for one in unknown if one.unit == FINGERPRINT]
        found.brought = entries[-1] if entries else found.brought

    def admit_held(self, history: RowHistory) -> None:
        """The same of a row that was on hold: its gate was passed, or a person opened it.

        Raises:
            UserError: as ``admit`` does.
        """
        again = Entry(self.store, None)
        again.learned, again._authors = self.learned, self._authors
        again.admit(history)

    def _check_authors(self, history: RowHistory) -> None:
        """An operation is the same wherever it is spoken of: nobody adds to another copy's.

        Only its words may differ: who has less of what it did is told less of it.
        """
        for author in {id(one.author): one.author for one in history.versions}.values():
            if author.id not in self._authors:
                self._authors[author.id] = self._recorded(author)
            if _signed(self._authors[author.id]) != _signed(author):
                _contradiction(history, "同一次操作有两种说法")

    def _recorded(self, author: Author) -> Author:
        known = self.store.value("SELECT no FROM operation WHERE id = ?", (author.id,))
        return author_of(self.store, known) if known else author

    def _learned(self, key: RowKey) -> Learned:
        return self.learned.get(key) or Learned(*key)

    def _bring_back(self, history: RowHistory) -> None:
        """Take what another copy still has of an entry that somebody's tool deleted here."""
        tracked = self.store.tracked.get(history.table)
        entries = [one for one in history.versions if one.unit == FINGERPRINT]
        key = (history.table, history.row)
        if tracked is None or not entries or is_there(self.store, key):
            return
        if self._stamped(entries[-1]):
            self.learned[key] = replace(self._learned(key), brought=entries[-1].values)

    def _obstacle(
        self, history: RowHistory, unknown: list[Spoken], known: Mapping[int, Any]
    ) -> tuple[str, str]:
        """Why the row cannot be let in: a name for it and a sentence; empty if it can.

        The gate is asked first: what waits for anything else has passed it.
        """
        sentence = self._gate(replace(history, versions=tuple(unknown))) if self._gate else ""
        if sentence:
            return GATE, sentence
        sentence = self._foreign_form(history)
        if sentence:
            return "newer", sentence
        self._check_values(history)
        if self._altered(history, unknown, known):
            return "altered", "这条记录只增不改，对方的内容与本单位的不同。"
        return "", ""

    def _foreign_form(self, history: RowHistory) -> str:
        """Why this program cannot read the row; "" if it can."""
        tracked = self.store.tracked.get(history.table)
        if tracked is None:
            return "内容来自更新版本的程序，本机还没有这种记录。"
        wholes = FINGERPRINT if tracked.append_only else WHOLE
        for version in history.versions:
            columns = {column for group in version.groups for column in group}
            fits = version.unit in {wholes, GONE} or (
                version.unit in tracked.units and not tracked.append_only
            )
            if not fits or not columns.issubset(tracked.columns):
                return "内容来自更新版本的程序，有本机还不认识的栏目。"
        return ""

    def _check_values(self, history: RowHistory) -> None:
        kinds = self._kinds(history.table)
        for version in history.versions:
            for column, value in version.values.items():
                if value is not None and _TYPES[type(value)] != kinds[column]:
                    _contradiction(history, f"“{column}”的值类型不对")

    def _column_kinds(self, table: str) -> dict[str, str]:
        info = self.store.query(compose("PRAGMA table_info({table})", table=text(table)))
        return {row["name"]: _KINDS[row["type"]] for row in info}

    def _known(self, history: RowHistory) -> dict[int, tuple[Any, ...]]:
        """The versions of the row that are here; they must be what the other copy says."""
        given = {"row": history.row, "tbl": history.table}
        found = {row[0]: row for row in self.store.tuples(_KNOWN, given)}
        if found and history.table in self.store.layouts:
            layouts = {one.id: one for one in self.store.layouts[history.table].known}
            for version in history.versions:
                if version.vid in found and not _same(version, found[version.vid], layouts):
                    _contradiction(history, "同一个版本有两种内容")
        return found

    def _altered(
        self, history: RowHistory, unknown: list[Spoken], known: Mapping[int, Any]
    ) -> bool:
        """Whether an entry of an append-only table is not what was entered."""
        stamps = [one for one in unknown if one.unit == FINGERPRINT]
        if not stamps:
            return False
        ours = {row[3] for row in known.values() if row[3]}
        if ours:
            return any(one.stamp not in ours for one in stamps)
        return not self._stamped(stamps[-1])

    def _stamped(self, entry: Spoken) -> bool:
        """Whether the values of an append-only row are those it was sealed with."""
        array, cells = _array([entry.values[column] for column in entry.groups[0]])
        statement = compose("SELECT fingerprint({array})", array=array)
        return self.store.value(statement, cells) == entry.stamp

    def _hold(self, history: RowHistory, reason: str, sentence: str) -> None:
        self.held[history.table, history.row] = sentence
        if reason == GATE and self._waits_already(history):
            return
        lines: list[str] = []
        Writer(lines.append).write(history)
        kept = json_line(lines)
        known = blake2b(kept.encode(), digest_size=6).hexdigest()
        self.store.execute(
            "INSERT OR REPLACE INTO hold (id, tbl, row, reason, sentence, lines)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (known, history.table, history.row, reason, sentence, kept),
        )

    def _waits_already(self, history: RowHistory) -> bool:
        """Whether the gate holds as much of the row; what holds less of it makes room."""
        brought = {one.vid for one in history.versions}
        given = (history.row, history.table, GATE)
        for place, lines in self.store.tuples(_HELD, given):
            known = {one.vid for row in Reader().rows(json.loads(lines)) for one in row.versions}
            if brought <= known:
                return True
            if known < brought:
                self.store.execute("DELETE FROM hold WHERE id = ?", (place,))
        return False

    def enter(self, by: str) -> int:
        """Write what was learned into the journal; how many versions it was.

        Args:
            by: the operation that brought it.
        """
        numbers: dict[str, int] = {}
        count = 0
        for found in self.learned.values():
            for version in found.versions:
                if version.author.id not in numbers:
                    numbers[version.author.id] = self._author(version.author, by)
                self._version(found, version, numbers[version.author.id])
                count += 1
        return count

    def _author(self, author: Author, by: str) -> int:
        known = self.store.value("SELECT no FROM operation WHERE id = ?", (author.id,))
        if known:
            return known
        number = next_number(self.store.db.conn)
        self.store.execute(
            _RECORD,
            (
                number,
                author.id,
                author.kind,
                author.title,
                author.person,
                author.at,
                author.site,
                author.lamport,
                json_line(author.counts),
                json_line(author.detail),
                author.undoes,
            ),
        )
        self.store.execute("INSERT INTO received (operation, by) VALUES (?, ?)", (number, by))
        return number

    def _version(self, found: Learned, version: Spoken, operation: int) -> None:
        layout = self._layout(found.table, version)
        vals, cells = _written(version)
        parents = json_line(version.parents) if version.parents else None
        self.store.execute(
            compose(_VERSION, vals=vals),
            (version.vid, layout.id, found.row, parents, *cells, operation),
        )

    def _layout(self, table: str, version: Spoken) -> Layout:
        form = _form(version)
        for known in self.store.layouts[table].known:
            if known.unit == version.unit and known.form == form:
                return known
        self.store.execute(
            "INSERT INTO layout (tbl, unit, columns) VALUES (?, ?, ?)", (table, version.unit, form)
        )
        self.store.load_layouts()
        return self._layout(table, version)


def _signed(author: Author) -> Author:
    """What every copy says alike of an operation."""
    return replace(author, title="", counts={}, detail={})


def _form(version: Spoken) -> str:
    if version.unit == GONE:
        return "[]"
    groups = [list(group) for group in version.groups]
    return json.dumps(groups if version.unit == WHOLE else groups[0])


def _written(version: Spoken) -> tuple[Sql, list[Value]]:
    """SQL for the values as SQLite writes them, and its parameters."""
    if version.unit == GONE:
        return Sql("NULL"), []
    if version.unit == FINGERPRINT:
        return Sql("?"), [version.stamp]
    arrays = [_array([version.values[column] for column in group]) for group in version.groups]
    cells = [value for _, values in arrays for value in values]
    if version.unit != WHOLE:
        return arrays[0][0], cells
    return compose("json_array({arrays})", arrays=joined(array for array, _ in arrays)), cells


def _array(values: list[Value]) -> tuple[Sql, list[Value]]:
    """SQL for an array of the values, and its parameters."""
    return compose("json_array({marks})", marks=marks(len(values))), values


def _same(version: Spoken, known: tuple[Any, ...], layouts: Mapping[int, Layout]) -> bool:
    _, layout_id, parents, vals = known
    layout = layouts[layout_id]
    if layout.unit != version.unit or set(json.loads(parents or "[]")) != set(version.parents):
        return False
    if version.unit == GONE:
        return True
    if version.unit == FINGERPRINT:
        return version.stamp == vals
    return layout.decoded(vals) == dict(version.values)


def _contradiction(history: RowHistory, what: str) -> NoReturn:
    raise UserError(
        "sync.contradiction",
        f"交换内容里“{history.table}”的记录 {history.row[:8]} 不可信：{what}；什么都没有改动。",
        "请让对方重新写一次交换包；仍然如此时请核对是谁写的。",
    )
