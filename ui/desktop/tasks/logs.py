"""The program's log: a rotating file that never holds a whole ID number or phone."""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_NAME = "师训通.log"
LOG_BYTES = 1_000_000
LOG_FILES = 3

_ID_NUMBER = re.compile(r"(?<!\d)(\d{4})\d{10}(\d{3}[\dXx])(?!\d)")
_OLD_NUMBER = re.compile(r"(?<!\d)(\d{4})\d{8}(\d{3})(?!\d)")
_PHONE = re.compile(r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)")


def masked(text: str) -> str:
    """The text with the middle of ID numbers (18 and 15 digits) and mobile numbers starred."""
    text = _ID_NUMBER.sub(r"\1**********\2", text)
    text = _OLD_NUMBER.sub(r"\1********\2", text)
    return _PHONE.sub(r"\1****\2", text)


class MaskingFormatter(logging.Formatter):
    """Masks the finished line, its traceback too."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it may be kept."""
        return masked(super().format(record))


def start_log(folder: Path) -> Path:
    """Write the program's log to ``folder``; gives the file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / LOG_NAME
    handler = RotatingFileHandler(
        file, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(MaskingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return file
