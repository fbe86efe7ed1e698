"""Drives to carry packages on, and writing to them: a file is there whole or not at all."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Protocol

import psutil

from models.errors import UserError, WorldError
from models.store.copying import part_of
from models.store.media import Drive, Media, SystemMedia
from models.store.trouble import told

SPARE = 2**20
"""What stays free on a drive for its own lists of files."""


@dataclass(frozen=True, slots=True)
class Stick:
    """A drive a package can be carried on.

    Attributes:
        root: its folder.
        free, size: bytes.
    """

    root: Path
    free: int
    size: int


class Drives(Protocol):
    """Tells which drives there are."""

    def found(self) -> list[Stick]:
        """The removable drives that can be used now."""
        ...


class SystemDrives:
    """The removable drives of this computer."""

    def __init__(self, media: Media | None = None) -> None:
        """Ask this computer, or what is handed in, which drives are removable."""
        self._media = media or SystemMedia()

    def found(self) -> list[Stick]:
        """The removable drives that can be used now; an empty card reader is none."""
        roots = dict.fromkeys(Path(one.mountpoint) for one in psutil.disk_partitions(all=False))
        sticks: list[Stick] = []
        for root in roots:
            try:
                if self._media.drive(root) is not Drive.REMOVABLE:
                    continue
                usage = psutil.disk_usage(str(root))
            except OSError:
                continue
            sticks.append(Stick(root, usage.free, usage.total))
        return sorted(sticks, key=lambda one: str(one.root))


def drives(source: Drives | None = None) -> list[Stick]:
    """The drives found, with their free space."""
    return (source or SystemDrives()).found()


def check_space(folder: Path, needed: int) -> None:
    """Say before anything is written that it will not fit.

    Raises:
        UserError: too little space on the folder's drive.
        WorldError: the folder cannot be reached.
    """
    with told(folder):
        free = psutil.disk_usage(str(folder)).free
    if free < needed + SPARE:
        raise UserError(
            "sync.no_space",
            f"“{folder}”的空间不够：需要 {_megabytes(needed + SPARE)}，只剩 {_megabytes(free)}。",
            "请清理出空间或换一个 U 盘；还没有写任何文件。",
        )


def check_place(folder: Path, needed: int, *, make_folder: bool = True) -> None:
    """See that a file of that size can be written there, before anything is put down as written.

    Raises:
        UserError: too little space on the folder's drive.
        WorldError: the folder cannot be made, or nothing can be written into it.
    """
    with told(folder):
        if make_folder:
            folder.mkdir(parents=True, exist_ok=True)
        check_space(folder, needed)
        with TemporaryFile(dir=folder):
            pass


def write_safely(target: Path, content: bytes, *, make_folder: bool = True) -> None:
    """Write a file that is there whole or not at all, and read it back from the drive.

    Args:
        target: where it goes.
        content: its bytes.
        make_folder: whether a folder that is not there is made; where a stick may have been
            pulled out it is not, or the file would go to the disk below.

    Raises:
        UserError: too little space; a file of that name with other content is there.
        WorldError: the drive cannot be written, or gives back other bytes than it was given.
    """
    with told(target):
        if make_folder:
            target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and target.read_bytes() != content:
            raise UserError(
                "sync.name_taken",
                f"“{target.name}”已经存在，内容不同，不会覆盖。",
                "请换一个文件夹，或先移走原来的文件。",
            )
    check_space(target.parent, len(content))
    with told(target), part_of(target) as part:
        part.write_bytes(content)
    check_written(target, content)


def check_written(target: Path, content: bytes) -> None:
    """Read a file back, past the system's memory of it where the system allows that.

    Raises:
        WorldError: it cannot be read or holds other bytes.
    """
    with told(target), target.open("rb") as file:
        _forget(file.fileno())
        found = hashlib.file_digest(file, "sha256").digest()
    if found != hashlib.sha256(content).digest():
        raise WorldError(
            "sync.bad_stick",
            f"“{target.name}”写入后读回的内容不对，这个 U 盘不可靠。",
            "请换一个 U 盘重新写；数据没有改变。",
        )


def package_files(places: Iterable[Path], suffix: str) -> list[Path]:
    """The packages in folders (not deeper) and the files that are named, each once, by name.

    Raises:
        WorldError: a file or folder is not there or cannot be read.
    """
    found: dict[Path, None] = {}
    for place in places:
        with told(place):
            if not place.is_dir():
                place.stat()
                found[place] = None
                continue
            inside = [one for one in place.iterdir() if one.suffix.lower() == suffix]
        found.update(dict.fromkeys(sorted(one for one in inside if one.is_file())))
    return list(found)


def _forget(handle: int) -> None:
    if sys.platform == "linux":
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def _megabytes(count: int) -> str:
    return f"{count / 2**20:.1f} MB"
