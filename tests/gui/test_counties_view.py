"""The tab of counties, which only an office above them has."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog

from models.office.identity import Identity
from models.uploads.building import build
from models.uploads.catalogue import form_named, save_form
from models.uploads.forms import CellKind
from models.uploads.rows import Wish
from models.workspace.opening import create_office
from tests.offices import desk, new_office
from tests.trainings import post
from tests.uploads import OWN, county
from tests.windows import at_rest, press, window_at
from ui.desktop.pages.uploads import counties
from ui.desktop.pages.uploads.county_sheet import CountySheet
from ui.desktop.widgets.picking import PickSheet

SUMMARY, HUADIAN = "county_summary", "220282"


def _provincial(city):
    """The province's own form, which takes whole hours only."""
    form = form_named(city, SUMMARY)
    columns = [
        one.model_copy(update={"kind": CellKind.INTEGER, "title": "总学时"})
        if one.fact == "sum.hours"
        else one
        for one in form.columns
    ]
    said = {"name": "own1", "title": "省里的汇总", "columns": tuple(columns)}
    save_form(city, form.model_copy(update=said))


@pytest.fixture
def handed_in(tmp_path):
    """A county's workbook of 2024 with 8.5 hours, and one that nobody can read."""
    below = new_office(tmp_path)
    assert below.identity.region == HUADIAN
    people = county(below, level="40")
    post(below, people[0], 2024, "8.5", title="去年的", start="2024-03-01", organizer=OWN)
    sent, broken = tmp_path / "县.xlsx", tmp_path / "坏.xlsx"
    build(below, form_named(below, SUMMARY), Wish(2024), sent)
    below.store.close()
    broken.write_bytes(b"x")
    return [str(sent), str(broken)]


def send_on(qtbot, page, view):
    """Build by the province's form: fractions are refused until it is said what to do."""
    press(qtbot, page, view, "汇总生成上报…")
    asked = next(one for one in page.findChildren(PickSheet) if one.isVisible())
    asked._choices["form"].setCurrentText("省里的汇总")
    press(qtbot, page, asked, "下一步")
    assert "1 条要先改" in asked._problem.text()
    asked._choices["fraction"].setCurrentIndex(asked._choices["fraction"].findData("nearest"))
    press(qtbot, page, asked, "下一步")


def test_counties_are_taken_seen_side_by_side_and_sent_on(qtbot, tmp_path, handed_in, monkeypatch):
    """A good workbook and a broken one: the good is taken, and goes on in another form."""
    out = tmp_path / "省.xlsx"
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (handed_in, ""))
    monkeypatch.setattr(counties, "ask_where_to", lambda *_: out)
    city = create_office(tmp_path / "city.db", Identity("吉林市教育局", "220200", "city"), desk())
    _provincial(city)
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
        assert view.years.currentData() == 2024
        model = view.table.table
        shown = {key: model.row_at(n).texts for n, key in enumerate(model.ids)}
        assert shown[HUADIAN]["=state"] == "已报"
        assert shown[HUADIAN]["teachers"] == shown["total"]["teachers"] == "3"
        view.table.choose(HUADIAN)
        send_on(qtbot, page, view)
        rows = list(openpyxl.load_workbook(out).worksheets[0].iter_rows(values_only=True))
        assert [row[0] for row in rows[1:]] == [HUADIAN]
        assert rows[1][rows[0].index("总学时")] == 9
