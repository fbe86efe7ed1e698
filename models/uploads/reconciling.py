"""The higher system's export against our file: missing there, missing here, different.

Comparing writes nothing. What a person chooses field by field is written as one operation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from models.entities.problems import Severity
from models.errors import UserError
from models.exchange.plans import Action, PlannedRow
from models.exchange.reading.source import open_source
from models.office.context import Office
from models.progress import Progress
from models.uploads.catalogue import form_named
from models.uploads.comparing import Comparer, Pairing, our_rows, year_of
from models.uploads.differences import (
    FATE_NAMES,
    Choices,
    Difference,
    Fate,
    Reconciled,
    ReconcileRow,
    Reconciliation,
    Side,
)
from models.uploads.forms import Form, Subject
from models.uploads.lacking import plan_lacking
from models.uploads.reading import ReadForm, ReadRow, read_by_form, recognise
from models.uploads.rows import Wish
from models.uploads.taking import take
from models.uploads.their_values import Meaning

__all__ = [
    "FATE_NAMES",
    "Choices",
    "Difference",
    "Fate",
    "ReconcileRow",
    "Reconciled",
    "Reconciliation",
    "Side",
    "apply_choices",
    "chosen",
    "reconcile",
]

_FIGURES = (Subject.GROUP, Subject.COUNTY)


def reconcile(
    office: Office,
    path: Path,
    form: str = "",
    *,
    year: int | None = None,
    school_id: str = "",
    progress: Progress | None = None,
) -> Reconciliation:
    """Hold an export of the higher system against our file; nothing is written.

    Args:
        office: the office.
        path: the workbook.
        form: the form's name; "" to tell it by the header.
        year: the training year; None for every year the workbook names.
        school_id: hold it against this school's only.
        progress: told of the rows; may cancel.

    Raises:
        UserError: no workbook, not a form of ours, a changed header, no year to compare, a form
            of figures.
        WorldError: the file cannot be read.
        CancelledByUser: the person asked to stop.
    """
    steps = progress or Progress()
    source = open_source(path, steps)
    chosen_form = form_named(office, form) if form else recognise(office, source)
    _refuse_figures(chosen_form)
    read = read_by_form(source, chosen_form)
    years, rows = _years(office, read, year)
    wishes = [Wish(one, school_id=school_id) for one in years]
    paired = Comparer(office, chosen_form).pair(
        our_rows(office, chosen_form, wishes, steps), rows, steps
    )
    found = _with_plans(office, chosen_form, paired, years)
    return Reconciliation(
        form=chosen_form,
        path=path,
        sha256=source.sha256,
        years=years,
        school_id=school_id,
        rows=tuple(found),
        same=paired.same,
        notes=(*read.notes, *_notes(read, rows, years)),
    )


def apply_choices(office: Office, found: Reconciliation, choices: Choices) -> Reconciled:
    """Write what was chosen, as one undoable operation.

    Raises:
        UserError: nothing was chosen, or file or data have changed since the comparison.
    """
    now = reconcile(
        office,
        found.path,
        found.form.name,
        year=found.years[0] if len(found.years) == 1 else None,
        school_id=found.school_id,
    )
    if now.sha256 != found.sha256 or now.rows != found.rows:
        raise UserError(
            "reconcile.changed", "对账以后，文件或本单位的数据又有改动。", "请重新对账后再选。"
        )
    picked = chosen(found, choices)
    if not picked:
        raise UserError(
            "reconcile.nothing", "没有选定任何一处以哪边为准。", "请逐条选“本单位”或“上级”。"
        )
    return take(office, found, picked)


def chosen(found: Reconciliation, choices: Choices) -> Sequence[tuple[ReconcileRow, str, Side]]:
    """Row, field's key ("" for a whole row) and side of everything that is not left for later."""
    picked: list[tuple[ReconcileRow, str, Side]] = []
    for row in found.rows:
        keys = [one.key for one in row.differences] or [""]
        sides = [(key, choices.of(row.id, key)) for key in keys]
        picked += [(row, key, side) for key, side in sides if side is not Side.LATER]
    return picked


def _refuse_figures(form: Form) -> None:
    if form.subject in _FIGURES:
        raise UserError(
            "reconcile.figures",
            f"“{form.title}”是汇总数字，不能逐条对账。",
            "请用记录、教师或学校的表对账；汇总数字请重新生成后比较。",
        )


def _years(
    office: Office, read: ReadForm, year: int | None
) -> tuple[tuple[int, ...], list[ReadRow]]:
    """The training years to compare, and the rows of them."""
    by_row = [(one, year_of(read, one)) for one in read.rows]
    named = sorted({said for _, said in by_row if said})
    if year is not None:
        return (year,), [one for one, said in by_row if said in (None, year)]
    if not named and read.form.subject is Subject.RECORD:
        raise UserError(
            "reconcile.no_year", f"“{read.form.title}”里没有写年度。", "请写明对哪一年的账。"
        )
    return tuple(named) or (office.store.clock.today().year,), list(read.rows)


def _with_plans(
    office: Office, form: Form, paired: Pairing, years: Sequence[int]
) -> Iterable[ReconcileRow]:
    """The rows, those we lack with what taking them in would do."""
    plans = plan_lacking(office, Meaning.of(office, form), paired.lacking, years[0])
    return [_planned(one, *plans[one.id]) if one.id in plans else one for one in paired.rows]


def _planned(row: ReconcileRow, planned: PlannedRow, left: Sequence[str]) -> ReconcileRow:
    said = [one.message for one in planned.problems if one.severity is not Severity.SKIP]
    if planned.action in (Action.UNCHANGED, Action.UPDATE):
        said.insert(0, "本单位已经有，只是不在这张表该报的范围里")
    return replace(
        row,
        message="；".join([*said, *left]),
        takeable=planned.action is Action.INSERT,
        teacher_id=planned.target if planned.action is Action.UNCHANGED else None,
    )


def _notes(read: ReadForm, rows: Sequence[ReadRow], years: Sequence[int]) -> list[str]:
    notes: list[str] = []
    if read.extra:
        notes.append(f"表里另有栏目“{'”“'.join(read.extra)}”，没有对。")
    if len(rows) < len(read.rows):
        others = len(read.rows) - len(rows)
        notes.append(f"{others} 行不是 {years[0]} 年的，没有对。")
    return notes
