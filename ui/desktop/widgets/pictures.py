"""Pictures made elsewhere, shown in the window at their right size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget

from ui.desktop.widgets import tokens

if TYPE_CHECKING:
    from reports.kit.raster import Picture

STANDARD_DPI = 96


def dots_per_inch(widget: QWidget) -> float:
    """At how many dots to the inch a page is to be drawn to be shown in ``widget`` life-size."""
    return STANDARD_DPI * widget.devicePixelRatioF() * tokens.px(100) / 100


def pixmap_of(picture: Picture, widget: QWidget) -> QPixmap:
    """A page's pixels as Qt shows them in ``widget``, one for one."""
    image = QImage(
        picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32
    )
    found = QPixmap.fromImage(image.copy())  # the pixels belong to ``picture``
    found.setDevicePixelRatio(widget.devicePixelRatioF())
    return found


def pixmap_from(data: bytes, height: float, widget: QWidget) -> QPixmap:
    """A picture file shrunk to a height in the widget's pixels."""
    ratio = widget.devicePixelRatioF()
    found = QPixmap()
    found.loadFromData(data)
    found = found.scaledToHeight(round(height * ratio), Qt.TransformationMode.SmoothTransformation)
    found.setDevicePixelRatio(ratio)
    return found
