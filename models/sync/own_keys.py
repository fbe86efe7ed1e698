"""This file's own keys: those in force, and those that still open what is on its way."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace

from models.errors import UserError
from models.office.context import Office
from models.signing.guards import KeyGuard
from models.store.standing import COUNTY_FACT
from models.sync.key_files import KeptPair, KeyFiles
from models.sync.key_pairs import OwnKeys, make_keys
from models.sync.roster import Site, add_keys, add_site, keys_once, own, site_of

COUNTY, SCHOOL = "county", "school"


def is_school(office: Office) -> bool:
    """Whether this file is a school's, set up by an enrolment file."""
    return office.identity.level == SCHOOL


def own_keys(office: Office, guard: KeyGuard | None = None) -> OwnKeys:
    """The keys this file signs with now, with every other one it can open with.

    A county's are made at first use; newer ones that lie beside the file are taken up where an
    older backup was restored. Call it where an operation may be opened.

    Raises:
        UserError: the private halves are not on this computer, or cannot be opened here.
        WorldError: new keys could not be written to the disk.
    """
    files = KeyFiles(office.store.path, guard)
    _take_up(office, files)
    kept = files.of_site(own(office))
    once = keys_once(office, own(office))
    now = next((one for one in kept if once and one.key_id == once[0].keys.key_id), None)
    if now is None:
        raise UserError(
            "sync.no_private_key",
            "本机的交换密钥不在这台电脑上，不能写也不能读交换包。",
            "它在数据文件旁边的“密钥”文件夹里，请一并搬来；"
            "找不到时，学校请县里重新注册，县里用恢复码换新密钥。",
        )
    return replace(files.take(now), older=_others(files, kept, now))


def enter_self(office: Office) -> None:
    """Let a county's roster hold the county itself; call it inside an operation."""
    if site_of(office, own(office)) is None:
        office.store.keep_fact(COUNTY_FACT, own(office))
        today = office.store.clock.today().isoformat()
        add_site(office, Site(own(office), COUNTY, office.identity.name, "", today))


def _others(files: KeyFiles, kept: list[KeptPair], now: KeptPair) -> tuple[str, ...]:
    """What else may open; a damaged file of an old pair is no obstacle."""
    found: list[str] = []
    for one in kept:
        if one is not now:
            with suppress(UserError):
                found.append(files.take(one).opener)
    return tuple(found)


def _take_up(office: Office, files: KeyFiles) -> None:
    """Let the file know the pairs beside it; make a county's first one."""
    if office.store.read_only:
        return
    known = {one.keys.key_id for one in keys_once(office, own(office))}
    kept = files.of_site(own(office))
    if not known and not kept and not is_school(office):
        files.keep(make_keys(own(office)))
        kept = files.of_site(own(office))
    if not kept or kept[0].key_id in known or (is_school(office) and not known):
        return
    with office.store.operation("sync.begin", "启用交换密钥"):
        enter_self(office)
        for one in reversed([one for one in kept if one.key_id not in known]):
            no = json.loads(one.statement)["no"] if one.statement else 0
            add_keys(office, own(office), files.take(one).public, no, one.statement)
