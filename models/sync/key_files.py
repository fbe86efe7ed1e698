"""Where the private halves of a site lie: in the folder beside the data, one small file a pair.

They are not in the office's file: a copy of the data can neither sign nor open a package.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path

from models.errors import UserError
from models.signing.guards import KeyGuard, guard_here, locked_elsewhere
from models.signing.key_folder import KeyFolder
from models.signing.said_files import read_said, write_secret
from models.signing.signatures import SecretKey
from models.sync.key_pairs import OwnKeys

FORMAT = 1
SUFFIX = ".exchange"
_LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class KeptPair:
    """What a file says in clear, and the private halves as the guard closed them.

    Attributes:
        key_id: the short name of the pair.
        order: the place among the site's pairs, rising; clocks are not believed.
        site: whose pair it is.
        statement: the statement that made it a county's keys, "" where none was needed.
        guard, closed: who closed the private halves, and what he made of them.
    """

    key_id: str
    order: int
    site: str
    statement: str
    guard: str
    closed: bytes


class KeyFiles:
    """The private halves of the site that an office's file is."""

    def __init__(self, office_file: Path, guard: KeyGuard | None = None) -> None:
        """The folder that belongs to the office's file; nothing is made yet."""
        self.folder = KeyFolder(office_file).folder
        self._guard = guard or guard_here()

    def keep(self, keys: OwnKeys, statement: str = "") -> None:
        """Write a pair as the newest of its site; it is safe on the disk when this returns.

        Raises:
            WorldError: the disk is full, write-protected, without permission.
        """
        secret = {"sign": keys.signer.reveal().hex(), "open": keys.opener}
        said = {
            "format": FORMAT,
            "key_id": keys.public.key_id,
            "order": 1 + max((one.order for one in self.of_site(keys.site)), default=0),
            "site": keys.site,
            "statement": statement,
            "guard": self._guard.name,
            "secret": base64.b64encode(self._guard.close(json.dumps(secret).encode())).decode(),
        }
        write_secret(self._file(keys.public.key_id), said)

    def of_site(self, site: str) -> list[KeptPair]:
        """The pairs here that belong to a site, the newest first."""
        files = list(self.folder.glob(f"*{SUFFIX}"))
        read = [self._read(file) for file in files]
        found = [kept for kept in read if kept is not None and kept.site == site]
        return sorted(found, key=lambda one: (one.order, one.key_id), reverse=True)

    def take(self, kept: KeptPair) -> OwnKeys:
        """The private halves of a pair.

        Raises:
            UserError: the file is damaged, or closed for another computer or person.
        """
        if kept.guard != self._guard.name:
            raise locked_elsewhere()
        try:
            secret = json.loads(self._guard.open(kept.closed))
            keys = OwnKeys(kept.site, SecretKey(bytes.fromhex(secret["sign"])), secret["open"])
            whole = keys.public.key_id == kept.key_id
        except (ValueError, KeyError, TypeError):
            whole, keys = False, None
        if keys is None or not whole:
            raise UserError(
                "sync.key_file_damaged",
                f"交换密钥 {kept.key_id} 的文件“{self._file(kept.key_id).name}”已损坏。",
                "请按“密钥丢失”的办法处理：学校重新注册，县里用恢复码换新密钥。",
            )
        return keys

    def _file(self, key_id: str) -> Path:
        return self.folder / f"{key_id}{SUFFIX}"

    def _read(self, file: Path) -> KeptPair | None:
        try:
            said = read_said(file, _LARGEST)
            return KeptPair(
                key_id=str(said["key_id"]),
                order=int(said["order"]),
                site=str(said["site"]),
                statement=str(said["statement"]),
                guard=str(said["guard"]),
                closed=base64.b64decode(said["secret"], validate=True),
            )
        except (ValueError, KeyError, TypeError):
            return None
