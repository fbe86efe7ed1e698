"""续打: after a full booklet the next one goes on, and nothing is entered twice."""

from __future__ import annotations

import pytest

from models.certificates.booklet_layout import (
    Layout,
    Place,
    Section,
)
from models.certificates.booklet_listing import booklet_rows
from models.certificates.booklet_marks import mark
from models.certificates.booklet_plans import plan_year
from models.certificates.gaps import gap_report
from models.certificates.issuing import void as void_certificate
from models.certificates.listing import life_of
from models.certificates.register import certificate_of, certificates
from models.certificates.replacing import replace, start_next
from models.certificates.trust import trust_of
from models.errors import UserError
from models.store.undo import undo
from tests.booklet_years import SMALL, standing, three, trained
from tests.certificates import booklets
from tests.stamped import DAY, YEAR, take_back

TINY = Layout(Section(4, 4, 3), Section(10, 10, 2))
"""A booklet that is full after three trainings."""
OPENED = DAY


@pytest.fixture
def people(office):
    return three(office)


def filled(office, people):
    """Booklets with a year in them and no room for its corrections."""
    ids = booklets(office, people)
    trained(office, people, 3)
    mark(office, plan_year(office, YEAR, TINY).run.id)
    take_back(office, people[0], "培训1")
    assert [one.name for one in plan_year(office, YEAR, TINY).full] == ["张三二"]
    return ids


def test_after_a_full_booklet_the_next_one_goes_on_and_nothing_is_entered_again(office, people):
    ids = filled(office, people)
    (new,) = start_next(office, ids[:1]).certificates
    old = certificate_of(office, ids[0])
    assert (old.status, old.void, old.continued_by) == ("已满", False, new.number)
    assert (new.status, new.continues_number, new.replaces) == ("有效", old.number, "")
    assert [one.what for one in life_of(office, old)] == ["发证", "已满，续发新册"]
    assert life_of(office, new)[0].what == "续册"
    (row,) = [one for one in booklet_rows(office, YEAR, TINY) if one.teacher_id == people[0]]
    assert (row.number, row.before, row.register) == (new.number, old.number, Place(4, 1))
    assert (row.printed, row.state) == (4, "printed")
    plan = plan_year(office, YEAR, TINY)
    assert (plan.lines, plan.full) == (1, ())
    assert standing(office, new.id) == [(4, 1, "correction", "培训1", "waiting")]
    assert not trust_of(office).is_revoked(old.number)
    assert gap_report(office).clean


def test_the_next_booklet_is_taken_back_as_one_step(office, people):
    ids = filled(office, people)
    done = start_next(office, ids)
    undo(office.store, done.operation.id)
    assert certificate_of(office, ids[0]).status == "有效"
    assert [one.status for one in certificates(office, ids=[c.id for c in done.certificates])] == [
        "作废"
    ] * 3
    (again,) = start_next(office, ids[:1]).certificates
    assert certificate_of(office, ids[0]).continued_by == again.number


def test_only_a_valid_booklet_that_nothing_goes_on_after_is_continued(office, people):
    ids = filled(office, people)
    (new,) = start_next(office, ids[:1]).certificates
    for refused, words in ((ids[0], f"已续为 {new.number}"), (ids[1], "已作废")):
        if refused == ids[1]:
            void_certificate(office, refused, "遗失")
        with pytest.raises(UserError, match=words):
            start_next(office, [refused])
    with pytest.raises(UserError, match=r"certificate\.continued"):
        replace(office, ids[0], "遗失")
    (found,) = replace(office, new.id, "新册遗失").certificates
    assert certificate_of(office, ids[0]).continued_by == found.number
    taken = void_certificate(office, ids[0], "旧册遗失")
    undo(office.store, taken.id)  # though the next one is valid: it does not replace it
    assert certificate_of(office, ids[0]).status == "已满"


def test_what_stands_in_another_valid_booklet_is_seen_in_the_list(office, people):
    """As when the data of two offices were brought together."""
    booklets(office, people)
    trained(office, people)
    mark(office, plan_year(office, YEAR, SMALL).run.id)
    booklets(office, people[:1], first=11)
    assert plan_year(office, YEAR, SMALL).run is None
    assert {one.state for one in booklet_rows(office, YEAR, SMALL)} == {"printed"}
