"""Blank certificates: received, spoilt, lost, given back, and how many are left.

Entries only add. ``count`` is positive for what comes in and negative for what goes out; an undo
answers with the same step and the opposite count, so that sums over a step are always right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.certificates.paper_entries import STOCK_ENTRY
from models.certificates.serials import Stretch, both, cover, read_serial, stretch
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation

STEPS = {
    "received": "领入",
    "used": "用于证书",
    "spoilt": "损坏",
    "lost": "丢失",
    "returned": "退回",
}
_BALANCES = """
SELECT stock,
    SUM(CASE step WHEN 'received' THEN count ELSE 0 END) AS received,
    -SUM(CASE step WHEN 'used' THEN count ELSE 0 END) AS used,
    -SUM(CASE step WHEN 'spoilt' THEN count ELSE 0 END) AS spoilt,
    -SUM(CASE step WHEN 'lost' THEN count ELSE 0 END) AS lost,
    -SUM(CASE step WHEN 'returned' THEN count ELSE 0 END) AS returned
FROM stock_entry WHERE :stock IS NULL OR stock = :stock GROUP BY stock ORDER BY stock
"""
_SERIALS = """
SELECT step, first_serial, last_serial, SUM(count) AS count FROM stock_entry
WHERE stock = ? AND first_serial IS NOT NULL
GROUP BY step, first_serial, last_serial HAVING SUM(count) <> 0
ORDER BY first_serial, last_serial, step
"""
_ENTRIES = """
SELECT stock, step, happened_on, count, COALESCE(first_serial, '') AS first_serial,
    COALESCE(last_serial, '') AS last_serial, reason FROM stock_entry
WHERE item_id IS NULL AND (:stock IS NULL OR stock = :stock) ORDER BY stock, happened_on, rowid
"""


@dataclass(frozen=True, slots=True)
class Balance:
    """What became of the blanks of one stock, in sheets.

    Attributes:
        stock: its title.
        received, used, spoilt, lost, returned: by step.
    """

    stock: str
    received: int = 0
    used: int = 0
    spoilt: int = 0
    lost: int = 0
    returned: int = 0

    @property
    def left(self) -> int:
        """How many must lie in the cupboard; below 0 more went out than came in."""
        return self.received - self.used - self.spoilt - self.lost - self.returned


@dataclass(frozen=True, slots=True)
class StockEntry:
    """One entry that is not of a single sheet of a print run; a count below 0 went out."""

    stock: str
    step: str
    happened_on: str
    count: int
    first_serial: str
    last_serial: str
    reason: str

    @property
    def step_name(self) -> str:
        """In the office's word; what an undo entered says so."""
        out = self.step != "received"
        return STEPS[self.step] + ("（撤销）" if (self.count > 0) == out else "")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """What one printed sheet does to the stock: one blank used, spoilt, or a use taken back."""

    item_id: str
    step: str
    count: int
    serial: str
    reason: str


def receive(
    office: Office, stock: str, count: int, first: str = "", last: str = "", reason: str = ""
) -> Operation:
    """Blanks came in.

    Args:
        office: the office.
        stock: title of the stock.
        count: how many.
        first: the first serial printed on them; "" where they bear none.
        last: the last one, to check the count; "" where it need not be.
        reason: from whom, which delivery note.

    Raises:
        UserError: no title, no count, serials that do not fit the count or came in before.
    """
    serials = _range(count, first, last)
    title = _title(stock)
    if serials:
        known = both([serials], _of_step(office, title, "received"))
        if known:
            raise UserError(
                "stock.received_before",
                f"序列号 {known[0].text} 已经登记领入过。",
                "请核对序列号。",
            )
    return _enter(office, title, "received", count, serials, reason.strip())


def spoil(office: Office, stock: str, count: int, reason: str, first: str = "") -> Operation:
    """Blanks were spoilt outside of a print run, such as by water.

    Raises:
        UserError: no reason, more than are left, serials that went out before.
    """
    return _take_out(office, stock, "spoilt", count, reason, first)


def lose(office: Office, stock: str, count: int, reason: str, first: str = "") -> Operation:
    """Blanks cannot be found.

    Raises:
        UserError: as ``spoil``.
    """
    return _take_out(office, stock, "lost", count, reason, first)


