"""The teachers of the register that a file may mean, by ID number, number and name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from models.office.context import Office

_AT_ONCE = 900
_BY = {"id_number", "teacher_no", "name"}


class KnownPeople:
    """Loads what a file needs of the register in few reads and looks people up in it."""

    def __init__(self, office: Office) -> None:
        """Start with nobody loaded."""
        self._office = office
        self._by_id_number: dict[str, Mapping[str, Any]] = {}
        self._by_no: dict[str, Mapping[str, Any]] = {}
        self._by_name: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        self._coming: list[Mapping[str, Any]] = []
        self._asked = {
            (row[0], row[1])
            for row in office.store.query("SELECT teacher_id, institution_id FROM staff_question")
        }

    def expect(self, newcomers: Iterable[Mapping[str, Any]]) -> None:
        """Know teachers whom the same file brings as well, although nothing is written yet."""
        self._coming.extend(newcomers)

    def load(self, id_numbers: Iterable[Any], teacher_nos: Iterable[Any]) -> None:
        """Load the teachers who bear one of those numbers."""
        for row in self._rows("id_number", id_numbers):
            self._by_id_number[row["id_number"]] = row
            self._by_name[row["name"]].append(row)
        for row in self._rows("teacher_no", teacher_nos):
            self._by_no[row["teacher_no"]] = row
        for row in self._coming:
            self._by_id_number.setdefault(row["id_number"], row)
            self._by_no.setdefault(row["teacher_no"], row)

    def load_names(self, names: Iterable[Any]) -> None:
        """Load all the teachers who bear one of those names, for finding people by name."""
        self._by_name = defaultdict(list)
        for row in (*self._rows("name", names), *self._coming):
            self._by_name[row["name"]].append(row)

    def with_id_number(self, number: Any) -> Mapping[str, Any] | None:  # noqa: ANN401 - any cell
        """The teacher of that ID number among the loaded; None where there is none."""
        return self._by_id_number.get(number) if number else None

    def with_teacher_no(self, teacher_no: Any) -> Mapping[str, Any] | None:  # noqa: ANN401
        """The teacher of that number among the loaded; None where there is none."""
        return self._by_no.get(teacher_no) if teacher_no else None

    def with_name(self, name: str, school_id: str | None) -> list[Mapping[str, Any]]:
        """The teachers of that name, of that school where one is given and has such a teacher."""
        found = self._by_name.get(name, [])
        at_school = [one for one in found if school_id and one["school_id"] == school_id]
        return at_school or found

    def namesake_born(self, name: Any, born: Any) -> Mapping[str, Any] | None:  # noqa: ANN401
        """A teacher of that name and birth date in the whole register."""
        if not name or not born:
            return None
        row = self._office.store.one(
            "SELECT name, teacher_no FROM teacher WHERE name = ? AND birth_date = ?", (name, born)
        )
        return None if row is None else dict(row)

    def was_asked(self, teacher_id: str, institution_id: str) -> bool:
        """Whether the move of that teacher to that school was put to a person before."""
        return (teacher_id, institution_id) in self._asked

    def _rows(self, column: str, wanted: Iterable[Any]) -> Iterable[dict[str, Any]]:
        if column not in _BY:
            raise KeyError(column)
        values = sorted({str(value) for value in wanted if value})
        for start in range(0, len(values), _AT_ONCE):
            part = values[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            sql = f"SELECT * FROM teacher WHERE {column} IN ({marks})"  # noqa: S608 - see _BY
            for row in self._office.store.query(sql, tuple(part)):
                yield dict(row)
