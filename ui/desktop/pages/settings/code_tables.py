"""The code tables: what the program knows, and what the office adds to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from models.codes.library import LocalCode
from models.codes.tables import Code
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.list_page import GridCard, filled_card
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

save_entry = Lazy("ui.desktop.pages.settings.jobs", "save_entry")
COLUMNS = (
    TableColumn("code", "代码", 6),
    TableColumn("name", "名称", 12),
    TableColumn("aliases", "别名（导入时也认得）", 16, stretch=True),
    TableColumn("own", "来源", 5),
)
HIDDEN_TABLES = frozenset({"region"})
SEVERAL = "、"


class CodeTablesSettings(QWidget):
    """The tables on the left, the entries of the chosen one on the right."""

    def __init__(self, session: Session) -> None:
        """Make it; ``show_tables`` fills it."""
        super().__init__()
        self._session = session
        self.list = QListWidget()
        self.list.setAccessibleName("代码表")
        self.table = DataTable(COLUMNS, session.preferences, "codes")
        self.table.setAccessibleName("代码表的条目")
        self._about = label("", "muted", wrap=True)
        self._add = button("新增条目…", self.add, drawing="plus")
        self._edit = button("修改名称和别名…", self.edit, drawing="pencil")
        frame, inside = filled_card()
        inside.setContentsMargins(tokens.px(6), tokens.px(6), tokens.px(6), tokens.px(6))
        frame.setFixedWidth(tokens.px(200))
        inside.addWidget(self.list)
        right = QVBoxLayout()
        right.setSpacing(tokens.BLOCK)
        right.addLayout(row(self._about, None, self._edit, self._add))
        right.addWidget(GridCard(self.table), 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addWidget(frame)
        layout.addLayout(right, 1)
        self.list.currentRowChanged.connect(self._show_entries)
        self.table.opened.connect(self.edit)

    def show_tables(self) -> None:
        """List the tables; the chosen one stays chosen."""
        place = max(0, self.list.currentRow())
        codes = self._session.office.codes
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self.list.clear()
        for key in codes:
            if key not in HIDDEN_TABLES:
                item = QListWidgetItem(codes[key].title)
                item.setData(Qt.ItemDataRole.UserRole, key)
                self.list.addItem(item)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
        self.list.setCurrentRow(place)
        self._show_entries()

    def add(self) -> None:
        """Ask for a new entry of the chosen table."""
        self._ask("新增条目", None)

    def edit(self, code: str = "") -> None:
        """Ask for another name and further aliases of an entry."""
        wanted = code or self.table.current_id()
        entry = self._session.office.codes[self._key()].get(wanted) if wanted else None
        if entry is not None:
            self._ask("修改条目", entry)

    def _key(self) -> str:
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def _ask(self, title: str, entry: Code | None) -> None:
        key = self._key()
        about = self._session.office.codes[key].title
        sheet = ChooseSheet(
            title, f"代码表“{about}”。别名用“、”隔开，导入时看到别名也算这一项。", "保存", self
        )
        code = sheet.add_line("code", "代码", entry.code if entry else "", hint="保存后不能修改")
        code.setReadOnly(entry is not None)
        sheet.add_line("name", "名称", entry.name if entry else "")
        sheet.add_line("aliases", "别名", SEVERAL.join(entry.aliases) if entry else "")

        def save(texts: dict[str, str]) -> None:
            if not texts["code"] or not texts["name"]:
                sheet.refuse("代码和名称都要填写。")
                return
            aliases = tuple(one.strip() for one in texts["aliases"].split(SEVERAL) if one.strip())
            local = LocalCode(key, texts["code"], texts["name"], aliases)
            self._session.write(
                "正在保存",
                save_entry.bind(local),
                lambda _result: self._saved(sheet),
                lambda error: sheet.refuse(error.sentence),
            )

        sheet.ask(save)

    def _saved(self, sheet: ChooseSheet) -> None:
        sheet.accept()
        self._session.reopen()
        self.show_tables()
        self._session.told.emit("代码表已保存。", "ok")

    def _show_entries(self, *_: int) -> None:
        key = self._key()
        if not key:
            return
        table = self._session.office.codes[key]
        own = {one.code for one in self._session.office.codes.local if one.table == key}
        self._about.setText(f"{table.title}　{table.source}")
        self._add.setEnabled(table.open)
        self._add.setToolTip("" if table.open else "国家标准代码表不能增加条目，可以增加别名。")
        self.table.show_rows(
            FixedRows(
                [
                    TableRow(
                        entry.code,
                        {
                            "code": entry.code,
                            "name": entry.name,
                            "aliases": SEVERAL.join(entry.aliases),
                            "own": "本单位" if entry.code in own else "内置",
                        },
                        {"own": "info"} if entry.code in own else {},
                    )
                    for entry in table
                    if not entry.hidden
                ]
            )
        )
