"""Codes read back from what people bring: a PDF, a scan, a photograph, a broken file."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zlib
from datetime import date

import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from models.certificates.code_facts import CodeFacts, fitted
from models.certificates.code_text import written
from models.certificates.trust import Trust, TrustedKey
from models.certificates.verification import verify
from models.errors import CancelledByUser, UserError, WorldError
from models.signing.signatures import SecretKey
from reports.kit.code_reading import codes_in
from tests.papers import Stopping
from tests.sealed import code_picture, photographed, printed_page

KEY = SecretKey(bytes(range(32)))
DAY = date(2025, 9, 20)
TRUST = Trust("桦甸市教师进修学校", "220282", 1, DAY, (TrustedKey(KEY.public, "2025-01-01"),))


def text_of(number: str, title: str = "新课标培训") -> str:
    facts = CodeFacts(
        number, "结业证书", "王明", "002X", "桦甸市第四中学", title, 2025, 3000, "2025-09-20",
        "桦甸市教师进修学校",
    )  # fmt: skip
    return written(fitted(facts), KEY.key_id, KEY.sign)


ONE = text_of("2202822025JY00001")
TWO = text_of("2202822025JY00002")
LARGEST = text_of("2202822025JY00003", "课" * 60)


def texts(path):
    return [one.text for one in codes_in(path)]


def test_every_page_of_a_pdf_is_read(tmp_path):
    page = printed_page(tmp_path / "a.pdf", ONE, TWO, LARGEST)
    assert [(one.text, one.page) for one in codes_in(page)] == [(ONE, 1), (TWO, 2), (LARGEST, 3)]


def test_a_pdf_without_codes_has_none(tmp_path):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(tmp_path / "a.pdf")
    assert codes_in(tmp_path / "a.pdf") == []


@pytest.mark.parametrize("text", [ONE, LARGEST], ids=["usual", "largest"])
@pytest.mark.parametrize("dpi", [300, 200])
def test_a_page_printed_at_25_millimetres_is_read_by_two_readers(tmp_path, text, dpi):
    page = printed_page(tmp_path / "a.pdf", text)
    document = pypdfium2.PdfDocument(page)
    document[0].render(scale=dpi / 72, grayscale=True).to_pil().save(tmp_path / "a.png")
    document.close()
    assert texts(tmp_path / "a.png") == [text]
    if shutil.which("zbarimg") is None:
        pytest.skip("zbarimg is not on this computer")
    done = subprocess.run(
        ["zbarimg", "-q", "--raw", tmp_path / "a.png"], capture_output=True, check=True
    )
    assert done.stdout.decode().removesuffix("\n") == text


@pytest.mark.parametrize("seed", range(6))
def test_a_code_is_read_from_a_poor_photograph(tmp_path, seed):
    photographed(code_picture(ONE, 7), seed).save(tmp_path / "photo.jpg", quality=70)
    assert texts(tmp_path / "photo.jpg") == [ONE]


def dark(picture):
    return ImageEnhance.Contrast(picture.point(lambda one: one // 5)).enhance(0.5)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: one.rotate(37, expand=True, fillcolor=255),
        lambda one: one.rotate(180),
        lambda one: one.resize((one.width // 4, one.height // 4), Image.Resampling.BOX),
        lambda one: one.resize((one.width * 9, one.height * 9)),
        dark,
        ImageOps.invert,
        lambda one: one.filter(ImageFilter.GaussianBlur(4)),
        lambda one: one.convert("RGBA"),
        lambda one: one.convert("P"),
        lambda one: one.convert("1"),
        lambda one: one.convert("I;16"),
        lambda one: ImageOps.expand(one, 1500, 128),
    ],
    ids=[
        "tilted", "upside down", "tiny", "huge", "dark", "inverted", "blurred", "transparent",
        "palette", "black and white", "16 bits", "far away",
    ],
)  # fmt: skip
def test_a_code_is_read_however_the_picture_is(tmp_path, spoil):
    spoil(code_picture(ONE, 8)).save(tmp_path / "a.png")
    assert texts(tmp_path / "a.png") == [ONE]


def test_a_scan_in_a_pdf_is_read(tmp_path):
    photographed(code_picture(ONE, 7), 9).convert("RGB").save(tmp_path / "scan.pdf")
    assert texts(tmp_path / "scan.pdf") == [ONE]


def test_two_codes_of_one_picture_are_read_from_the_top(tmp_path):
    (upper, lower) = (code_picture(ONE, 5), code_picture(TWO, 5))
    picture = Image.new("L", (900, 900), 255)
    picture.paste(lower, (10, 480))
    picture.paste(upper, (400, 10))
    picture.save(tmp_path / "a.png")
    assert texts(tmp_path / "a.png") == [ONE, TWO]


def test_what_was_read_holds(tmp_path):
    (found,) = codes_in(printed_page(tmp_path / "a.pdf", ONE))
    assert verify(found.text, TRUST, DAY).valid


@pytest.mark.parametrize("name", ["a.pdf", "a.png", "a.jpg"])
@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
def test_a_broken_file_is_a_sentence(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match="不是完好的"):
        codes_in(tmp_path / name)


def test_a_picture_that_ends_early_is_a_sentence(tmp_path):
    code_picture(ONE).save(tmp_path / "whole.png")
    content = (tmp_path / "whole.png").read_bytes()
    (tmp_path / "cut.png").write_bytes(content[: len(content) // 2])
    with pytest.raises(UserError, match="不是完好的图片"):
        codes_in(tmp_path / "cut.png")


def test_a_locked_pdf_is_a_sentence(tmp_path):
    writer = pypdf.PdfWriter(printed_page(tmp_path / "a.pdf", ONE))
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(tmp_path / "locked.pdf")
    with pytest.raises(UserError, match="需要密码"):
        codes_in(tmp_path / "locked.pdf")


@pytest.mark.parametrize("side", [30_000, 9_500])
def test_a_picture_that_would_fill_the_memory_is_refused(tmp_path, side):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    row = zlib.compress(bytes(1_000_000))
    content = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", row)
    (tmp_path / "bomb.png").write_bytes(content + chunk(b"IEND", b""))
    with pytest.raises(UserError, match="太大"):
        codes_in(tmp_path / "bomb.png")


def test_a_page_as_large_as_a_field_is_read_small(tmp_path):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(14_400, 14_400)
    writer.write(tmp_path / "field.pdf")
    assert codes_in(tmp_path / "field.pdf") == []


def test_another_kind_of_file_and_none_at_all(tmp_path):
    (tmp_path / "a.heic").write_bytes(b"x")
    with pytest.raises(UserError, match="只读 PDF、PNG 和 JPG"):
        codes_in(tmp_path / "a.heic")
    with pytest.raises(WorldError, match="找不到"):
        codes_in(tmp_path / "missing.png")


def test_looking_through_many_pages_can_be_stopped(tmp_path):
    page = printed_page(tmp_path / "a.pdf", ONE, TWO)
    with pytest.raises(CancelledByUser):
        codes_in(page, Stopping(1))
