"""Enrolment: the file a school's data begin with, and the code on paper that opens it.

The county's half is ``invite``; the school's is ``read_enrolment`` and ``settle``. No key ever
travels in clear: the file is sealed to a key that only the code opens, and the school makes its own
keys, which its packages show together with the token from the file until the county knows them.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.errors import UserError
from models.office.context import Office
from models.office.identity import Identity
from models.office.settings import write_settings
from models.signing import passphrase as box
from models.signing.guards import KeyGuard
from models.signing.signatures import SecretKey
from models.staff.institutions import institution_names
from models.store.histories import arrivals
from models.store.standing import COUNTY_FACT
from models.sync import age, post_book
from models.sync.envelope import LARGEST_FILE, Facts, Opened, open_envelope, seal
from models.sync.key_files import KeyFiles
from models.sync.key_pairs import OwnKeys, PublicKeys, code_of, make_keys, public_keys
from models.sync.one_time_code import new_code, plain_code
from models.sync.own_keys import COUNTY, SCHOOL, is_school, own_keys
from models.sync.papers import ANNOUNCED
from models.sync.refusals import Refused, damaged, forged, too_large, too_new
from models.sync.reserved import INSTITUTION
from models.sync.roster import (
    Site,
    SiteState,
    add_keys,
    add_site,
    end_site,
    hear_serial,
    own,
    raise_serial,
    serial,
    site_of,
    sites,
)
from models.sync.statements import announced
from models.sync.sticks import check_place
from models.sync.strict_json import Json, canonical, inner, number, strict, text
from models.sync.trust import ROOT, root_in, token_hash

FORMAT, VERSION = "sxt-enrolment", 1
SUFFIX = ".sxr"
WHAT = "注册文件"
_LARGEST_LINE = 16 * 1024
_TOKEN_BYTES = 16

Filling = Callable[[Office, Site], tuple[bytes, Mapping[str, Json]]]
"""Gives the first slice of a school's data, and what the header says of it."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the county hands to a school: the file on a stick, the code on paper.

    Attributes:
        site: the school's site to be.
        facts: the header of the file.
        content: the file.
        code: the 24 digits; kept nowhere.
    """

    site: Site
    facts: Facts
    content: bytes = field(repr=False)
    code: str = field(repr=False)

    @property
    def file_name(self) -> str:
        """A file name that tells a stranger the county's code and the date."""
        day = self.facts.at[:10].replace("-", "")
        return f"{code_of(self.facts.sender)}-0000-{day}-{self.facts.package[:6]}{SUFFIX}"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """An enrolment file that its code opened.

    Attributes:
        site: the site the school's file is to be.
        identity: the office the school's file is to be of.
        institution_id: the school in the county's list of institutions.
        county: the county's site with its keys.
        root: the public half of the county's recovery code, hexadecimal; "" where there is none.
        serial: of the county's roster.
        opened: the first slice, for the exchange to apply.
    """

    site: str
    identity: Identity
    institution_id: str
    county: Site
    root: str
    serial: int
    opened: Opened
    token: str = field(repr=False)


def nothing(_office: Office, _site: Site) -> tuple[bytes, Mapping[str, Json]]:
    """A first slice of nothing: the data come with the next package."""
    return b"", {}


