"""A school's file in the window: only a school's pages, in its words."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from models.office.identity import Identity
from models.workspace.opening import create_office
from resources import path
from tests.offices import desk
from tests.windows import at_rest, session_on, window_on
from ui.desktop.app import PAGES
from ui.desktop.pages.start.menus import Menus
from ui.desktop.tasks.edition import WHOLE, edition_of
from ui.desktop.widgets.help import HelpWindow

SCHOOL = Identity("桦甸市第四中学", "220282", "school")
EDITION = edition_of("school")
KEYS = [one.entry.key for one in PAGES]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    office = create_office(tmp_path_factory.mktemp("school") / "office.db", SCHOOL, desk())
    office.store.close()
    return office


@pytest.fixture
def window(qtbot, file, tmp_path):
    session = session_on(file, tmp_path)
    found = window_on(session, KEYS, tmp_path)
    yield found
    at_rest(qtbot, session)
    found.close()
    found.deleteLater()
    assert session.leave()


def texts(widget):
    return {one.text().strip() for one in widget.findChildren(QPushButton) if not one.isHidden()}


def test_the_edition_names_pages_and_parts_that_are_there():
    assert {one.key for one in EDITION.pages} <= set(KEYS)
    assert {one.page for one in EDITION.first} <= {one.key for one in EDITION.pages}
    sources = "".join(file.read_text("utf-8") for file in path("../ui/desktop").rglob("*.py"))
    for part in EDITION.hidden:
        page, _, name = part.partition(".")
        assert f'"{part}"' in sources or f'{{self._name}}.{name}"' in sources or page == "imports"
    for texts in EDITION.deeds.values():
        assert not [text for text in texts if f'"{text}' not in sources and text not in sources]
    assert not WHOLE.hidden
    assert not WHOLE.deeds
    assert WHOLE.shows("exams")


def test_the_rail_has_a_schools_pages_in_its_words(window):
    shown = [one.text().strip() for one in window.rail.findChildren(QPushButton)]
    assert shown[:3] == ["首页", "本校教师", "培训"]
    assert "和县里交换" in shown
    assert not {"考试抽签", "证书", "规则", "年度验印", "骨干与名师"} & set(shown)


def test_every_page_opens_under_its_title_and_fits_a_small_window(qtbot, window):
    for one in EDITION.pages:
        window.go(one.key)
        assert window.page_key == one.key
        assert window.page.title.text() == one.title
        at_rest(qtbot, window.session)
        smallest = window.minimumSizeHint()
        assert smallest.width() <= 1000, one.key
        assert smallest.height() <= 600, one.key


def test_the_first_page_says_what_to_do_first_and_leads_there(qtbot, window):
    window.go("home")
    at_rest(qtbot, window.session)
    page = window.page
    assert page.schools.isHidden()
    assert not any("验印" in one or "学校：" in one for one in texts(page))
    steps = [one for one in page.findChildren(QPushButton) if one.text() == "去做"]
    steps[0].click()
    assert window.page_key == "sync"


def test_what_the_county_decides_is_left_out(qtbot, window):
    window.go("settings")
    assert not window.page.general.level.isEnabled()
    assert window.page.general.stamp.card.isHidden()
    window.go("teams")
    assert "组建团队" not in texts(window.page)
    assert "县里组建后" in window.page.grid.empty.text()
    window.go("reports")
    at_rest(qtbot, window.session)
    assert set(window.page.papers) == set(EDITION.papers)


def test_help_is_a_schools_own_where_there_is_one(window, tmp_path):
    window.go("teachers")
    menus = Menus(window.session, window, lambda: window.page, tmp_path / "师训通.log")
    menus.help_here()
    shown = window.findChild(HelpWindow)
    assert "调出本校以后" in shown.text()
    shown.turn_to("history.md")
    assert "调出本校以后" not in shown.text()
    assert "撤销" in shown.text()
    shown.close()
