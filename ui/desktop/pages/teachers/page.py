"""教师: find, look at, enter, change and copy the teachers of the register."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton

from models.staff.institutions import institution_rows
from models.staff.records import Teacher
from ui.desktop.pages.teachers.details import teacher_details
from ui.desktop.pages.teachers.listing import TeacherListing
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.detail_card import DetailCard
from ui.desktop.widgets.filters import Choice, FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button, tool
from ui.desktop.widgets.table.columns import table_columns
from ui.desktop.widgets.table.view import DataTable

IN_THE_CARD = frozenset({"teacher_no", "id_number"})
EMPTY = "还没有教师。可从 Excel 导入名册，或逐个新增。"
NOT_FOUND = "没有符合条件的教师。"

open_form = Lazy("ui.desktop.pages.teachers.form", "teacher_form")
open_bulk = Lazy("ui.desktop.pages.teachers.bulk", "change_many_sheet")
open_move = Lazy("ui.desktop.pages.teachers.moving", "move_sheet")
delete_now = Lazy("ui.desktop.pages.teachers.jobs", "delete")
export_list = Lazy("ui.desktop.pages.teachers.exporting", "export_teachers")


class TeachersPage(Page):
    """The register of teachers."""

    help_page = "teachers.md"
    interests = frozenset(
        {"teacher", "institution", "teacher_period", "code_entry", "ledger_entry"}
    )

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("教师")
        self.session = session
        self.listing = TeacherListing(session, self)
        self.table = DataTable(
            table_columns(Teacher, stretch="school", elsewhere=IN_THE_CARD),
            session.preferences,
            "teachers",
        )
        self.table.setAccessibleName("教师名册")
        self.filters = FilterRow(
            "姓名、拼音首字母、证件后四位、学校（Ctrl+F）",
            {
                "school_id": FilterCombo("学校"),
                "stage": FilterCombo("学段"),
                "subject": FilterCombo("学科"),
                "status": FilterCombo("状态"),
            },
        )
        self.card = DetailCard("在左边选中一名教师，这里显示其详细信息。")
        self.grid = GridCard(self.table)
        self._eye = tool("eye", "显示完整证件号和电话", self._toggle_mask)
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read the register anew."""
        self._offer_choices()
        self.listing.forget_index()
        self._show()

    def shown(self, argument: object = None) -> None:
        """Come into sight; an argument is a teacher to be shown or a filter to be set."""
        if isinstance(argument, str) and argument:
            self.filters.clear()
            self.table.choose(argument)
        elif isinstance(argument, dict):
            self._filter_by(cast("dict[str, str]", argument))
        self.table.setFocus()
        self.listing.warm()
        self._tell_selection()

    def focus_search(self) -> None:
        """Go to the search field."""
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def new_teacher(self) -> None:
        """Open the form of a new teacher."""
        open_form(self.session, self)

    def edit(self, teacher_id: str = "") -> None:
        """Open the form of a teacher, the chosen one where none is named."""
        wanted = teacher_id or self.table.current_id()
        if wanted:
            open_form(self.session, self, wanted)

    def export(self, scope: str) -> None:
        """Write a workbook of the teachers: ``shown``, ``all`` or ``selected``."""
        ids = self.table.selected_ids() if scope == "selected" else self.table.table.ids
        export_list(self.session, self, scope, ids)

    def delete(self) -> None:
        """Take the selected teachers out of the register; the bar offers to undo it."""
        delete_now(self.session, self.table.selected_ids())

    def move_selected(self) -> None:
        """Ask which school the selected teachers move to."""
        open_move(self.session, self, self.table.selected_ids())

    def change_many(self) -> None:
        """Ask for a value that all selected teachers get."""
        open_bulk(self.session, self, self.table.selected_ids())

    def paste(self) -> None:
        """Take rows from the clipboard to the check that imports go through."""
        self.session.go.emit("imports", {"paste": self.table.shown_titles()})

    def _lay_out(self) -> None:
        self.buttons.addWidget(
            button(
                "导入 Excel…",
                partial(self.session.go.emit, "imports", "teachers"),
                drawing="file-down",
            )
        )
        self.buttons.addWidget(self._export_button())
        self.buttons.addWidget(button("新增教师", self.new_teacher, kind="primary", drawing="plus"))
        self.card.foot.addWidget(button("编辑", self.edit))
        self.card.foot.addWidget(button("调动…", self._move_one))
        self.card.foot.addWidget(self._eye)
        self.body.addWidget(self.filters)
        self.body.addWidget(self.notice)
        self.body.addWidget(ListBody(self.grid, self.card, self.session.preferences, "teachers"), 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._ask)
        self.listing.changed.connect(self._show)
        self.table.chosen.connect(self._show_card)
        self.table.selection_count.connect(self._tell_selection)
        self.table.opened.connect(self.edit)
        self.table.edit_requested.connect(self.edit)
        self.table.menu_requested.connect(self._fill_menu)
        for keys, action in (
            (QKeySequence.StandardKey.Paste, self.paste),
            (QKeySequence.StandardKey.Delete, self.delete),
            (QKeySequence.StandardKey.New, self.new_teacher),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(action)

    def _export_button(self) -> QPushButton:
        found = button("导出", drawing="file-up")
        menu = QMenu(found)
        for scope, text in (
            ("shown", "当前筛选的教师…"),
            ("selected", "选中的教师…"),
            ("all", "全部教师…"),
        ):
            menu.addAction(text, partial(self.export, scope))
        found.setMenu(menu)
        return found

    def _fill_menu(self, menu: QMenu) -> None:
        count = len(self.table.selected_ids())
        if not count:
            return
        if count == 1:
            menu.addAction("编辑…", self.edit)
        menu.addAction(f"批量修改 {count} 人…", self.change_many)
        menu.addAction("调动…", self.move_selected)
        menu.addAction("导出选中…", partial(self.export, "selected"))
        menu.addSeparator()
        menu.addAction("删除", QKeySequence(QKeySequence.StandardKey.Delete), self.delete)

    def _ask(self) -> None:
        self.listing.ask(self.filters.query(), self.filters.values())

    def _filter_by(self, wanted: dict[str, str]) -> None:
        self.filters.clear()
        for name, value in wanted.items():
            combo = self.filters.filters.get(name)
            if combo is not None:
                combo.setCurrentIndex(max(0, combo.findData(value)))

    def _show(self) -> None:
        """Show the rows asked for, the counts, or what stands in their place."""
        self.table.show_rows(self.listing.rows())
        total, found = self.listing.total(), len(self.table.table.ids)
        self.count.setText(
            f"共 {total:,} 人，筛选后 {found:,} 人" if self.listing.narrowed else f"共 {total:,} 人"
        )
        if not total:
            self.grid.empty.say(
                EMPTY, "导入 Excel…", partial(self.session.go.emit, "imports", "teachers"), "users"
            )
        elif not found:
            self.grid.empty.say(NOT_FOUND, "清除筛选", self.filters.clear, "search")
        self.grid.show_table(yes=bool(found))
        self._show_card(self.table.current_id())

    def _show_card(self, teacher_id: str) -> None:
        details = (
            teacher_details(self.session.office, teacher_id, masked=self.listing.masked)
            if teacher_id
            else None
        )
        self.card.show_details(details)

    def _toggle_mask(self) -> None:
        self.listing.set_masked(masked=not self.listing.masked)
        self._eye.setToolTip("显示完整证件号和电话" if self.listing.masked else "隐藏证件号和电话")
        self._eye.setAccessibleName(self._eye.toolTip())
        self._show_card(self.table.current_id())

    def _move_one(self) -> None:
        open_move(self.session, self, [self.table.current_id()])

    def _tell_selection(self, *_: int) -> None:
        count = len(self.table.selected_ids())
        self.selection_told.emit(f"已选 {count:,} 人" if count else "")

    def _offer_choices(self) -> None:
        """What the filters offer: schools by name, codes by their tables."""
        office = self.session.office
        schools = [Choice(row.id, row.shown["name"]) for row in institution_rows(office)]
        self.filters.filters["school_id"].set_choices(schools)
        for name, table in (
            ("stage", "stage"),
            ("subject", "subject"),
            ("status", "teacher_status"),
        ):
            entries = [Choice(one.code, one.name) for one in office.codes[table] if not one.hidden]
            self.filters.filters[name].set_choices(entries)
