"""Courses: registering them, changing them, and telling one title's spellings."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.entities.describe import columns
from models.entities.display import from_hundredths, plain_decimal, show, to_hundredths
from models.errors import UserError
from models.office.context import Office
from models.office.numbering import own_mark
from models.office.settings import read_setting
from models.policies.arithmetic import hours_for
from models.policies.rules import rules_of_year
from models.store.operations import Operation
from models.training.aliases import titles_alike
from models.training.bodies import doubts_about
from models.training.course import APPROVAL_NAMES, STATUS_NAMES, Course
from models.training.course_names import title_key
from models.training.ledger import HOURS_A_DAY, days_between

APPROVAL_SETTING = "training.approval"
AMOUNTS = ("hours", "credits", "pass_mark", "days", "fee")
_FLAGS = ("ethics", "gated")
_STORED = tuple(columns(Course))
_INSERTED = ("id", *_STORED, "title_key", "status", "filed_by", "approval")
_SELECT = """
SELECT c.*, COUNT(CASE WHEN COALESCE(e.state, 'approved') = 'approved' THEN e.id END) AS enrolled,
    COUNT(CASE WHEN e.state IN ('chosen', 'supported') THEN 1 END) AS pending,
    COUNT(e.result) AS marked, COUNT(CASE WHEN e.result = 'passed' THEN 1 END) AS passed,
    f.name AS filed_by_name, p.title AS project_title,
    (SELECT COUNT(*) FROM course AS k WHERE k.project_id = c.id) AS classes
FROM course AS c LEFT JOIN enrolment AS e ON e.course_id = c.id
LEFT JOIN institution AS f ON f.id = c.filed_by LEFT JOIN course AS p ON p.id = c.project_id
"""
_LIST = f"""{_SELECT} WHERE (:year IS NULL OR c.year = :year)
GROUP BY c.id ORDER BY c.year DESC, c.code"""
_ONE = f"{_SELECT} WHERE c.id = ? GROUP BY c.id"


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One course as text, with how far it is.

    Attributes:
        id: the course.
        shown: field of ``Course`` to text, and ``status approval filed_by project``.
        enrolled, marked, passed: people in it, with a result, and passed.
        pending: people whose choice waits for the school or the county.
        classes: how many classes it has; a course with classes is a project.
        approval: draft, filed, approved or returned.
    """

    id: str
    shown: Mapping[str, str]
    enrolled: int
    marked: int
    passed: int
    pending: int = 0
    classes: int = 0
    approval: str = "approved"


@dataclass(frozen=True, slots=True)
class CourseChange:
    """A course to be written: new, or the fields of a known one that change."""

    id: str
    values: Mapping[str, Any]
    new: bool = False


@dataclass(frozen=True, slots=True)
class Registered:
    """A course taken in: its identity, its code, and titles that may mean the same book.

    ``told`` holds sentences a person should read: hours that were worked out, doubts about who
    gives it.
    """

    course_id: str
    code: str
    alike: tuple[str, ...]
    operation: Operation
    told: tuple[str, ...] = ()


def register(
    office: Office, values: Mapping[str, Any], *, filed_by: str | None = None
) -> Registered:
    """Take in a course as one undoable step.

    A course of the office itself is approved at once unless the setting ``training.approval``
    asks for approval; a school's plan is a draft until it is filed and approved.

    Args:
        office: the office.
        values: fields of ``Course``; amounts as Decimal, dates as ISO text, codes as codes. A
            course without a code gets the next one of its year; one without hours gets those of
            its days by the rule of its year.
        filed_by: the institution whose plan it is; None for the office's own.

    Raises:
        UserError: no title, year or hours; hours of 0, below or above 1,000; the end before the
            start; a code another course has; a body that may no longer train.
    """
    values, told = with_hours(office, values)
    check_course(values)
    told += doubts_about(office, [values.get("organizer"), values.get("operator")])
    title = str(values["title"]).strip()
    near = titles_alike(office, title)
    draft = filed_by is not None or read_setting(office.store, APPROVAL_SETTING) == "yes"
    with office.store.operation("training.register", f"登记课程 {title}") as operation:
        code = str(values.get("code") or _next_code(office, int(values["year"])))
        _refuse_known_code(office, code, None)
        course_id = office.store.ids.new_id()
        row = _row({**values, "title": title, "code": code})
        more = (row["title_key"], "open", filed_by, "draft" if draft else "approved")
        office.store.insert(
            "course", _INSERTED, [(course_id, *(row.get(name) for name in _STORED), *more)]
        )
    return Registered(course_id, code, tuple(near), operation, tuple(told))


