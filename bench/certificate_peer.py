"""The same certificate by the usual means: each page drawn anew, the code by ReportLab's widget."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from reports.kit.copies import Copy
from reports.kit.frames import COIL
from resources import path

WIDTH, HEIGHT = 297, 210
LEFT, RIGHT = 38, 259
BODY = (
    "系{school}教师，经考核评审，被认定为{batch}{title}（{subject}），"
    "有效期自{valid_from}至{valid_to}。"
)
STYLE = {"fontName": "kai", "fontSize": 20, "leading": 35, "wordWrap": "CJK", "firstLineIndent": 40}


def print_plainly(out: Path, copies: Iterable[Copy]) -> None:
    """One page a copy."""
    for name, file in (("song", "NotoSerifSC-Regular"), ("kai", "LXGWWenKai-Regular")):
        pdfmetrics.registerFont(TTFont(name, str(path(f"fonts/{file}.ttf"))))
    pdfmetrics.registerFont(TTFont("title", str(path("fonts/NotoSerifSC-Bold.ttf"))))
    canvas = Canvas(str(out), pagesize=(WIDTH * mm, HEIGHT * mm), pageCompression=1)
    for copy in copies:
        _frame(canvas)
        _texts(canvas, copy)
        photo = ImageReader(BytesIO(copy.photo or b""))
        canvas.drawImage(photo, 38 * mm, (HEIGHT - 183) * mm, 28 * mm, 39 * mm)
        _code(canvas, copy.code)
        canvas.showPage()
    canvas.save()


def _frame(canvas: Canvas) -> None:
    canvas.setStrokeColor(HexColor("#1F4E79"))
    for inset, thickness in ((9.6, 0.3), (11, 0.9), (18.5, 0.3), (19.6, 0.25)):
        canvas.setLineWidth(thickness * mm)
        canvas.rect(inset * mm, inset * mm, (WIDTH - 2 * inset) * mm, (HEIGHT - 2 * inset) * mm)
    canvas.setStrokeColor(HexColor("#B98A3A"))
    canvas.setLineWidth(0.39 * mm)
    across, down = 50, 34
    for step in range(across):
        for y in (14.75, HEIGHT - 14.75):
            _coil(canvas, 14.75 + (WIDTH - 29.5) * step / across, y)
    for step in range(down):
        for x in (14.75, WIDTH - 14.75):
            _coil(canvas, x, 14.75 + (HEIGHT - 29.5) * step / down)


def _coil(canvas: Canvas, x: float, y: float) -> None:
    drawn = canvas.beginPath()
    for number, (across, down) in enumerate(COIL):
        point = (x + across * 0.775 - 2.3) * mm, (y + down * 0.775 - 2.3) * mm
        (drawn.lineTo if number else drawn.moveTo)(*point)
    canvas.drawPath(drawn)


def _texts(canvas: Canvas, copy: Copy) -> None:
    values = copy.values
    canvas.setFont("title", 38)
    canvas.drawCentredString(WIDTH / 2 * mm, (HEIGHT - 57) * mm, "骨干教师资格证书")
    canvas.setFont("song", 12)
    canvas.drawString(LEFT * mm, (HEIGHT - 72) * mm, f"身份证号：{values['id_number']}")
    canvas.drawRightString(RIGHT * mm, (HEIGHT - 72) * mm, f"证书编号：{values['number']}")
    canvas.setFont("kai", 22)
    canvas.drawString(LEFT * mm, (HEIGHT - 87) * mm, f"{values['name']} 同志：")
    body = Paragraph(BODY.format(**values), ParagraphStyle("body", **STYLE))
    _, high = body.wrapOn(canvas, (RIGHT - LEFT) * mm, 200 * mm)
    body.drawOn(canvas, LEFT * mm, (HEIGHT - 92) * mm - high)
    canvas.setFont("kai", 20)
    canvas.drawString(52 * mm, (HEIGHT - 136) * mm, "特发此证。")
    canvas.setFont("song", 16)
    canvas.drawCentredString(219 * mm, (HEIGHT - 160) * mm, values["issuer"])
    canvas.drawCentredString(219 * mm, (HEIGHT - 172) * mm, values["issued_on"])


def _code(canvas: Canvas, text: str) -> None:
    widget = QrCodeWidget(text, barLevel="M", barWidth=30 * mm, barHeight=30 * mm)
    drawing = Drawing(30 * mm, 30 * mm)
    drawing.add(widget)
    renderPDF.draw(drawing, canvas, 70 * mm, (HEIGHT - 181) * mm)
