"""Transfers that go through sign-offs in the higher system, followed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.errors import UserError
from models.office.context import Office
from models.staff.queries import name_of_teacher
from models.store.operations import Operation
from models.uploads.tables import STEP, TRANSFER

DIRECTION_NAMES = {"in": "调入", "out": "调出", "within": "本县内"}
STATE_NAMES = {"open": "办理中", "done": "已办结", "refused": "被退回", "withdrawn": "已撤回"}
_LIST = """
SELECT x.id, x.teacher_id, t.teacher_no, t.name, x.receiver, x.direction, x.from_school,
    x.to_school, x.filed_on, COALESCE(x.note, '') AS note, x.state
FROM upload_transfer AS x JOIN teacher AS t ON t.id = x.teacher_id
WHERE (:id IS NULL OR x.id = :id) AND (:state IS NULL OR x.state = :state)
    AND (:teacher IS NULL OR x.teacher_id = :teacher)
ORDER BY x.state <> 'open', x.filed_on DESC, x.id
"""
_STEPS = """
SELECT transfer_id, what, person, happened_on, COALESCE(opinion, '') AS opinion
FROM upload_transfer_step ORDER BY transfer_id, step
"""


@dataclass(frozen=True, slots=True)
class TransferStep:
    """One sign-off: what, by whom, when, with what opinion."""

    what: str
    person: str
    happened_on: str
    opinion: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer in the higher system.

    Attributes:
        id: by which it is kept.
        teacher_id, teacher_no, name: whose.
        receiver: in which system.
        direction: in, out or within.
        from_school, to_school: as they stand there.
        filed_on: the day it was filed.
        note: a remark.
        state: open, done, refused or withdrawn.
        steps: the sign-offs so far.
    """

    id: str
    teacher_id: str
    teacher_no: str
    name: str
    receiver: str
    direction: str
    from_school: str
    to_school: str
    filed_on: str
    note: str
    state: str
    steps: tuple[TransferStep, ...]


@dataclass(frozen=True, slots=True)
class TransferDraft:
    """A transfer to be followed; the parts are those of ``Transfer``."""

    teacher_id: str
    receiver: str
    direction: str
    from_school: str
    to_school: str
    filed_on: date
    note: str = ""


def transfers(
    office: Office, state: str | None = None, teacher_id: str | None = None
) -> list[Transfer]:
    """The transfers followed, open ones first."""
    return _read(office, state=state, teacher=teacher_id)


def file_transfer(office: Office, draft: TransferDraft) -> Operation:
    """Begin to follow a transfer.

    Raises:
        UserError: no such teacher or direction, no school, or one of that teacher is open.
    """
    name = name_of_teacher(office, draft.teacher_id)
    if not name:
        raise UserError("upload.no_teacher", "这名教师已不在名册中。", "请刷新后重新选择。")
    if draft.direction not in DIRECTION_NAMES:
        raise UserError(
            "upload.direction",
            f"没有“{draft.direction}”这种调动。",
            f"可用：{'、'.join(DIRECTION_NAMES)}。",
        )
    if not draft.from_school.strip() or not draft.to_school.strip():
        raise UserError("upload.no_school", "没有写调出和调入的学校。", "请写全。")
    if any(one.receiver == draft.receiver for one in transfers(office, "open", draft.teacher_id)):
        raise UserError(
            "upload.transfer_open", f"{name} 有一次调动还没有办结。", "请先办结或撤回那一次。"
        )
    store = office.store
    row = (
        store.ids.new_id(), draft.teacher_id, draft.receiver, draft.direction,
        draft.from_school.strip(), draft.to_school.strip(), draft.filed_on.isoformat(),
        draft.note.strip() or None, "open",
    )  # fmt: skip
    with store.operation("uploads.transfer", f"登记上级系统中的调动 {name}") as operation:
        store.insert("upload_transfer", ("id", *TRANSFER, "state"), [row])
    return operation


def sign_transfer(
    office: Office, transfer_id: str, step: TransferStep, state: str = "open"
) -> Operation:
    """Put down a sign-off and, where it ends the transfer, how.

    Raises:
        UserError: no such transfer or state, it has ended, or the step is not named.
    """
    found = _one(office, transfer_id)
    if found.state != "open":
        raise UserError(
            "upload.transfer_ended",
            f"{found.name} 的这次调动{STATE_NAMES[found.state]}，不能再登记办理。",
            "需要更正的，请撤销最后一次登记。",
        )
    if state not in STATE_NAMES:
        raise UserError(
            "upload.state", f"没有“{state}”这种结果。", f"可用：{'、'.join(STATE_NAMES)}。"
        )
    if not step.what.strip():
        raise UserError("upload.no_step", "没有写办到哪一步。", "如“调出校同意”“县局审核”。")
    store = office.store
    row = (
        store.ids.new_id(), found.id, len(found.steps) + 1, step.what.strip(), step.person,
        step.happened_on, step.opinion.strip() or None,
    )  # fmt: skip
    with store.operation("uploads.sign", f"调动办理 {found.name}：{step.what}") as operation:
        store.insert("upload_transfer_step", ("id", *STEP), [row])
        if state != "open":
            store.execute("UPDATE upload_transfer SET state = ? WHERE id = ?", (state, found.id))
    return operation


def _one(office: Office, transfer_id: str) -> Transfer:
    found = _read(office, identity=transfer_id)
    if not found:
        raise UserError("upload.no_transfer", "没有这次调动。", "请刷新后重试。")
    return found[0]


def _read(
    office: Office,
    *,
    identity: str | None = None,
    state: str | None = None,
    teacher: str | None = None,
) -> list[Transfer]:
    steps: dict[str, list[TransferStep]] = {}
    for row in office.store.query(_STEPS):
        steps.setdefault(row[0], []).append(TransferStep(*tuple(row)[1:]))
    rows = office.store.query(_LIST, {"id": identity, "state": state, "teacher": teacher})
    return [Transfer(**dict(row), steps=tuple(steps.get(row["id"], ()))) for row in rows]
