"""A list of people as somebody wrote it: whom each line means, never guessed."""

from __future__ import annotations

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
from models.staff.written_people import WrittenPeople


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
    people = _Holders(office, found, [one.values for _, _, one in lines])
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


class _Holders:
    """Whom the lines of a list mean: teachers, or institutions where those can hold the kind."""

    def __init__(self, office: Office, kind: Kind, lines: Sequence[Mapping[str, Any]]) -> None:
        self._kind = kind
        self._people = WrittenPeople(office, lines)

    def meant(self, line: Cleaned, troubles: list[str]) -> Holder | None:
        """Whom a line means; None where that cannot be told, with the reason in ``troubles``."""
        troubles.extend(one.message for one in line.problems if one.severity is Severity.REFUSE)
        if any(line.values.get(name) for name in ("id_number", "teacher_no", "name")):
            teacher = self._people.teacher(line.values, troubles)
            return Holder(teacher) if teacher else None
        return self._institution(str(line.values.get("school") or ""), troubles)

    def _institution(self, name: str, troubles: list[str]) -> Holder | None:
        if "institution" not in self._kind.holders:
            troubles.append("没有写姓名")
            return None
        place = self._people.directory.find(name) if name else None
        if place is None:
            no_school = self._people.no_school(name)
            troubles.append(no_school if name else "没有写姓名，也没有写单位")
            return None
        return Holder(institution_id=place.id)
