"""Losses between county and school: sticks, computers, keys, people, and who is out then."""

from __future__ import annotations

import shutil

import pytest

from models.errors import UserError
from models.signing import guards
from models.store import backup as backups
from models.sync import losses
from models.sync.enrolment import invite
from models.sync.envelope import Facts, seal
from models.sync.key_files import KeyFiles
from models.sync.key_pairs import make_keys
from models.sync.own_keys import own_keys
from models.sync.papers import papers_for
from models.sync.post import pack, readmit, unpack
from models.sync.refusals import Refused
from models.sync.roster import SiteState, own, serial, site_of, sites
from models.sync.statements import BY_KEY, announced, change
from models.workspace.opening import open_workspace
from tests.enrolled import (
    SCHOOL,
    cheap_codes,
    copied,
    joined,
    letter,
    make_pair,
    random_desk,
    read,
)
from tests.sealed import FakeGuard


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pair")
    with pytest.MonkeyPatch.context() as patch:
        cheap_codes(patch)
        make_pair(folder).close()
    return folder


@pytest.fixture
def pair(template, tmp_path, monkeypatch):
    cheap_codes(monkeypatch)
    found = copied(template, tmp_path)
    yield found
    found.close()


def refused(office, content):
    with pytest.raises(Refused) as caught:
        unpack(office, content)
    return caught.value.code


def folder_of(office):
    return KeyFiles(office.store.path).folder


def restored(pair, side, saved, day="2026-11-26"):
    """One side's file as it was when the backup was made, the keys beside it as they are now."""
    office = getattr(pair, side)
    path = office.store.path
    office.store.close()
    backups.restore(path, saved)
    setattr(pair, side, open_workspace(path, random_desk(day)))
    return getattr(pair, side)


def test_a_lost_stick_tells_nothing_but_its_size(pair):
    payload = f"{SCHOOL} 王芳 220282198001011234".encode() * 40
    for content in (pair.up(payload), pair.down(payload)):
        for word in (SCHOOL, "王芳", "220282", own(pair.county), own(pair.school)):
            assert word.encode() not in content
    stranger = joined(pair.folder, invite(pair.county, pair.institution, again="试验"), "x/x.db")
    assert refused(stranger, pair.up()) == "sync.not_for_us"
    stranger.store.close()


def test_a_lost_computer_is_out_and_its_successor_is_in(pair):
    old_site, old_package = own(pair.school), pair.up()
    new = joined(pair.folder, invite(pair.county, pair.institution, again="电脑被盗"), "new/s.db")
    assert refused(pair.county, old_package) == "sync.revoked_sender"
    ended = site_of(pair.county, old_site)
    assert (ended.state, ended.reason) == (SiteState.ENDED, "电脑被盗")
    assert "已完成注册" in "".join(read(pair.county, letter(new, own(pair.county))))
    assert read(new, letter(pair.county, own(new))) == []
    assert refused(pair.county, pair.up()) == "sync.revoked_sender"
    with pytest.raises(UserError, match="不能接收"):
        letter(pair.county, old_site)
    new.store.close()


def test_a_registration_ends_once_with_a_reason(pair):
    site = own(pair.school)
    with pytest.raises(UserError, match="没有写原因"):
        losses.end_registration(pair.county, site, " ")
    before = serial(pair.county)
    assert losses.end_registration(pair.county, site, "学校撤并").reason == "学校撤并"
    assert serial(pair.county) == before + 1
    with pytest.raises(UserError, match="的注册已于 2026-11-26 停用"):
        losses.end_registration(pair.county, site, "再一次")
    with pytest.raises(UserError, match="名册里没有"):
        losses.end_registration(pair.county, own(pair.county), "自己")


@pytest.mark.parametrize("side", ["school", "county"])
def test_new_keys_are_in_force_at_once_and_shown_by_any_later_package(pair, side):
    sender, receiver = getattr(pair, side), pair.county if side == "school" else pair.school
    on_its_way = letter(receiver, own(sender))
    late = letter(sender, own(receiver))
    losses.change_keys(sender, "李老师离岗")
    lost = letter(sender, own(receiver))
    losses.change_keys(sender, "又有人离岗")
    assert unpack(sender, on_its_way).payload == b"words"
    second = letter(sender, own(receiver))
    assert "换了新密钥" in "".join(read(receiver, second))
    assert read(receiver, second) == []
    assert site_of(receiver, own(sender)).keys == own_keys(sender).public
    assert refused(receiver, late) == "sync.old_keys"
    assert refused(receiver, lost) == "sync.old_keys"
    assert read(sender, letter(receiver, own(sender))) == []


