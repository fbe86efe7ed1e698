"""Targets of schools and the county, and designations, on the page of verdicts."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from models.policies.use import save_pack, use_pack
from tests.counties import small_county
from tests.offices import new_office
from tests.windows import session_on, window_on
from ui.desktop.widgets.choose import ChooseSheet

MEASURED = """
id = "measured"
title = "有指标的规则"
region = "220282"
document = "示例"
valid_from = 2021-01-01
[[requirements]]
id = "cycle"
title = "周期"
clause = "一"
least = 360
[[targets]]
id = "backbone"
title = "骨干比例"
clause = "二"
quote = "占 15% 左右"
unit = "county"
part = { backbone = ["县骨干教师"] }
least = 15
[[targets]]
id = "money"
title = "培训经费比例"
clause = "三"
unit = "county"
figure = "培训经费"
of_figure = "工资总额"
least = 1.5
[[designations]]
id = "basic"
title = "基础型教师"
clause = "四"
"""


@pytest.fixture
def measured(qtbot, tmp_path):
    office = new_office(tmp_path)
    small_county(office)
    save_pack(office, MEASURED)
    use_pack(office, "measured", date(2021, 1, 1), date(2025, 12, 31))
    session = session_on(office, tmp_path)
    window = window_on(session, {"verdicts"}, tmp_path)
    qtbot.addWidget(window)
    idle(qtbot, session)
    yield window.page
    idle(qtbot, session)
    assert session.leave()


def idle(qtbot, session):
    qtbot.waitUntil(lambda: not session.runner.busy, timeout=20_000)


def names(table, key="name"):
    return [table.table.row_at(place).texts[key] for place in range(len(table.table.ids))]


def words(widget):
    return "".join(one.text() for one in widget.findChildren(QLabel))


def test_targets_are_listed_and_their_figures_reported(qtbot, measured):
    measured.show_tab("targets")
    idle(qtbot, measured.session)
    view = measured.targets
    assert names(view.table, "state") == ["未达到", "没有填报"]
    assert "占 15% 左右" in words(view.card)
    assert not view.report.isEnabled()
    view.table.choose("money/")
    qtbot.mouseClick(view.report, Qt.MouseButton.LeftButton)
    sheet = view.findChild(ChooseSheet)
    first, second = sheet.findChildren(QLineEdit)
    first.setText("三")
    qtbot.keyClicks(second, "200")
    qtbot.mouseClick(sheet.action, Qt.MouseButton.LeftButton)
    assert "不是数" in words(sheet)
    first.setText("3")
    qtbot.mouseClick(sheet.action, Qt.MouseButton.LeftButton)
    idle(qtbot, measured.session)
    qtbot.waitUntil(lambda: names(view.table, "state") == ["未达到", "达到"])
    assert names(view.table, "value")[1] == "1.5%"


def test_who_has_earned_a_designation_and_why_not(qtbot, measured):
    measured.show_tab("designations")
    idle(qtbot, measured.session)
    view = measured.designations
    assert len(names(view.table)) == 9
    assert set(names(view.table, "state")) == {"可以认定", "不能认定"}
    place = names(view.table, "state").index("不能认定")
    view.table.choose(view.table.table.ids[place])
    assert "未达到“周期”" in words(view.card)
    view.filters.search.setText("没有这样的人")
    qtbot.waitUntil(lambda: not view.grid.shows_table)
    assert "没有符合条件" in words(view.grid.empty)
