"""What a registered site writes into the papers of a package: taken, or refused, never a crash."""

from __future__ import annotations

import random

import pytest

from models.errors import UserError
from models.store.check import check
from models.sync.enrolment import invite
from models.sync.envelope import Facts, seal
from models.sync.losses import change_keys
from models.sync.own_keys import own_keys
from models.sync.papers import papers_for
from models.sync.post import learn, readmit, unpack
from models.sync.refusals import Refused
from models.sync.roster import own, site_of, sites
from tests.enrolled import cheap_codes, joined, letter, make_pair
from tests.spoiling import changed

CASES = 250


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        cheap_codes(patch)
        found = make_pair(tmp_path_factory.mktemp("pair"))
        change_keys(found.county, "换钥")
        change_keys(found.school, "换钥")
        yield found
        found.close()


@pytest.mark.parametrize("side", ["school", "county"])
@pytest.mark.parametrize("cases", [CASES, pytest.param(50_000, marks=pytest.mark.long)])
def test_spoilt_papers_are_refused_or_change_nothing_wrong(pair, side, cases):
    sender = getattr(pair, side)
    receiver = pair.county if side == "school" else pair.school
    mine, reader = own_keys(sender), own_keys(receiver).public
    papers = papers_for(sender, mine, site_of(sender, own(receiver)))
    chance = random.Random(3)
    honest = seal(b"", facts_with(sender, receiver, papers), mine, reader)
    before, real = site_of(receiver, own(sender)).keys, mine.public
    seen = set()
    for _ in range(cases):
        content = seal(b"", facts_with(sender, receiver, changed(papers, chance)), mine, reader)
        seen.add(outcome(receiver, content, honest, own(sender)))
    assert seen == {"refused", real.key_id}
    assert site_of(receiver, own(sender)).keys == before
    assert check(receiver.store).ok


def facts_with(sender, receiver, papers):
    return Facts(own(sender), own(receiver), 1, "e" * 32, "", papers=papers)


def outcome(receiver, content, honest, site):
    """What one spoilt package led to; nothing of it is kept, and honest ones still come through."""
    keys = "refused"
    try:
        opened = unpack(receiver, content)
        with receiver.store.operation("sync.read", "读入"):
            learn(receiver, opened)
            keys = site_of(receiver, site).keys.key_id
            unpack(receiver, honest)
            take_back()
    except Refused as refusal:
        assert keys == "refused" or refusal.code == "test"  # noqa: PT017
    return keys


def take_back():
    raise Refused("test", "nothing is kept")


def test_spoilt_certificates_readmit_nobody(pair, tmp_path, monkeypatch):
    """A school of another county, with that county's certificate and spoilt ones of it."""
    cheap_codes(monkeypatch)
    other = make_pair(tmp_path)
    chance = random.Random(5)
    mine = own_keys(other.school)
    papers = papers_for(other.school, mine, site_of(other.school, own(other.county)))
    for number in range(60):
        said = changed(papers, chance) if number else papers
        facts = Facts(own(other.school), own(pair.county), 1, "e" * 32, "", papers=said)
        content = seal(b"", facts, mine, own_keys(pair.county).public)
        with pytest.raises(UserError):
            readmit(pair.county, content)
    assert [one.id for one in sites(pair.county)] == [own(pair.school)]
    other.close()


def test_another_countys_packages_are_unknown(pair, tmp_path, monkeypatch):
    cheap_codes(monkeypatch)
    other = make_pair(tmp_path)
    facts = Facts(own(other.county), own(pair.school), 1, "e" * 32, "")
    content = seal(b"", facts, own_keys(other.county), own_keys(pair.school).public)
    with pytest.raises(Refused) as caught:
        unpack(pair.school, content)
    assert caught.value.code == "sync.unknown_sender"
    made = invite(other.county, other.institution, again="换电脑")
    new = joined(tmp_path, made, "new/s.db")
    with pytest.raises(Refused) as caught:
        unpack(pair.county, letter(new, own(other.county)))
    assert caught.value.code == "sync.not_for_us"
    new.store.close()
    other.close()
