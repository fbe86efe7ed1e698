"""How long the shared texts of an .xls workbook are (MS-XLS 2.4.265 SST, 2.5.293)."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from models.exchange.reading.limits import damaged

_WIDE, _EXTENDED, _RUNS = 0x01, 0x04, 0x08
_RUN = 4


def text_lengths(records: Sequence[memoryview]) -> list[int]:
    """The number of characters of every shared text.

    Args:
        records: the body of the SST record and those of its CONTINUE records.

    Raises:
        Refusal: the texts end too early.
    """
    cursor = _Cursor(records)
    lengths: list[int] = []
    try:
        cursor.skip(4)
        (count,) = struct.unpack("<L", cursor.take(4))
        for _ in range(count):
            lengths.append(_skip_text(cursor))
    except (struct.error, EOFError) as error:
        if not lengths:
            raise damaged() from error
    return lengths


def _skip_text(cursor: _Cursor) -> int:
    length, flags = struct.unpack("<HB", cursor.take(3))
    after = 0
    if flags & _RUNS:
        after += _RUN * struct.unpack("<H", cursor.take(2))[0]
    if flags & _EXTENDED:
        after += struct.unpack("<L", cursor.take(4))[0]
    cursor.skip_characters(length, wide=bool(flags & _WIDE))
    cursor.skip(after)
    return length


class _Cursor:
    """A place in a text table that runs on over several records."""

    def __init__(self, records: Sequence[memoryview]) -> None:
        self._records = records
        self._record = 0
        self._place = 0

    def take(self, count: int) -> bytes:
        """The next bytes."""
        pieces: list[bytes] = []
        while count:
            here = min(count, self._left())
            start = self._place
            pieces.append(bytes(self._records[self._record][start : start + here]))
            self._place += here
            count -= here
        return b"".join(pieces)

    def skip(self, count: int) -> None:
        """Go past bytes."""
        while count:
            here = min(count, self._left())
            self._place += here
            count -= here

    def skip_characters(self, count: int, *, wide: bool) -> None:
        """Go past characters; each further record begins by saying how wide they are there."""
        while count:
            left = self._left()
            here = min(count, left // 2 if wide else left)
            self._place += here * (2 if wide else 1)
            count -= here
            if count:
                self._next_record()
                wide = bool(self._records[self._record][0] & _WIDE)
                self._place = 1

    def _left(self) -> int:
        """Bytes left in the record, of which there is at least one."""
        while self._record < len(self._records):
            left = len(self._records[self._record]) - self._place
            if left:
                return left
            self._record += 1
            self._place = 0
        raise EOFError

    def _next_record(self) -> None:
        self._record += 1
        if self._record >= len(self._records) or not len(self._records[self._record]):
            raise EOFError
