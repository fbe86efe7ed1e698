"""Keeping verdicts up to date: who was touched since a look, and only those judged anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from models.office.context import Office
from models.store.layouts import Layout, load
from models.verdicts.board import Board
from models.verdicts.judging import judge

MOST = 4000
"""When more teachers than that were touched, judging everybody is the shorter way."""
_OWNED = {
    "ledger_entry": "teacher_id",
    "teacher": "id",
    "teacher_period": "teacher_id",
    "enrolment": "teacher_id",
    "exemption": "teacher_id",
}
"""Tables whose rows belong to a teacher each, and the column that says to which."""
_SHARED = frozenset(
    {"course", "institution", "code_entry", "own_pack", "policy_use", "setting", "fact"}
)
"""Tables that may change the verdict on anybody."""
_NEWEST = "SELECT COALESCE(MAX(no), 0) FROM operation"
_COUNTS = "SELECT counts FROM operation WHERE no > ?"
# What a merge brings may belong to an operation whose other part is here since long.
_ROWS = """
SELECT v.row FROM operation AS o JOIN version AS v ON v.operation = o.no
JOIN layout AS l ON l.id = v.layout WHERE o.no > :since AND l.tbl = :tbl
UNION SELECT m.row FROM operation AS o JOIN merged_row AS m ON m.operation = o.id
WHERE o.no > :since AND m.tbl = :tbl LIMIT :most
"""
_OWNERS = {
    table: f"SELECT id, {column} FROM {table} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 - our own names
    for table, column in _OWNED.items()
    if table != "teacher"
}
_PAST = """
SELECT layout, vals FROM version WHERE row IN (SELECT value FROM json_each(:rows))
    AND layout IN (SELECT id FROM layout WHERE tbl = :tbl) AND vals IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Touched:
    """Whose verdicts may have changed since a look.

    Attributes:
        ids: teachers, those that are gone from the register too; None stands for everybody.
        newest_no: number of the newest operation, from which the next look goes on.
    """

    ids: frozenset[str] | None
    newest_no: int


def newest_no(office: Office) -> int:
    """The number of the newest operation; 0 where there is none."""
    return int(office.store.value(_NEWEST))


def touched_teachers(office: Office, since_no: int) -> Touched:
    """Whose verdicts may have changed by the operations after the one of that number."""
    newest = newest_no(office)
    if newest == since_no:
        return Touched(frozenset(), newest)
    tables: set[str] = set()
    for row in office.store.query(_COUNTS, (since_no,)):
        tables |= json.loads(row["counts"]).keys()
    if newest < since_no or tables & _SHARED:
        return Touched(None, newest)
    layouts = {layout.id: layout for layout in load(office.store.db.conn)}
    found: set[str] = set()
    for table in _OWNED:
        if table in tables:
            given = {"since": since_no, "tbl": table, "most": MOST * 8}
            rows = [row[0] for row in office.store.query(_ROWS, given)]
            if len(rows) == MOST * 8:
                return Touched(None, newest)
            found |= _owners(office, table, rows, layouts)
    return Touched(frozenset(found) if len(found) <= MOST else None, newest)


def refreshed(
    office: Office, board: Board, ids: Iterable[str], *, as_of: date | None = None
) -> Board:
    """A board with the verdicts on those teachers put anew, in the order of a fresh one.

    ``as_of`` is what the board was judged with.
    """
    wanted = frozenset(ids)
    if not wanted:
        return board
    asked = board.questions
    fresh = judge(office, asked.period, asked.pack, as_of=as_of, ids=sorted(wanted))
    left = wanted - {one.id for one in fresh.people}
    found = board.without(left).updated(fresh)
    keys = [(one.teacher_no, one.id) for one in found.people]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return found if order == list(range(len(keys))) else found.narrowed(order)


def _owners(office: Office, table: str, rows: list[str], layouts: Mapping[int, Layout]) -> set[str]:
    """The teachers to whom rows belong, or belonged before they were deleted or changed."""
    if table == "teacher":
        return set(rows)
    stored = json.dumps(rows)
    found = {row[0]: row[1] for row in office.store.query(_OWNERS[table], (stored,))}
    owners = set(found.values())
    if office.store.tracked[table].append_only:
        return owners
    for row in office.store.query(_PAST, {"rows": stored, "tbl": table}):
        layout = layouts[row["layout"]]
        if _OWNED[table] in layout.columns:
            owners.add(layout.decoded(row["vals"])[_OWNED[table]])
    return owners - {None}
