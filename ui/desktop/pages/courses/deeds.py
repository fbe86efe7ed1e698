"""What can be done with courses from their list: form, projects, spellings, workbooks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from models.training import aliases, courses, projects
from models.training.course import HEADINGS, Course
from models.training.courses import CourseRow
from models.training.forms import check_course_form
from ui.desktop.pages.courses.approving import ApprovalDeeds
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.asking import form_and_write
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.form.plans import form_plan
from ui.desktop.widgets.form.sheet import FormSheet
from ui.desktop.widgets.saving import WORKBOOK, ask_where_to

if TYPE_CHECKING:
    from models.training.courses import Registered

_JOBS = "ui.desktop.pages.courses.jobs"
save_new = Lazy(_JOBS, "save_new")
save_changed = Lazy(_JOBS, "save_changed")
export_courses = Lazy(_JOBS, "export_courses")
open_bodies = Lazy("ui.desktop.pages.courses.bodies", "open_bodies")


class CourseDeeds(QObject):
    """Acts on the course chosen in the list."""

    def __init__(
        self, session: Session, page: QWidget, chosen: Callable[[], CourseRow | None]
    ) -> None:
        """Serve a page; ``chosen`` gives the course in question."""
        super().__init__(page)
        self._session = session
        self._page = page
        self._chosen = chosen
        self._approval = ApprovalDeeds(session, page)

    def new(self) -> None:
        """Open the form of a new course."""
        today = self._session.office.store.clock.today()
        organizer = self._session.office.identity.name
        sheet = self._form("新增培训", many=True)
        sheet.begin({"year": str(today.year), "organizer": organizer})

        def saved(done: Registered) -> None:
            told = [*done.told, *(f"与“{one}”名称相近，请核对是不是同一门。" for one in done.alike)]
            self._session.undo_offered.emit(f"已新增培训。{''.join(told)}", done.operation.id)

        form_and_write(
            self._session, sheet, lambda filled: save_new.bind(filled.checked.texts), saved
        )

    def edit(self) -> None:
        """Open the form of the chosen course."""
        row = self._chosen()
        if row is None:
            return
        sheet = self._form("修改培训")
        sheet.begin(row.shown)

        form_and_write(
            self._session,
            sheet,
            lambda filled: save_changed.bind(row.id, filled.checked.texts),
            self._offer,
        )

    def fill_menu(self, menu: QMenu) -> None:
        """What can be done with the chosen course, as far as its state allows."""
        row = self._chosen()
        if row is None:
            return
        self._approval.fill_menu(menu, row)
        menu.addSeparator()
        menu.addAction("修改…", self.edit)
        for text, action in (("归入项目…", self._join), ("同一门课的其他名称…", self._aliases)):
            if text not in self._session.edition.leaves_out("courses"):
                menu.addAction(text, action)
        menu.addSeparator()
        menu.addAction("标为已结束", self._close)
        menu.addAction("删除", self._delete)

    def export(self) -> None:
        """Ask where a workbook of all courses goes, and write it."""
        today = self._session.office.store.clock.today()
        out = ask_where_to(self._page, f"培训课程-{today:%Y%m%d}.xlsx", WORKBOOK)
        if out is not None:
            self._session.read("正在导出", export_courses.bind(out), self._exported)

    def import_list(self) -> None:
        """Go to where workbooks are taken in."""
        self._session.go.emit("imports", "files")

    def bodies(self) -> None:
        """Show who may train."""
        open_bodies(self._session, self._page)

    def _join(self) -> None:
        row = self._chosen()
        if row is None:
            return
        sheet = ChooseSheet(
            "归入项目", "填所属项目的课程编号；留空则移出项目。", "确定", self._page
        )
        sheet.add_line("code", "项目编号", hint="如 2025-001")

        def done(texts: dict[str, str]) -> None:
            sheet.accept()
            code = texts["code"]
            self._write("正在归入项目", lambda office: projects.join(office, [row.id], code))

        sheet.ask(done)

    def _aliases(self) -> None:
        row = self._chosen()
        if row is None:
            return
        office = self._session.office
        near = [one.alias for one in aliases.alias_proposals(office, row.id)]
        known = aliases.aliases_of(office, row.id)
        explained = f"已认定：{'、'.join(known) or '无'}。相近而未定：{'、'.join(near) or '无'}。"
        sheet = ChooseSheet("同一门课的其他名称", explained, "确定", self._page)
        sheet.add_line("title", "名称", near[0] if near else "", near)
        sheet.add_line("verdict", "结论", "是同一门", ("是同一门", "不是同一门"))

        def done(texts: dict[str, str]) -> None:
            if not texts["title"] or texts["verdict"] not in ("是同一门", "不是同一门"):
                sheet.refuse("请填名称，结论填“是同一门”或“不是同一门”。")
                return
            sheet.accept()
            other, title = texts["title"], row.shown["title"]
            if texts["verdict"] == "是同一门":
                self._write("正在保存", lambda office: aliases.add_alias(office, row.id, other))
            else:
                self._write("正在保存", lambda office: aliases.tell_apart(office, title, other))

        sheet.ask(done)

    def _close(self) -> None:
        row = self._chosen()
        if row is not None:
            self._write("正在保存", lambda office: courses.close(office, row.id))

    def _delete(self) -> None:
        row = self._chosen()
        if row is not None:
            self._write("正在删除", lambda office: courses.delete(office, row.id))

    def _write(self, title: str, act: Callable[[Office], Operation]) -> None:
        def work(office: Office, _progress: Progress) -> Operation:
            return act(office)

        self._session.write(title, work, self._offer)

    def _form(self, title: str, *, many: bool = False) -> FormSheet:
        office = self._session.office
        plan = form_plan(Course, HEADINGS, office.codes, [], partial(check_course_form, office))
        return FormSheet(title, plan, self._page, many=many)

    def _offer(self, operation: Operation) -> None:
        self._session.undo_offered.emit(f"已完成：{operation.title}", operation.id)

    def _exported(self, path: Path) -> None:
        self._session.told.emit(f"培训课程已导出到 {path}", "ok")
