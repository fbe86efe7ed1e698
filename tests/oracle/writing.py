"""A county written into a real office file, by the use cases the clerk's window uses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from models.clock import FixedClock
from models.office.context import Office
from models.staff.institutions import InstitutionChange, write_institutions
from models.staff.registration import TeacherChange, write_teachers
from models.training import courses
from models.training.entries import Entry as LedgerEntry
from models.training.entries import write_entries
from models.training.ledger import reverse
from models.verdicts.exemptions import decide_exemptions, exemptions, file_exemption
from tests.oracle.county import County, Entry, Person

_KINDS = {"登记": "record", "课程": "course", "冲抵": "offset"}
_EARLY = date(2000, 1, 1)


def write(office: Office, county: County) -> list[str]:
    """Write it; the identities of its people in their order."""
    schools = _schools(office, county)
    people = [office.store.ids.new_id() for _ in county.people]
    with office.store.operation("test.people", "登记教师"):
        for identity, person in zip(people, county.people, strict=True):
            _person(office, identity, person, schools)
    for identity, person in zip(people, county.people, strict=True):
        _leaves(office, identity, person)
    _entries(office, people, county)
    _courses(office, people, county)
    _set_clock(office, county.today)
    return people


def code(office: Office, table: str, name: object) -> str | None:
    """The code of a name; a name the table does not have is a mistake in the test."""
    if name is None:
        return None
    found = office.codes[table].find(str(name))
    assert found is not None, (table, name)
    return found.code


def _set_clock(office: Office, day: date) -> None:
    office.store.clock = FixedClock(datetime(day.year, day.month, day.day, 10, tzinfo=UTC))


def _schools(office: Office, county: County) -> list[str]:
    found = [office.store.ids.new_id() for _ in county.schools]
    changes = [
        InstitutionChange(
            identity,
            {
                "name": school.name,
                "track": code(office, "track", school.track),
                "location": code(office, "location", school.location),
            },
            new=True,
        )
        for identity, school in zip(found, county.schools, strict=True)
    ]
    with office.store.operation("test.schools", "建校"):
        write_institutions(office, changes)
    return found


def _person(office: Office, identity: str, person: Person, schools: list[str]) -> None:
    def stored(name: str, value: object) -> object:
        match name:
            case "school_id":
                return None if value is None else schools[int(str(value))]
            case "is_head":
                return value
            case _:
                return code(office, {"status": "teacher_status"}.get(name, name), value)

    histories = {
        "school_id": person.schools,
        "post": person.posts,
        "status": person.statuses,
        "is_head": person.heads,
        "stage": person.stages,
        "backbone": person.backbones,
    }
    values = {name: stored(name, steps[0][1]) for name, steps in histories.items()}
    values |= {"teacher_no": person.no, "name": "张三", "work_start": person.work_start}
    values["track"] = code(office, "track", person.track)
    write_teachers(office, [TeacherChange(identity, values, new=True)], _EARLY.isoformat())
    for name, steps in histories.items():
        for day, value in steps[1:]:
            assert day is not None
            change = TeacherChange(identity, {name: stored(name, value)})
            write_teachers(office, [change], day.isoformat())


def _leaves(office: Office, identity: str, person: Person) -> None:
    seen: set[str] = set()
    for leave in person.leaves:
        ground = code(office, "teacher_status", leave.ground)
        assert ground is not None
        file_exemption(office, identity, ground, (leave.first, leave.last), "见批件")
        new = {one.id for one in exemptions(office, teacher_id=identity)} - seen
        seen |= new
        if leave.approved is not None:
            decide_exemptions(office, sorted(new), approve=leave.approved, opinion="见批件")


def _entries(office: Office, people: list[str], county: County) -> None:
    """Posting day by posting day; originals first, then what answers them, wave by wave."""
    ids: dict[tuple[int, int], str] = {}
    lines = [
        (whose, place, line)
        for whose, mine in enumerate(county.entries)
        for place, line in enumerate(mine)
    ]
    for day in sorted({line.posted for _, _, line in lines}):
        _set_clock(office, day)
        todays = [one for one in lines if one[2].posted == day]
        originals = [one for one in todays if one[2].reverses is None]
        with office.store.operation("test.entries", "登记学时"):
            write_entries(
                office.store, [_line(office, people[whose], one) for whose, _, one in originals]
            )
        _remember(office, ids, [(whose, place) for whose, place, _ in originals])
        waiting = [one for one in todays if one[2].reverses is not None]
        while waiting:
            wave = [one for one in waiting if (one[0], one[2].reverses) in ids]
            reverse(office, [ids[whose, line.reverses or 0] for whose, _, line in wave], "登记有误")
            _remember(office, ids, [(whose, place) for whose, place, _ in wave])
            waiting = [one for one in waiting if one not in wave]
    stored = office.store.value("SELECT COUNT(*) FROM ledger_entry")
    assert stored == len(lines), (stored, len(lines))


def _remember(
    office: Office, ids: dict[tuple[int, int], str], places: list[tuple[int, int]]
) -> None:
    """The entries written last are those of ``places``, in their order."""
    rows = office.store.query(
        "SELECT id FROM ledger_entry ORDER BY rowid DESC LIMIT ?", (len(places),)
    )
    ids.update(zip(places, [row[0] for row in reversed(rows)], strict=True))


def _line(office: Office, teacher: str, line: Entry) -> LedgerEntry:
    return LedgerEntry(
        teacher_id=teacher,
        year=line.year,
        course_title="培训",
        title_key="培训",
        hours=line.hours,
        credits=line.credits,
        kind=_KINDS[line.kind],
        source="test",
        category=code(office, "training_mode", line.mode),
        level=code(office, "training_level", line.level),
        start_date=None if line.start is None else line.start.isoformat(),
        end_date=None if line.end is None else line.end.isoformat(),
        theme=code(office, "training_theme", line.theme),
        nature=code(office, "course_nature", line.nature),
    )


def _courses(office: Office, people: list[str], county: County) -> None:
    found: list[str] = []
    for number, course in enumerate(county.courses):
        values = {
            "title": f"课程{number}",
            "year": course.year,
            "hours": Decimal(15),
            "credits": Decimal("1.5"),
            "nature": code(office, "course_nature", course.nature),
            "theme": code(office, "training_theme", course.theme),
            "stages": _several(code(office, "stage", one) for one in course.stages),
            "track": code(office, "track", course.track),
        }
        found.append(courses.register(office, values).course_id)
    with office.store.operation("test.courses", "审批与成绩"):
        for identity, course in zip(found, county.courses, strict=True):
            office.store.execute(
                "UPDATE course SET approval = ? WHERE id = ?", (course.approval, identity)
            )
        columns = ("id", "course_id", "teacher_id", "enrolled_on", "result", "state")
        office.store.insert(
            "enrolment",
            columns,
            [
                (office.store.ids.new_id(), found[one.course], people[one.person], "2009-03-01",
                 one.result, one.state)
                for one in county.results
            ],
        )  # fmt: skip


def _several(codes: Iterable[str | None]) -> str | None:
    return "、".join(sorted(one for one in codes if one)) or None
