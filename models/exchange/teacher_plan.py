"""What becomes of each row of a teacher roster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.entities.cells import Raw
from models.entities.cleaning import Cleaned, Context
from models.entities.describe import columns
from models.entities.display import mask, show
from models.entities.problems import Problem, Severity, told
from models.exchange.known_people import KnownPeople
from models.exchange.plans import Action, CleanRows, FieldChange, PlannedRow, refused
from models.exchange.row_problems import RowPlace
from models.office.context import Office
from models.staff.checks import clean_teacher
from models.staff.directory import Known
from models.staff.records import Teacher
from models.staff.schools import SchoolFinder

_TITLES = columns(Teacher)
_FINDING = ("id_number", "teacher_no", "name", "former_name")
_BESIDES_SCHOOL = {"school", "teacher_no", "post", "remark"}
"""What may differ where a teacher is listed at two schools."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """A person whom a row of the file brought.

    Attributes:
        place: where the row stands.
        stated: what it says, without the school.
        school: the school it means: identity and name as reported.
        target: the teacher it is written to.
    """

    place: RowPlace
    stated: Mapping[str, Any]
    school: tuple[str | None, str | None]
    target: str


@dataclass(slots=True)
class TeacherPlanner:
    """Plans rosters of one file against the register; rows taken so far count as known."""

    office: Office
    people: KnownPeople
    schools: SchoolFinder
    context: Context
    _taken: dict[tuple[str, str], _Taken] = field(default_factory=dict)
    _new: list[_Taken] = field(default_factory=list)

    def clean(self, rows: Iterable[tuple[int, Mapping[str, Raw]]]) -> CleanRows:
        """The rows as clean values, with what there is to say of each."""
        return [(number, clean_teacher(raw, self.context)) for number, raw in rows]

    def plan(self, cleaned: CleanRows, hints: Sequence[str], sheet: str | None) -> list[PlannedRow]:
        """The fate of every row of a sheet, in order; the file's sheets before it count too.

        Args:
            cleaned: the rows as ``clean`` gives them.
            hints: texts around the table that may name the school, where no column does.
            sheet: the sheet's name.
        """
        self.people.load(
            [one.values.get("id_number") for _, one in cleaned],
            [one.values.get("teacher_no") for _, one in cleaned],
        )
        hinted = self.schools.from_hints(hints)
        return [self._plan_row(RowPlace(sheet, number), one, hinted) for number, one in cleaned]

    def newcomers(self) -> list[dict[str, Any]]:
        """The teachers the register does not have yet, as far as finding them goes."""
        return [
            {
                **{name: one.stated.get(name) for name in _FINDING},
                "id": one.target,
                "school_id": one.school[0],
            }
            for one in self._new
        ]

    def _plan_row(self, place: RowPlace, cleaned: Cleaned, hinted: Known | None) -> PlannedRow:
        values, problems = dict(cleaned.values), list(cleaned.problems)
        known = self._known(values, problems)
        identities = _identities(values, known)
        first = self._first(place, identities, values, problems)
        if any(problem.severity is Severity.REFUSE for problem in problems):
            return refused(place.row, problems, str(values.get("name") or ""))
        stated = {name: value for name, value in values.items() if name != "school"}
        self.schools.resolve(values, problems, hinted, "school")
        school = (values.get("school_id"), values.get("school_reported"))
        if first is not None:
            this = _Taken(place, stated, school, first.target)
            return self._plan_again(this, first, problems, known)
        planned = (
            self._plan_new(place.row, values, problems)
            if known is None
            else self._plan_known(place.row, values, problems, known)
        )
        taken = _Taken(place, stated, school, str(planned.target))
        self._taken |= dict.fromkeys(identities, taken)
        if known is None:
            self._new.append(taken)
        return planned

    def _first(
        self,
        place: RowPlace,
        identities: Sequence[tuple[str, str]],
        values: Mapping[str, Any],
        problems: list[Problem],
    ) -> _Taken | None:
        """The row of the file that named this person before; None for a first row.

        A number that the file gives to somebody else is added to the problems.
        """
        found = [self._taken[one] for one in identities if one in self._taken]
        number = values.get("id_number")
        for first in found:
            if number is not None and first.stated.get("id_number") not in (None, number):
                teacher_no = str(values.get("teacher_no"))
                sentence = (
                    f"教师编号 {teacher_no} 与{first.place.seen_from(place)}相同，"
                    "身份证号却不同，请核对。"
                )
                cell = ("teacher_no", teacher_no)
                problems.append(told("teacher.number_taken", sentence, Severity.REFUSE, cell))
        return found[0] if found else None

    def _known(
        self, values: Mapping[str, Any], problems: list[Problem]
    ) -> Mapping[str, Any] | None:
        """The teacher of the register whom the row means; conflicts are added to the problems."""
        number, teacher_no = values.get("id_number"), values.get("teacher_no")
        by_number = self.people.with_id_number(number)
        by_no = self.people.with_teacher_no(teacher_no)
        if by_number is None and by_no is not None and None in (number, by_no["id_number"]):
            problems[:] = [one for one in problems if not _is_missing_number(one)]
            by_number = by_no
        elif by_no is not None and by_no != by_number and number is not None:
            problems.append(
                told(
                    "teacher.number_taken",
                    f"教师编号 {teacher_no} 已属于{by_no['name']}，"
                    "与本行身份证号不是同一人，请核对。",
                    Severity.REFUSE,
                    ("teacher_no", str(teacher_no)),
                )
            )
        if by_number is not None:
            _compare_name(by_number, values, problems)
        return by_number

    def _plan_new(self, number: int, values: dict[str, Any], problems: list[Problem]) -> PlannedRow:
        twin = self.people.namesake_born(values.get("name"), values.get("birth_date"))
        if twin is not None:
            problems.append(
                told(
                    "teacher.possible_duplicate",
                    f"库中已有同名同生日的{twin['name']}（编号 {twin['teacher_no']}），"
                    "身份证号不同，请核对是否同一人。",
                    Severity.WARN,
                    ("name", str(values["name"])),
                )
            )
        return PlannedRow(
            row=number,
            action=Action.INSERT,
            target=self.office.store.ids.new_id(),
            label=str(values["name"]),
            values=values,
            problems=tuple(problems),
        )

    def _plan_known(
        self, number: int, values: dict[str, Any], problems: list[Problem], known: Mapping[str, Any]
    ) -> PlannedRow:
        move_to = self._ask_move(values, problems, known)
        if values.get("teacher_no") not in (None, known["teacher_no"]):
            problems.append(
                told(
                    "teacher.number_kept",
                    f"教师编号一人一号，仍用库中的 {known['teacher_no']}，未改为表中的编号。",
                    Severity.WARN,
                    ("teacher_no", str(values["teacher_no"])),
                )
            )
        differing = {
            name: value
            for name, value in values.items()
            if name != "teacher_no" and value is not None and value != known[name]
        }
        asked = move_to is not None and not self.people.was_asked(known["id"], move_to)
        return PlannedRow(
            row=number,
            action=Action.UPDATE if differing or asked else Action.UNCHANGED,
            target=known["id"],
            label=str(known["name"]),
            values=differing,
            changes=tuple(self._changes(differing, known)),
            problems=tuple(problems),
            move_to=move_to if asked else None,
        )

    def _plan_again(
        self,
        this: _Taken,
        first: _Taken,
        problems: list[Problem],
        known: Mapping[str, Any] | None,
    ) -> PlannedRow:
        """A row about a person the file has named before."""
        number, before = this.place.row, first.place.seen_from(this.place)
        cell = ("id_number", str(this.stated.get("id_number") or ""))
        label = str(this.stated.get("name") or "")
        differing = _differing(this, first)
        if not differing:
            sentence = f"与{before}是同一人同一内容，已略过。"
            problem = told("row.again", sentence, Severity.SKIP, cell)
            return PlannedRow(number, Action.SKIP, label=label, problems=(problem,))
        if "school" in differing and any(first.school) and set(differing) <= _BESIDES_SCHOOL:
            problem = told(
                "teacher.two_schools",
                f"与{before}是同一人，列在两所学校，先按{before}登记；如已调动，请确认调入。",
                Severity.WARN,
                ("school", self.schools.name_of(this.school[0])),
            )
            move_to = self._move_to(this, known)
            told_all = (*problems, problem)
            return PlannedRow(number, Action.UPDATE, this.target, label, {}, (), told_all, move_to)
        titles = "、".join(_TITLES[name].title for name in differing)
        problem = told(
            "teacher.contradicts",
            f"与{before}是同一人，但{titles}不同，请核对后只留一行。",
            Severity.REFUSE,
            cell,
        )
        return refused(number, [*problems, problem], label)

    def _move_to(self, this: _Taken, known: Mapping[str, Any] | None) -> str | None:
        """The school to ask about: not where the person is, nor what was asked before."""
        school = this.school[0]
        here = known is not None and known["school_id"] == school
        if school is None or here or self.people.was_asked(this.target, school):
            return None
        return school

    def _ask_move(
        self, values: dict[str, Any], problems: list[Problem], known: Mapping[str, Any]
    ) -> str | None:
        """Takes another school out of the values and asks about it; gives that school."""
        listed = values.get("school_id")
        if listed is None and known["school_id"] is not None:
            values.pop("school_id", None)
            values.pop("school_reported", None)
            return None
        if known["school_id"] is None or listed == known["school_id"]:
            return None
        values.pop("school_id")
        values.pop("school_reported", None)
        problems.append(
            told(
                "teacher.other_school",
                f"此人已在库（{self.schools.name_of(known['school_id'])}），表中列在"
                f"{self.schools.name_of(listed)}；未调动，如已调入请确认。",
                Severity.WARN,
                ("school", self.schools.name_of(listed)),
            )
        )
        return listed

    def _changes(self, differing: Mapping[str, Any], known: Mapping[str, Any]) -> list[FieldChange]:
        """The changes as texts, masked where personal."""
        return [
            FieldChange(name, self._text(name, known[name]), self._text(name, value))
            for name, value in differing.items()
        ]

    def _text(self, name: str, value: object) -> str:
        if name == "school_id":
            return self.schools.name_of(None if value is None else str(value))
        column = _TITLES["school" if name == "school_reported" else name]
        return mask(column, show(column, value, self.office.codes))


def _compare_name(
    known: Mapping[str, Any], values: Mapping[str, Any], problems: list[Problem]
) -> None:
    """An ID number or teacher number under another name may be somebody else's: ask."""
    name = values.get("name")
    if name and name not in (known["name"], known["former_name"]):
        problems.append(
            told(
                "teacher.name_differs",
                f"库中这个号码是{known['name']}，表中写的是{name}，"
                "请核对号码；确系改名的，请先在库中改名。",
                Severity.REFUSE,
                ("name", str(name)),
            )
        )


def _identities(
    values: Mapping[str, Any], known: Mapping[str, Any] | None
) -> tuple[tuple[str, str], ...]:
    """All by which another row of the file may mean the same person, the surest first."""
    named = [
        (name, str(source[name]))
        for source in (values, known or {})
        for name in ("id_number", "teacher_no")
        if source.get(name)
    ]
    own_no = known["teacher_no"] if known else values.get("teacher_no")
    return tuple(dict.fromkeys(one for one in named if one[0] == "id_number" or one[1] == own_no))


def _differing(this: _Taken, first: _Taken) -> list[str]:
    """The fields a later row says something else of; a missing school is nothing else."""
    fields = [name for name in this.stated if this.stated[name] != first.stated.get(name)]
    if any(this.school) and this.school != first.school:
        fields.append("school")
    return fields


def _is_missing_number(problem: Problem) -> bool:
    return problem.field == "id_number" and problem.code == "cell.missing"
