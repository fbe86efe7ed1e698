"""Who may train: organisers and experts, their accreditation, and the yellow card.

温州 2012: 「获得培训资质，才能组织实施相关培训工作」; 「实行黄牌警告，限期整改，并实行再检查」.
A body nobody has entered is not judged: many trainings come from the province or a platform.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from models.entities.describe import Column, Entity, Kind, columns
from models.entities.display import mask
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.training.course_names import title_key
from models.training.events import note
from models.training.words import need_words

KIND_NAMES = {"organizer": "培训机构", "expert": "专家"}
STATE_NAMES = {"applied": "申请中", "accredited": "已认定", "cancelled": "已取消"}
EXPIRED = "已到期"
YELLOW = "黄牌"
_COLUMNS = (
    "id", "name", "name_key", "kind", "field", "contact", "remark", "state", "valid_until",
)  # fmt: skip
_ALL = "SELECT * FROM trainer_body ORDER BY kind, name"


class TrainerBody(Entity):
    """An organiser or an expert as the office's form asks for it."""

    name: Annotated[
        str,
        Column(title="名称", required=True, width=16, listed=True, note="机构名称或专家姓名"),
    ]
    kind: Annotated[
        str | None, Column(title="类别", width=5, listed=True, note="培训机构或专家")
    ] = None
    field: Annotated[
        str | None, Column(title="专长或范围", width=12, listed=True, example="学科教学")
    ] = None
    contact: Annotated[
        str | None, Column(title="联系电话", kind=Kind.PHONE, width=9, personal=True)
    ] = None
    remark: Annotated[str | None, Column(title="备注", width=12)] = None


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One body as text: ``shown`` holds its fields and ``state valid_until card deadline``."""

    id: str
    shown: Mapping[str, str]
    state: str
    carded: bool


def apply_for(office: Office, values: Mapping[str, str | None]) -> Operation:
    """Take in a body that asks for accreditation; its first state is 申请中.

    Raises:
        UserError: no name, another kind than an organiser or an expert, or a known name.
    """
    name = str(values.get("name") or "").strip()
    kind = _kind(values.get("kind"))
    if not name:
        raise UserError("training.body_name", "没有填名称。", "请填写机构名称或专家姓名。")
    known = office.store.value(
        "SELECT name FROM trainer_body WHERE name_key = ? AND kind = ?", (title_key(name), kind)
    )
    if known is not None:
        raise UserError("training.known_body", f"“{known}”已经登记过。", "请在列表中查找。")
    with office.store.operation("training.body", f"登记{KIND_NAMES[kind]}{name}") as operation:
        body_id = office.store.ids.new_id()
        said = (values.get("field"), values.get("contact"), values.get("remark"))
        office.store.insert(
            "trainer_body",
            _COLUMNS,
            [(body_id, name, title_key(name), kind, *said, "applied", None)],
        )
        note(office.store, "trainer_body", [body_id], "applied")
    return operation


def accredit(office: Office, body_id: str, valid_until: date, opinion: str = "") -> Operation:
    """Accredit a body until a day; a card it had is cleared.

    Raises:
        UserError: no such body, or a day that has passed.
    """
    if valid_until <= office.store.clock.today():
        raise UserError(
            "training.valid_until", f"有效期 {valid_until} 已经过去。", "请填以后的日期。"
        )
    changes = {"state": "accredited", "valid_until": valid_until.isoformat(), **_NO_CARD}
    return _change(office, body_id, changes, ("accredited", opinion))


def cancel(office: Office, body_id: str, opinion: str) -> Operation:
    """Cancel a body's accreditation: its courses are no longer approved.

    Raises:
        UserError: no such body, or no reason.
    """
    need_words(opinion, "取消资质的原因")
    return _change(office, body_id, {"state": "cancelled", **_NO_CARD}, ("cancelled", opinion))


def show_yellow_card(office: Office, body_id: str, deadline: date, opinion: str) -> Operation:
    """Warn a body and set the day until which it has to mend its ways.

    Raises:
        UserError: no such body, no reason, or a day that has passed.
    """
    need_words(opinion, "黄牌警告的原因")
    if deadline <= office.store.clock.today():
        raise UserError("training.deadline", f"整改期限 {deadline} 已经过去。", "请填以后的日期。")
    changes = {"card": "yellow", "deadline": deadline.isoformat()}
    return _change(office, body_id, changes, ("yellow", f"{opinion}（限 {deadline} 前整改）"))


def check_again(office: Office, body_id: str, opinion: str, *, passed: bool) -> Operation:
    """The re-check after a yellow card: the card is cleared, or the accreditation is cancelled.

    Raises:
        UserError: no such body, no words, or no card to check.
    """
    need_words(opinion, "复查意见")
    if not _read(office, body_id)["card"]:
        raise UserError("training.no_card", "它没有黄牌，不用复查。", "请核对是哪一个机构。")
    if passed:
        return _change(office, body_id, _NO_CARD, ("cleared", opinion))
    return cancel(office, body_id, opinion)


def body_rows(office: Office) -> list[BodyRow]:
    """All organisers and experts by name."""
    today = office.store.clock.today().isoformat()
    return [_shown(dict(row), today) for row in office.store.query(_ALL)]


def doubts_about(office: Office, names: Iterable[str | None]) -> list[str]:
    """Sentences about bodies of those names: a yellow card, an accreditation that has run out.

    Raises:
        UserError: one of them has lost its accreditation.
    """
    keys = {title_key(name) for name in names if name and name.strip()}
    told: list[str] = []
    for row in body_rows(office) if keys else ():
        name = row.shown["name"]
        if title_key(name) not in keys:
            continue
        if row.state == "cancelled":
            raise UserError(
                "training.body_cancelled",
                f"“{name}”的培训资质已取消，它的培训不能批准。",
                "请换一个培训机构；资质有变的先在“培训机构”中重新认定。",
            )
        if row.carded:
            told.append(f"“{name}”有黄牌警告，限 {row.shown['deadline']} 前整改。")
        if row.shown["state"] != STATE_NAMES["accredited"]:
            told.append(f"“{name}”的培训资质{row.shown['state']}，请核对。")
    return told


_NO_CARD: dict[str, str | None] = {"card": None, "deadline": None}


def _change(
    office: Office, body_id: str, changes: Mapping[str, str | None], said: tuple[str, str]
) -> Operation:
    """Write a body's new state and log the decision."""
    stored = _read(office, body_id)
    what, opinion = said
    words = {"accredited": "认定资质", "cancelled": "取消资质", "yellow": "黄牌警告"}
    title = f"{stored['name']}{words.get(what, '复查合格')}"
    with office.store.operation("training.body_state", title) as operation:
        assignments = ", ".join(f"{name} = ?" for name in changes)
        office.store.execute(
            f"UPDATE trainer_body SET {assignments} WHERE id = ?",  # noqa: S608 - our own columns
            (*changes.values(), body_id),
        )
        note(office.store, "trainer_body", [body_id], what, opinion)
    return operation


