"""The roster: which sites there are, with which keys, since which serial, and which have ended.

The serial rises with every change of the county's roster and rides in every package. A county that
hears of a higher one than its own knows that its data came back from an older backup.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from models.errors import UserError
from models.office.context import Office
from models.sync.key_pairs import PublicKeys, code_of, public_keys

_SERIAL = "sync.serial"
_SITES = """
SELECT s.id, s.kind, s.name, s.institution_id, s.invited_on, s.token,
    k.sign_key, k.seal_key, k.since, k.no AS key_no, k.proof,
    e.ended_on, e.reason
FROM sync_site AS s
LEFT JOIN sync_site_key AS k ON k.rowid = (
    SELECT j.rowid FROM sync_site_key AS j WHERE j.site_id = s.id
    ORDER BY j.rowid DESC LIMIT 1)
LEFT JOIN sync_site_end AS e ON e.rowid = (
    SELECT MIN(f.rowid) FROM sync_site_end AS f WHERE f.site_id = s.id)
"""


class SiteState(StrEnum):
    """How far a site's registration is."""

    INVITED = "invited"
    ACTIVE = "active"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Site:
    """One copy of the program that packages are exchanged with, or this one itself.

    Attributes:
        id: its identity, the ``site`` of its file; 32 hexadecimal digits.
        kind: ``"county"`` or ``"school"``.
        name: the institution's name when it was registered.
        institution_id: which institution's slice it holds, "" for the county.
        invited_on: the day its enrolment file was made.
        token: the SHA-256 of its one-time token, hexadecimal; "" where none is expected.
        keys: its public keys; None until its first package was read.
        since: the day these keys were taken on.
        key_no: the number of the change that brought them, 0 for the site's first.
        proof: the statement that brought them, where there was one.
        ended_on, reason: since when its registration is ended and why; "" while it is not.
    """

    id: str
    kind: str
    name: str
    institution_id: str
    invited_on: str
    token: str = ""
    keys: PublicKeys | None = None
    since: str = ""
    key_no: int = 0
    proof: str = ""
    ended_on: str = ""
    reason: str = ""

    @property
    def state(self) -> SiteState:
        """How far its registration is."""
        if self.ended_on:
            return SiteState.ENDED
        return SiteState.INVITED if self.keys is None else SiteState.ACTIVE

    @property
    def code(self) -> str:
        """What it is called where a stranger may read it."""
        return code_of(self.id)


def sites(office: Office) -> list[Site]:
    """All sites but this one, the ended ones too, by name and day of registration."""
    rows = office.store.query(_SITES + " WHERE s.id <> ?1 ORDER BY s.name, s.rowid", [own(office)])
    return [_site(dict(row)) for row in rows]


def active_sites(office: Office) -> list[Site]:
    """The sites packages are written for."""
    return [one for one in sites(office) if one.state is SiteState.ACTIVE]


def site_of(office: Office, site_id: str) -> Site | None:
    """One site by its identity, this one too; None where the roster does not know it."""
    row = office.store.one(_SITES + " WHERE s.id = ?", [site_id])
    return None if row is None else _site(dict(row))


def site_of_institution(office: Office, institution_id: str) -> Site | None:
    """The site of an institution that is registered or invited, the newest; None if none is."""
    found = [
        one
        for one in sites(office)
        if one.institution_id == institution_id and one.state is not SiteState.ENDED
    ]
    return max(found, key=lambda one: (one.state is SiteState.ACTIVE, one.invited_on), default=None)


def named_site(office: Office, name: str) -> Site:
    """The site of that code or of the school of that name, the one in use before ended ones.

    Raises:
        UserError: there is none, or more than one.
    """
    wanted = name.strip()
    found = [
        one
        for one in sites(office)
        if wanted and (one.name == wanted or one.id.startswith(wanted.lower()))
    ]
    live = [one for one in found if one.state is not SiteState.ENDED] or found[:1]
    if len(live) != 1:
        raise UserError(
            "sync.no_such_site",
            f"名册里{'不止一台' if live else '没有'}“{name}”的电脑。",
            "请用 usb sites 查编号，按编号指明。",
        )
    return live[0]


def county_of(office: Office) -> Site:
    """The county's site, as a school's file knows it.

    Raises:
        UserError: this file was not set up by an enrolment file.
    """
    found = next((one for one in sites(office) if one.kind == "county"), None)
    if found is None:
        raise UserError(
            "sync.not_enrolled",
            "本机的数据不是用注册文件建立的，没有可以交换的上级单位。",
            "请用县里发的注册文件和注册码建立本校数据。",
        )
    return found


def own(office: Office) -> str:
    """This file's own site."""
    return office.store.site


def serial(office: Office) -> int:
    """How often the roster was changed, as far as this file knows; 0 for never."""
    return int(office.store.fact(_SERIAL) or 0)


def raise_serial(office: Office) -> int:
    """The serial of the change being made; call it inside an operation."""
    found = serial(office) + 1
    office.store.keep_fact(_SERIAL, str(found))
    return found


def hear_serial(office: Office, heard: int) -> None:
    """Never give out again a serial that somebody has seen already."""
    if heard > serial(office):
        office.store.keep_fact(_SERIAL, str(heard))


def add_site(office: Office, site: Site) -> None:
    """Write a new site without keys; call it inside an operation."""
    office.store.insert(
        "sync_site",
        ("id", "kind", "name", "institution_id", "invited_on", "token"),
        [(site.id, site.kind, site.name, site.institution_id, site.invited_on, site.token)],
    )


def add_keys(office: Office, site_id: str, keys: PublicKeys, no: int, proof: str = "") -> None:
    """Write the keys a site has from change ``no`` on; call it inside an operation."""
    today = office.store.clock.today().isoformat()
    office.store.insert(
        "sync_site_key",
        ("id", "site_id", "sign_key", "seal_key", "no", "since", "proof"),
        [(office.store.ids.new_id(), site_id, keys.sign.hex(), keys.seal, no, today, proof)],
    )


def end_site(office: Office, site_id: str, reason: str) -> None:
    """Write that a site's registration has ended; call it inside an operation."""
    today = office.store.clock.today().isoformat()
    row = (office.store.ids.new_id(), site_id, raise_serial(office), today, reason)
    office.store.insert("sync_site_end", ("id", "site_id", "serial", "ended_on", "reason"), [row])


@dataclass(frozen=True, slots=True)
class KeysOnce:
    """Keys a site has or had.

    Attributes:
        keys: the two public keys.
        no: the number of the change that brought them.
        proof: the statement that did, "" for the first.
    """

    keys: PublicKeys
    no: int
    proof: str


def keys_once(office: Office, site_id: str) -> list[KeysOnce]:
    """All keys a site has had, the present ones first."""
    rows = office.store.query(
        "SELECT sign_key, seal_key, no, proof FROM sync_site_key"
        " WHERE site_id = ? ORDER BY rowid DESC",
        [site_id],
    )
    return [
        KeysOnce(public_keys(row["sign_key"], row["seal_key"]), row["no"], row["proof"])
        for row in rows
    ]


def _site(values: Mapping[str, Any]) -> Site:
    sign, seal = values["sign_key"], values["seal_key"]
    return Site(
        id=values["id"],
        kind=values["kind"],
        name=values["name"],
        institution_id=values["institution_id"],
        invited_on=values["invited_on"],
        token=values["token"],
        keys=public_keys(sign, seal) if sign else None,
        since=values["since"] or "",
        key_no=values["key_no"] or 0,
        proof=values["proof"] or "",
        ended_on=values["ended_on"] or "",
        reason=values["reason"] or "",
    )
