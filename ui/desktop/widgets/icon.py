"""Icons: line drawings tinted with a token and crisp on every screen."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from resources import path
from ui.desktop.widgets import tokens

STROKE = 'stroke-width="1.75"'
SCALES = (1.0, 2.0, 3.0)


def svg(name: str, color: str) -> bytes:
    """The drawing ``name`` in one colour; a plain square where the drawing was not fetched."""
    folder = path("icons")
    for file in (folder / f"{name}.svg", folder / "lucide" / f"{name}.svg"):
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            break
    else:
        text = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" '
            'stroke="currentColor" stroke-width="2"><rect x="5" y="5" width="14" height="14" '
            'rx="3"/></svg>'
        )
    return text.replace("currentColor", color).replace('stroke-width="2"', STROKE).encode()


def pixmap(
    name: str, color: str = tokens.TEXT, size: int = tokens.ICON, scale: float = 2.0
) -> QPixmap:
    """The drawing as a picture of ``size`` logical pixels."""
    image = QPixmap(round(size * scale), round(size * scale))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer = QSvgRenderer(QByteArray(svg(name, color)))
    renderer.render(painter, QRectF(0, 0, image.width(), image.height()))
    painter.end()
    image.setDevicePixelRatio(scale)
    return image


def icon(name: str, color: str = tokens.TEXT, size: int = tokens.ICON) -> QIcon:
    """The drawing as an icon for screens of 100 to 300 percent, greyed where disabled."""
    found = QIcon()
    for scale in SCALES:
        found.addPixmap(pixmap(name, color, size, scale))
        found.addPixmap(pixmap(name, tokens.DISABLED, size, scale), QIcon.Mode.Disabled)
    return found
