"""Which title counts when: terms, states, and the highest title through the days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from models.mentoring.kinds import read_kinds
from models.teams.kinds import team_rules
from models.titles.batches import people_for, shared
from models.titles.checking import full_years
from models.titles.kinds import title_rules
from models.titles.terms import Span, end_of_term, highest, state_on, timeline, until

TODAY = "2025-09-20"
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31)).map(date.isoformat)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A span that begins before it ends."""
    start = draw(st.none() | DAYS)
    lasts = draw(st.none() | st.integers(1, 4000))
    first = date.fromisoformat(start or "2015-01-01")
    end = None if lasts is None else (first + timedelta(days=lasts)).isoformat()
    rank = draw(st.integers(0, 3))
    return Span(f"c{rank}", (rank, 0), start, end)


def test_a_term_ends_the_day_before_it_began() -> None:
    """Three years from 1 September end on 31 August; leap days do not matter."""
    assert end_of_term("2025-09-01", 3) == "2028-08-31"
    assert end_of_term("2024-02-29", 3) == "2027-02-28"
    assert end_of_term("2024-02-29", 4) == "2028-02-28"
    assert end_of_term("2025-09-01", 0) is None


def test_the_first_day_without_it() -> None:
    """The day after the term, or the day of the end, whichever comes first."""
    assert until("2025-08-31", None, None) == "2025-09-01"
    assert until("2025-08-31", "2025-03-01", "withdrawn") == "2025-03-01"
    assert until(None, None, None) is None
    assert until("2025-08-31", "2025-03-01", "mistaken") == ""


def test_states_of_a_day() -> None:
    """Coming, valid up to the last day, lapsed the day after; ended from the day on."""
    term = ("2025-08-31", None, None)
    assert [state_on(day, "2022-09-01", term) for day in ("2022-08-31", "2025-08-31", "2025-09-01")
            ] == ["coming", "valid", "lapsed"]  # fmt: skip
    ended = ("2025-08-31", "2024-01-01", "withdrawn")
    assert state_on("2023-12-31", "2022-09-01", ended) == "valid"
    assert state_on("2024-01-01", "2022-09-01", ended) == "withdrawn"
    assert state_on("2022-12-31", "2022-09-01", ("", "2024-01-01", "mistaken")) == "mistaken"


@given(st.lists(spans(), max_size=6))
def test_the_timeline_says_the_highest_title_of_every_day(given_spans: list[Span]) -> None:
    """Periods follow each other without gap, and each day has the highest title that holds."""
    line = timeline(given_spans, TODAY)
    begun = [one for one in given_spans if (one.starts_on or "") <= TODAY]
    assert bool(line) == bool(begun)
    for one, after in pairwise(line):
        assert one.until == after.starts_on
        assert one.code != after.code
    edges = {TODAY, *(one.starts_on for one in given_spans), *(one.until for one in given_spans)}
    for day in {"2014-01-01", *edges} - {None}:
        assert day is not None
        if line and day <= TODAY:
            (held,) = [one.code for one in line if one.covers(day)]
            assert held == (highest(given_spans, day) or "")
    assert timeline(list(reversed(given_spans)), TODAY) == line


@given(st.integers(0, 500), st.dictionaries(st.text("abc", min_size=1), st.integers(0, 90)))
def test_a_total_is_shared_exactly(total: int, weights: dict[str, int]) -> None:
    """Nothing is lost, nobody is a whole place away from the exact share, order does not matter."""
    found = shared(total, weights)
    whole = sum(weights.values())
    if not whole:
        assert found == {}
        return
    assert sum(found.values()) == total
    assert all(abs(found[one] - total * weight / whole) < 1 for one, weight in weights.items())
    assert shared(total, dict(reversed(weights.items()))) == found


def test_percentages_are_rounded_up_to_people() -> None:
    """15 % of 101 are sixteen people; exactly 15 of 100 are fifteen."""
    ratio = title_rules().ratios_for("220282")
    assert [str(one.percent) for one in ratio] == ["15", "5"]
    assert [people_for(ratio[0].percent, people) for people in (0, 100, 101)] == [0, 15, 16]
    assert [one.key for one in title_rules().ratios_for("419001")] == ["city-15"]
    assert title_rules().ratios_for("110101") == ()


def test_full_years_of_service() -> None:
    """Counted from the month of starting work; a year alone is its January."""
    assert full_years("2015-09", date(2025, 8, 31)) == 9
    assert full_years("2015-09", date(2025, 9, 1)) == 10
    assert full_years("2015", date(2025, 1, 1)) == 10


def test_titles_stand_at_the_same_level_wherever_rules_speak_of_them() -> None:
    """Pairs and teams name the codes of titles too; who is in post is said alike."""
    rules = title_rules()
    levels = {code: level for one in rules.kinds for level, code in one.levels.items() if code}
    for level in read_kinds().levels:
        assert {levels[code] for code in level.codes} == {level.id}
    order = [one.key for one in rules.levels]
    for standing, lowest in (("senior", "city"), ("titled", "county")):
        found = {levels[code] for code in team_rules().standings[standing].codes}
        assert max(map(order.index, found)) == order.index(lowest)
    assert team_rules().away == rules.not_teaching
