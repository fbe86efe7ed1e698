"""A list of people as somebody wrote it: whom each line means, never guessed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.certificates.facts import FactReader
from models.certificates.kinds import PERSON_FIELDS, Kind, kind_named, list_entity
from models.certificates.wishes import Holder
from models.entities.cells import Raw
from models.entities.cleaning import Cleaned, Context, clean_row
from models.entities.problems import Severity
from models.office.context import Office
from models.staff.directory import Directory, read_directory

_LISTED = 4
_BY_NO = "SELECT {columns} WHERE t.teacher_no IN (SELECT value FROM json_each(:wanted))"
_BY_ID_NUMBER = "SELECT {columns} WHERE t.id_number IN (SELECT value FROM json_each(:wanted))"
_BY_NAME = "SELECT {columns} WHERE t.name IN (SELECT value FROM json_each(:wanted))"
_COLUMNS = """t.id, t.teacher_no, t.name, t.id_number, t.school_id,
    COALESCE(i.name, t.school_reported, '单位不详') AS school
FROM teacher AS t LEFT JOIN institution AS i ON i.id = t.school_id"""


@dataclass(frozen=True, slots=True)
class LineProblem:
    """Why a line of a list was not taken: its row number, and a sentence."""

    row: int
    message: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a list brought.

    Attributes:
        holders: those who were understood, in the order of the lines.
        rows: the row number of each of them.
        problems: the lines that were not taken.
    """

    holders: tuple[Holder, ...]
    rows: tuple[int, ...]
    problems: tuple[LineProblem, ...]


def holders_from_rows(
    office: Office, kind: str, rows: Iterable[tuple[int, Mapping[str, Raw]]]
) -> Gathered:
    """The holders that the lines of a list mean.

    A person is known by ID number, by teacher number, or by name with the school; a name that the
    whole register has once is enough. A line without a person means the institution it names, if
    institutions can hold the kind.

    Args:
        office: the office.
        kind: key of the kind.
        rows: number of each row, and its raw cells by field of ``list_entity(kind)``.

    Raises:
        UserError: no such kind.
    """
    found = kind_named(kind)
    entity = list_entity(found.key)
    context = Context(codes=office.codes, today=office.store.clock.today())
    lines = [
        (row, raw, clean_row(entity, {k: v for k, v in raw.items() if k in PERSON_FIELDS}, context))
        for row, raw in rows
    ]
    people = _People(office, found, [one.values for _, _, one in lines])
    reader = FactReader(office, found)
    holders: list[Holder] = []
    taken: list[int] = []
    problems: list[LineProblem] = []
    for row, raw, cleaned in lines:
        facts, troubles = reader.read({k: v for k, v in raw.items() if k not in PERSON_FIELDS})
        holder = people.meant(cleaned, troubles)
        if holder is None or troubles:
            problems.append(LineProblem(row, "；".join(troubles)))
        else:
            holders.append(Holder(holder.teacher_id, holder.institution_id, facts))
            taken.append(row)
    return Gathered(tuple(holders), tuple(taken), tuple(problems))


class _People:
    """The teachers and institutions that a list may mean, read at once."""

    def __init__(self, office: Office, kind: Kind, lines: Sequence[Mapping[str, Any]]) -> None:
        self._kind = kind
        self._by_no = self._read(office, _BY_NO, lines, "teacher_no")
        self._by_id_number = self._read(office, _BY_ID_NUMBER, lines, "id_number")
        self._by_name = self._read(office, _BY_NAME, lines, "name")
        self._directory: Directory = read_directory(office)

    def _read(
        self, office: Office, sql: str, lines: Sequence[Mapping[str, Any]], field: str
    ) -> Mapping[str, list[Mapping[str, Any]]]:
        wanted = sorted({str(one[field]) for one in lines if one.get(field)})
        found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        statement = sql.replace("{columns}", _COLUMNS)
        for row in office.store.query(statement, {"wanted": json.dumps(wanted)}):
            found[row[field]].append(dict(row))
        return found

    def meant(self, line: Cleaned, troubles: list[str]) -> Holder | None:
        """Whom a line means; None where that cannot be told, with the reason in ``troubles``."""
        troubles.extend(one.message for one in line.problems if one.severity is Severity.REFUSE)
        values = line.values
        if values.get("id_number"):
            return self._one(self._by_id_number, "身份证号", values, "id_number", troubles)
        if values.get("teacher_no"):
            return self._one(self._by_no, "教师编号", values, "teacher_no", troubles)
        if values.get("name"):
            return self._named(str(values["name"]), str(values.get("school") or ""), troubles)
        return self._institution(str(values.get("school") or ""), troubles)

    def _one(
        self,
        people: Mapping[str, list[Mapping[str, Any]]],
        title: str,
        values: Mapping[str, Any],
        field: str,
        troubles: list[str],
    ) -> Holder | None:
        found = people.get(str(values[field]), [])
        if len(found) != 1:
            told = "名册中没有这个" if not found else f"名册中有 {len(found)} 人用这个"
            troubles.append(f"{told}{title}")
            return None
        name = values.get("name")
        if name and name != found[0]["name"]:
            troubles.append(f"{title}是{found[0]['name']}的，名单上写的是{name}")
            return None
        return Holder(found[0]["id"])

    def _named(self, name: str, school: str, troubles: list[str]) -> Holder | None:
        people = self._by_name.get(name, [])
        place = self._directory.find(school) if school else None
        if school and place is None:
            troubles.append(self._no_school(school))
            return None
        fitting = [one for one in people if place is None or one["school_id"] == place.id]
        if len(fitting) == 1:
            return Holder(fitting[0]["id"])
        where = f"{place.name}" if place else "名册中"
        if fitting:
            troubles.append(
                f"{where}有 {len(fitting)} 位{name}：{_listed(fitting)}，请写教师编号或身份证号"
            )
        elif people:
            troubles.append(f"{where}没有{name}；名册中有：{_listed(people)}，请核对单位")
        else:
            troubles.append(f"{where}没有{name}，请先登记")
        return None

    def _institution(self, name: str, troubles: list[str]) -> Holder | None:
        if "institution" not in self._kind.holders:
            troubles.append("没有写姓名")
            return None
        place = self._directory.find(name) if name else None
        if place is None:
            troubles.append(self._no_school(name) if name else "没有写姓名，也没有写单位")
            return None
        return Holder(institution_id=place.id)

    def _no_school(self, name: str) -> str:
        near = "、".join(one.name for one in self._directory.similar(name))
        asked = f"，是否指：{near}" if near else ""
        return f"机构名录中没有“{name}”{asked}"


def _listed(people: Sequence[Mapping[str, Any]]) -> str:
    told = "、".join(f"{one['teacher_no']}（{one['school']}）" for one in people[:_LISTED])
    return f"{told}等" if len(people) > _LISTED else told
