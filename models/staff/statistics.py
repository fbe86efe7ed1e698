"""The register of schools and teachers, counted as it stands."""

from __future__ import annotations

from typing import Literal

from models.office.context import Office

By = Literal["status", "stage", "title", "backbone", "district"]
_TEACHERS: dict[By, str] = {
    "status": "SELECT COALESCE(status, ''), COUNT(*) FROM teacher GROUP BY 1",
    "stage": "SELECT COALESCE(stage, ''), COUNT(*) FROM teacher GROUP BY 1",
    "title": "SELECT COALESCE(title, ''), COUNT(*) FROM teacher GROUP BY 1",
    "backbone": "SELECT COALESCE(backbone, ''), COUNT(*) FROM teacher GROUP BY 1",
    "district": (
        "SELECT COALESCE(i.district, ''), COUNT(*) FROM teacher AS t"
        " LEFT JOIN institution AS i ON i.id = t.school_id GROUP BY 1"
    ),
}


def teachers_by(office: Office, by: By) -> dict[str, int]:
    """Code (or name of the district, "" for none) to how many teachers of the register."""
    rows = office.store.query(f"{_TEACHERS[by]} ORDER BY 1")
    return {row[0]: row[1] for row in rows}


def count_schools(office: Office) -> int:
    """How many institutions have a teacher."""
    sql = "SELECT COUNT(DISTINCT school_id) FROM teacher"
    return int(office.store.value(sql))
