"""What the commands about pairs share: naming a programme and a pair, and showing one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from models.errors import UserError
from models.mentoring.pairs import PairRow, pair_between, pair_rows, shown_hours
from models.mentoring.programmes import Programme, find, programme
from models.office.context import Office

_Command = TypeVar("_Command", bound=Callable[..., Any])


def of_programme(command: _Command) -> _Command:
    """The option that says which programme."""
    return click.option("--programme", required=True, metavar="CODE", help="工程编号。")(command)


def of_pair(command: _Command) -> _Command:
    """The options that say which pair."""
    for option in (
        click.option("--mentee", required=True, metavar="NO", help="徒弟的教师编号。"),
        click.option("--mentor", required=True, metavar="NO", help="师傅的教师编号。"),
        of_programme,
    ):
        command = option(command)
    return command


def programme_named(office: Office, code: str) -> Programme:
    """The programme of that code.

    Raises:
        UserError: there is none.
    """
    return programme(office, find(office, code))


def pair_meant(office: Office, programme: str, mentor: str, mentee: str) -> PairRow:
    """The pair of those two numbers.

    Raises:
        UserError: no such programme or pair.
    """
    return pair_between(office, find(office, programme), mentor.upper(), mentee.upper())


def pairs_meant(office: Office, programme_id: str, named: Sequence[str], state: str) -> list[str]:
    """The pairs written as ``MENTOR:MENTEE``; where none is named, all that are in a state.

    Raises:
        UserError: a pair that is not there, or none at all.
    """
    if not named:
        found = [one.id for one in pair_rows(office, programme_id, (state,))]
        if not found:
            raise UserError(
                "mentoring.nothing_waits", "没有等待办理的师徒。", "请用 pair list 查看各对的状态。"
            )
        return found
    ids: list[str] = []
    for one in named:
        mentor, colon, mentee = one.replace("：", ":").partition(":")
        if not colon:
            raise UserError("usage", f"“{one}”看不出是哪一对。", "请写成 师傅编号:徒弟编号。")
        ids.append(pair_between(office, programme_id, mentor.upper(), mentee.upper()).id)
    return ids


def shown_pair(one: PairRow) -> dict[str, object]:
    """A pair as other programs read it."""
    return {
        "mentor": one.mentor_no,
        "mentor_name": one.mentor,
        "mentor_school": one.mentor_school,
        "mentee": one.mentee_no,
        "mentee_name": one.mentee,
        "mentee_school": one.mentee_school,
        "subject": one.subject_name,
        "stage": one.stage_name,
        "state": one.state,
        "fixed": one.fixed,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "reason": one.state_reason or one.reason,
        "agreement_no": one.agreement_no,
        "signed_on": one.signed_on,
        "visits": one.visits,
        "hours": shown_hours(one.hours),
        "result": one.result,
        "result_note": one.result_note,
    }


def line_of(one: PairRow) -> str:
    """A pair on one line."""
    parts = (
        f"{one.mentor_no} {one.mentor}（{one.mentor_school}）",
        f"{one.mentee_no} {one.mentee}（{one.mentee_school}）",
        one.subject_name,
        one.state_name,
        one.result_name,
    )
    return "  ".join(part for part in parts if part)
