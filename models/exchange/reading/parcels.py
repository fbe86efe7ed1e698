"""The parts of a zipped workbook (.xlsx, .ods), unpacked only while somebody counts.

The directory of a zip archive may lie, so the bytes are counted as they come out; an archive that
promises too much is refused before anything is unpacked.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from models.exchange.reading.limits import (
    BOMB_FROM,
    BOMB_RATIO,
    DIRECTORY,
    PARTS,
    PLAIN_UNPACKED,
    SANE_RATIO,
    SEND_AGAIN,
    Budget,
    Refusal,
    damaged,
)

CHUNK = 1 << 18
_END = struct.Struct("<4s4H2LH")  # end of central directory, APPNOTE.TXT 4.3.16
_END_64 = struct.Struct("<4sQ2H2L4Q")  # zip64 end of central directory, 4.3.14
_LONGEST_COMMENT = 0xFFFF
_ENCRYPTED = 0x1


class Parcel:
    """A zip archive whose parts are found whatever their case and slashes."""

    def __init__(self, handle: IO[bytes], budget: Budget) -> None:
        """Open the archive after its directory was found sane.

        Raises:
            Refusal: it is cut off, encrypted, or promises more than any workbook holds.
        """
        _check_directory(handle)
        try:
            self._zip = ZipFile(handle)
        except (BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as error:
            raise damaged() from error
        self._budget = budget
        self._parts = {_plain(info.filename): info for info in self._zip.infolist()}
        _check_sizes(self._zip.infolist())

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    def names(self) -> Iterator[str]:
        """The names of the parts, lower case with forward slashes."""
        return iter(self._parts)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece.

        Raises:
            Refusal: there is no such part, or it is damaged, encrypted or too big.
        """
        info = self._parts.get(_plain(name))
        if info is None:
            raise damaged("缺少必要的部分，可能没有拷贝完整。")
        if info.flag_bits & _ENCRYPTED:
            raise locked()
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise damaged("的压缩方式不是电子表格所用的，无法读取。")
        try:
            with self._zip.open(info) as part:
                while piece := part.read(CHUNK):
                    self._budget.take_bytes(len(piece))
                    yield piece
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
            raise damaged() from error

    def read(self, name: str, limit: int) -> bytes:
        """A whole part of at most ``limit`` bytes."""
        pieces: list[bytes] = []
        size = 0
        for piece in self.chunks(name):
            size += len(piece)
            if size > limit:
                raise damaged("内部结构不正常，无法读取。")
            pieces.append(piece)
        return b"".join(pieces)


def locked() -> Refusal:
    """The refusal of a file that needs a password."""
    return Refusal(
        "import.password",
        "设有打开密码，无法读取。",
        "请在 WPS 或 Excel 中打开它，取消密码并保存后再导入。",
    )


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _check_directory(handle: IO[bytes]) -> None:
    """Refuse a directory that would fill the memory, before ``zipfile`` reads all of it."""
    size = handle.seek(0, 2)
    handle.seek(max(0, size - _END.size - _LONGEST_COMMENT))
    tail = handle.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < _END.size:
        raise damaged("不完整，可能在拷贝或传送时被截断。")
    fields = _END.unpack_from(tail, place)
    directory, entries = fields[5], fields[4]
    zip64 = tail.rfind(b"PK\x06\x06", 0, place)
    if zip64 >= 0 and len(tail) - zip64 >= _END_64.size:
        fields = _END_64.unpack_from(tail, zip64)
        entries, directory = fields[7], fields[8]
    if directory > DIRECTORY or entries > PARTS:
        raise _bomb()


def _check_sizes(parts: list[ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    names = [_plain(part.filename) for part in parts]
    if (
        len(parts) > PARTS
        or (unpacked > PLAIN_UNPACKED and unpacked > SANE_RATIO * packed)
        or any(_explodes(part.file_size, part.compress_size) for part in parts)
        or _explodes(unpacked, packed)
    ):
        raise _bomb()
    if any(".." in name.split("/") for name in names):
        raise damaged("内部结构不正常，没有读取。")


def _explodes(unpacked: int, packed: int) -> bool:
    return unpacked > BOMB_FROM and unpacked > BOMB_RATIO * packed


def _bomb() -> Refusal:
    return Refusal(
        "import.zip_bomb",
        "解压后会膨胀到异常大小，疑似恶意或损坏的文件，没有读取。",
        SEND_AGAIN,
    )
