"""Schools, their questions and the files of a folder as lists and cards show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from models.collecting.standing import SchoolStanding
from models.entities.problems import Severity
from ui.desktop.widgets.detail_card import Details, Fact
from ui.desktop.widgets.table.source import TableColumn, TableRow

if TYPE_CHECKING:
    from models.collecting.answers import AnsweredFile
    from models.collecting.questions import Question

SCHOOLS = (
    TableColumn("school", "学校", 12, stretch=True),
    TableColumn("state", "情况", 5),
    TableColumn("made", "发出", 6),
    TableColumn("answered", "交回", 6),
    TableColumn("rows", "行数", 4, numeric=True),
    TableColumn("refused", "要学校改", 5, numeric=True),
    TableColumn("asked", "要看一眼", 5, numeric=True),
    TableColumn("returned", "退回", 6, listed=False),
)
QUESTIONS = (
    TableColumn("school", "学校", 9),
    TableColumn("place", "位置", 8),
    TableColumn("who", "谁", 5),
    TableColumn("value", "现在", 7),
    TableColumn("message", "问题", 18, stretch=True),
    TableColumn("kind", "谁来办", 5),
    TableColumn("state", "情况", 5),
)
FILES = ("收", "文件", "学校", "认出", "新增", "更新", "不变", "要改", "说明")
FILE_TONES = {
    "ours": "ok", "returned": "ok", "old": "warn", "other_school": "warn", "foreign": "error",
    "plain": "warn", "double": "warn", "unreadable": "error",
}  # fmt: skip
QUESTION_TONES = {"open": "warn", "returned": "info", "settled": "muted"}


def school_state(one: SchoolStanding) -> tuple[str, str]:
    """How a school stands in a word, and its tone."""
    if one.missing:
        return ("逾期未交", "error") if one.late else ("未交", "warn")
    if one.refused:
        return ("已退回", "info") if one.returned_on >= one.answered_on else ("有要改的", "warn")
    return ("要看一眼", "warn") if one.asked else ("收齐", "ok")


def school_row(one: SchoolStanding) -> TableRow:
    """A school as a line."""
    state, tone = school_state(one)
    texts = {
        "school": one.school,
        "state": state,
        "made": one.made_on,
        "answered": one.answered_on,
        "rows": str(one.rows or ""),
        "refused": str(one.refused or ""),
        "asked": str(one.asked or ""),
        "returned": one.returned_on,
    }
    return TableRow(one.school_id, texts, {"state": tone})


def school_details(one: SchoolStanding) -> Details:
    """The card of a school."""
    state, tone = school_state(one)
    told = (("新增", one.inserted), ("更新", one.updated), ("不变", one.unchanged))
    facts = [
        Fact("模板发出", one.made_on or "没有发过模板"),
        Fact("交回", one.answered_on or "还没有交"),
        Fact("文件", one.file),
        Fact("收下", "，".join(f"{title} {count} 行" for title, count in told if count)),
        Fact("要学校改", f"{one.refused} 行" if one.refused else ""),
        Fact("要看一眼", f"{one.asked} 行" if one.asked else ""),
        Fact("退回学校", one.returned_on),
    ]
    return Details(one.school, "", state, tone, [fact for fact in facts if fact.value])


def question_row(place: int, one: Question, states: Mapping[str, str]) -> TableRow:
    """A question as a line."""
    school_mends = one.severity is Severity.REFUSE
    texts = {
        "school": one.school,
        "place": f"{one.sheet} {one.column}{one.row}".strip(),
        "who": one.who,
        "value": one.value,
        "message": one.message,
        "kind": "学校改" if school_mends else "本单位看",
        "state": states.get(one.state, ""),
    }
    tones = {
        "state": QUESTION_TONES.get(one.state, "muted"),
        "kind": "error" if school_mends else "warn",
    }
    return TableRow(one.id or f"#{place}", texts, tones)


def file_line(one: AnsweredFile, names: Mapping[str, str]) -> tuple[str, ...]:
    """A file of the folder as a line, behind its check box."""
    told = list(one.notes)
    if one.read_before:
        told.append(f"{one.read_before[:10]} 已经收过")
    if one.plan is not None and one.plan.message:
        told.append(one.plan.message)
    counts = ("", "", "", "")
    if one.plan is not None:
        said = one.plan.counts
        counts = tuple(
            str(number or "")
            for number in (said.inserted, said.updated, said.unchanged, said.refused)
        )
    return (one.path.name, one.school, names[one.recognised], *counts, "；".join(told))
