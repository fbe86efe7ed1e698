"""Marks as printed what is in whole files, so that the register is right whatever stops a print."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from types import TracebackType

from models.certificates import booklet_marks, print_marks
from models.certificates.sheets import PrintRun
from models.errors import OfficeError
from models.office.context import Office

_LOG = logging.getLogger(__name__)
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

        Raises:
            UserError: the serials cannot be those of so many blanks of the run.
        """
        self._office, self._run, self._places = office, run, places
        self._serials = print_marks.serials_for(office, run.stock, first_serial, len(places))
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
        places = self._places[self._marked : self._whole]
        if self._run.booklet:
            booklet_marks.mark_pages(self._office, self._run, places)
        else:
            serials = self._serials[self._marked : self._whole]
            print_marks.mark_places(self._office, self._run, places, serials)
        self._marked = self._whole

    def __enter__(self) -> PrintedParts:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Mark what is whole; what stopped the print is told before a refusal to mark."""
        try:
            self.flush()
        except OfficeError as refused:
            if error is None:
                raise
            _LOG.warning("sheets in whole files were not marked: %s", refused.code)
