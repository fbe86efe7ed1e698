"""What becomes of each row of a list of courses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from models.entities.cells import Raw
from models.entities.cleaning import Cleaned, Context, clean_row
from models.entities.describe import columns
from models.entities.display import show
from models.entities.problems import Problem, Severity, told
from models.errors import UserError
from models.exchange.plans import Action, CleanRows, FieldChange, PlannedRow, refused
from models.exchange.row_problems import RowPlace
from models.office.context import Office
from models.training.bodies import doubts_about
from models.training.course import Course
from models.training.course_names import alike, title_key
from models.training.courses import check_course, stored_courses, with_hours

_COLUMNS = columns(Course)
_Occasion = tuple[int, str, str]
"""Year, title key and first day: what makes two rows without a number the same course."""


@dataclass(slots=True)
class CoursePlanner:
    """Plans lists of courses against those registered, by number, else by year, title and day."""

    office: Office
    context: Context
    _by_code: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _by_occasion: dict[_Occasion, Mapping[str, Any]] = field(default_factory=dict)
    _titles: set[str] = field(default_factory=set)
    _first: dict[object, tuple[RowPlace, dict[str, Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the courses there are."""
        for stored in stored_courses(self.office):
            self._by_code[str(stored["code"])] = stored
            self._by_occasion[_occasion(stored)] = stored
            self._titles.add(str(stored["title"]))

    def clean(self, rows: Iterable[tuple[int, Mapping[str, Raw]]]) -> CleanRows:
        """The rows as clean values, with what there is to say of each."""
        return [(number, clean_row(Course, raw, self.context)) for number, raw in rows]

    def plan(
        self, cleaned: CleanRows, _hints: Sequence[str], sheet: str | None
    ) -> list[PlannedRow]:
        """The fate of every row of a sheet, in order; the file's sheets before it are known."""
        return [self._plan_row(RowPlace(sheet, number), one) for number, one in cleaned]

    def _plan_row(self, place: RowPlace, cleaned: Cleaned) -> PlannedRow:
        values, problems = dict(cleaned.values), list(cleaned.problems)
        label = str(values.get("title") or "")
        if any(problem.severity is Severity.REFUSE for problem in problems):
            return refused(place.row, problems, label)
        known = self._known(values)
        if known is not None:
            values = {name: value for name, value in values.items() if value is not None}
        values, refusal = self._examine(known, values, problems)
        if refusal is not None:
            return refused(place.row, [*problems, refusal], label)
        again = self._again(place, label, values)
        if again is not None:
            return again
        if known is None:
            self._propose(values, problems)
            target = self.office.store.ids.new_id()
            return PlannedRow(place.row, Action.INSERT, target, label, values, (), tuple(problems))
        differing = {name: value for name, value in values.items() if known[name] != value}
        changes = tuple(
            FieldChange(name, self._text(name, known[name]), self._text(name, value))
            for name, value in differing.items()
        )
        action = Action.UPDATE if differing else Action.UNCHANGED
        target = str(known["id"])
        return PlannedRow(place.row, action, target, label, differing, changes, tuple(problems))

    def _examine(
        self, known: Mapping[str, Any] | None, values: dict[str, Any], problems: list[Problem]
    ) -> tuple[dict[str, Any], Problem | None]:
        """The values with hours, and why the row cannot be taken as a course."""
        try:
            whole, worked_out = with_hours(self.office, {**(known or {}), **values})
            check_course(whole)
            doubts = doubts_about(self.office, [values.get("organizer"), values.get("operator")])
        except UserError as error:
            cell = (_FIELD_OF.get(error.code, "title"), str(values.get("title") or ""))
            return values, told(error.code, error.sentence, Severity.REFUSE, cell)
        if worked_out:
            values = {**values, "hours": whole["hours"]}
        for sentence in (*worked_out, *doubts):
            name = "hours" if sentence in worked_out else "organizer"
            cell = (name, self._text(name, values.get(name)))
            problems.append(told("course.note", sentence, Severity.WARN, cell))
        return values, None

    def _known(self, values: Mapping[str, Any]) -> Mapping[str, Any] | None:
        code = values.get("code")
        if code:
            return self._by_code.get(str(code))
        return self._by_occasion.get(_occasion(values))

    def _again(self, place: RowPlace, label: str, values: dict[str, Any]) -> PlannedRow | None:
        """The fate of a row that names a course a second time; None for a first."""
        key = values.get("code") or _occasion(values)
        first_place, first = self._first.setdefault(key, (place, values))
        if first is values:
            return None
        before, cell = first_place.seen_from(place), ("title", label)
        if first == values:
            problem = told(
                "row.again", f"与{before}是同一门课程同一内容，已略过。", Severity.SKIP, cell
            )
            return PlannedRow(place.row, Action.SKIP, label=label, problems=(problem,))
        sentence = f"与{before}是同一门课程，其他内容却不同，请核对后只留一行。"
        problem = told("course.contradicts", sentence, Severity.REFUSE, cell)
        return refused(place.row, [problem], label)

    def _propose(self, values: Mapping[str, Any], problems: list[Problem]) -> None:
        """Tell of titles that may mean the same book; nothing is merged."""
        title = str(values["title"])
        near = alike(title, self._titles)
        self._titles.add(title)
        if near:
            named = "、".join(f"“{one}”" for one in near)
            sentence = f"名称与已有的{named}相近，请核对是不是同一门。"
            problems.append(told("course.alike", sentence, Severity.WARN, ("title", title)))

    def _text(self, name: str, value: object) -> str:
        return show(_COLUMNS[name], value, self.office.codes)


_FIELD_OF = {
    "training.hours": "hours",
    "training.dates": "end_date",
    "training.body_cancelled": "organizer",
}


def _occasion(values: Mapping[str, Any]) -> _Occasion:
    title = title_key(str(values.get("title") or ""))
    return int(values.get("year") or 0), title, str(values.get("start_date") or "")


def as_course(values: Mapping[str, object]) -> dict[str, Any]:
    """A planned row's values as the training room takes them."""
    return {
        name: Decimal(str(value)) if _COLUMNS[name].kind == "decimal" else value
        for name, value in values.items()
        if value is not None
    }
