"""The receiver's result or error workbook: matched to what was sent, row by row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.entities.cells import Raw
from models.entities.written import as_text
from models.errors import UserError
from models.exchange.reading.source import Source, open_source
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from models.uploads.catalogue import form_named
from models.uploads.cells import unpacked
from models.uploads.form_list import forms
from models.uploads.form_text import read_form, returns_of
from models.uploads.forms import Form, FormColumn, ReturnColumns
from models.uploads.given_numbers import write_numbers
from models.uploads.outcomes import ACCEPTED, REFUSED, UNKNOWN, outcome
from models.uploads.reading import ReadForm, ReadRow, plain_title, read_by_form, recognise
from models.uploads.tables import RETURN
from models.uploads.their_values import NUMBER
from models.uploads.translating import Cell, normal

__all__ = [
    "ACCEPTED",
    "REFUSED",
    "UNKNOWN",
    "ReturnPlan",
    "ReturnRow",
    "apply_return",
    "read_return",
]

_SENT = """
SELECT r.row_key, r.id, r.upload_id, r.teacher_id, r.caption, r.state, r.subject_id, r.cells
FROM upload_row AS r JOIN upload AS u ON u.id = r.upload_id
WHERE u.form = ? ORDER BY u.built_at, u.rowid, r.place
"""
_UPDATE = """
UPDATE upload_row SET state = ?1, message = ?2, number = COALESCE(?3, number), returned_on = ?4
WHERE id = ?5 AND NOT (?1 = 'unknown' AND state IN ('accepted', 'refused'))
"""
"""A result that says nothing of a row takes nothing back that an earlier one said."""
_UNTOLD = (
    "有 {} 行认不出是报过的哪一条（或有工作表没有读），表里没有列出的因此没有算作已接收；"
    "请补正后重读，或请上级给出全部各行的结果。"
)
_NEVER = "不在我们报送的内容里（或已改了关键的几栏），没有登记"


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """What a row of the result says.

    Attributes:
        number: the row of the workbook; 0 for a row that is not in it.
        caption: how messages name it.
        state: accepted, refused or unknown.
        message: the receiver's reasons, or why it is unknown.
        given: a number given there; "" for none.
        row_id: the row as it was sent; "" where there is none.
        subject_id, teacher_id: what and whose it is, to jump to.
    """

    number: int
    caption: str
    state: str
    message: str = ""
    given: str = ""
    row_id: str = ""
    subject_id: str = ""
    teacher_id: str | None = None


@dataclass(frozen=True, slots=True)
class ReturnPlan:
    """What reading the result would put down.

    Attributes:
        form: by which form it was read.
        path: the file.
        sha256: of its bytes.
        rows: what it says, row by row.
        read_before: when the same file was read before (ISO); "" for never.
        notes: what a person should know.
    """

    form: Form
    path: Path
    sha256: str
    rows: tuple[ReturnRow, ...]
    read_before: str
    notes: tuple[str, ...]

    def count(self, state: str) -> int:
        """How many rows it says that of."""
        return sum(one.state == state for one in self.rows)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A row as it was sent."""

    id: str
    upload_id: str
    teacher_id: str | None
    caption: str
    state: str
    subject_id: str
    cells: str


_SentRows = Mapping[str, Sequence[_Sent]]
"""What tells a row apart to the rows sent under it, the first sent first."""


