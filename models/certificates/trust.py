"""What checking needs and anybody may have: public keys and which numbers are void (核验文件)."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from models.certificates.events import LAST_EVENT
from models.certificates.heirs import HEIR
from models.errors import UserError
from models.office.context import Office
from models.signing.guards import KeyGuard
from models.signing.keys import keys, signer
from models.signing.said_files import read_said, write_said
from models.signing.signatures import PUBLIC_BYTES, fingerprint_of, holds, key_id_of

FORMAT = "sxt-trust"
VERSION = 1
PURPOSE = "trust"
HASH_BYTES = 8
LARGEST = 32 * 1024 * 1024
_VOID = f"""
SELECT c.number, {HEIR} IS NOT NULL AS replaced
FROM certificate AS c WHERE {LAST_EVENT.format(of="c.id")} = 'void'
"""  # noqa: S608 - our own words
# Rows that are only added: the sum rises with each of them. An older backup brings it back down.
_SERIAL = """
SELECT (SELECT COUNT(*) FROM certificate_event) + (SELECT COUNT(*) FROM signing_key)
    + (SELECT COUNT(*) FROM signing_key_end)
"""


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A public key with the days it was made and retired ("" while in use)."""

    public: bytes
    made_on: str
    retired_on: str = ""

    @property
    def key_id(self) -> str:
        """Its short name."""
        return key_id_of(self.public)

    @property
    def fingerprint(self) -> str:
        """What two people compare on the telephone."""
        return fingerprint_of(self.public)


@dataclass(frozen=True)
class Trust:
    """Against what codes are checked.

    Attributes:
        office, region: whose certificates.
        serial: of the revocation list; it rises with everything that happens to certificates and
            keys. After a backup is restored it begins again from what it was then, so that of two
            lists of one serial the later ``day`` counts.
        day: the day of the list.
        keys: every key that may have signed.
        revoked, replaced: the hashes of the numbers that are void, and of those among them for
            which another certificate was issued; 8 bytes each, joined. A code is looked up by
            its number: where data of two offices were brought together and a number was given
            twice (the gap report names it), both are void as soon as one is.
    """

    office: str
    region: str
    serial: int
    day: date
    keys: tuple[TrustedKey, ...]
    revoked: bytes = b""
    replaced: bytes = b""

    @property
    def fingerprints(self) -> tuple[str, ...]:
        """Of the keys in use; a file vouches only for itself, so people compare these."""
        return tuple(one.fingerprint for one in self.keys if not one.retired_on)

    def is_revoked(self, number: str) -> bool:
        """Whether the certificate of that number is void."""
        return hash_of(number) in self.revoked_hashes

    def is_replaced(self, number: str) -> bool:
        """Whether another certificate was issued in place of that number."""
        return hash_of(number) in self.replaced_hashes

    @cached_property
    def revoked_hashes(self) -> frozenset[bytes]:
        """The hashes of the numbers that are void."""
        return frozenset(_split(self.revoked))

    @cached_property
    def replaced_hashes(self) -> frozenset[bytes]:
        """The hashes of those for which another certificate was issued."""
        return frozenset(_split(self.replaced))


def hash_of(number: str) -> bytes:
    """A number as the revocation list has it: it can be looked up there, not read."""
    return hashlib.sha256(number.encode()).digest()[:HASH_BYTES]


def trust_of(office: Office, guard: KeyGuard | None = None) -> Trust:
    """What the office itself knows today."""
    void = office.store.query(_VOID)
    return Trust(
        office=office.identity.name,
        region=office.identity.region,
        serial=int(office.store.value(_SERIAL)),
        day=office.store.clock.today(),
        keys=tuple(
            TrustedKey(one.public, one.made_on, one.retired_on) for one in keys(office, guard)
        ),
        revoked=_joined(row["number"] for row in void),
        replaced=_joined(row["number"] for row in void if row["replaced"]),
    )


