"""Whom this office believes: the sites of its roster, by what they can prove."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from models.office.context import Office
from models.sync.envelope import Facts
from models.sync.key_pairs import PublicKeys, code_of
from models.sync.refusals import (
    Refused,
    damaged,
    forged,
    old_keys,
    revoked_sender,
    unknown_sender,
)
from models.sync.roster import Site, SiteState, keys_once, own, site_of
from models.sync.statements import SiteKeys, advance, announcement, by_root, certified
from models.sync.strict_json import Json

ROOT = "sync.root"
"""The fact with the public half of the county's recovery code, hexadecimal."""
_ROOT = re.compile(r"[0-9a-f]{64}")


class RosterTrust:
    """Believes the sites of the office's roster."""

    def __init__(self, office: Office, *, readmitting: bool = False) -> None:
        """Take the roster of an office.

        Args:
            office: the office.
            readmitting: take a forgotten school by its certificate (an older backup was restored).
        """
        self._office = office
        self._readmitting = readmitting

    def key_for(self, facts: Facts) -> bytes:
        """The key the sender must have signed with.

        Raises:
            Refused: the roster does not know the sender, its registration has ended, or what it
                says of its keys does not hold.
        """
        sender = site_of(self._office, facts.sender)
        if sender is None:
            known = self._forgotten(facts)
        elif sender.state is SiteState.ENDED:
            raise revoked_sender(sender.name, sender.ended_on, sender.reason)
        elif sender.state is SiteState.INVITED:
            known = SiteKeys(joining_keys(sender, facts.papers), 0)
        else:
            self._told_once(sender, facts)
            known = known_keys(self._office, sender)
        steps = advance(known, facts.sender, changes_in(facts.papers))
        return (steps[-1][0] if steps else known).keys.sign

    def refusal(self, facts: Facts, bears: Callable[[bytes], bool]) -> Refused:
        """Older keys of a known sender are told apart from a forgery."""
        sender = site_of(self._office, facts.sender)
        older = [one.keys.sign for one in keys_once(self._office, facts.sender)]
        if sender is not None and any(bears(one) for one in older):
            return old_keys(sender.name)
        return forged()

    def _told_once(self, sender: Site, facts: Facts) -> None:
        """Refuse a second computer that used the same enrolment file."""
        found = announcement(facts.papers, sender.id)
        had = [one.keys for one in keys_once(self._office, sender.id)]
        if found is not None and found.keys not in had:
            raise Refused(
                "sync.joined_twice",
                f"“{sender.name}”的注册文件被用了两次：另一台电脑已经用它注册。",
                "请向该校核实哪一台是真的；有疑问就为该校重新注册，两台都停用。",
            )

    def _forgotten(self, facts: Facts) -> SiteKeys:
        """A site that is not in the roster: unknown, or in it before an older backup came back."""
        said = facts.papers.get("certificate")
        signers = [one.keys.sign for one in keys_once(self._office, own(self._office))]
        found = certified(said, signers) if isinstance(said, dict) else None
        if found is None or not isinstance(said, dict) or said.get("site") != facts.sender:
            raise unknown_sender(code_of(facts.sender))
        if not self._readmitting:
            raise Refused(
                "sync.forgotten_sender",
                f"写这个交换包的电脑（“{said.get('name')}”，编号 {code_of(facts.sender)}）"
                "持有本单位的注册证明，但名册里没有它：本单位的数据可能恢复自较早的备份。",
                "确认该校仍在用这台电脑后，请在学校同步页“恢复登记”；已停用的电脑不要恢复。",
            )
        return found


def joining_keys(sender: Site, papers: Mapping[str, Json]) -> PublicKeys:
    """The first keys of an invited school.

    Raises:
        Refused: the package shows no announcement, or not the token of the enrolment file.
    """
    found = announcement(papers, sender.id)
    if found is None or token_hash(found.token) != sender.token:
        raise unknown_sender(sender.code)
    return found.keys


def known_keys(office: Office, site: Site) -> SiteKeys:
    """What the roster knows of the keys of a registered site.

    Raises:
        Refused: it has none.
    """
    once = keys_once(office, site.id)
    if not once:
        raise unknown_sender(site.code)
    rooted = [one.no for one in once if by_root(one.proof)]
    root = bytes.fromhex(office.store.fact(ROOT)) if site.kind == "county" else b""
    return SiteKeys(once[0].keys, once[0].no, max(rooted, default=once[-1].no), root)


def changes_in(papers: Mapping[str, Json]) -> Sequence[Mapping[str, Json]]:
    """The statements about the sender's keys in a package's papers.

    Raises:
        Refused: they are malformed.
    """
    found = papers.get("changes", [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise damaged()
    return cast("list[dict[str, Json]]", found)


def root_in(said: Mapping[str, Json]) -> str:
    """The public half of a county's recovery code in a document, "" where there is none.

    Raises:
        Refused: it is malformed.
    """
    found = said.get("root", "")
    if not isinstance(found, str) or (found and not _ROOT.fullmatch(found)):
        raise damaged()
    return found


def token_hash(token: str) -> str:
    """What the county keeps of a one-time token."""
    return hashlib.sha256(token.encode()).hexdigest()
