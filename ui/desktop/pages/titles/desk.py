"""批次: one batch at a time, from the recommendations to the certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QMenu, QSizePolicy, QVBoxLayout

from models.titles.batches import STAGES, BatchRow
from models.titles.nominations import NominationRow
from ui.desktop.pages.titles.desk_deeds import DeskDeeds
from ui.desktop.pages.titles.person_deeds import PersonDeeds
from ui.desktop.pages.titles.shown import PEOPLE, person_details, person_row
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.steps import StepBar
from ui.desktop.widgets.tabbed_page import TabView
from ui.desktop.widgets.table.source import FixedRows
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from ui.desktop.pages.titles.reads import Desk

_READS = "ui.desktop.pages.titles.reads"
every_batch = Lazy(_READS, "every_batch")
desk = Lazy(_READS, "desk")
STEPS = ("① 推荐", "② 审核", "③ 公示", "④ 认定", "⑤ 发证")
NOTHING = "还没有批次。开始一批以后，分配名额、推荐、审核、公示、认定、发证。"


class DeskView(TabView):
    """The desk of the batch that is chosen above."""

    def __init__(self, session: Session) -> None:
        """Make it empty; ``reload`` fills it."""
        super().__init__()
        self.session = session
        self.found: Desk | None = None
        self._people: dict[str, NominationRow] = {}
        self.batches = QComboBox()
        self.batches.setAccessibleName("批次")
        self.batches.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.batches.setMinimumContentsLength(9)
        self.batches.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.batches.setMaximumWidth(tokens.px(340))
        self.steps = StepBar(STEPS)
        self.figures = label("", "muted", wrap=True)
        self.table = DataTable(PEOPLE, session.preferences, "title_batch")
        self.table.setAccessibleName("推荐人选")
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一名人选，这里显示材料和逐项审核。")
        self.deeds = DeskDeeds(session, self, self.current)
        self.people = PersonDeeds(session, self, self.current, self.chosen)
        self._lay_out()
        self.batches.currentIndexChanged.connect(self._turn)
        self.table.chosen.connect(self._show_card)
        self.table.selection_count.connect(self._selected)
        self.table.menu_requested.connect(self.people.fill_menu)

    def reload(self) -> None:
        """Read the batches and the chosen one, beside the window."""
        self.session.read("正在读取批次", every_batch.bind(), self._offered, quiet=True)

    def current(self) -> Desk | None:
        """The batch in sight; None where there is none."""
        return self.found

    def chosen(self) -> list[NominationRow]:
        """The selected people."""
        ids = self.table.selected_ids() or [self.table.current_id()]
        return [self._people[one] for one in ids if one in self._people]

    def focus_search(self) -> None:
        """Go to the choice of batches."""
        self.batches.setFocus()

    def _lay_out(self) -> None:
        deeds = self.deeds
        self._begin = button("开始一批…", deeds.begin, drawing="plus")
        self._quota = button("名额…", deeds.quota)
        self._nominate = button("推荐…", deeds.nominate)
        self._list = button("从名单…", deeds.take_list, drawing="file-down")
        self._check = button("审核", deeds.check)
        self._publish = button("公示…", deeds.publish)
        self._grant = button("认定…", deeds.grant)
        self._issue = button("发证", deeds.issue)
        self._more = button("更多…", self._show_menu)
        self._steps = (
            self._nominate, self._list, self._check, self._publish, self._grant, self._issue,
        )  # fmt: skip
        self._edit = button("材料…", self.people.edit)
        self._waive = button("破格…", self.people.waive)
        self._object = button("异议…", self.people.object)
        self._drop = button("退出…", self.people.drop)
        for one in (self._edit, self._waive, self._object, self._drop):
            self.card.foot.addWidget(one)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addLayout(row(self.batches, tokens.GAP, self.steps))
        lines.addLayout(row(self._begin, self._quota, *self._steps, self._more, None))
        lines.addWidget(self.figures)
        body = ListBody(self.grid, self.card, self.session.preferences, "title_batch")
        lines.addWidget(body, 1)

    def _offered(self, found: tuple[BatchRow, ...]) -> None:
        kept = self.batches.currentData()
        self.batches.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self.batches.clear()
        for one in found:
            self.batches.addItem(f"{one.name}　{STAGES[one.stage]}", one.id)
        self.batches.setCurrentIndex(max(0, self.batches.findData(kept)) if found else -1)
        self.batches.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
        self.counted.emit(f"共 {len(found)} 批")
        self._turn()

    def _turn(self, *_: int) -> None:
        batch_id = self.batches.currentData()
        if batch_id is None:
            self._filled(None)
            return
        self.session.read("正在读取批次", desk.bind(batch_id), self._filled, quiet=True)

    def _filled(self, found: Desk | None) -> None:
        if found is not None and found.batch.id != self.batches.currentData():
            return
        self.found = found
        self._people = {one.id: one for one in found.people} if found else {}
        self.table.show_rows(FixedRows([person_row(one) for one in self._people.values()]))
        self.grid.show_table(yes=bool(self._people))
        if found is None:
            self.grid.empty.say(NOTHING, "开始一批…", self.deeds.begin, "medal")
        else:
            self.grid.empty.say("还没有推荐人选。", "从名单…", self.deeds.take_list, "users")
        self.figures.setText(_figures(found) if found else "")
        self.steps.show_step(_step(found) if found else 0)
        self._enable(found)
        self._show_card(self.table.current_id())

    def _enable(self, found: Desk | None) -> None:
        batch = found.batch if found else None
        open_ = batch is not None and not batch.closed_on
        before = open_ and batch is not None and not batch.granted_on
        for one in (self._quota, self._nominate, self._list):
            one.setEnabled(before)
        listed = bool(batch and batch.listed)
        people = bool(batch and batch.nominated)
        self._check.setEnabled(before and people and not listed)
        self._publish.setEnabled(before and people)
        self._grant.setEnabled(before and listed)
        self._issue.setEnabled(open_ and bool(batch and batch.granted_on))
        self._more.setEnabled(batch is not None)

    def _show_card(self, identity: str) -> None:
        one = self._people.get(identity)
        told = [
            each
            for each in (self.found.objections if self.found else ())
            if each.nomination_id == identity
        ]
        self.card.show_details(person_details(one, told) if one else None)
        self._selected(len(self.table.selected_ids()))

    def _selected(self, _count: int) -> None:
        chosen = self.chosen()
        open_ = bool(chosen) and all(one.state not in ("granted", "dropped") for one in chosen)
        single = open_ and len(chosen) == 1
        self._edit.setEnabled(single)
        self._waive.setEnabled(single and bool(chosen[0].obstacles))
        self._object.setEnabled(single and (chosen[0].state == "listed"))
        self._drop.setEnabled(open_)

    def _show_menu(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        self.deeds.fill_menu(menu)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))


def _figures(found: Desk) -> str:
    one = found.batch
    told = [f"{one.title}，推荐 {one.nominated} 人"]
    if one.quota is not None:
        told.append(f"总名额 {one.quota} 人")
    if one.checked:
        told.append(f"已审核 {one.checked} 人，符合 {sum(each.fit for each in found.people)} 人")
    if one.listed_from:
        told.append(f"公示 {one.listed_from} 至 {one.listed_until}，{one.listed} 人")
    if found.objections:
        told.append(f"异议 {len(found.objections)} 条，待处理 {one.open_objections} 条")
    if one.granted_on:
        told.append(f"{one.granted_on} 认定 {one.granted} 人")
    return "；".join(told) + "。"


def _step(found: Desk) -> int:
    one = found.batch
    if one.granted_on:
        return len(STEPS) if one.closed_on else 4
    if one.listed_from:
        return 3
    if one.checked and one.checked >= one.nominated:
        return 2
    return 1 if one.nominated else 0
