"""县区: what counties handed in, side by side with totals, and the workbook for the level above."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QFileDialog, QVBoxLayout, QWidget

from ui.desktop.pages.uploads.county_sheet import CountySheet
from ui.desktop.pages.uploads.view import View
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets.asking import offer_undo
from ui.desktop.widgets.detail_card import DetailCard, Details, Fact
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button, clear, label, row
from ui.desktop.widgets.saving import TABLES, WORKBOOK, ask_where_to
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow, numbers_of
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from decimal import Decimal

    from models.store.operations import Operation
    from models.uploads.building import Built
    from models.uploads.counties import CountyLine, CountyTable
    from ui.desktop.pages.uploads.county_jobs import Counties, CountyFiles
    from ui.desktop.tasks.session import Session

_JOBS = "ui.desktop.pages.uploads.county_jobs"
counties = Lazy(_JOBS, "counties")
read_files = Lazy(_JOBS, "read_files")
take_files = Lazy(_JOBS, "take_files")
build_above = Lazy(_JOBS, "build_above")
ABOVE = ("city", "province")
"""The levels of offices that have counties below them."""
_FIRST = (
    TableColumn("=county", "县（市、区）", 8),
    TableColumn("=state", "情况", 3),
    TableColumn("=rows", "行数", 4, numeric=True),
    TableColumn("=people", "人数", 4, numeric=True),
)
"""Ours, behind a mark that no key of a form's column has."""
_TOTAL = "total"


class CountiesView(View):
    """The comparison of the counties in one form and year."""

    def __init__(self, session: Session) -> None:
        """Make it empty; ``reload`` fills it."""
        super().__init__(session)
        self.found: Counties | None = None
        self._asked = ("", 0)
        self.forms = QComboBox()
        self.forms.setAccessibleName("上报表")
        self.forms.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.years = QComboBox()
        self.years.setAccessibleName("年度")
        self._read = button("读县里的表…", self.read, kind="primary", drawing="file-down")
        self._build = button("汇总生成上报…", self.build, drawing="file-up")
        self.figures = label("", "muted", wrap=True)
        self.table: DataTable | None = None
        self.card = DetailCard("在左边选中一个县，这里与上年对照。")
        self._place = QWidget()
        self._inside = QVBoxLayout(self._place)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self.lines.addLayout(row(self.forms, self.years, self._read, self._build, None))
        self.lines.addWidget(self.figures)
        self.lines.addWidget(self._place, 1)
        self.forms.activated.connect(self._turn)
        self.years.activated.connect(self._turn)

    def reload(self) -> None:
        """Read the form and year in sight."""
        work = counties.bind(*self._asked)
        self.session.read("正在读取各县", work, self._filled, quiet=True)

    def read(self) -> None:
        """Ask for workbooks of counties, show what they hold, and take them."""
        chosen, _ = QFileDialog.getOpenFileNames(self, "选择县里报来的表（可选几份）", "", TABLES)
        if chosen and self.found is not None:
            paths = [Path(one) for one in chosen]
            work = read_files.bind(paths, self.found.table.year)
            self.session.read("正在读县里的表", work, self._show_files)

    def build(self) -> None:
        """Ask where the workbook for the level above goes, and write it."""
        found = self.found
        out = ask_where_to(self, found.file_name, WORKBOOK) if found else None
        if found is not None and out is not None:
            work = build_above.bind(found.table.form.name, found.table.year, out)
            self.session.write("正在汇总生成", work, self._built)

    def _show_files(self, files: CountyFiles) -> None:
        sheet = CountySheet(files, self)

        def take() -> None:
            work = take_files.bind(sheet.good)
            self.session.write("正在收表", work, done, lambda error: sheet.refuse(error.sentence))

        def done(operation: Operation) -> None:
            sheet.accept()
            offer_undo(self.session, operation)

        sheet.taken.connect(take)
        sheet.open()

    def _built(self, built: Built) -> None:
        first, count = built.files[0], sum(one.rows for one in built.files)
        left = built.draft.left_out
        words = f"已生成 {first.path.name}，{count:,} 条，读回核对无误"
        words += f"；{left:,} 条不合要求，没有写入" if left else ""
        self.session.told.emit(f"{words}。", "warn" if left else "ok")

    def _turn(self, *_: int) -> None:
        self._asked = (str(self.forms.currentData()), int(self.years.currentData()))
        self.reload()

    def _filled(self, found: Counties) -> None:
        self.found = found
        table = found.table
        self._asked = (table.form.name, table.year)
        self.forms.clear()
        for name, title in found.forms.items():
            self.forms.addItem(title, name)
        self.forms.setCurrentIndex(self.forms.findData(table.form.name))
        self.years.clear()
        for year in found.years:
            self.years.addItem(f"{year} 年", year)
        self.years.setCurrentIndex(self.years.findData(table.year))
        received = sum(bool(one.received_on) for one in table.lines)
        missing = [one.county for one in table.lines if not one.received_on]
        self.figures.setText(f"还没有报来：{'、'.join(missing)}。" if missing else "各县都已报来。")
        self._build.setEnabled(bool(received))
        self.counted.emit(f"{len(table.lines)} 个县，已报 {received} 个")
        self._show(table)

    def _show(self, found: CountyTable) -> None:
        clear(self._inside)
        numbers = [TableColumn(key, title, 5, numeric=True) for key, title in found.columns]
        columns = [*_FIRST, *numbers]
        name = f"upload_counties/{found.form.name}"
        self.table = DataTable(columns, self.session.preferences, name)
        self.table.setAccessibleName("各县对照")
        lines = [_row(one.region, one) for one in found.lines]
        lines.append(_row(_TOTAL, found.total))
        self.table.show_rows(FixedRows(lines, numbers_of(columns, lines)))
        grid = GridCard(self.table)
        grid.show_table(yes=True)
        self.card = DetailCard("在左边选中一个县，这里与上年对照。")
        self.table.chosen.connect(partial(self._show_card, found))
        self._inside.addWidget(ListBody(grid, self.card, self.session.preferences, "counties"), 1)

    def _show_card(self, found: CountyTable, code: str) -> None:
        lines = {one.region: one for one in found.lines} | {_TOTAL: found.total}
        one = lines.get(code)
        self.card.show_details(_details(found, one) if one else None)


def _row(code: str, one: CountyLine) -> TableRow:
    total = code == _TOTAL
    state = "" if total else "已报" if one.received_on else "未报"
    texts = {
        "=county": one.county,
        "=state": state,
        "=rows": f"{one.rows:,}" if one.rows else "",
        "=people": f"{one.people:,}" if one.people else "",
        **{key: _amount(amount) for key, amount in one.sums.items()},
    }
    return TableRow(code, texts, {"=state": "ok" if one.received_on else "warn"})


def _details(found: CountyTable, one: CountyLine) -> Details:
    before = found.before.get(one.region)
    facts = [Fact("收到", one.received_on)] if one.received_on else []
    for key, title in found.columns:
        if key in one.sums:
            last = before.sums.get(key) if before else None
            words = _amount(one.sums[key])
            facts.append(
                Fact(title, f"{words}（上年 {_amount(last)}）" if last is not None else words)
            )
    return Details(one.county, f"{found.year} 年 {found.form.title}", facts=facts)


def _amount(number: Decimal) -> str:
    return f"{number:,f}"
