"""Data the program carries: code tables, rule packs, forms, fonts, style sheet, help.

No code but ``path``; nothing here is written to while the program runs.
"""

from __future__ import annotations

import sys
from pathlib import Path


def path(name: str) -> Path:
    """Where the resource ``name`` (such as ``"codes/sex.toml"``) lies on this computer.

    In a packaged program the data lie in the folder the packager unpacks them to.
    """
    unpacked = getattr(sys, "_MEIPASS", None)
    root = Path(__file__).parent if unpacked is None else Path(unpacked) / "resources"
    return root / name