def read_return(
    office: Office,
    path: Path,
    form: str = "",
    *,
    rest_accepted: bool = False,
    progress: Progress | None = None,
) -> ReturnPlan:
    """What a result workbook says of what was sent; nothing is written.

    Args:
        office: the office.
        path: the workbook.
        form: the form's name; "" to tell it by the header.
        rest_accepted: rows of the same uploads that are not in it were accepted (a workbook that
            lists the bad ones only).
        progress: told while the file is read; may cancel.

    Raises:
        UserError: no workbook, not a form of ours, a changed header, or nothing of it was sent.
        WorldError: the file cannot be read.
    """
    source = open_source(path, progress)
    chosen = form_named(office, form) if form else recognise(office, source, _candidates(office))
    read = read_by_form(source, chosen)
    sent = _sent_rows(office, chosen.name)
    said = returns_of(chosen)
    rows = [_judged(one, sent, said, read) for one in read.rows]
    if not any(one.row_id for one in rows):
        raise _never_sent(source, chosen, read)
    rows = _one_each(rows)
    notes = [*read.notes, *_notes(read, said)]
    if rest_accepted or said.only_errors:
        told = [one.key or one.trouble for one in read.rows]
        untold = sum(bool(one) and one not in sent for one in told)
        if untold or read.others:
            notes.append(_UNTOLD.format(untold))
        else:
            rows += _rest(rows, sent)
    before = office.store.value(
        "SELECT read_at FROM upload_return WHERE sha256 = ? ORDER BY read_at DESC", (source.sha256,)
    )
    if before:
        notes.insert(0, f"这份文件 {str(before)[:10]} 已经读过。")
    return ReturnPlan(chosen, path, source.sha256, tuple(rows), str(before or ""), tuple(notes))


def apply_return(office: Office, plan: ReturnPlan) -> Operation:
    """Put down what became of the rows and the numbers given, as one undoable operation."""
    store = office.store
    today = store.clock.today().isoformat()
    title = (
        f"登记“{plan.form.title}”的上报结果：接收 {plan.count(ACCEPTED)}，"
        f"退回 {plan.count(REFUSED)}，不明 {plan.count(UNKNOWN)}"
    )
    with store.operation("uploads.return", title) as operation:
        for one in plan.rows:
            if one.row_id:
                values = (one.state, one.message or None, one.given or None, today, one.row_id)
                store.execute(_UPDATE, values)
        numbers = {one.teacher_id: one.given for one in plan.rows if one.teacher_id and one.given}
        told = write_numbers(office, plan.form.receiver, numbers, plan.path.name)
        if told:
            operation.detail["numbers"] = list(told)
        row = (
            store.ids.new_id(), plan.form.name, plan.path.name, plan.sha256,
            store.clock.now().isoformat(), store.person,
            plan.count(ACCEPTED), plan.count(REFUSED), plan.count(UNKNOWN),
        )  # fmt: skip
        store.insert("upload_return", ("id", *RETURN), [row])
    return operation


def _candidates(office: Office) -> list[Form]:
    """The forms that were sent, as they were, before those that were not."""
    rows = office.store.query("SELECT form, title, form_text FROM upload ORDER BY built_at, rowid")
    was = {row["form"]: read_form(row["form_text"], row["title"]) for row in rows}
    now = {one.name: one.form for one in forms(office) if one.form}
    return [*was.values(), *(one for name, one in now.items() if name not in was)]


def _sent_rows(office: Office, form: str) -> _SentRows:
    """The rows of a form by what tells them apart."""
    found: dict[str, list[_Sent]] = defaultdict(list)
    for told, *row in office.store.tuples(_SENT, (form,)):
        if told:
            found[told].append(_Sent(*row))
    return found


def _judged(row: ReadRow, sent: _SentRows, said: ReturnColumns, read: ReadForm) -> ReturnRow:
    """What one row of the workbook says of the row it belongs to."""
    if not sent.get(row.key):
        name = next((as_text(cell) for cell in row.raw.values() if cell is not None), "")
        return ReturnRow(row.number, name, UNKNOWN, row.trouble or _NEVER)
    found = _meant(read.form, row, sent[row.key])
    cells = {
        **_titled(row, read, found),
        **{plain_title(title): cell for title, cell in row.extra.items()},
    }
    state, message, given = outcome(cells, said)
    return ReturnRow(
        number=row.number,
        caption=found.caption,
        state=state,
        message=message,
        given=given,
        row_id=found.id,
        subject_id=found.subject_id,
        teacher_id=found.teacher_id,
    )


