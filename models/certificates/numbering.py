"""How each kind of certificate is numbered and shows the ID number, and one step to change it."""

from __future__ import annotations

from dataclasses import dataclass

from models.certificates.at_print import id_number_shown, show_id_number
from models.certificates.facts import read_batch
from models.certificates.kinds import Kind, kind_named, kinds
from models.certificates.numbers import names_batch
from models.certificates.series import (
    next_number,
    own_rule,
    rule_of,
    set_rule,
    set_start,
    usual_rule,
)
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.text.numerals import to_digits


@dataclass(frozen=True, slots=True)
class Numbering:
    """How one kind is numbered now.

    Attributes:
        kind: the kind.
        rule: the template in force.
        own: whether the office set it.
        usual: what holds where the office sets none.
        next: the next number; "" where the template says a batch and none was named.
        id_number: how much of the ID number is printed: ``none``, ``masked`` or ``full``.
    """

    kind: Kind
    rule: str
    own: bool
    usual: str
    next: str
    id_number: str


@dataclass(frozen=True, slots=True)
class NumberingChange:
    """What is to hold for a kind from now on.

    Attributes:
        kind: key or title.
        rule: the template, "" for the usual one; None leaves it.
        start: where the series goes on; None leaves it.
        batch: 期 of the series that ``start`` is for, where the template says it.
        id_number: how much of the ID number is printed; "" leaves it.
    """

    kind: str
    rule: str | None = None
    start: int | None = None
    batch: str = ""
    id_number: str = ""


def numbering_of(office: Office, kind: str, batch: str = "") -> Numbering:
    """How a kind is numbered now.

    Raises:
        UserError: no such kind.
    """
    found = kind_named(kind)
    rule, named = rule_of(office, found), read_batch(batch)
    return Numbering(
        kind=found,
        rule=rule,
        own=bool(own_rule(office, found)),
        usual=usual_rule(office, found),
        next="" if names_batch(rule) and not named else next_number(office, found.key, named),
        id_number=id_number_shown(office, found),
    )


def numberings(office: Office) -> list[Numbering]:
    """How every kind is numbered now, in the order of the kinds."""
    return [numbering_of(office, key) for key in kinds()]


def change_numbering(office: Office, change: NumberingChange) -> Operation:
    """Change rule, start and ID number of a kind as one step of history and of undo.

    Raises:
        UserError: no such kind, a template that cannot number, a start that was given already.
    """
    kind = kind_named(change.kind)
    with office.store.operation(
        "certificates.numbering", f"修改{kind.title}的编号：{_said(office, kind, change)}"
    ) as operation:
        if change.rule is not None:
            set_rule(office, kind.key, change.rule)
        if change.start is not None:
            set_start(office, kind.key, change.start, read_batch(change.batch))
        if change.id_number:
            show_id_number(office, kind, change.id_number)
    return operation


def read_start(text: str) -> int | None:
    """The start a person typed; None for an empty field.

    Raises:
        UserError: it is no whole number.
    """
    typed = to_digits(text.strip())
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal()):
        raise UserError(
            "certificate.number_start", f"起始号“{text}”不是整数。", "请写整数，如 120。"
        )
    return int(typed)


def _said(office: Office, kind: Kind, change: NumberingChange) -> str:
    """What is changed, for the history."""
    parts = [
        f"规则 {change.rule.strip() or usual_rule(office, kind)}"
        if change.rule is not None
        else "",
        f"从 {change.start} 编起" if change.start is not None else "",
        "身份证号的写法" if change.id_number else "",
    ]
    return "，".join(part for part in parts if part)
