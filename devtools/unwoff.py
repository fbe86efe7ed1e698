"""Unpack a WOFF font to TrueType: ``python unwoff.py IN.woff OUT.ttf`` (needs fontTools).

ReportLab and PDFium read TrueType only. The time stamp inside is left alone, so that the same
package always gives the same bytes.
"""

from __future__ import annotations

import sys

from fontTools.ttLib import TTFont  # pyright: ignore[reportMissingTypeStubs] - it has none


def main(source: str, target: str) -> None:
    """Write the font in ``source`` to ``target`` without the web wrapping."""
    with TTFont(source, recalcTimestamp=False, recalcBBoxes=False) as font:
        font.flavor = None
        font.save(target)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
