"""成长档案: reached from the teacher, everything year by year, at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from models.stamping.running import run_stamp
from models.training.courses import register
from models.training.enrolments import enrol
from models.training.ledger import RecordDraft, post_records, reverse
from models.training.listing import EntryFilter, entry_ids
from models.verdicts.exemptions import file_exemption
from models.verdicts.vetoes import put_veto
from reports.inputs.growth import growth
from tests.offices import new_office
from tests.papers import pdfium_text
from tests.people import id_number, school, teachers
from tests.windows import session_on, window_on
from ui.desktop.pages.growth.bars import Bar, YearBars
from ui.desktop.pages.growth.rendering import growth_html


def posted(office, teacher_id, year, hours, title):
    draft = RecordDraft(
        teacher_id=teacher_id, year=year, course=title, category="1", organizer=None,
        start_date=f"{year}-07-01", end_date=f"{year}-07-05", hours=Decimal(hours),
        credits=Decimal(hours) / 10,
    )  # fmt: skip
    post_records(office, [draft], source="测试", allow_repeats=True)


@pytest.fixture
def office(tmp_path):
    return new_office(tmp_path)


@pytest.fixture
def someone(office):
    found, _other = teachers(office, school(office, "红石中学"), 2, name="王䶮")
    posted(office, found, 2023, 72, "课堂教学")
    posted(office, found, 2024, 40, "记错的培训")
    reverse(office, entry_ids(office, EntryFilter(year=2024)), "重复登记")
    posted(office, found, 2024, 90, "骨干研修 <一>")
    values = {"title": "师德", "year": 2025, "hours": Decimal(15)}
    enrol(office, register(office, values).course_id, [found])
    file_exemption(office, found, "04", (date(2025, 1, 1), date(2025, 3, 31)), "产假")
    put_veto(office, found, 2022, "有偿补课")
    run_stamp(office, 2024)
    return found


@pytest.fixture
def window(qtbot, office, someone, tmp_path):
    session = session_on(office, tmp_path)
    found = window_on(session, {"home", "teachers", "growth"}, tmp_path)
    qtbot.addWidget(found)
    found.go("teachers", someone)
    yield found
    qtbot.waitUntil(lambda: not session.runner.busy)
    assert session.leave()


def press(qtbot, widget, text):
    found = next(one for one in widget.findChildren(QPushButton) if one.text().strip() == text)
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_it_is_reached_from_the_teachers_card_and_leads_back(qtbot, window, someone):
    assert "growth" not in window.rail._buttons
    press(qtbot, window.page, "成长档案")
    assert window.page_key == "growth"
    assert window.rail._buttons["teachers"].isChecked()
    assert window.page.count.text().startswith("王䶮")
    press(qtbot, window.page, "返回教师")
    assert window.page_key == "teachers"
    assert window.page.table.current_id() == someone


def test_everything_known_stands_on_the_page_year_by_year(qtbot, window):
    press(qtbot, window.page, "成长档案")
    page = window.page
    told = page.text.toPlainText()
    for words in (
        "2021—2025 周期", "按“桦甸市 2021—2025 周期”", "教师全员培训", "还差 198 学时", "尚未达到",
        "1 次培训，共 90 学时，9 学分", "骨干研修 <一>", "2024-07-01 至 07-05", "已冲销", "师德",
        "未考核", "产假减免", "有偿补课", "待核实",
    ):  # fmt: skip
        assert words in told, words
    assert told.index("2024 年") < told.index("2023 年")
    assert [(one.label, one.text) for one in page.bars.bars][:2] == [("2023", "72"), ("2024", "90")]
    assert "2024：90" in page.bars.accessibleDescription()
    assert page.card._name.text() == "王䶮"


@pytest.mark.prints
@pytest.mark.parametrize(("place", "title"), [(0, "成长档案"), (1, "学分卡")])
def test_the_papers_are_printed_from_the_page(qtbot, window, tmp_path, monkeypatch, place, title):
    press(qtbot, window.page, "成长档案")
    page = window.page
    asked = []
    out = tmp_path / "纸.pdf"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *given: asked.append(given[2]) or (str(out), "")
    )
    with qtbot.waitSignal(window.session.runner.ended, timeout=20_000):
        page.print_button.menu().actions()[place].trigger()
    assert asked[0].endswith(f"{title}-王䶮.pdf")
    qtbot.waitUntil(lambda: f"已生成 {out}" in page.notice.text())
    assert "王䶮" in "".join(pdfium_text(out))


def test_numbers_are_starred_until_asked_for_and_again_for_the_next(qtbot, window, someone):
    press(qtbot, window.page, "成长档案")
    page = window.page
    assert page.found.fact("身份证号") != id_number(0)
    qtbot.mouseClick(page._eye, Qt.MouseButton.LeftButton)
    assert page.found.fact("身份证号") in {id_number(0), id_number(1)}
    window.go("growth", someone)
    assert "*" in page.found.fact("身份证号")


def test_a_change_of_the_ledger_shows_at_once(qtbot, window, office, someone):
    press(qtbot, window.page, "成长档案")

    def work(there, _progress):
        draft = RecordDraft(
            teacher_id=someone, year=2022, course="补记", category="2", organizer=None,
            start_date=None, end_date=None, hours=Decimal(8),
        )  # fmt: skip
        return post_records(there, [draft], source="测试").operation

    with qtbot.waitSignal(window.session.changed):
        window.session.write("正在登记", work)
    assert "补记" in window.page.text.toPlainText()
    assert window.page.bars.bars[0].label == "2022"


def test_nobody_chosen_or_gone_leads_to_the_register(qtbot, window):
    window.go("growth")
    page = window.page
    assert page.empty.isVisible()
    window.go("growth", "nobody")
    assert "已不在库中" in page.empty.text()
    qtbot.mouseClick(page.empty.action, Qt.MouseButton.LeftButton)
    assert window.page_key == "teachers"


def test_a_teacher_without_any_record_and_bars_of_nothing(qtbot, office, someone):
    found = growth(office, teachers(office, None, 1, name="新人")[0])
    assert "还没有培训" in growth_html(found)
    assert "还没有培训" in growth_html(replace(found, cycles=()))
    bars = YearBars("学时")
    qtbot.addWidget(bars)
    bars.show_bars([Bar("2025", 0, "0"), Bar("2026", -5, "-5", "很长的说明文字" * 9, "error")])
    bars.grab()
    office.store.close()
