"""Schools and teachers for tests of the rooms above staff."""

from __future__ import annotations

from typing import Any

from models.office.context import Office
from models.staff.institutions import InstitutionChange, write_institutions
from models.staff.registration import TeacherChange, write_teachers
from models.text.id_numbers import check_digit


def id_number(n: int) -> str:
    """A well-formed ID number, another for each ``n`` up to 999; odd ones are men's."""
    stem = f"22028219850601{n:03d}"
    return stem + check_digit(stem)


def school(office: Office, name: str) -> str:
    """A new school; its identity."""
    identity = office.store.ids.new_id()
    with office.store.operation("test.school", "建校"):
        write_institutions(office, [InstitutionChange(identity, {"name": name}, new=True)])
    return identity


def teachers(office: Office, school_id: str | None, count: int, **values: Any) -> list[str]:
    """So many new teachers of a school, in post, with a subject; their identities."""
    start = int(office.store.value("SELECT COUNT(*) FROM teacher"))
    changes = [
        TeacherChange(
            office.store.ids.new_id(),
            {
                "name": f"张三{'一二三四五六七八九十'[n % 10]}",
                "sex": "1",
                "id_number": id_number(start + n),
                "school_id": school_id,
                "subject": "102",
                "stage": "3",
                "status": "01",
                **values,
            },
            new=True,
        )
        for n in range(count)
    ]
    with office.store.operation("test.teachers", "登记教师"):
        write_teachers(office, changes, "2025-09-01")
    return [change.id for change in changes]
