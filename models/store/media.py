"""On which kind of drive a file lies: a write-ahead log needs a local one."""

from __future__ import annotations

import ctypes
import sys
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class Drive(StrEnum):
    """The kinds of drive that matter for an office's file."""

    LOCAL = "local"
    REMOVABLE = "removable"
    NETWORK = "network"


class Media(Protocol):
    """Tells the kind of drive of a path."""

    def drive(self, path: Path) -> Drive:
        """The kind of drive ``path`` (which need not exist yet) lies on."""
        ...


class SystemMedia:
    """What this computer says of its drives; a drive it says nothing of counts as local."""

    def drive(self, path: Path) -> Drive:
        """The kind of drive of ``path``."""
        if sys.platform == "win32":
            return _windows_drive(path)
        return mounted_drive(path, _read(Path("/proc/mounts")), Path("/sys/class/block"))


class FixedMedia:
    """Says the same of every path, for tests and for a person who knows better."""

    def __init__(self, drive: Drive) -> None:
        """Take every path to lie on ``drive``."""
        self._drive = drive

    def drive(self, path: Path) -> Drive:
        """The drive that was given."""
        return self._drive


_NETWORK_FILE_SYSTEMS = frozenset(
    [
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb2",
        "smb3",
        "smbfs",
        "fuse.davfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.sshfs",
        "fuse.smbnetfs",
    ]
)


def mounted_drive(path: Path, mounts: str, blocks: Path) -> Drive:
    """The drive of ``path`` by the text of ``/proc/mounts`` and the folder of block devices."""
    place = path.resolve().as_posix()
    device, point, kind = "", "", ""
    for line in mounts.splitlines():
        fields = [field.replace("\\040", " ") for field in line.split()]
        if len(fields) < 3 or len(fields[1]) < len(point):
            continue
        if place == fields[1] or place.startswith(fields[1].rstrip("/") + "/"):
            device, point, kind = fields[0], fields[1], fields[2]
    if kind in _NETWORK_FILE_SYSTEMS:
        return Drive.NETWORK
    return Drive.REMOVABLE if _is_removable(blocks, Path(device).name) else Drive.LOCAL


def _is_removable(blocks: Path, device: str) -> bool:
    if not device:
        return False
    # A partition's link leads into the folder of its disk, which holds the flag.
    block = (blocks / device).resolve()
    return any(_read(folder / "removable").strip() == "1" for folder in (block, block.parent))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _windows_drive(path: Path) -> Drive:
    if sys.platform != "win32":
        return Drive.LOCAL
    anchor = path.resolve().anchor
    if anchor.startswith("\\\\") and not anchor.startswith("\\\\?\\"):
        return Drive.NETWORK
    kinds = {2: Drive.REMOVABLE, 4: Drive.NETWORK}
    return kinds.get(ctypes.windll.kernel32.GetDriveTypeW(anchor), Drive.LOCAL)
