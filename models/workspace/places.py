"""Where the office's file lies when nobody says otherwise, and where copies of it go."""

from __future__ import annotations

import sys
from pathlib import Path

from platformdirs import user_data_path

PROGRAM = "shixuntong"
PORTABLE_MARK = "portable.txt"
PORTABLE_FOLDER = "数据"
FILE_NAME = "师训通.db"


def program_folder() -> Path:
    """The folder of the packaged program, or of ``main.py`` when run from source."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parents[2]


def is_portable(folder: Path | None = None) -> bool:
    """Whether the program keeps its data beside itself, because ``portable.txt`` stands there."""
    return ((folder or program_folder()) / PORTABLE_MARK).exists()


def data_folder(folder: Path | None = None) -> Path:
    """The folder of the office's data: the platform's own, or beside a portable program."""
    home = folder or program_folder()
    if is_portable(home):
        return home / PORTABLE_FOLDER
    return user_data_path(PROGRAM, appauthor=False)


def default_file(folder: Path | None = None) -> Path:
    """The office's file when none is named."""
    return data_folder(folder) / FILE_NAME
