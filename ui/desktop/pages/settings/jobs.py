"""What the settings page has done on the lanes."""

from __future__ import annotations

from collections.abc import Mapping

from models.codes.library import LocalCode
from models.office.context import Office
from models.office.identity import Identity, write_identity
from models.office.own_codes import save_code
from models.office.printers import Tray, forget
from models.office.settings import write_settings
from models.progress import Progress
from models.stamping.wording import save_wording
from models.store.check import CheckReport, check
from models.store.operations import Operation


def save_identity(office: Office, _progress: Progress, identity: Identity) -> None:
    """Keep who the office is."""
    write_identity(office.store, identity)


def save_settings(office: Office, _progress: Progress, values: Mapping[str, str]) -> None:
    """Keep settings."""
    write_settings(office.store, values)


def save_entry(office: Office, _progress: Progress, entry: LocalCode) -> None:
    """Keep an entry of a code table."""
    save_code(office, entry)


def look_over(office: Office, progress: Progress) -> CheckReport:
    """Look the file over."""
    return check(office.store, progress)


def keep_wording(office: Office, _progress: Progress, seal: str, wording: str, clerk: str) -> None:
    """Keep what the year-end stamp says."""
    save_wording(office, seal, wording, clerk)


def forget_tray(office: Office, _progress: Progress, tray: Tray) -> Operation:
    """Drop what is known of a printer's tray."""
    return forget(office, tray)
