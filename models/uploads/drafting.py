"""What would be sent: every row checked, every problem named with the way to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.entities.describe import Kind
from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.text.masking import mask_id_number, mask_phone
from models.text.numbers import plain
from models.uploads.checking import complaint
from models.uploads.facts import Fact, fact_named
from models.uploads.forms import CellKind, Form, FormColumn, Subject
from models.uploads.fractions import Rounded, settle
from models.uploads.gathering import gather
from models.uploads.history import Earlier, earlier_rows
from models.uploads.rows import DraftRow, FactRow, Wish
from models.uploads.translating import Cell, NoCodeError, cell_of

SHOWN = 5  # problems told in the message of a refusal; all are in ``problems``
_STEP = 1000


@dataclass(frozen=True, slots=True)
class UploadProblem:
    """Why a row cannot be sent as it is.

    Attributes:
        row: its place among all rows looked at, from 1.
        who: how messages name it.
        column: the title of the column.
        key: the column's key.
        value: what stands there, personal data masked.
        message: one sentence: what is wrong and what to do.
        subject: what the row is about: it says which page the jump goes to.
        subject_id: the entry, teacher or institution to jump to.
        teacher_id: whose it is; None where it is nobody's.
    """

    row: int
    who: str
    column: str
    key: str
    value: str
    message: str
    subject: Subject
    subject_id: str
    teacher_id: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """What can be sent, and what has to be mended first.

    Attributes:
        form, wish: of what.
        rows: what would go, in order.
        problems: everything the receiver would send back.
        left_out: how many rows have problems.
        unchanged: how many were accepted before and are left out for that.
        rounded: every amount that is not sent as it is.
        gone: captions of rows that were accepted and are no longer ours to send.
        notes: sentences a person should read.
    """

    form: Form
    wish: Wish
    rows: tuple[DraftRow, ...]
    problems: tuple[UploadProblem, ...]
    left_out: int
    unchanged: int
    rounded: tuple[Rounded, ...]
    gone: tuple[str, ...]
    notes: tuple[str, ...]


class UploadRefusedError(UserError):
    """Rows that the receiver would not take; nothing was written.

    Attributes:
        problems: all of them.
    """

    def __init__(self, problems: Sequence[UploadProblem]) -> None:
        """List the first problems in the message."""
        told = "；".join(f"第 {one.row} 条（{one.who}）{one.message}" for one in problems[:SHOWN])
        more = f" 等 {len(problems)} 处" if len(problems) > SHOWN else ""
        super().__init__(
            "upload.refused",
            f"有 {len(problems)} 处不合上报要求，没有生成上报文件：{told}{more}。",
            "请逐条改正后重新生成；学时、学分的小数如何取整，请先问清上级再定。",
        )
        self.problems = tuple(problems)


def draft(
    office: Office,
    form: Form,
    wish: Wish,
    progress: Progress | None = None,
    rows: Sequence[FactRow] | None = None,
) -> Draft:
    """Check what would be sent.

    Args:
        office: the office.
        form: by which form.
        wish: which rows, and how fractions are settled.
        progress: told of the rows; may cancel.
        rows: the facts, where they are not the office's own (a city's counties).

    Raises:
        CancelledByUser: the person asked to stop.
    """
    steps = progress or Progress()
    found = gather(office, form, wish, steps) if rows is None else list(rows)
    earlier = earlier_rows(office, form.name)
    drafts, problems = translated(office, form, found, steps)
    settled = settle(form, wish, drafts, earlier)
    told = {(one.row, one.key) for one in problems}
    problems += [
        one for one in _complaints(form, found, settled.rows) if (one.row, one.key) not in told
    ]
    problems += _doubles(form, found, settled.rows)
    bad = {one.row for one in problems}
    good = [one for place, one in enumerate(settled.rows, 1) if place not in bad]
    fresh = [
        one for one in good if not (wish.only_new and earlier.accepted_as(one.fact.id, one.cells))
    ]
    kept = {one.fact.id for one in fresh}
    return Draft(
        form=form,
        wish=wish,
        rows=tuple(fresh),
        problems=tuple(sorted(problems, key=lambda one: one.row)),
        left_out=len(bad),
        unchanged=len(good) - len(fresh),
        rounded=tuple(one for one in settled.rounded if one.subject_id in kept),
        gone=_gone(form, wish, found, earlier),
        notes=tuple(_notes(fresh, earlier)),
    )


def translated(
    office: Office, form: Form, found: Sequence[FactRow], progress: Progress
) -> tuple[list[DraftRow], list[UploadProblem]]:
    """Every row in the form's cells, and the codes the form has none for."""
    facts = [fact_named(form.subject, one.fact) if one.fact else None for one in form.columns]
    pairs = list(zip(form.columns, facts, strict=True))
    drafts: list[DraftRow] = []
    problems: list[UploadProblem] = []
    for place, row in enumerate(found, 1):
        if place % _STEP == 0:
            progress.step(place, len(found), "正在检查")
        cells: list[Cell] = []
        for column, fact in pairs:
            try:
                cells.append(_cell(office, column, fact, row))
            except NoCodeError as error:
                cells.append(None)
                message = f"“{column.title}”没有与“{error.shown}”对应的代码，请在上报表里补上对应"
                problems.append(_problem(form, place, row, column, error.shown, message))
        drafts.append(DraftRow(row, tuple(cells), "", {}))
    return drafts, problems