def _read(office: Office, body_id: str) -> dict[str, str | None]:
    row = office.store.one("SELECT * FROM trainer_body WHERE id = ?", (body_id,))
    if row is None:
        raise UserError("training.no_such_body", "这个机构或专家已不在库中。", "请刷新列表。")
    return dict(row)


def _shown(row: dict[str, str | None], today: str) -> BodyRow:
    shown = {
        name: mask(column, str(row[name] or "")) for name, column in columns(TrainerBody).items()
    }
    state = str(row["state"])
    shown["kind"] = KIND_NAMES[str(row["kind"])]
    shown["state"] = STATE_NAMES[state]
    until = row["valid_until"]
    if state == "accredited" and until is not None and until < today:
        shown["state"] = EXPIRED
    shown["valid_until"] = until or ""
    shown["card"] = YELLOW if row["card"] else ""
    shown["deadline"] = row["deadline"] or ""
    return BodyRow(str(row["id"]), shown, state, bool(row["card"]))


def _kind(text: str | None) -> str:
    wanted = (text or KIND_NAMES["organizer"]).strip()
    for code, title in KIND_NAMES.items():
        if wanted in (code, title):
            return code
    raise UserError("training.body_kind", f"没有“{wanted}”这一类。", "请填培训机构或专家。")
