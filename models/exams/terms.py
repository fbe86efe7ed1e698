"""The terms of an exam: reading them as people write them, and refusing what cannot be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from models.errors import UserError
from models.exams.bases import bases
from models.exams.eligibility import STRATUM_NAMES, Scope
from models.exams.records import ExamTerms, Session
from models.office.context import Office
from models.policies.records import Base, Stratum

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
Choice = TypeVar("Choice", bound=str)
_YEARS = range(1980, 2100)
_MOST = 100  # a pass mark is of the total, which is per cent
_CODED = {
    "stage": ("stage", "学段"),
    "track": ("track", "培训途径"),
    "status": ("teacher_status", "岗位状态"),
    "post": ("post", "职务"),
}
"""A filter of an exam to its code table, and what it is called."""


def read_base(text: str) -> Base:
    """The base of that name (English or as printed).

    Raises:
        UserError: there is none.
    """
    return read_choice(text, bases().names(), "抽测范围")


def read_strata(text: str) -> tuple[Stratum, ...]:
    """Strata as a person types them: ``school,subject`` or ``学校、学科``; "" for none.

    Raises:
        UserError: a word that is no stratum, or one twice.
    """
    words = [word for word in re.split(r"[,，、\s]+", text.strip()) if word]
    found: list[Stratum] = []
    for word in words:
        match: list[Stratum] = [key for key, name in STRATUM_NAMES.items() if word in (key, name)]
        if not match or match[0] in found:
            raise UserError(
                "exam.strata",
                f"分组办法“{text}”看不懂。",
                "可用 school（学校）、subject（学科）、stage（学段），用逗号隔开。",
            )
        found.append(match[0])
    return tuple(found)


def read_filter(office: Office, name: str, text: str) -> str | None:
    """The code a person means by a filter; None for an empty text.

    Args:
        office: whose code tables.
        name: stage, track, status, post or level.
        text: a code, its name or an alias.

    Raises:
        UserError: the table knows no such word.
    """
    if not text.strip():
        return None
    table, title = {**_CODED, "level": ("training_level", "级别")}[name]
    found = office.codes[table].find(text)
    if found is None:
        raise UserError(
            "exam.filter",
            f"{title}“{text}”不在代码表中。",
            f"可用：{'、'.join(office.codes[table].names()[:8])}等。",
        )
    return found.code


def read_choice(text: str, names: Mapping[Choice, str], title: str) -> Choice:
    """The key of that name (English or as printed).

    Args:
        text: what a person wrote.
        names: key to name, such as ``KIND_NAMES``.
        title: what is chosen.

    Raises:
        UserError: there is none.
    """
    for key, name in names.items():
        if text in (key, name):
            return key
    listed = "、".join(f"{key}（{name}）" for key, name in names.items())
    raise UserError("exam.choice", f"{title}没有“{text}”这一项。", f"可用：{listed}。")


def filter_words(office: Office, scope: Scope) -> list[str]:
    """The filters of a scope as a record names them: ``学段：初中``; none for no filter."""
    asked = ((title, table, getattr(scope, name)) for name, (table, title) in _CODED.items())
    return [f"{title}：{office.codes[table].name_of(code)}" for title, table, code in asked if code]


def check_terms(office: Office, terms: ExamTerms) -> None:
    """Refuse terms no exam can have, whatever the rules in force say.

    Raises:
        UserError: no code or name, line breaks in it, a year, count, mark, day or time that
            cannot be, an unknown code, a gate without course.
    """
    if not terms.code.strip() or not terms.name.strip():
        raise UserError("exam.no_name", "考试的编号或名称是空的。", "请填写编号和名称。")
    if _CONTROL.search(terms.code):
        raise UserError("exam.code", "考试编号里有换行或制表符。", "请用字母、数字和短横线。")
    if terms.year not in _YEARS:
        raise UserError("exam.year", f"年度 {terms.year} 不对。", "请写四位数的年份，如 2025。")
    if terms.quota is not None and terms.quota < 1:
        raise UserError("exam.quota", f"每组抽取人数 {terms.quota} 不对。", "至少为 1 人。")
    if terms.pass_mark is not None and not 0 <= terms.pass_mark <= _MOST:
        raise UserError(
            "exam.pass_mark", f"合格线 {terms.pass_mark} 不对。", f"应在 0 到 {_MOST} 分之间。"
        )
    _check_codes(office, terms)
    _check_session(terms.session)


def check_scope(base: Base, strata: tuple[Stratum, ...]) -> None:
    """Refuse the base 各单位人员 without schools as strata.

    Raises:
        UserError: it is so.
    """
    if base == "unit" and "school" not in strata:
        raise UserError(
            "exam.unit_strata",
            f"按“{bases().rules[base].name}”抽取时，必须按学校分组。",
            "请把学校加入分组，或改选其他范围。",
        )


def _check_codes(office: Office, terms: ExamTerms) -> None:
    coded = {name: getattr(terms, name) for name in _CODED} | {"level": terms.session.level}
    for name, code in coded.items():
        if code is not None:
            read_filter(office, name, code)
    if terms.gated and terms.course_id is None:
        raise UserError(
            "exam.gate_no_course",
            "要核对考试资格，但没有写考哪门课程。",
            "请选定课程，或不核对考试资格。",
        )
    if terms.course_id is not None and not office.store.value(
        "SELECT COUNT(*) FROM course WHERE id = ?", (terms.course_id,)
    ):
        raise UserError("training.no_such_course", "所选的课程已不在库中。", "请重新选择课程。")


def _check_session(session: Session) -> None:
    if session.held_on is not None:
        try:
            date.fromisoformat(session.held_on)
        except ValueError as error:
            raise UserError(
                "exam.day", f"考试日期“{session.held_on}”看不懂。", "请写成 2025-12-20。"
            ) from error
    for moment in (session.starts_at, session.ends_at):
        if moment is not None and not _CLOCK.fullmatch(moment):
            raise UserError("exam.time", f"时间“{moment}”看不懂。", "请写成 09:00。")
    if session.starts_at and session.ends_at and session.ends_at <= session.starts_at:
        raise UserError(
            "exam.times",
            f"结束时间 {session.ends_at} 不晚于开始时间 {session.starts_at}。",
            "请核对两个时间。",
        )
