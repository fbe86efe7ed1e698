"""Files that leave the window: named by scope and day, written beside it, told when done."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QDialog, QPushButton

from models.training.courses import register
from models.training.enrolments import enrol
from models.training.posting import post_results
from models.training.scoring import record_by_number
from tests.offices import new_office
from tests.people import id_number, school, teachers
from tests.windows import session_on, window_on
from ui.desktop.pages.imports.jobs import open_source
from ui.desktop.widgets import saving


@pytest.fixture
def window(qtbot, tmp_path):
    office = new_office(tmp_path)
    ids = teachers(office, school(office, "桦甸市第四中学"), 3)
    values = {"title": "师德", "year": 2025, "hours": Decimal(15), "credits": Decimal(2)}
    values |= {"organizer": "桦甸市教师进修学校", "category": "1"}
    course = register(office, values).course_id
    enrol(office, course, ids)
    numbers = [row[0] for row in office.store.query("SELECT teacher_no FROM teacher")]
    record_by_number(office, course, [(number, "80") for number in numbers])
    post_results(office, course)
    session = session_on(office, tmp_path)
    found = window_on(session, {"teachers", "ledger"}, tmp_path)
    qtbot.addWidget(found)
    yield found
    qtbot.waitUntil(lambda: not session.runner.busy)
    assert session.leave()


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Answers every question for a file with the proposed name in a folder of the test."""
    names = []

    def answer(_parent, _title, proposed, _kind):
        names.append(proposed.replace("\\", "/").rpartition("/")[2])
        return str(tmp_path / names[-1]), ""

    monkeypatch.setattr(saving.QFileDialog, "getSaveFileName", answer)
    return names


def cells(file):
    return [[str(cell) for cell in row] for _, row in open_source(file).sheets[0].numbered()]


def test_a_workbook_of_the_teachers_says_its_scope_and_keeps_whole_numbers(
    qtbot, window, asked, tmp_path
):
    window.go("teachers")
    window.page.deeds.export("all")
    qtbot.waitUntil(lambda: "已导出全部 3 人" in window.page.notice.text())
    assert asked == ["教师名册-全部3人-20250920.xlsx"]
    assert any(id_number(0) in row for row in cells(tmp_path / asked[0]))


@pytest.mark.prints
def test_a_roster_is_looked_at_before_it_is_saved_and_has_no_id_numbers(
    qtbot, window, asked, tmp_path
):
    window.go("teachers")
    window.page.deeds.export("paper")
    qtbot.waitUntil(lambda: window.findChild(QDialog, "preview") is not None)
    preview = window.findChild(QDialog, "preview")
    assert preview.windowTitle() == "预览 — 教师名册　当前筛选的 3 人"
    shown = preview.paper.pdf
    preview.save()
    qtbot.waitUntil(lambda: "已保存" in preview.notice.text())
    assert (tmp_path / asked[0]).read_bytes() == shown.read_bytes()
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / asked[0]).pages)
    assert "张三一" in text.replace(" ", "")
    assert id_number(0) not in text
    buttons = {one.accessibleName(): one for one in preview.findChildren(QPushButton)}
    buttons["导出工作簿…"].click()
    qtbot.waitUntil(lambda: "已导出" in preview.notice.text())
    assert asked[1].endswith(".xlsx")
    preview.close()
    assert not shown.exists()


def test_nothing_selected_is_told_instead_of_an_empty_file(qtbot, window, asked):
    window.go("teachers")
    window.page.table.clearSelection()
    window.page.deeds.export("selected")
    assert "没有可以导出的教师" in window.page.notice.text()
    assert asked == []


def test_the_ledger_is_written_for_import_and_for_the_level_above(qtbot, window, asked, tmp_path):
    window.go("ledger")
    window.page.export()
    qtbot.waitUntil(lambda: "已导出" in window.page.notice.text())
    window.page.export_upload()
    qtbot.waitUntil(lambda: "读回核对无误" in window.page.notice.text())
    assert asked == ["培训记录-全部-20250920.xlsx", "2025年培训记录-报送.xlsx"]
    assert sum("师德" in "".join(row) for row in cells(tmp_path / asked[0])) == 3
