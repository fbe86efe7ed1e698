"""This file's own keys: the pair its receivers know, and one that is announced to them."""

from __future__ import annotations

from dataclasses import replace

from models.errors import UserError
from models.office.context import Office
from models.signing.guards import KeyGuard
from models.sync.key_files import KeyFiles
from models.sync.key_pairs import OwnKeys, make_keys
from models.sync.roster import Site, add_keys, add_site, own, raise_serial, site_of

COUNTY, SCHOOL = "county", "school"


def own_keys(office: Office, guard: KeyGuard | None = None) -> OwnKeys:
    """The keys this file signs with now, with every older one it can still open with.

    A county's are made at first use.

    Raises:
        UserError: the private halves are not on this computer, or cannot be opened here.
        WorldError: new keys could not be written to the disk.
    """
    me = site_of(office, own(office))
    if (me is None or me.keys is None) and office.identity.level != SCHOOL:
        return _begin(office, guard)
    files = KeyFiles(office.store.path, guard)
    wanted = me.keys.key_id if me is not None and me.keys is not None else ""
    kept = files.of_site(own(office))
    now = next((one for one in kept if one.key_id == wanted), None)
    if now is None:
        raise UserError(
            "sync.no_private_key",
            "本机的交换密钥不在这台电脑上，不能写也不能读交换包。",
            "密钥文件在数据文件旁边的“密钥”文件夹里；找不到时，学校请县里重新注册，县里用恢复码换新密钥。",
        )
    older = tuple(files.take(one).opener for one in kept if one is not now)
    return replace(files.take(now), older=older)


def new_pair(office: Office, guard: KeyGuard | None = None) -> OwnKeys:
    """A new pair for this site, safe on the disk and known to nobody yet.

    Raises:
        WorldError: it could not be written to the disk.
    """
    made = make_keys(own(office))
    KeyFiles(office.store.path, guard).keep(made, office.store.clock.now().isoformat())
    return made


def _begin(office: Office, guard: KeyGuard | None) -> OwnKeys:
    """The county's first keys; those that lie here already where an older backup was restored."""
    files = KeyFiles(office.store.path, guard)
    kept = files.of_site(own(office))
    made = files.take(kept[0]) if kept else new_pair(office, guard)
    today = office.store.clock.today().isoformat()
    with office.store.operation("sync.begin", "启用交换密钥"):
        if site_of(office, own(office)) is None:
            add_site(office, Site(own(office), COUNTY, office.identity.name, "", today))
        add_keys(office, own(office), made.public, raise_serial(office))
    return replace(made, older=tuple(files.take(one).opener for one in kept[1:]))
