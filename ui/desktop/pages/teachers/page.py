"""教师: find, look at, enter, change and copy the teachers of the register."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from models.staff.institutions import institution_rows
from models.staff.records import Teacher
from ui.desktop.pages.teachers.deeds import TeacherDeeds
from ui.desktop.pages.teachers.details import teacher_details
from ui.desktop.pages.teachers.listing import HOURS, TeacherListing
from ui.desktop.pages.teachers.portrait import TeacherPortrait
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.detail_card import DetailCard
from ui.desktop.widgets.filters import Choice, FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button, tool
from ui.desktop.widgets.table.columns import table_columns
from ui.desktop.widgets.table.source import TableColumn
from ui.desktop.widgets.table.view import DataTable

IN_THE_CARD = frozenset({"teacher_no", "id_number", "stage"})
EMPTY = "还没有教师。可从 Excel 导入名册，或逐个新增。"
IMPORT_PHOTOS = "photos:import"
"""The argument with which the menu bar asks for a folder of photos."""

NOT_FOUND = "没有符合条件的教师。"


class TeachersPage(Page):
    """The register of teachers."""

    help_page = "teachers.md"
    interests = frozenset(
        {
            "teacher",
            "institution",
            "teacher_period",
            "code_entry",
            "ledger_entry",
            "teacher_photo",
            "glyph_image",
        }
    )

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("教师")
        self.session = session
        self.listing = TeacherListing(session, self)
        self.table = DataTable(
            _columns(),
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
        self.deeds = TeacherDeeds(session, self, self.table)
        self.portrait = TeacherPortrait(session, self.deeds)
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read the register anew."""
        self._offer_choices()
        self.listing.forget_index()
        self._show()

    def shown(self, argument: object = None) -> None:
        """Come into sight; an argument is a teacher to be shown or a filter to be set."""
        if argument == IMPORT_PHOTOS:
            self.deeds.import_photos()
        elif isinstance(argument, str) and argument:
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

    def _lay_out(self) -> None:
        self.buttons.addWidget(
            button(
                "导入 Excel…",
                partial(self.session.go.emit, "imports", "teachers"),
                drawing="file-down",
            )
        )
        self.buttons.addWidget(self.deeds.export_button())
        self.buttons.addWidget(
            button("新增教师", self.deeds.new_teacher, kind="primary", drawing="plus")
        )
        self.card.side.addWidget(self.portrait)
        self.card.foot.addWidget(button("编辑", self.deeds.edit))
        self.card.foot.addWidget(button("调动…", self.deeds.move_current))
        self.card.foot.addWidget(button("成长档案", self.deeds.show_growth))
        self.card.foot.addWidget(self._eye)
        self.body.addWidget(self.filters)
        self.body.addWidget(self.notice)
        self.body.addWidget(ListBody(self.grid, self.card, self.session.preferences, "teachers"), 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._ask)
        self.listing.changed.connect(self._show)
        self.table.chosen.connect(self._show_card)
        self.table.selection_count.connect(self._tell_selection)
        self.table.opened.connect(self.deeds.edit)
        self.table.edit_requested.connect(self.deeds.edit)
        self.table.menu_requested.connect(self.deeds.fill_menu)
        for keys, action in (
            (QKeySequence.StandardKey.Paste, self.deeds.paste),
            (QKeySequence.StandardKey.Delete, self.deeds.delete),
            (QKeySequence.StandardKey.New, self.deeds.new_teacher),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(action)

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
            sentence = self.session.edition.say("teachers.empty", EMPTY)
            go = partial(self.session.go.emit, "imports", "teachers")
            self.grid.empty.say(sentence, "导入 Excel…", go, "users")
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
        self.portrait.show_teacher(teacher_id, details.name if details else "")

    def _toggle_mask(self) -> None:
        self.listing.set_masked(masked=not self.listing.masked)
        self._eye.setToolTip("显示完整证件号和电话" if self.listing.masked else "隐藏证件号和电话")
        self._eye.setAccessibleName(self._eye.toolTip())
        self._show_card(self.table.current_id())

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


def _columns() -> list[TableColumn]:
    """The register's columns with the hours of the cycle before the status."""
    described = table_columns(Teacher, stretch="school", elsewhere=IN_THE_CARD)
    place = [column.key for column in described].index("status")
    return [*described[:place], HOURS, *described[place:]]
