"""设置 → 字体: what plays which role, chosen, brought, given back; all names looked over."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from models.office.font_choice import chosen_fonts
from reports.kit.font_roles import Role
from resources import path
from tests.offices import new_office
from tests.papers import own_fonts
from tests.people import school, teachers
from tests.windows import at_rest, window_at

pytestmark = pytest.mark.pinned_fonts


@pytest.fixture
def page(qtbot, tmp_path):
    own_fonts()  # skips where there are none
    office = new_office(tmp_path)
    fourth = school(office, "桦甸市第四中学")
    teachers(office, fourth, 2)
    teachers(office, fourth, 1, name="王\U0003fff0")
    with window_at(qtbot, office, tmp_path, "settings") as window:
        window.page.tabs.setCurrentIndex(3)
        at_rest(qtbot, window.page.fonts._session)
        yield window.page


def press(qtbot, page, text):
    buttons = page.fonts.findChildren(QPushButton)
    found = next(one for one in buttons if one.text().strip() == text)
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
    at_rest(qtbot, page.fonts._session)


def choose(qtbot, page, role, wish):
    box = page.fonts.cards[role].choice
    place = box.findData(wish)
    assert place >= 0
    box.setCurrentIndex(place)
    box.activated.emit(place)
    at_rest(qtbot, page.fonts._session)


def test_each_role_shows_its_typeface_a_line_in_it_and_its_coverage(page):
    song = page.fonts.cards[Role.SONG]
    assert song.choice.currentText() == "自动（Noto Serif SC）"
    assert song.sample.pixmap().width() > 200
    assert "通用规范汉字 8,105/8,105" in song.counts.text()
    assert "NotoSerifSC-Regular.ttf" in song.file.text()
    assert (
        len(
            {
                card.sample.pixmap().toImage().constBits().tobytes()
                for card in page.fonts.cards.values()
            }
        )
        > 3
    )


def test_a_typeface_is_chosen_kept_and_given_back(qtbot, page):
    office = page.fonts._session.office
    choose(qtbot, page, Role.SONG, "Noto Sans SC")
    assert chosen_fonts(office.store) == {"song": ("Noto Sans SC",)}
    song = page.fonts.cards[Role.SONG]
    assert "NotoSansSC-Regular.ttf" in song.file.text()
    assert song.choice.currentText() == "Noto Sans SC"
    press(qtbot, page, "恢复默认")
    assert chosen_fonts(office.store) == {}
    assert song.choice.currentText() == "自动（Noto Serif SC）"


def test_a_font_file_is_added_beside_the_data_and_found(qtbot, page, tmp_path):
    bought = tmp_path / "买来的.ttf"
    shutil.copyfile(path("fonts/NotoSansSC-Regular.ttf"), bought)
    page.fonts.take(bought)
    at_rest(qtbot, page.fonts._session)
    assert (tmp_path / "字体" / "买来的.ttf").is_file()
    assert "买来的.ttf" in page.fonts.cards[Role.HEI].file.text()


def test_all_names_are_looked_over(qtbot, page):
    press(qtbot, page, "检查全部教师姓名")
    assert [one.name for one in page.fonts.missing.people] == ["王\U0003fff0"]
    assert not page.fonts.missing.isHidden()
