"""The reader of packages: what is whole and ours comes out, everything else is refused alike."""

from __future__ import annotations

import base64
import hashlib
import os
import random
import tracemalloc

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from models.sync import age
from models.sync.envelope import (
    BLOCK,
    LARGEST_CONTENT,
    LARGEST_FILE,
    PURPOSE,
    Facts,
    open_envelope,
    seal,
)
from models.sync.key_pairs import make_keys
from models.sync.refusals import Refused, forged
from models.sync.strict_json import canonical, strict

COUNTY, SCHOOL = "a" * 32, "b" * 32
SENDER, RECEIVER, STRANGER = make_keys(COUNTY), make_keys(SCHOOL), make_keys("c" * 32)
PAYLOAD = b"".join(b'{"row":"%032x"}\n' % one for one in range(40))
FACTS = Facts(COUNTY, SCHOOL, 7, "d" * 32, "2026-11-26T10:00:00+08:00", {"base": None, "n": 40})


class Knows:
    """Believes the county alone."""

    def key_for(self, facts):
        return SENDER.signer.public

    def refusal(self, facts, bears):
        return forged()


def opened(content, own=RECEIVER):
    return open_envelope(content, Knows(), own)


def code_of(content, own=RECEIVER):
    with pytest.raises(Refused) as caught:
        opened(content, own)
    return caught.value.code


def built(header, packed=b"", signer=SENDER.signer, tail=b""):
    """A package that was signed by the right key, whatever it says."""
    line = header if isinstance(header, bytes) else canonical(header)
    signature = base64.b64encode(signer.sign(PURPOSE, line))
    plain = b"\n".join((line, signature, packed))
    plain += bytes(-len(plain) % BLOCK) + tail
    return age.sealed(plain, [RECEIVER.public.seal])


def header(packed=b"", raw=0, **changed):
    said = {
        "fmt": 1, "from": COUNTY, "to": SCHOOL, "no": 7, "id": "d" * 32, "at": "2026-11-26",
        "raw": raw, "z": len(packed), "sha": hashlib.sha256(packed).hexdigest(),
        "content": {}, "papers": {},
    }  # fmt: skip
    return {**said, **changed}


@pytest.fixture(scope="module")
def package():
    return seal(PAYLOAD, FACTS, SENDER, RECEIVER.public)


@given(st.binary(max_size=300), st.integers(1, 400))
def test_what_was_sealed_comes_out_again(piece, times):
    found = opened(seal(piece * times, FACTS, SENDER, RECEIVER.public))
    assert (found.facts, found.payload) == (FACTS, piece * times)
    assert found.signed_by == SENDER.signer.public


def test_a_large_payload_comes_out_again():
    payload = os.urandom(2**20) * 20
    assert opened(seal(payload, FACTS, SENDER, RECEIVER.public)).payload == payload


def test_no_changed_bit_passes(package):
    for at in range(0, len(package), 3):
        changed = bytearray(package)
        changed[at] ^= 1 << at % 8
        code_of(bytes(changed))


def test_no_part_passes(package):
    for length in range(0, len(package), 7):
        code_of(package[:length])
        code_of(package[length + 1 :])
    assert code_of(package + b"\0") == "sync.damaged"


def test_no_two_packages_pass_as_one(package):
    other = seal(PAYLOAD[::-1], FACTS, SENDER, RECEIVER.public)
    for at in range(61, len(package), 61):
        code_of(package[:at] + other[at:])
        swapped = bytearray(package)
        swapped[at : at + 16], swapped[-16:] = swapped[-16:], swapped[at : at + 16]
        if bytes(swapped) != package:
            code_of(bytes(swapped))


def test_random_bytes_are_refused():
    chance = random.Random(7)
    for length in (0, 1, 22, 200, 4096, 100_000):
        code_of(chance.randbytes(length))
        code_of(b"age-encryption.org/v1\n" + chance.randbytes(length))


@given(st.lists(st.text("->XS25scrypt /+abc=19\n", max_size=90), max_size=8))
def test_headers_like_those_of_the_age_format_are_refused(lines):
    code_of(("age-encryption.org/v1\n" + "\n".join(lines)).encode())


