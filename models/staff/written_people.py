"""Whom the lines of a list mean among the teachers of the register: never guessed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from models.office.context import Office
from models.staff.directory import Directory, read_directory

_LISTED = 4
_BY_NO = "SELECT {columns} WHERE t.teacher_no IN (SELECT value FROM json_each(:wanted))"
_BY_ID_NUMBER = "SELECT {columns} WHERE t.id_number IN (SELECT value FROM json_each(:wanted))"
_BY_NAME = "SELECT {columns} WHERE t.name IN (SELECT value FROM json_each(:wanted))"
_COLUMNS = """t.id, t.teacher_no, t.name, t.id_number, t.school_id,
    COALESCE(i.name, t.school_reported, '单位不详') AS school
FROM teacher AS t LEFT JOIN institution AS i ON i.id = t.school_id"""


class WrittenPeople:
    """The teachers that a list may mean, read at once.

    A person is known by ID number, by teacher number, or by name with the school; a name that the
    whole register has once is enough.
    """

    def __init__(self, office: Office, lines: Sequence[Mapping[str, Any]]) -> None:
        """Read whom the clean values of all lines may mean."""
        self._by_no = self._read(office, _BY_NO, lines, "teacher_no")
        self._by_id_number = self._read(office, _BY_ID_NUMBER, lines, "id_number")
        self._by_name = self._read(office, _BY_NAME, lines, "name")
        self.directory: Directory = read_directory(office)

    def _read(
        self, office: Office, sql: str, lines: Sequence[Mapping[str, Any]], field: str
    ) -> Mapping[str, list[Mapping[str, Any]]]:
        wanted = sorted({str(one[field]) for one in lines if one.get(field)})
        found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        statement = sql.replace("{columns}", _COLUMNS)
        for row in office.store.query(statement, {"wanted": json.dumps(wanted)}):
            found[row[field]].append(dict(row))
        return found

    def teacher(self, values: Mapping[str, Any], troubles: list[str]) -> str | None:
        """The identity of whom a line means by ``id_number``, ``teacher_no``, ``name``, ``school``.

        None where that cannot be told, with the reason added to ``troubles``.
        """
        if values.get("id_number"):
            return self._one(self._by_id_number, "身份证号", values, "id_number", troubles)
        if values.get("teacher_no"):
            return self._one(self._by_no, "教师编号", values, "teacher_no", troubles)
        if values.get("name"):
            return self._named(str(values["name"]), str(values.get("school") or ""), troubles)
        troubles.append("没有写姓名")
        return None

    def no_school(self, name: str) -> str:
        """What is said of an institution that nobody bears, with the nearest names."""
        near = "、".join(one.name for one in self.directory.similar(name))
        asked = f"，是否指：{near}" if near else ""
        return f"机构名录中没有“{name}”{asked}"

    def _one(
        self,
        people: Mapping[str, list[Mapping[str, Any]]],
        title: str,
        values: Mapping[str, Any],
        field: str,
        troubles: list[str],
    ) -> str | None:
        found = people.get(str(values[field]), [])
        if len(found) != 1:
            told = "名册中没有这个" if not found else f"名册中有 {len(found)} 人用这个"
            troubles.append(f"{told}{title}")
            return None
        name = values.get("name")
        if name and name != found[0]["name"]:
            troubles.append(f"{title}是{found[0]['name']}的，名单上写的是{name}")
            return None
        return str(found[0]["id"])

    def _named(self, name: str, school: str, troubles: list[str]) -> str | None:
        people = self._by_name.get(name, [])
        place = self.directory.find(school) if school else None
        if school and place is None:
            troubles.append(self.no_school(school))
            return None
        fitting = [one for one in people if place is None or one["school_id"] == place.id]
        if len(fitting) == 1:
            return str(fitting[0]["id"])
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


def _listed(people: Sequence[Mapping[str, Any]]) -> str:
    told = "、".join(f"{one['teacher_no']}（{one['school']}）" for one in people[:_LISTED])
    return f"{told}等" if len(people) > _LISTED else told
