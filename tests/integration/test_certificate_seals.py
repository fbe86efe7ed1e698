"""Codes of real certificates: made once, checked against the office's own or a carried list."""

from __future__ import annotations

import base64
import json
import time
from dataclasses import replace
from datetime import date

import pytest

from models.certificates.code_text import PREFIX
from models.certificates.issuing import issue, void
from models.certificates.kinds import kinds
from models.certificates.replacing import replace as replace_certificate
from models.certificates.seals import kept_texts, seal_texts
from models.certificates.trust import read_trust, trust_of, write_trust
from models.certificates.verification import verify
from models.certificates.wishes import Holder, Wish
from models.errors import CancelledByUser, UserError, WorldError
from models.signing.keys import keys, make_key, retire, rotate
from models.store.check import check
from models.store.history import history
from models.store.undo import undo
from tests.offices import new_office
from tests.papers import Stopping
from tests.people import school, teachers
from tests.sealed import certified

TODAY = date(2025, 9, 20)


def checked(office, text):
    return verify(text, trust_of(office), TODAY)


def test_a_seal_says_what_the_register_says(office):
    (one, two) = certified(office, 2, "新课标培训")
    texts = seal_texts(office, [two.id, one.id])
    assert list(texts) == [two.id, one.id]
    found = checked(office, texts[one.id])
    assert found.valid
    facts = found.facts
    assert (facts.number, facts.name, facts.id_tail) == (
        one.number, one.holder_name, one.holder_id_tail,
    )  # fmt: skip
    assert (facts.kind, facts.school, facts.title) == ("结业证书", one.holder_school, one.title)
    assert (facts.year, facts.hours, facts.issued_on) == (2025, 1500, "2025-09-20")
    assert facts.issuer == office.identity.name
    assert "桦甸市教师进修学校" in found.reason
    assert "撤销名单截至第" in found.reason


def test_a_certificate_has_one_seal_for_ever(office):
    (one,) = certified(office, 1)
    first = seal_texts(office, [one.id])
    rotate(office, "换密钥")
    assert seal_texts(office, [one.id]) == first
    assert office.store.value("SELECT COUNT(*) FROM certificate_seal") == 1
    assert checked(office, first[one.id]).valid


def test_undo_leaves_seals_and_keys(office):
    (one,) = certified(office, 1)
    texts = seal_texts(office, [one.id])
    newest = history(office.store, 1)[0]
    assert newest.kind == "certificates.seal"
    with pytest.raises(UserError, match="没有留下可以撤销的内容"):
        undo(office.store, newest.id)
    assert kept_texts(office, [one.id]) == texts
    assert check(office.store).ok


def test_a_certificate_that_is_not_there_is_refused_and_nothing_is_kept(office):
    (one,) = certified(office, 1)
    with pytest.raises(UserError, match="登记册中没有"):
        seal_texts(office, [one.id, "0" * 32])
    assert kept_texts(office, [one.id]) == {}


def test_who_stops_the_signing_keeps_nothing(office):
    (one,) = certified(office, 1)
    with pytest.raises(CancelledByUser):
        seal_texts(office, [one.id], Stopping(0))
    assert kept_texts(office, [one.id]) == {}


def test_a_void_certificate_is_revoked_with_the_number_of_the_list(office):
    (one, two) = certified(office, 2)
    texts = seal_texts(office, [one.id, two.id])
    before = trust_of(office).serial
    void(office, one.id, "姓名打印错误")
    trust = trust_of(office)
    assert trust.serial > before
    found = verify(texts[one.id], trust, TODAY)
    assert (found.valid, found.revoked, found.fault) == (False, True, "void")
    assert f"撤销名单截至第 {trust.serial} 号" in found.reason
    assert "2025年9月20日" in found.reason
    assert verify(texts[two.id], trust, TODAY).valid


def test_a_void_that_was_undone_is_valid_again_under_a_higher_number(office):
    (one,) = certified(office, 1)
    texts = seal_texts(office, [one.id])
    step = void(office, one.id, "弄错了")
    serial = trust_of(office).serial
    undo(office.store, step.id)
    assert trust_of(office).serial > serial
    assert checked(office, texts[one.id]).valid


def test_a_replaced_certificate_says_that_there_is_another(office):
    (one,) = certified(office, 1)
    texts = seal_texts(office, [one.id])
    (anew,) = replace_certificate(office, one.id, "遗失").certificates
    found = checked(office, texts[one.id])
    assert (found.valid, found.revoked, found.fault) == (False, True, "replaced")
    assert "另发了新证书" in found.reason
    newer = seal_texts(office, [anew.id])
    assert checked(office, newer[anew.id]).valid
    void(office, anew.id, "新证书也作废")
    assert checked(office, texts[one.id]).fault == "void"


def test_an_institutions_certificate_has_a_code_as_well(office):
    holder = Holder(
        institution_id=school(office, "桦甸市第五中学"),
        facts={"title": "校本研修先进单位", "award": "先进单位", "year": "2025"},
    )
    kind = next(one for one in kinds().values() if "institution" in one.holders)
    wanted = {fact.key for fact in kind.facts}
    facts = {name: text for name, text in holder.facts.items() if name in wanted}
    wish = Wish(kind.key, (replace(holder, facts=facts),))
    (one,) = issue(office, wish).certificates
    found = checked(office, seal_texts(office, [one.id])[one.id])
    assert found.valid
    assert (found.name, found.kind) == ("桦甸市第五中学", kind.title)
    assert found.facts.hours is None
    assert found.facts.id_tail == ""


