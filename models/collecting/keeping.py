"""What of a taken file is kept: that it came, and what of it is open."""

from __future__ import annotations

import json
from collections.abc import Sequence

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
    SELECT id FROM collect_answer WHERE round_id = ? AND school_id = ?
) AND (? OR severity = 'refuse')
"""


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
) -> None:
    """Put down that a file came and what of it is open; inside the operation.

    What was open before of the school is settled by it: of a file that went back the refused
    rows, of a whole one everything.

    Args:
        office: the office.
        round_id: of which collection.
        facts: the template's identity, the school's, and what the file is.
        plan: what was taken.
        asked: the file as it was read, and its questions.
    """
    template, school_id, recognised = facts
    store, counts = office.store, plan.counts
    whole = recognised is not Recognised.RETURNED
    store.execute(_SETTLE, (round_id, school_id, whole))
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
