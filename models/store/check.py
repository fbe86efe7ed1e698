"""Looking the whole file over: its structure, its references, its journal."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from models.progress import Progress
from models.store import sealing, triggers, upgrading
from models.store.booking import Books, books
from models.store.copying import faults_of
from models.store.database import Store
from models.store.history import label_of
from models.store.layouts import Layouts
from models.store.operations import OUTSIDE_TITLE
from models.store.scanning import scan, suspects
from models.store.sql import Sql, compose, joined, name, text
from models.store.standing import Standing, Stands

_PARENTS = """CREATE TEMP TABLE IF NOT EXISTS parent
(row TEXT NOT NULL, vid INTEGER NOT NULL, child INTEGER NOT NULL,
PRIMARY KEY (row, vid, child)) STRICT, WITHOUT ROWID"""
_LIST_PARENTS = """INSERT OR IGNORE INTO parent
SELECT v.row, j.value, v.seq FROM version v JOIN json_each(v.parents) j"""
_ORPHANS = """SELECT count(*) FROM parent p WHERE NOT EXISTS
(SELECT 1 FROM version v WHERE v.row = p.row AND v.vid = p.vid)"""
_NO_OPERATION = """SELECT count(*) FROM version v
WHERE NOT EXISTS (SELECT 1 FROM operation o WHERE o.no = v.operation)"""
# What several copies wrote without knowing of each other is judged row by row.
_CONTESTED = """CREATE TEMP TABLE IF NOT EXISTS contested
(row TEXT NOT NULL, tbl TEXT NOT NULL, PRIMARY KEY (row, tbl)) STRICT, WITHOUT ROWID"""
_LIST_CONTESTED = """INSERT INTO contested SELECT row, tbl FROM rival
UNION SELECT row, tbl FROM unplaced UNION SELECT row, tbl FROM head WHERE unit = '*'"""
_HEADS_OF = "SELECT unit, seq FROM head WHERE row = :row AND tbl = :tbl"
_RIVALS_OF = "SELECT unit, seq FROM rival WHERE row = :row AND tbl = :tbl"
# A head is a unit's version that is nobody's parent; of every unit changed since its row was born
# there is otherwise exactly one, and it is the one shown.
_HEADS = """WITH maximal AS (
SELECT v.row, l.tbl, l.unit, v.seq FROM version v JOIN layout l ON l.id = v.layout
WHERE l.unit NOT IN ('*', '#', '-')
AND NOT EXISTS (SELECT 1 FROM parent p WHERE p.row = v.row AND p.vid = v.vid)
AND NOT EXISTS (SELECT 1 FROM contested c WHERE c.row = v.row AND c.tbl = l.tbl)),
shown AS (SELECT h.row, h.tbl, h.unit, h.seq FROM head h
WHERE NOT EXISTS (SELECT 1 FROM contested c WHERE c.row = h.row AND c.tbl = h.tbl))
SELECT (SELECT count(*) FROM (SELECT * FROM maximal EXCEPT SELECT * FROM shown))
+ (SELECT count(*) FROM (SELECT * FROM shown EXCEPT SELECT * FROM maximal))"""

# Births, deletions and revivals of one row follow each other in one line, but for births in two
# copies all of which later changes have replaced.
_LINES = """SELECT count(*) FROM (
SELECT v.row FROM version v JOIN layout l ON l.id = v.layout
WHERE l.unit IN ('*', '#', '-')
AND NOT EXISTS (SELECT 1 FROM contested d WHERE d.row = v.row AND d.tbl = l.tbl) AND NOT EXISTS (
  SELECT 1 FROM parent p JOIN version c ON c.seq = p.child JOIN layout k ON k.id = c.layout
  WHERE p.row = v.row AND p.vid = v.vid AND k.unit IN ('*', '#', '-'))
GROUP BY v.row, l.tbl HAVING count(*) <> 1 AND sum(l.unit = '-' OR NOT EXISTS (
  SELECT 1 FROM parent p WHERE p.row = v.row AND p.vid = v.vid)) > 0)"""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What looking the file over found.

    Attributes:
        ok: nothing is wrong.
        findings: Chinese sentences, one for each thing that is.
    """

    ok: bool
    findings: tuple[str, ...]


def check(store: Store, progress: Progress | None = None) -> CheckReport:
    """Look over the file's structure, its references, and its journal.

    Changes made outside this program are reported, and sealed where the file may be written.

    Raises:
        CancelledByUser: the person asked to stop.
    """
    telling = progress or Progress()
    telling.step(0, 4, "检查文件结构")
    faults = faults_of(store.db.conn, thorough=True)
    if faults:
        shown = "；".join(faults[:3])
        return CheckReport(ok=False, findings=(f"数据文件已损坏：{shown}。请用最近的备份恢复。",))
    telling.step(1, 4, "检查记录之间的引用")
    findings = _references(store)
    telling.step(2, 4, "检查变更记录")
    with _writable(store):
        findings += _journal(store)
        telling.step(3, 4, "核对内容与变更记录")
        findings += _contents(store)
    telling.step(4, 4, "检查完毕")
    return CheckReport(ok=not findings, findings=tuple(findings))


