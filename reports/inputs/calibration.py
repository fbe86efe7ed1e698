"""The calibration sheet of a tray, with its crosses where the office's arithmetic wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.office.printers import crosses
from models.progress import Progress
from reports.documents import calibration_sheet
from reports.documents.calibration_sheet import Calibration, Spot
from reports.inputs.fonts import fonts_of
from reports.kit.adjusting import NONE, Adjustment
from reports.kit.furniture import Output

if TYPE_CHECKING:
    from pathlib import Path

    from models.office.context import Office
    from models.office.printers import Crosses, Tray
    from reports.kit.paper import Size


def draw_calibration(
    office: Office, tray: Tray, size: Size, out: Path, *, moved: bool = False
) -> Crosses:
    """Draw the sheet; the printer port moves and scales it as it does every paper.

    Args:
        office: who prints it.
        tray: named on the sheet.
        size: of the sheet, in millimetres.
        out: the PDF to write; one that is there is replaced.
        moved: for a file that is printed elsewhere: move and scale it here, as the tray wants it.

    Returns:
        Where the crosses stand.

    Raises:
        WorldError: the file cannot be written.
    """
    wanted = crosses(*size)
    near, far = (Spot(float(x), float(y)) for x, y in (wanted.near, wanted.far or wanted.near))
    named = " ".join(part for part in (tray.printer, tray.tray) if part)
    adjustment = Adjustment(*tray.factors) if moved else NONE
    sheet = Calibration(size, named, office.identity.name, near, far, adjustment)
    now = office.store.clock.now()
    calibration_sheet.build(sheet, Output(out, fonts_of(office), now, Progress(), overwrite=True))
    return wanted