def test_a_stanza_that_asks_for_hours_of_work_is_not_worked(package):
    _, _, rest = package.partition(b"\n")
    salt = base64.b64encode(bytes(16)).rstrip(b"=")
    stanza = b"-> scrypt " + salt + b" 60\n" + base64.b64encode(bytes(32)).rstrip(b"=") + b"\n"
    code_of(b"age-encryption.org/v1\n" + stanza + rest)
    code_of(b"age-encryption.org/v1\n" + stanza + b"--- " + bytes(43) + b"\n")


def test_who_it_is_for_decides(package):
    assert code_of(package, STRANGER) == "sync.not_for_us"
    assert code_of(package, SENDER) == "sync.written_here"


def test_a_package_passed_on_to_another_is_not_for_that_one():
    plain = age.unsealed(seal(PAYLOAD, FACTS, SENDER, RECEIVER.public), [RECEIVER.opener])
    passed_on = age.sealed(plain, [STRANGER.public.seal])
    assert code_of(passed_on, STRANGER) == "sync.not_for_us"


def test_another_signer_is_refused():
    assert code_of(built(header(), signer=STRANGER.signer)) == "sync.forged"


def test_a_newer_program_is_named():
    assert code_of(built(header(fmt=2))) == "sync.too_new"
    assert code_of(built({"fmt": 2, "other": []})) == "sync.too_new"


def test_a_bomb_is_refused_without_being_unpacked():
    bomb = zstandard.ZstdCompressor(level=3).compress(bytes(2**28))
    tracemalloc.start()
    assert code_of(built(header(bomb, 100), bomb)) == "sync.damaged"
    assert code_of(built(header(bomb, LARGEST_CONTENT + 1), bomb)) == "sync.too_large"
    assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    tracemalloc.stop()
    assert code_of(bytes(LARGEST_FILE + 1)) == "sync.too_large"


def test_a_frame_that_asks_for_a_huge_window_is_refused():
    parameters = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    writer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    frame = writer.compress(b"words") + writer.flush()
    assert code_of(built(header(frame, 5), frame)) == "sync.damaged"


def test_content_longer_or_shorter_than_promised_is_refused():
    frame = zstandard.ZstdCompressor().compress(b"words")
    assert opened(built(header(frame, 5), frame)).payload == b"words"
    for raw in (0, 4, 6, 2**20):
        assert code_of(built(header(frame, raw), frame)) == "sync.damaged"
    for changed in ({"z": len(frame) - 1}, {"z": 2**40}, {"sha": "0" * 64}):
        assert code_of(built(header(frame, 5, **changed), frame)) == "sync.damaged"
    assert code_of(built(header(frame, 5), frame + b"\1")) == "sync.damaged"
    assert code_of(built(header(frame, 5), frame, tail=bytes(BLOCK))) == "sync.damaged"
    assert code_of(built(header(frame, 5), frame, tail=b"\1" * BLOCK)) == "sync.damaged"


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)


@given(st.sampled_from(sorted(header())), ODD)
def test_odd_headers_of_the_right_signer_are_refused_or_whole(name, value):
    said = {**header(), name: value}
    try:
        content = built(said)
    except ValueError:
        return  # what JSON cannot say
    try:
        opened(content)
    except Refused:
        return
    assert isinstance(value, dict | str | int)


@pytest.mark.parametrize("line", [
    b"", b"[]", b"1", b"{", b'{"fmt":1,"fmt":1}', b'{"fmt":1.0}', b'{"fmt":NaN}', b"\xff",
    b'{"a": 1}', b'{"a":"\\ud800"}', b"[" * 50_000, b'{"a":' * 9_000, b'{"a":' + b"9" * 5000 + b"}",
])  # fmt: skip
def test_lines_that_are_no_canonical_object_are_refused(line):
    with pytest.raises(ValueError):  # noqa: PT011 - every kind of it
        strict(line)
    assert code_of(built(line)) == "sync.damaged"


@pytest.mark.long
def test_many_random_damages_are_refused(package):
    chance = random.Random(11)
    for _ in range(200_000):
        changed = bytearray(package)
        for _ in range(chance.randint(1, 4)):
            at, length = chance.randrange(len(changed)), chance.choice((1, 1, 16, 512, 4096))
            changed[at : at + length] = chance.choice(
                (b"", bytes(length), chance.randbytes(length))
            )
        if bytes(changed) != package:
            code_of(bytes(changed))