def write_trust(office: Office, path: Path, guard: KeyGuard | None = None) -> Trust:
    """Write the office's 核验文件, signed with the key in use; a file there is replaced.

    Raises:
        UserError: the key is not on this computer.
        WorldError: the file cannot be written.
    """
    key = signer(office, guard)
    trust = trust_of(office, guard)
    said = _said(trust)
    said["signed_by"] = key.key_id
    signature = key.sign(PURPOSE, _canonical(said))
    said["signature"] = base64.b64encode(signature).decode()
    write_said(path, said)
    return trust


def read_trust(path: Path, fingerprint: str = "") -> Trust:
    """The 核验文件 at ``path``.

    A file can only vouch for itself: whoever forges papers forges it too. What it is worth is
    known by the fingerprint that the issuing office says on the telephone.

    Args:
        path: the file.
        fingerprint: of a key it must have, however it is spelled; "" for any.

    Raises:
        UserError: it is none, a newer program wrote it, it was changed after it was signed, or it
            is not of the office with that fingerprint.
        WorldError: it cannot be read.
    """
    try:
        said = read_said(path, LARGEST)
        if said["format"] != FORMAT:
            raise _no_trust(path)
        if said["version"] != VERSION:
            raise UserError(
                "trust.newer",
                f"核验文件“{path.name}”是较新版本的程序生成的。",
                "请升级本程序后再核验。",
            )
        trust = _trust(said)
        vouched = _vouched(said, trust)
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise _no_trust(path) from error
    if not vouched:
        raise UserError(
            "trust.changed",
            f"核验文件“{path.name}”在生成以后被改动过，不能用。",
            "请向发证单位重新索取核验文件。",
        )
    if fingerprint and _plain(fingerprint) not in map(_plain, trust.fingerprints):
        raise UserError(
            "trust.fingerprint",
            f"核验文件“{path.name}”的密钥指纹是 {'；'.join(trust.fingerprints)}，"
            f"不是 {fingerprint.strip()}。",
            "请与发证单位核对指纹；不符的核验文件不能用。",
        )
    return trust


def _vouched(said: dict[str, Any], trust: Trust) -> bool:
    """Whether one of its own keys in use signed the file; takes the signature out."""
    signature = base64.b64decode(said.pop("signature"), validate=True)
    signed_by = str(said["signed_by"])
    canonical = _canonical(said)
    return any(
        holds(one.public, PURPOSE, canonical, signature)
        for one in trust.keys
        if one.key_id == signed_by and not one.retired_on
    )


def _said(trust: Trust) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "office": trust.office,
        "region": trust.region,
        "serial": trust.serial,
        "day": trust.day.isoformat(),
        "keys": [
            {
                "key_id": one.key_id,
                "public": base64.b64encode(one.public).decode(),
                "made_on": one.made_on,
                "retired_on": one.retired_on,
            }
            for one in trust.keys
        ],
        "revoked": base64.b64encode(trust.revoked).decode(),
        "replaced": base64.b64encode(trust.replaced).decode(),
    }


def _trust(said: dict[str, Any]) -> Trust:
    return Trust(
        office=str(said["office"]),
        region=str(said["region"]),
        serial=int(said["serial"]),
        day=date.fromisoformat(said["day"]),
        keys=tuple(
            TrustedKey(_public(one["public"]), str(one["made_on"]), str(one["retired_on"]))
            for one in said["keys"]
        ),
        revoked=base64.b64decode(said["revoked"], validate=True),
        replaced=base64.b64decode(said["replaced"], validate=True),
    )


def _public(text: str) -> bytes:
    found = base64.b64decode(text, validate=True)
    if len(found) != PUBLIC_BYTES:
        raise ValueError(text)
    return found


def _canonical(said: dict[str, Any]) -> bytes:
    """The one spelling of what is signed, whatever spaces the file has."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(fingerprint: str) -> str:
    return "".join(char for char in fingerprint if char.isalnum()).upper()


def _joined(numbers: Iterable[str]) -> bytes:
    return b"".join(sorted({hash_of(one) for one in numbers}))


def _split(hashes: bytes) -> list[bytes]:
    return [hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)]


def _no_trust(path: Path) -> UserError:
    return UserError(
        "trust.unreadable",
        f"“{path.name}”不是核验文件，或已损坏。",
        "请向发证单位索取核验文件（扩展名 .trust）。",
    )
