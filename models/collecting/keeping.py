"""What of a taken file is kept: that it came, and what of it is open."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from models.collecting.questions import Question, masked
from models.collecting.recognising import Recognised
from models.collecting.tables import ANSWER, QUESTION
from models.entities.problems import Severity
from models.entities.written import as_text
from models.exchange.plans import ImportPlan, TablePlan
from models.exchange.reading.sheets import Sheet, column_index
from models.exchange.reading.source import Source
from models.office.context import Office

_ASKED = (Severity.REFUSE, Severity.WARN)
_SETTLE = """
UPDATE collect_question SET state = 'settled' WHERE state IN ('open', 'returned') AND answer_id IN (
    SELECT id FROM collect_answer WHERE round_id = ?1 AND school_id = ?2
        AND id NOT IN (SELECT value FROM json_each(?3))
)
"""
_CAME_BACK = " AND severity = 'refuse' AND state = 'returned'"
_SOME_CAME_BACK = " AND severity = 'refuse' AND who IN (SELECT value FROM json_each(?4))"


def questions_of(
    file: str, school: tuple[str, str], source: Source, plan: ImportPlan
) -> list[Question]:
    """What a plan has to ask, row by row."""
    school_id, name = school
    return [
        Question(
            id="",
            school_id=school_id,
            school=name,
            file=file,
            sheet=table.sheet or "",
            row=row.row,
            column=table.letters.get(problem.field or "", ""),
            who=row.label,
            value=masked(table.kind, problem.field or "", problem.value),
            severity=problem.severity,
            code=problem.code,
            message=problem.message,
            target=row.target or "",
        )
        for table in plan.tables
        for row in table.rows
        for problem in row.problems
        if problem.severity in _ASKED
    ]


def keep_answer(
    office: Office,
    round_id: str,
    facts: tuple[str, str, Recognised],
    plan: ImportPlan,
    asked: tuple[Source, Sequence[Question]],
    beside: Collection[str] = (),
) -> str:
    """Put down that a file came and what of it is open; inside the operation.

    What was open before of the school is settled by it: by a whole file everything, by rows that
    went back those that came again.

    Args:
        office: the office.
        round_id: of which collection.
        facts: the template's identity, the school's, and what the file is.
        plan: what was taken.
        asked: the file as it was read, and its questions.
        beside: answers taken in the same step: what is open in them stays so.

    Returns:
        By what it is kept.
    """
    template, school_id, recognised = facts
    store, counts = office.store, plan.counts
    if school_id:
        _settle(office, (round_id, school_id, json.dumps([*beside])), facts, plan)
    answer = store.ids.new_id()
    row = (
        round_id, template or None, school_id, plan.path.name, plan.sha256, str(recognised),
        store.clock.now().isoformat(), store.person, counts.data_rows, counts.inserted,
        counts.updated, counts.unchanged,
    )  # fmt: skip
    store.insert("collect_answer", ("id", *ANSWER), [(answer, *row)])
    source, said = asked
    tables = {one.sheet or "": one for one in plan.tables}
    fields = [(one, _field(tables[one.sheet], one)) for one in said]
    rows = [
        (
            store.ids.new_id(), answer, str(tables[one.sheet].kind), one.sheet, one.row, one.column,
            field, one.who, one.value, str(one.severity), one.code, one.message, one.target,
            _cells(source, tables[one.sheet], one), "open",
        )
        for one, field in fields
    ]  # fmt: skip
    store.insert("collect_question", ("id", *QUESTION, "state"), rows)
    return answer


def rows_sent_back(office: Office, template: str) -> int:
    """How many rows of a template went back the last time; 0 for none."""
    return int(
        office.store.value("SELECT returned_rows FROM collect_template WHERE id = ?", (template,))
        or 0
    )


def _settle(
    office: Office,
    where: tuple[str, str, str],
    facts: tuple[str, str, Recognised],
    plan: ImportPlan,
) -> None:
    template, _, recognised = facts
    if recognised is not Recognised.RETURNED:
        office.store.execute(_SETTLE, where)
    elif plan.counts.data_rows >= rows_sent_back(office, template):
        office.store.execute(_SETTLE + _CAME_BACK, where)
    else:
        people = {row.label for table in plan.tables for row in table.rows}
        office.store.execute(_SETTLE + _SOME_CAME_BACK, (*where, json.dumps(sorted(people))))


def _field(table: TablePlan, question: Question) -> str:
    letters = {letter: field for field, letter in table.letters.items()}
    return letters.get(question.column, "")


def _cells(source: Source, table: TablePlan, question: Question) -> str:
    """The row as the school wrote it, by field; only of rows that go back."""
    if question.severity is not Severity.REFUSE:
        return "{}"
    sheet: Sheet = next(one for one in source.sheets if (one.name or "") == question.sheet)
    cells = sheet.row(question.row)
    said = {
        field: as_text(cells[at])
        for field, letter in table.letters.items()
        if (at := column_index(letter)) < len(cells) and cells[at] is not None
    }
    return json.dumps(said, ensure_ascii=False)
