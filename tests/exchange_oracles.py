"""What must be true of copies that have told each other everything.

The oracles read the journals as plain rows and know nothing of how they are merged: all copies
hold the same and show the same; a unit's heads are exactly the versions nobody replaced; different
heads are listed as a conflict, equal ones are not; a row is there exactly if a version was seen by
no deletion, or another row needs it.
"""

from __future__ import annotations

import json

from models.store.check import check
from models.store.conflicts import conflicts, held
from tests.copies import versions_of
from tests.stores import LATER, contents

UNITS = {one.table: one.units for one in LATER}
REFERENCES = (
    ("teacher", "school_id", "school"),
    ("school", "parent_id", "school"),
    ("post", "teacher_id", "teacher"),
    ("entry", "teacher_id", "teacher"),
)


def all_are_equal(stores):
    first, *others = stores
    for other in others:
        assert versions_of(other) == versions_of(first)
        assert contents(other) == contents(first)
        assert ids(conflicts(other)) == ids(conflicts(first))
        assert held(other) == held(first) == []


def is_whole(store):
    """The file is as its versions say, read without the program's help."""
    report = check(store)
    assert report.ok, report.findings
    rows = contents(store)
    expected = {}
    for key, versions in by_row(versions_of(store)).items():
        lives, heads, deleted = stands(key[0], versions)
        assert (key in rows) == (lives or needed(rows, *key))
        if key in rows:
            expected |= waiting(key, rows[key], heads, deleted)
    listed = {(one.table, one.row, one.unit): one for one in conflicts(store)}
    assert listed.keys() == expected.keys()
    for key, values in expected.items():
        if key[2] != "-":
            sides = {json.dumps(list(side.values.values())) for side in listed[key].sides}
            assert sides == values


def waiting(key, row, heads, deleted):
    """What must be listed as a conflict of a row that is there."""
    found = {(*key, "-"): set()} if deleted else {}
    for unit, values in heads.items():
        assert [row[column] for column in UNITS[key[0]][unit]] in values
        told_apart = {json.dumps(one) for one in values}
        if len(told_apart) > 1:
            found[*key, unit] = told_apart
    return found


def needed(rows, table, row):
    return any(
        values[column] == row
        for (child, _), values in rows.items()
        for one, column, parent in REFERENCES
        if one == child and parent == table
    )


def ids(found):
    return [(one.id, one.kind, [side.vid for side in one.sides]) for one in found]


def by_row(versions):
    rows = {}
    for (table, row, vid), version in versions.items():
        rows.setdefault((table, row), {})[vid] = version
    return rows


def ancestors(versions, vid):
    found, rest = set(), [vid]
    while rest:
        for parent in versions[rest.pop()][1]:
            if parent not in found:
                found.add(parent)
                rest.append(parent)
    return found


def stands(table, versions):
    """Whether the row lives; unit to the values of its heads; whether a deletion is open."""
    if table == "entry":
        return True, {}, False
    above = {vid: ancestors(versions, vid) for vid in versions}
    replaced = set().union(*above.values())
    leaves = [versions[vid][0] for vid in versions if vid not in replaced]
    heads = {}
    for place, (unit, columns) in enumerate(UNITS[table].items()):
        speak = [vid for vid, (kind, _, _) in versions.items() if kind in {unit, "*"}]
        top = [vid for vid in speak if not any(vid in above[other] for other in speak)]
        heads[unit] = [said(versions[vid], place) for vid in top]
        assert all(len(values) == len(columns) for values in heads[unit])
    return any(kind != "-" for kind in leaves), heads, "-" in leaves


def said(version, place):
    """The values of a unit; a birth before there was that unit says nothing in it."""
    kind, _, vals = version
    if kind != "*":
        return json.loads(vals)
    return [*json.loads(vals), [None]][place]


def cells(vals):
    """Every value of a version, as JSON."""
    loaded = json.loads(vals) if vals else []
    flat = [one for each in loaded for one in (each if isinstance(each, list) else [each])]
    return set(map(json.dumps, flat))