def invite(
    office: Office,
    institution_id: str,
    filling: Filling = nothing,
    *,
    again: str = "",
    out: Path | None = None,
    guard: KeyGuard | None = None,
) -> Invitation:
    """Make a school's enrolment file and its code; an earlier one that was not used yet ends.

    Args:
        office: the county's office.
        institution_id: the school.
        filling: gives the first slice.
        again: why a school that is registered is registered anew; its present computer ends.
        out: the folder the file is to be written to, if it is known: where it does not fit, nothing
            is entered and the school's present computer goes on.
        guard: how private keys are closed on this computer.

    Raises:
        UserError: no such school, it is registered already, this is not a county's file; too
            little space.
        WorldError: the county's first keys could not be written to the disk, or nothing to ``out``.
    """
    name = institution_names(office).get(institution_id)
    _check_may_invite(office, institution_id, name, again)
    mine = own_keys(office, guard)
    token = secrets.token_hex(_TOKEN_BYTES)
    today = office.store.clock.today().isoformat()
    site = Site(secrets.token_hex(16), SCHOOL, str(name), institution_id, today, token_hash(token))
    verb = "重新注册" if again.strip() else "制作注册文件"
    with office.store.operation("sync.invite", f"{verb}“{name}”"):
        for one in _live(office, institution_id):
            end_site(office, one.id, again.strip() or "未用的注册文件作废，已另发")
        add_site(office, site)
        raise_serial(office)
        payload, content = filling(office, site)
        facts = _facts(office, site, content, token)
        opener, code = age.new_opener(), new_code()
        once = PublicKeys(mine.public.sign, age.public_of(opener))
        envelope = seal(payload, facts, mine, once)
        made = Invitation(site, facts, _closed(office, mine, site, opener, code) + envelope, code)
        if out is not None:
            check_place(out, len(made.content))
        if content:
            _into_book(office, made)
    return made


def read_enrolment(content: bytes, code: str) -> Enrolment:
    """What an enrolment file holds.

    Raises:
        UserError: the code was copied wrong or is another file's.
        Refused: it is no enrolment file, or damaged, or a newer program's.
    """
    digits = plain_code(code)
    if len(content) > LARGEST_FILE + _LARGEST_LINE:
        raise too_large(WHAT)
    line, _, envelope = content[: _LARGEST_LINE + LARGEST_FILE].partition(b"\n")
    try:
        said = strict(line[:_LARGEST_LINE])
        _check_format(said)
        return _enrolment(strict(_opened_box(inner(said, "box"), digits)), envelope)
    except ValueError as error:
        raise damaged(WHAT) from error


def settle(
    office: Office, enrolment: Enrolment, lasting: Path, guard: KeyGuard | None = None
) -> None:
    """Give a new school's file its place: the county it belongs to, and keys of its own.

    Args:
        office: the school's new office.
        enrolment: what the enrolment file holds.
        lasting: where the file will lie; the keys lie beside that.
        guard: how private keys are closed on this computer.

    Raises:
        WorldError: the keys could not be written to the disk.
    """
    mine = make_keys(own(office))
    KeyFiles(lasting, guard).keep(mine)
    county = enrolment.county
    assert county.keys is not None
    said = announced(mine.signer, own(office), mine.public, enrolment.token)
    today = office.store.clock.today().isoformat()
    school = Site(own(office), SCHOOL, enrolment.identity.name, enrolment.institution_id, today)
    with office.store.operation("sync.join", f"在“{county.name}”注册"):
        add_site(office, county)
        add_keys(office, county.id, county.keys, county.key_no)
        add_site(office, school)
        add_keys(office, school.id, mine.public, 0)
        write_settings(office.store, {INSTITUTION: enrolment.institution_id})
        hear_serial(office, enrolment.serial)
        office.store.keep_fact(COUNTY_FACT, county.id)
        office.store.keep_fact(ROOT, enrolment.root)
        office.store.keep_fact(ANNOUNCED, canonical(said).decode())


def _check_format(said: Mapping[str, Json]) -> None:
    if text(said, "format") != FORMAT:
        raise damaged(WHAT)
    if number(said, "version") > VERSION:
        raise too_new()


def _check_may_invite(office: Office, institution_id: str, name: str | None, again: str) -> None:
    if is_school(office):
        raise UserError(
            "sync.not_a_county",
            "本机是学校端，不能为别的学校制作注册文件。",
            "请在县里的电脑上制作。",
        )
    if name is None:
        raise UserError("staff.no_such_institution", "这个机构已不在库中。", "请刷新列表。")
    live = _live(office, institution_id)
    active = next((one for one in live if one.state is SiteState.ACTIVE), None)
    if active is not None and not again.strip():
        raise UserError(
            "sync.enrolled_already",
            f"“{name}”已经注册（编号 {active.code}，{active.since} 起）。",
            "换电脑、重装或密钥丢失请用“重新注册”，并写明原因；原来的电脑随之停用。",
        )


