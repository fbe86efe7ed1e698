"""Institutions as forms ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.entities.describe import columns
from models.office.context import Office
from models.staff.institution_records import Institution

_SELECT = """
SELECT i.*, COALESCE(p.name, i.parent_reported) AS parent FROM institution AS i
LEFT JOIN institution AS p ON p.id = i.parent_id
"""


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """One institution: its facts by name."""

    id: str
    name: str
    facts: Mapping[str, object]


def read_schools(office: Office) -> dict[str, SchoolFacts]:
    """Every institution by its identity."""
    found: dict[str, SchoolFacts] = {}
    for row in office.store.query(_SELECT):
        stored = dict(row)
        facts = {f"school.{name}": stored[name] for name in columns(Institution)}
        facts["school.type_code"] = stored["type"]
        found[stored["id"]] = SchoolFacts(stored["id"], stored["name"], facts)
    return found
