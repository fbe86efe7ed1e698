"""Conflicts as the office stores them, as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping

from models.office.context import Office
from models.store.conflicts import DELETED, Conflict, Held, conflicts, newest_held
from models.store.conflicts import Side as StoredSide
from models.store.wire import Value
from models.sync.choices import held
from models.sync.roster import own, site_of
from models.sync.slices import TEACHER
from ui.desktop.pages.sync.shown import ConflictLine, Side
from ui.desktop.tasks.field_titles import column_of
from ui.desktop.tasks.field_values import Reading, reading_of, shown

HELD = "held"
"""The key of the only side of what was held: let it in."""
GONE = "已删除"
NAMELESS = "（没有名称）"
UNKNOWN_SITE = "其他电脑"


def conflict_lines(office: Office) -> list[ConflictLine]:
    """Every conflict that waits for a person."""
    reading = reading_of(office)
    torn = [_line(reading, one) for one in conflicts(office.store)]
    return torn + [_held(reading, one) for one in held(office)]


def site_name(office: Office, site_id: str) -> str:
    """What the page calls the copy of the program something was done in."""
    if site_id == own(office):
        return "本校" if office.identity.level == "school" else "县里"
    found = site_of(office, site_id)
    if found is None:
        return UNKNOWN_SITE
    return "县里" if found.kind == "county" else found.name


def _line(reading: Reading, one: Conflict) -> ConflictLine:
    before = _values(reading, one.table, one.base)
    sides = [_side(reading, one, side, before) for side in one.sides]
    told = {title for side in sides for title, _ in side.values}
    fields = "、".join(list(dict.fromkeys(title for side in sides for title, _ in side.values))[:3])
    return ConflictLine(
        id=one.id,
        record=one.caption or NAMELESS,
        kind=one.label,
        field="删除还是保留" if one.kind == DELETED else fields,
        at=max((_moment(side.author.at) for side in one.sides), default=""),
        before=[(title, value) for title, value in before.items() if title in told],
        sides=sides,
        row=one.row if one.table == TEACHER and one.kind != DELETED else "",
    )


def _held(reading: Reading, one: Held) -> ConflictLine:
    """What was received and not let in: one side, to be let in or left."""
    said = [("为什么暂存", one.sentence)]
    newest = newest_held(reading.office.store, one.id)
    if newest is None:
        side = Side(HELD, said, "", "", "暂存")
    else:
        values = _values(reading, one.table, newest.values) if newest.values else {"": GONE}
        author = newest.author
        where = site_name(reading.office, author.site)
        shown_now = [*said, *values.items()]
        side = Side(HELD, shown_now, author.person, _moment(author.at), where, trusted=False)
    return ConflictLine(
        one.id, one.caption or NAMELESS, one.label, "暂存待查", "", (), (side,), held=True
    )


def _side(reading: Reading, one: Conflict, side: StoredSide, before: Mapping[str, str]) -> Side:
    values = _values(reading, one.table, side.values)
    alike = _alike(reading, one)
    told = [(title, value) for title, value in values.items() if title not in alike]
    if not side.values:
        told = [("", GONE)]
    elif not told:
        told = [(title, value) for title, value in values.items() if before.get(title) != value]
    return Side(
        key=str(side.vid),
        values=told,
        person=side.author.person,
        at=_moment(side.author.at),
        site=site_name(reading.office, side.author.site),
        shown=side.shown,
        trusted=side.mine,
    )


def _alike(reading: Reading, one: Conflict) -> frozenset[str]:
    """The fields in which all sides that hold the row agree; nobody has to choose there."""
    held = [_values(reading, one.table, side.values) for side in one.sides if side.values]
    if len(held) < 2:
        return frozenset()
    first, *rest = held
    return frozenset(
        title for title, value in first.items() if all(one.get(title) == value for one in rest)
    )


def _values(reading: Reading, table: str, stored: Mapping[str, Value]) -> dict[str, str]:
    """What a person reads of a row's values, by the titles of its fields."""
    found: dict[str, str] = {}
    for name, value in stored.items():
        column = column_of(table, name)
        if column is not None:
            found[column.title] = shown(reading, name, column, value)
    return found


def _moment(at: str) -> str:
    return at[:16].replace("T", " ")
