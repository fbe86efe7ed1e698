"""Which institution a cell, a title or a sheet's name means, and what is said when none does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.entities.problems import Problem, Severity
from models.exchange.plans import told
from models.staff.directory import Directory, Known


@dataclass(frozen=True, slots=True)
class SchoolFinder:
    """Puts identities in place of the names of institutions.

    Attributes:
        directory: the institutions by all their names.
        names: identity to full name.
    """

    directory: Directory
    names: dict[str, str]

    def name_of(self, institution_id: str | None) -> str:
        """The full name; 未定学校 where there is none."""
        return self.names.get(institution_id or "", "未定学校")

    def from_hints(self, hints: Sequence[str]) -> str | None:
        """The institution that the texts around a table name, the most trusted first."""
        for hint in hints:
            found = self.directory.find(hint) or self.directory.find_in(hint)
            if found is not None:
                return found.id
        return None

    def resolve(
        self, values: dict[str, Any], problems: list[Problem], hinted: str | None, field: str
    ) -> None:
        """Replace ``values[field]`` (a name) by ``field_id`` and ``field_reported`` columns.

        A name that nobody bears is kept as reported, and told with the nearest names.
        """
        text = values.pop(field, None)
        prefix = "school" if field == "school" else "parent"
        if text is None:
            if hinted is not None:
                values[f"{prefix}_id"] = hinted
            return
        found: Known | None = self.directory.find(text)
        if found is not None:
            values[f"{prefix}_id"] = found.id
            values[f"{prefix}_reported"] = None
            return
        values[f"{prefix}_reported"] = text
        near = "、".join(one.name for one in self.directory.similar(text))
        advice = (
            f"是否指：{near}？请改为机构名录中的名称。"
            if near
            else "请先登记该机构，或改为名录中的名称。"
        )
        problems.append(
            told(
                f"{prefix}.unknown",
                f"机构名录中没有“{text}”，已照原文记下。{advice}",
                Severity.WARN,
                (field, text),
            )
        )
