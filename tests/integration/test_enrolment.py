"""Enrolment: a file and a code make a school's own file, and nothing else does."""

from __future__ import annotations

import pytest

from models.errors import UserError
from models.office.identity import read_identity
from models.office.settings import read_setting
from models.store.check import check
from models.store.history import history
from models.store.undo import undo
from models.sync.enrolment import invite, read_enrolment
from models.sync.one_time_code import new_code, plain_code
from models.sync.post import unpack
from models.sync.refusals import Refused
from models.sync.reserved import INSTITUTION
from models.sync.roster import SiteState, county_of, own, serial, site_of, sites
from models.workspace.joining import join_school
from tests.enrolled import (
    SCHOOL,
    cheap_codes,
    joined,
    letter,
    new_county,
    random_desk,
    read,
)


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    cheap_codes(monkeypatch)


@pytest.fixture
def county(tmp_path):
    office, institution = new_county(tmp_path)
    yield office, institution
    office.store.close()


def test_a_school_joins_with_file_and_code_and_both_know_each_other(county, tmp_path):
    office, institution = county
    invitation = invite(office, institution)
    assert [one.state for one in sites(office)] == [SiteState.INVITED]
    with joined(tmp_path, invitation).store as store:
        assert store.site == invitation.site.id
        identity = read_identity(store)
        assert (identity.level, identity.name, identity.region) == ("school", SCHOOL, "220282")
        assert read_setting(store, INSTITUTION) == institution


def test_the_first_package_completes_the_enrolment_and_may_come_twice(county, tmp_path):
    office, institution = county
    school = joined(tmp_path, invite(office, institution))
    first, before = letter(school, own(office)), serial(office)
    assert "已完成注册" in "".join(read(office, first))
    assert read(office, first) == []
    assert serial(office) == before + 1
    (site,) = sites(office)
    assert site.state is SiteState.ACTIVE
    assert site.keys == site_of(school, own(school)).keys
    assert county_of(school).keys == site_of(office, own(office)).keys
    assert read(school, letter(office, site.id)) == []
    assert check(office.store).ok
    assert check(school.store).ok
    school.store.close()


def test_the_code_and_the_token_are_kept_nowhere(county):
    office, institution = county
    invitation = invite(office, institution)
    digits = invitation.code.replace("-", "")
    token = invitation.facts.papers["enrol"]["token"]
    files = [one for one in office.store.path.parent.rglob("*") if one.is_file()]
    contents = [invitation.content, *(one.read_bytes() for one in files)]
    for secret in (digits, invitation.code, token, SCHOOL):
        assert secret.encode() not in invitation.content
    for secret in (digits, invitation.code, token):
        assert not any(secret.encode() in one for one in contents)
    assert digits not in repr(invitation)


def test_a_slip_in_the_code_is_named_by_its_group():
    code = new_code()
    assert plain_code(f" {code.replace('-', '　')} ") == code.replace("-", "")
    groups = code.split("-")
    wrong = f"{(int(groups[1][0]) + 1) % 10}{groups[1][1:]}"
    with pytest.raises(UserError, match="第 2 组"):
        plain_code("-".join((groups[0], wrong, *groups[2:])))
    with pytest.raises(UserError, match="现在是 23 位"):
        plain_code(code[:-1])


def test_groups_that_changed_places_are_noticed():
    for _ in range(20):
        groups = new_code().split("-")
        if groups[0] != groups[1]:
            with pytest.raises(UserError, match="组"):
                plain_code("-".join((groups[1], groups[0], *groups[2:])))


def test_another_files_code_opens_nothing(county):
    office, institution = county
    first, second = invite(office, institution), invite(office, institution)
    with pytest.raises(Refused) as refused:
        read_enrolment(second.content, first.code)
    assert refused.value.code == "sync.wrong_code"


def test_every_cut_and_changed_enrolment_file_is_refused(county):
    office, institution = county
    made = invite(office, institution)
    content, step = made.content, 41
    for at in range(0, len(content), step):
        with pytest.raises(Refused):
            read_enrolment(content[:at], made.code)
        with pytest.raises(Refused):
            read_enrolment(content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :], made.code)


def test_a_lost_file_or_code_is_replaced_and_the_lost_one_ends(county, tmp_path):
    office, institution = county
    lost = invite(office, institution)
    found = joined(tmp_path, lost, "lost/school.db")
    second = invite(office, institution)
    assert [one.state for one in sites(office)] == [SiteState.ENDED, SiteState.INVITED]
    with pytest.raises(Refused) as refused:
        unpack(office, letter(found, own(office)))
    assert refused.value.code == "sync.revoked_sender"
    with joined(tmp_path, second).store as store:
        assert store.site == second.site.id
    found.store.close()


def test_a_file_used_on_two_computers_is_told(county, tmp_path):
    office, institution = county
    made = invite(office, institution)
    one, two = joined(tmp_path, made, "a/school.db"), joined(tmp_path, made, "b/school.db")
    read(office, letter(one, own(office)))
    with pytest.raises(Refused, match="被用了两次"):
        unpack(office, letter(two, own(office)))
    one.store.close()
    two.store.close()


def test_a_registered_school_is_not_enrolled_again_without_a_reason(county, tmp_path):
    office, institution = county
    school = joined(tmp_path, invite(office, institution))
    read(office, letter(school, own(office)))
    with pytest.raises(UserError, match="已经注册"):
        invite(office, institution)
    with pytest.raises(UserError, match="学校端"):
        invite(school, institution)
    school.store.close()


def test_joining_leaves_a_present_file_alone(county, tmp_path):
    office, institution = county
    made = invite(office, institution)
    taken = tmp_path / "taken.db"
    taken.write_bytes(b"mine")
    found = read_enrolment(made.content, made.code)
    with pytest.raises(UserError, match="不会覆盖"):
        join_school(taken, found, lambda *_: None, random_desk())
    assert taken.read_bytes() == b"mine"


def test_an_interrupted_join_leaves_no_file_and_can_be_repeated(county, tmp_path):
    office, institution = county
    made = invite(office, institution)
    found = read_enrolment(made.content, made.code)

    def break_down(*_):
        raise RuntimeError("power cut")

    target = tmp_path / "school" / "school.db"
    with pytest.raises(RuntimeError):
        join_school(target, found, break_down, random_desk())
    assert [one.name for one in target.parent.iterdir() if one.is_file()] == []
    with joined(tmp_path, made).store as store:
        assert store.site == made.site.id


def test_undo_leaves_the_roster_as_it_is(county):
    office, institution = county
    invite(office, institution)
    before = serial(office)
    for one in history(office.store, 9):
        if one.kind.startswith("sync."):
            with pytest.raises(UserError):
                undo(office.store, one.id)
    assert [one.state for one in sites(office)] == [SiteState.INVITED]
    assert serial(office) == before
