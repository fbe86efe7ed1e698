"""Where the private halves lie: a folder beside the office's file, one small file a key.

They are not in the office's file, so that no backup, package or copy of the data can sign.
"""

from __future__ import annotations

import base64
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from models.errors import UserError
from models.signing.guards import KeyGuard, guard_here, locked_elsewhere
from models.signing.said_files import read_said, write_secret
from models.signing.signatures import SecretKey
from models.store.trouble import told

FORMAT = 1
_LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class KeptKey:
    """What a key's file says in clear, and its private half as the guard closed it."""

    key_id: str
    made_on: str
    site: str
    guard: str
    closed: bytes


class KeyFolder:
    """The private halves of one office's keys."""

    def __init__(self, office_file: Path, guard: KeyGuard | None = None) -> None:
        """The folder that belongs to the office's file; nothing is made yet."""
        self.folder = office_file.with_name(f"{office_file.stem}-密钥")
        self._guard = guard or guard_here()

    def keep(self, key: SecretKey, made_on: str, site: str) -> None:
        """Write a private half; it is safe on the disk when this returns.

        Raises:
            WorldError: the disk is full, write-protected, without permission.
        """
        said = {
            "format": FORMAT,
            "key_id": key.key_id,
            "made_on": made_on,
            "site": site,
            "guard": self._guard.name,
            "secret": base64.b64encode(self._guard.close(key.reveal())).decode(),
        }
        write_secret(self._file(key.key_id), said)

    def holds(self, key_id: str) -> bool:
        """Whether the private half of a key lies here."""
        return self._file(key_id).is_file()

    def take(self, key_id: str) -> SecretKey:
        """The private half of a key that lies here.

        Raises:
            UserError: the file is damaged, or is closed for another computer or person.
        """
        kept = self._read(self._file(key_id))
        if kept is None:
            raise self._damaged(key_id)
        if kept.guard != self._guard.name:
            raise locked_elsewhere()
        secret = self._guard.open(kept.closed)
        with suppress(ValueError):
            key = SecretKey(secret)
            if key.key_id == key_id:
                return key
        raise self._damaged(key_id)

    def set_aside(self, key_id: str) -> None:
        """Keep the file of a key that is no longer used from being taken for one that is."""
        file = self._file(key_id)
        with told(file):
            if file.is_file():
                file.replace(file.with_suffix(".停用"))

    def of_site(self, site: str) -> list[KeptKey]:
        """The keys here that were made for an office's file, the oldest first."""
        files = sorted(self.folder.glob("*.key")) if self.folder.is_dir() else []
        found = [kept for kept in map(self._read, files) if kept is not None and kept.site == site]
        return sorted(found, key=lambda one: (one.made_on, one.key_id))

    def _file(self, key_id: str) -> Path:
        return self.folder / f"{key_id}.key"

    def _damaged(self, key_id: str) -> UserError:
        return UserError(
            "signing.key_file_damaged",
            f"密钥 {key_id} 的文件“{self._file(key_id).name}”已损坏。",
            "请用密钥备份恢复；没有备份就停用它，启用新密钥，已印的证书仍能核验。",
        )

    def _read(self, file: Path) -> KeptKey | None:
        try:
            said = read_said(file, _LARGEST)
            return KeptKey(
                key_id=str(said["key_id"]),
                made_on=str(said["made_on"]),
                site=str(said["site"]),
                guard=str(said["guard"]),
                closed=base64.b64decode(said["secret"], validate=True),
            )
        except (ValueError, KeyError, TypeError):
            return None