def test_a_copied_key_is_of_no_use_after_the_change(pair):
    thief = own_keys(pair.school)
    losses.change_keys(pair.school, "有人离岗")
    read(pair.county, pair.up())
    facts = Facts(own(pair.school), own(pair.county), 9, "e" * 32, "2026-11-26")
    county_keys = own_keys(pair.county).public
    assert refused(pair.county, seal(b"x", facts, thief, county_keys)) == "sync.old_keys"


def test_new_keys_of_the_county_end_enrolment_files_on_their_way(pair):
    made = invite(pair.county, pair.institution, again="换电脑")
    losses.change_keys(pair.county, "李老师离岗")
    late = joined(pair.folder, made, "late/s.db")
    assert refused(pair.county, letter(late, own(pair.county))) == "sync.revoked_sender"
    late.store.close()


def test_a_school_may_change_keys_before_the_county_knew_any(pair):
    new = joined(pair.folder, invite(pair.county, pair.institution, again="换电脑"), "new/s.db")
    losses.change_keys(new, "装错了")
    told = read(pair.county, letter(new, own(pair.county)))
    assert [("已完成注册" in one, "换了新密钥" in one) for one in told] == [(1, 0), (0, 1)]
    assert site_of(pair.county, own(new)).keys == own_keys(new).public
    new.store.close()


def test_the_recovery_code_gives_a_county_without_keys_new_ones(pair):
    code = losses.make_recovery_code(pair.county)
    read(pair.school, pair.down())
    shutil.rmtree(folder_of(pair.county))
    with pytest.raises(UserError, match="不在这台电脑上"):
        own_keys(pair.county)
    losses.rescue(pair.county, code.lower().replace("-", " "), "电脑丢失")
    assert "换了新密钥" in "".join(read(pair.school, pair.down()))
    assert read(pair.county, pair.up()) == []


def test_the_recovery_code_beats_a_thief_who_changed_keys_in_the_countys_name(pair):
    code = losses.make_recovery_code(pair.county)
    read(pair.school, pair.down())
    thief = own_keys(pair.county)
    said = change(thief.signer, BY_KEY, thief.site, thief.public, 2**52)
    facts = Facts(thief.site, own(pair.school), 9, "e" * 32, "2026", papers={"changes": [said]})
    read(pair.school, seal(b"x", facts, thief, own_keys(pair.school).public))
    losses.rescue(pair.county, code, "密钥被盗")
    assert "换了新密钥" in "".join(read(pair.school, pair.down()))
    again = seal(b"x", facts, thief, own_keys(pair.school).public)
    assert refused(pair.school, again) == "sync.forged"


def test_a_statement_about_keys_that_nobody_signed_is_refused(pair):
    mine = own_keys(pair.school)
    other = own_keys(pair.county)
    said = change(other.signer, BY_KEY, mine.site, other.public, 7)
    facts = Facts(mine.site, other.site, 9, "e" * 32, "2026", papers={"changes": [said]})
    assert refused(pair.county, seal(b"x", facts, mine, other.public)) == "sync.forged"


def test_a_wrong_recovery_code_is_told_and_changes_nothing(pair):
    code = losses.make_recovery_code(pair.county)
    for typed, words in ((code[:-1], "恢复码不对"), ("A" * 56, "恢复码不对"), ("", "恢复码不对")):
        with pytest.raises(UserError, match=words):
            losses.rescue(pair.county, typed, "试")
    losses.make_recovery_code(pair.county)
    with pytest.raises(UserError, match="不是本单位现用的恢复码"):
        losses.rescue(pair.county, code, "试")
    assert len(KeyFiles(pair.county.store.path).of_site(own(pair.county))) == 1


def test_a_school_has_no_recovery_code(pair):
    with pytest.raises(UserError, match="由县里制作"):
        losses.make_recovery_code(pair.school)


@pytest.mark.parametrize("side", ["school", "county"])
def test_keys_newer_than_a_restored_backup_are_taken_up_again(pair, side):
    sender = getattr(pair, side)
    receiver = pair.county if side == "school" else pair.school
    saved = pair.folder / "saved.db"
    backups.backup(sender.store, saved)
    losses.change_keys(sender, "有人离岗")
    read(receiver, letter(sender, own(receiver)))
    sender = restored(pair, side, saved)
    assert read(receiver, letter(sender, own(receiver))) == []
    assert own_keys(sender).public == site_of(receiver, own(sender)).keys


