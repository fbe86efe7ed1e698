"""Teachers move to another school: which, and from what day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from models.office.context import Office
from models.progress import Progress
from models.staff.institutions import institution_rows
from models.staff.moves import move_teachers
from models.staff.queries import teacher_rows
from models.store.operations import Operation
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet


def move_sheet(session: Session, parent: QWidget, teacher_ids: Sequence[str]) -> ChooseSheet | None:
    """Ask where the teachers move and when; None where none is chosen."""
    wanted = [one for one in teacher_ids if one]
    if not wanted:
        return None
    schools = {row.shown["name"]: row.id for row in institution_rows(session.office)}
    names = [row.shown["name"] for row in teacher_rows(session.office, wanted[:3])]
    who = "、".join(names) + (f"等 {len(wanted)} 人" if len(wanted) > len(names) else "")
    sheet = ChooseSheet(
        "调动学校", f"{who} 调往另一所学校；原来的任职会保留在经历中。", "调动", parent
    )
    sheet.add_line("school", "调往学校", offers=list(schools), hint="输入学校名称中的几个字")
    sheet.add_line("on", "调动日期", session.office.store.clock.today().isoformat())

    def move(texts: dict[str, str]) -> None:
        problem = _problem(texts, schools)
        if problem:
            sheet.refuse(problem)
            return
        sheet.accept()

        def work(office: Office, _progress: Progress) -> Operation:
            return move_teachers(office, wanted, schools[texts["school"]], texts["on"])

        session.write("正在调动", work, lambda done: session.undo_offered.emit(done.title, done.id))

    sheet.ask(move)
    return sheet


def _problem(texts: dict[str, str], schools: dict[str, str]) -> str:
    if texts["school"] not in schools:
        return f"机构名录中没有“{texts['school']}”，请从列表中选择。"
    try:
        date.fromisoformat(texts["on"])
    except ValueError:
        return f"“{texts['on']}”不是日期，请写成 2026-09-01 的样子。"
    return ""
