"""A batch of certificates: one form, one page a copy, in files of so many pages."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from models.errors import UserError, WorldError
from reports.kit import copy_checks, form_drawing, saving
from reports.kit.adjusting import NONE, Adjustment
from reports.kit.copy_content import Copy
from reports.kit.copy_parts import FilePart, parts_of
from reports.kit.form_drawing import Filler, Filling
from reports.kit.furniture import Built
from reports.kit.paper import About, Paper
from reports.kit.photos import PhotoShelf

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from reports.kit.fonts import Fonts, Missing
    from reports.kit.forms import Form
    from reports.kit.furniture import Output

__all__ = ["BuiltCopies", "Copy", "FilePart", "Printing", "UnfinishedError", "missing_glyphs",
           "print_copies"]  # fmt: skip

PART = 500
"""Pages a file at the most: a printer takes it, and memory stays flat whatever the number."""

LABEL = "正在生成证书"


@dataclass(frozen=True, slots=True)
class Printing:
    """How copies become files.

    Attributes:
        background: draw the fixed wording and the frame; not where the sheet has them (套打).
        adjustment: for the tray it is printed from.
        part_size: pages a file at the most.
        each: a file for every copy, named by its label.
        preview: for the screen: the sheet as it will look, with its picture and its wording
            whether they are printed or not, and nothing moved for the tray.
        whole: told each time a file is whole, so that a register is right about what exists.
        places: of the copies in the run they belong to, to name files by; none to count from 1.
    """

    background: bool = True
    adjustment: Adjustment = NONE
    part_size: int = PART
    each: bool = False
    preview: bool = False
    whole: Callable[[FilePart], object] | None = None
    places: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class BuiltCopies(Built):
    """The finished files, in order; ``path`` is the first of them."""

    parts: tuple[FilePart, ...] = ()


class UnfinishedError(WorldError):
    """The world got in the way half way; ``parts`` are the files that are whole."""

    def __init__(self, error: WorldError, parts: list[FilePart], total: int) -> None:
        """Say what is there beside what went wrong."""
        done = parts[-1].last + 1 if parts else 0
        told = f"已写成的 {len(parts)} 个文件完整可用，含第 1—{done} 份（共 {total} 份）。"
        message = f"{error.message}{told}" if parts else error.message
        super().__init__(error.code, message, error.hint)
        self.parts = tuple(parts)


def missing_glyphs(copies: Iterable[Copy], fonts: Fonts) -> list[Missing]:
    """Whose copies hold characters no font has; empty if all can be printed."""
    return copy_checks.missing_glyphs(copies, fonts)


def print_copies(
    form: Form,
    copies: Collection[Copy],
    about: About,
    output: Output,
    printing: Printing | None = None,
) -> BuiltCopies:
    """Write all copies, with a bookmark for each.

    Everything that can be refused for its content is refused before anything is written. A batch
    of more than ``part_size`` pages becomes several files beside each other.

    Args:
        form: what stands where.
        copies: gone through twice, so that they may be made as they are asked for.
        about: the properties of the files.
        output: where to, told copy by copy.
        printing: how; onto plain paper by default.

    Raises:
        UserError: no copies; a character no font has; a value the form wants is lacking; a text
            that does not fit; a photo that is none; a file is already there.
        UnfinishedError: a file cannot be written; it tells which are whole.
        CancelledByUser: the person asked to stop; files that are whole stay, ``whole`` was told.
    """
    how = printing or Printing()
    if not copies:
        raise UserError("certificate.none", "没有要打印的证书。", "请先选择人员。")
    with closing(PhotoShelf()) as shelf:
        batch = _Batch(form, about, output, how, shelf, len(copies))
        labels = copy_checks.check(form, copies, batch.filler, shelf, output)
        size = 1 if how.each else how.part_size
        parts = parts_of(output.path, labels, size, named=how.each, places=how.places)
        for part in parts:
            saving.check_free(part.path, overwrite=output.overwrite)
        _write_all(batch, iter(copies), parts)
    output.progress.report(len(copies), len(copies), LABEL)
    return BuiltCopies(len(copies), parts[0].path, tuple(parts))


@dataclass
class _Batch:
    """What every file of a batch is made with."""

    form: Form
    about: About
    output: Output
    how: Printing
    shelf: PhotoShelf
    total: int

    def __post_init__(self) -> None:
        self.filler = Filler(
            self.form,
            self.output.fonts,
            on_stock=not self.how.background,
            preview=self.how.preview,
        )

    @property
    def moved(self) -> str:
        """The operator that moves everything for the tray; "" where nothing is moved."""
        adjustment = self.how.adjustment
        if adjustment == NONE or self.how.preview:
            return ""
        return adjustment.operators(self.form.size)


def _write_all(batch: _Batch, copies: Iterator[Copy], parts: list[FilePart]) -> None:
    whole: list[FilePart] = []
    for part in parts:
        try:
            _write(batch, islice(copies, part.count), part)
        except WorldError as error:
            raise UnfinishedError(error, whole, batch.total) from error
        whole.append(part)
        if batch.how.whole is not None:
            batch.how.whole(part)


def _write(batch: _Batch, copies: Iterable[Copy], part: FilePart) -> None:
    output = batch.output
    with saving.fresh_file(part.path, overwrite=output.overwrite) as draft:
        paper = Paper(draft, output.fonts, batch.form.size, batch.about)
        batch.filler.background(paper)
        for number, copy in enumerate(copies, part.first):
            output.progress.step(number, batch.total, LABEL)
            if number > part.first:
                paper.next_page()
            _draw(batch, paper, number, copy)
        paper.finish()


def _draw(batch: _Batch, paper: Paper, number: int, copy: Copy) -> None:
    """One page, moved as its tray wants it."""
    photo = None if copy.photo is None else batch.shelf.get(number, copy.photo)
    moved = batch.moved
    paper.bookmark(copy.label)
    if moved:
        paper.paint(f"q {moved}")
    paper.lay(form_drawing.BACKGROUND)
    batch.filler.draw(paper, Filling(copy.values, copy.rows, photo, copy.code))
    if moved:
        paper.paint("Q")
