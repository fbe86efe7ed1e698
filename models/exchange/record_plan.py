"""What becomes of each row of a list of training records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from models.entities.cells import Raw
from models.entities.cleaning import Cleaned, Context, clean_cell
from models.entities.describe import columns
from models.entities.display import from_hundredths, plain_decimal
from models.entities.problems import CellError, Problem, Severity, told
from models.exchange.known_people import KnownPeople
from models.exchange.plans import Action, CleanRows, PlannedRow, refused
from models.exchange.row_problems import RowPlace
from models.office.context import Office
from models.policies.cycles import Cycle, cycle_of
from models.staff.schools import SchoolFinder
from models.training.checks import clean_record
from models.training.entries import closed_until
from models.training.ledger import EntryKey, entry_key, existing_keys
from models.training.records import TrainingRecord

_IDENTIFYING = ("id_number", "teacher_no", "name")
_YEAR = columns(TrainingRecord)["year"]
_Occasion = tuple[str, int, str, str]
"""Whose training, in which year, its course and first day: an entry's key without the hours."""


@dataclass(slots=True)
class RecordPlanner:
    """Plans lists of training records: each needs one person of the register."""

    office: Office
    people: KnownPeople
    schools: SchoolFinder
    context: Context
    _first: dict[EntryKey, tuple[RowPlace, dict[str, Any]]] = field(default_factory=dict)
    _hours: dict[_Occasion, tuple[RowPlace, dict[str, Any]]] = field(default_factory=dict)

    def clean(self, rows: Iterable[tuple[int, Mapping[str, Raw]]]) -> CleanRows:
        """The rows as clean values, with what there is to say of each.

        The cycle that most rows belong to is taken as the list's own: a year outside of it is
        told, whenever the list is read.
        """
        cycle = self._cycle_of(rows)
        bounds = (cycle.first, cycle.last)
        return [(number, clean_record(raw, self.context, bounds)) for number, raw in rows]

    def plan(
        self, cleaned: CleanRows, _hints: Sequence[str], sheet: str | None
    ) -> list[PlannedRow]:
        """The fate of every row of a sheet, in order; the file's sheets before it are remembered.

        A school in the title does not tell two people of one name apart: lists of one school
        name teachers of others, who came for a day.
        """
        self.people.load(
            [one.values.get("id_number") for _, one in cleaned],
            [one.values.get("teacher_no") for _, one in cleaned],
        )
        self.people.load_names(
            one.values.get("name") for _, one in cleaned if not one.values.get("id_number")
        )
        planned = [self._plan_row(RowPlace(sheet, number), one) for number, one in cleaned]
        return self._without_known(planned)

    def _cycle_of(self, rows: Iterable[tuple[int, Mapping[str, Raw]]]) -> Cycle:
        """The training cycle of most rows; the present one where no row has a usable year."""
        this_year = self.context.today.year
        years = Counter(self._year(raw) for _, raw in rows)
        cycles: Counter[Cycle] = Counter()
        for year, count in years.items():
            if year is not None and year <= this_year:
                cycles[cycle_of(self.office, year)] += count
        return cycles.most_common(1)[0][0] if cycles else cycle_of(self.office, this_year)

    def _year(self, raw: Mapping[str, Raw]) -> int | None:
        try:
            return clean_cell(_YEAR, raw.get("year"), self.context)
        except CellError:
            return None

    def _plan_row(self, place: RowPlace, cleaned: Cleaned) -> PlannedRow:
        number = place.row
        values, problems = dict(cleaned.values), list(cleaned.problems)
        label = str(values.get("name") or "")
        person = self._person(values, problems)
        if person is None or any(problem.severity is Severity.REFUSE for problem in problems):
            return refused(number, problems, label)
        for name in (*_IDENTIFYING, "school"):
            values.pop(name, None)
        values["teacher_id"] = person["id"]
        again = self._again(place, label, values)
        if again is not None:
            return again
        self._compare_hours(place, values, problems)
        return PlannedRow(number, Action.INSERT, person["id"], label, values, (), tuple(problems))

    def _again(self, place: RowPlace, label: str, values: dict[str, Any]) -> PlannedRow | None:
        """The fate of a row that names a training of a person a second time; None for a first."""
        key = entry_key(values)
        first_place, first = self._first.setdefault(key, (place, values))
        if first is values:
            first_place, first = self._hours.setdefault(_occasion(key), (place, values))
        if first is values or (first["hours"] != values["hours"] and not values.get("start_date")):
            return None
        number, before = place.row, first_place.seen_from(place)
        cell = ("course", str(values["course"]))
        if first == values:
            problem = told(
                "row.again",
                f"与{before}是同一人同一内容，已略过，不重复计学时。",
                Severity.SKIP,
                cell,
            )
            return PlannedRow(number, Action.SKIP, label=label, problems=(problem,))
        problem = told(
            "record.contradicts",
            f"与{before}是同一人的同一次培训，其他内容却不同，请核对后只留一行。",
            Severity.REFUSE,
            cell,
        )
        return refused(number, [problem], label)

    def _compare_hours(
        self, place: RowPlace, values: dict[str, Any], problems: list[Problem]
    ) -> None:
        """Tell of a training without a day that stands above with other hours."""
        above, first = self._hours[_occasion(entry_key(values))]
        if first is values:
            return
        sentence = (
            f"与{above.seen_from(place)}是同一人同一课程，学时不同又没有日期，已分别记，请核对。"
        )
        cell = ("hours", plain_decimal(values["hours"]))
        problems.append(told("record.other_hours", sentence, Severity.WARN, cell))

    def _person(
        self, values: Mapping[str, Any], problems: list[Problem]
    ) -> Mapping[str, Any] | None:
        """The teacher a row is about; None where nobody or more than one fits, and says so."""
        number, teacher_no = values.get("id_number"), values.get("teacher_no")
        if any(one.field == "id_number" and one.severity is Severity.REFUSE for one in problems):
            return None
        if number or teacher_no:
            return self._by_number(values, problems)
        name = values.get("name")
        if not name:
            return None
        return self._by_name(str(name), self._school(values), problems)

    def _by_number(
        self, values: Mapping[str, Any], problems: list[Problem]
    ) -> Mapping[str, Any] | None:
        number, teacher_no = values.get("id_number"), values.get("teacher_no")
        found = self.people.with_id_number(number) if number else None
        by_no = self.people.with_teacher_no(teacher_no) if teacher_no else None
        person = found or by_no
        if person is None:
            problem = self._nobody("id_number" if number else "teacher_no", number or teacher_no)
        elif found is not None and by_no is not None and found["id"] != by_no["id"]:
            problem = told(
                "record.numbers_differ",
                f"身份证号是{found['name']}，教师编号 {teacher_no} 却是{by_no['name']}，请核对。",
                Severity.REFUSE,
                ("teacher_no", str(teacher_no)),
            )
        elif (name := values.get("name")) and name not in (person["name"], person["former_name"]):
            problem = told(
                "record.name_differs",
                f"名册中这个号码是{person['name']}，表中写的是{name}，请核对。",
                Severity.REFUSE,
                ("name", str(name)),
            )
        else:
            return person
        problems.append(problem)
        return None

    def _nobody(self, field_name: str, number: object) -> Problem:
        return told(
            "record.not_in_roster",
            "教师名册中没有这个号码，请先登记此人，或核对号码。",
            Severity.REFUSE,
            (field_name, str(number)),
        )

    def _by_name(
        self, name: str, school_id: str | None, problems: list[Problem]
    ) -> Mapping[str, Any] | None:
        found = self.people.with_name(name, school_id)
        if len(found) == 1:
            return found[0]
        if found:
            code, message = (
                "record.ambiguous_person",
                f"名册中有 {len(found)} 位{name}，没有身份证号分不清是哪一位，"
                "请补填身份证号或教师编号。",
            )
        else:
            code, message = (
                "record.not_in_roster",
                f"教师名册中没有{name}，请先登记此人，或补填身份证号。",
            )
        problems.append(told(code, message, Severity.REFUSE, ("name", name)))
        return None

    def _school(self, values: Mapping[str, Any]) -> str | None:
        text = values.get("school")
        found = self.schools.directory.find(str(text)) if text else None
        return found.id if found else None

    def _without_known(self, planned: list[PlannedRow]) -> list[PlannedRow]:
        """Rows whose entry the ledger has already become unchanged."""
        teachers = {row.target for row in planned if row.action is Action.INSERT and row.target}
        known: set[EntryKey] = existing_keys(self.office, teachers)
        hours = {_occasion(key): from_hundredths(key[-1]) for key in known}
        closed = closed_until(self.office.store)
        return [
            _unless_closed(_beside_known(row, known, hours), closed)
            if row.action is Action.INSERT
            else row
            for row in planned
        ]


