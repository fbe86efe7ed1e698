"""The signature of a whole PDF: whole while the file is, broken by one byte."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys

import pypdf
import pytest

from models.errors import UserError
from models.signing.keys import rotate
from models.signing.pdf_identity import pdf_identity
from reports.kit.pdf_checking import SignatureState, check_pdf
from reports.kit.pdf_signature import sign_pdf
from tests.sealed import code_picture, printed_page

PLACE = "桦甸市教师进修学校"


@pytest.fixture
def page(tmp_path):
    return printed_page(tmp_path / "page.pdf", "TC1:TEST")


def intact(content):
    """What pyHanko says of the signature: whether the bytes are as they were signed."""
    reading = pytest.importorskip("pyhanko.pdf_utils.reader")
    validation = pytest.importorskip("pyhanko.sign.validation")
    trusting = pytest.importorskip("pyhanko_certvalidator").ValidationContext
    reader = reading.PdfFileReader(io.BytesIO(content))
    (signature,) = reader.embedded_signatures
    context = trusting(trust_roots=[signature.signer_cert])
    status = validation.validate_pdf_signature(signature, context)
    return status.intact and status.valid


def test_the_identity_is_the_same_until_the_key_is_changed(office):
    first = pdf_identity(office)
    assert pdf_identity(office) == first
    assert "secret" not in repr(first)
    rotate(office, "换")
    assert pdf_identity(office).certificate != first.certificate


def test_a_signed_pdf_is_whole_and_one_byte_breaks_it(office, page, tmp_path):
    pytest.importorskip("pyhanko.sign.signers")
    out = tmp_path / "signed.pdf"
    sign_pdf(page, out, pdf_identity(office), PLACE)
    content = out.read_bytes()
    assert content.startswith(page.read_bytes())
    assert intact(content)
    at = content.index(b"certificate") if b"certificate" in content else 200
    changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    assert not intact(changed)


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig is not on this computer")
def test_another_reader_finds_the_signature_whole(office, page, tmp_path):
    pytest.importorskip("pyhanko.sign.signers")
    out = tmp_path / "signed.pdf"
    sign_pdf(page, out, pdf_identity(office), PLACE)
    done = subprocess.run(["pdfsig", out], capture_output=True, encoding="utf-8", check=False)
    assert "Signature is Valid" in done.stdout
    assert PLACE in done.stdout


def test_what_is_there_is_not_replaced_and_a_broken_file_is_a_sentence(office, page, tmp_path):
    pytest.importorskip("pyhanko.sign.signers")
    identity = pdf_identity(office)
    with pytest.raises(UserError, match="已经存在"):
        sign_pdf(page, page, identity, PLACE)
    code_picture("A").save(tmp_path / "no.png")
    with pytest.raises(UserError, match="不是完好的 PDF"):
        sign_pdf(tmp_path / "no.png", tmp_path / "out.pdf", identity, PLACE)
    writer = pypdf.PdfWriter(page)
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(tmp_path / "locked.pdf")
    with pytest.raises(UserError, match="设有密码"):
        sign_pdf(tmp_path / "locked.pdf", tmp_path / "out.pdf", identity, PLACE)
    assert not (tmp_path / "out.pdf").exists()


def test_without_the_library_the_sentence_says_so(office, page, tmp_path, monkeypatch):
    identity = pdf_identity(office)
    monkeypatch.setitem(sys.modules, "pyhanko.sign.signers", None)
    with pytest.raises(UserError, match="没有安装 pyHanko"):
        sign_pdf(page, tmp_path / "out.pdf", identity, PLACE)


def test_a_signature_that_cannot_be_checked_is_said_not_to_have_been(
    office, page, tmp_path, monkeypatch
):
    pytest.importorskip("pyhanko.sign.signers")
    out = tmp_path / "signed.pdf"
    sign_pdf(page, out, pdf_identity(office), PLACE)
    assert check_pdf(out).state is SignatureState.WHOLE
    monkeypatch.setitem(sys.modules, "pyhanko.sign.validation", None)
    found = check_pdf(out)
    assert found.state is SignatureState.UNCHECKED
    assert "没有核对" in found.sentence
    assert check_pdf(page).state is SignatureState.NONE


@pytest.mark.parametrize("spoil", ["content", "signature", "more"])
def test_a_signature_holds_no_more_once_anything_was_changed(office, page, tmp_path, spoil):
    pytest.importorskip("pyhanko.sign.signers")
    out = tmp_path / "signed.pdf"
    sign_pdf(page, out, pdf_identity(office), PLACE)
    content = bytearray(out.read_bytes())
    at = content.index(b"/Contents <") + 60 if spoil == "signature" else 200
    if spoil == "more":
        writer = pypdf.PdfWriter(out, incremental=True)
        writer.add_metadata({"/Title": "another"})
        writer.write(out)
    else:
        content[at] = ord("0") if content[at] != ord("0") else ord("1")
        out.write_bytes(content)
    assert check_pdf(out).state is SignatureState.CHANGED


def test_nothing_loads_the_library_before_it_is_asked_for():
    words = (
        "import sys, ui.cli.main; "
        "print([one for one in ('pyhanko', 'aiohttp', 'asn1crypto') if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "[]"
