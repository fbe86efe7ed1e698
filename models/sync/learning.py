"""Taking over what a package says of keys: schools that join, keys that change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from models.office.context import Office
from models.signing.guards import KeyGuard
from models.sync.envelope import Opened, open_envelope
from models.sync.key_pairs import PublicKeys, public_keys
from models.sync.own_keys import is_school, own_keys
from models.sync.papers import ANNOUNCED, CERTIFICATE
from models.sync.refusals import damaged
from models.sync.roster import (
    Site,
    SiteState,
    add_keys,
    add_site,
    hear_serial,
    own,
    raise_serial,
    serial,
    site_of,
)
from models.sync.statements import advance
from models.sync.strict_json import Json, canonical, number, text
from models.sync.trust import ROOT, RosterTrust, changes_in, joining_keys, known_keys, root_in

_GREATEST = 2**52
"""No roster is changed so often."""


def learn(office: Office, opened: Opened) -> list[str]:
    """Take over what a package says of keys; call it inside the operation that applies it.

    Learning the same package again, or an older one, changes nothing.

    Returns:
        Sentences for the summary: a school joined, keys were changed.
    """
    papers = opened.facts.papers
    sender = site_of(office, opened.facts.sender)
    if sender is None or sender.state is SiteState.ENDED:
        return []
    told = _heard(office, papers)
    if sender.state is SiteState.INVITED:
        keys = joining_keys(sender, papers)
        add_keys(office, sender.id, keys, 0)
        raise_serial(office)
        told.append(f"“{sender.name}”已完成注册，密钥指纹 {keys.fingerprint}。")
    for step, proof in advance(known_keys(office, sender), sender.id, changes_in(papers)):
        add_keys(office, sender.id, step.keys, step.no, proof)
        told.append(f"“{sender.name}”换了新密钥，指纹 {step.keys.fingerprint}。")
    if is_school(office):
        _of_county(office, papers)
    return told


def readmit(office: Office, content: bytes, guard: KeyGuard | None = None) -> Site:
    """Enter again a school whose package shows our certificate, as one step of history.

    Raises:
        Refused: the package does not hold, or the school's registration has ended.
        UserError: the private keys are not on this computer.
    """
    opened = open_envelope(content, RosterTrust(office, readmitting=True), own_keys(office, guard))
    known = site_of(office, opened.facts.sender)
    if known is not None:
        return known
    site, keys = _certified(opened)
    with office.store.operation("sync.readmit", f"恢复登记“{site.name}”"):
        add_site(office, site)
        add_keys(office, site.id, keys, site.key_no)
        raise_serial(office)
    return replace(site, keys=keys)


def _certified(opened: Opened) -> tuple[Site, PublicKeys]:
    """The school that a certificate is about, which the trust found to hold."""
    said = opened.facts.papers.get("certificate")
    if not isinstance(said, dict):
        raise damaged()
    try:
        site = Site(
            id=opened.facts.sender,
            kind="school",
            name=text(said, "name"),
            institution_id=text(said, "institution", 32),
            invited_on=text(said, "invited_on", 10),
            key_no=number(said, "no"),
        )
        return site, public_keys(text(said, "sign"), text(said, "seal"))
    except ValueError as error:
        raise damaged() from error


def _heard(office: Office, papers: Mapping[str, Json]) -> list[str]:
    """Never give out again a serial that somebody has seen; a county that was behind is told."""
    heard, ours = papers.get("serial"), serial(office)
    if not isinstance(heard, int) or not ours < heard < _GREATEST:
        return []
    hear_serial(office, heard)
    if is_school(office):
        return []
    return ["本单位的交换名册比学校知道的旧，数据可能恢复自较早的备份；请核对已停用的学校电脑。"]


def _of_county(office: Office, papers: Mapping[str, Json]) -> None:
    """What a county told a school: its recovery code's public half, which of our keys it knows."""
    root = root_in(papers)
    if root and not office.store.fact(ROOT):
        office.store.keep_fact(ROOT, root)
    said = papers.get("certificate")
    if isinstance(said, dict) and said.get("site") == own(office):
        office.store.keep_fact(ANNOUNCED, "")
        office.store.keep_fact(CERTIFICATE, canonical(said).decode())