def _meant(form: Form, row: ReadRow, sent: Sequence[_Sent]) -> _Sent:
    """The row that was sent last as it stands in the workbook, else the last.

    A result may be about a file that was made before a correction.
    """
    if len(sent) == 1:
        return sent[0]
    return next((one for one in reversed(sent) if _stands(form, row, one)), sent[-1])


def _stands(form: Form, row: ReadRow, sent: _Sent) -> bool:
    cells = unpacked(sent.cells)
    return len(cells) == len(form.columns) and all(
        normal(column, cell) == normal(column, row.raw[column.key])
        for column, cell in zip(form.columns, cells, strict=True)
        if column.key in row.raw and not _theirs(column, cell)
    )


def _titled(row: ReadRow, read: ReadForm, sent: _Sent) -> dict[str, Raw]:
    """The form's own cells by title, but for those we sent something in: they are no answer."""
    columns, cells = read.form.columns, unpacked(sent.cells)
    if len(cells) != len(columns):
        cells = ("",) * len(columns)
    return {
        plain_title(one.title): row.raw.get(one.key)
        for one, cell in zip(columns, cells, strict=True)
        if _theirs(one, cell)
    }


def _theirs(column: FormColumn, sent: Cell) -> bool:
    """Whether a column of the form is for the receiver: a number that was not known yet, too."""
    if column.fact == NUMBER:
        return not sent
    return not column.fact and not column.constant


def _one_each(rows: Iterable[ReturnRow]) -> list[ReturnRow]:
    """Of several rows about one sent row the refusal counts, and the others say so."""
    found = list(rows)
    counts = Counter(one.row_id for one in found if one.row_id)
    refused = {one.row_id for one in found if one.state == REFUSED}
    seen: set[str] = set()
    for place, one in enumerate(found):
        if counts.get(one.row_id, 0) < 2:
            continue
        weaker = one.row_id in refused and one.state != REFUSED
        if weaker or one.row_id in seen:
            message = "结果表里另有一行说的是同一条，以退回的（或先出现的）为准"
            found[place] = replace(one, state=UNKNOWN, message=message, row_id="", given="")
        else:
            seen.add(one.row_id)
    return found


def _rest(rows: Sequence[ReturnRow], sent: _SentRows) -> list[ReturnRow]:
    """The rows of the same uploads that the workbook does not name and that still wait."""
    named = {one.row_id for one in rows}
    every = [one for several in sent.values() for one in several]
    uploads = {one.upload_id for one in every if one.id in named}
    return [
        ReturnRow(
            0, one.caption, ACCEPTED, row_id=one.id, subject_id=one.subject_id,
            teacher_id=one.teacher_id,
        )
        for one in every
        if one.upload_id in uploads and one.id not in named and one.state in ("waiting", UNKNOWN)
    ]  # fmt: skip


def _never_sent(source: Source, form: Form, read: ReadForm) -> UserError:
    trouble = next((one.trouble for one in read.rows if one.trouble), "")
    if trouble:
        return UserError("upload.damaged_ids", f"“{source.path.name}”里 {trouble}。")
    return UserError(
        "upload.never_sent",
        f"“{source.path.name}”是“{form.title}”，但其中没有一行是我们报送过的。",
        "请核对是不是别的单位的结果，或是不是用本程序报送的。",
    )


def _notes(read: ReadForm, said: ReturnColumns) -> list[str]:
    titles = {plain_title(one) for one in (*said.reasons, *said.states, *said.numbers)}
    there = {plain_title(one) for one in read.extra}
    own = {plain_title(one.title) for one in read.form.columns if not one.fact}
    if titles & (there | own):
        return []
    return [
        "没有找到写结果的栏目（如“错误信息”“导入结果”），各行记为结果不明；"
        "请在上报表的 returns 里写明栏名。"
    ]
