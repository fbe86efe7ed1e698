"""称号: everybody who holds or held a title, with a card and what can be done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QVBoxLayout

from models.titles.grants import Grant, GrantFilter
from models.titles.kinds import title_rules
from models.titles.terms import STATE_NAMES
from ui.desktop.pages.titles.holder_deeds import HolderDeeds
from ui.desktop.pages.titles.shown import HELD, grant_details, grant_row
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard
from ui.desktop.widgets.filters import Choice, FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import button, row
from ui.desktop.widgets.tabbed_page import TabView
from ui.desktop.widgets.table.source import FixedRows
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from ui.desktop.pages.titles.reads import Held, Told

_READS = "ui.desktop.pages.titles.reads"
held = Lazy(_READS, "held")
told = Lazy(_READS, "told")
EMPTY = "还没有称号。可把名册中的骨干级别登记为称号，也可在“批次”中评选认定。"
DOUBTFUL = "doubtful"


class HoldersView(TabView):
    """The list of titles."""

    def __init__(self, session: Session) -> None:
        """Make it empty; ``reload`` fills it."""
        super().__init__()
        self.session = session
        self._grants: dict[str, Grant] = {}
        self._wanted = GrantFilter()
        self.notice = NoticeBar()
        self.table = DataTable(HELD, session.preferences, "titles")
        self.table.setAccessibleName("称号")
        self.filters = FilterRow("姓名、编号、学校、称号、证书编号（Ctrl+F）", _filters(session))
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一个称号，这里显示任期、履职和注册。")
        self.deeds = HolderDeeds(session, self, self.chosen)
        self._lay_out()
        self.filters.changed.connect(self.reload)
        self.table.chosen.connect(self._show_card)
        self.table.selection_count.connect(self._selected)
        self.table.menu_requested.connect(self.deeds.fill_menu)
        self.table.edit_requested.connect(self._edit)

    def reload(self) -> None:
        """Read the titles wanted, beside the window."""
        self._wanted = self.wanted()
        work = held.bind(self._wanted)
        self.session.read("正在读取称号", work, self._filled, quiet=True)

    def wanted(self) -> GrantFilter:
        """What the filters ask for."""
        values = self.filters.values()
        state = values.get("state", "")
        return GrantFilter(
            kind=values.get("kind", ""),
            level=values.get("level", ""),
            state="" if state == DOUBTFUL else state,
            stage=values.get("stage", ""),
            words=self.filters.query(),
            doubtful=state == DOUBTFUL,
        )

    def chosen(self) -> list[Grant]:
        """The selected titles."""
        ids = self.table.selected_ids() or [self.table.current_id()]
        return [self._grants[one] for one in ids if one in self._grants]

    def focus_search(self) -> None:
        """Go to the search field."""
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def show_teacher(self, words: str) -> None:
        """Show the titles of a teacher by number or name."""
        self.filters.clear()
        self.filters.search.setText(words)
        self.reload()

    def _lay_out(self) -> None:
        self._enter = button("登记称号…", self.deeds.enter, kind="primary", drawing="plus")
        self._duty = button("履职…", self.deeds.duty)
        self._withdraw = button("取消…", self.deeds.withdraw, kind="danger")
        self._more = button("办理…", self._show_menu)
        for one in (self._duty, self._withdraw, self._more):
            self.card.foot.addWidget(one)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addLayout(row(self.filters, self._enter))
        lines.addWidget(self.notice)
        lines.addWidget(ListBody(self.grid, self.card, self.session.preferences, "titles"), 1)

    def _filled(self, found: Held) -> None:
        if found.wanted != self._wanted:
            return
        self._grants = {one.id: one for one in found.grants}
        self.table.show_rows(FixedRows([grant_row(one) for one in found.grants]))
        self.grid.show_table(yes=bool(found.grants))
        if self.filters.active:
            say = self.grid.empty.say
            say("没有符合条件的称号。", "清除筛选", self.filters.clear, "search")
        else:
            self.grid.empty.say(EMPTY, "登记名册中的级别", self.deeds.adopt, "medal")
        people = len({one.teacher_id for one in found.grants if one.valid})
        shown = f"，筛选后 {len(found.grants):,} 个" if self.filters.active else ""
        self.counted.emit(f"共 {found.total:,} 个{shown}，有效的 {people:,} 人")
        self._tell(found)
        self._show_card(self.table.current_id())

    def _tell(self, found: Held) -> None:
        """Say what is to be put right, the gravest first."""
        if found.standing:
            self.notice.tell(
                f"有 {len(found.standing)} 个已取消的称号，证书还有效。",
                "warn",
                "作废这些证书",
                partial(self.deeds.void_certificates, list(found.standing)),
            )
        elif found.disagreeing:
            self.notice.tell(
                f"有 {found.disagreeing} 名教师在名册中的骨干级别与有效称号不一致"
                "（任期已满，或名册里另填的）。",
                "warn",
                "更新名册",
                self.deeds.settle,
            )
        else:
            self.notice.hide()

    def _show_card(self, identity: str) -> None:
        one = self._grants.get(identity)
        self.card.show_details(grant_details(one, (), ()) if one else None)
        if one is not None:
            self.session.read("正在读取", told.bind(identity), self._card_read, quiet=True)
        self._selected(len(self.table.selected_ids()))

    def _card_read(self, found: Told) -> None:
        one = self._grants.get(found.grant_id)
        if one is not None and self.table.current_id() == found.grant_id:
            self.card.show_details(grant_details(one, found.duties, found.reviews))

    def _selected(self, _count: int) -> None:
        chosen = self.chosen()
        holds = bool(chosen) and all(one.state in ("valid", "lapsed") for one in chosen)
        self._duty.setEnabled(holds and all(title_rules().kind(one.kind).duties for one in chosen))
        self._withdraw.setEnabled(holds)
        self._more.setEnabled(bool(chosen))

    def _edit(self, _identity: str) -> None:
        self.deeds.edit()

    def _show_menu(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        self.deeds.fill_menu(menu)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))


def _filters(session: Session) -> dict[str, FilterCombo]:
    rules = title_rules()
    stages = session.office.codes["stage"]
    states = [*STATE_NAMES.items(), (DOUBTFUL, "要注意的")]
    return {
        "kind": FilterCombo("称号", [Choice(one.key, one.title) for one in rules.kinds]),
        "level": FilterCombo("级别", [Choice(one.key, one.title) for one in rules.levels]),
        "stage": FilterCombo(
            "学段",
            [Choice(one, stages.name_of(one)) for one in rules.teaching_stages],
        ),
        "state": FilterCombo("状态", [Choice(*one) for one in states]),
    }
