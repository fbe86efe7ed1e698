"""Teachers trained and stamped for a year, and what then stands in their booklets."""

from __future__ import annotations

from models.certificates.booklet_layout import Layout, Section
from models.certificates.booklets import lines_of
from tests.people import school, teachers
from tests.stamped import stamp_all, train

SMALL = Layout(Section(4, 6, 3), Section(10, 11, 2))


def three(office):
    """Three teachers of one school, by their pinyin: 二, 三, 一."""
    one, two, other = teachers(office, school(office, "桦甸市第四中学"), 3, work_start="2001-08")
    return [two, other, one]


def trained(office, people, count=2):
    for one in people:
        for n in range(count):
            train(office, one, "24" if n < 2 else "3", f"培训{n + 1}")
    return stamp_all(office)


def standing(office, booklet):
    return [
        (one.page, one.line, one.source, one.title, one.outcome)
        for one in lines_of(office, certificate_id=booklet)
        if one.outcome != "given_up"
    ]
