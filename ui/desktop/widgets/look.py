"""The look of the whole window: Fusion, one light palette, one style sheet, Chinese fonts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from resources import path
from ui.desktop.widgets import tokens
from ui.desktop.widgets.icon import pixmap

FAMILIES = (
    "Microsoft YaHei UI",
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
SCREEN_FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
RARE_FONTS = ("LXGWWenKai-Regular.ttf", "HanaMinB.ttf")
"""Fonts that only bring characters the others lack; loaded after the first paint."""

_COLOUR = re.compile(r"@([a-z_]+)")
_SIZE = re.compile(r"px\((\d+)\)")
_DRAWING = re.compile(r"icon\(([a-z0-9-]+), ([a-z_]+)\)")


def dress(app: QApplication, font_size: int, cache: Path) -> None:
    """Give the program its look; may be called again with another font size.

    Args:
        app: the application.
        font_size: body text in logical pixels.
        cache: a folder for the few drawings the style sheet needs as files.
    """
    style = QStyleFactory.create("Fusion")
    app.setStyle(style)
    app.styleHints().setColorScheme(Qt.ColorScheme.Light)
    app.setPalette(palette())
    app.setFont(_font(font_size))
    app.setStyleSheet(style_sheet(cache))


def add_fonts(files: Iterable[str] = SCREEN_FONTS) -> int:
    """Offer fonts of the program to Qt where the system has no Chinese font of the first choice.

    Returns:
        How many were added.
    """
    if FAMILIES[0] in QFontDatabase.families():
        return 0
    found = (path("fonts") / name for name in files)
    return sum(QFontDatabase.addApplicationFont(str(one)) >= 0 for one in found if one.is_file())


def translate(app: QApplication) -> None:
    """Make Qt's own words Chinese: 确定, 取消, the file dialog."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)


def palette() -> QPalette:
    """The light palette from which Fusion derives what the style sheet leaves open."""
    roles = QPalette.ColorRole
    found = QPalette()
    for role, colour in (
        (roles.Window, tokens.BG),
        (roles.WindowText, tokens.TEXT),
        (roles.Base, tokens.SURFACE),
        (roles.AlternateBase, tokens.ZEBRA),
        (roles.Text, tokens.TEXT),
        (roles.Button, tokens.SURFACE),
        (roles.ButtonText, tokens.TEXT),
        (roles.Highlight, tokens.SELECTED),
        (roles.HighlightedText, tokens.TEXT),
        (roles.PlaceholderText, tokens.PLACEHOLDER),
        (roles.ToolTipBase, tokens.TEXT),
        (roles.ToolTipText, tokens.SURFACE),
        (roles.Link, tokens.PRIMARY),
        (roles.Mid, tokens.LINE),
    ):
        found.setColor(role, QColor(colour))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        found.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.DISABLED))
    return found


def style_sheet(cache: Path) -> str:
    """The style sheet with colours, sizes and drawings filled in for the chosen font size.

    Raises:
        KeyError: the sheet names a colour that ``tokens`` does not have.
    """
    colours = tokens.colours()
    text = path("style/desktop.qss").read_text(encoding="utf-8")
    text = _DRAWING.sub(lambda m: f"url({_drawn(m[1], colours[m[2]], cache)})", text)
    text = _SIZE.sub(lambda m: str(tokens.px(int(m[1]))), text)
    return _COLOUR.sub(lambda m: colours[m[1]], text)


def scaled_sheet(file: str, scale: float) -> str:
    """A style sheet of its own for a window whose words grow with the screen.

    Args:
        file: its name in resources/style; it may name colours and sizes, no drawings.
        scale: by which the sizes are multiplied.
    """
    colours = tokens.colours()
    text = path(f"style/{file}").read_text(encoding="utf-8")
    text = _SIZE.sub(lambda m: str(max(1, round(int(m[1]) * scale))), text)
    return _COLOUR.sub(lambda m: colours[m[1]], text)


def _font(size: int) -> QFont:
    """The body font at ``size`` logical pixels."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(size)
    return font


def _drawn(name: str, colour: str, cache: Path) -> str:
    """The drawing as files that a style sheet can name, for screens of 100 and 200 percent."""
    file = cache / f"{name}-{colour.removeprefix('#').lower()}.png"
    if not file.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        pixmap(name, colour, tokens.ICON, 1.0).save(str(file))
        pixmap(name, colour, tokens.ICON, 2.0).save(str(file.with_stem(file.stem + "@2x")))
    return file.as_posix()
