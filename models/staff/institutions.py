"""Institutions as lists and cards show them, and what the clerk does with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.entities.describe import columns
from models.entities.display import show
from models.errors import UserError
from models.office.context import Office
from models.staff.institution_records import Institution
from models.store.operations import Operation
from models.text.labels import tidy_label

STORED = tuple(
    name
    for described in columns(Institution)
    for name in (("parent_id", "parent_reported") if described == "parent" else (described,))
)
_SHOWN = tuple(
    "COALESCE(p.name, i.parent_reported) AS parent" if name == "parent" else f"i.{name} AS {name}"
    for name in columns(Institution)
)
_SELECT = f"""
SELECT i.id AS id, {", ".join(_SHOWN)},
    (SELECT COUNT(*) FROM teacher AS t WHERE t.school_id = i.id) AS teachers
FROM institution AS i LEFT JOIN institution AS p ON p.id = i.parent_id
"""  # noqa: S608 - column names of our own description


@dataclass(frozen=True, slots=True)
class InstitutionRow:
    """One institution as text, with the number of its teachers."""

    id: str
    shown: Mapping[str, str]
    teachers: int


@dataclass(frozen=True, slots=True)
class InstitutionChange:
    """What to write of one institution; ``new`` where the list does not have it yet."""

    id: str
    values: Mapping[str, object]
    new: bool = False


def institution_rows(office: Office, query: str = "") -> list[InstitutionRow]:
    """All institutions whose name, short name, district or tutor holds the query, by name."""
    wanted = tidy_label(query)
    rows = [
        InstitutionRow(row["id"], shown_institution(office, dict(row)), row["teachers"])
        for row in office.store.query(_SELECT + " ORDER BY i.name, i.id")
    ]
    if not wanted:
        return rows
    return [
        row
        for row in rows
        if any(
            wanted in tidy_label(row.shown[name])
            for name in ("name", "short_name", "district", "tutor", "station")
        )
    ]


def institution_names(office: Office) -> dict[str, str]:
    """Identity to name of every institution."""
    return {row[0]: row[1] for row in office.store.query("SELECT id, name FROM institution")}


def stored_institutions(office: Office) -> dict[str, dict[str, object]]:
    """The stored values of all institutions by identity."""
    return {row["id"]: dict(row) for row in office.store.query("SELECT * FROM institution")}


def shown_institution(office: Office, stored: Mapping[str, object]) -> dict[str, str]:
    """One institution's values as text by field."""
    return {
        name: show(column, stored[name], office.codes)
        for name, column in columns(Institution).items()
    }


def write_institutions(office: Office, changes: Sequence[InstitutionChange]) -> None:
    """Write many institutions; call it inside an operation."""
    rows = [
        (change.id, *(change.values.get(name) for name in STORED))
        for change in changes
        if change.new
    ]
    office.store.insert("institution", ("id", *STORED), rows)
    for change in changes:
        if not change.new:
            _update(office, change.id, change.values)


def save_institution(
    office: Office, institution_id: str | None, values: Mapping[str, object]
) -> Operation:
    """Enter a new institution or change a known one, as one undoable step.

    Raises:
        UserError: a new institution without name, or with the name of a known one.
    """
    name = str(values.get("name") or "")
    if institution_id is None and not name:
        raise UserError("staff.no_institution_name", "机构名称是空的。", "请填写机构全称。")
    same = office.store.value("SELECT id FROM institution WHERE name = ?", (name,))
    if same is not None and same != institution_id:
        raise UserError(
            "staff.known_institution", f"机构“{name}”已在库。", "请直接修改已有的机构。"
        )
    verb = "新增机构" if institution_id is None else "修改机构"
    shown = name or str(
        office.store.value("SELECT name FROM institution WHERE id = ?", (institution_id,))
    )
    with office.store.operation("staff.save_institution", f"{verb} {shown}") as operation:
        identity = institution_id or office.store.ids.new_id()
        change = InstitutionChange(identity, values, new=institution_id is None)
        write_institutions(office, [change])
    return operation


def add_alias(office: Office, institution_id: str, alias: str) -> Operation:
    """Remember another name an institution goes by, so that nobody is asked twice."""
    with office.store.operation("staff.add_alias", f"记住机构别名“{alias}”") as operation:
        office.store.insert(
            "institution_alias",
            ("id", "institution_id", "alias"),
            [(office.store.ids.new_id(), institution_id, alias)],
        )
    return operation


def delete_institution(office: Office, institution_id: str) -> Operation:
    """Take an institution out of the list; undo brings it back.

    Raises:
        UserError: teachers or other institutions belong to it, or teams, pairs, titles, surveys and
            the like name it.
    """
    row = office.store.one(_SELECT + " WHERE i.id = ?", (institution_id,))
    if row is None:
        raise UserError("staff.no_such_institution", "这个机构已不在库中。", "请刷新列表。")
    if row["teachers"]:
        raise UserError(
            "staff.institution_in_use",
            f"“{row['name']}”还有 {row['teachers']} 名教师，不能删除。",
            "学校撤并请用“合并或撤销”，教师和历史都会保留。",
        )
    title = f"删除机构 {row['name']}"
    try:
        with office.store.operation("staff.delete_institution", title) as operation:
            office.store.execute("DELETE FROM institution WHERE id = ?", (institution_id,))
    except sqlite3.IntegrityError as error:
        raise UserError(
            "staff.institution_named",
            f"“{row['name']}”已用在下属机构、培训、团队、结对、称号或调查表的记录里，不能删除。",
            "学校撤并请用“合并或撤销”，历史都会保留。",
        ) from error
    return operation


def _update(office: Office, identity: str, values: Mapping[str, object]) -> None:
    if not values:
        return
    assignments = ", ".join(f"{name} = ?" for name in values)
    office.store.execute(
        f"UPDATE institution SET {assignments} WHERE id = ?",  # noqa: S608 - our own columns
        (*values.values(), identity),
    )