@contextmanager
def _writable(store: Store) -> Generator[None]:
    """Allow temporary tables; the office's tables are not written."""
    connection = store.db.conn
    connection.execute("PRAGMA query_only = OFF")
    try:
        yield
    finally:
        if not store.read_only:
            connection.execute("PRAGMA query_only = ON")


def _references(store: Store) -> list[str]:
    broken: dict[tuple[str, str], int] = {}
    for row in store.query("PRAGMA foreign_key_check"):
        pair = (label_of(store, row["table"]), label_of(store, row["parent"]))
        broken[pair] = broken.get(pair, 0) + 1
    return [
        f"{count} 条“{child}”指向已不存在的“{parent}”。"
        for (child, parent), count in sorted(broken.items())
    ]


def _journal(store: Store) -> list[str]:
    store.db.conn.execute(_PARENTS)
    store.db.conn.execute("DELETE FROM parent")
    store.db.conn.execute(_LIST_PARENTS)
    store.db.conn.execute(_CONTESTED)
    store.db.conn.execute("DELETE FROM contested")
    store.db.conn.execute(_LIST_CONTESTED)
    faults = {
        "找不到前一个版本": store.value(_ORPHANS),
        "不属于任何一次操作": store.value(_NO_OPERATION),
        "的当前版本记错了": store.value(_HEADS) + _misjudged(store),
        "的先后次序有分叉": store.value(_LINES),
    }
    store.db.conn.execute("DROP TABLE parent")
    store.db.conn.execute("DROP TABLE contested")
    return [f"变更记录里有 {count} 条{fault}。" for fault, count in faults.items() if count]


def _misjudged(store: Store) -> int:
    """How many rows with rival versions are not booked as their versions say."""
    stands = Stands(store)
    return sum(not _as_judged(store, stands, *row) for row in stands.open_rows())


def _as_judged(store: Store, stands: Stands, table: str, row: str) -> bool:
    standing = stands.of(table, row)
    if standing is None:
        return False
    if store.value("SELECT 1 FROM unplaced WHERE row = ? AND tbl = ?", (row, table)):
        return True  # it stands on an older state until it can be placed
    exists = compose("SELECT 1 FROM {table} WHERE id = ?", table=name(table))
    there = store.value(exists, (row,)) is not None
    given = {"row": row, "tbl": table}
    found: Books = (set(store.tuples(_HEADS_OF, given)), set(store.tuples(_RIVALS_OF, given)))
    # Which head is shown is a person's latest edit until the next merge asks the rule.
    return _claims(standing, found) == _claims(standing, books(standing, there=there))


def _claims(standing: Standing, booked: Books) -> set[tuple[str, int]]:
    """Every head that is booked; a unit that is not stands on the row's birth."""
    heads, rivals = booked
    units = {unit for unit, _ in heads}
    whole = standing.verdict.whole.seq
    return heads | rivals | {(unit, whole) for unit in standing.tracked.units if unit not in units}


def _contents(store: Store) -> list[str]:
    """Where the tables are not what was sealed; sealed now where the file may be written."""
    lost = triggers.differing(store.db.conn, store.tracked.values())
    broken = [label_of(store, table) for table in sorted({trigger.table for trigger in lost})]
    counts = {one.tracked.label: _outside(store, one) for one in store.layouts.values()}
    marked = store.value("SELECT EXISTS (SELECT 1 FROM dirty)")
    mended = recorded = ""
    if not store.read_only and (lost or marked or any(counts.values())):
        upgrading.mend(store)
        scan(store)
        mended, recorded = "，已经恢复", f"，已记入历史（“{OUTSIDE_TITLE}”）"
    return [
        *(f"“{label}”的变更记录触发器缺失或被改动{mended}。" for label in broken),
        *(
            f"{count} 条“{label}”在本程序之外被改动过{recorded}。"
            for label, count in counts.items()
            if count
        ),
    ]


def _outside(store: Store, layouts: Layouts) -> int:
    """How many rows of a table are not what was sealed."""
    sealing.touch(store.db.conn, layouts, suspects(layouts))
    questions = [sealing.born(layouts), sealing.born_again(layouts), sealing.lost(layouts)]
    if not layouts.tracked.append_only:
        questions += [_of_unit(layouts, unit) for unit in layouts.tracked.units]
    rows = joined(
        (compose("SELECT d.row {asked}", asked=asked) for asked in questions), by=" UNION "
    )
    found = store.value(
        compose("SELECT count(*) FROM ({rows})", rows=rows), {"tbl": layouts.tracked.table}
    )
    store.db.conn.execute("DELETE FROM touched")
    return found


def _of_unit(layouts: Layouts, unit: str) -> Sql:
    return Sql(sealing.different(layouts, unit).replace(":unit", text(unit)))