def give_back(office: Office, stock: str, count: int, reason: str, first: str = "") -> Operation:
    """Blanks were given back to where they came from.

    Raises:
        UserError: as ``spoil``.
    """
    return _take_out(office, stock, "returned", count, reason, first)


def balances(office: Office) -> list[Balance]:
    """Every stock with what became of it, by title."""
    return [Balance(*row) for row in office.store.query(_BALANCES, {"stock": None})]


def balance_of(office: Office, stock: str) -> Balance:
    """One stock; nothing of anything where it is unknown."""
    row = office.store.one(_BALANCES, {"stock": stock})
    return Balance(stock) if row is None else Balance(*row)


def entries(office: Office, stock: str | None = None) -> list[StockEntry]:
    """What was received, spoilt, lost or given back in bulk, by stock and day."""
    return [StockEntry(*row) for row in office.store.query(_ENTRIES, {"stock": stock})]


def serials_of(office: Office, stock: str) -> dict[str, list[Stretch]]:
    """Step to the serials that took it, each as often as it did."""
    found: dict[str, list[Stretch]] = {step: [] for step in STEPS}
    for row in office.store.query(_SERIALS, (stock,)):
        ends = read_serial(row["first_serial"]), read_serial(row["last_serial"])
        size = ends[1].value - ends[0].value + 1
        weight = row["count"] // size
        found[row["step"]].append(Stretch(*ends, weight if row["step"] == "received" else -weight))
    return {step: cover(parts) for step, parts in found.items()}


def refuse_gone(office: Office, stock: str, serials: Iterable[Stretch]) -> None:
    """Refuse serials that went out before.

    Raises:
        UserError: one of them is used, spoilt, lost or given back.
    """
    asked = list(serials)
    for step, parts in serials_of(office, stock).items():
        gone = both(asked, parts) if step != "received" else []
        if gone:
            raise UserError(
                "stock.serial_gone",
                f"{stock}的序列号 {gone[0].text} 已登记为{STEPS[step]}。",
                "请对照手中的空白证书核对序列号。",
            )


def enter_sheets(office: Office, stock: str, sheets: Sequence[SheetEntry]) -> int:
    """What printed sheets do to the stock; call it inside the operation that marks them."""
    today = office.store.clock.today().isoformat()
    rows = [
        (
            office.store.ids.new_id(),
            stock,
            one.step,
            today,
            one.count,
            one.serial or None,
            one.serial or None,
            one.item_id,
            one.reason,
        )
        for one in sheets
    ]
    return office.store.insert("stock_entry", ("id", *STOCK_ENTRY), rows)


def _take_out(
    office: Office, stock: str, step: str, count: int, reason: str, first: str
) -> Operation:
    title, why = _title(stock), reason.strip()
    if not why:
        raise UserError("stock.no_reason", f"没有写{STEPS[step]}的原因。", "请写明原因。")
    serials = _range(count, first, "")
    left = balance_of(office, title).left
    if count > left:
        raise UserError(
            "stock.too_many",
            f"{title}只剩 {left} 份，不能登记{STEPS[step]} {count} 份。",
            "请核对数量，或先登记领入。",
        )
    if serials:
        refuse_gone(office, title, [serials])
    return _enter(office, title, step, -count, serials, why)


def _enter(
    office: Office, stock: str, step: str, count: int, serials: Stretch | None, reason: str
) -> Operation:
    ends = (serials.first.text, serials.last.text) if serials else (None, None)
    today = office.store.clock.today().isoformat()
    title = f"{stock}{STEPS[step]} {abs(count)} 份"
    with office.store.operation(f"stock.{step}", title) as operation:
        row = (office.store.ids.new_id(), stock, step, today, count, *ends, None, reason)
        office.store.insert("stock_entry", ("id", *STOCK_ENTRY), [row])
    return operation


def _of_step(office: Office, stock: str, step: str) -> list[Stretch]:
    return serials_of(office, stock)[step]


def _title(stock: str) -> str:
    if not stock.strip():
        raise UserError("stock.no_title", "没有写是哪一种空白证书。", "请写明名称，如“结业证书”。")
    return stock.strip()


def _range(count: int, first: str, last: str) -> Stretch | None:
    if count < 1:
        raise UserError("stock.count", f"数量 {count} 不对。", "数量应为不小于 1 的整数。")
    return stretch(first, count, last) if first.strip() else None
