"""Whether a code speaks the truth: signature, key, revocation list; no network, no register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.certificates.code_facts import CodeFacts, unpacked
from models.certificates.code_text import (
    PURPOSE,
    VERSION,
    SignedBytes,
    readings,
    version_of,
)
from models.certificates.kinds import kinds
from models.certificates.trust import Trust, TrustedKey
from models.signing.signatures import holds

EXPIRED = "expired"
STALE_DAYS = 180
"""A revocation list older than this is worth asking for anew."""
NOT_OURS = "not_ours"
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking one code brought.

    Attributes:
        valid: whether the certificate holds today.
        revoked: whether it is genuine and was declared void or replaced.
        reason: one Chinese sentence.
        facts: what the code says; None where nobody of trust said it.
        key_id: the key that signed, "" where that is not known.
        fault: a stable name of what is wrong, "" where nothing is.
    """

    valid: bool
    revoked: bool
    reason: str
    facts: CodeFacts | None = None
    key_id: str = ""
    fault: str = ""

    @property
    def number(self) -> str | None:
        """The certificate's number, where the code can be trusted to say it."""
        return self.facts.number if self.facts else None

    @property
    def name(self) -> str | None:
        """The holder."""
        return self.facts.name if self.facts else None

    @property
    def kind(self) -> str | None:
        """What the kind of certificate is called, such as 骨干教师资格证书."""
        return self.facts.kind if self.facts else None

    @property
    def expired(self) -> bool:
        """Whether it is genuine, was never declared void, and its last day is over."""
        return self.fault == EXPIRED

    @property
    def issued_on(self) -> str | None:
        """The day of issue."""
        return self.facts.issued_on if self.facts else None


def verify(text: str, trust: Trust, day: date) -> Verification:
    """Check the text of a code.

    Args:
        text: as it was read, pasted or typed.
        trust: whose keys count, and what is void.
        day: today.
    """
    version = version_of(text)
    if version is None:
        words = text.strip()[:_SHOWN]
        return _bad(NOT_OURS, f"“{words}”不是本程序的验真码（应以 TC1: 开头）。")
    if version != VERSION:
        return _other_version(version)
    first: SignedBytes | None = None
    for reading in readings(text):
        first = first or reading
        key = _signer_of(reading, trust)
        if key is not None:
            try:
                return _genuine(unpacked(reading.facts), key, trust, day)
            except (ValueError, EOFError):
                return _other_version(reading.version)
    return _not_genuine(first, trust)


def without_foreign(
    checked: Sequence[tuple[int | None, Verification]],
) -> list[tuple[int | None, Verification]]:
    """What checking a file brought, page by page, without codes of others where one is ours.

    A QR code of a web page beside the certificate's says nothing against the certificate.
    """
    own = [pair for pair in checked if pair[1].fault != NOT_OURS]
    return own or list(checked)


def _signer_of(reading: SignedBytes, trust: Trust) -> TrustedKey | None:
    """The trusted key that signed these very bytes."""
    if reading.version != VERSION:
        return None
    named = (one for one in trust.keys if one.key_id == reading.key_id)
    said = (PURPOSE, reading.signed, reading.signature)
    return next((one for one in named if holds(one.public, *said)), None)


def _genuine(facts: CodeFacts, key: TrustedKey, trust: Trust, day: date) -> Verification:
    """What holds of a code that a known key signed."""
    as_of = f"撤销名单截至第 {trust.serial} 号（{_said(trust.day)}）"
    signed = Verification(valid=False, revoked=False, reason="", facts=facts, key_id=key.key_id)
    if trust.is_replaced(facts.number):
        reason = f"这本证书已作废，另发了新证书。{as_of}。"
        return replace(signed, revoked=True, reason=reason, fault="replaced")
    if trust.is_revoked(facts.number):
        return replace(signed, revoked=True, reason=f"这本证书已作废。{as_of}。", fault="void")
    if key.retired_on and facts.issued_on > key.retired_on:
        reason = (
            f"签名的密钥 {key.key_id} 已于 {key.retired_on} 停用，"
            f"而证书写的发证日期 {facts.issued_on} 在停用以后。"
        )
        return replace(signed, reason=reason, fault="key_retired")
    age = (day - trust.day).days
    stale = f"名单已有 {age} 天没有更新，请索取新的核验文件。" if age > STALE_DAYS else ""
    genuine = f"签名属实，由{trust.office}签发，不在撤销名单中"
    if facts.valid_to and facts.valid_to < day.isoformat():
        ended = _said(date.fromisoformat(facts.valid_to))
        reason = f"已过有效期：有效期到{ended}止。{genuine}。{as_of}。{stale}"
        return replace(signed, reason=reason, fault=EXPIRED)
    return replace(signed, valid=True, reason=f"{genuine}{_validity(facts)}。{as_of}。{stale}")


def _validity(facts: CodeFacts) -> str:
    """Until when a certificate holds that holds for a time; codes of before do not say it."""
    if facts.valid_to:
        return f"，有效期到{_said(date.fromisoformat(facts.valid_to))}"
    limited = {one.title for one in kinds().values() if one.limited}
    return "；验真码没有写有效期，请看证书上的有效期" if facts.kind in limited else ""


def _not_genuine(first: SignedBytes | None, trust: Trust) -> Verification:
    """Why no reading of the text was signed by a known key."""
    if first is None:
        return _bad("unreadable", "验真码不完整，或有抄错的字符。请重新扫描或对照原文再输入。")
    if not any(key.key_id == first.key_id for key in trust.keys):
        return _bad(
            "unknown_key",
            f"签名的密钥 {first.key_id} 不属于{trust.office}。"
            "可能是别的单位发的证书，也可能核验文件太旧或验真码有误。",
        )
    if _cut_off(first):
        return _bad("cut_off", "验真码不完整，缺少末尾的一段。请重新扫描，或复制全部文字。")
    return _bad("changed", "签名不符：内容被改动过，或有抄错的字符。不能证明证书是真的。")


def _cut_off(reading: SignedBytes) -> bool:
    """Whether the end is missing: the facts reach into what should be the signature."""
    try:
        unpacked(reading.facts)
    except EOFError:
        pass
    except ValueError:
        return False
    else:
        return False
    try:
        unpacked(reading.facts + reading.signature)
    except EOFError:
        return True
    except ValueError:
        return False
    return True


def _bad(fault: str, reason: str) -> Verification:
    return Verification(valid=False, revoked=False, reason=reason, fault=fault)


def _other_version(version: int) -> Verification:
    known = f"验真码是第 {version} 版，本程序只认得第 {VERSION} 版。请升级程序。"
    newer = "验真码里有本程序还不认得的内容。请升级程序。"
    reason = newer if version == VERSION else known
    return _bad("other_version", reason)


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