def _cell(office: Office, column: FormColumn, fact: Fact | None, row: FactRow) -> Cell:
    if fact is None:
        return _as_kind(column, column.constant or None)
    return _as_kind(column, cell_of(column, fact, row.facts.get(fact.name), office.codes))


def _as_kind(column: FormColumn, cell: Cell) -> Cell:
    """The cell in the type the column holds; an amount with a fraction stays exact for now."""
    if cell is None or cell == "":
        return None
    if column.kind in (CellKind.INTEGER, CellKind.DECIMAL):
        if isinstance(cell, str):
            return Decimal(cell) if cell.replace(".", "", 1).isdecimal() else cell
        return cell
    return plain(cell) if isinstance(cell, Decimal) else str(cell)


def _complaints(
    form: Form, found: Sequence[FactRow], drafts: Sequence[DraftRow]
) -> list[UploadProblem]:
    return [
        _problem(form, place, found[place - 1], column, cell, message)
        for place, one in enumerate(drafts, 1)
        for column, cell in zip(form.columns, one.cells, strict=True)
        if (message := complaint(column, cell))
    ]


def _doubles(
    form: Form, found: Sequence[FactRow], drafts: Sequence[DraftRow]
) -> Iterator[UploadProblem]:
    """Rows the receiver would take for one."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(drafts, 1):
        if one.key:
            places[one.key].append(place)
    for same in places.values():
        for place in same if len(same) > 1 else ():
            other = next(one for one in same if one != place)
            column = form.column(form.key[0])
            said = "、".join(form.column(name).title for name in form.key)
            message = (
                f"与第 {other} 条（{found[other - 1].caption}）的{said}都相同，"
                "上级会当作重复退回，请核对后留一条"
            )
            yield _problem(form, place, found[place - 1], column, "", message)


def _problem(
    form: Form, place: int, row: FactRow, column: FormColumn, cell: Cell, message: str
) -> UploadProblem:
    fact = fact_named(form.subject, column.fact) if column.fact else None
    shown = "" if cell is None else plain(cell) if isinstance(cell, Decimal) else str(cell)
    if fact is not None and fact.personal and shown:
        masked = mask_phone(shown) if fact.kind is Kind.PHONE else mask_id_number(shown)
        message, shown = message.replace(shown, masked), masked
    return UploadProblem(
        row=place,
        who=row.caption,
        column=column.title,
        key=column.key,
        value=shown,
        message=message,
        subject=form.subject,
        subject_id=row.id,
        teacher_id=row.teacher_id,
    )


def _gone(form: Form, wish: Wish, found: Sequence[FactRow], earlier: Earlier) -> tuple[str, ...]:
    """Accepted records of the year that were taken back since."""
    if form.subject is not Subject.RECORD or wish.school_id or wish.kinds:
        return ()
    there = {one.id for one in found}
    return tuple(one.caption for one in earlier.accepted(wish.year) if one.subject_id not in there)


def _notes(fresh: Sequence[DraftRow], earlier: Earlier) -> Iterator[str]:
    waiting = sum(earlier.state(one.fact.id) == "waiting" for one in fresh)
    if waiting:
        yield f"{waiting} 条以前报过、还没有读到结果，这次一并写入。"
    again = [one for one in fresh if earlier.refused_as(one.fact.id, one.cells)]
    for one in again[:SHOWN]:
        yield f"{one.fact.caption} 上次被退回（{earlier.message(one.fact.id)}），内容还没有改。"
    if len(again) > SHOWN:
        yield f"上次被退回、内容还没有改的共 {len(again)} 条。"
