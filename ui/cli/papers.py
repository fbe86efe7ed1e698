"""What every printing command needs."""

from __future__ import annotations

from reports.kit.fonts import Fonts
from resources import path


def own_fonts() -> Fonts:
    """The program's own fonts first, then those of this computer."""
    return Fonts(path("fonts"))
