"""Opens an office's file with every room's tables, and makes new ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from models.certificates import migrations as certificates_migrations
from models.certificates import tables as certificates_tables
from models.clock import Clock, SystemClock
from models.collecting import migrations as collecting_migrations
from models.collecting import tables as collecting_tables
from models.errors import OfficeError, UserError
from models.exams import migrations as exams_migrations
from models.exams import tables as exams_tables
from models.exchange import migrations as exchange_migrations
from models.exchange import tables as exchange_tables
from models.ids import IdSource, RandomIds
from models.mentoring import migrations as mentoring_migrations
from models.mentoring import tables as mentoring_tables
from models.office import migrations as office_migrations
from models.office import tables as office_tables
from models.office.context import Office
from models.office.identity import Identity, check_identity, read_identity, write_identity
from models.office.own_codes import read_codes
from models.office.settings import read_setting
from models.policies import migrations as policies_migrations
from models.policies import tables as policies_tables
from models.signing import migrations as signing_migrations
from models.signing import tables as signing_tables
from models.staff import migrations as staff_migrations
from models.staff import tables as staff_tables
from models.stamping import migrations as stamping_migrations
from models.stamping import tables as stamping_tables
from models.store import migrations as journal_migrations
from models.store.database import Store
from models.store.opening import open_store
from models.sync import migrations as sync_migrations
from models.sync import tables as sync_tables
from models.sync.reserved import INSTITUTION, refuse_the_countys
from models.teams import migrations as teams_migrations
from models.teams import tables as teams_tables
from models.titles import migrations as titles_migrations
from models.titles import tables as titles_tables
from models.training import migrations as training_migrations
from models.training import tables as training_tables
from models.uploads import migrations as uploads_migrations
from models.uploads import tables as uploads_tables
from models.verdicts import migrations as verdicts_migrations
from models.verdicts import tables as verdicts_tables
from models.version import VERSION
from models.workspace.places import is_portable

MIGRATIONS = (
    office_migrations.migrations,
    signing_migrations.migrations,
    staff_migrations.migrations,
    policies_migrations.migrations,
    training_migrations.migrations,
    verdicts_migrations.migrations,
    stamping_migrations.migrations,
    titles_migrations.migrations,
    exams_migrations.migrations,
    teams_migrations.migrations,
    mentoring_migrations.migrations,
    certificates_migrations.migrations,
    exchange_migrations.migrations,
    sync_migrations.migrations,
    uploads_migrations.migrations,
    collecting_migrations.migrations,
)
EVERY_MIGRATION = (journal_migrations.migrations, *MIGRATIONS)
TRACKED = (
    *office_tables.TRACKED,
    *signing_tables.TRACKED,
    *staff_tables.TRACKED,
    *policies_tables.TRACKED,
    *training_tables.TRACKED,
    *verdicts_tables.TRACKED,
    *stamping_tables.TRACKED,
    *titles_tables.TRACKED,
    *exams_tables.TRACKED,
    *teams_tables.TRACKED,
    *mentoring_tables.TRACKED,
    *certificates_tables.TRACKED,
    *exchange_tables.TRACKED,
    *sync_tables.TRACKED,
    *uploads_tables.TRACKED,
    *collecting_tables.TRACKED,
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who sits at the program and where its time and identities come from.

    Attributes:
        person: the name that history shows.
        clock: where the time comes from.
        ids: where new identities come from.
    """

    person: str = ""
    clock: Clock = field(default_factory=SystemClock)
    ids: IdSource = field(default_factory=RandomIds)


def open_workspace(path: Path, desk: Desk | None = None, *, read_only: bool = False) -> Office:
    """The office of an existing file, ready for every use case.

    Raises:
        UserError: no such file, not set up, another program writes it, or a newer one wrote it.
        WorldError: the file is damaged, locked by the system or without permission.
    """
    if not path.exists():
        raise UserError(
            "office.no_file",
            f"没有找到数据文件 {path}。",
            "请先新建本单位数据（init），或用 --db 指明数据文件。",
        )
    store = _open(path, desk or Desk(), read_only=read_only)
    try:
        if read_setting(store, INSTITUTION):
            store.guard = refuse_the_countys
        return Office(store, read_identity(store), read_codes(store))
    except BaseException:
        store.close()
        raise


def create_office(
    path: Path, identity: Identity, desk: Desk | None = None, *, site: str = ""
) -> Office:
    """A new office's file, set up and opened.

    A file of nothing, or one whose setting up was interrupted, is set up anew.

    Args:
        path: the file.
        identity: whose it is.
        desk: who sits at the program.
        site: the identity that others gave the file; without it, it gives itself one.

    Raises:
        UserError: the file exists already, or the identity is not usable.
        WorldError: the folder cannot be written.
    """
    check_identity(identity)
    if path.exists() and not _not_set_up(path):
        raise UserError("office.file_exists", f"{path} 已经存在。", "请换一个位置，或直接打开它。")
    path.parent.mkdir(parents=True, exist_ok=True)
    store = _open(path, desk or Desk(), read_only=False)
    try:
        if site:
            store.keep_fact("site", site)
        write_identity(store, identity)
        store.keep_fact("office", identity.name)
        return Office(store, identity, read_codes(store))
    except BaseException:
        store.close()
        raise


def _not_set_up(path: Path) -> bool:
    """Whether the file holds no office yet, so that nothing can be lost by setting one up."""
    if path.is_file() and path.stat().st_size == 0:
        return True
    try:
        open_workspace(path, read_only=True).store.close()
    except OfficeError as error:
        return error.code == "office.not_set_up"
    return False


def close_workspace(office: Office) -> None:
    """Close the office's file and give the lock back."""
    office.store.close()


def _open(path: Path, desk: Desk, *, read_only: bool) -> Store:
    return open_store(
        path,
        read_only=read_only,
        tracked=TRACKED,
        migrations=MIGRATIONS,
        clock=desk.clock,
        ids=desk.ids,
        person=desk.person,
        program=f"师训通 {VERSION}",
        portable=is_portable(),
    )
