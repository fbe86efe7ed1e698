"""The folder beside the data where every package that was written or read is kept."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from models.sync.sticks import write_safely


class Box(StrEnum):
    """Which way a package went; the name of its folder."""

    SENT = "已写出"
    READ = "已读入"


def archive_folder(path: Path, box: Box) -> Path:
    """Where the packages of the file at ``path`` are kept."""
    return path.with_name(f"{path.stem}-交换包") / box


def keep_copy(path: Path, box: Box, file_name: str, content: bytes) -> None:
    """Keep a package; one that is kept already stays as it is.

    Raises:
        UserError: too little space.
        WorldError: the folder cannot be written.
    """
    target = archive_folder(path, box) / file_name
    if not target.exists():
        write_safely(target, content)
