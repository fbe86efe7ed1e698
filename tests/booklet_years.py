"""Teachers trained and stamped for a year, and what then stands in their booklets."""

from __future__ import annotations

from models.certificates.booklets import lines_of
from tests.stamped import stamp_all, train


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