def change(office: Office, course_id: str, values: Mapping[str, Any]) -> Operation:
    """Change what is said of a course; entries already posted stay as they are.

    An emptied code stays as it was; emptied hours follow from the days.

    Raises:
        UserError: as ``register``; there is no such course.
    """
    stored = read(office, course_id)
    if not values.get("code"):
        values = {name: value for name, value in values.items() if name != "code"}
    merged, _ = with_hours(office, {**stored, **values})
    check_course(merged)
    if values.get("hours", merged["hours"]) is None:
        values = {**values, "hours": merged["hours"]}
    with office.store.operation("training.change", f"修改课程 {stored['title']}") as operation:
        if values.get("code"):
            _refuse_known_code(office, str(values["code"]), course_id)
        _update(office, course_id, _row(values))
    return operation


def write_courses(office: Office, changes: Sequence[CourseChange]) -> None:
    """Write many courses that were checked before; call it inside an operation.

    New ones without a number get the next of their year.
    """
    wants = read_setting(office.store, APPROVAL_SETTING) == "yes"
    approval = "draft" if wants else "approved"
    following: dict[int, int] = {}
    rows: list[tuple[Any, ...]] = []
    for change in changes:
        row = _row(change.values)
        if not change.new:
            _update(office, change.id, row)
            continue
        year = int(row["year"])
        if not row.get("code"):
            following.setdefault(year, _last_number(office, year))
            following[year] += 1
            row["code"] = f"{_series(office, year)}{following[year]:03d}"
        said = (row.get(name) for name in _STORED)
        rows.append((change.id, *said, row["title_key"], "open", None, approval))
    office.store.insert("course", _INSERTED, rows)


def stored_courses(office: Office) -> list[dict[str, Any]]:
    """All courses with the fields of ``Course`` as the office enters them, and ``id``."""
    rows = office.store.query("SELECT * FROM course ORDER BY year, code")
    return [_as_entered(dict(row)) for row in rows]


def close(office: Office, course_id: str) -> Operation:
    """Mark a course as finished."""
    title = read(office, course_id)["title"]
    with office.store.operation("training.close", f"课程结束 {title}") as operation:
        office.store.execute("UPDATE course SET status = 'closed' WHERE id = ?", (course_id,))
    return operation


def delete(office: Office, course_id: str) -> Operation:
    """Take a course out again; undo brings it back.

    Raises:
        UserError: people chose it or are enrolled in it, hours were posted from it, it has classes,
            or the activity of a team belongs to it.
    """
    course = read(office, course_id)
    posted = office.store.value(
        "SELECT COUNT(*) FROM ledger_entry WHERE course_id = ?", (course_id,)
    )
    if course["classes"]:
        raise UserError(
            "training.has_classes",
            f"项目“{course['title']}”有 {course['classes']} 个班，不能删除。",
            "请先把它的班移出。",
        )
    enrolled = office.store.value(
        "SELECT COUNT(*) FROM enrolment WHERE course_id = ?", (course_id,)
    )
    if enrolled or posted:
        raise UserError(
            "training.course_in_use",
            f"“{course['title']}”已有 {enrolled} 人报名、{posted} 条学时，不能删除。",
            "请改为“已结束”。",
        )
    try:
        with office.store.operation("training.delete", f"删除课程 {course['title']}") as operation:
            office.store.execute("DELETE FROM course WHERE id = ?", (course_id,))
    except sqlite3.IntegrityError as error:
        raise UserError(
            "training.course_named",
            f"“{course['title']}”已用在团队活动、考试或其他记录里，不能删除。",
            "请改为“已结束”。",
        ) from error
    return operation


def read(office: Office, course_id: str) -> dict[str, Any]:
    """One course as stored: amounts as Decimal, with ``enrolled marked passed`` counted.

    Raises:
        UserError: there is no such course.
    """
    row = office.store.one(_ONE, (course_id,))
    if row is None:
        raise UserError("training.no_such_course", "这门课程已不在库中。", "请刷新列表。")
    return _with_decimals(dict(row))


def find(office: Office, code: str) -> str:
    """The course of that code.

    Raises:
        UserError: there is none.
    """
    found = office.store.value("SELECT id FROM course WHERE code = ?", (code.strip(),))
    if found is None:
        raise UserError(
            "training.no_such_course", f"没有编号为“{code}”的课程。", "请用“课程”列表查看编号。"
        )
    return str(found)


def course_rows(office: Office, year: int | None = None, query: str = "") -> list[CourseRow]:
    """The courses of a year (or all) whose code, title or organiser holds the query."""
    wanted = title_key(query) if query.strip() else ""
    rows = [_shown(office, dict(row)) for row in office.store.query(_LIST, {"year": year})]
    return [
        row
        for row in rows
        if any(wanted in title_key(row.shown[name]) for name in ("code", "title", "organizer"))
    ]


def pass_mark(office: Office, course: Mapping[str, Any]) -> Decimal:
    """From which score a course is passed: its own mark, else that of the year's rules."""
    own = course["pass_mark"]
    return own if own is not None else rules_of_year(office, course["year"]).pass_mark.mark


