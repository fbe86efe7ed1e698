"""How far the trays of the office's printers print off, and what puts it right.

Every printer feeds a little askew of where it thinks the sheet lies, and some print a hair too
wide. Both are measured once on a calibration sheet and belong to the tray, not to any form. A point
that shall stand at ``p`` on the sheet is printed at ``shift + scale * p``.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation

ONE = Decimal(1)
NONE = Decimal(0)
FARTHEST = Decimal(20)
"""The largest shift in millimetres."""
SMALLEST, LARGEST = Decimal("0.95"), Decimal("1.05")
"""The scales that are believed."""
_MILLIMETRE, _PART = 100, 1_000_000  # how shifts and scales are kept: as whole numbers
_SHIFT, _SCALE = Decimal("0.01"), Decimal("0.0001")
_INSET = Decimal(20)
_NARROW = Decimal(100)
_COLUMNS = ("id", "printer", "tray", "paper", "right", "down", "wider", "taller", "measured_on")


@dataclass(frozen=True, slots=True)
class Tray:
    """A printer's tray and what puts its prints right.

    Attributes:
        printer: as the system calls it.
        tray: as the window calls it.
        paper: the sheet it was measured with (``paper_name``); "" holds for every sheet.
        right: how far everything is moved to the right, in millimetres.
        down: how far it is moved down.
        wider: the factor across, 1 for none.
        taller: the factor down.
        measured_on: the day, ISO; "" where it was never measured.
    """

    printer: str
    tray: str
    paper: str = ""
    right: Decimal = NONE
    down: Decimal = NONE
    wider: Decimal = ONE
    taller: Decimal = ONE
    measured_on: str = ""

    @property
    def plain(self) -> bool:
        """Whether it changes nothing."""
        return self.factors == (0.0, 0.0, 1.0, 1.0)

    @property
    def factors(self) -> tuple[float, float, float, float]:
        """Right, down, wider, taller, as those who draw want them."""
        return float(self.right), float(self.down), float(self.wider), float(self.taller)


class Point(NamedTuple):
    """A place on the sheet in millimetres from its upper left corner."""

    x: Decimal
    y: Decimal


class Crosses(NamedTuple):
    """The two crosses of a calibration sheet: where they should stand, or where they do.

    ``far`` is None where only the near one was measured; scales then stay as they are.
    """

    near: Point
    far: Point | None


def paper_name(width: float, height: float) -> str:
    """What a sheet is called by its size.

    >>> paper_name(210, 297.04)
    '210×297 mm'
    """
    return f"{round(width, 1):g}×{round(height, 1):g} mm"


def crosses(width: float, height: float) -> Crosses:
    """Where the crosses of a calibration sheet stand: near two opposite corners.

    The farther they are from each other, the less a slip of the ruler counts.
    """
    wide, high = Decimal(str(round(width, 1))), Decimal(str(round(height, 1)))
    inset = _INSET if min(wide, high) > _NARROW else _INSET / 2
    return Crosses(Point(inset, inset), Point(wide - inset, high - inset))


def trays(office: Office) -> list[Tray]:
    """Every tray that was calibrated, by printer."""
    rows = office.store.query(
        "SELECT * FROM printer_tray ORDER BY printer, tray, paper, measured_on, id"
    )
    return [_tray(row) for row in rows]


def tray_of(office: Office, printer: str, tray: str, paper: str = "") -> Tray:
    """What holds for a tray: measured with that sheet, else with any; nothing where unknown."""
    row = office.store.one(
        "SELECT * FROM printer_tray WHERE printer = ? AND tray = ? AND paper IN (?, '')"
        " ORDER BY paper = '', measured_on DESC, id LIMIT 1",
        (printer, tray, paper),
    )
    return _tray(row) if row is not None else Tray(printer, tray, paper)


def calibrate(office: Office, tray: Tray) -> Operation:
    """Keep what puts a tray right, in place of what was known of it; one step of undo.

    Raises:
        UserError: no printer; a shift of more than 20 mm; a scale outside 95 to 105 per cent.
    """
    checked = check_tray(tray)
    store = office.store
    values = (
        checked.printer, checked.tray, checked.paper,
        int(checked.right * _MILLIMETRE), int(checked.down * _MILLIMETRE),
        int(checked.wider * _PART), int(checked.taller * _PART), store.clock.today().isoformat(),
    )  # fmt: skip
    with store.operation("office.calibrate", f"校准打印机“{_called(checked)}”") as operation:
        known = store.value(
            "SELECT id FROM printer_tray WHERE printer = ? AND tray = ? AND paper = ?"
            " ORDER BY measured_on DESC, id LIMIT 1",
            values[:3],
        )
        if known is None:
            store.insert("printer_tray", _COLUMNS, [(store.ids.new_id(), *values)])
        else:
            store.execute(
                "UPDATE printer_tray SET printer = ?, tray = ?, paper = ?, right = ?, down = ?,"
                " wider = ?, taller = ?, measured_on = ? WHERE id = ?",
                (*values, known),
            )
    return operation


def forget(office: Office, tray: Tray) -> Operation:
    """Drop what is known of a tray; it prints as it comes again."""
    store = office.store
    with store.operation("office.uncalibrate", f"删除校准“{_called(tray)}”") as operation:
        store.execute(
            "DELETE FROM printer_tray WHERE printer = ? AND tray = ? AND paper = ?",
            (tray.printer, tray.tray, tray.paper),
        )
    return operation


def check_tray(tray: Tray) -> Tray:
    """The tray with its numbers rounded as they are kept.

    Raises:
        UserError: see ``calibrate``.
    """
    if not tray.printer.strip():
        raise UserError("printer.no_name", "没有选打印机。", "请先选一台打印机。")
    for title, shift in (("右偏", tray.right), ("下偏", tray.down)):
        if not shift.is_finite() or abs(shift) > FARTHEST:
            raise UserError(
                "printer.shift",
                f"{title} {shift} 毫米超出了 ±{FARTHEST} 毫米。",
                "请重新量；偏得这样多时，先检查纸盒的挡板和驱动里的纸张大小。",
            )
    for title, scale in (("横向缩放", tray.wider), ("纵向缩放", tray.taller)):
        if not scale.is_finite() or not SMALLEST <= scale <= LARGEST:
            raise UserError(
                "printer.scale",
                f"{title} {scale * 100} % 超出了 95 % 到 105 %。",
                "请重新量；差得这样多时，多半是驱动里选了“适合纸张”，请改为“实际大小”。",
            )
    return replace(
        tray,
        right=tray.right.quantize(_SHIFT),
        down=tray.down.quantize(_SHIFT),
        wider=tray.wider.quantize(_SCALE),
        taller=tray.taller.quantize(_SCALE),
    )


def corrected(tray: Tray, wanted: Crosses, measured: Crosses) -> Tray:
    """What puts a tray right, from a calibration sheet that was printed with ``tray``.

    The sheet may have been printed with an earlier correction: what is left of the error is then
    added to it, so that a second sheet refines the first.

    Args:
        tray: what the sheet was printed with.
        wanted: where its crosses should stand.
        measured: where they stand on the paper.

    Raises:
        UserError: measurements that no printer makes.
    """
    across = (tray.right, tray.wider, "横向")
    down = (tray.down, tray.taller, "纵向")
    far_wanted, far = wanted.far, measured.far
    if far_wanted is None or far is None:
        right, wider = _near_only(across, wanted.near.x, measured.near.x)
        lower, taller = _near_only(down, wanted.near.y, measured.near.y)
    else:
        right, wider = _both(across, (wanted.near.x, far_wanted.x), (measured.near.x, far.x))
        lower, taller = _both(down, (wanted.near.y, far_wanted.y), (measured.near.y, far.y))
    return check_tray(replace(tray, right=right, down=lower, wider=wider, taller=taller))


_Side = tuple[Decimal, Decimal, str]  # shift, scale, which way


def _near_only(side: _Side, wanted: Decimal, measured: Decimal) -> tuple[Decimal, Decimal]:
    shift, scale, _ = side
    return shift - (measured - wanted) * scale, scale


def _both(
    side: _Side, wanted: tuple[Decimal, Decimal], measured: tuple[Decimal, Decimal]
) -> tuple[Decimal, Decimal]:
    """Shift and scale from two points: the line through them, turned round."""
    shift, scale, way = side
    should, does = wanted[1] - wanted[0], measured[1] - measured[0]
    if not SMALLEST <= does / should <= LARGEST:
        raise UserError(
            "printer.measured",
            f"{way}量得两个十字相距 {does} 毫米，应为 {should} 毫米，差得太多。",
            "请核对量得的数；确实如此时，请在驱动里把“适合纸张”改为“实际大小”再打一张。",
        )
    grown = does / should
    start = measured[0] - grown * wanted[0]
    return shift - start * scale / grown, scale / grown


def _called(tray: Tray) -> str:
    return " ".join(part for part in (tray.printer, tray.tray, tray.paper) if part)


def _tray(row: sqlite3.Row) -> Tray:
    return Tray(
        printer=row["printer"],
        tray=row["tray"],
        paper=row["paper"],
        right=Decimal(row["right"]) / _MILLIMETRE,
        down=Decimal(row["down"]) / _MILLIMETRE,
        wider=Decimal(row["wider"]) / _PART,
        taller=Decimal(row["taller"]) / _PART,
        measured_on=row["measured_on"],
    )
