"""The colours and sizes of the window, named for their use.

Text on its ground is at least 4.5:1, borders of controls at least 3:1; a test computes it. The
style sheet in resources/style names these tokens and holds no colour of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication

BG = "#F4F6F8"
SURFACE = "#FFFFFF"
LINE = "#DDE3EA"
RAIL = "#24364B"
RAIL_TEXT = "#C9D4E0"
RAIL_SELECTED = "#35506D"
RAIL_HOVER = "#2D435B"
RAIL_MARK = "#7FB2E8"
RAIL_GROUP = "#8FA3B8"
TEXT = "#1F2933"
MUTED = "#5A6675"
PLACEHOLDER = "#6B7682"
PRIMARY = "#1F5FA8"
PRIMARY_HOVER = "#184E8C"
PRIMARY_TINT = "#EAF2FB"
SELECTED = "#DCE9F7"
BORDER = "#87929F"
OK = "#176B42"
OK_TINT = "#E3F3EA"
WARN = "#8A5000"
WARN_TINT = "#FFF1DB"
WARN_LINE = "#F0D9B0"
ERROR = "#B3261E"
ERROR_TINT = "#FCE8E6"
ERROR_LINE = "#F2C4C0"
HEADER = "#EEF2F6"
ZEBRA = "#FAFBFC"
GRID = "#EDF0F3"
TRACK = "#E3E8EE"
SCROLL = "#C3CCD6"
SCROLL_HOVER = "#9AA6B2"
DISABLED = "#8B95A1"
DISABLED_TINT = "#F0F2F5"

BODY = 14
"""Body text in logical pixels at the standard size; every other size is a multiple of it."""
ROW = 34
TABLE_HEADER = 36
CONTROL = 32
RAIL_WIDTH = 168
RAIL_ENTRY = 38
RAIL_GROUP_HEIGHT = 30
DETAIL_WIDTH = 330
ICON = 18
GAP = 8
BLOCK = 12
CARD = 16
PAGE = 20


@dataclass(frozen=True, slots=True)
class Tone:
    """How a state is coloured: text on tint; the icon says it without colour."""

    text: str
    tint: str
    line: str
    icon: str


TONES = {
    "ok": Tone(OK, OK_TINT, "#BFE0CE", "circle-check"),
    "warn": Tone(WARN, WARN_TINT, WARN_LINE, "triangle-alert"),
    "error": Tone(ERROR, ERROR_TINT, ERROR_LINE, "circle-x"),
    "info": Tone(PRIMARY_HOVER, PRIMARY_TINT, "#C5DBF2", "info"),
    "muted": Tone(MUTED, HEADER, LINE, "info"),
}
"""The five tones by name; a cell, pill or notice names one."""


def px(size: float) -> int:
    """A size of the standard look in the logical pixels of the chosen font size."""
    chosen = QGuiApplication.font().pixelSize()
    return round(size * (chosen if chosen > 0 else BODY) / BODY)


def colours() -> dict[str, str]:
    """Token name in lower case to colour, for the style sheet."""
    return {
        name.lower(): value
        for name, value in globals().items()
        if name.isupper() and isinstance(value, str) and value.startswith("#")
    }
