"""The receiver's result or error workbook: matched to what was sent, row by row."""

from __future__ import annotations

from collections import Counter
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
from models.text.tidy import key
from models.uploads.catalogue import form_named
from models.uploads.form_list import forms
from models.uploads.form_text import read_form, returns_of
from models.uploads.forms import Form, ReturnColumns
from models.uploads.given_numbers import write_numbers
from models.uploads.reading import ReadForm, ReadRow, plain_title, read_by_form, recognise
from models.uploads.tables import RETURN

ACCEPTED, REFUSED, UNKNOWN = "accepted", "refused", "unknown"
_SENT = """
SELECT r.row_key, r.id, r.upload_id, r.teacher_id, r.caption, r.state, r.message, r.number,
    r.subject_id
FROM upload_row AS r JOIN upload AS u ON u.id = r.upload_id
WHERE u.form = ? ORDER BY u.built_at, u.rowid, r.place
"""
_UPDATE = """
UPDATE upload_row SET state = ?, message = ?, number = COALESCE(?, number), returned_on = ?
WHERE id = ?
"""
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
    """A row as it was sent last."""

    id: str
    upload_id: str
    teacher_id: str | None
    caption: str
    state: str
    message: str | None
    number: str | None
    subject_id: str


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
    if rest_accepted or said.only_errors:
        rows += _rest(rows, sent)
    before = office.store.value(
        "SELECT read_at FROM upload_return WHERE sha256 = ? ORDER BY read_at DESC", (source.sha256,)
    )
    return ReturnPlan(
        form=chosen,
        path=path,
        sha256=source.sha256,
        rows=tuple(rows),
        read_before=str(before or ""),
        notes=(*read.notes, *_notes(read, said, before)),
    )


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


def _sent_rows(office: Office, form: str) -> Mapping[str, _Sent]:
    """The rows of a form by what tells them apart, the latest of each."""
    rows = office.store.tuples(_SENT, (form,))
    return {row[0]: _Sent(*row[1:]) for row in rows if row[0]}


def _judged(
    row: ReadRow, sent: Mapping[str, _Sent], said: ReturnColumns, read: ReadForm
) -> ReturnRow:
    """What one row of the workbook says of the row it belongs to."""
    found = sent.get(row.key)
    if found is None:
        name = next((as_text(cell) for cell in row.raw.values() if cell is not None), "")
        return ReturnRow(row.number, name, UNKNOWN, row.trouble or _NEVER)
    cells = {
        **_titled(row, read),
        **{plain_title(title): cell for title, cell in row.extra.items()},
    }
    reason = _first(cells, said.reasons)
    given = _first(cells, said.numbers)
    state = _state(_first(cells, said.states), reason, given, said)
    if state == ACCEPTED and key(reason) in {key(word) for word in said.accepted}:
        reason = ""
    return ReturnRow(
        number=row.number,
        caption=found.caption,
        state=state,
        message=reason if state != UNKNOWN else reason or "结果表没有写明是否接收",
        given=given,
        row_id=found.id,
        subject_id=found.subject_id,
        teacher_id=found.teacher_id,
    )


def _titled(row: ReadRow, read: ReadForm) -> dict[str, Raw]:
    """The form's own cells by title, but for those we sent something in: they are no answer."""
    return {
        plain_title(one.title): row.raw.get(one.key)
        for one in read.form.columns
        if not one.fact and not one.constant
    }


def _state(mark: str, reason: str, given: str, said: ReturnColumns) -> str:
    """By the mark, else by a reason or a number; a word of refusal may hold one of acceptance."""
    for word in (mark, reason):
        for state, words in ((REFUSED, said.refused), (ACCEPTED, said.accepted)):
            if word and key(word) in {key(one) for one in words}:
                return state
    for state, words in ((REFUSED, said.refused), (ACCEPTED, said.accepted)):
        if mark and any(len(one) > 1 and key(one) in key(mark) for one in words):
            return state
    if reason:
        return REFUSED
    return ACCEPTED if given else UNKNOWN


def _first(cells: Mapping[str, Raw], titles: Sequence[str]) -> str:
    """The first filled cell under one of the titles."""
    for title in titles:
        cell = cells.get(plain_title(title))
        if cell is not None and (text := as_text(cell).strip()):
            return text
    return ""


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


def _rest(rows: Sequence[ReturnRow], sent: Mapping[str, _Sent]) -> list[ReturnRow]:
    """The rows of the same uploads that the workbook does not name and that still wait."""
    named = {one.row_id for one in rows}
    uploads = {one.upload_id for one in sent.values() if one.id in named}
    return [
        ReturnRow(
            0, one.caption, ACCEPTED, row_id=one.id, subject_id=one.subject_id,
            teacher_id=one.teacher_id,
        )
        for one in sent.values()
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


def _notes(read: ReadForm, said: ReturnColumns, before: object) -> list[str]:
    titles = {plain_title(one) for one in (*said.reasons, *said.states, *said.numbers)}
    there = {plain_title(one) for one in read.extra}
    own = {plain_title(one.title) for one in read.form.columns if not one.fact}
    notes = [f"这份文件 {str(before)[:10]} 已经读过。"] if before else []
    if not titles & (there | own):
        notes.append(
            "没有找到写结果的栏目（如“错误信息”“导入结果”），各行记为结果不明；"
            "请在上报表的 returns 里写明栏名。"
        )
    return notes
