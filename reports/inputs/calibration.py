"""The calibration sheet of a tray: two crosses at known places, to be measured with a ruler."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.office.printers import Crosses, Point, crosses
from reports.inputs.fonts import fonts_of
from reports.kit.fonts import Role
from reports.kit.paper import About, Align, Paper, Pen, Size

if TYPE_CHECKING:
    from pathlib import Path

    from models.office.context import Office
    from models.office.printers import Tray

_ARM = 15
"""How far the rulers of a cross reach, in millimetres."""
_LONG, _HALF, _SHORT = 4.0, 2.5, 1.5
_SMALL = Pen(Role.HEI, 8)
_NAMED = Pen(Role.HEI, 10)


def draw_calibration(office: Office, tray: Tray, size: Size, out: Path) -> Crosses:
    """Draw the sheet; the printer port moves and scales it as it does every paper.

    Args:
        office: who prints it.
        tray: named on the sheet.
        size: of the sheet, in millimetres.
        out: the PDF to write.

    Returns:
        Where the crosses stand.
    """
    wanted = crosses(*size)
    about = About("打印校准页", office.identity.name, made_at=office.store.clock.now())
    paper = Paper(out, fonts_of(office), size, about)
    for point in wanted:
        if point is not None:
            _cross(paper, point)
    _words(paper, tray, wanted)
    paper.finish()
    return wanted


def _cross(paper: Paper, point: Point) -> None:
    """A cross with a ruler on its arms, in millimetres."""
    x, y = float(point.x), float(point.y)
    reach = min(_ARM, x - 2, y - 2, paper.size.width - x - 2, paper.size.height - y - 2)
    paper.line((x - reach, y), (x + reach, y), thickness=0.1)
    paper.line((x, y - reach), (x, y + reach), thickness=0.1)
    for step in range(1, int(reach) + 1):
        tick = (_SHORT if step % 5 else _HALF if step % 10 else _LONG) / 2
        for away in (step, -step):
            paper.line((x + away, y - tick), (x + away, y + tick), thickness=0.1)
            paper.line((x - tick, y + away), (x + tick, y + away), thickness=0.1)
    paper.ring((x, y), 1.5, thickness=0.1, colour="#000000")


def _words(paper: Paper, tray: Tray, wanted: Crosses) -> None:
    middle, height = paper.size.width / 2, paper.size.height / 2
    named = " ".join(part for part in (tray.printer, tray.tray) if part)
    lines = [("打印校准页", _NAMED), (named, _SMALL)]
    for title, point in (("左上", wanted.near), ("右下", wanted.far)):
        if point is not None:
            lines.append((f"{title}十字应距左边 {point.x} mm、上边 {point.y} mm", _SMALL))
    lines.append(("用尺量十字中心到纸边的距离，填进“打印机校准”。", _SMALL))
    for place, (text, pen) in enumerate(lines):
        y = height + (place - len(lines) / 2) * 6
        paper.text(middle, y, text, pen, align=Align.CENTER)
