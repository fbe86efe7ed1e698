"""Packages as the exchange sends and takes them: sealed by our keys, opened by our roster.

``pack`` and ``unpack`` are all the exchange needs; ``learn`` takes over what a package says of keys
and is called inside the operation that applies the package.
"""

from __future__ import annotations

from models.errors import UserError
from models.office.context import Office
from models.signing.guards import KeyGuard
from models.sync.envelope import Facts, Opened, open_envelope, seal
from models.sync.key_pairs import code_of
from models.sync.own_keys import own_keys
from models.sync.refusals import revoked_sender, unknown_sender
from models.sync.roster import site_of

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
    return seal(payload, facts, own_keys(office, guard), receiver.keys)


def unpack(office: Office, content: bytes, guard: KeyGuard | None = None) -> Opened:
    """What a package holds, once everything about it held; nothing is written.

    Raises:
        Refused: damaged, too large, too new, not for us, unknown or ended sender, forged.
        UserError: the private keys are not on this computer.
    """
    return open_envelope(content, RosterTrust(office), own_keys(office, guard))


def learn(office: Office, opened: Opened, guard: KeyGuard | None = None) -> list[str]:
    """Take over what a package says of keys; call it inside the operation that applies it.

    Returns:
        Sentences for the summary: a school joined, keys were changed.
    """
    return []


class RosterTrust:
    """Believes the sites of the office's roster."""

    def __init__(self, office: Office) -> None:
        """Take the roster of an office."""
        self._office = office

    def key_for(self, facts: Facts) -> bytes:
        """The key the sender must have signed with.

        Raises:
            Refused: the roster does not know the sender, or its registration has ended.
        """
        sender = site_of(self._office, facts.sender)
        if sender is None or sender.keys is None:
            raise unknown_sender(code_of(facts.sender))
        if sender.ended_on:
            raise revoked_sender(sender.name, sender.ended_on, sender.reason)
        return sender.keys.sign
