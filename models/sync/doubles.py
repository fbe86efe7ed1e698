"""What two who were apart entered twice: a person, a number, an enrolment, a visit.

Each copy lets both in, or copies would never become alike; a person is told and keeps one.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from models.store.database import Store
from models.store.sql import compose, name

_ALL, _AMONG = "{table} AS n", "json_each(?) AS w CROSS JOIN {table} AS n ON n.id = w.value"
_PERSON = """SELECT n.id, o.id, n.name, o.name FROM {source}
JOIN teacher AS o ON o.id_number = n.id_number AND o.id <> n.id WHERE n.id_number <> ''"""
_NUMBER = """SELECT n.id, o.id, n.name, o.name, n.teacher_no FROM {source}
JOIN teacher AS o ON o.teacher_no = n.teacher_no AND o.id <> n.id"""
_ENROLLED = """SELECT n.id, o.id, t.name, c.title FROM {source}
JOIN enrolment AS o ON o.course_id = n.course_id AND o.teacher_id = n.teacher_id AND o.id <> n.id
JOIN teacher AS t ON t.id = n.teacher_id JOIN course AS c ON c.id = n.course_id
WHERE COALESCE(n.state, '') <> 'replaced' AND COALESCE(o.state, '') <> 'replaced'"""
_CODE = """SELECT n.id, o.id, n.title, o.title, n.code FROM {source}
JOIN course AS o ON o.code = n.code AND o.id <> n.id"""
_VISIT = """SELECT n.id, o.id, m.name, e.name, n.held_on FROM {source}
JOIN pair_visit AS o ON o.pair_id = n.pair_id AND o.held_on = n.held_on AND o.kind = n.kind
    AND o.id <> n.id
JOIN pair AS p ON p.id = n.pair_id
JOIN teacher AS m ON m.id = p.mentor_id JOIN teacher AS e ON e.id = p.mentee_id"""

_ASKED = (
    ("teacher", _PERSON, "“{0}”和“{1}”的证件号相同，名册里有两条；请核对，只留一条。"),
    ("teacher", _NUMBER, "“{0}”和“{1}”的教师编号都是 {2}；请给其中一人另编一个。"),
    ("enrolment", _ENROLLED, "“{0}”在“{1}”里报了两次名；请退掉其中一次。"),
    ("pair_visit", _VISIT, "“{0}”和“{1}”{2} 的同类活动登记了两次；是同一次的请删去一次。"),
    ("course", _CODE, "“{0}”和“{1}”的课程编号都是 {2}；请给其中一门另编一个。"),
)


@dataclass(frozen=True, slots=True)
class Double:
    """Two rows that should be one, or bear one number.

    Attributes:
        table: where they stand.
        rows: their identities, in order.
        sentence: what it is and what to do.
    """

    table: str
    rows: tuple[str, str]
    sentence: str


def doubles(store: Store, among: Collection[str] | None = None) -> list[Double]:
    """Every pair, or those in which one of these rows has a part."""
    given = () if among is None else (json.dumps(sorted(among)),)
    found: dict[tuple[str, str, str], Double] = {}
    for table, template, sentence in _ASKED:
        source = compose(_ALL if among is None else _AMONG, table=name(table))
        for row in store.tuples(compose(template, source=source), given):
            one, other = sorted(row[:2])
            told = Double(table, (one, other), sentence.format(*row[2:]))
            found.setdefault((template, one, other), told)
    return list(found.values())
