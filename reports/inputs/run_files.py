"""What waits of a print run as files: one way, so that window and command line print the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from models.certificates.sheets import PrintRun
from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.text.file_names import beside
from reports.inputs.certificate_forms import form_named
from reports.inputs.fonts import fonts_of
from reports.inputs.print_runs import RunCopies, with_mark
from reports.kit.copies import BuiltCopies, Copy, Printing, print_copies
from reports.kit.forms import Form
from reports.kit.furniture import Output
from reports.kit.paper import About


class RunFiles:
    """Writes the parts of a run: values alone where its paper is printed already."""

    def __init__(
        self, office: Office, run: PrintRun, progress: Progress, *, sample: bool = False
    ) -> None:
        """Write files of ``run``.

        Args:
            office: the office.
            run: the run.
            progress: told copy by copy.
            sample: with wording and frame whatever its paper is, to be looked at on white paper.
        """
        self._office = office
        self._run = run
        self._progress = progress
        self._fonts = fonts_of(office)
        self._values_only = run.on_printed_paper and not sample

    def path_of(self, out: Path, part: RunCopies, parts: Sequence[RunCopies]) -> Path:
        """The file of a part: ``out`` where it is the only one, else one named after its form."""
        return out if len(parts) == 1 else beside(out, self._form(part).title)

    def write(self, part: RunCopies, out: Path, how: Printing | None = None) -> BuiltCopies:
        """Write the copies of a part, replacing what is there.

        Args:
            part: of the run.
            out: the file, or what the files are named after.
            how: in which files, and for which tray.

        Raises:
            UserError: a character no font has; a text that does not fit; a photo that is none.
            WorldError: a file cannot be written.
        """
        form = self._form(part)
        printing = replace(how or Printing(), background=not self._values_only, places=part.places)
        copies = with_mark(form, part.copies)
        return print_copies(form, copies, self._about(part), self._output(out), printing)

    def write_under(self, part: RunCopies, out: Path) -> Path | None:
        """Write the printed sheet that a part goes onto, to be laid under it; None on white."""
        if not self._values_only:
            return None
        form = self._form(part)
        empty = Copy(form.title, dict.fromkeys(form.values, ""))
        how = Printing(preview=True)
        return print_copies(form, [empty], self._about(part), self._output(out), how).path

    def _form(self, part: RunCopies) -> Form:
        return form_named(self._office, part.form)

    def _about(self, part: RunCopies) -> About:
        now = self._office.store.clock.now()
        return About(part.title, author=self._office.identity.name, made_at=now)

    def _output(self, out: Path) -> Output:
        now = self._office.store.clock.now()
        return Output(out, self._fonts, now, self._progress, overwrite=True)


def refuse_nothing(run: PrintRun, parts: Sequence[RunCopies]) -> None:
    """Refuse to print a run of which nothing waits.

    Raises:
        UserError: it is so.
    """
    if not parts:
        raise UserError(
            "printing.nothing_waits", f"“{run.title}”没有待打印的。", "请核对打印批次。"
        )
