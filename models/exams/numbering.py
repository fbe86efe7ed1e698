"""Admission numbers (准考证号) by a template the office can set."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache

import resources
from models.errors import UserError
from models.exams.records import Exam
from models.office.context import Office
from models.office.settings import read_setting, write_settings
from models.text.number_rules import check_places, fill, places_in
from models.text.unreadable import UnreadableError

_FILE = "exams/numbering.toml"
_SETTING = "exam.admission_rule"
PLACES = {
    "region": "行政区划",
    "year": "年份",
    "month": "考试月份",
    "exam": "本年度第几场考试",
    "code": "考试编号",
    "room": "考场号",
    "seat": "座号",
    "seq": "全场顺序号",
}
_COUNTED = frozenset({"exam", "room", "seat", "seq"})
_MONTHS = range(1, 13)
_NONE = "00"
_PLACE_IN_YEAR = """
SELECT COUNT(*) FROM exam WHERE year = ? AND rowid <= (SELECT rowid FROM exam WHERE id = ?)
"""


@cache
def usual_rule() -> str:
    """The template where the office has set none."""
    rule: str = tomllib.loads(resources.path(_FILE).read_text(encoding="utf-8"))["admission"][
        "rule"
    ]
    return rule


def check_rule(rule: str) -> None:
    """Refuse a template whose numbers would not tell people apart.

    Raises:
        UserError: broken braces, an unknown place, neither a running number nor room and seat.
    """
    try:
        check_places(rule, PLACES, _COUNTED)
    except UnreadableError as error:
        raise _refused(rule, error.message) from error
    places = places_in(rule)
    if "seq" not in places and not {"room", "seat"} <= set(places):
        raise _refused(rule, "要有 {seq}，或同时有 {room} 和 {seat}")


def rule_of(office: Office) -> str:
    """The template in force: the office's own, or the usual one.

    Raises:
        UserError: the setting is no usable template.
    """
    rule = read_setting(office.store, _SETTING) or usual_rule()
    check_rule(rule)
    return rule


def set_rule(office: Office, rule: str) -> None:
    """Number by another template from now on; "" goes back to the usual one.

    Raises:
        UserError: the template cannot number.
    """
    if rule.strip():
        check_rule(rule.strip())
    write_settings(office.store, {_SETTING: rule.strip()})


def goes_by_seat(rule: str) -> bool:
    """Whether a number says where its holder sits, so that it changes with the seat."""
    return bool({"room", "seat"} & set(places_in(rule)))


def places_of(office: Office, exam: Exam) -> dict[str, str]:
    """What is the same in all numbers of an exam."""
    return {
        "region": office.identity.region,
        "year": str(exam.year),
        "month": _month(exam),
        "exam": str(office.store.value(_PLACE_IN_YEAR, (exam.year, exam.id))),
        "code": exam.code,
    }


def admission_no(rule: str, places: Mapping[str, str], room: int, seat: int, seq: int) -> str:
    """The number of somebody who sits there, the so-manieth of all."""
    return fill(rule, {**places, "room": str(room), "seat": str(seat), "seq": str(seq)})


def _month(exam: Exam) -> str:
    """Two digits of the month in which the exam is held, as far as it is known."""
    if exam.session.held_on:
        return exam.session.held_on[5:7]
    said = re.search(r"\d{1,2}", exam.session.term)
    return f"{int(said[0]):02d}" if said and int(said[0]) in _MONTHS else _NONE


def _refused(rule: str, why: str) -> UserError:
    return UserError(
        "exam.admission_rule",
        f"准考证号规则“{rule}”有误：{why}。",
        "可用：" + "、".join(f"{{{key}}}（{name}）" for key, name in PLACES.items()) + "，"
        f"如 {usual_rule()}。",
    )
