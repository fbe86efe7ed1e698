"""Packages as the exchange sends and takes them: sealed by our keys, opened by our roster.

``pack`` and ``unpack`` are all the exchange needs; ``learn`` takes over what a package says of keys
and is called inside the operation that applies the package.
"""

from __future__ import annotations

from dataclasses import replace

from models.errors import UserError
from models.office.context import Office
from models.signing.guards import KeyGuard
from models.sync.envelope import Facts, Opened, open_envelope, seal
from models.sync.key_pairs import code_of
from models.sync.learning import learn, readmit
from models.sync.own_keys import own_keys
from models.sync.papers import papers_for
from models.sync.roster import site_of
from models.sync.trust import RosterTrust

__all__ = ["SUFFIX", "learn", "pack", "package_name", "readmit", "unpack"]

SUFFIX = ".sxb"
"""What the names of packages end with."""


def package_name(facts: Facts) -> str:
    """A file name that tells a stranger the sender's code, the number and the date."""
    day = facts.at[:10].replace("-", "")
    return f"{code_of(facts.sender)}-{facts.number:04}-{day}-{facts.package[:6]}{SUFFIX}"


def pack(office: Office, facts: Facts, payload: bytes, guard: KeyGuard | None = None) -> bytes:
    """A package for the site that is the receiver in ``facts`` (its papers are filled in here).

    Call it where an operation may be opened.

    Raises:
        UserError: the receiver has no keys yet or is no longer registered; no private key here.
        Refused: more than fits into a package.
    """
    receiver = site_of(office, facts.receiver)
    if receiver is None or receiver.keys is None or receiver.ended_on:
        raise UserError(
            "sync.no_receiver",
            f"“{receiver.name if receiver else code_of(facts.receiver)}”现在不能接收交换包："
            + ("注册已停用。" if receiver and receiver.ended_on else "还没有读到它的第一个包。"),
            "请先读入该校带来的包，或为该校重新制作注册文件。",
        )
    mine = own_keys(office, guard)
    papers = papers_for(office, mine, receiver)
    return seal(payload, replace(facts, papers=papers), mine, receiver.keys)


def unpack(office: Office, content: bytes, guard: KeyGuard | None = None) -> Opened:
    """What a package holds, once everything about it held; nothing is written of it.

    Raises:
        Refused: damaged, too large, too new, not for us, unknown or ended sender, forged.
        UserError: the private keys are not on this computer.
    """
    return open_envelope(content, RosterTrust(office), own_keys(office, guard))
