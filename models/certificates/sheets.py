"""The sheets of print runs as lists read them: in the order of handing out, with what came of each.

A run is done when nothing of it waits any more; that is never stored, so that an undo or a
certificate declared void cannot leave it said wrongly.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from models.certificates.events import LAST_EVENT
from models.errors import UserError
from models.office.context import Office

CopyKind = Literal["first", "again", "reprint"]
Outcome = Literal["waiting", "printed", "spoilt"]
COPY_NAMES: dict[CopyKind, str] = {"first": "首印", "again": "重印", "reprint": "补印"}
OUTCOME_NAMES: dict[Outcome, str] = {"waiting": "待打印", "printed": "已打印", "spoilt": "打坏"}
STATE_NAMES = {"open": "未印完", "done": "已印完", "void": "全部作废", "given_up": "已放弃"}
REPRINT_MARK = "补"

_VOID = f"{LAST_EVENT} IS 'void'"
_ITEMS = f"""
SELECT i.id, i.run_id, i.place, i.certificate_id, i.copy, COALESCE(i.serial, '') AS serial,
    i.outcome, COALESCE(i.outcome_on, '') AS outcome_on, COALESCE(i.reason, '') AS reason,
    c.number, c.series, c.seq, c.holder_name AS name, COALESCE(c.holder_school, '') AS school,
    {_VOID.format(of="c.id")} AS void
FROM print_item AS i JOIN certificate AS c ON c.id = i.certificate_id
"""  # noqa: S608 - our own words
# Spoilt sheets of a place stand before the one that took their place.
_OF_RUN = _ITEMS + (
    "WHERE i.run_id = ? AND i.place BETWEEN ? AND ? "
    "ORDER BY i.place, i.outcome <> 'spoilt', i.rowid"
)
EVERY_PLACE = (1, 2**62)
_PRINTED = """
SELECT DISTINCT i.certificate_id FROM json_each(?) AS wanted
CROSS JOIN print_item AS i ON i.certificate_id = wanted.value WHERE i.outcome = 'printed'
"""
_WAITING = """
SELECT DISTINCT i.certificate_id, i.run_id FROM json_each(?) AS wanted
CROSS JOIN print_item AS i ON i.certificate_id = wanted.value JOIN print_run AS r ON r.id = i.run_id
WHERE i.outcome = 'waiting' AND r.state = 'open'
"""
_WAITS = f"outcome = 'waiting' AND NOT {_VOID.format(of='certificate_id')}"
# A line under a stamp that was taken back, or in a void booklet, is not to be printed.
STANDS = """EXISTS (SELECT 1 FROM stamp_line AS s WHERE s.id = b.stamp_id
    AND s.stamped_on IS NOT NULL AND s.voided_on IS NULL)"""
KEPT = f"NOT {_VOID.format(of='b.certificate_id')}"
_LINE_WAITS = f"outcome = 'waiting' AND {STANDS} AND {KEPT}"
_COUNTS = f"""
SELECT run_id, 0 AS booklet, MAX(place) AS sheets, COUNT(CASE WHEN {_WAITS} THEN 1 END) AS waiting,
    COUNT(CASE WHEN outcome = 'printed' THEN 1 END) AS printed,
    COUNT(CASE WHEN outcome = 'spoilt' THEN 1 END) AS spoilt,
    MIN(CASE WHEN {_WAITS} THEN place END) AS next_place
FROM print_item {{which}} GROUP BY run_id
UNION ALL
SELECT run_id, 1, MAX(place), COUNT(DISTINCT CASE WHEN {_LINE_WAITS} THEN place END),
    COUNT(DISTINCT CASE WHEN outcome = 'printed' THEN place END), 0,
    MIN(CASE WHEN {_LINE_WAITS} THEN place END)
