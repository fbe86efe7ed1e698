"""A school's first start: its own file, made from the county's enrolment file and the code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from models.errors import UserError
from models.office.context import Office
from models.signing.guards import KeyGuard
from models.store.copying import part_of
from models.store.trouble import told
from models.sync.enrolment import WHAT, Enrolment, read_enrolment, settle
from models.sync.envelope import LARGEST_FILE, Opened
from models.sync.refusals import too_large
from models.workspace.opening import Desk, close_workspace, create_office, open_workspace

Apply = Callable[[Office, Opened], object]
"""Takes the first slice over into the new file."""


def look_into(file: Path, code: str) -> Enrolment:
    """What an enrolment file holds; nothing is written.

    Raises:
        UserError: a wrong code, no enrolment file, a damaged one.
        WorldError: it cannot be read.
    """
    with told(file):
        if file.stat().st_size > 2 * LARGEST_FILE:
            raise too_large(WHAT)
        content = file.read_bytes()
    return read_enrolment(content, code)


def join_school(
    path: Path,
    enrolment: Enrolment,
    apply: Apply,
    desk: Desk | None = None,
    guard: KeyGuard | None = None,
) -> Office:
    """The school's office, opened: its file is there whole, or not at all.

    Args:
        path: where the file will lie; nothing may be there.
        enrolment: what ``look_into`` found.
        apply: takes over the first slice.
        desk: who sits at the program.
        guard: how private keys are closed on this computer.

    Raises:
        UserError: there is a file already.
        WorldError: the folder cannot be written.
    """
    if path.exists():
        raise UserError(
            "office.file_exists",
            f"{path} 已经存在，注册不会覆盖它。",
            "要重新注册，请先把原来的数据文件移到别处；要打开它，请直接打开。",
        )
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    with part_of(path) as part:
        try:
            office = create_office(part, enrolment.identity, desk, site=enrolment.site)
            try:
                settle(office, enrolment, path, guard)
                apply(office, enrolment.opened)
            finally:
                close_workspace(office)
        finally:
            for suffix in (".lock", ".lock.json"):
                part.with_name(part.name + suffix).unlink(missing_ok=True)
    return open_workspace(path, desk)
