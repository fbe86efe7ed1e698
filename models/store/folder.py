"""The folder of automatic backups beside an office's file: names, and which ones are kept.

``office.db`` has its backups in ``office-备份``, each named by file, moment and reason. Copies made
before a restore are never thrown away: they are what undoes the restore.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

DAYS = 10
MONTHS = 12
UPGRADES = 3
EXCHANGES = 5


class Reason(StrEnum):
    """Why a backup was made; part of its name."""

    LEAVING = "自动"
    UPGRADE = "升级前"
    EXCHANGE = "读包前"
    RESTORE = "恢复前"


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup in the folder.

    Attributes:
        file: where it is.
        moment: when it was made, ``YYYYmmdd-HHMMSS`` as its name says.
        reason: why.
        again: which one it is of that moment, from 1.
    """

    file: Path
    moment: str
    reason: Reason
    again: int = 1

    @property
    def age(self) -> tuple[str, int]:
        """What backups are ordered by; the newest has the greatest."""
        return self.moment, self.again


def backup_folder(path: Path) -> Path:
    """Where the automatic backups of the file at ``path`` are."""
    return path.with_name(f"{path.stem}-备份")


def new_backup(path: Path, reason: Reason, now: datetime) -> Path:
    """A name in the folder (which is made if it is not there) that sorts after all others."""
    folder = backup_folder(path)
    folder.mkdir(parents=True, exist_ok=True)
    moment = f"{now:%Y%m%d-%H%M%S}"
    again = 1 + max((one.again for one in backups(path) if one.moment == moment), default=0)
    suffix = f"-{again}" if again > 1 else ""
    return folder / f"{path.stem}-{moment}-{reason}{suffix}.db"


def backups(path: Path) -> list[Kept]:
    """The automatic backups of the file at ``path``, the newest first."""
    found = [
        Kept(file, match[1], Reason(match[2]), int(match[3] or 1))
        for file, match in _named(path)
        if not match[4]
    ]
    return sorted(found, key=lambda one: one.age, reverse=True)


def _named(path: Path) -> Iterator[tuple[Path, re.Match[str]]]:
    """The files with names of automatic backups, those a crash left unfinished among them."""
    reasons = "|".join(Reason)
    pattern = re.compile(
        rf"{re.escape(path.stem)}-(\d{{8}}-\d{{6}})-({reasons})(?:-(\d+))?\.db"
        r"(\.part(?:-journal|-wal|-shm)?)?"
    )
    folder = backup_folder(path)
    for file in folder.iterdir() if folder.is_dir() else ():
        match = pattern.fullmatch(file.name)
        if match:
            yield file, match


def superfluous(kept: Iterable[Kept]) -> list[Kept]:
    """Which backups rotation may throw away.

    Of those made on leaving stay the newest of each of the last 10 days and 12 months that have
    any; of those made before an upgrade the last three, before packages were read the last five; of
    those made before a restore all.
    """
    ordered = sorted(kept, key=lambda one: one.age, reverse=True)
    leaving = [one for one in ordered if one.reason is Reason.LEAVING]
    upgrades = [one for one in ordered if one.reason is Reason.UPGRADE]
    exchanges = [one for one in ordered if one.reason is Reason.EXCHANGE]
    stay = {
        *_newest_of_each(leaving, len("YYYYmmdd"), DAYS),
        *_newest_of_each(leaving, len("YYYYmm"), MONTHS),
        *upgrades[:UPGRADES],
        *exchanges[:EXCHANGES],
    }
    return [one for one in (*leaving, *upgrades, *exchanges) if one not in stay]


def _newest_of_each(ordered: Iterable[Kept], digits: int, periods: int) -> list[Kept]:
    newest: dict[str, Kept] = {}
    for one in ordered:
        newest.setdefault(one.moment[:digits], one)
    return list(newest.values())[:periods]


def rotate(path: Path) -> list[Path]:
    """Throw away superfluous backups of the file at ``path`` and what was left of unfinished ones.

    Only who may write the file makes backups into its folder and calls this after one is finished.

    Returns:
        Which files they were.
    """
    gone = [one.file for one in superfluous(backups(path))]
    gone += [file for file, match in _named(path) if match[4]]
    for file in gone:
        file.unlink(missing_ok=True)
    return gone
