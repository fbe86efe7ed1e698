"""Keys of the office: made, kept beside the file and never in it, backed up, rotated."""

from __future__ import annotations

import json
import logging
import os
import shutil
import stat
import sys

import pytest

from models.errors import OfficeError, UserError, WorldError
from models.signing import guards
from models.signing.guards import OwnerOnly, WindowsGuard, guard_here
from models.signing.key_backup import back_up, restore
from models.signing.key_folder import KeyFolder
from models.signing.keys import key_named, keys, make_key, retire, rotate, signer
from models.signing.signatures import SecretKey, holds
from models.store import backup as backups
from models.store.history import history
from models.store.undo import undo
from models.workspace.opening import open_workspace
from tests.offices import desk, new_office, reopened
from tests.sealed import FakeGuard

PHRASE = "春风又绿江南岸1984"


def folder_of(office):
    return office.store.path.with_name("office-密钥")


def test_a_key_is_made_at_first_use_and_is_the_same_ever_after(office):
    first = signer(office)
    assert signer(office).key_id == first.key_id
    (key,) = keys(office)
    assert (key.key_id, key.made_on, key.active, key.here) == (
        first.key_id, "2025-09-20", True, True,
    )  # fmt: skip
    assert holds(key.public, "test", b"words", first.sign("test", b"words"))
    assert not holds(key.public, "other", b"words", first.sign("test", b"words"))


def test_the_private_half_is_nowhere_in_the_file_or_its_backup(office, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    secret = signer(office)
    backups.backup(office.store, tmp_path / "copy.db")
    rotate(office, "例行更换")
    office.store.close()
    told = caplog.text + repr(secret) + str(secret)
    forms = (secret.reveal(), secret.reveal().hex().encode())
    for file in (office.store.path, tmp_path / "copy.db"):
        content = file.read_bytes()
        assert not any(form in content for form in forms)
    assert secret.reveal().hex() not in told


@pytest.mark.skipif(os.name == "nt", reason="rights of a POSIX file")
def test_only_the_owner_may_read_the_private_half(office):
    signer(office)
    folder = folder_of(office)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()] == [0o600]


def test_a_second_key_needs_a_reason(office):
    made = make_key(office)
    with pytest.raises(UserError, match="正在使用"):
        make_key(office)
    with pytest.raises(UserError, match="没有写停用密钥的原因"):
        rotate(office, "  ")
    assert [one.key_id for one in keys(office)] == [made.key_id]


def test_rotation_retires_the_old_key_and_signs_with_the_new_one(office):
    old = signer(office)
    new = rotate(office, "换电脑")
    assert signer(office).key_id == new.key_id != old.key_id
    before = key_named(office, old.key_id)
    assert (before.active, before.retired_on, before.reason) == (False, "2025-09-20", "换电脑")
    assert not before.here
    assert [one.key_id for one in keys(office)] == [new.key_id, old.key_id]


def test_a_retired_key_stays_retired_whatever_is_undone(office):
    key = make_key(office)
    retire(office, key.key_id, "私钥外泄")
    with pytest.raises(UserError, match="已于 2025-09-20 停用"):
        retire(office, key.key_id, "又一次")
    for one in history(office.store, 9):
        if one.kind.startswith("signing."):
            with pytest.raises(UserError, match="没有留下可以撤销的内容"):
                undo(office.store, one.id)
    assert not key_named(office, key.key_id).active
    assert signer(office).key_id != key.key_id


def test_a_key_the_restored_file_does_not_know_is_taken_up_again(office, tmp_path):
    backups.backup(office.store, tmp_path / "before.db")
    made = make_key(office)
    office.store.close()
    backups.restore(office.store.path, tmp_path / "before.db")
    again = reopened(office)
    try:
        assert keys(again) == []
        assert signer(again).key_id == made.key_id
        assert [one.public for one in keys(again)] == [made.public]
    finally:
        again.store.close()


def test_a_foreign_key_beside_the_file_is_not_taken_up(office):
    folder = KeyFolder(office.store.path)
    stranger = SecretKey.make()
    folder.keep(stranger, "2025-01-01", "another site")
    assert signer(office).key_id != stranger.key_id


def test_without_the_private_half_the_sentence_says_what_to_do(office):
    key = make_key(office)
    shutil.rmtree(folder_of(office))
    with pytest.raises(UserError, match="不在这台电脑上") as told:
        signer(office)
    assert "备份恢复" in told.value.hint
    assert key.key_id in told.value.message
    assert rotate(office, "私钥丢失").here


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"key_id":1}'])
def test_a_damaged_key_file_is_a_sentence(office, content):
    key = make_key(office)
    (folder_of(office) / f"{key.key_id}.key").write_bytes(content)
    with pytest.raises(UserError, match="已损坏"):
        signer(office)


def test_a_key_file_that_was_exchanged_is_not_believed(office):
    key = make_key(office)
    file = folder_of(office) / f"{key.key_id}.key"
    said = json.loads(file.read_text("utf-8"))
    said["secret"] = "AAAA" * 10 + "AAA="
    file.write_text(json.dumps(said), "utf-8")
    with pytest.raises(UserError, match="已损坏"):
        signer(office)


def test_a_backup_brings_the_key_to_another_computer(office, tmp_path):
    key = make_key(office)
    back_up(office, tmp_path / "key.json", PHRASE)
    said = (tmp_path / "key.json").read_text("utf-8")
    assert signer(office).reveal().hex() not in said
    shutil.rmtree(folder_of(office))
    restored = restore(office, tmp_path / "key.json", PHRASE)
    assert (restored.key_id, restored.here) == (key.key_id, True)
    assert signer(office).key_id == key.key_id


