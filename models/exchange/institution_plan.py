"""What becomes of each row of a list of institutions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.entities.cells import Raw
from models.entities.cleaning import Cleaned, Context
from models.entities.describe import columns
from models.entities.display import show
from models.entities.problems import Problem, Severity, told
from models.exchange.plans import Action, CleanRows, FieldChange, PlannedRow, refused
from models.exchange.row_problems import RowPlace
from models.office.context import Office
from models.staff.checks import clean_institution
from models.staff.directory import Known
from models.staff.institution_records import Institution
from models.staff.institutions import stored_institutions
from models.staff.school_names import spellings, without_county
from models.staff.schools import SchoolFinder

_TITLES = columns(Institution)


@dataclass(slots=True)
class InstitutionPlanner:
    """Plans lists of institutions against those known; rows of the file count as known names."""

    office: Office
    schools: SchoolFinder
    context: Context
    _first: dict[str, tuple[RowPlace, dict[str, Any]]] = field(default_factory=dict)
    _targets: dict[str, str] = field(default_factory=dict)
    _new: dict[str, str] = field(default_factory=dict)

    def clean(self, rows: Iterable[tuple[int, Mapping[str, Raw]]]) -> CleanRows:
        """The rows as clean values, with what there is to say of each."""
        return [(number, clean_institution(raw, self.context)) for number, raw in rows]

    def plan(
        self, cleaned: CleanRows, _hints: Sequence[str], sheet: str | None
    ) -> list[PlannedRow]:
        """The fate of every row of a sheet, in order; the file's sheets before it are remembered.

        A 中心校 may stand below the schools that name it.
        """
        stored = stored_institutions(self.office)
        self._find_targets(cleaned)
        parents = self._with_new(cleaned)
        return [
            self._plan_row(RowPlace(sheet, number), one, parents, stored) for number, one in cleaned
        ]

    def _find_targets(self, cleaned: CleanRows) -> None:
        """Give each name its identity: the known one, or a new one where nobody bears it yet."""
        for _, one in cleaned:
            name = one.values.get("name")
            if name and name not in self._targets:
                known = self.schools.directory.find(name)
                self._targets[name] = known.id if known else self._new_target(str(name))

    def _new_target(self, name: str) -> str:
        """The identity of a new institution, one whether it is named with its county or not."""
        short = without_county(name, self.schools.counties)
        return self._new.setdefault(short, self.office.store.ids.new_id())

    def _with_new(self, cleaned: Sequence[tuple[int, Cleaned]]) -> SchoolFinder:
        """A finder that also knows the institutions of this list, and the 中心校 it only names."""
        counties = self.schools.counties
        names: list[tuple[Known, tuple[str, ...]]] = []
        for _, one in cleaned:
            if name := one.values.get("name"):
                short = str(one.values.get("short_name") or "")
                names.append(
                    (Known(self._targets[name], str(name)), (*spellings(name, counties), short))
                )
        own = self.schools.directory.joined(list(dict.fromkeys(names)))
        parents = {str(one.values.get("parent") or "") for _, one in cleaned} - {""}
        only_named = [
            (Known("", parent), spellings(parent, counties))
            for parent in sorted(parents)
            if own.find(parent) is None and without_county(parent, counties) != parent
        ]
        return SchoolFinder(own.joined(only_named), self.schools.names, counties)

    def _plan_row(
        self,
        place: RowPlace,
        cleaned: Cleaned,
        parents: SchoolFinder,
        stored: Mapping[str, Mapping[str, Any]],
    ) -> PlannedRow:
        number = place.row
        values, problems = dict(cleaned.values), list(cleaned.problems)
        label = str(values.get("name") or "")
        if any(problem.severity is Severity.REFUSE for problem in problems):
            return refused(number, problems, label)
        again = self._again(place, label, dict(values))
        if again is not None:
            return again
        parents.resolve(values, problems, None, "parent")
        target = self._targets[label]
        known = stored.get(target)
        if known is None:
            return PlannedRow(number, Action.INSERT, target, label, values, (), tuple(problems))
        differing = {
            name: value
            for name, value in values.items()
            if value is not None and value != known[name] and name != "name"
        }
        changes = tuple(
            FieldChange(name, self._text(name, known[name]), self._text(name, value))
            for name, value in differing.items()
        )
        action = Action.UPDATE if differing else Action.UNCHANGED
        return PlannedRow(number, action, target, label, differing, changes, tuple(problems))

    def _again(self, place: RowPlace, name: str, stated: dict[str, Any]) -> PlannedRow | None:
        """The fate of a row whose institution the list has named before; None for a first row."""
        target = self._targets[name]
        if target not in self._first:
            self._first[target] = (place, stated)
            return None
        first_place, first = self._first[target]
        number, before = place.row, first_place.seen_from(place)
        cell = ("name", name)
        if stated | {"name": name} == first | {"name": name}:
            problem = told(
                "row.again", f"与{before}是同一机构同一内容，已略过。", Severity.SKIP, cell
            )
            return PlannedRow(number, Action.SKIP, label=name, problems=(problem,))
        differing = "、".join(
            column.title
            for field_name, column in _TITLES.items()
            if field_name != "name" and stated.get(field_name) != first.get(field_name)
        )
        problem: Problem = told(
            "institution.contradicts",
            f"与{before}是同一机构，但{differing}不同，请核对后只留一行。",
            Severity.REFUSE,
            cell,
        )
        return refused(number, [problem], name)

    def _text(self, name: str, value: object) -> str:
        if name == "parent_id":
            return self.schools.name_of(None if value is None else str(value))
        column = _TITLES["parent" if name == "parent_reported" else name]
        return show(column, value, self.office.codes)
