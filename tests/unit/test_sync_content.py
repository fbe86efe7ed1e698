"""What a package says to the exchange: read back as written, refused with one kind of error."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sync.content import (
    FORM,
    Said,
    header_of,
    lines_in,
    payload_of,
    said_in,
)
from models.sync.refusals import Refused

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)
KINDS = st.sampled_from(["leave", "guest", "setting", "o", "l", "r", "future", ""])


def test_what_is_written_is_read():
    said = Said("a" * 32, "b" * 32, "gap", "c" * 64, "d" * 32, 12, 3)
    assert said_in(header_of(said)) == said
    guest = {"id": "e" * 32, "name": "王芳", "sex": None}
    settings = {"ledger.steps": "approve"}
    told = {**settings, "office.name": "不是县里的规定"}
    lines = lines_in(payload_of(["f" * 32], [guest], told, ['["r","teacher"]']))
    assert lines.settings == settings
    assert (lines.leaves, lines.guests, lines.journal) == (
        ("f" * 32,), (guest,), ['["r","teacher"]'],
    )  # fmt: skip
    assert lines_in(b"").journal == []


def test_what_older_programs_did_not_say_is_empty_and_what_newer_ones_add_is_passed_over():
    assert said_in({"form": FORM}) == Said()
    assert said_in({"form": FORM, "moon": "full"}) == Said()
    assert lines_in(b'["weather", "rain"]\n["r", 1]').journal == ['["r", 1]']
    guest = json.dumps(["guest", {"id": "e" * 32, "id_number": "220282198506010011"}])
    assert lines_in(guest.encode()).guests == ({"id": "e" * 32},)


def test_a_newer_form_is_told_from_a_broken_one():
    with pytest.raises(Refused) as refused:
        said_in({"form": FORM + 1})
    assert refused.value.code == "sync.too_new"
    with pytest.raises(Refused) as refused:
        said_in({})
    assert refused.value.code == "sync.damaged"


@given(st.dictionaries(st.sampled_from([*header_of(Said()), "x"]), JSON))
def test_any_header_is_read_or_refused(header):
    try:
        said_in(header)
    except Refused:
        return


@given(st.lists(st.tuples(KINDS, JSON) | st.text(max_size=20), max_size=4), st.binary(max_size=3))
def test_any_payload_is_read_or_refused(lines, tail):
    texts = [one if isinstance(one, str) else json.dumps(one) for one in lines]
    try:
        lines_in("\n".join(texts).encode("utf-8", "surrogatepass") + tail)
    except Refused:
        return


def test_a_line_nested_too_deep_is_refused():
    with pytest.raises(Refused):
        lines_in(b'["leave", ' + b"[" * 100_000)