def test_a_backup_opens_in_a_file_that_never_knew_the_key(office, tmp_path):
    key = make_key(office)
    back_up(office, tmp_path / "key.json", PHRASE)
    (tmp_path / "new").mkdir()
    other = new_office(tmp_path / "new")
    try:
        restore(other, tmp_path / "key.json", PHRASE)
        assert signer(other).key_id == key.key_id
    finally:
        other.store.close()


def test_a_wrong_passphrase_is_a_clear_sentence(office, tmp_path):
    make_key(office)
    back_up(office, tmp_path / "key.json", PHRASE)
    with pytest.raises(UserError, match="口令不对"):
        restore(office, tmp_path / "key.json", PHRASE + "x")
    # Full-width digits from a Chinese keyboard are the same passphrase.
    assert restore(office, tmp_path / "key.json", "春风又绿江南岸１９８４")


@pytest.mark.parametrize("phrase", ["", "1234567", "        ", "aaaaaaaaaaaa"])
def test_a_weak_passphrase_is_refused_before_anything_is_written(office, tmp_path, phrase):
    with pytest.raises(UserError, match="口令太短"):
        back_up(office, tmp_path / "key.json", phrase)
    assert not (tmp_path / "key.json").exists()
    assert keys(office) == []


def changed(name, value):
    def change(said):
        said[name] = value

    return change


def in_box(name, value):
    def change(said):
        said["box"][name] = value

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (changed("made_on", "2020-01-01"), "口令不对"),
        (changed("key_id", "00000000"), "口令不对"),
        (changed("format", "other"), "不是密钥备份"),
        (changed("version", 9), "不是密钥备份"),
        (changed("box", {}), "不是密钥备份"),
        (changed("office", "蛟河市教师进修学校"), "口令不对"),
        (in_box("n", 2**30), "不是密钥备份"),
        (in_box("n", 3), "不是密钥备份"),
        (in_box("salt", "?"), "不是密钥备份"),
        (in_box("content", "AAAA"), "口令不对"),
        (in_box("nonce", "AAAA"), "不是密钥备份"),
    ],
)
def test_a_changed_backup_is_refused(office, tmp_path, change, told):
    make_key(office)
    file = tmp_path / "key.json"
    back_up(office, file, PHRASE)
    said = json.loads(file.read_text("utf-8"))
    change(said)
    file.write_text(json.dumps(said), "utf-8")
    with pytest.raises(UserError, match=told):
        restore(office, file, PHRASE)


def test_the_key_of_another_office_and_a_retired_one_are_refused(office, tmp_path):
    key = make_key(office)
    back_up(office, tmp_path / "key.json", PHRASE)
    retire(office, key.key_id, "外泄")
    with pytest.raises(UserError, match="已于 2025-09-20 停用"):
        restore(office, tmp_path / "key.json", PHRASE)
    said = json.loads((tmp_path / "key.json").read_text("utf-8"))
    said["office"], said["key_id"] = "蛟河市教师进修学校", "00000000"
    (tmp_path / "key.json").write_text(json.dumps(said), "utf-8")
    with pytest.raises(UserError, match="蛟河市教师进修学校"):
        restore(office, tmp_path / "key.json", PHRASE)


def test_a_backup_onto_nothing_is_the_worlds_fault(office, tmp_path):
    with pytest.raises(WorldError):
        back_up(office, tmp_path / "nowhere" / "key.json", PHRASE)
    with pytest.raises(OfficeError):
        restore(office, tmp_path / "missing.json", PHRASE)
    (tmp_path / "not.json").write_bytes(b"\x00" * 100)
    with pytest.raises(UserError, match="不是密钥备份"):
        restore(office, tmp_path / "not.json", PHRASE)


def test_what_one_guard_closed_no_other_opens(office):
    guard = FakeGuard()
    key = make_key(office, guard)
    assert signer(office, guard).key_id == key.key_id
    kept = (folder_of(office) / f"{key.key_id}.key").read_text("utf-8")
    assert json.loads(kept)["guard"] == "fake"
    with pytest.raises(UserError, match="另一台电脑"):
        signer(office)
    with pytest.raises(UserError, match="已损坏"):
        signer(office, FakeGuard("B"))


def test_the_guard_of_this_computer():
    assert isinstance(guard_here(), WindowsGuard if os.name == "nt" else OwnerOnly)
    assert OwnerOnly().open(OwnerOnly().close(b"secret")) == b"secret"


@pytest.mark.skipif(sys.platform != "win32", reason="asks Windows")
def test_windows_opens_what_it_closed():
    closed = WindowsGuard().close(b"secret")
    assert b"secret" not in closed
    assert WindowsGuard().open(closed) == b"secret"
    with pytest.raises(UserError):
        WindowsGuard().open(b"nonsense")


def test_what_windows_refuses_is_a_sentence(monkeypatch):
    monkeypatch.setattr(guards, "_dpapi", lambda function, given: None)
    with pytest.raises(WorldError, match="没有能够保护密钥"):
        WindowsGuard().close(b"secret")
    with pytest.raises(UserError, match="另一台电脑"):
        WindowsGuard().open(b"closed")


def test_a_read_only_file_knows_its_keys(office):
    key = make_key(office)
    office.store.close()
    reading = open_workspace(office.store.path, desk(), read_only=True)
    try:
        assert [one.key_id for one in keys(reading)] == [key.key_id]
    finally:
        reading.store.close()
