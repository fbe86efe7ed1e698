"""``certificate verify``, ``trust``, ``keys``: codes that anybody can check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from models.certificates.kinds import kinds
from models.certificates.trust import Trust, read_trust, trust_of, write_trust
from models.certificates.verification import Verification, verify, without_foreign
from models.clock import SystemClock
from models.entities.display import from_hundredths
from models.errors import UserError
from models.signing.pdf_identity import pdf_identity
from reports.kit.code_reading import READABLE, codes_in
from reports.kit.pdf_checking import PdfSignature, SignatureState, check_pdf
from reports.kit.pdf_signature import sign_pdf
from ui.cli.amounts import number
from ui.cli.commands.certificate.keys import keys_group
from ui.cli.session import Exit, Session, TerminalProgress

_NOTHING = Verification(
    valid=False,
    revoked=False,
    reason="文件里没有找到验真码。请把二维码拍清楚，不要反光，占到画面的三分之一。",
    fault="no_code",
)


@click.command("verify")
@click.argument("what")
@click.option(
    "--trust", type=click.Path(path_type=Path), help="发证单位的核验文件；不写用本单位的。"
)
@click.option("--fingerprint", default="", help="发证单位说的密钥指纹；核验文件不符的不用。")
@click.pass_obj
def verify_command(session: Session, what: str, trust: Path | None, fingerprint: str) -> None:
    """核验一个验真码：PDF、PNG、JPG 文件，或验真码的文字。不联网。

    作废、已过有效期的都不算有效（valid 为 false）；PDF 本身有签名的一并核对。
    """
    texts = _texts(what)
    signature = check_pdf(Path(what)) if _is_pdf(what) else None
    known, today = _trust(session, trust, fingerprint)
    found = without_foreign([(page, verify(text, known, today)) for page, text in texts])
    results = [one for _, one in found] or [_NOTHING]
    first = next((one for one in results if not one.valid), results[0])
    first = _with_signature(first, signature)
    session.finish(
        {
            **_said(first),
            "trust": {
                "office": known.office,
                "serial": known.serial,
                "day": known.day.isoformat(),
                "fingerprints": list(known.fingerprints),
            },
            "pdf_signature": signature
            and {
                "state": signature.state.value,
                "signer": signature.signer or None,
                "message": signature.sentence,
            },
            "certificates": [{"page": page, **_said(one)} for page, one in found],
        },
        f"{_told(results, signature)}\n{_basis(known, theirs=trust is not None)}",
        Exit.DONE if first.valid else Exit.PROBLEMS,
    )


@click.command("trust")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="核验文件写到哪里。")
@click.pass_obj
def trust_command(session: Session, out: Path) -> None:
    """写出核验文件：公钥和撤销名单，别的电脑用它核验本单位的证书。"""
    with session.office() as office:
        trust = write_trust(office, out)
    void = len(trust.revoked_hashes)
    session.finish(
        {
            "ok": True,
            "file": str(out),
            "office": trust.office,
            "serial": trust.serial,
            "day": trust.day.isoformat(),
            "keys": len(trust.keys),
            "revoked": void,
            "fingerprints": list(trust.fingerprints),
        },
        f"核验文件已写到 {out}：第 {trust.serial} 号，密钥 {len(trust.keys)} 把，作废 {void} 本。\n"
        f"密钥指纹 {'；'.join(trust.fingerprints)}（可以在电话里核对）。",
    )


@click.command("sign")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="签好的 PDF 写到哪里。")
@click.option("--overwrite", is_flag=True, help="允许覆盖已有的文件。")
@click.pass_obj
def sign_command(session: Session, file: Path, out: Path, *, overwrite: bool) -> None:
    """给整个 PDF 签名（可选，需要另装 pyHanko）：改动任何一处都会被阅读器发现。"""
    with session.office() as office:
        identity = pdf_identity(office)
        sign_pdf(file, out, identity, office.identity.name, overwrite=overwrite)
    session.finish(
        {"ok": True, "file": str(out), "key": identity.key_id},
        f"已签名：{out}。阅读器第一次会显示“签名者未知”，信任本单位的证书以后就不再提示。",
    )


def _texts(what: str) -> Sequence[tuple[int | None, str]]:
    """The texts to check with their pages: of a file, or the text itself."""
    file = Path(what)
    if file.suffix.lower() not in READABLE and not _is_there(file):
        if what.strip():
            return [(None, what)]
        raise UserError("code.empty", "没有写要核验的内容。", "请写文件名或验真码的文字。")
    return [(one.page, one.text) for one in codes_in(file, TerminalProgress())]


def _is_pdf(what: str) -> bool:
    return Path(what).suffix.lower() == ".pdf"


def _with_signature(first: Verification, signature: PdfSignature | None) -> Verification:
    """The result of a file: its codes may hold and its pages be changed all the same."""
    if not first.valid or signature is None or signature.state != SignatureState.CHANGED:
        return first
    reason = f"{signature.sentence}验真码本身属实，请与证书原件核对。"
    return replace(first, valid=False, fault="pdf_changed", reason=reason)


def _is_there(file: Path) -> bool:
    """Whether that is a file; a text that was typed may be too long for a name."""
    try:
        return file.is_file()
    except OSError:
        return False


def _trust(session: Session, file: Path | None, fingerprint: str) -> tuple[Trust, date]:
    """Whose keys count and which day it is; with a file no office is needed."""
    if file is not None:
        return read_trust(file, fingerprint), SystemClock().today()
    with session.office(read_only=True) as office:
        return trust_of(office), office.store.clock.today()


def _said(one: Verification) -> dict[str, object]:
    """One result as other programs read it."""
    facts = one.facts
    keys = {kind.title: kind.key for kind in kinds().values()}
    return {
        "valid": one.valid,
        "number": one.number,
        "name": one.name,
        "kind": one.kind,
        "kind_key": keys.get(one.kind or ""),
        "issued_on": one.issued_on,
        "revoked": one.revoked,
        "reason": one.reason,
        "fault": one.fault,
        "key": one.key_id or None,
        "school": facts.school if facts else None,
        "title": facts.title if facts else None,
        "level": (facts.level or None) if facts else None,
        "valid_to": (facts.valid_to or None) if facts else None,
        "hours": number(from_hundredths(facts.hours)) if facts else None,
        "issuer": facts.issuer if facts else None,
    }


def _told(results: Sequence[Verification], signature: PdfSignature | None) -> str:
    """The results as text: one line each, the number of bad ones last where there are many."""
    lines = [
        "　".join(part for part in (_word(one), _whose(one), one.reason) if part) for one in results
    ]
    if len(results) > 1:
        bad = sum(not one.valid for one in results)
        lines.append(f"共 {len(results)} 个验真码，{bad} 个不能通过。")
    if signature is not None:
        lines.append(signature.sentence)
    return "\n".join(lines)


def _word(one: Verification) -> str:
    if one.valid:
        return "有效"
    return "已作废" if one.revoked else "已过有效期" if one.expired else "无效"


def _whose(one: Verification) -> str:
    return f"{one.number or ''} {one.name or ''}".strip()


def _basis(trust: Trust, *, theirs: bool) -> str:
    """Against what was checked; of another office's file the fingerprint that vouches for it."""
    whose = f"{trust.office}的核验文件" if theirs else "本单位"
    prints = f"，密钥指纹 {'；'.join(trust.fingerprints)}（请与发证单位核对）" if theirs else ""
    return f"核验依据：{whose}，撤销名单第 {trust.serial} 号（{trust.day.isoformat()}）{prints}。"


COMMANDS: tuple[click.Command, ...] = (
    verify_command,
    trust_command,
    keys_group,
    sign_command,
)
