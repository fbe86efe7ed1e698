"""The tab of counties, which only an office above them has."""

from __future__ import annotations

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from models.office.identity import Identity
from models.uploads.building import build
from models.uploads.catalogue import form_named
from models.uploads.rows import Wish
from models.workspace.opening import create_office
from tests.offices import desk, new_office
from tests.uploads import county
from tests.windows import at_rest, window_at
from ui.desktop.pages.uploads import counties
from ui.desktop.pages.uploads.county_sheet import CountySheet

SUMMARY, HUADIAN = "county_summary", "220282"


def press(qtbot, page, widget, text):
    found = [
        one
        for one in widget.findChildren(QPushButton)
        if one.text().strip() == text and one.isVisible()
    ]
    assert found, text
    assert found[0].isEnabled(), text
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)
    at_rest(qtbot, page.session)


def test_counties_are_taken_seen_side_by_side_and_sent_on(qtbot, tmp_path, monkeypatch):
    """A good workbook and a broken one: the good is taken, its line and the total stand there."""
    below = new_office(tmp_path)
    assert below.identity.region == HUADIAN
    county(below, level="40")
    sent, broken, out = tmp_path / "县.xlsx", tmp_path / "坏.xlsx", tmp_path / "省.xlsx"
    build(below, form_named(below, SUMMARY), Wish(2025), sent)
    below.store.close()
    broken.write_bytes(b"x")
    files = [str(sent), str(broken)]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (files, ""))
    monkeypatch.setattr(counties, "ask_where_to", lambda *_: out)
    city = create_office(tmp_path / "city.db", Identity("吉林市教育局", "220200", "city"), desk())
    with window_at(qtbot, city, tmp_path, "uploads") as window:
        page = window.page
        page.show_tab("counties")
        at_rest(qtbot, page.session)
        view = page.views["counties"]
        assert not view._build.isEnabled()
        press(qtbot, page, view, "读县里的表…")
        sheet = next(one for one in page.findChildren(CountySheet) if one.isVisible())
        assert sheet.grid.rowCount() == 2
        press(qtbot, page, sheet, "收下这 1 份")
        model = view.table.table
        shown = {key: model.row_at(n).texts for n, key in enumerate(model.ids)}
        assert shown[HUADIAN]["=state"] == "已报"
        assert shown[HUADIAN]["teachers"] == shown["total"]["teachers"] == "3"
        view.table.choose(HUADIAN)
        press(qtbot, page, view, "汇总生成上报…")
        rows = list(openpyxl.load_workbook(out).worksheets[0].iter_rows(values_only=True))
        assert [row[0] for row in rows[1:]] == [HUADIAN]
