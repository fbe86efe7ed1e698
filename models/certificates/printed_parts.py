"""Marks as printed what is in whole files, so that the register is right whatever stops a print."""

from __future__ import annotations

from collections.abc import Sequence

from models.certificates import booklet_marks, printing
from models.certificates.serials import read_serial
from models.certificates.sheets import PrintRun
from models.office.context import Office

_AT_ONCE = 200


class PrintedParts:
    """Takes note of files as they become whole and marks their sheets in few operations.

    Use it as a context: at its end, or when something stops the print, what is in whole files is
    marked; what is not stays waiting.
    """

    def __init__(
        self, office: Office, run: PrintRun, places: Sequence[int], first_serial: str = ""
    ) -> None:
        """Mark sheets of a run.

        Args:
            office: the office.
            run: the run.
            places: the place in the run of each copy that is printed, in order.
            first_serial: of the blank of the first copy; "" where blanks bear none.
        """
        self._office, self._run, self._places = office, run, places
        self._serial = read_serial(first_serial) if first_serial else None
        self._marked = self._whole = 0

    @property
    def marked(self) -> int:
        """How many copies are marked as printed."""
        return self._marked

    def whole(self, last: int) -> None:
        """A file is whole that ends with the copy ``last``, counted from 0."""
        self._whole = last + 1
        if self._whole - self._marked >= _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Mark now what is whole."""
        if self._whole == self._marked:
            return
        first, last = self._places[self._marked], self._places[self._whole - 1]
        if self._run.booklet:
            booklet_marks.mark(self._office, self._run.id, first=first, last=last)
        else:
            serial = self._serial.plus(self._marked).text if self._serial else ""
            printing.mark_printed(
                self._office, self._run.id, first=first, last=last, first_serial=serial
            )
        self._marked = self._whole

    def __enter__(self) -> PrintedParts:
        return self

    def __exit__(self, *_: object) -> None:
        self.flush()
