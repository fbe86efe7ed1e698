"""学校: find, look at, enter, change, merge and close the institutions of the office."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu

from models.entities.describe import titles
from models.staff.institution_records import Institution
from ui.desktop.pages.institutions.listing import TEACHERS, InstitutionListing
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.detail_card import DetailCard
from ui.desktop.widgets.filters import FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.table.columns import table_columns
from ui.desktop.widgets.table.view import DataTable

IN_THE_CARD = frozenset({"parent", "tutor", "track", "stages"})
EMPTY = "还没有学校。可从 Excel 导入机构名录，或逐个新增。"
NOT_FOUND = "没有符合条件的学校。"

open_form = Lazy("ui.desktop.pages.institutions.form", "institution_form")
open_closing = Lazy("ui.desktop.pages.institutions.form", "closing_sheet")
delete_now = Lazy("ui.desktop.pages.institutions.form", "delete")


class InstitutionsPage(Page):
    """The list of institutions."""

    help_page = "institutions.md"
    interests = frozenset({"institution", "institution_alias", "teacher", "code_entry"})

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("学校")
        self.session = session
        self.listing = InstitutionListing(session, self)
        columns = table_columns(Institution, stretch="name", elsewhere=IN_THE_CARD)
        self.table = DataTable([*columns, TEACHERS], session.preferences, "institutions")
        self.table.setAccessibleName("机构名录")
        self.filters = FilterRow(
            "名称、简称、片区、辅导员（Ctrl+F）",
            {
                "type": FilterCombo("类型"),
                "location": FilterCombo("城乡"),
                "district": FilterCombo("所属片"),
                "track": FilterCombo("培训方式"),
            },
        )
        self.card = DetailCard("在左边选中一所学校，这里显示其详细信息。")
        self.grid = GridCard(self.table)
        self._lay_out()
        self.filters.changed.connect(self._show)
        self.table.chosen.connect(self._show_card)
        self.table.selection_count.connect(self._tell_selection)
        self.table.opened.connect(self.edit)
        self.table.edit_requested.connect(self.edit)
        self.table.menu_requested.connect(self._fill_menu)

    def reload(self) -> None:
        """Read the list anew."""
        self.listing.read()
        for name, combo in self.filters.filters.items():
            combo.set_choices(self.listing.choices(name))
        self._show()

    def shown(self, argument: object = None) -> None:
        """Come into sight; an argument is an institution to be shown."""
        if isinstance(argument, str) and argument:
            self.filters.clear()
            self.table.choose(argument)
        self.table.setFocus()

    def focus_search(self) -> None:
        """Go to the search field."""
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def new_institution(self) -> None:
        """Open the form of a new institution."""
        open_form(self.session, self)

    def edit(self, institution_id: str = "") -> None:
        """Open the form of an institution, the chosen one where none is named."""
        wanted = institution_id or self.table.current_id()
        if wanted:
            open_form(self.session, self, wanted)

    def close_school(self) -> None:
        """Ask how the chosen institution ends."""
        open_closing(self.session, self, self.table.current_id())

    def delete(self) -> None:
        """Take the chosen institution out of the list."""
        delete_now(self.session, self.table.current_id())

    def show_teachers(self) -> None:
        """Show the teachers of the chosen institution."""
        self.session.go.emit("teachers", {"school_id": self.table.current_id()})

    def _lay_out(self) -> None:
        self.buttons.addWidget(
            button(
                "导入 Excel…",
                partial(self.session.go.emit, "imports", "files"),
                drawing="file-down",
            )
        )
        self.buttons.addWidget(
            button("新增学校", self.new_institution, kind="primary", drawing="plus")
        )
        self.card.foot.addWidget(button("编辑", self.edit))
        self.card.foot.addWidget(button("看教师", self.show_teachers))
        self.card.foot.addWidget(button("合并…", self.close_school))
        self.body.addWidget(self.filters)
        self.body.addWidget(self.notice)
        body = ListBody(self.grid, self.card, self.session.preferences, "institutions")
        self.body.addWidget(body, 1)

    def _fill_menu(self, menu: QMenu) -> None:
        if not self.table.current_id():
            return
        menu.addAction("编辑…", self.edit)
        menu.addAction("看本校教师", self.show_teachers)
        menu.addAction("合并或撤销…", self.close_school)
        menu.addSeparator()
        menu.addAction("删除", self.delete)

    def _show(self) -> None:
        self.listing.ask(self.filters.query(), self.filters.values())
        self.table.show_rows(self.listing.rows())
        total, found = self.listing.total, len(self.table.table.ids)
        self.count.setText(
            f"共 {total:,} 所，筛选后 {found:,} 所" if self.filters.active else f"共 {total:,} 所"
        )
        if not total:
            self.grid.empty.say(
                EMPTY, "导入 Excel…", partial(self.session.go.emit, "imports", "files"), "school"
            )
        elif not found:
            self.grid.empty.say(NOT_FOUND, "清除筛选", self.filters.clear, "search")
        self.grid.show_table(yes=bool(found))
        self._show_card(self.table.current_id())

    def _show_card(self, institution_id: str) -> None:
        self.card.show_details(self.listing.details(institution_id, titles(Institution)))

    def _tell_selection(self, count: int) -> None:
        self.selection_told.emit(f"已选 {count:,} 所" if count else "")
