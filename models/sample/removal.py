"""Taking the sample data away: the office starts over with an empty file of the same name.

A ledger that only adds and a journal that forgets nothing cannot be emptied row by row, and need
not be: the whole file is sample data. It is replaced by a new one in a single rename.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from models.errors import UserError
from models.office.context import Office
from models.store.backup import restore
from models.store.copying import sync_file, sync_folder
from models.store.trouble import told
from models.workspace.opening import (
    EVERY_MIGRATION,
    Desk,
    close_workspace,
    create_office,
    open_workspace,
)

_OWN = """
SELECT COUNT(*) FROM operation WHERE no > (SELECT MAX(no) FROM operation WHERE kind = ?)
"""


def own_steps(office: Office) -> int:
    """How many steps were taken since the sample was generated; they go with it."""
    return int(office.store.value(_OWN, ("sample.generate",)))


def remove_sample(office: Office, desk: Desk | None = None) -> Office:
    """Close a file of sample data, put an empty one of the same office in its place, open that.

    Where somebody has worked in the file since, a copy of it is kept among the backups.

    Args:
        office: the open office; it is closed, no other connection to its file may be open.
        desk: who opens the new file.

    Returns:
        The new office, without a single row of the sample.

    Raises:
        UserError: the file is not marked as sample data.
        WorldError: the file cannot be replaced; it is as it was then (and closed).
    """
    if not office.store.value("SELECT value = '1' FROM setting WHERE name = 'office.sample'"):
        raise UserError(
            "sample.not_sample", "这个数据文件不是示例数据。", "不能清空；请用“备份”和“恢复”。"
        )
    path, worked = office.store.path, own_steps(office) > 0
    empty = _empty_file(office, desk)
    close_workspace(office)
    _put_in_place(empty, path, keep_copy=worked)
    return open_workspace(path, desk)


def _empty_file(office: Office, desk: Desk | None) -> Path:
    path = office.store.path
    empty = path.with_name(f"{path.stem}.empty{path.suffix}")
    with told(empty):
        _delete(empty)
    identity = replace(office.identity, sample=False)
    close_workspace(create_office(empty, identity, desk))
    return empty


def _put_in_place(empty: Path, path: Path, *, keep_copy: bool) -> None:
    try:
        if keep_copy:
            restore(path, empty, EVERY_MIGRATION)
        else:
            with told(path):
                sync_file(empty)
                empty.replace(path)
                sync_folder(path.parent)
    finally:
        with told(empty):
            _delete(empty)


def _delete(file: Path) -> None:
    for suffix in ("", "-wal", "-shm", ".lock", ".lock.json"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
