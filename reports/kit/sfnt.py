"""What a font file says of itself, read from its tables without loading the outlines.

Layout: OpenType specification 1.9 ("Font file", "name", "OS/2"). Reading the directory and two
small tables takes a fraction of a millisecond, so that a folder of several hundred fonts can be
looked through; loading one of them to draw with costs hundreds of times as much.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FAMILY_NAMES = frozenset({1, 4, 16})
"""The name records a font is known by: family, full name, typographic family."""

POSTSCRIPT_NAME = 6
RESTRICTED = 0x0002  # OS/2 fsType: must not be embedded


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a font file.

    Attributes:
        path: the file.
        index: its place in a collection (``.ttc``), 0 for a plain file.
        names: family and full names in every language, folded by ``fold``.
        title: the family name to show to a person.
        postscript: the PostScript name, by which a PDF tells faces apart.
        weight: 400 regular, 700 bold.
        drawable: whether it has TrueType outlines of one fixed weight and may be embedded.
    """

    path: Path
    index: int
    names: frozenset[str]
    title: str
    postscript: str
    weight: int
    drawable: bool


def fold(name: str) -> str:
    """A font name without case, spaces and hyphens: files disagree about those."""
    return name.casefold().replace(" ", "").replace("-", "").replace("_", "")


def faces(path: Path) -> list[Face]:
    """The faces of a font file; none if it is not a font or damaged.

    Raises:
        OSError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return [_face(file, path, index, at) for index, at in enumerate(_offsets(file))]
    except (struct.error, UnicodeDecodeError, KeyError):
        return []


def table(face: Face, tag: str) -> bytes:
    """One table of a face as it stands in the file.

    Raises:
        OSError: the file cannot be read.
        KeyError: the face has no such table.
    """
    with face.path.open("rb") as file:
        start, length = _directory(file, _offsets(file)[face.index])[tag]
        file.seek(start)
        return file.read(length)


def _offsets(file: BinaryIO) -> list[int]:
    """Where the faces of the file start."""
    tag = file.read(4)
    if tag in (b"\0\1\0\0", b"true", b"OTTO"):
        return [0]
    if tag != b"ttcf":
        return []
    _, count = struct.unpack(">LL", file.read(8))
    return list(struct.unpack(f">{count}L", file.read(4 * min(count, 64))))


def _face(file: BinaryIO, path: Path, index: int, at: int) -> Face:
    tables = _directory(file, at)
    file.seek(tables["OS/2"].start)
    head = file.read(10)
    weight, fs_type = struct.unpack(">H2xH", head[4:10])
    records = list(_names(file, tables["name"].start))
    families = [text for kind, text in records if kind in FAMILY_NAMES]
    postscript = next((text for kind, text in records if kind == POSTSCRIPT_NAME), path.stem)
    return Face(
        path=path,
        index=index,
        names=frozenset(map(fold, families)),
        title=_readable(families) or path.stem,
        postscript=postscript,
        weight=weight,
        drawable="glyf" in tables and "fvar" not in tables and not fs_type & RESTRICTED,
    )


def _readable(families: list[str]) -> str:
    """The name a Chinese reader knows the font by, else its first."""
    chinese = [name for name in families if any("\u4e00" <= char <= "\u9fff" for char in name)]
    return (chinese or families or [""])[0]


class _Place(NamedTuple):
    """Where a table lies in its file."""

    start: int
    length: int


def _directory(file: BinaryIO, at: int) -> dict[str, _Place]:
    file.seek(at + 4)
    (count,) = struct.unpack(">H6x", file.read(8))
    found: dict[str, _Place] = {}
    for _ in range(count):
        tag, offset, length = struct.unpack(">4s4xLL", file.read(16))
        found[tag.decode("latin-1")] = _Place(offset, length)
    return found


def _names(file: BinaryIO, at: int) -> Iterator[tuple[int, str]]:
    """The Unicode name records of the font: kind and text."""
    file.seek(at)
    _, count, storage = struct.unpack(">3H", file.read(6))
    records = [struct.unpack(">6H", file.read(12)) for _ in range(count)]
    for platform, _, _, kind, length, offset in records:
        if platform in (0, 3) and (kind in FAMILY_NAMES or kind == POSTSCRIPT_NAME):
            file.seek(at + storage + offset)
            yield kind, file.read(length).decode("utf-16-be")
