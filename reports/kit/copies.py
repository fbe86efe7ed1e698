"""A batch of certificates: one form, one page a copy, in files of so many pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models.errors import UserError
from models.text.file_names import file_name_of
from reports.kit import form_drawing, pictures, saving
from reports.kit.adjusting import NONE, Adjustment
from reports.kit.fonts import no_glyphs
from reports.kit.form_drawing import Filling
from reports.kit.furniture import Built
from reports.kit.paper import About, Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reports.kit.fonts import Fonts, Missing
    from reports.kit.forms import Form
    from reports.kit.furniture import Output

PART = 1000
"""Pages a file at the most: a printer takes it, and memory stays flat whatever the number."""

LABEL = "正在生成证书"


@dataclass(frozen=True, slots=True)
class Copy:
    """One filled-in form.

    Attributes:
        label: whom it is for, in bookmarks, names of files and messages.
        values: for each name the form asks for, the text.
        photo: the picture file; None leaves its place empty.
        code: text of the code that can be verified; "" leaves its place empty.
        rows: line of a register page to its values; other lines stay as they are.
    """

    label: str
    values: Mapping[str, str]
    photo: bytes | None = None
    code: str = ""
    rows: Mapping[int, Mapping[str, str]] = field(default_factory=dict[int, "Mapping[str, str]"])


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file that is whole and safe on the disk, and the copies in it, counted from 0."""

    path: Path
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Printing:
    """How copies become files.

    Attributes:
        background: draw the fixed wording and the frame; not where the sheet has them (套打).
        adjustment: for the tray it is printed from.
        part_size: pages a file at the most.
        each: a file for every copy, named by its label.
        whole: told each time a file is whole, so that a register is right about what exists.
    """

    background: bool = True
    adjustment: Adjustment = NONE
    part_size: int = PART
    each: bool = False
    whole: Callable[[FilePart], object] | None = None


@dataclass(frozen=True, slots=True)
class BuiltCopies(Built):
    """The finished files, in order; ``path`` is the first of them."""

    parts: tuple[FilePart, ...] = ()


def missing_glyphs(copies: Sequence[Copy], fonts: Fonts) -> list[Missing]:
    """Whose copies hold characters no font has; empty if all can be printed."""
    return fonts.missing((copy.label, _texts(copy)) for copy in copies)


def print_copies(
    form: Form,
    copies: Sequence[Copy],
    about: About,
    output: Output,
    printing: Printing | None = None,
) -> BuiltCopies:
    """Write all copies, with a bookmark for each person.

    Everything that can be refused for its content is refused before the first file takes its
    name. A batch of more than ``part_size`` pages becomes several files beside each other.

    Raises:
        UserError: no copies; a character no font has; a value the form wants is lacking; a text
            that does not fit; a photo that is none; a file is already there.
        WorldError: a file cannot be written; those before it are whole.
        CancelledByUser: the person asked to stop; files that are whole stay.
    """
    how = printing or Printing()
    _check(form, copies, output.fonts)
    files = list(_files(copies, output.path, how))
    for one in files:
        saving.check_free(one.path, overwrite=output.overwrite)
    for one in files:
        _write(_Job(form, about, output, how, len(copies)), copies, one)
        if how.whole is not None:
            how.whole(one)
    output.progress.report(len(copies), len(copies), LABEL)
    return BuiltCopies(len(copies), files[0].path, tuple(files))


def _files(copies: Sequence[Copy], path: Path, how: Printing) -> Iterator[FilePart]:
    """The files to be, with the copies in them."""
    size = 1 if how.each else how.part_size
    if not how.each and len(copies) <= size:
        yield FilePart(path, 0, len(copies) - 1)
        return
    taken: set[str] = set()
    for first in range(0, len(copies), size):
        last = min(first + size, len(copies)) - 1
        words = file_name_of(copies[first].label) if how.each else f"{first + 1}-{last + 1}"
        name = words if words not in taken else f"{words}-{first + 1}"
        taken.add(name)
        yield FilePart(path.with_name(f"{path.stem}-{name}{path.suffix}"), first, last)


@dataclass(frozen=True, slots=True)
class _Job:
    """What every file of a batch is made with."""

    form: Form
    about: About
    output: Output
    how: Printing
    total: int


def _write(job: _Job, copies: Sequence[Copy], part: FilePart) -> None:
    output = job.output
    with saving.fresh_file(part.path, overwrite=output.overwrite) as draft:
        paper = Paper(draft, output.fonts, job.form.size, job.about)
        if job.how.background:
            form_drawing.draw_background(paper, job.form, output.fonts)
        for number in range(part.first, part.last + 1):
            output.progress.step(number, job.total, LABEL)
            if number > part.first:
                paper.next_page()
            _draw(paper, job, copies[number])
        paper.finish()


def _draw(paper: Paper, job: _Job, copy: Copy) -> None:
    """One page, moved as its tray wants it."""
    how, fonts = job.how, job.output.fonts
    moved = how.adjustment != NONE
    paper.bookmark(copy.label)
    if moved:
        paper.paint(f"q {how.adjustment.operators(job.form.size)}")
    if how.background:
        paper.lay(form_drawing.BACKGROUND)
    try:
        photo = None if copy.photo is None else pictures.plain_photo(copy.photo)
        filling = Filling(copy.values, copy.rows, photo, copy.code)
        form_drawing.draw_values(paper, job.form, filling, fonts, on_stock=not how.background)
    except UserError as error:
        raise UserError(error.code, f"{copy.label}：{error.message}", error.hint) from error
    if moved:
        paper.paint("Q")


def _check(form: Form, copies: Sequence[Copy], fonts: Fonts) -> None:
    if not copies:
        raise UserError("certificate.none", "没有要打印的证书。", "请先选择人员。")
    for copy in copies:
        lacking = form.values - copy.values.keys()
        for values in copy.rows.values():
            lacking |= form.row_values - values.keys()
        if lacking:
            raise UserError(
                "form.no_value",
                f"证书样式“{form.title}”要用到“{'、'.join(sorted(lacking))}”，但没有这些值。",
                "请检查证书样式里花括号中的名称。",
            )
    missing = missing_glyphs(copies, fonts)
    if missing:
        raise no_glyphs(missing)


def _texts(copy: Copy) -> Iterator[str]:
    yield from copy.values.values()
    for values in copy.rows.values():
        yield from values.values()
