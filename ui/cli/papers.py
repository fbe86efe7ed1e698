"""What a printing command needs where it has no office to ask."""

from __future__ import annotations

from reports.inputs.fonts import program_fonts
from reports.kit.fonts import Fonts


def own_fonts() -> Fonts:
    """The program's own fonts first, then those of this computer.

    With an office at hand use ``reports.inputs.fonts.fonts_of``: it knows what the office chose
    and which characters it drew.
    """
    return program_fonts()
