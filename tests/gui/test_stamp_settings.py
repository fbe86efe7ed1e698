"""Among the settings: the seal and words of the year-end stamp, the days of the exchange."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from models.stamping.wording import USUAL_WORDING, read_wording
from models.sync.late import USUAL, late_days
from tests.offices import new_office
from tests.windows import session_on, window_on


@pytest.fixture
def page(qtbot, tmp_path):
    session = session_on(new_office(tmp_path), tmp_path)
    window = window_on(session, {"settings"}, tmp_path)
    qtbot.addWidget(window)
    yield window.page
    qtbot.waitUntil(lambda: not session.runner.busy)
    assert session.leave()


def save(page):
    buttons = page.findChildren(QPushButton)
    next(one for one in buttons if one.text() == "保存验印用语").click()


def test_the_office_and_the_usual_words_stand_until_others_are_saved(qtbot, page):
    stamp, session = page.general.stamp, page.general._session
    assert stamp.seal.text() == session.office.identity.name
    assert stamp.wording.text() == USUAL_WORDING
    stamp.seal.setText("桦甸市教育局")
    stamp.wording.setText("准予登记")
    assert stamp.clerk.text() == ""
    stamp.clerk.setText("李文秀")
    with qtbot.waitSignal(session.told):
        save(page)
    found = read_wording(session.office)
    assert (found.seal, found.wording, found.clerk) == ("桦甸市教育局", "准予登记", "李文秀")


def test_words_too_long_for_a_seal_are_refused(qtbot, page):
    stamp, session = page.general.stamp, page.general._session
    stamp.seal.setText("印" * 61)
    with qtbot.waitSignal(session.told) as told:
        save(page)
    assert "超过 60 个字" in told.args[0]


def test_after_how_many_days_a_school_is_late_can_be_set(qtbot, page):
    exchange, session = page.general.exchange, page.general._session
    assert exchange.days.value() == USUAL
    exchange.days.setValue(45)
    with qtbot.waitSignal(session.told):
        exchange.save_button.click()
    assert late_days(session.office) == 45
