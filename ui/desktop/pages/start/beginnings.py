"""The four ways in which an office's file begins."""

from __future__ import annotations

from pathlib import Path

from models.office.identity import Identity
from models.sample.generation import generate_county
from models.store.backup import restore
from models.sync.applying import take
from models.workspace.joining import join_school, look_into
from models.workspace.opening import MIGRATIONS, Desk, create_office
from ui.desktop.pages.start.enrolment import Joining

SAMPLE = Identity("桦甸市教师进修学校", "220282", "county", sample=True)
SAMPLE_TEACHERS = 3000
SAMPLE_SEED = 1


def new_office(file: Path, identity: Identity) -> None:
    """An empty office.

    Raises:
        UserError: the identity cannot be used, or the file exists.
        WorldError: the folder cannot be written.
    """
    create_office(file, identity).store.close()


def sample_office(file: Path, _nothing: object) -> None:
    """An office of generated data, to try things out.

    Raises:
        UserError: the file exists.
        WorldError: the folder cannot be written.
    """
    office = create_office(file, SAMPLE)
    try:
        generate_county(office, SAMPLE_TEACHERS, SAMPLE_SEED)
    finally:
        office.store.close()


def school_office(file: Path, joining: Joining) -> None:
    """A school's office from the county's enrolment file and the code on paper.

    Raises:
        UserError: a wrong code, another file, a damaged one, or the office's file exists.
        WorldError: the file cannot be read, or the folder cannot be written.
    """
    assert joining.file is not None
    enrolment = look_into(joining.file, joining.code)
    join_school(file, enrolment, take, Desk(person=joining.person)).store.close()


def from_backup(file: Path, copy: Path) -> None:
    """An office from a backup of it.

    Raises:
        UserError: it is no backup of ours, or a newer program's.
        WorldError: it is damaged, or the folder cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    restore(file, copy, MIGRATIONS)


def discard(file: Path) -> None:
    """Delete an office's file and all that lies beside it, which nobody has open.

    Raises:
        OSError: a file cannot be deleted.
    """
    for one in file.parent.glob(f"{file.name}*"):
        one.unlink(missing_ok=True)
