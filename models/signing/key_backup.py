"""A key carried to another computer, or kept for the day this one breaks, under a passphrase."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import UserError
from models.office.context import Office
from models.signing import passphrase as box
from models.signing.guards import KeyGuard
from models.signing.key_folder import KeyFolder
from models.signing.keys import Key, admit, key_named, keys, signer
from models.signing.said_files import read_said, write_said
from models.signing.signatures import SecretKey

FORMAT = "sxt-key-backup"
VERSION = 1
_LARGEST = 64 * 1024
_BACKED_UP = "signing.backed_up"


@dataclass(frozen=True, slots=True)
class _Backup:
    """What a backup says in clear."""

    key_id: str
    office: str
    region: str
    made_on: str
    box: dict[str, Any]

    @property
    def about(self) -> bytes:
        said = [FORMAT, VERSION, self.key_id, self.office, self.region, self.made_on]
        return json.dumps(said, ensure_ascii=False).encode()


def back_up(office: Office, out: Path, passphrase: str, guard: KeyGuard | None = None) -> Key:
    """Write the key in use to a file that the passphrase opens; a file there is replaced.

    Raises:
        UserError: a weak passphrase; the key is not on this computer.
        WorldError: the file cannot be written.
    """
    box.check_passphrase(passphrase)
    secret = signer(office, guard)
    key = key_named(office, secret.key_id)
    identity = office.identity
    backup = _Backup(key.key_id, identity.name, identity.region, key.made_on, {})
    said = {
        "format": FORMAT,
        "version": VERSION,
        "key_id": backup.key_id,
        "office": backup.office,
        "region": backup.region,
        "made_on": backup.made_on,
        "box": box.closed(secret.reveal(), passphrase, backup.about),
    }
    write_said(out, said)
    office.store.keep_fact(_BACKED_UP, key.key_id)
    return key


def backed_up(office: Office) -> str:
    """The short name of the key that was backed up last, "" where none was."""
    return office.store.fact(_BACKED_UP)


def restore(office: Office, file: Path, passphrase: str, guard: KeyGuard | None = None) -> Key:
    """Take a key from its backup onto this computer.

    Raises:
        UserError: not such a backup, a wrong passphrase, another office's, a retired key.
        WorldError: the file cannot be read, the key cannot be written.
    """
    backup = _read(file)
    known = next((one for one in keys(office, guard) if one.key_id == backup.key_id), None)
    if known is None and backup.office != office.identity.name:
        raise UserError(
            "signing.other_office",
            f"这是“{backup.office}”的密钥备份，本单位是“{office.identity.name}”。",
            "请选本单位的备份。",
        )
    if known is not None and not known.active:
        raise UserError(
            "signing.retired",
            f"密钥 {known.key_id} 已于 {known.retired_on} 停用，不能再签名。",
            "它签过的证书不需要恢复密钥也能核验。",
        )
    try:
        secret = SecretKey(box.opened(backup.box, passphrase, backup.about))
    except ValueError as error:
        raise _not_a_backup(file) from error
    if secret.key_id != backup.key_id:
        raise _not_a_backup(file)
    KeyFolder(office.store.path, guard).keep(secret, backup.made_on, office.store.site)
    admit(office, secret.public, secret.key_id, backup.made_on)
    return key_named(office, secret.key_id)


def _read(file: Path) -> _Backup:
    try:
        said = read_said(file, _LARGEST)
        if (said["format"], said["version"]) != (FORMAT, VERSION):
            raise _not_a_backup(file)
        return _Backup(
            key_id=str(said["key_id"]),
            office=str(said["office"]),
            region=str(said["region"]),
            made_on=str(said["made_on"]),
            box=dict(said["box"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise _not_a_backup(file) from error


def _not_a_backup(file: Path) -> UserError:
    return UserError(
        "signing.not_a_backup",
        f"“{file.name}”不是密钥备份，或已损坏。",
        "请选“备份密钥”时保存的文件。",
    )