FROM booklet_line AS b {{which}} GROUP BY run_id
"""  # noqa: S608 - our own words
_RUNS = """
SELECT r.*, n.booklet, n.sheets, n.waiting, n.printed, n.spoilt, n.next_place
FROM print_run AS r JOIN ({counts}) AS n ON n.run_id = r.id
ORDER BY r.begun_at DESC, r.rowid DESC
"""
_ALL_RUNS = _RUNS.format(counts=_COUNTS.format(which=""))
_THESE_RUNS = _RUNS.format(
    counts=_COUNTS.format(which="WHERE run_id IN (SELECT value FROM json_each(:runs))")
)
_LISTED = """(EXISTS (SELECT 1 FROM print_item WHERE run_id = r.id)
    OR EXISTS (SELECT 1 FROM booklet_line WHERE run_id = r.id))"""
_SOMETHING_WAITS = f"""r.state = 'open' AND (
    EXISTS (SELECT 1 FROM print_item WHERE run_id = r.id AND {_WAITS})
    OR EXISTS (SELECT 1 FROM booklet_line AS b WHERE b.run_id = r.id AND {_LINE_WAITS}))"""  # noqa: S608 - our own words
_RUN_IDS = f"""
SELECT r.id FROM print_run AS r WHERE {_LISTED} ORDER BY {{order}}, r.rowid {{way}}
"""  # noqa: S608 - our own words
_COUNTED_IDS = f"""
SELECT r.id FROM print_run AS r JOIN ({_COUNTS.format(which="")}) AS n ON n.run_id = r.id
ORDER BY {{order}}, r.rowid {{way}}
"""  # noqa: S608 - our own words
_OPEN_RUNS = f"SELECT r.id FROM print_run AS r WHERE {_SOMETHING_WAITS}"  # noqa: S608 - our own words
_RUN_COUNT = f"""
SELECT COUNT(*) AS every, COUNT(CASE WHEN {_SOMETHING_WAITS} THEN 1 END) AS open
FROM print_run AS r WHERE {_LISTED}
"""  # noqa: S608 - our own words
_BEGINS = "SELECT id FROM print_run WHERE substr(id, 1, length(:text)) = :text LIMIT 2"
_ORDERS = {
    "title": "r.title {way}",
    "kind": "r.kind {way}",
    "begun_at": "r.begun_at {way}",
}
_COUNT_ORDERS = {
    "stock": "n.booklet {way}, COALESCE(r.stock, '') {way}",
    "sheets": "n.sheets {way}",
    "printed": "n.printed {way}",
    "waiting": "n.waiting {way}",
    "spoilt": "n.spoilt {way}",
    "state": "r.state = 'given_up' {way}, n.waiting = 0 {way}",
}


@dataclass(frozen=True, slots=True)
class PrintRun:
    """One batch sent to paper.

    Attributes:
        id, title, kind, form: what it is of, and the form it is printed with.
        medium: ``plain`` paper or pre-printed ``stock``; ``stock`` is the title of the blanks.
        printer, tray: "" where not said.
        reason: why it is printed once more; "" for a first print.
        begun_at: when, ISO.
        booklet: whether its sheets are pages of booklets (续打).
        sheets: how many places it has.
        waiting, printed, spoilt: sheets of each sort; a spoilt one is beside its repetition.
        next_place: the first that waits; 0 if none.
        given_up: whether nobody means to go on with it.
    """

    id: str
    title: str
    kind: str
    form: str
    medium: str
    stock: str
    printer: str
    tray: str
    reason: str
    begun_at: str
    booklet: bool
    sheets: int
    waiting: int
    printed: int
    spoilt: int
    next_place: int
    given_up: bool

    @property
    def state(self) -> str:
        """``open``, ``done``, ``given_up``, or ``void`` where nothing waits and nothing counts."""
        if self.given_up:
            return "given_up"
        if self.waiting:
            return "open"
        return "done" if self.printed else "void"

    @property
    def going_on(self) -> str:
        """Where it goes on: 「从第 57 份继续（共 126 份，待打印 70 份）」; "" if it does not."""
        if self.state != "open":
            return ""
        unit = self.unit
        counts = f"共 {self.sheets} {unit}，待打印 {self.waiting} {unit}"
        return f"从第 {self.next_place} {unit}继续（{counts}）"

    @property
    def on_printed_paper(self) -> bool:
        """Whether its paper is printed already: blanks, or the pages of a teacher's booklet."""
        return self.booklet or bool(self.stock)

    @property
    def unit(self) -> str:
        """What one counts in it: 页 of booklets, else 份."""
        return "页" if self.booklet else "份"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a run.

    Attributes:
        id, run_id: of the sheet and its run.
        place: its number in the order of handing out; a repeated sheet keeps it.
        certificate_id, number, series, seq: the certificate, and its number as series and place.
        name, school: its holder.
        copy: a first print, one again, or a reprint with the mark 补.
        serial: of the blank; "" where it has none.
        outcome, outcome_on, reason: what came of it, when, and why it was spoilt.
        void: whether the certificate is void now.
    """

    id: str
    run_id: str
    place: int
    certificate_id: str
    copy: CopyKind
    serial: str
    outcome: Outcome
    outcome_on: str
    reason: str
    number: str
    series: str
    seq: int
    name: str
    school: str
    void: bool

    @property
    def waiting(self) -> bool:
        """Whether it is still to be printed; what was declared void meanwhile is not."""
        return self.outcome == "waiting" and not self.void


def runs(office: Office) -> list[PrintRun]:
    """All runs, the latest first."""
    return [_run(dict(row)) for row in office.store.query(_ALL_RUNS)]


def open_runs(office: Office) -> list[PrintRun]:
    """The runs that can be gone on with, the latest first."""
    return runs_of(office, [row["id"] for row in office.store.query(_OPEN_RUNS)])


def run_ids(office: Office, key: str = "begun_at", *, descending: bool = True) -> list[str]:
    """The identities of all runs, by a column of the list; by default the latest first."""
    orders, sql = (_ORDERS, _RUN_IDS) if key in _ORDERS else (_COUNT_ORDERS, _COUNTED_IDS)
    way = "DESC" if descending else "ASC"
    rows = office.store.query(sql.format(order=orders[key].format(way=way), way=way))
    return [row["id"] for row in rows]


def runs_of(office: Office, ids: Sequence[str]) -> list[PrintRun]:
    """Those runs, the latest first; one that is gone is left out."""
    rows = office.store.query(_THESE_RUNS, {"runs": json.dumps(list(ids))})
    return [_run(dict(row)) for row in rows]


def count_runs(office: Office) -> tuple[int, int]:
    """How many runs there are, and how many of them can be gone on with."""
    (row,) = office.store.query(_RUN_COUNT)
    return row["every"], row["open"]


def read_run(office: Office, run_id: str) -> PrintRun:
    """One run.

    Raises:
        UserError: there is no such run.
    """
    found = runs_of(office, [run_id])
    if not found:
        raise UserError("printing.no_run", "没有这个打印批次。", "请刷新列表。")
    return found[0]


def find_run(office: Office, text: str) -> PrintRun:
    """The run of that identity, or of its beginning.

    Raises:
        UserError: there is none, or there are several.
    """
    rows = office.store.query(_BEGINS, {"text": text.lower()}) if text else []
    found = runs_of(office, [row["id"] for row in rows])
    if len(found) != 1:
        what = "不止一个" if found else "没有"
        raise UserError(
            "printing.no_run",
            f"编号以“{text}”开头的打印批次{what}。",
            "请用 certificate runs 核对。",
        )
    return found[0]


def sheets(office: Office, run_id: str, places: tuple[int, int] = EVERY_PLACE) -> list[Sheet]:
    """The sheets of a run in the order of handing out, spoilt ones before their repetition.

    Args:
        office: the office.
        run_id: the run.
        places: the first and the last place that matter.
    """
    return [_sheet(dict(row)) for row in office.store.query(_OF_RUN, (run_id, *places))]


def waiting_sheets(
    office: Office, run_id: str, places: tuple[int, int] = EVERY_PLACE
) -> list[Sheet]:
    """The sheets of a run still to be printed, in order."""
    return [one for one in sheets(office, run_id, places) if one.waiting]


def printed_ids(office: Office, certificate_ids: Sequence[str]) -> set[str]:
    """Those of the certificates that stand on paper."""
    rows = office.store.query(_PRINTED, (json.dumps(list(certificate_ids)),))
    return {row[0] for row in rows}


def waiting_in(office: Office, certificate_ids: Sequence[str]) -> dict[str, str]:
    """Certificate to the open run it waits in, for those that do."""
    rows = office.store.query(_WAITING, (json.dumps(list(certificate_ids)),))
    return {row["certificate_id"]: row["run_id"] for row in rows}


def refuse_given_up(run: PrintRun) -> None:
    """Refuse a run that nobody means to go on with.

    Raises:
        UserError: it is one.
    """
    if run.given_up:
        raise UserError(
            "printing.given_up", f"“{run.title}”已经放弃。", "要接着印，请先撤销那次放弃。"
        )


def run_of(office: Office, certificate_ids: Sequence[str]) -> str:
    """The open run in which these certificates wait and no others; "" if there is none."""
    waiting = waiting_in(office, certificate_ids)
    runs_found = set(waiting.values())
    if len(runs_found) != 1 or set(waiting) != set(certificate_ids):
        return ""
    run_id = runs_found.pop()
    others = {one.certificate_id for one in waiting_sheets(office, run_id)} - set(waiting)
    return "" if others else run_id


def _run(row: dict[str, Any]) -> PrintRun:
    state = row.pop("state")
    for name in ("stock", "printer", "tray", "reason"):
        row[name] = row[name] or ""
    row["booklet"] = bool(row["booklet"])
    row["next_place"] = row["next_place"] or 0
    return PrintRun(**row, given_up=state == "given_up")


def _sheet(row: dict[str, Any]) -> Sheet:
    row["void"] = bool(row["void"])
    return Sheet(**row)
