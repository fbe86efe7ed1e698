"""The institution's form, and the window that closes or merges a school."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from models.office.context import Office
from models.progress import Progress
from models.staff.forms import check_institution_form, enter_institution
from models.staff.institution_records import Institution
from models.staff.institutions import delete_institution, institution_rows
from models.staff.moves import close_institution
from models.store.operations import Operation
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.form.plans import form_plan
from ui.desktop.widgets.form.sheet import Filled, FormSheet

HEADINGS = {"identity": "名称", "standing": "性质", "belonging": "归属", "remark": "备注"}


def institution_form(
    session: Session, parent: QWidget, institution_id: str | None = None
) -> FormSheet:
    """Open the form for a new institution, or for a known one."""
    office = session.office
    known = {row.id: row.shown for row in institution_rows(office)}
    names = [shown["name"] for shown in known.values()]
    plan = form_plan(
        Institution,
        HEADINGS,
        office.codes,
        names,
        lambda texts: check_institution_form(office, texts),
    )
    sheet = FormSheet(
        "修改机构" if institution_id else "新增机构", plan, parent, many=institution_id is None
    )
    nothing: Mapping[str, str] = {}
    sheet.begin(known.get(institution_id or "", nothing))

    def save(filled: Filled) -> None:
        texts = filled.checked.texts

        def work(office: Office, _progress: Progress) -> Operation:
            return enter_institution(office, institution_id, texts)

        def done(operation: Operation) -> None:
            sheet.saved(f"已保存：{operation.title}")
            if operation.changed.count:
                session.undo_offered.emit(f"已保存：{operation.title}", operation.id)

        session.write("正在保存", work, done, sheet.refused)

    sheet.filled.connect(save)
    sheet.open()
    return sheet


def closing_sheet(session: Session, parent: QWidget, institution_id: str) -> ChooseSheet | None:
    """Ask when a school closes and, where it is merged, into which; None for an unknown one."""
    names = {row.id: row.shown["name"] for row in institution_rows(session.office)}
    if institution_id not in names:
        return None
    others = {name: one for one, name in names.items() if one != institution_id}
    sheet = ChooseSheet(
        "合并或撤销",
        f"“{names[institution_id]}”合并到另一所学校，或者撤销。教师随校并入，原来的任职都会保留。",
        "确定",
        parent,
    )
    sheet.add_line("into", "并入学校", offers=list(others), hint="不填表示撤销")
    sheet.add_line("on", "日期", session.office.store.clock.today().isoformat())

    def close(texts: dict[str, str]) -> None:
        problem = _problem(texts, others)
        if problem:
            sheet.refuse(problem)
            return

        def work(office: Office, _progress: Progress) -> Operation:
            return close_institution(office, institution_id, texts["on"], others.get(texts["into"]))

        def done(operation: Operation) -> None:
            sheet.accept()
            session.undo_offered.emit(f"已完成：{operation.title}", operation.id)

        session.write("正在处理", work, done, lambda error: sheet.refuse(error.sentence))

    sheet.ask(close)
    return sheet


def delete(session: Session, institution_id: str) -> None:
    """Delete an institution that nobody belongs to; the bar offers to undo it."""

    def work(office: Office, _progress: Progress) -> Operation:
        return delete_institution(office, institution_id)

    def done(operation: Operation) -> None:
        session.undo_offered.emit(f"已{operation.title}", operation.id)

    session.write("正在删除", work, done)


def _problem(texts: Mapping[str, str], others: Mapping[str, str]) -> str:
    if texts["into"] and texts["into"] not in others:
        return f"机构名录中没有“{texts['into']}”，请从列表中选择，或留空表示撤销。"
    try:
        date.fromisoformat(texts["on"])
    except ValueError:
        return f"“{texts['on']}”不是日期，请写成 2026-09-01 的样子。"
    return ""
