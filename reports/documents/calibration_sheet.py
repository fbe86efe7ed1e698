"""打印校准页: two crosses and rulers, from which a person reads how far a tray prints off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reports.kit import saving
from reports.kit.adjusting import NONE
from reports.kit.fonts import Role
from reports.kit.furniture import Built
from reports.kit.paper import POINTS, About, Align, Paper, Pen
from reports.kit.setting import centred, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.kit.adjusting import Adjustment
    from reports.kit.furniture import Output
    from reports.kit.paper import Size
    from reports.kit.setting import TextLine

ARM = 6.5  # millimetres from the middle of a cross to its end
INSET = 20.0
EDGE = 5.0  # what printers leave white
LONG, HALF, SHORT = 3.5, 2.5, 1.5
FIRST = 10  # the first millimetre that rulers show
THIN = 0.1
TITLE = Pen(Role.HEI, 14)
BODY = Pen(Role.SONG, 10.5)
FIGURES = Pen(Role.HEI, 6.5, "#505050")
SMALL = 0.8  # of the pens, on sheets lower than ``LOW``
LOW = 160


class Spot(NamedTuple):
    """A point in millimetres from the upper left corner of the sheet."""

    x: float
    y: float


NEAR = Spot(INSET, INSET)
BLANKS = "　　量得：左边＿＿＿＿＿，上边＿＿＿＿＿"


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the sheet is printed for.

    Attributes:
        size: of the sheet.
        source: the printer and its tray, as the office calls them.
        office: in the file's properties.
        near, far: where the crosses are to stand; by default 20 mm from the corners.
        adjustment: what the sheet is printed with, so that an adjustment can be tried out.
    """

    size: Size
    source: str
    office: str = ""
    near: Spot = NEAR
    far: Spot | None = None
    adjustment: Adjustment = NONE

    @property
    def other(self) -> Spot:
        """Where the far cross is to stand."""
        return self.far or Spot(self.size.width - INSET, self.size.height - INSET)


def build(sheet: Calibration, output: Output) -> Built:
    """Write the sheet.

    Raises:
        UserError: the file is already there.
        WorldError: the file cannot be written.
    """
    about = About("打印校准页", author=sheet.office, made_at=output.printed_at)
    with saving.fresh_file(output.path, overwrite=output.overwrite) as draft:
        paper = Paper(draft, output.fonts, sheet.size, about)
        paper.paint(f"q {sheet.adjustment.operators(sheet.size)}")
        _rulers(paper)
        for spot in (sheet.near, sheet.other):
            _cross(paper, spot)
        _words(paper, sheet, output)
        paper.paint("Q")
        paper.finish()
    return Built(1, output.path)


def _rulers(paper: Paper) -> None:
    """Millimetres along the upper and the left edge."""
    for at in _marks(paper.size.width):
        paper.line((at, EDGE), (at, EDGE + _length(at)), thickness=THIN)
        if at % 10 == 0 and at > FIRST:
            paper.text(at, EDGE + LONG + 2.4, str(at), FIGURES, align=Align.CENTER)
    for at in _marks(paper.size.height):
        paper.line((EDGE, at), (EDGE + _length(at), at), thickness=THIN)
        if at % 10 == 0 and at > FIRST:
            paper.text(EDGE + LONG + 0.8, at + FIGURES.size * 0.36 / POINTS, str(at), FIGURES)


def _marks(length: float) -> range:
    return range(FIRST, int(length - EDGE) + 1)


def _length(at: int) -> float:
    return LONG if at % 10 == 0 else HALF if at % 5 == 0 else SHORT


def _cross(paper: Paper, spot: Spot) -> None:
    x, y = spot
    reach = min(ARM, x - EDGE, y - EDGE, paper.size.width - EDGE - x, paper.size.height - EDGE - y)
    paper.line((x - reach, y), (x + reach, y), thickness=THIN)
    paper.line((x, y - reach), (x, y + reach), thickness=THIN)
    paper.ring((x, y), 2.5, thickness=THIN, colour="#000000")


def _words(paper: Paper, sheet: Calibration, output: Output) -> None:
    """What to do, in the middle of the sheet."""
    width = sheet.size.width - 2 * (EDGE + LONG + 8)
    scale = SMALL if sheet.size.height < LOW else 1.0
    title, body = (Pen(pen.role, pen.size * scale) for pen in (TITLE, BODY))
    lines: list[TextLine] = [centred("打印校准页", title, width)]
    lines += [centred(text, body, width) for text in (sheet.source, _paper_of(sheet))]
    for text in _steps(sheet):
        lines += wrapped(text, body, output.fonts, width)
    high = sum(line.height for line in lines)
    x, y = (sheet.size.width - width) / 2, (sheet.size.height - high) / 2
    for line in lines:
        line.draw(paper, x, y)
        y += line.height


def _paper_of(sheet: Calibration) -> str:
    return f"纸张：宽 {sheet.size.width:g}、高 {sheet.size.height:g} 毫米"


def _steps(sheet: Calibration) -> Iterator[str]:
    near, far = sheet.near, sheet.other
    yield "1. 打印时选“实际大小”（100%），不要选“适合页面”。"
    yield f"2. 用毫米尺量左上角十字的中心：到纸左边应为 {near.x:.1f}，到上边应为 {near.y:.1f}。"
    yield BLANKS
    yield f"3. 再量右下角十字的中心：到纸左边应为 {far.x:.1f}，到上边应为 {far.y:.1f}。"
    yield BLANKS
    yield "4. 把四个数填进“打印机校准”，以后从这个纸盒打印都按它移动和缩放。"
    yield "5. 保存后再打印一次本页，两个十字都在应在的位置，就校准好了。"