def test_a_titles_code_says_its_level_and_its_last_day(office):
    (teacher,) = teachers(office, school(office, "桦甸市第四中学"), 1)
    facts = {"title": "骨干教师", "subject": "数学", "level": "县级", "valid_to": "2028-08-31"}
    (one,) = issue(office, Wish("backbone", (Holder(teacher, facts=facts),))).certificates
    text = seal_texts(office, [one.id])[one.id]
    found = checked(office, text)
    assert (found.valid, found.kind) == (True, "骨干教师资格证书")
    assert (found.facts.level, found.facts.valid_to) == ("县级", "2028-08-31")
    late = verify(text, trust_of(office), date(2028, 9, 1))
    assert (late.valid, late.expired, late.number) == (False, True, one.number)


def test_a_retired_key_keeps_its_papers_and_signs_no_more(office):
    (one,) = certified(office, 1)
    texts = seal_texts(office, [one.id])
    retire(office, keys(office)[0].key_id, "电脑被盗")
    assert checked(office, texts[one.id]).valid
    (two,) = certified(office, 1)
    newer = seal_texts(office, [two.id])
    assert checked(office, newer[two.id]).key_id == keys(office)[0].key_id
    assert checked(office, newer[two.id]).key_id != checked(office, texts[one.id]).key_id


def test_a_carried_list_is_all_another_computer_needs(office, tmp_path):
    (one, two) = certified(office, 2)
    texts = seal_texts(office, [one.id, two.id])
    void(office, two.id, "作废")
    written = write_trust(office, tmp_path / "桦甸.trust")
    office.store.close()
    trust = read_trust(tmp_path / "桦甸.trust")
    assert trust == written
    assert verify(texts[one.id], trust, TODAY).valid
    assert verify(texts[two.id], trust, TODAY).revoked


def test_the_list_tells_no_numbers(office, tmp_path):
    (one,) = certified(office, 1)
    void(office, one.id, "作废")
    write_trust(office, tmp_path / "a.trust")
    said = (tmp_path / "a.trust").read_text("utf-8")
    assert one.number not in said
    assert one.holder_name not in said
    assert len(base64.b64decode(json.loads(said)["revoked"])) == 8


def put(name, value):
    def change(said):
        said[name] = value

    return change


def add_key(said):
    said["keys"].append(dict(said["keys"][0], public=base64.b64encode(bytes(32)).decode()))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (put("revoked", ""), "改动过"),
        (put("serial", 99), "改动过"),
        (put("day", "2030-01-01"), "改动过"),
        (put("office", "别处"), "改动过"),
        (put("signed_by", "00000000"), "改动过"),
        (put("signature", base64.b64encode(bytes(64)).decode()), "改动过"),
        (put("added", 1), "改动过"),
        (add_key, "改动过"),
        (put("signature", "?"), "不是核验文件"),
        (put("keys", []), "改动过"),
        (put("keys", [1]), "不是核验文件"),
        (put("day", "gestern"), "不是核验文件"),
        (put("format", "x"), "不是核验文件"),
        (put("version", 2), "较新版本"),
        (put("serial", float("inf")), "不是核验文件"),
        (put("office", "\ud800"), "不是核验文件"),
    ],
)
def test_a_changed_list_is_refused(office, tmp_path, change, told):
    (one,) = certified(office, 1)
    void(office, one.id, "作废")
    file = tmp_path / "a.trust"
    write_trust(office, file)
    said = json.loads(file.read_text("utf-8"))
    change(said)
    file.write_text(json.dumps(said), "utf-8")
    with pytest.raises(UserError, match=told):
        read_trust(file)


def test_a_list_is_only_taken_with_the_fingerprint_its_office_says(office, tmp_path):
    make_key(office)
    file = tmp_path / "a.trust"
    (said,) = write_trust(office, file).fingerprints
    assert read_trust(file, said.lower().replace(" ", "")).fingerprints == (said,)
    with pytest.raises(UserError, match=rf"{said}，不是 0000 1111"):
        read_trust(file, " 0000 1111 ")


def test_a_list_signed_by_a_key_it_calls_retired_is_refused(office, tmp_path):
    make_key(office)
    file = tmp_path / "a.trust"
    trust = write_trust(office, file)
    assert trust.keys[0].retired_on == ""
    rotate(office, "换")
    write_trust(office, file)
    assert [bool(one.retired_on) for one in read_trust(file).keys] == [False, True]


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xd8\xff", b"{}", b"[" * 99_999])
def test_a_file_that_is_no_list_is_a_sentence(tmp_path, content):
    (tmp_path / "a.trust").write_bytes(content)
    with pytest.raises(UserError, match="不是核验文件"):
        read_trust(tmp_path / "a.trust")


def test_a_missing_list_is_a_sentence(tmp_path):
    with pytest.raises(WorldError, match="找不到"):
        read_trust(tmp_path / "a.trust")


def test_another_offices_keys_do_not_count(office, tmp_path):
    (one,) = certified(office, 1)
    texts = seal_texts(office, [one.id])
    (tmp_path / "other").mkdir()
    other = new_office(tmp_path / "other")
    try:
        make_key(other)
        assert verify(texts[one.id], trust_of(other), TODAY).fault == "unknown_key"
        theirs = replace(trust_of(office), office="蛟河市教师进修学校")
        assert "蛟河市教师进修学校" in verify(texts[one.id], theirs, TODAY).reason
    finally:
        other.store.close()


def test_many_seals_are_made_quickly(office):
    issued = certified(office, 300)
    begun = time.perf_counter()
    texts = seal_texts(office, [one.id for one in issued])
    assert time.perf_counter() - begun < 10
    assert len(set(texts.values())) == 300
    assert all(text.startswith(PREFIX) for text in texts.values())
