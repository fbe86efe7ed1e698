"""Rooms, seat numbers and admission numbers as people write them."""

from __future__ import annotations

import pytest

from models.errors import UserError
from models.exams.numbering import admission_no, check_rule, goes_by_seat, usual_rule
from models.exams.records import Room
from models.exams.rooms import read_lanes, read_seats, seat_rules, write_lanes, write_seats

PLACES = {"region": "220282", "year": "2025", "month": "12", "exam": "3", "code": "2025-12"}


@pytest.mark.parametrize(
    ("text", "lanes"),
    [
        ("8、7、7、8", (8, 7, 7, 8)),
        ("8 7,7，8", (8, 7, 7, 8)),
        ("4×8", (8, 8, 8, 8)),
        ("２x１５", (15, 15)),
        ("30", (30,)),
        ("2*5、6", (5, 5, 6)),
    ],
)
def test_columns_are_read_as_people_write_them(text, lanes):
    assert read_lanes(text) == lanes
    assert read_lanes(write_lanes(lanes)) == lanes


@pytest.mark.parametrize("text", ["", "八", "8、0", "600", "-3", "999999×9"])
def test_columns_that_cannot_be_are_refused(text):
    with pytest.raises(UserError, match=r"exam\.lanes"):
        read_lanes(text)


def test_seat_numbers_are_read_singly_and_as_ranges():
    assert read_seats("1、3-5 ９") == (1, 3, 4, 5, 9)
    assert read_seats(" ") == ()
    assert read_seats(write_seats((2, 7))) == (2, 7)
    for text in ("一", "3-", "1-99999"):
        with pytest.raises(UserError, match=r"exam\.seat_numbers"):
            read_seats(text)


def test_a_room_gives_its_seats_but_those_left_empty():
    room = Room(number=1, name="三年一班", lanes=(2, 3), left_empty=(2, 4))
    assert room.seats == (1, 3, 5)


def test_the_usual_number_has_year_exam_room_and_seat():
    check_rule(usual_rule())
    assert admission_no(usual_rule(), PLACES, 12, 5, 345) == "20250301205"
    assert goes_by_seat(usual_rule())


def test_a_number_may_count_through_instead():
    rule = "{region}{month}{seq:04d}"
    check_rule(rule)
    assert admission_no(rule, PLACES, 12, 5, 345) == "220282120345"
    assert not goes_by_seat(rule)


@pytest.mark.parametrize(
    "rule",
    ["", "{year}{room}", "{year}{seat}", "{seq", "{kind}{seq}", "{seq!r}", "{year:03d}{seq}"],
)
def test_a_rule_that_cannot_tell_people_apart_is_refused(rule):
    with pytest.raises(UserError, match=r"exam\.admission_rule"):
        check_rule(rule)


def test_the_shipped_rules_part_schools_before_subjects():
    rules = seat_rules()
    assert rules.lanes == (8, 7, 7, 8)
    assert list(rules.apart) == ["school", "subject"]
    assert rules.apart["school"] > rules.apart["subject"]
