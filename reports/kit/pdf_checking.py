"""Whether the signature of a whole PDF still holds; told apart from one that nobody can check here.

It tells that the file is as it was signed, not by whom: an office makes its certificate itself.
"""

from __future__ import annotations

import importlib
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pypdfium2  # pyright: ignore[reportMissingTypeStubs]
import pypdfium2.raw as pdfium  # pyright: ignore[reportMissingTypeStubs]

from models.store.trouble import told

if TYPE_CHECKING:
    from pathlib import Path


class SignatureState(StrEnum):
    """What is known of a PDF's own signature."""

    NONE = "none"
    WHOLE = "whole"
    CHANGED = "changed"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """A PDF's own signature.

    Attributes:
        state: whether there is one, and whether it holds.
        signer: who its certificate says signed, "" where that is not known.
        sentence: the same in Chinese.
    """

    state: SignatureState
    signer: str
    sentence: str


_NONE = PdfSignature(SignatureState.NONE, "", "PDF 文件本身没有签名。")
_UNCHECKED = PdfSignature(
    SignatureState.UNCHECKED,
    "",
    "PDF 文件本身有签名，没有核对：这台电脑没有安装 pyHanko。",
)
_UNREADABLE = PdfSignature(
    SignatureState.CHANGED, "", "PDF 文件本身的签名已损坏：文件签名以后被改动过，或没有存完整。"
)


def check_pdf(path: Path) -> PdfSignature:
    """Look at the signatures of a PDF that pdfium can open; no network is asked.

    Raises:
        WorldError: it cannot be read.
    """
    with told(path), closing(pypdfium2.PdfDocument(path)) as document:
        count = int(pdfium.FPDF_GetSignatureCount(document.raw))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    if count <= 0:
        return _NONE
    try:
        reading = importlib.import_module("pyhanko.pdf_utils.reader")
        validation = importlib.import_module("pyhanko.sign.validation")
        certificates = importlib.import_module("pyhanko_certvalidator")
        misc = importlib.import_module("pyhanko.pdf_utils.misc")
    except ModuleNotFoundError:
        return _UNCHECKED
    with told(path), path.open("rb") as file:
        try:
            every = list(reading.PdfFileReader(file, strict=False).embedded_signatures)
            results = [_holds(one, validation, certificates) for one in every]
        except (misc.PdfError, validation.errors.SignatureValidationError, ValueError, KeyError):
            return _UNREADABLE
    return _told(every, results)


def _holds(signature: Any, validation: Any, certificates: Any) -> bool:  # noqa: ANN401
    """Whether the bytes are as they were signed, and nothing was added to the file since."""
    context = certificates.ValidationContext(
        trust_roots=[signature.signer_cert], allow_fetching=False
    )
    status = validation.validate_pdf_signature(signature, context)
    whole = status.coverage.name == "ENTIRE_FILE"
    return bool(status.intact and status.valid and whole)


def _told(every: list[Any], results: list[bool]) -> PdfSignature:
    if not every:
        return _UNREADABLE
    name = every[-1].signer_cert.subject.native.get("common_name", "")
    signer = name if isinstance(name, str) else "、".join(name)
    if not all(results):
        sentence = f"PDF 文件本身的签名不符：签名（“{signer}”）以后文件被改动过。"
        return PdfSignature(SignatureState.CHANGED, signer, sentence)
    sentence = (
        f"PDF 文件本身的签名完好，签名以后没有改动；证书写的签名者是“{signer}”"
        "（自制的证书，是不是本人请与发证单位核对）。"
    )
    return PdfSignature(SignatureState.WHOLE, signer, sentence)
