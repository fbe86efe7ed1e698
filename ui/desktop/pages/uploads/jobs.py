"""What the page has written on the writer lane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from models.training.naming import teacher_meant
from models.uploads.building import Built, build
from models.uploads.catalogue import drop_form, form_named, save_form
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
class Registered:
    """A result that was put down, and what the person should know of it."""

    operation: Operation
    told: str


def build_upload(office: Office, progress: Progress, name: str, wish: Wish, out: Path) -> Built:
    """Check, write, read back and keep an upload."""
    return build(office, form_named(office, name), wish, out, progress)


def mark(office: Office, _progress: Progress, ids: Sequence[str], day: str) -> Operation:
    """Put down the day files were handed in; "" takes it back."""
    said = date.fromisoformat(day_of(office, day)) if day else None
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
    return save_form(office, form, book)


def drop(office: Office, _progress: Progress, name: str) -> Operation:
    """Take a form of the office's own out."""
    return drop_form(office, name)
