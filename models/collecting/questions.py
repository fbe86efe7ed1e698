"""The open questions of a collection: what schools have to mend, and what the office decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.entities.describe import columns
from models.entities.display import mask
from models.entities.problems import Severity
from models.errors import UserError
from models.exchange.plans import ImportKind
from models.exchange.reading.tables import ENTITIES
from models.office.context import Office
from models.store.operations import Operation


@dataclass(frozen=True, slots=True)
class Question:
    """One problem of one row of a school's file.

    Attributes:
        id: by which it is kept; "" while the file was not taken.
        school_id, school: whose file it is.
        file: its name.
        sheet, row, column: the place: sheet's name, row number, column letter ("" for the row).
        who: whom or what the row is about.
        value: the cell as it was, personal data masked.
        severity: refuse (the row went not in) or warn (it is in, a person should look).
        code: the problem's stable name.
        message: one sentence: what is wrong and what to do.
        target: the teacher to jump to; "" where there is none.
        state: open, returned (sent back to the school) or settled.
    """

    id: str
    school_id: str
    school: str
    file: str
    sheet: str
    row: int
    column: str
    who: str
    value: str
    severity: Severity
    code: str
    message: str
    target: str = ""
    state: str = "open"


STATE_NAMES = {"open": "待处理", "returned": "已退回学校", "settled": "已处理"}
_SELECT = """
SELECT q.id, a.school_id, i.name AS school, a.file_name AS file, q.sheet, q.row_no AS row,
    q.letter AS column, q.who, q.value, q.severity, q.code, q.message, q.target, q.state
FROM collect_question AS q JOIN collect_answer AS a ON a.id = q.answer_id
LEFT JOIN institution AS i ON i.id = a.school_id
WHERE a.round_id = :round AND (:school = '' OR a.school_id = :school)
    AND (:all OR q.state <> 'settled')
ORDER BY i.name, a.school_id, a.taken_at, q.kind DESC, q.row_no, q.rowid
"""


def questions(
    office: Office, round_id: str, school_id: str = "", *, settled: bool = False
) -> list[Question]:
    """The questions of a collection that are not settled (or all), by school and row."""
    given = {"round": round_id, "school": school_id, "all": settled}
    return [_question(dict(row)) for row in office.store.query(_SELECT, given)]


def settle(office: Office, ids: Sequence[str], *, back: bool = False) -> Operation:
    """Mark questions as dealt with; ``back`` opens them again.

    Raises:
        UserError: nothing was chosen.
    """
    if not ids:
        raise UserError("collect.none_chosen", "没有选中要处理的事项。", "请先在表中选中。")
    state, verb = ("open", "重新打开") if back else ("settled", "处理")
    title = f"{verb}收表事项 {len(ids)} 条"
    with office.store.operation("collect.settle", title) as operation:
        for one in ids:
            office.store.execute("UPDATE collect_question SET state = ? WHERE id = ?", (state, one))
    return operation


def masked(kind: ImportKind, field: str, value: str) -> str:
    """A cell as a question shows it."""
    column = columns(ENTITIES[kind]).get(field)
    return mask(column, value) if column else value


def _question(row: dict[str, object]) -> Question:
    row["severity"] = Severity(str(row["severity"]))
    row["school"] = row["school"] or ""
    return Question(**row)  # pyright: ignore[reportArgumentType]
