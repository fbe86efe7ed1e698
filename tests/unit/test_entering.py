"""What a booklet lacks: each line once, corrections beside it, nothing twice."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from models.certificates.entering import Entered, due, said

TITLES = st.lists(st.sampled_from("甲乙丙"), max_size=5)


def line(title, entry=1):
    return {"entry_id": entry, "title": title}


def enter(entered, found):
    """The booklet after all that was due was entered."""
    return [
        *entered,
        *(Entered(one) for one in (*found.register, *found.added)),
        *(Entered(one, takes_back=True) for one in found.removed),
    ]


def test_at_first_all_that_was_stamped_is_due():
    found = due([line("甲"), line("乙", 2)], [line("甲"), line("乙", 2)], [])
    assert (len(found.register), found.added, found.removed) == (2, (), ())


def test_what_was_taken_back_since_is_entered_and_taken_back():
    found = due([line("甲")], [line("乙", 2)], [])
    assert [one["title"] for one in found.register] == ["甲"]
    assert [one["title"] for one in found.added] == ["乙"]
    assert [one["title"] for one in found.removed] == ["甲"]


def test_another_entry_that_says_the_same_is_nothing_new():
    found = due([line("甲")], [line("甲", 7)], [Entered(line("甲"))])
    assert found == due([], [], [])


def test_two_trainings_that_read_alike_are_two_lines():
    two = [line("甲"), line("甲", 2)]
    assert len(due(two, two, []).register) == 2
    assert len(due(two, two, [Entered(two[0])]).register) == 1


def ledger(titles, first):
    """Entries of their own, each another."""
    return [line(title, n) for n, title in enumerate(titles, start=first)]


@given(TITLES, TITLES, TITLES, st.integers(0, 5))
def test_once_entered_the_booklet_says_what_the_ledger_says_and_nothing_is_due(
    one, now, later, kept
):
    frozen, first = ledger(one, 1), ledger(now, 11)
    entered = enter([], due(frozen, [*frozen[:kept], *first], []))
    assert due(frozen, [*frozen[:kept], *first], entered) == due([], [], [])
    second = [*first[:kept], *ledger(later, 21)]
    entered = enter(entered, due(frozen, second, entered))
    assert due(frozen, second, entered) == due([], [], [])
    net = Counter()
    for found in entered:
        net[said(found.facts)] += -1 if found.takes_back else 1
    assert +net == Counter(map(said, second))
    assert min(net.values(), default=0) >= 0
    keys = [(found.facts["entry_id"], found.takes_back) for found in entered]
    assert len(keys) == len(set(keys))
