"""What the view of booklets has done on the lanes."""

from __future__ import annotations

from models.certificates import booklet_layout
from models.certificates.booklet_layout import (
    Layout,
    Place,
    layout_of,
    read_section,
)
from models.certificates.booklet_marks import give_up_lines, repeat
from models.certificates.booklet_plans import BookletPlan, plan_year
from models.certificates.booklets import say_place
from models.certificates.sheets import read_run
from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from ui.desktop.widgets.paper.page_numbers import parse_pages


def plan(office: Office, progress: Progress, year: int) -> BookletPlan:
    """Give every new line of a year its place."""
    return plan_year(office, year, layout_of(office), progress=progress)


def print_again(
    office: Office, _progress: Progress, run_id: str, places: str, reason: str
) -> Operation:
    """Have pages of a run wait again; ``places`` as typed."""
    pages = parse_pages(places, read_run(office, run_id).sheets)
    return repeat(office, run_id, pages, reason).operation


def leave_lines(office: Office, _progress: Progress, run_id: str) -> Operation:
    """Give up what waits of a run."""
    return give_up_lines(office, run_id).operation


def go_on_at(
    office: Office, _progress: Progress, certificate_id: str, page: str, line: str, reason: str
) -> Operation:
    """Say where a booklet goes on; page and line as typed.

    Raises:
        UserError: they are no numbers, or what ``say_place`` refuses.
    """
    if not (page.isdecimal() and line.isdecimal()):
        raise UserError("booklet.no_place", "页码或行号不是数字。", "请填写整数。")
    place = Place(int(page), int(line))
    return say_place(office, certificate_id, place, reason, layout_of(office))


def bind_booklet(office: Office, _progress: Progress, register: str, yearly: str) -> None:
    """Keep how the booklet is bound; no ``yearly`` pages where that is ""."""
    sections = read_section(register), read_section(yearly) if yearly else None
    booklet_layout.save_layout(office, Layout(*sections))
