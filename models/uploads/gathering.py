"""The facts of ours that a form asks for, row by row: records, teachers, schools, groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from models.office.context import Office
from models.progress import Progress
from models.staff.queries import TeacherFilter, stored_teachers, teacher_ids
from models.training.listing import EntryFilter, entry_ids, stored_entries
from models.uploads.facts import fact_named, facts_of
from models.uploads.figures import Figures, figures_of_year
from models.uploads.forms import Form, Subject
from models.uploads.given_numbers import numbers_of
from models.uploads.levels import Levels
from models.uploads.rows import FactRow, Wish, record_caption
from models.uploads.schools import SchoolFacts, read_schools

_STEP = 1000


def gather(
    office: Office, form: Form, wish: Wish, progress: Progress | None = None
) -> list[FactRow]:
    """The rows of a form, in an order that does not change while the data do not.

    Raises:
        CancelledByUser: the person asked to stop.
    """
    steps = progress or Progress()
    match form.subject:
        case Subject.RECORD:
            found = _records(office, form, wish, steps)
        case Subject.TEACHER:
            found = _teachers(office, form, wish, steps)
        case _:
            found = _counted(office, form, wish, steps)
    return [one for one in found if _wanted(office, form, one)]


def _wanted(office: Office, form: Form, row: FactRow) -> bool:
    """Whether a row has what the form asks for, and nothing of what it leaves to others."""
    return all(_is_one(office, form, row, *said) for said in form.only.items()) and not any(
        _is_one(office, form, row, *said) for said in form.never.items()
    )


def _is_one(office: Office, form: Form, row: FactRow, name: str, wanted: Sequence[str]) -> bool:
    """Whether a fact is one of the codes, or called so."""
    value = row.facts.get(name)
    if value is None or str(value) in wanted:
        return value is not None
    fact = fact_named(form.subject, name)
    if fact is None or fact.table is None:
        return False
    return office.codes[fact.table].name_of(str(value)) in wanted


def _about_office(office: Office, wish: Wish) -> dict[str, object]:
    region = office.identity.region
    return {
        "office.name": office.identity.name,
        "office.region": region,
        "office.region_name": office.codes["region"].name_of(region),
        "asked.year": wish.year,
    }


def _records(office: Office, form: Form, wish: Wish, progress: Progress) -> list[FactRow]:
    chosen = EntryFilter(year=wish.year, school_id=wish.school_id, standing=True)
    entries = [
        one
        for one in stored_entries(office, entry_ids(office, chosen))
        if not wish.kinds or one["kind"] in wish.kinds
    ]
    entries.sort(key=lambda one: (one["school"] or "", one["teacher_no"], _day(one), one["id"]))
    people = _people(office, sorted({one["teacher_id"] for one in entries}))
    common = _Common(office, form, wish)
    levels = Levels(office)
    rows: list[FactRow] = []
    for one in entries:
        if len(rows) % _STEP == 0:
            progress.step(len(rows), len(entries), "正在取数")
        person = people[one["teacher_id"]]
        facts = {
            **common.of_teacher(person),
            **{f"record.{name}": value for name, value in one.items()},
            "record.level": levels.of(one["level"], one["organizer"]),
        }
        rows.append(
            FactRow(one["id"], record_caption(one["name"], one["course"]), facts, one["teacher_id"])
        )
    return rows


def _day(entry: Mapping[str, Any]) -> str:
    return entry["start_date"] or entry["end_date"] or ""


def _teachers(office: Office, form: Form, wish: Wish, progress: Progress) -> list[FactRow]:
    equal = {"school_id": wish.school_id} if wish.school_id else {}
    people = _people(office, teacher_ids(office, TeacherFilter(equal=equal), "school"))
    common = _Common(office, form, wish)
    figures = figures_of_year(office, wish.year, progress) if _asks(form, "sum.") else None
    found = sorted(
        people.items(), key=lambda one: (str(one[1]["school"] or ""), one[1]["teacher_no"], one[0])
    )
    return [
        FactRow(
            identity,
            str(person["name"]),
            {**common.of_teacher(person), **(figures.sums_of([identity]) if figures else {})},
            identity,
        )
        for identity, person in found
    ]


def _counted(office: Office, form: Form, wish: Wish, progress: Progress) -> list[FactRow]:
    """Schools, groups, or the whole office, with their figures."""
    figures = figures_of_year(office, wish.year, progress)
    common = _Common(office, form, wish)
    if form.subject is Subject.INSTITUTION:
        return list(_institutions(figures, common, wish))
    if form.subject is Subject.GROUP:
        return [
            FactRow(
                f"{form.group_by}:{code}",
                name,
                {"group.code": code, "group.name": name, **facts, **common.office},
            )
            for code, name, facts in figures.groups(office, form.group_by)
        ]
    facts = {**figures.whole(office), **common.office}
    return [FactRow("office", office.identity.name, facts)]


def _institutions(figures: Figures, common: _Common, wish: Wish) -> Iterator[FactRow]:
    for school in sorted(common.schools.values(), key=lambda one: (one.name, one.id)):
        if wish.school_id in ("", school.id) and (facts := figures.of_school(school.id)):
            yield FactRow(school.id, school.name, {**school.facts, **facts, **common.office})


class _Common:
    """What many rows share: the office, the schools, the numbers given by the receiver."""

    def __init__(self, office: Office, form: Form, wish: Wish) -> None:
        self.office = _about_office(office, wish)
        self.schools: Mapping[str, SchoolFacts] = read_schools(office)
        self._numbers = numbers_of(office, form.receiver)
        self._names = [
            name.partition(".")[2] for name in facts_of(Subject.TEACHER) if name[:8] == "teacher."
        ]

    def of_teacher(self, person: Mapping[str, object]) -> dict[str, object]:
        """The facts of a teacher, the school and the office."""
        school = self.schools.get(str(person["school_id"] or ""))
        facts: dict[str, object] = {f"teacher.{name}": person[name] for name in self._names}
        facts["teacher.id_type"] = person["id_type"] or "1"
        return {
            **facts,
            "there.number": self._numbers.get(str(person["id"])),
            **(school.facts if school else {}),
            **self.office,
        }


def _people(office: Office, ids: list[str]) -> dict[str, Mapping[str, object]]:
    """The stored teachers by identity, with the identity of their school."""
    schools = dict(office.store.tuples("SELECT id, school_id FROM teacher"))
    return {
        str(row["id"]): {**row, "school_id": schools[str(row["id"])]}
        for row in stored_teachers(office, ids)
    }


def _asks(form: Form, beginning: str) -> bool:
    return any(one.fact.startswith(beginning) for one in form.columns)
