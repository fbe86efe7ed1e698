"""The list of rule packs, and beside it what the chosen one says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from models.errors import OfficeError
from models.office.context import Office
from models.policies.library import Use, own_text, pack_named, packs_of, uses_of
from models.policies.records import Pack
from ui.desktop.pages.policies.rendering import pack_html
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import GridCard, filled_card
from ui.desktop.widgets.parts import button, label, pill
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

COLUMNS = (
    TableColumn("title", "规则", 14, stretch=True),
    TableColumn("region", "地区", 5),
    TableColumn("valid", "有效期", 7),
    TableColumn("own", "来源", 4),
    TableColumn("use", "使用", 4),
)
COUNTRY = "000000"
LISTED_WIDTH = 520


class PacksView(QWidget):
    """Packs on the left, sentences on the right.

    Signals:
        copy_wanted, edit_wanted, drop_wanted, use_wanted: the id of a pack.
    """

    copy_wanted = Signal(str)
    edit_wanted = Signal(str)
    drop_wanted = Signal(str)
    use_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make it; ``show_packs`` fills it."""
        super().__init__()
        self._session = session
        self._packs: dict[str, Pack] = {}
        self.table = DataTable(COLUMNS, session.preferences, "policies")
        self.table.setAccessibleName("规则包")
        self.text = QTextBrowser()
        self.text.setObjectName("reading")
        self.text.setAccessibleName("规则内容")
        self.text.setOpenLinks(False)
        self._name = label("", "name", wrap=True)
        self._below = label("", "muted", wrap=True)
        self._state = QHBoxLayout()
        self.edit_button = button("编辑", self._edit, drawing="pencil")
        self.copy_button = button("复制为本单位规则…", self._copy, drawing="copy")
        self.use_button = button("指定适用期…", self._use, drawing="calendar-days")
        self.drop_button = button("删除规则", self._drop, drawing="trash-2")
        self.drop_button.setToolTip("删除本单位规则；有同名的附带规则时，恢复用附带的")
        self._lay_out()
        self.table.chosen.connect(self._show)
        self.table.opened.connect(self._opened)

    def show_packs(self) -> None:
        """List the packs; the chosen one stays chosen."""
        office = self._session.office
        self._packs = {pack.id: pack for pack in packs_of(office)}
        uses = uses_of(office)
        kept = self.table.current_id()
        self.table.show_rows(
            FixedRows([_row(office, pack, uses) for pack in _ordered(office, self._packs)])
        )
        if not self.table.choose(kept) and self.table.table.ids:
            self.table.selectRow(0)
        self._show(self.table.current_id())

    def chosen(self) -> str:
        """The id of the chosen pack."""
        return self.table.current_id()

    def _lay_out(self) -> None:
        frame, inside = filled_card()
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addLayout(self._state)
        frame.setMinimumWidth(tokens.px(350))
        foot = QHBoxLayout()
        foot.setSpacing(tokens.GAP)
        for one in (self.copy_button, self.edit_button, self.use_button, self.drop_button):
            foot.addWidget(one)
        foot.addStretch(1)
        inside.setSpacing(tokens.GAP)
        inside.addLayout(head)
        inside.addWidget(self._below)
        inside.addWidget(self.text, 1)
        inside.addLayout(foot)
        body = QSplitter(Qt.Orientation.Horizontal)
        body.setHandleWidth(tokens.BLOCK)
        body.setChildrenCollapsible(False)
        body.addWidget(GridCard(self.table))
        body.addWidget(frame)
        body.setStretchFactor(1, 1)
        body.setSizes([tokens.px(LISTED_WIDTH), 10_000])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(body)

    def _show(self, pack_id: str) -> None:
        pack = self._packs.get(pack_id)
        own = pack is not None and own_text(self._session.office, pack.id) is not None
        self.edit_button.setVisible(own)
        self.drop_button.setVisible(own)
        self.copy_button.setVisible(pack is not None and not own)
        self.use_button.setEnabled(pack is not None)
        while (item := self._state.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        if pack is None:
            self._name.setText("")
            self._below.setText("")
            self.text.clear()
            return
        self._state.addWidget(pill("本单位" if own else "随程序附带", "info" if own else "muted"))
        self._name.setText(pack.title)
        region = _region(self._session.office, pack.region)
        told = f"{region} · {_valid(pack)} · 编号 {pack.id}\n{_used(self._session.office, pack)}"
        self._below.setText(told)
        try:
            whole = pack_named(self._session.office, pack.id)
        except OfficeError as error:
            self.text.setPlainText(error.sentence)
            return
        self.text.setHtml(pack_html(whole, self._packs.get(pack.based_on)))

    def _opened(self, pack_id: str) -> None:
        own = own_text(self._session.office, pack_id) is not None
        (self.edit_wanted if own else self.copy_wanted).emit(pack_id)

    def _edit(self) -> None:
        self.edit_wanted.emit(self.chosen())

    def _copy(self) -> None:
        self.copy_wanted.emit(self.chosen())

    def _use(self) -> None:
        self.use_wanted.emit(self.chosen())

    def _drop(self) -> None:
        self.drop_wanted.emit(self.chosen())

    def buttons(self) -> Sequence[QPushButton]:
        """What can be done with the chosen pack."""
        return (self.copy_button, self.edit_button, self.use_button, self.drop_button)


def _ordered(office: Office, packs: dict[str, Pack]) -> list[Pack]:
    """Those that hold here first, the nearest level and the latest before the others."""
    today = office.store.clock.today()
    here = office.identity.region

    def place(pack: Pack) -> tuple[bool, int, str]:
        return (
            not pack.holds(here, max(today, pack.valid_from)),
            -len(pack.region.rstrip("0")),
            f"{9999 - pack.valid_from.year}{pack.id}",
        )

    return sorted(packs.values(), key=place)


def _row(office: Office, pack: Pack, uses: Sequence[Use]) -> TableRow:
    own = own_text(office, pack.id) is not None
    mine = [one for one in uses if one.pack_id == pack.id]
    holds = pack.holds(office.identity.region, office.store.clock.today())
    texts = {
        "title": pack.title,
        "region": _region(office, pack.region),
        "valid": _valid(pack),
        "own": "本单位" if own else "附带",
        "use": "指定" if mine else "按地区" if holds else "",
    }
    tones = {"own": "info"} if own else {}
    return TableRow(pack.id, texts, {**tones, "use": "ok"} if mine else tones)


def _used(office: Office, pack: Pack) -> str:
    """When the pack is used, in words."""
    mine = [one for one in uses_of(office) if one.pack_id == pack.id]
    if mine:
        return "指定使用：" + "、".join(f"{one.first_day} 至 {one.last_day}" for one in mine)
    if pack.holds(office.identity.region, office.store.clock.today()):
        return "没有另行指定时，按所在地区和日期使用"
    return "目前不使用"


def _region(office: Office, region: str) -> str:
    return "全国" if region == COUNTRY else office.codes["region"].name_of(region)


def _valid(pack: Pack) -> str:
    last = "" if pack.valid_until is None else str(pack.valid_until.year)
    return f"{pack.valid_from.year}—{last}" if last else f"{pack.valid_from.year} 起"
