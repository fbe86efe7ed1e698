"""What a school is told of the county's steps: no title that may name other schools' people.

The versions of a row travel with the operations that made them. An operation that also touched
rows the school does not have keeps its person, time and place; its title stays at home.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from models.store.database import Store
from models.store.sql import compose, joined, text
from models.store.wire_lines import json_line
from models.sync.membership import shared_tables

OURS, OTHERS = "县里的改动", "其他学校的改动"

_BEYOND = """SELECT o.id FROM json_each(:ids) AS w CROSS JOIN operation AS o ON o.id = w.value
WHERE o.site <> :receiver AND EXISTS (
    SELECT 1 FROM version AS v CROSS JOIN layout AS l ON l.id = v.layout
    WHERE v.operation = o.no AND l.tbl NOT IN ({shared})
    AND NOT EXISTS (SELECT 1 FROM slice AS s WHERE s.tbl = l.tbl AND s.row = v.row))"""
_OPERATION = '["o",'


def without_names(store: Store, lines: Iterable[str], receiver: str) -> Iterator[str]:
    """The lines, with the titles of such operations replaced; the slice must be gathered."""
    kept = list(lines)
    authors = {
        place: json.loads(line) for place, line in enumerate(kept) if line.startswith(_OPERATION)
    }
    ids = json.dumps([author["id"] for _, _, author in authors.values()])
    shared = joined(text(table) for table in shared_tables(store))
    given = {"ids": ids, "receiver": receiver}
    beyond = {row[0] for row in store.tuples(compose(_BEYOND, shared=shared), given)}
    for place, line in enumerate(kept):
        if place not in authors or authors[place][2]["id"] not in beyond:
            yield line
            continue
        kind, number, author = authors[place]
        author["title"] = OURS if author["site"] == store.site else OTHERS
        yield json_line([kind, number, author])
