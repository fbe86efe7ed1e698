"""Papers with marks where a test can measure them, and rulers for what was printed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

POINTS = 72 / 25.4
MARK = 42.0
"""Where the marks stand, in millimetres from left and top."""


def marked_pdf(out: Path, sizes, mark=MARK) -> Path:
    """A PDF with a page of each size: a thin cross at ``mark`` and the page's number."""
    canvas = Canvas(str(out), invariant=1)
    for number, (width, height) in enumerate(sizes, 1):
        canvas.setPageSize((width * POINTS, height * POINTS))
        canvas.setLineWidth(0.2 * POINTS)
        x, y = mark * POINTS, (height - mark) * POINTS
        canvas.line(x - 20, y, x + 20, y)
        canvas.line(x, y - 20, x, y + 20)
        canvas.setFont("Helvetica", 30)
        canvas.drawString((mark + 12) * POINTS, y - 60, f"No {number}")
        canvas.showPage()
    canvas.save()
    return out


def numbered_pdf(out: Path, pages, size=(210, 297)) -> Path:
    """A PDF of so many equal pages."""
    return marked_pdf(out, [size] * pages)


def page_sizes(pdf: Path):
    """The pages of a PDF in millimetres."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [tuple(round(side / POINTS, 2) for side in page.get_size()) for page in document]


def cross_of(pdf: Path, page=0, near=(MARK, MARK), dpi=508):
    """The middle of the cross near a place, in millimetres, from the darkest row and column."""
    picture = grey_of(pdf, page, dpi)
    dot = dpi / 25.4
    left, top, reach = (near[0] - 7) * dot, (near[1] - 7) * dot, 14 * dot
    part = picture.crop((round(left), round(top), round(left + reach), round(top + reach)))
    columns = _darkest(part.resize((part.width, 1)).tobytes())
    rows = _darkest(part.resize((1, part.height)).tobytes())
    return (round(left) + columns) / dot, (round(top) + rows) / dot


def grey_of(pdf: Path, page=0, dpi=600):
    """A page in shades of grey."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return document[page].render(scale=dpi / 72, grayscale=True).to_pil()


def _darkest(line):
    """The middle of the run of dots that are nearly as dark as the darkest."""
    limit = (min(line) * 3 + max(line)) / 4
    dark = [at for at, value in enumerate(line) if value <= limit]
    return (dark[0] + dark[-1] + 1) / 2