def _shown(office: Office, stored: dict[str, Any]) -> CourseRow:
    found = _with_decimals(stored)
    shown = {
        name: show(column, found[name], office.codes) for name, column in columns(Course).items()
    }
    approval = found["approval"] or "approved"
    shown["status"] = STATUS_NAMES[found["status"]]
    shown["approval"] = APPROVAL_NAMES[approval]
    shown["filed_by"] = found["filed_by_name"] or ""
    shown["project"] = found["project_title"] or ""
    return CourseRow(
        id=found["id"],
        shown=shown,
        enrolled=found["enrolled"],
        marked=found["marked"],
        passed=found["passed"],
        pending=found["pending"],
        classes=found["classes"],
        approval=approval,
    )


def _with_decimals(stored: dict[str, Any]) -> dict[str, Any]:
    return {**stored, **{name: from_hundredths(stored[name]) for name in AMOUNTS}}


def _row(values: Mapping[str, Any]) -> dict[str, Any]:
    """The stored columns that the given fields fill."""
    row = {name: value for name, value in values.items() if name in _STORED}
    for name in AMOUNTS:
        if isinstance(row.get(name), Decimal):
            row[name] = to_hundredths(row[name])
    for name in _FLAGS:
        if row.get(name) is not None:
            row[name] = int(bool(row[name]))
    if "title" in row:
        row["title_key"] = title_key(row["title"])
    return row


def with_hours(office: Office, values: Mapping[str, Any]) -> tuple[Mapping[str, Any], list[str]]:
    """The values with hours, worked out from the days where there are none, and what to tell."""
    days = values.get("days")
    if values.get("hours") is not None or not days or not values.get("year"):
        return values, []
    rule = rules_of_year(office, int(values["year"])).day
    hours = hours_for(rule, days)
    told = (
        f"没有填学时，按每天 {rule.hours:f} 学时，{days:f} 天折算为 {plain_decimal(hours)} 学时。"
    )
    return {**values, "hours": hours}, [told]


def check_course(values: Mapping[str, Any]) -> None:
    """See that a course can be.

    Raises:
        UserError: something required is missing; hours of 0, below or above 1,000, more than 24 a
            day; the end before the start.
    """
    missing = [
        column.title
        for name, column in columns(Course).items()
        if column.required and not str(values.get(name) or "").strip() and values.get(name) != 0
    ]
    missing += [] if values.get("hours") is not None else ["学时（或天数）"]
    if missing:
        raise UserError("training.course_incomplete", f"课程缺少{'、'.join(missing)}。", "请补填。")
    hours = values["hours"]
    if not Decimal(0) < hours <= Decimal(1000):
        raise UserError("training.hours", f"学时 {hours} 不在 0 到 1000 之间。", "请核对学时。")
    start, end = values.get("start_date"), values.get("end_date")
    if start and end and end < start:
        raise UserError(
            "training.dates", f"结束日期 {end} 早于开始日期 {start}。", "请核对起止日期。"
        )
    days = days_between(start, end)
    if days is not None and hours > days * HOURS_A_DAY:
        raise UserError(
            "training.hours",
            f"{start} 至 {end} 只有 {days} 天，学时 {hours:f} 太多。",
            "请核对学时或起止日期。",
        )


def _refuse_known_code(office: Office, code: str, own: str | None) -> None:
    known: Sequence[Any] = office.store.query(
        "SELECT id, title FROM course WHERE code = ?", (code,)
    )
    for row in known:
        if row["id"] != own:
            raise UserError(
                "training.known_code", f"编号 {code} 已用于“{row['title']}”。", "请换一个编号。"
            )


def _next_code(office: Office, year: int) -> str:
    return f"{_series(office, year)}{_last_number(office, year) + 1:03d}"


def _series(office: Office, year: int) -> str:
    mark = own_mark(office)
    return f"{year}-{mark}-" if mark else f"{year}-"


def _last_number(office: Office, year: int) -> int:
    last = office.store.value(
        "SELECT MAX(CAST(substr(code, length(:series) + 1) AS INTEGER)) FROM course"
        " WHERE substr(code, 1, length(:series)) = :series"
        " AND substr(code, length(:series) + 1, 1) GLOB '[0-9]'"
        " AND substr(code, length(:series) + 1) NOT GLOB '*-*'",
        {"series": _series(office, year)},
    )
    return int(last or 0)


def _update(office: Office, course_id: str, row: Mapping[str, Any]) -> None:
    assignments = ", ".join(f"{name} = ?" for name in row)
    office.store.execute(
        f"UPDATE course SET {assignments} WHERE id = ?",  # noqa: S608 - our own columns
        (*row.values(), course_id),
    )


def _as_entered(stored: dict[str, Any]) -> dict[str, Any]:
    """A stored course with the values that its form gives: amounts as Decimal, flags as bool."""
    flags = {name: None if stored[name] is None else bool(stored[name]) for name in _FLAGS}
    return {**_with_decimals(stored), **flags}
