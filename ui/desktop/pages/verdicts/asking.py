"""The windows that ask for a leave or a veto of a teacher."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QWidget

from models.codes.tables import CodeTable
from models.errors import UserError
from models.staff.queries import name_of_teacher, teachers_called
from models.text.dates import read_date
from models.text.unreadable import UnreadableError
from models.verdicts.targets import Reached
from ui.desktop.pages.verdicts.decisions import offer_undo
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet

_JOBS = "ui.desktop.pages.verdicts.jobs"
file_leave = Lazy(_JOBS, "file_leave")
put_down = Lazy(_JOBS, "put_down")
report_figures = Lazy(_JOBS, "report_figures")


def ask_for_leave(session: Session, parent: QWidget, teacher_id: str = "") -> ChooseSheet:
    """Ask for a leave and file it; it waits for approval then."""
    states = session.office.codes["teacher_status"]
    sheet = ChooseSheet(
        "申报减免",
        "批准以后，规定可以减免的要求按整月少算。先申报，再在“减免”里批准。",
        "申报",
        parent,
    )
    sheet.add_line(
        "who", "教师", name_of_teacher(session.office, teacher_id), hint="姓名或教师编号"
    )
    sheet.add_line(
        "ground", "类别", offers=[one.name for one in states], hint="如：产假、病假、支教"
    )
    sheet.add_line("first", "开始日期", hint="如 2024-03-01")
    sheet.add_line("last", "结束日期", hint="如 2024-08-31")
    sheet.add_line("reason", "事由和依据", hint="如：县医院诊断证明，学校 3 月 1 日报")

    def save(texts: dict[str, str]) -> None:
        try:
            who = _who(session, texts["who"], teacher_id)
            days = _day(texts["first"], "开始日期"), _day(texts["last"], "结束日期")
            ground = _ground(states, texts["ground"])
        except UserError as error:
            sheet.refuse(error.sentence)
            return
        _write(session, sheet, file_leave.bind(who, ground, (*days, texts["reason"])))

    sheet.ask(save)
    return sheet


def ask_for_figures(session: Session, parent: QWidget, year: int, one: Reached) -> ChooseSheet:
    """Ask for the figures that a target goes by, and put them down."""
    names = [name for name in (one.target.figure, one.target.of_figure) if name]
    sheet = ChooseSheet(
        "填报数据",
        f"{one.name} {year} 年，用于“{one.target.title}”。再填一次以新的为准。",
        "保存",
        parent,
    )
    for name in names:
        sheet.add_line(name, name, hint="数字，最多两位小数")

    def save(texts: dict[str, str]) -> None:
        try:
            amounts = {name: _amount(texts[name], name) for name in names}
        except UserError as error:
            sheet.refuse(error.sentence)
            return
        _write(session, sheet, report_figures.bind(one.institution_id, year, amounts))

    sheet.ask(save)
    return sheet


def ask_for_veto(session: Session, parent: QWidget, teacher_id: str = "") -> ChooseSheet:
    """Ask for a veto and put it down."""
    sheet = ChooseSheet(
        "一票否决",
        "有师德等问题的，这一年度不论学时多少都不予验印。记录可以解除，不能删除。",
        "登记",
        parent,
    )
    sheet.add_line(
        "who", "教师", name_of_teacher(session.office, teacher_id), hint="姓名或教师编号"
    )
    sheet.add_line("year", "年度", str(session.office.store.clock.today().year))
    sheet.add_line("kind", "类别", "师德")
    sheet.add_line("reason", "依据", hint="如：教育局 2025 年第 3 号通报")

    def save(texts: dict[str, str]) -> None:
        try:
            who = _who(session, texts["who"], teacher_id)
            year = _year(texts["year"])
        except UserError as error:
            sheet.refuse(error.sentence)
            return
        work = put_down.bind(who, year, (texts["kind"] or "师德", texts["reason"]))
        _write(session, sheet, work)

    sheet.ask(save)
    return sheet


def _write(session: Session, sheet: ChooseSheet, work: object) -> None:
    def done(operation: object) -> None:
        sheet.accept()
        offer_undo(session, operation)  # pyright: ignore[reportArgumentType]

    session.write(
        "正在保存",
        work,  # pyright: ignore[reportArgumentType]
        done,
        lambda error: sheet.refuse(error.sentence),
    )


def _who(session: Session, text: str, teacher_id: str) -> str:
    """The teacher that is meant; the one the window was opened for if the name is the same.

    Raises:
        UserError: nobody, or several.
    """
    if teacher_id and text == name_of_teacher(session.office, teacher_id):
        return teacher_id
    found = teachers_called(session.office, text)
    if not found:
        raise UserError("verdicts.no_teacher", f"名册中没有“{text}”。", "请写姓名或教师编号。")
    if len(found) > 1:
        raise UserError("verdicts.several", f"名册中不止一位“{text}”。", "请改写教师编号。")
    return found[0][0]


def _ground(states: CodeTable, text: str) -> str:
    found = states.find(text)
    if found is None:
        raise UserError("verdicts.ground", f"没有“{text}”这种岗位状态。", "请从列表中选择。")
    return found.code


def _year(text: str) -> int:
    if not (text.isdecimal() and len(text) == len("2025")):
        raise UserError("verdicts.year", "年度请写四位数字。", "如 2025。")
    return int(text)


def _day(text: str, title: str) -> date:
    try:
        found = read_date(text)
    except UnreadableError:
        found = None
    if found is None or not found.is_full:
        raise UserError("verdicts.day", f"{title}“{text}”看不出是哪一天。", "请写成 2024-03-01。")
    return found.as_date()


def _amount(text: str, name: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise UserError("verdicts.figure", f"{name}“{text}”不是数。", "请填数字。") from error