def test_a_county_from_an_old_backup_takes_a_forgotten_school_by_its_certificate(pair):
    saved = pair.folder / "saved.db"
    backups.backup(pair.county.store, saved)
    new = joined(pair.folder, invite(pair.county, pair.institution, again="换电脑"), "new/s.db")
    read(pair.county, letter(new, own(pair.county)))
    read(new, letter(pair.county, own(new)))
    losses.change_keys(new, "有人离岗")
    county = restored(pair, "county", saved)
    content = letter(new, own(county))
    assert refused(county, content) == "sync.forgotten_sender"
    assert readmit(county, content).name == SCHOOL
    assert "较早的备份" in "".join(read(county, content))
    assert site_of(county, own(new)).keys == own_keys(new).public
    new.store.close()


def test_a_certificate_readmits_nobody_whose_registration_ended(pair):
    content = pair.up()
    losses.end_registration(pair.county, own(pair.school), "电脑被盗")
    with pytest.raises(Refused) as caught:
        readmit(pair.county, content)
    assert caught.value.code == "sync.revoked_sender"


def test_a_school_without_its_key_file_is_told_to_be_enrolled_anew(pair):
    shutil.rmtree(folder_of(pair.school))
    with pytest.raises(UserError, match="交换密钥不在这台电脑上"):
        pair.up()


def test_keys_closed_on_another_computer_open_nothing_here(template, tmp_path, monkeypatch):
    cheap_codes(monkeypatch)
    monkeypatch.setattr("models.sync.key_files.guard_here", lambda: FakeGuard("A"))
    pair = make_pair(tmp_path)
    (file,) = folder_of(pair.school).glob("*.exchange")
    monkeypatch.setattr("models.sync.key_files.guard_here", lambda: FakeGuard("B"))
    with pytest.raises(UserError, match="已损坏"):
        pair.up()
    monkeypatch.setattr("models.sync.key_files.guard_here", guards.OwnerOnly)
    with pytest.raises(UserError, match="另一台电脑"):
        pair.up()
    assert own_keys(pair.school, FakeGuard("A")).opener not in file.read_text("utf-8")
    pair.close()


def test_the_private_halves_are_in_no_file_but_their_own(pair):
    keys = own_keys(pair.school)
    pair.school.store.close()
    content = pair.school.store.path.read_bytes()
    for secret in (keys.opener.encode(), keys.signer.reveal(), keys.signer.reveal().hex().encode()):
        assert secret not in content
    assert keys.opener not in repr(keys)


def test_packages_for_somebody_without_keys_are_not_written(pair):
    made = invite(pair.county, pair.institution, again="换电脑")
    facts = Facts(own(pair.county), made.site.id, 1, "e" * 32, "2026-11-26")
    with pytest.raises(UserError, match="还没有读到它的第一个包"):
        pack(pair.county, facts, b"x")
    assert [one.state for one in sites(pair.county)] == [SiteState.ENDED, SiteState.INVITED]


def test_who_does_not_know_the_token_cannot_join_in_a_schools_name(pair):
    made = invite(pair.county, pair.institution, again="换电脑")
    thief = make_keys(made.site.id)
    for token in ("", "0" * 32, made.site.token):
        said = announced(thief.signer, thief.site, thief.public, token)
        facts = Facts(thief.site, own(pair.county), 1, "e" * 32, "", papers={"announce": said})
        content = seal(b"", facts, thief, own_keys(pair.county).public)
        assert refused(pair.county, content) == "sync.unknown_sender"


def test_a_certificate_is_of_use_to_its_own_site_alone(pair):
    mine = own_keys(pair.school)
    papers = papers_for(pair.school, mine, site_of(pair.school, own(pair.county)))
    other = Facts("f" * 32, own(pair.county), 1, "e" * 32, "", papers=papers)
    content = seal(b"", other, mine, own_keys(pair.county).public)
    assert refused(pair.county, content) == "sync.unknown_sender"


def test_a_second_rescue_from_the_same_old_backup_counts_too(pair):
    code = losses.make_recovery_code(pair.county)
    read(pair.school, pair.down())
    saved = pair.folder / "saved.db"
    backups.backup(pair.county.store, saved)
    for day in ("2026-11-27", "2026-12-01"):
        restored(pair, "county", saved, day)
        shutil.rmtree(folder_of(pair.county))
        losses.rescue(pair.county, code, "电脑丢失")
        assert "换了新密钥" in "".join(read(pair.school, pair.down()))
