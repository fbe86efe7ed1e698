"""The streams of an OLE container (MS-CFB), in which .xls files and encrypted workbooks come."""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass

from models.exchange.reading.limits import damaged

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_IN_HEADER = 109  # FAT sectors that the header itself lists
_LAST_SECTOR = 0xFFFFFFFA  # greater values are marks: end of chain, free, FAT, DIFAT
_ENTRY = 128
_STREAM, _ROOT = 2, 5


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    start: int
    size: int


class Container:
    """An OLE container whose chains of sectors are followed no longer than the file is."""

    def __init__(self, data: bytes) -> None:
        """Read the directory.

        Raises:
            Refusal: the container is damaged or cut off.
        """
        if len(data) < _HEADER or not data.startswith(_SIGNATURE):
            raise damaged()
        self._data = data
        (sector_shift,) = struct.unpack_from("<H", data, 30)
        if sector_shift not in (9, 12):
            raise damaged()
        self._size = 1 << sector_shift
        (directory,) = struct.unpack_from("<L", data, 48)
        (self._cutoff, mini_fat) = struct.unpack_from("<2L", data, 56)
        self._fat = self._read_fat()
        self._mini_fat = _numbers(self._chain(mini_fat)) if mini_fat < _LAST_SECTOR else array("L")
        self._entries = dict(self._read_directory(self._chain(directory)))
        root = next((one for one in self._entries.values() if one.kind == _ROOT), None)
        self._mini = self._chain(root.start) if root and root.start < _LAST_SECTOR else b""

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._entries

    def stream(self, name: str) -> bytes:
        """The bytes of a stream.

        Raises:
            Refusal: there is none of that name, or its chain is broken.
        """
        entry = self._entries.get(name.casefold())
        if entry is None or entry.kind != _STREAM:
            raise damaged()
        whole = (
            self._mini_chain(entry.start, entry.size)
            if entry.size < self._cutoff
            else self._chain(entry.start)
        )
        if len(whole) < entry.size:
            raise damaged()
        return whole[: entry.size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._data[start : start + self._size]
        if not sector:
            raise damaged()
        return sector

    def _read_fat(self) -> array[int]:
        """The allocation table, from the sectors that the header and its continuations list."""
        listed = list(struct.unpack_from(f"<{_IN_HEADER}L", self._data, 76))
        (following,) = struct.unpack_from("<L", self._data, 68)
        most = len(self._data) // self._size + 1
        while following < _LAST_SECTOR and len(listed) <= most + _IN_HEADER:
            numbers = _numbers(self._sector(following))
            listed.extend(numbers[:-1])
            following = numbers[-1]
        sectors = [number for number in listed if number < _LAST_SECTOR]
        if len(sectors) > most:
            raise damaged()
        return _numbers(b"".join(self._sector(number) for number in sectors))

    def _chain(self, first: int) -> bytes:
        sectors: list[bytes] = []
        most = len(self._data) // self._size + 1
        while first < _LAST_SECTOR:
            if first >= len(self._fat) or len(sectors) > most:
                raise damaged()
            sectors.append(self._sector(first))
            first = self._fat[first]
        return b"".join(sectors)

    def _mini_chain(self, first: int, size: int) -> bytes:
        pieces: list[bytes] = []
        while first < _LAST_SECTOR and len(pieces) * 64 < size:
            if first >= len(self._mini_fat):
                raise damaged()
            pieces.append(self._mini[first * 64 : first * 64 + 64])
            first = self._mini_fat[first]
        return b"".join(pieces)

    def _read_directory(self, raw: bytes) -> list[tuple[str, _Entry]]:
        found: list[tuple[str, _Entry]] = []
        for place in range(0, len(raw) - _ENTRY + 1, _ENTRY):
            (length, kind) = struct.unpack_from("<HB", raw, place + 64)
            if kind not in (_STREAM, _ROOT) or not 2 <= length <= 64:
                continue
            name = raw[place : place + length - 2].decode("utf-16-le", "replace")
            (start, size) = struct.unpack_from("<2L", raw, place + 116)
            found.append((name.casefold(), _Entry(kind, start, size)))
        return found


def _numbers(raw: bytes) -> array[int]:
    return array("L", struct.unpack(f"<{len(raw) // 4}L", raw[: len(raw) // 4 * 4]))
