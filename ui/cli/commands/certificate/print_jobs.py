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
        skip_missing: leave those waiting of whom a character is in no font, and print the others.
    """

    out: Path
    each: bool = False
    mark: bool = True
    sample: bool = False
    serial: str = ""
    codes: bool = True
    printer: str = ""
    tray: str = ""
    skip_missing: bool = False


@dataclass(slots=True)
class Outcome:
    """What was written: copies, pages, numbers in order, files, for which tray; who still waits."""

    count: int = 0
    pages: int = 0
    numbers: list[str] = field(default_factory=list[str])
    files: list[str] = field(default_factory=list[str])
    tray: Tray | None = None
    missing: list[Missing] = field(default_factory=list[dict[str, str]])

    def told(self) -> dict[str, object]:
        """As other programs read it."""
        return {
            "ok": True,
            "count": self.count,
            "pages": self.pages,
            "numbers": [self.numbers[0], self.numbers[-1]] if self.numbers else [],
            "missing_glyphs": self.missing,
            "files": self.files,
            "tray": told(self.tray),
        }

    def words(self, deed: str = "打印", *, marked: bool = True) -> str:
        """As a person reads it: what was done, into which files, and who waits."""
        done = f"已{deed}" if marked else "已写入文件、还没有登记打印："
        lines = [f"{done} {self.count} 份，{self.pages} 页。"]
        if len(self.files) > 1:
            lines.append(f"分成 {len(self.files)} 个文件，从 {self.files[0]} 到 {self.files[-1]}。")
        if self.missing:
            names = "、".join(f"{one['name']}（{one['characters']}）" for one in self.missing)
            lines.append(f"{len(self.missing)} 人有字打印不出来，留待以后打印：{names}。")
        return "\n".join(lines)


Missing = dict[str, str]
"""A holder's name and the characters no font has."""


def refuse_glyphs(session: Session, missing: Sequence[Missing]) -> None:
    """End the command with those whose copies hold characters no font has, if there are any."""
    if not missing:
        return
    lines = [f"  {one['name']}：{one['characters']}" for one in missing]
    session.finish(
        {
            "ok": False,
            "count": 0,
            "pages": 0,
            "numbers": [],
            "missing_glyphs": [*missing],
            "files": [],
        },
        "\n".join(
            [
                f"{len(missing)} 人有字体中没有的字，没有打印：",
                *lines,
                "请在窗口“教师”里为他们附造字图片，或加 --skip-missing 先打印其余的人。",
            ]
        ),
        Exit.PROBLEMS,
    )


def missing_of(office: Office, copies: Sequence[Copy], names: Sequence[str]) -> dict[int, Missing]:
    """Place in the copies to holder and characters, of those no font has characters for."""
    at: dict[str, int] = {}

    def noted() -> Iterator[Copy]:
        for place, copy in enumerate(copies):
            at[copy.label] = place
            yield copy

    found = missing_glyphs(noted(), fonts_of(office))
    return {
        at[one.who]: {"name": names[at[one.who]], "characters": one.characters} for one in found
    }


def write_run(session: Session, office: Office, run: PrintRun, how: How, outcome: Outcome) -> None:
    """Write what waits of a run; what is in whole files is marked whatever happens then.

    Raises:
        UserError: nothing waits, a form or a text that cannot be printed, a file that is there.
        WorldError: a file cannot be written; those before it are whole and marked.
        CancelledByUser: the person asked to stop; whole files are marked.
    """
    without = _without_glyphs(session, office, run, how, outcome)
    parts = run_copies(
        office, run, codes=codes_of(office, run) if how.codes else {}, without=without
    )
    refuse_nothing(run, parts)
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


def _without_glyphs(
    session: Session, office: Office, run: PrintRun, how: How, outcome: Outcome
) -> frozenset[str]:
    """The numbers that are left waiting because a character is in no font."""
    out: set[str] = set()
    for part in run_copies(office, run, photos=False):
        missing = missing_of(office, part.copies, part.names)
        if not how.skip_missing:
            refuse_glyphs(session, [*missing.values()])
        outcome.missing.extend(missing.values())
        out |= {part.numbers[place] for place in missing}
    return frozenset(out)


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