def _into_book(office: Office, made: Invitation) -> None:
    """Let a receipt for the first slice count: else the next package held everything again."""
    sent = post_book.Sent(
        package=made.facts.package,
        number=made.facts.number,
        written_at=made.facts.at,
        base="",
        upto=arrivals(office.store),
        file_name=made.file_name,
        size=len(made.content),
        received=False,
    )
    post_book.note_sent(office.store, made.site.id, sent)


def _live(office: Office, institution_id: str) -> list[Site]:
    return [
        one
        for one in sites(office)
        if one.institution_id == institution_id and one.state is not SiteState.ENDED
    ]


def _facts(office: Office, site: Site, content: Mapping[str, Json], token: str) -> Facts:
    identity, county = office.identity, site_of(office, own(office))
    enrol: dict[str, Json] = {
        "token": token,
        "institution": site.institution_id,
        "name": site.name,
        "region": identity.region,
        "sample": identity.sample,
        "county": identity.name,
        "root": office.store.fact(ROOT),
        "serial": serial(office),
        "no": county.key_no if county is not None else 0,
    }
    return Facts(
        sender=own(office),
        receiver=site.id,
        number=0,
        package=office.store.ids.new_id(),
        at=office.store.clock.now().isoformat(timespec="seconds"),
        content=content,
        papers={"enrol": enrol},
    )


def _closed(office: Office, mine: OwnKeys, site: Site, opener: str, code: str) -> bytes:
    """The line that only the code opens: the file's key, and the county's to be believed."""
    secret = {
        "open": opener,
        "site": site.id,
        "county": own(office),
        "sign": mine.public.sign.hex(),
        "seal": mine.public.seal,
    }
    closed = box.closed(canonical(secret), plain_code(code), _about())
    return canonical({"format": FORMAT, "version": VERSION, "box": closed}) + b"\n"


def _about() -> bytes:
    return json.dumps([FORMAT, VERSION]).encode()


def _opened_box(said: Mapping[str, Any], digits: str) -> bytes:
    try:
        return box.opened(said, digits, _about())
    except UserError as error:
        raise Refused(
            "sync.wrong_code",
            "注册码与这个注册文件不配，或文件被改动过。",
            "请核对是不是同一张注册单上的文件和注册码；县里另发过的，以最后一次为准。",
        ) from error


@dataclass(frozen=True, slots=True)
class _Pinned:
    """Believes one site with one key: the county that the code vouches for."""

    site: str
    key: bytes

    def key_for(self, facts: Facts) -> bytes:
        if facts.sender != self.site:
            raise damaged(WHAT)
        return self.key

    def refusal(self, facts: Facts, bears: Callable[[bytes], bool]) -> Refused:
        return forged()


def _enrolment(secret: Mapping[str, Json], envelope: bytes) -> Enrolment:
    keys = public_keys(text(secret, "sign"), text(secret, "seal"))
    me = OwnKeys(text(secret, "site", 32), SecretKey.make(), text(secret, "open"))
    county = text(secret, "county", 32)
    opened = open_envelope(envelope, _Pinned(county, keys.sign), me)
    said = inner(opened.facts.papers, "enrol")
    return Enrolment(
        site=me.site,
        identity=Identity(
            text(said, "name"), text(said, "region", 6), SCHOOL, said.get("sample") is True
        ),
        institution_id=text(said, "institution", 32),
        county=Site(
            county,
            COUNTY,
            text(said, "county"),
            "",
            opened.facts.at[:10],
            keys=keys,
            key_no=number(said, "no"),
        ),
        root=root_in(said),
        serial=number(said, "serial"),
        opened=opened,
        token=text(said, "token", 64),
    )
