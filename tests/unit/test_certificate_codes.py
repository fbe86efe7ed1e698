"""The text of a certificate's code: small, whole again, and of no use once it was changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import base45
import cbor2
import pytest
import zxingcpp
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.certificates.code_facts import BUDGET, CodeFacts, fitted, packed, unpacked
from models.certificates.code_text import PREFIX, PURPOSE, readings, written
from models.certificates.trust import Trust, TrustedKey, hash_of
from models.certificates.verification import verify
from models.signing.signatures import SecretKey, holds

KEY = SecretKey(bytes(range(32)))
OTHER = SecretKey(bytes(range(1, 33)))
TODAY = date(2025, 9, 20)
TRUST = Trust("桦甸市教师进修学校", "220282", 3, TODAY, (TrustedKey(KEY.public, "2025-01-01"),))
FACTS = CodeFacts(
    number="2202822025JY00001",
    kind="结业证书",
    name="王明",
    id_tail="002X",
    school="桦甸市第四中学",
    title="新课标培训",
    year=2025,
    hours=3000,
    issued_on="2025-09-20",
    issuer="桦甸市教师进修学校",
)
TEXT = written(FACTS, KEY.key_id, KEY.sign)
BACKBONE = replace(FACTS, kind="骨干教师资格证书", title="县级骨干教师", hours=None)
DATED = replace(BACKBONE, level="县级", valid_to="2028-08-31")
OF_BEFORE = (
    "TC1:R70-0968LN20PF6846V47NF6SF6/H9646646JB6W63%PL*1TXRM2-I%1T%DHS.M07TU*NJ8M8-SS1LDCT*UH*C"
    "J/TC846A8B17TM4L2 I%1TVOGE$L91T%VJRFNR1T+1L-0TWBO%QNDOT$FLILNY6TMKJZENH73:PT:8375GWN3RJKJC"
    "T%GNTENY6TMKJZEN3JT%VJKAOR1TL4L DK1YHT2HU1TSA3S*BT+LE6QCEA$JBCCO -3%FUV29JVJS*GELPQB1TC82J"
    "R*+5KCD3$BKPV.8GYTEP1D%4VRC1E5BF7VNTR1:J"
)
"""What the program signed for ``BACKBONE`` before codes could say a level and a last day."""
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
any_facts = st.builds(
    CodeFacts,
    number=words,
    kind=words,
    name=words,
    id_tail=words,
    school=words,
    title=words,
    year=st.integers(0, 9999),
    hours=st.none() | st.integers(0, 10**7),
    issued_on=st.dates().map(date.isoformat),
    issuer=words,
    level=words,
    valid_to=st.just("") | st.dates().map(date.isoformat),
)


@given(any_facts)
def test_any_facts_come_back_whole(facts):
    found = next(readings(written(facts, KEY.key_id, KEY.sign)))
    assert unpacked(found.facts) == facts
    assert holds(KEY.public, PURPOSE, found.signed, found.signature)


def test_as_good_as_no_text_has_two_spaces_in_a_row_and_none_ends_in_one():
    numbers = [f"2202822025JY{n:05d}" for n in range(400)]
    texts = [written(replace(FACTS, number=one), KEY.key_id, KEY.sign) for one in numbers]
    assert sum("  " in one for one in texts) <= 4
    assert not any(one.endswith(" ") for one in texts)


def key_with_a_space_first():
    """A key whose texts begin with a space: one in forty is so."""
    keys = (SecretKey(bytes([at]) * 32) for at in range(256))
    return next(one for one in keys if written(FACTS, one.key_id, one.sign)[4] == " ")


@pytest.mark.parametrize(
    "spoil", [str, str.lower, lambda one: one.replace(": ", ":"), lambda one: "\n".join(one)]
)
def test_a_text_that_begins_with_a_space_is_read_with_and_without_it(spoil):
    key = key_with_a_space_first()
    trust = replace(TRUST, keys=(TrustedKey(key.public, "2025-01-01"),))
    text = spoil(written(FACTS, key.key_id, key.sign))
    assert verify(text, trust, TODAY).facts == FACTS


@given(st.data())
@settings(max_examples=300)
def test_one_changed_character_is_refused(data):
    at = data.draw(st.integers(0, len(TEXT) - 1))
    letter = data.draw(st.sampled_from(base45.BASE45_CHARSET) | st.characters())
    assume(letter.upper() != TEXT[at])
    changed = TEXT[:at] + letter + TEXT[at + 1 :]
    found = verify(changed, TRUST, TODAY)
    # A full-width or small letter is the same letter.
    assert not found.valid or found.facts == FACTS
    if letter.isascii():
        assert not found.valid


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_one_changed_byte_is_refused(at, by):
    content = bytearray(base45.b45decode(TEXT.removeprefix(PREFIX)))
    content[at % len(content)] ^= by
    assert not verify(PREFIX + base45.b45encode(bytes(content)).decode(), TRUST, TODAY).valid


def test_every_single_character_matters():
    for at, letter in enumerate(TEXT):
        other = "A" if letter != "A" else "B"
        assert not verify(TEXT[:at] + other + TEXT[at + 1 :], TRUST, TODAY).valid


@given(st.integers(1, 32), st.sampled_from([" ", "\n", "\r\n", "　", " \n"]), st.booleans())
def test_a_text_in_groups_or_lines_is_the_same_text(size, between, small):
    typed = between.join(TEXT[at : at + size] for at in range(0, len(TEXT), size))
    found = verify(typed.lower() if small else typed, TRUST, TODAY)
    assert found.valid
    assert found.facts == FACTS


@pytest.mark.parametrize(
    "typed",
    [
        f"  {TEXT}\n",
        TEXT.translate({ord(":"): "：", ord("T"): "Ｔ", ord("1"): "１"}),
        TEXT[:40] + " " + TEXT[40:90] + "  " + TEXT[90:],
        "tc1 :\n" + TEXT[4:],
    ],
    ids=["blanks around", "full width", "spaces by chance", "prefix apart"],
)
def test_what_typing_and_chats_do_to_a_text_does_no_harm(typed):
    assert verify(typed, TRUST, TODAY).facts == FACTS


@given(st.text(max_size=500))
def test_nothing_that_is_no_code_is_taken_for_one(text):
    found = verify(text, TRUST, TODAY)
    assert not found.valid
    assert found.facts is None
    assert found.reason.endswith("。")


@given(st.binary(max_size=400))
def test_nothing_with_our_beginning_brings_the_reader_down(content):
    found = verify(PREFIX + base45.b45encode(content).decode(), TRUST, TODAY)
    assert not found.valid


@given(st.binary(max_size=300))
def test_facts_that_are_none_are_a_value_error(content):
    try:
        found = unpacked(content)
    except (ValueError, EOFError):
        return
    assert isinstance(found, CodeFacts)


def test_what_a_trusted_key_signed_and_is_no_certificate_asks_for_a_newer_program():
    signed = b"\1" + bytes.fromhex(KEY.key_id) + b"\x82\x01\x02"
    text = PREFIX + base45.b45encode(signed + KEY.sign(PURPOSE, signed)).decode()
    assert verify(text, TRUST, TODAY).fault == "other_version"


def test_a_code_of_before_is_read_as_ever_and_says_that_it_does_not_say_until_when():
    found = verify(OF_BEFORE, TRUST, TODAY)
    assert (found.valid, found.facts) == (True, BACKBONE)
    assert "验真码没有写有效期，请看证书上的有效期" in found.reason
    assert written(BACKBONE, KEY.key_id, KEY.sign) == OF_BEFORE
    assert "有效期" not in verify(TEXT, TRUST, TODAY).reason


def test_after_its_last_day_a_certificate_is_genuine_and_does_not_hold():
    text = written(DATED, KEY.key_id, KEY.sign)
    last = verify(text, TRUST, date(2028, 8, 31))
    assert (last.valid, last.expired, last.facts) == (True, False, DATED)
    assert "有效期到2028年8月31日。" in last.reason
    after = verify(text, TRUST, date(2028, 9, 1))
    assert (after.valid, after.revoked, after.fault) == (False, False, "expired")
    assert after.reason.startswith("已过有效期：有效期到2028年8月31日止。签名属实")
    assert after.facts == DATED
    void = replace(TRUST, revoked=hash_of(DATED.number))
    assert verify(text, void, date(2028, 9, 1)).fault == "void"


def test_facts_of_a_later_version_ask_for_a_newer_program():
    content = cbor2.dumps([*cbor2.loads(packed(DATED)), "more"])
    signed = b"\1" + bytes.fromhex(KEY.key_id) + content
    text = PREFIX + base45.b45encode(signed + KEY.sign(PURPOSE, signed)).decode()
    found = verify(text, TRUST, TODAY)
    assert (found.valid, found.fault) == (False, "other_version")
    assert found.reason == "验真码里有本程序还不认得的内容。请升级程序。"


def test_a_signature_for_another_purpose_does_not_count():
    signed = b"\1" + bytes.fromhex(KEY.key_id) + packed(FACTS)
    text = PREFIX + base45.b45encode(signed + KEY.sign("trust", signed)).decode()
    assert verify(text, TRUST, TODAY).fault == "changed"


def test_each_fault_has_its_sentence():
    foreign = written(FACTS, OTHER.key_id, OTHER.sign)
    posing = written(FACTS, KEY.key_id, OTHER.sign)
    told = {
        verify(foreign, TRUST, TODAY).fault: verify(foreign, TRUST, TODAY).reason,
        verify(posing, TRUST, TODAY).fault: verify(posing, TRUST, TODAY).reason,
        verify(TEXT[:-60], TRUST, TODAY).fault: verify(TEXT[:-60], TRUST, TODAY).reason,
        verify("TC7:ABC", TRUST, TODAY).fault: verify("TC7:ABC", TRUST, TODAY).reason,
        verify("TC1:", TRUST, TODAY).fault: verify("TC1:", TRUST, TODAY).reason,
        verify("http://a.cn", TRUST, TODAY).fault: verify("http://a.cn", TRUST, TODAY).reason,
    }
    assert set(told) == {
        "unknown_key", "changed", "cut_off", "other_version", "unreadable", "not_ours",
    }  # fmt: skip
    assert OTHER.key_id in told["unknown_key"]
    assert "第 7 版" in told["other_version"]


def test_a_key_speaks_for_what_was_issued_until_it_was_retired():
    retired = replace(TRUST, keys=(TrustedKey(KEY.public, "2025-01-01", "2025-09-20"),))
    assert verify(TEXT, retired, TODAY).valid
    later = written(replace(FACTS, issued_on="2025-09-21"), KEY.key_id, KEY.sign)
    assert verify(later, retired, TODAY).fault == "key_retired"


def test_an_old_list_is_said_to_be_old():
    assert "天没有更新" not in verify(TEXT, TRUST, date(2025, 12, 1)).reason
    assert "已有 365 天没有更新" in verify(TEXT, TRUST, date(2026, 9, 20)).reason


@pytest.mark.parametrize(("length", "version"), [(8, 10), (60, 12), (400, 12)])
def test_a_code_is_never_larger_than_a_telephone_likes(length, version):
    facts = fitted(replace(FACTS, school="校" * length, title="课" * length))
    assert len(packed(facts)) <= BUDGET
    text = written(facts, KEY.key_id, KEY.sign)
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    modules = memoryview(zxingcpp.write_barcode_to_image(made, add_quiet_zones=False)).shape[0]
    assert (modules - 17) // 4 == version


def test_what_does_not_fit_is_shortened_where_it_is_longest():
    facts = fitted(replace(FACTS, school="校" * 20, title="课" * 60))
    assert facts.school.startswith("校" * 12)
    assert facts.title.startswith("课" * 12)
    assert facts.title.endswith("…")
    assert replace(facts, school="", title="") == replace(FACTS, school="", title="")
