"""A print run and its sheets as rows of tables."""

from __future__ import annotations

from collections.abc import Sequence

from models.certificates.booklets import BookletSheet, pages_of
from models.certificates.kinds import kind_named
from models.certificates.sheets import (
    COPY_NAMES,
    OUTCOME_NAMES,
    STATE_NAMES,
    PrintRun,
    Sheet,
    run_ids,
    runs_of,
    sheets,
)
from models.office.context import Office
from ui.desktop.widgets.table.source import Order, TableColumn, TableRow

RUNS = (
    TableColumn("title", "批次", 14, stretch=True),
    TableColumn("kind", "种类", 6),
    TableColumn("stock", "纸张", 7, listed=False),
    TableColumn("sheets", "总数", 4, numeric=True),
    TableColumn("printed", "已打印", 4, numeric=True),
    TableColumn("waiting", "待打印", 4, numeric=True),
    TableColumn("spoilt", "打坏", 3, numeric=True),
    TableColumn("begun_at", "开始", 6),
    TableColumn("state", "状态", 4),
)
SHEETS = (
    TableColumn("place", "序号", 3, numeric=True),
    TableColumn("name", "持证人", 6),
    TableColumn("number", "证书编号", 11),
    TableColumn("school", "单位", 11, stretch=True),
    TableColumn("about", "说明", 7),
    TableColumn("outcome", "结果", 4),
    TableColumn("serial", "序列号", 6),
    TableColumn("reason", "打坏原因", 7),
)
TONES = {"open": "warn", "done": "ok", "void": "muted", "given_up": "muted"}
_OUTCOMES = {"waiting": "warn", "printed": "ok", "spoilt": "error"}


def run_row(one: PrintRun) -> TableRow:
    """A run."""
    texts = {
        "title": one.title,
        "kind": kind_named(one.kind).title,
        "stock": paper_of(one),
        "sheets": f"{one.sheets:,}",
        "printed": f"{one.printed:,}",
        "waiting": f"{one.waiting:,}",
        "spoilt": f"{one.spoilt:,}" if one.spoilt else "",
        "begun_at": one.begun_at[:10],
        "state": STATE_NAMES[one.state],
    }
    return TableRow(one.id, texts, {"state": TONES[one.state]})


class RunRows:
    """All runs; their sheets are counted when they come into sight."""

    def __init__(self, office: Office) -> None:
        """Ask ``office`` for its runs."""
        self._office = office

    def ids(self, order: Order | None) -> Sequence[str]:
        """Their identities; the latest first where no column is asked for."""
        if order is None:
            return run_ids(self._office)
        return run_ids(self._office, order.key, descending=order.descending)

    def rows(self, ids: Sequence[str]) -> Sequence[TableRow]:
        """Those runs as text, in the order asked for."""
        found = {one.id: run_row(one) for one in runs_of(self._office, ids)}
        return [found[one] for one in ids if one in found]


def paper_of(run: PrintRun) -> str:
    """What a run is printed on."""
    if run.booklet:
        return "本人的证书"
    return f"空白{run.stock}" if run.stock else "白纸"


def run_words(run: PrintRun) -> str:
    """What stands below the title of a run: where it goes on, and what it is printed with."""
    printer = " ".join(part for part in (run.printer, run.tray) if part)
    going_on = run.going_on or f"共 {run.sheets:,} {run.unit}，已打印 {run.printed:,} {run.unit}"
    reason = f"再印的原因：{run.reason}" if run.reason else ""
    begun = begun_words(run.begun_at)
    return "　".join(part for part in (going_on, paper_of(run), reason, printer, begun) if part)


def begun_words(moment: str) -> str:
    """When a run was begun: ``2025-09-20 10:00 开始``."""
    return f"{moment[:16].replace('T', ' ')} 开始"


def sheet_rows(office: Office, run: PrintRun) -> list[TableRow]:
    """The sheets of a run in the order of handing out; of booklets, their pages."""
    if run.booklet:
        return [_page_row(one) for one in pages_of(office, run.id)]
    return [_sheet_row(one) for one in sheets(office, run.id)]


def place_of(row: TableRow) -> int:
    """The place of a sheet in its run."""
    return int(row.texts["place"])


def _sheet_row(one: Sheet) -> TableRow:
    void = one.void and one.outcome == "waiting"
    texts = {
        "place": str(one.place),
        "name": one.name,
        "number": one.number,
        "school": one.school,
        "about": "" if one.copy == "first" else COPY_NAMES[one.copy],
        "outcome": "已作废" if void else OUTCOME_NAMES[one.outcome],
        "serial": one.serial,
        "reason": one.reason,
    }
    return TableRow(one.id, texts, {"outcome": "muted" if void else _OUTCOMES[one.outcome]})


def _page_row(one: BookletSheet) -> TableRow:
    first = one.lines[0]
    waits = any(line.waiting for line in one.lines)
    again = max(line.again for line in one.lines)
    texts = {
        "place": str(one.place),
        "name": first.name,
        "number": first.number,
        "school": first.school,
        "about": f"第 {one.page} 页 {len(one.lines)} 行" + (f"，重打 {again} 次" if again else ""),
        "outcome": OUTCOME_NAMES["waiting" if waits else "printed"],
        "serial": "",
        "reason": "",
    }
    tone = _OUTCOMES["waiting" if waits else "printed"]
    return TableRow(str(one.place), texts, {"outcome": tone})