def _unless_closed(row: PlannedRow, closed: int) -> PlannedRow:
    """A new row of a year that was closed goes back to the sender."""
    if row.action is not Action.INSERT or int(str(row.values["year"])) > closed:
        return row
    cell = ("year", str(row.values["year"]))
    sentence = f"台账已封账至 {closed} 年，不能再登记；确需补记的请先在“设置”中调整封账年度。"
    problem = told("year.closed", sentence, Severity.REFUSE, cell)
    return refused(row.row, [*row.problems, problem], row.label)


def _occasion(key: EntryKey) -> _Occasion:
    return key[:4]


def _beside_known(
    row: PlannedRow, known: set[EntryKey], hours: Mapping[_Occasion, Decimal | None]
) -> PlannedRow:
    """A row beside what the ledger has: the same is unchanged, other hours must be looked at.

    Without a first day a course of the same name may be another one: taken and told.
    """
    key = entry_key(row.values)
    if key in known:
        return PlannedRow(row.row, Action.UNCHANGED, row.target, row.label, {}, (), row.problems)
    before = hours.get(_occasion(key))
    if before is None:
        return row
    cell = ("hours", plain_decimal(Decimal(str(row.values["hours"]))))
    stands = f"台账中此人已有同一课程 {plain_decimal(before)} 学时，本行是 {cell[1]} 学时"
    if row.values.get("start_date"):
        sentence = f"{stands}；请核对，要更正的请先撤销或冲销原来那一笔。"
        problem = told("record.other_hours", sentence, Severity.REFUSE, cell)
        return refused(row.row, [*row.problems, problem], row.label)
    sentence = f"{stands}，没有日期，分不清是否同一次，已另记一笔，请核对。"
    problem = told("record.other_hours", sentence, Severity.WARN, cell)
    return replace(row, problems=(*row.problems, problem))
