"""What the exams' page has done on the lanes; imports what makes papers."""

from __future__ import annotations

from pathlib import Path

from models.exams import registration
from models.exams.drawing import latest_draw, write_record
from models.exams.freezing import export_frame
from models.office.context import Office
from models.progress import Progress
from reports.documents import draw_record
from reports.inputs.draws import draw_record as record_input
from reports.kit.fonts import Fonts
from reports.kit.furniture import Built
from resources import path as resource


def print_record(office: Office, progress: Progress, exam_id: str, out: Path) -> Built:
    """Write the record of a draw as PDF, with the files anyone can re-compute it from."""
    exam = registration.read(office, exam_id)
    fonts = Fonts(resource("fonts"))
    built = draw_record.build(record_input(office, exam), out, fonts, progress, overwrite=True)
    write_record(latest_draw(office, exam).record, out.with_suffix(".json"))
    export_frame(office, exam, out.with_name(f"{out.stem}-名单.txt"))
    return built
