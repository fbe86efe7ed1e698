"""What the view of booklets has done on the lanes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from models.certificates import replacing
from models.certificates.booklet_layout import Layout, Place, layout_of, save_layout
from models.certificates.booklet_listing import printed_sheets
from models.certificates.booklet_marks import repeat
from models.certificates.booklet_plans import BookletPlan, plan_year
from models.certificates.booklets import say_place
from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from reports.inputs.certificate_forms import form_named
from reports.inputs.print_runs import refuse_unlike


def plan(office: Office, progress: Progress, year: int, schools: Sequence[str]) -> BookletPlan:
    """Give the year's lines their places; of some schools, or of all where none is named.

    Raises:
        UserError: nobody is stamped; the booklet has more lines on a page than its form.
    """
    layout = layout_of(office)
    refuse_unlike(layout, partial(form_named, office))
    return plan_year(office, year, layout, school_ids=list(schools) or None, progress=progress)


def move_place(
    office: Office, _progress: Progress, booklet: str, page: str, line: str, reason: str
) -> Operation:
    """Say where writing in a booklet goes on.

    Raises:
        UserError: page or line is no number, or what ``say_place`` refuses.
    """
    if not (page.isdecimal() and line.isdecimal()):
        raise UserError("booklet.place", "页和行要写数字。", "如第 4 页第 7 行，写 4 和 7。")
    return say_place(office, booklet, Place(int(page), int(line)), reason, layout_of(office))


def repeat_pages(
    office: Office, _progress: Progress, booklet: str, pages: Sequence[int], reason: str
) -> Operation:
    """Have pages of a booklet wait again, each with the lines of its last print.

    Raises:
        UserError: nothing was printed onto one of them; no reason; the run was given up.
    """
    said = "、".join(str(one) for one in pages)
    with office.store.operation("booklets.again", f"重打第 {said} 页：{reason}") as operation:
        for run_id, places in printed_sheets(office, booklet, pages).items():
            repeat(office, run_id, places, reason)
    return operation


def start_next(office: Office, _progress: Progress, booklets: Sequence[str]) -> Operation:
    """Issue the booklets that go on after full ones.

    Raises:
        UserError: one is void or continued already.
    """
    return replacing.start_next(office, booklets).operation


def keep_layout(office: Office, _progress: Progress, layout: Layout) -> Operation:
    """Keep how the office's booklet is bound.

    Raises:
        UserError: its sections overlap; a page has more lines than its form.
    """
    refuse_unlike(layout, partial(form_named, office))
    with office.store.operation("booklets.layout", "修改登记册册页格式") as operation:
        save_layout(office, layout)
    return operation
