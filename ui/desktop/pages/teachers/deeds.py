"""What can be done with teachers from their page: by button, by key, by the rows' menu."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton

from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.table.view import DataTable

open_form = Lazy("ui.desktop.pages.teachers.form", "teacher_form")
open_bulk = Lazy("ui.desktop.pages.teachers.bulk", "change_many_sheet")
open_move = Lazy("ui.desktop.pages.teachers.moving", "move_sheet")
delete_now = Lazy("ui.desktop.pages.teachers.jobs", "delete")
open_glyphs = Lazy("ui.desktop.widgets.glyphs.sheet", "glyph_sheet")
choose_photo = Lazy("ui.desktop.pages.teachers.photos", "choose_photo")
open_photos = Lazy("ui.desktop.pages.teachers.photos", "import_folder")
export_list = Lazy("ui.desktop.pages.teachers.exporting", "export_teachers")


class TeacherDeeds(QObject):
    """Acts on the rows chosen in the teachers' table."""

    def __init__(self, session: Session, page: Page, table: DataTable) -> None:
        """Serve a page and its table."""
        super().__init__(page)
        self.session = session
        self._page = page
        self.table = table

    def new_teacher(self) -> None:
        """Open the form of a new teacher."""
        open_form(self.session, self._page)

    def edit(self, teacher_id: str = "") -> None:
        """Open the form of a teacher, the chosen one where none is named."""
        wanted = teacher_id or self.table.current_id()
        if wanted:
            open_form(self.session, self._page, wanted)

    def export(self, scope: str) -> None:
        """Write the teachers ``shown``, ``all`` or ``selected`` as a workbook, or a ``paper``."""
        ids = self.table.selected_ids() if scope == "selected" else self.table.table.ids
        export_list(self.session, self._page, scope, ids)

    def delete(self) -> None:
        """Take the selected teachers out of the register; the bar offers to undo it."""
        delete_now(self.session, self.table.selected_ids())

    def move_selected(self) -> None:
        """Ask which school the selected teachers move to."""
        open_move(self.session, self._page, self.table.selected_ids())

    def move_current(self) -> None:
        """Ask which school the current teacher moves to."""
        open_move(self.session, self._page, [self.table.current_id()])

    def show_growth(self) -> None:
        """Show everything that is known of the current teacher."""
        if teacher_id := self.table.current_id():
            self.session.go.emit("growth", teacher_id)

    def change_many(self) -> None:
        """Ask for a value that all selected teachers get."""
        open_bulk(self.session, self._page, self.table.selected_ids())

    def draw_characters(self) -> None:
        """Bring pictures for characters of the current teacher's name."""
        if teacher_id := self.table.current_id():
            open_glyphs(self.session, self._page, teacher_id)

    def change_photo(self) -> None:
        """Ask for a picture file for the current teacher."""
        if teacher_id := self.table.current_id():
            choose_photo(self.session, self._page, teacher_id)

    def import_photos(self) -> None:
        """Ask for a folder of photos and take them in."""
        open_photos(self.session, self._page)

    def paste(self) -> None:
        """Take rows from the clipboard to the check that imports go through."""
        self.session.go.emit("imports", {"paste": self.table.shown_titles()})

    def export_button(self) -> QPushButton:
        """The button whose menu asks for the scope of an export."""
        found = button("导出", drawing="file-up")
        menu = QMenu(found)
        for scope, text in (
            ("shown", "当前筛选的教师…"),
            ("selected", "选中的教师…"),
            ("all", "全部教师…"),
            ("paper", "打印名册…"),
        ):
            menu.addAction(text, partial(self.export, scope))
        found.setMenu(menu)
        return found

    def fill_menu(self, menu: QMenu) -> None:
        """Offer what can be done with the selected rows."""
        count = len(self.table.selected_ids())
        if not count:
            return
        if count == 1:
            menu.addAction("编辑…", self.edit)
            menu.addAction("成长档案", self.show_growth)
            menu.addAction("照片…", self.change_photo)
            menu.addAction("造字图片…", self.draw_characters)
        menu.addAction(f"批量修改 {count} 人…", self.change_many)
        menu.addAction("调动…", self.move_selected)
        menu.addAction("导出选中…", partial(self.export, "selected"))
        menu.addSeparator()
        menu.addAction("删除", QKeySequence(QKeySequence.StandardKey.Delete), self.delete)
