"""A school's file that exchanges with a county: what it is told, and what it cannot press."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QPushButton

from models.training.courses import register
from tests.exchanging import change, cheap_codes, new_world
from tests.people import teachers
from tests.windows import at_rest, session_on, window_on
from ui.desktop.pages.courses.page import CoursesPage
from ui.desktop.pages.start.status_line import StatusLine
from ui.desktop.pages.verdicts.page import VerdictsPage

RED = "红石中学"


@pytest.fixture
def world(tmp_path, monkeypatch):
    """A county with one school, which exchanges."""
    cheap_codes(monkeypatch)
    found = new_world(tmp_path / "世界", RED)
    teachers(found.county, found.institutions[RED], 1)
    found.enrol(RED)
    yield found
    found.close()


def visible_texts(page):
    return {one.text().strip() for one in page.findChildren(QPushButton) if one.isVisible()}


def test_a_schools_status_bar_tells_what_the_county_lacks(qtbot, world, tmp_path):
    person = world.schools[RED].store.value("SELECT id FROM teacher")
    world.up(RED)
    change(world.county, "teacher", person, remark="县里改")
    change(world.schools[RED], "teacher", person, remark="新改")
    world.take(world.schools[RED], world.down(RED))
    session = session_on(world.schools[RED], tmp_path)
    window = window_on(session, {"sync"}, tmp_path)
    qtbot.addWidget(window)
    StatusLine(session, window.status)
    at_rest(qtbot, session)
    told = window.status.text("exchange")
    assert "未写给县里 1 条" in told
    assert "冲突 1 处" in told
    assert "还有 1 条改动没有写给县里" in " ".join(one.text() for one in window.page.own.facts)
    assert session.leave()


def test_a_school_cannot_press_what_the_county_decides(qtbot, world, shown):
    register(world.county, {"title": "县里办的", "year": 2026, "hours": Decimal(8)})
    world.take(world.schools[RED], world.down(RED))
    register(world.schools[RED], {"title": "校本研修", "year": 2026, "hours": Decimal(8)})
    page = shown(world.schools[RED], CoursesPage)
    rows = {one.shown["title"]: one.id for one in page._rows.values()}
    offered = {}
    for title, identity in rows.items():
        page.table.choose(identity)
        at_rest(qtbot, page.session)
        texts = visible_texts(page)
        page.open_desk()
        for place in range(len(page.desk.parts)):
            page.desk.tabs.setCurrentIndex(place)
            at_rest(qtbot, page.session)
            texts |= visible_texts(page)
        page.close_desk()
        offered[title] = texts
    assert {"县批准…", "发证", "定名额…"}.isdisjoint(offered["校本研修"] | offered["县里办的"])
    assert {"修改…", "办理…", "登记上课…", "记学时"} <= offered["校本研修"]
    assert {"修改…", "办理…", "登记上课…", "记学时"}.isdisjoint(offered["县里办的"])
    assert {"报名…", "全到", "录成绩…"} <= offered["县里办的"]


def test_a_school_sees_its_verdicts_and_judges_nothing(qtbot, world, shown):
    page = shown(world.schools[RED], VerdictsPage)
    bar = page.tabs
    told = [bar.tabText(n) for n in range(bar.count()) if bar.isTabVisible(n)]
    assert told == ["教师", "学段", "学科", "预测", "减免"]
    texts = {one.text().strip() for one in page.findChildren(QPushButton) if one.parent()}
    assert {"减免…", "申报减免…", "导出工作簿…"} <= texts
    assert {"批准", "不批准…"}.isdisjoint(texts)
    assert "否决…" not in visible_texts(page)
