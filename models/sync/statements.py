"""What sites say about keys, each with its own proof: announcements, changes, certificates."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.signing.signatures import SecretKey, holds
from models.sync.key_pairs import PublicKeys, public_keys
from models.sync.refusals import damaged, forged
from models.sync.strict_json import Json, canonical, inner, number, text

ANNOUNCE, CHANGE, CERTIFICATE = "sync:announce", "sync:change", "sync:certificate"
BY_KEY, BY_ROOT = "key", "root"
MOST_CHANGES = 32
_HEX, _AGE, _SIGNATURE = 64, 62, 88


@dataclass(frozen=True, slots=True)
class Announcement:
    """The first keys of a school, proved by the key itself.

    Attributes:
        keys: the keys.
        token: the one-time token of the enrolment file, hexadecimal.
    """

    keys: PublicKeys
    token: str


def announced(signer: SecretKey, site: str, keys: PublicKeys, token: str) -> dict[str, Json]:
    """An announcement as a package carries it."""
    return _signed(signer, ANNOUNCE, {**_said_keys(keys), "site": site, "token": token})


def announcement(papers: Mapping[str, Json], site: str) -> Announcement | None:
    """The announcement in a package's papers, once its proof held; None where there is none.

    Raises:
        Refused: it is malformed or does not hold.
    """
    if "announce" not in papers:
        return None
    try:
        said = inner(papers, "announce")
        keys, token = _keys(said), text(said, "token", _HEX)
        ours = text(said, "site") == site
    except ValueError as error:
        raise damaged() from error
    if not ours:
        raise forged()
    _check(keys.sign, ANNOUNCE, said)
    return Announcement(keys, token)


@dataclass(frozen=True, slots=True)
class SiteKeys:
    """What is known of a site's keys.

    Attributes:
        keys: the keys in force.
        no: the number of the change that brought them.
        root_no: the highest number of a change that the recovery code signed.
        root: the public half of the county's recovery code, b"" where there is none.
    """

    keys: PublicKeys
    no: int
    root_no: int = 0
    root: bytes = b""


def change(signer: SecretKey, by: str, site: str, keys: PublicKeys, no: int) -> dict[str, Json]:
    """The statement that a site has new keys from change ``no`` on."""
    said: dict[str, Json] = {**_said_keys(keys), "site": site, "no": no, "by": by}
    return _signed(signer, CHANGE, said)


def advance(
    known: SiteKeys, site: str, changes: Sequence[Mapping[str, Json]]
) -> list[tuple[SiteKeys, str]]:
    """How a site's keys went on from what is known: the steps, each with what proves it.

    A step signed by the key in force must have a higher number; one signed by the recovery code
    need only be newer than the last of its kind, for it also mends what a thief of the key did.

    Raises:
        Refused: a statement that counts is malformed or does not hold.
    """
    steps: list[tuple[SiteKeys, str]] = []
    for said in changes[:MOST_CHANGES]:
        try:
            keys, no, by = _keys(said), number(said, "no"), text(said, "by")
            ours = text(said, "site") == site
        except ValueError as error:
            raise damaged() from error
        rooted = by == BY_ROOT
        if not ours or no <= (known.root_no if rooted else known.no) or (rooted and not known.root):
            continue
        _check(known.root if rooted else known.keys.sign, CHANGE, said)
        known = SiteKeys(keys, no, no if rooted else known.root_no, known.root)
        steps.append((known, canonical(said).decode()))
    return steps


def certificate(signer: SecretKey, said: Mapping[str, Json], keys: PublicKeys) -> dict[str, Json]:
    """The county's word that a site with these keys is what ``said`` says."""
    return _signed(signer, CERTIFICATE, {**said, **_said_keys(keys)})


def certified(said: Mapping[str, Json], signers: Sequence[bytes]) -> SiteKeys | None:
    """The keys in a certificate that one of the given keys signed; None where none did."""
    if not any(_holds(one, CERTIFICATE, said) for one in signers):
        return None
    try:
        return SiteKeys(_keys(said), number(said, "no"))
    except ValueError:
        return None


def by_root(proof: str) -> bool:
    """Whether the recovery code signed a statement that was kept."""
    return bool(proof) and json.loads(proof).get("by") == BY_ROOT


def _said_keys(keys: PublicKeys) -> dict[str, Json]:
    return {"sign": keys.sign.hex(), "seal": keys.seal}


def _keys(said: Mapping[str, Json]) -> PublicKeys:
    return public_keys(text(said, "sign", _HEX), text(said, "seal", _AGE))


def _signed(signer: SecretKey, purpose: str, said: Mapping[str, Json]) -> dict[str, Json]:
    signature = base64.b64encode(signer.sign(purpose, canonical(said))).decode()
    return {**said, "signature": signature}


def _check(key: bytes, purpose: str, said: Mapping[str, Json]) -> None:
    if not _holds(key, purpose, said):
        raise forged()


def _holds(key: bytes, purpose: str, said: Mapping[str, Json]) -> bool:
    try:
        signature = base64.b64decode(text(said, "signature", _SIGNATURE), validate=True)
    except ValueError:
        return False
    bare = {name: value for name, value in said.items() if name != "signature"}
    return holds(key, purpose, canonical(bare), signature)
