"""What the page has written on the writer lane."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Changed, Operation
from models.training.naming import teacher_meant
from models.uploads.building import Built, build
from models.uploads.catalogue import drop_form, form_named, save_form
from models.uploads.facts import fact_named
from models.uploads.form_list import forms
from models.uploads.forms import Form
from models.uploads.proposing import key_of
from models.uploads.reconciling import Choices, Reconciled, Reconciliation, apply_choices
from models.uploads.returns import ReturnPlan, apply_return
from models.uploads.rows import Wish
from models.uploads.sent import mark_sent
from models.uploads.transfers import (
    TransferDraft,
    TransferStep,
    file_transfer,
    sign_transfer,
)
from ui.desktop.widgets.answers import day_of

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Written:
    """An upload that was built; the window learns which rows came of it."""

    built: Built
    changed: Changed


@dataclass(frozen=True, slots=True)
class Registered:
    """A result that was put down, and what the person should know of it."""

    operation: Operation
    told: str


def build_upload(office: Office, progress: Progress, name: str, wish: Wish, out: Path) -> Written:
    """Check, write, read back and keep an upload."""
    built = build(office, form_named(office, name), wish, out, progress)
    count = len(built.files) + sum(one.rows for one in built.files)
    return Written(built, Changed(frozenset({"upload", "upload_row"}), count))


def mark(office: Office, _progress: Progress, ids: Sequence[str], day: str) -> Operation:
    """Put down the day files were handed in; "" takes it back."""
    said = date.fromisoformat(day_of(office, day)) if day else None
    if said is not None and said > office.store.clock.today():
        raise UserError(
            "upload.sent_later", f"{said} 还没有到，不能登记为已经送出。", "请核对日期。"
        )
    return mark_sent(office, ids, said)


def register_return(office: Office, _progress: Progress, plan: ReturnPlan) -> Registered:
    """Put down what became of the rows."""
    operation = apply_return(office, plan)
    told = operation.detail.get("numbers")
    return Registered(operation, "；".join(map(str, told)) if isinstance(told, list) else "")  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def apply_compared(
    office: Office, _progress: Progress, found: Reconciliation, choices: Choices
) -> Reconciled:
    """Write what was chosen of a comparison."""
    return apply_choices(office, found, choices)


def file_one(office: Office, _progress: Progress, texts: Texts) -> Operation:
    """Begin to follow a transfer."""
    if not texts["receiver"]:
        raise UserError("upload.no_receiver", "没有写在哪个系统办理。", "请补填。")
    return file_transfer(
        office,
        TransferDraft(
            teacher_id=teacher_meant(office, texts["teacher"]),
            receiver=texts["receiver"],
            direction=texts["direction"],
            from_school=texts["from_school"],
            to_school=texts["to_school"],
            filed_on=date.fromisoformat(day_of(office, texts["day"])),
            note=texts["note"],
        ),
    )


def sign_one(office: Office, _progress: Progress, transfer_id: str, texts: Texts) -> Operation:
    """Put down a sign-off."""
    day = day_of(office, texts["day"])
    step = TransferStep(texts["what"], texts["person"], day, texts["opinion"])
    return sign_transfer(office, transfer_id, step, texts["state"])


def keep_form(
    office: Office, _progress: Progress, form: Form, book: tuple[str, bytes] | None
) -> Operation:
    """Keep a form as the office's own; the columns that tell rows apart follow the facts."""
    known = {one.key for one in form.columns if one.fact}
    if not form.key or set(form.key) - known:
        form = form.model_copy(update={"key": key_of(form.subject, form.columns)})
    _check_conditions(office, form)
    return save_form(office, form, book)


def _check_conditions(office: Office, form: Form) -> None:
    """Refuse a new condition that no row can meet: its value is none of the table's."""
    listed = next((one.form for one in forms(office) if one.name == form.name), None)
    before = {*_conditions(listed)} if listed else set[tuple[str, str]]()
    for name, value in _conditions(form):
        fact = fact_named(form.subject, name)
        if fact is None or fact.table is None or (name, value) in before:
            continue
        table = office.codes[fact.table]
        if value not in {said for one in table for said in (one.code, one.name)}:
            raise UserError(
                "upload.condition",
                f"“整张表”里的“{fact.title}={value}”不对：“{table.title}”里没有“{value}”。",
                "请照代码表的名称写。",
            )


def _conditions(form: Form) -> Iterator[tuple[str, str]]:
    for name, values in (*form.only.items(), *form.never.items()):
        for value in values:
            yield name, value


def drop(office: Office, _progress: Progress, name: str) -> Operation:
    """Take a form of the office's own out."""
    return drop_form(office, name)
