"""Files that are either whole and safe on the disk, or not there."""

from __future__ import annotations

import errno
import os
import zlib
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from models.errors import UserError, WorldError
from models.store.copying import sync_file, sync_folder

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def fresh_file(path: Path, *, overwrite: bool) -> Generator[Path]:
    """Give a temporary name beside ``path``; what is written there takes its name at the end.

    The content is on the disk before the name changes, so that a power cut leaves the old file
    or the new one. If the work inside fails or is cancelled, nothing is left behind.

    Args:
        path: the file to be.
        overwrite: whether a file of that name may be replaced.

    Raises:
        UserError: the file is there and may not be replaced, or its folder is missing.
        WorldError: the disk is full, write-protected, or the file is open elsewhere.
    """
    check_free(path, overwrite=overwrite)
    draft = path.with_name(f"~{zlib.crc32(path.name.encode()):08x}.{os.getpid()}.part")
    try:
        yield draft
        sync_file(draft)
        draft.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise _explain(path, error) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def check_free(path: Path, *, overwrite: bool) -> None:
    """Refuse a file that cannot take its name.

    Raises:
        UserError: the file is there and may not be replaced, or its folder is missing.
    """
    if not path.parent.is_dir():
        raise UserError(
            "file.no_folder", f"文件夹“{path.parent}”不存在。", "请先建立文件夹，或另选位置。"
        )
    if path.is_dir():
        raise UserError("file.is_folder", f"“{path}”是一个文件夹。", "请写出文件名。")
    if path.exists() and not overwrite:
        raise UserError(
            "file.exists", f"文件“{path}”已经存在，没有覆盖。", "请换一个文件名，或确认覆盖。"
        )


def check_writable(path: Path) -> None:
    """Refuse a place where no file can be written, before something is done for good.

    Raises:
        UserError: its folder is missing, or it is a folder.
        WorldError: the disk is full or write-protected.
    """
    check_free(path, overwrite=True)
    draft = path.with_name(f"~{zlib.crc32(path.name.encode()):08x}.{os.getpid()}.part")
    try:
        draft.touch()
        draft.unlink()
    except OSError as error:
        raise _explain(path, error) from error


def _explain(path: Path, error: OSError) -> WorldError:
    if error.errno in FULL:
        return WorldError(
            "file.disk_full", f"磁盘已满，没有写成“{path}”。", "请腾出空间或另选位置后重试。"
        )
    if isinstance(error, PermissionError):
        return WorldError(
            "file.not_writable",
            f"无法写入“{path}”：没有权限，或该文件正在别的程序（如 Excel、WPS）中打开。",
            "请关闭该文件，或换一个位置后重试。",
        )
    return WorldError(
        "file.not_written", f"没有写成“{path}”。", "请检查磁盘和文件夹，或换一个位置后重试。"
    )
