"""The signature of a whole PDF, where the library for it is installed.

pyHanko brings 30 MB and the code of a network client, which an offline program does not carry
(docs/decisions/0009); it is looked for when somebody asks for a signature.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from models.errors import UserError
from models.signing.pdf_identity import PdfIdentity
from models.store.trouble import told
from reports.kit.saving import fresh_file

FIELD = "Signature1"


def sign_pdf(
    source: Path, out: Path, identity: PdfIdentity, place: str, *, overwrite: bool = False
) -> None:
    """Write the PDF with a signature that any change of a byte breaks.

    Args:
        source: the PDF; it stays as it is, and its bytes are the beginning of the signed one.
        out: where the signed one goes.
        identity: who signs.
        place: what the signature says of where it was made: the office's name.
        overwrite: whether a file at ``out`` may be replaced.

    Raises:
        UserError: pyHanko is not installed; the PDF is broken or needs a password.
        WorldError: a file cannot be read or written.
    """
    signers, writing, misc, asn1 = _libraries()
    signer = signers.SimpleSigner(
        signing_cert=asn1.x509.Certificate.load(identity.certificate),
        signing_key=asn1.keys.PrivateKeyInfo.load(identity.secret),
        cert_registry=importlib.import_module(
            "pyhanko_certvalidator.registry"
        ).SimpleCertificateStore(),
    )
    with told(source):
        content = source.open("rb")
    with content, fresh_file(out, overwrite=overwrite) as draft:
        try:
            writer = writing.IncrementalPdfFileWriter(content)
            said = signers.PdfSignatureMetadata(field_name=FIELD, location=place)
            with draft.open("w+b") as file:
                signers.sign_pdf(writer, said, signer=signer, output=file)
        except (misc.PdfError, ValueError) as error:
            raise UserError(
                "pdf_signature.broken",
                f"“{source.name}”不能签名：不是完好的 PDF，或设有密码。",
                "请重新生成这份 PDF 再签名。",
            ) from error


def _libraries() -> tuple[Any, Any, Any, Any]:
    try:
        importlib.import_module("asn1crypto.keys")
        importlib.import_module("asn1crypto.x509")
        return (
            importlib.import_module("pyhanko.sign.signers"),
            importlib.import_module("pyhanko.pdf_utils.incremental_writer"),
            importlib.import_module("pyhanko.pdf_utils.misc"),
            importlib.import_module("asn1crypto"),
        )
    except ModuleNotFoundError as error:
        raise UserError(
            "pdf_signature.not_installed",
            "没有安装 pyHanko，不能给整个 PDF 签名。",
            "证书上的验真码不受影响；需要时请维护人员用 pip 安装 pyhanko。",
        ) from error
