"""What the world does to a file, in one sentence each: the only place that reads error codes."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from models.errors import WorldError

_DAMAGED = (
    "store.damaged",
    "数据文件“{file}”已损坏，无法读取。",
    "请用最近的备份恢复；损坏的文件请保留，不要删除。",
)
_READ_ONLY = (
    "store.read_only",
    "“{file}”不能写入：文件或所在文件夹是只读的。",
    "请检查文件属性和 U 盘写保护开关，或把文件复制到本机硬盘后再打开。",
)
_BUSY = (
    "store.busy",
    "“{file}”正被另一个程序使用，等了几秒仍不能写入。",
    "请关闭正在使用它的程序后再试；刚才的改动没有保存。",
)
_FULL = (
    "store.disk_full",
    "磁盘空间不足，“{file}”没有写成。",
    "请清理出一些空间后再试；原有数据没有改变。",
)
_IO = (
    "store.disk_error",
    "读写“{file}”时磁盘出错。",
    "请检查硬盘或 U 盘是否接好；原有数据没有改变，请尽快另存一份备份。",
)
_NO_ACCESS = (
    "store.no_access",
    "打不开“{file}”：没有权限，或所在的文件夹不存在。",
    "请检查文件夹是否存在、当前用户是否可以读写它。",
)
_FOREIGN = (
    "store.not_ours",
    "“{file}”不是师训通的数据文件。",
    "请另选一个文件；这个文件没有被改动。",
)
_MISSING = ("store.missing", "找不到“{file}”。", "请检查文件名和所在的文件夹。")
_TOO_LONG = ("store.bad_name", "文件名“{file}”太长或含有不能用的字符。", "请换一个短一些的文件名。")

_BY_SQLITE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: _IO,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
    sqlite3.SQLITE_CANTOPEN: _NO_ACCESS,
    sqlite3.SQLITE_PERM: _NO_ACCESS,
    sqlite3.SQLITE_AUTH: _NO_ACCESS,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _FOREIGN,
}
_BY_ERRNO = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _NO_ACCESS,
    errno.EPERM: _NO_ACCESS,
    errno.ENOTDIR: _NO_ACCESS,
    errno.EISDIR: _NO_ACCESS,
    errno.ENOENT: _MISSING,
    errno.ENAMETOOLONG: _TOO_LONG,
    errno.EINVAL: _TOO_LONG,
    errno.EBUSY: _BUSY,
    errno.EAGAIN: _BUSY,
    errno.EIO: _IO,
}


def explained(error: sqlite3.Error | OSError, path: Path) -> WorldError | None:
    """The failure as a sentence about the file; None for a failure that is a bug of ours."""
    if isinstance(error, OSError):
        found = _BY_ERRNO.get(error.errno or 0, _IO)
    else:
        # Extended codes carry the family in their low byte.
        code = getattr(error, "sqlite_errorcode", 0)
        family = _BY_SQLITE.get(code & 0xFF)
        if family is None:
            return None
        found = family
    code_name, message, hint = found
    return WorldError(code_name, message.format(file=path.name), hint)


@contextmanager
def told(path: Path) -> Generator[None]:
    """Turn what the world does to the file at ``path`` into sentences.

    Raises:
        WorldError: disk full, read-only, locked, damaged, no permission.
    """
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        sentence = explained(error, path)
        if sentence is None:
            raise
        raise sentence from error


@contextmanager
def told_by_sqlite(path: Path) -> Generator[None]:
    """As ``told``, around a block that may meet failures of other files, which pass through.

    Raises:
        WorldError: disk full, read-only, locked, damaged, no permission.
    """
    try:
        yield
    except sqlite3.Error as error:
        sentence = explained(error, path)
        if sentence is None:
            raise
        raise sentence from error
