"""Writing what waits of print runs into files, and marking what is in whole files as printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from models.certificates.printed_parts import PrintedParts
from models.certificates.seals import seal_texts
from models.certificates.sheets import PrintRun, waiting_sheets
from models.errors import UserError
from models.office.context import Office
from models.office.printers import Tray
from models.store.undo import undo
from reports.inputs.certificate_forms import form_named
from reports.inputs.fonts import fonts_of
from reports.inputs.print_runs import RunCopies, run_copies
from reports.inputs.run_files import RunFiles, refuse_nothing
from reports.kit.adjusting import NONE, Adjustment
from reports.kit.copies import Copy, FilePart, Printing, missing_glyphs
from ui.cli.commands.certificate.trays import calibrated, told
from ui.cli.session import Exit, Session, TerminalProgress


@dataclass(frozen=True, slots=True)
class How:
    """How a run is written.

    Attributes:
        out: the file; with several forms each gets one named after it.
        each: a file for every copy.
        mark: whether whole files count as printed.
        sample: with wording and frame whatever the paper is, to be looked at on white paper.
        serial: of the first blank; "" for none.
        codes: whether copies bear a code where their form has a place for it.
        printer, tray: whose calibration moves and scales the pages; "" for none.
    """

    out: Path
    each: bool = False
    mark: bool = True
    sample: bool = False
    serial: str = ""
    codes: bool = True
    printer: str = ""
    tray: str = ""


@dataclass(slots=True)
class Outcome:
    """What was written: copies, pages, the numbers in order, the files, for which tray."""

    count: int = 0
    pages: int = 0
    numbers: list[str] = field(default_factory=list[str])
    files: list[str] = field(default_factory=list[str])
    tray: Tray | None = None

    def told(self) -> dict[str, object]:
        """As other programs read it."""
        return {
            "ok": True,
            "count": self.count,
            "pages": self.pages,
            "numbers": [self.numbers[0], self.numbers[-1]] if self.numbers else [],
            "missing_glyphs": [],
            "files": self.files,
            "tray": told(self.tray),
        }


def refuse_glyphs(
    session: Session, office: Office, copies: Sequence[Copy], names: Sequence[str]
) -> None:
    """End the command with those whose copies hold characters no font has, if there are any."""
    holders: dict[str, str] = {}

    def noted() -> Iterator[Copy]:
        for copy, name in zip(copies, names, strict=True):
            holders[copy.label] = name
            yield copy

    missing = missing_glyphs(noted(), fonts_of(office))
    if not missing:
        return
    told = [{"name": holders[one.who], "characters": one.characters} for one in missing]
    lines = [f"  {one['name']}：{one['characters']}" for one in told]
    session.finish(
        {"ok": False, "count": 0, "pages": 0, "numbers": [], "missing_glyphs": told, "files": []},
        "\n".join([f"{len(told)} 人有字体中没有的字，没有打印：", *lines]),
        Exit.PROBLEMS,
    )


def write_run(session: Session, office: Office, run: PrintRun, how: How, outcome: Outcome) -> None:
    """Write what waits of a run; what is in whole files is marked whatever happens then.

    Raises:
        UserError: nothing waits, a form or a text that cannot be printed, a file that is there.
        WorldError: a file cannot be written; those before it are whole and marked.
        CancelledByUser: the person asked to stop; whole files are marked.
    """
    parts = run_copies(office, run, codes=codes_of(office, run) if how.codes else {})
    refuse_nothing(run, parts)
    for part in run_copies(office, run, photos=False):
        refuse_glyphs(session, office, part.copies, part.names)
    files = RunFiles(office, run, TerminalProgress(), sample=how.sample)
    for part in parts:
        tray = outcome.tray = calibrated(
            office, how.printer, how.tray, form_named(office, part.form).size
        )
        adjustment = Adjustment(*tray.factors) if tray else NONE
        out = files.path_of(how.out, part, parts)
        with PrintedParts(office, run, part.places, how.serial) as done:
            whole = partial(_whole, part, outcome, done if how.mark else None)
            built = files.write(
                part, out, Printing(adjustment=adjustment, each=how.each, whole=whole)
            )
        outcome.pages += built.pages


def codes_of(office: Office, run: PrintRun) -> Mapping[str, str]:
    """The texts of the codes of what waits of a run, made where its form shows them."""
    if run.booklet or form_named(office, run.form).code is None:
        return {}
    due = [one.certificate_id for one in waiting_sheets(office, run.id)]
    return seal_texts(office, due, TerminalProgress())


def write_begun(
    session: Session, office: Office, begun: tuple[PrintRun, str], how: How, outcome: Outcome
) -> None:
    """Write a run that was begun for this: one that cannot be printed at all is not left behind.

    ``begun`` is the run and the operation that began it.
    """
    run, operation = begun
    before = outcome.count
    try:
        write_run(session, office, run, how, outcome)
    except UserError:
        if outcome.count == before:
            undo(office.store, operation)
        raise


def _whole(part: RunCopies, outcome: Outcome, done: PrintedParts | None, file: FilePart) -> None:
    """Count what is in a file that is whole, and have it marked where it counts as printed."""
    outcome.count += file.last - file.first + 1
    outcome.files.append(str(file.path))
    outcome.numbers.extend(part.numbers[file.first : file.last + 1])
    if done is not None:
        done.whole(file.last)
