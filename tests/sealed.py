"""Certificates with codes for tests: issued, sealed, printed as a page, photographed."""

from __future__ import annotations

import itertools
import random
from decimal import Decimal
from pathlib import Path

import zxingcpp
from PIL import Image, ImageFilter
from reportlab.pdfgen.canvas import Canvas

from models.certificates.issuing import issue_for_course, void
from models.certificates.register import Certificate
from models.certificates.seals import seal_texts
from models.office.context import Office
from models.training.courses import register
from models.training.enrolments import enrol
from models.training.marks import read_mark
from models.training.scoring import record_scores
from tests.offices import new_office
from tests.people import school, teachers

MILLIMETRE = 72 / 25.4
_titles = itertools.count(1)


class FakeGuard:
    """Turns every bit over and knows on which computer it did."""

    name = "fake"

    def __init__(self, computer: str = "A") -> None:
        self.computer = computer.encode()

    def close(self, secret: bytes) -> bytes:
        return self.computer + bytes(255 - one for one in secret)

    def open(self, kept: bytes) -> bytes:
        from_here = kept.removeprefix(self.computer)
        return bytes(255 - one for one in from_here)


def certified(office: Office, count: int = 2, title: str = "") -> list[Certificate]:
    """So many people who passed a new course, and their certificates."""
    people = teachers(office, school(office, "桦甸市第四中学"), count)
    values = {"title": title or f"培训{next(_titles)}", "year": 2025, "hours": Decimal(15)}
    course_id = register(office, values).course_id
    enrol(office, course_id, people)
    record_scores(office, course_id, dict.fromkeys(people, read_mark("90")))
    return list(issue_for_course(office, course_id).certificates)


def sealed_county(folder: Path) -> tuple[Office, list[tuple[str, str]]]:
    """An office with three sealed certificates, the last of them void: numbers and texts."""
    office = new_office(folder)
    issued = certified(office, 3)
    texts = seal_texts(office, [one.id for one in issued])
    void(office, issued[2].id, "姓名错误")
    return office, [(one.number, texts[one.id]) for one in issued]


def code_picture(text: str, module: int = 8) -> Image.Image:
    """A QR of level M with its quiet zone, ``module`` pixels a module."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    rows = memoryview(zxingcpp.write_barcode_to_image(made))
    height, width = rows.shape[:2]
    picture = Image.frombytes("L", (width, height), rows.tobytes())
    return picture.resize((width * module, height * module), Image.Resampling.NEAREST)


def printed_page(out: Path, *texts: str, size: float = 25) -> Path:
    """A page a text with its code of ``size`` millimetres (the modules alone), as vectors."""
    canvas = Canvas(str(out))
    for text in texts:
        picture = code_picture(text, 1)
        inner = picture.crop((4, 4, picture.width - 4, picture.height - 4))
        module = size * MILLIMETRE / inner.width
        for y, x in itertools.product(range(inner.height), range(inner.width)):
            if inner.getpixel((x, y)) == 0:
                canvas.rect(300 + x * module, 200 - y * module, module, module, stroke=0, fill=1)
        canvas.drawString(72, 700, "certificate")
        canvas.showPage()
    canvas.save()
    return out


def photographed(picture: Image.Image, seed: int = 1) -> Image.Image:
    """A page as a telephone sees it: turned, seen from the side, dark, soft, grainy."""
    chance = random.Random(seed)
    wide = Image.new("L", (picture.width * 2, picture.height * 2), 150)
    wide.paste(picture.point(lambda one: 60 + one * 100 // 255), (picture.width // 2,) * 2)
    turned = wide.rotate(chance.uniform(5, 85), Image.Resampling.BICUBIC, fillcolor=150)
    width, height = turned.size
    tilt = width * 0.06
    corners = (0, 0, tilt, height, width - tilt, height - tilt, width, tilt)
    seen = turned.transform(
        turned.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=150
    )
    soft = seen.filter(ImageFilter.GaussianBlur(1.2))
    noise = Image.effect_noise(soft.size, 40)
    return Image.blend(soft, noise, 0.15)
