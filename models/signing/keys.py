"""The office's keys: the one that signs now, and those that signed before."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import UserError
from models.office.context import Office
from models.signing.guards import KeyGuard
from models.signing.key_folder import KeyFolder
from models.signing.signatures import SecretKey, fingerprint_of

_KEYS = """
SELECT k.id, k.key_id, k.public_key, k.made_on, e.retired_on, e.reason
FROM signing_key AS k LEFT JOIN signing_key_end AS e ON e.id =
    (SELECT MIN(f.id) FROM signing_key_end AS f WHERE f.signing_key_id = k.id
        AND f.retired_on = (SELECT MIN(retired_on) FROM signing_key_end
            WHERE signing_key_id = k.id))
ORDER BY k.made_on DESC, k.rowid DESC
"""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the office, as everybody may know it.

    Attributes:
        id: of its row.
        key_id: its short name, which stands in every code it signed.
        public: the public half, 32 bytes.
        made_on: the day it was made.
        retired_on, reason: since when it signs no more and why; "" while it is in use.
        here: whether its private half lies on this computer.
    """

    id: str
    key_id: str
    public: bytes
    made_on: str
    retired_on: str = ""
    reason: str = ""
    here: bool = False

    @property
    def active(self) -> bool:
        """Whether it may sign."""
        return not self.retired_on

    @property
    def fingerprint(self) -> str:
        """What two people compare on the telephone."""
        return fingerprint_of(self.public)


def keys(office: Office, guard: KeyGuard | None = None) -> list[Key]:
    """All keys of the office, the newest first."""
    folder = KeyFolder(office.store.path, guard)
    return [
        Key(
            id=row["id"],
            key_id=row["key_id"],
            public=bytes.fromhex(row["public_key"]),
            made_on=row["made_on"],
            retired_on=row["retired_on"] or "",
            reason=row["reason"] or "",
            here=folder.holds(row["key_id"]),
        )
        for row in office.store.query(_KEYS)
    ]


def key_named(office: Office, key_id: str) -> Key:
    """The key of that short name.

    Raises:
        UserError: the office has none of that name.
    """
    wanted = key_id.strip().lower()
    found = next((one for one in keys(office) if one.key_id == wanted), None)
    if found is None:
        raise UserError(
            "signing.unknown_key", f"本单位没有密钥 {key_id}。", "请在密钥列表中核对编号。"
        )
    return found


def signer(office: Office, guard: KeyGuard | None = None) -> SecretKey:
    """The private half that signs now; made at first use.

    Call it where an operation may be opened.

    Raises:
        UserError: the key in use is not on this computer, or its file cannot be opened here.
        WorldError: the new key could not be written to the disk.
    """
    active = [one for one in keys(office, guard) if one.active]
    here = next((one for one in active if one.here), None)
    if here is not None:
        return KeyFolder(office.store.path, guard).take(here.key_id)
    if active:
        raise UserError(
            "signing.no_private_key",
            f"密钥 {active[0].key_id} 的私钥不在这台电脑上，不能签名。",
            "请用密钥备份恢复；备份找不到时，停用这把密钥并启用新的，已印的证书仍能核验。",
        )
    return _begin_key(office, guard)


def make_key(office: Office, guard: KeyGuard | None = None) -> Key:
    """Make the office's key before its first use.

    Raises:
        UserError: a key is in use already.
        WorldError: the new key could not be written to the disk.
    """
    active = next((one for one in keys(office, guard) if one.active), None)
    if active is not None:
        raise UserError(
            "signing.key_in_use",
            f"密钥 {active.key_id} 正在使用。",
            "要换新密钥，请写明更换的原因。",
        )
    return key_named(office, _begin_key(office, guard).key_id)


def rotate(office: Office, reason: str, guard: KeyGuard | None = None) -> Key:
    """Retire every key in use and make a new one; what the old ones signed stays valid.

    Raises:
        UserError: no reason.
        WorldError: the new key could not be written to the disk.
    """
    _check_reason(reason)
    with office.store.operation("signing.rotate", f"更换密钥：{reason.strip()}"):
        for one in keys(office, guard):
            if one.active:
                _end(office, one, reason)
        made = _make(office, guard)
    _set_aside(office, guard)
    return key_named(office, made.key_id)


def retire(office: Office, key_id: str, reason: str, guard: KeyGuard | None = None) -> Key:
    """Use a key no more; what it signed until today stays valid. It cannot be taken back.

    Raises:
        UserError: no such key, retired already, no reason.
    """
    found = key_named(office, key_id)
    _check_reason(reason)
    if not found.active:
        raise UserError(
            "signing.retired",
            f"密钥 {found.key_id} 已于 {found.retired_on} 停用。",
            "不必再次停用。",
        )
    with office.store.operation("signing.retire", f"停用密钥 {found.key_id}：{reason.strip()}"):
        _end(office, found, reason)
    _set_aside(office, guard)
    return key_named(office, key_id)


def admit(office: Office, public: bytes, key_id: str, made_on: str) -> None:
    """Let the office know the public half of a key whose private half is here already."""
    if any(one.key_id == key_id for one in keys(office)):
        return
    with office.store.operation("signing.make", f"启用密钥 {key_id}"):
        office.store.insert(
            "signing_key",
            ("id", "key_id", "public_key", "made_on"),
            [(office.store.ids.new_id(), key_id, public.hex(), made_on)],
        )


def _begin_key(office: Office, guard: KeyGuard | None) -> SecretKey:
    """The key that lies here for this file and is not in it (an older backup was restored)."""
    known = {one.key_id for one in keys(office, guard)}
    folder = KeyFolder(office.store.path, guard)
    for kept in folder.of_site(office.store.site):
        if kept.key_id not in known:
            found = folder.take(kept.key_id)
            admit(office, found.public, found.key_id, kept.made_on)
            return found
    return _make(office, guard)


def _make(office: Office, guard: KeyGuard | None) -> SecretKey:
    made = SecretKey.make()
    today = office.store.clock.today().isoformat()
    # The private half first: one that no row knows is found again, the reverse would sign nothing.
    KeyFolder(office.store.path, guard).keep(made, today, office.store.site)
    admit(office, made.public, made.key_id, today)
    return made


def _end(office: Office, key: Key, reason: str) -> None:
    today = office.store.clock.today().isoformat()
    office.store.insert(
        "signing_key_end",
        ("id", "signing_key_id", "retired_on", "reason"),
        [(office.store.ids.new_id(), key.id, today, reason.strip())],
    )


def _set_aside(office: Office, guard: KeyGuard | None) -> None:
    folder = KeyFolder(office.store.path, guard)
    for one in keys(office, guard):
        if not one.active:
            folder.set_aside(one.key_id)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise UserError("signing.no_reason", "没有写停用密钥的原因。", "请写明原因。")
