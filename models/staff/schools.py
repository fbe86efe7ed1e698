"""Which institution a cell, a title or a sheet's name means, and what is said when none does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.entities.problems import Problem, Severity, told
from models.office.context import Office
from models.staff.directory import Directory, Known, counties_of, read_directory
from models.staff.school_names import in_same_town, spellings


@dataclass(frozen=True, slots=True)
class SchoolFinder:
    """Puts identities in place of the names of institutions.

    Attributes:
        directory: the institutions by all their names.
        names: identity to full name.
        counties: what may stand before the names of schools.
    """

    directory: Directory
    names: dict[str, str]
    counties: frozenset[str] = frozenset()

    def name_of(self, institution_id: str | None) -> str:
        """The full name; 未定学校 where there is none."""
        return self.names.get(institution_id or "", "未定学校")

    def from_hints(self, hints: Sequence[str]) -> Known | None:
        """The institution that the texts around a table name, the most trusted first."""
        found = (self.directory.find(hint) or self.directory.find_in(hint) for hint in hints)
        return next((one for one in found if one is not None), None)

    def with_coming(self, names: Sequence[str]) -> SchoolFinder:
        """A finder that also knows institutions which are about to be registered.

        They have no identity yet: teachers are linked to them by name as soon as they have one.
        """
        coming = [
            (Known("", name), spellings(name, self.counties))
            for name in names
            if self.directory.find(name) is None
        ]
        return replace(self, directory=self.directory.joined(coming))

    def resolve(
        self, values: dict[str, Any], problems: list[Problem], hinted: Known | None, field: str
    ) -> None:
        """Replace ``values[field]`` (a name) by ``field_id`` and ``field_reported`` columns.

        A name that nobody bears is kept as reported, to be linked when that institution is
        registered; it is told with the nearest names, unless it is about to be registered or is
        the 中心校 of the same town.
        """
        text = values.pop(field, None)
        if text is None and hinted is None:
            return
        found = hinted if text is None else self.directory.find(text)
        if found is not None and found.id:
            values[f"{field}_id"] = found.id
            values[f"{field}_reported"] = None
            return
        reported = found.name if found else str(text)
        values[f"{field}_reported"] = reported
        name = str(values.get("name") or "")
        expected = (
            found is not None if field == "school" else in_same_town(name, reported, self.counties)
        )
        if not expected:
            problems.append(self._unknown(field, str(text)))

    def _unknown(self, field: str, text: str) -> Problem:
        near = "、".join(one.name for one in self.directory.similar(text) if one.id)
        advice = (
            f"是否指：{near}？请改为机构名录中的名称。"
            if near
            else "请先登记该机构，或改为名录中的名称。"
        )
        message = f"机构名录中没有“{text}”，已照原文记下。{advice}"
        return told(f"{field}.unknown", message, Severity.WARN, (field, text))


def read_school_finder(office: Office) -> SchoolFinder:
    """A finder over all institutions of the office's file."""
    names = {
        row["id"]: row["name"] for row in office.store.query("SELECT id, name FROM institution")
    }
    return SchoolFinder(read_directory(office), names, counties_of(office))
