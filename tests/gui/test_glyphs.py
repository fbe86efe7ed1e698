"""Drawing characters with the mouse, and the list of names that cannot be printed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from models.staff.glyphs import attach_glyph, drawn_glyphs, glyphs_of
from models.staff.queries import name_of_teacher
from reports.inputs.fonts import fonts_of, missing_names
from tests.offices import new_office
from tests.papers import own_fonts
from tests.people import school, teachers
from tests.pictures import brushed
from tests.windows import at_rest, window_at
from ui.desktop.widgets.glyphs.sheet import GlyphSheet
from ui.desktop.widgets.missing_glyphs import MissingSheet

NOWHERE = "\U0003fff0"
PRIVATE = "\ue123"
OLD = "\ue863"  # GBK's private code of 䶮


@pytest.fixture
def people(tmp_path):
    own_fonts()  # skips where there are none
    return {}


@pytest.fixture
def window(qtbot, tmp_path, people):
    office = new_office(tmp_path)
    fourth = school(office, "桦甸市第四中学")
    for name in (f"王{NOWHERE}", f"李{PRIVATE}", f"赵{PRIVATE}", f"孙{OLD}", "张三"):
        (people[name[0]],) = teachers(office, fourth, 1, name=name)
    attach_glyph(office, people["李"], PRIVATE, brushed())
    with window_at(qtbot, office, tmp_path, "teachers", "home", "settings") as found:
        yield found


def press(qtbot, widget, text):
    buttons = [one for one in widget.findChildren(QPushButton) if one.text().strip() == text]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)


def write_on(qtbot, pad, *strokes):
    for stroke in strokes:
        places = [QPoint(round(x * pad.width()), round(y * pad.height())) for x, y in stroke]
        qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=places[0])
        for place in places[1:]:
            qtbot.mouseMove(pad, place)
        qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=places[-1])


CROSS = (((0.2, 0.4), (0.8, 0.4)), ((0.5, 0.1), (0.5, 0.9)))


def sheet_of(qtbot, page, teacher_id):
    page.table.choose(teacher_id)
    press(qtbot, page.card, "造字图片…")
    at_rest(qtbot, page.session)
    return page.findChildren(GlyphSheet)[-1]


def test_only_names_with_rare_characters_offer_to_draw_them(page, people):
    page.table.choose(people["张"])
    assert page.portrait.draw.isHidden()
    page.table.choose(people["王"])
    assert not page.portrait.draw.isHidden()


def test_a_character_written_with_the_mouse_is_previewed_kept_and_taken_back(qtbot, page, people):
    sheet = sheet_of(qtbot, page, people["王"])
    assert "字体里没有这个字" in sheet._says.text()
    assert not sheet.save_button.isEnabled()
    write_on(qtbot, sheet.pad, *CROSS)
    at_rest(qtbot, page.session)
    assert not sheet._strip.pixmap().isNull()
    with qtbot.waitSignal(page.session.undo_offered):
        qtbot.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    at_rest(qtbot, page.session)
    office = page.session.office
    assert set(drawn_glyphs(office)) == {NOWHERE, PRIVATE}
    assert "打印时用这张图片" in sheet._says.text()
    sheet.reject()
    press(qtbot, page.notice, "撤销")
    qtbot.waitUntil(lambda: set(drawn_glyphs(office)) == {PRIVATE})


def test_strokes_can_be_taken_back_and_wiped_out(qtbot, page, people):
    sheet = sheet_of(qtbot, page, people["王"])
    write_on(qtbot, sheet.pad, *CROSS)
    at_rest(qtbot, page.session)
    two = sheet.pad.png()
    press(qtbot, sheet, "去掉一笔")
    assert sheet.pad.png() != two
    press(qtbot, sheet, "清除")
    at_rest(qtbot, page.session)
    assert sheet.pad.empty
    assert not sheet.save_button.isEnabled()
    sheet.reject()


def test_a_file_is_cleaned_and_shown_and_a_wrong_one_refused(
    qtbot, page, people, tmp_path, monkeypatch
):
    file = tmp_path / "字.png"
    file.write_bytes(brushed())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    sheet = sheet_of(qtbot, page, people["王"])
    press(qtbot, sheet, "选择图片文件…")
    at_rest(qtbot, page.session)
    assert sheet.save_button.isEnabled()
    file.write_bytes(b"no picture")
    press(qtbot, sheet, "选择图片文件…")
    at_rest(qtbot, page.session)
    assert not sheet.save_button.isEnabled()
    assert "不是能识别的图片" in sheet._problem.text()
    sheet.reject()


def test_the_picture_of_another_person_is_taken_over_and_removed(qtbot, page, people):
    sheet = sheet_of(qtbot, page, people["赵"])
    with qtbot.waitSignal(page.session.undo_offered):
        press(qtbot, sheet, f"用已有的图片（桦甸市第四中学李{PRIVATE}）")
    at_rest(qtbot, page.session)
    office = page.session.office
    assert glyphs_of(office, people["赵"])[0].png == glyphs_of(office, people["李"])[0].png
    with qtbot.waitSignal(page.session.undo_offered):
        qtbot.mouseClick(sheet.remove_button, Qt.MouseButton.LeftButton)
    at_rest(qtbot, page.session)
    assert glyphs_of(office, people["赵"]) == []
    sheet.reject()


def test_another_drawing_for_a_code_in_use_is_refused_in_the_window(qtbot, page, people):
    sheet = sheet_of(qtbot, page, people["赵"])
    write_on(qtbot, sheet.pad, *CROSS)
    at_rest(qtbot, page.session)
    qtbot.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    at_rest(qtbot, page.session)
    assert "同一个造字码不能表示两个字" in sheet._problem.text()
    sheet.reject()


def test_a_window_closed_while_it_is_being_answered_does_no_harm(qtbot, page, people):
    sheet = sheet_of(qtbot, page, people["王"])
    write_on(qtbot, sheet.pad, *CROSS)
    sheet.reject()
    at_rest(qtbot, page.session)
    assert glyphs_of(page.session.office, people["王"]) == []


def missing_sheet(page, ids, went):
    office = page.session.office
    found = missing_names(office, fonts_of(office), ids)
    sheet = MissingSheet(page.session, page, found, went.append)
    sheet.open()
    return sheet


def test_a_batch_goes_on_once_each_name_is_drawn_corrected_or_left_out(qtbot, page, people):
    went = []
    sheet = missing_sheet(page, list(people.values()), went)
    listed = {one.name for one in sheet.list.people}
    assert listed == {f"王{NOWHERE}", f"孙{OLD}"}
    assert not sheet.go_button.isEnabled()
    sheet.list.table.choose(people["孙"])
    with qtbot.waitSignal(page.session.undo_offered):
        qtbot.mouseClick(sheet.list.correct_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(sheet.list.people) == 1)
    assert name_of_teacher(page.session.office, people["孙"]) == "孙䶮"
    assert not sheet.list.correct_button.isEnabled()
    qtbot.mouseClick(sheet.list.leave_button, Qt.MouseButton.LeftButton)
    assert sheet.says.text() == "可以打印了。已移出 1 人。"
    qtbot.mouseClick(sheet.go_button, Qt.MouseButton.LeftButton)
    assert went == [frozenset({people["王"]})]


def test_drawing_from_the_list_takes_the_person_out_of_it(qtbot, page, people):
    went = []
    sheet = missing_sheet(page, [people["王"]], went)
    qtbot.mouseClick(sheet.list.draw_button, Qt.MouseButton.LeftButton)
    at_rest(qtbot, page.session)
    drawing = sheet.list.findChild(GlyphSheet)
    write_on(qtbot, drawing.pad, *CROSS)
    at_rest(qtbot, page.session)
    qtbot.mouseClick(drawing.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: sheet.go_button.isEnabled())
    drawing.reject()
    qtbot.mouseClick(sheet.go_button, Qt.MouseButton.LeftButton)
    assert went == [frozenset()]
