"""The designer of certificate forms: moved by hand, taken back, saved, and printed with."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QFileDialog

from reports.kit.form_parts import part_at
from reports.kit.form_text import form_text
from reports.kit.forms import parse_form
from tests.designers import (
    CTRL,
    LEFT,
    NONE,
    SHIFT,
    drag,
    drawn_designer,
    field,
    look_at,
    place_named,
    press,
    spot,
    write,
)
from ui.desktop.pages.certificates.designer.background import BackgroundRow

pytestmark = pytest.mark.prints


@pytest.fixture
def size():
    return (1280, 800)


@pytest.fixture
def view(qtbot, monkeypatch, office, tmp_path, size):
    with drawn_designer(qtbot, monkeypatch, office, tmp_path, size) as found:
        found.canvas.set_zoom(5)
        yield found


def test_a_text_dragged_ten_millimetres_stands_ten_millimetres_further(qtbot, view):
    look_at(view, 60, 140)
    text = field(view, "特发此证")
    at = spot(view, text.x + 3, text.y - 2)
    drag(qtbot, view, at, at + QPoint(50, -25))
    moved = field(view, "特发此证")
    assert (moved.x, moved.y) == (text.x + 10, text.y - 5)
    assert view.draft.stack.undoText() == "移动“特发此证”"
    assert view.tools.save.isEnabled()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Z, CTRL)
    assert field(view, "特发此证") == text
    assert not view.draft.dirty
    qtbot.keyClick(view.canvas, Qt.Key.Key_Y, CTRL)
    assert field(view, "特发此证") == moved


def test_while_it_moves_the_print_follows_and_esc_puts_it_back(qtbot, view):
    look_at(view, 60, 140)
    text = field(view, "特发此证")
    before = view.canvas.sheet.picture
    at = spot(view, text.x + 3, text.y - 2)
    drag(qtbot, view, at, at + QPoint(60, 0), drop=False)
    assert field(view, "特发此证").x == text.x + 12
    qtbot.waitUntil(lambda: view.canvas.sheet.picture != before)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert field(view, "特发此证") == text
    assert view.draft.stack.count() == 0
    qtbot.mouseRelease(view.canvas.viewport(), LEFT, NONE, at)


def test_it_comes_to_rest_at_another_parts_edge_and_a_guide_shows_it(qtbot, view):
    look_at(view, 60, 140)
    text = field(view, "特发此证")
    at = spot(view, text.x + 3, text.y - 2)
    aim = field(view, "正文").x - text.x
    drag(qtbot, view, at, at + QPoint(round((aim + 0.6) * 5), -100), drop=False)
    assert any(guide.left == field(view, "正文").x for guide in view.canvas.overlay.guides)
    qtbot.mouseRelease(view.canvas.viewport(), LEFT, NONE, at)
    assert field(view, "特发此证").x == field(view, "正文").x
    assert not view.canvas.overlay.guides


def test_a_handle_pulls_the_width(qtbot, view):
    look_at(view, 100, 150)
    text = field(view, "特发此证")
    view.draft.choose((place_named(view, "特发此证"),))
    right = spot(view, text.x + text.width, text.y - 0.38 * text.size / 72 * 25.4)
    drag(qtbot, view, right, right + QPoint(-100, 0))
    assert field(view, "特发此证").width == text.width - 20
    assert field(view, "特发此证").x == text.x
    assert view.draft.stack.undoText() == "调整“特发此证”的大小"


def test_the_arrow_keys_move_by_a_tenth_and_are_one_step(qtbot, view):
    view.draft.choose((place_named(view, "特发此证"),))
    text = field(view, "特发此证")
    for _ in range(3):
        qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Down, SHIFT)
    moved = field(view, "特发此证")
    assert (moved.x, moved.y) == (pytest.approx(text.x + 0.3), text.y + 1)
    assert view.draft.stack.count() == 1
    view.draft.stack.undo()
    assert field(view, "特发此证") == text


def test_undo_belongs_to_the_form_wherever_the_cursor_is(qtbot, view):
    window_undid = []
    action = QAction(view.window())
    action.setShortcut(QKeySequence("Ctrl+Z"))
    action.triggered.connect(lambda: window_undid.append(1))
    view.window().addAction(action)
    view.draft.choose((place_named(view, "特发此证"),))
    combo = view.properties.row("align").editor.widget
    for held in (combo, view.forms, view.canvas):
        view.edits.nudge(1, 0)
        held.setFocus()
        qtbot.keyClick(held, Qt.Key.Key_Z, CTRL)
        assert not view.draft.dirty
    assert window_undid == []


def test_a_hundred_and_more_steps_are_taken_back(view):
    first = view.draft.form
    view.draft.choose((place_named(view, "特发此证"),))
    for step in range(130):
        view.edits.align(("left", "right")[step % 2])
    assert view.draft.stack.count() == 130
    while view.draft.stack.canUndo():
        view.draft.stack.undo()
    assert view.draft.form == first


def test_a_band_chooses_what_it_touches_and_shift_adds(qtbot, view):
    view.canvas.fit()
    names = lambda: {part_at(view.draft.form, one).key for one in view.draft.chosen}  # noqa: E731
    drag(qtbot, view, spot(view, 165, 180), spot(view, 270, 154))
    assert {"发证机关", "发证日期"} <= names()
    text = field(view, "姓名")
    qtbot.mouseClick(view.canvas.viewport(), LEFT, SHIFT, spot(view, text.x + 5, text.y - 2))
    assert "姓名" in names()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert view.draft.chosen == ()
    qtbot.keyClick(view.canvas, Qt.Key.Key_A, CTRL)
    assert len(view.draft.chosen) == view.parts.count()


def test_copied_pasted_duplicated_and_deleted(qtbot, view):
    count = len(view.draft.form.fields)
    view.draft.choose((place_named(view, "姓名"),))
    qtbot.keyClick(view.canvas, Qt.Key.Key_C, CTRL)
    assert "{name}" in QGuiApplication.clipboard().text()
    qtbot.keyClick(view.canvas, Qt.Key.Key_V, CTRL)
    assert field(view, "姓名 2").x == field(view, "姓名").x + 5
    qtbot.keyClick(view.canvas, Qt.Key.Key_D, CTRL)
    assert field(view, "姓名 3").text == "{name} 同志："
    qtbot.keyClick(view.canvas, Qt.Key.Key_Delete)
    assert len(view.draft.form.fields) == count + 1
    assert view.draft.stack.undoText() == "删除“姓名 3”"
    QGuiApplication.clipboard().setText("别的文字")
    qtbot.keyClick(view.canvas, Qt.Key.Key_V, CTRL)
    assert len(view.draft.form.fields) == count + 1


def test_a_property_written_is_printed_and_a_wrong_one_is_told_below_it(qtbot, view):
    view.draft.choose((place_named(view, "特发此证"),))
    before = view.canvas.sheet.picture
    row = view.properties.row("size")
    write(qtbot, row.editor.widget, "26")
    assert field(view, "特发此证").size == 26
    assert view.draft.stack.count() == 1
    qtbot.waitUntil(lambda: view.canvas.sheet.picture != before)
    write(qtbot, row.editor.widget, "2")
    assert row.words() == "不能小于 4。"
    assert field(view, "特发此证").size == 26
    write(qtbot, row.editor.widget, "大")
    assert row.words() == "要填数字。"
    view.draft.choose(())
    view.draft.choose((place_named(view, "特发此证"),))
    assert view.properties.row("size").editor.widget.text() == "26"


def test_choices_colours_and_words_are_written_too(qtbot, view):
    view.draft.choose((place_named(view, "特发此证"),))
    combo = view.properties.row("align").editor.widget
    combo.setCurrentIndex(combo.findText("居中"))
    combo.activated.emit(combo.currentIndex())
    view.properties.row("colour").editor._choose("#C00000")
    words = view.properties.row("text").editor
    words._insert("name")
    found = field(view, "特发此证")
    assert (found.align, found.colour) == ("center", "#C00000")
    assert "{name}" in found.text
    assert "姓名　{name}" in [one.text() for one in words._menu.actions()]


def test_several_texts_are_changed_at_once(qtbot, view):
    view.draft.choose([place_named(view, "发证机关"), place_named(view, "姓名")])
    line = view.properties.row("size").editor.widget
    assert (line.text(), line.placeholderText()) == ("", "不同")
    write(qtbot, line, "15")
    assert field(view, "发证机关").size == field(view, "姓名").size == 15
    view.edits.align("left")
    assert view.draft.stack.undoText() == "左边对齐"


def test_a_double_click_puts_the_cursor_into_the_words(qtbot, view):
    look_at(view, 60, 140)
    text = field(view, "特发此证")
    at = spot(view, text.x + 3, text.y - 2)
    qtbot.mouseDClick(view.canvas.viewport(), LEFT, NONE, at)
    words = view.properties.row("text").editor.widget
    assert words.focusProxy().hasFocus()


def test_the_sheet_itself_has_properties(qtbot, view):
    view.draft.choose(())
    write(qtbot, view.properties.row("width").editor.widget, "280")
    combo = view.properties.row("frame", "kind").editor.widget
    combo.setCurrentIndex(combo.findText("双细线"))
    combo.activated.emit(combo.currentIndex())
    assert view.draft.form.width == 280
    assert view.draft.form.frame.kind == "plain"
    write(qtbot, view.properties.row("width").editor.widget, "3")
    assert view.properties.row("width").words() == "要大于 20。"


def test_what_is_doubtful_is_told_and_shown_where(qtbot, view):
    view.draft.choose((place_named(view, "特发此证"),))
    view.properties.row("text").editor._edit.setPlainText("{nmae}")
    qtbot.waitUntil(lambda: any("nmae" in one.text for one in view.strip.found))
    assert view.strip.found[0].text.endswith("是不是 {name}（姓名）？")
    assert not view.canvas.sheet.picture.isNull()
    view.draft.choose(())
    view.strip._turn()
    item = view.strip.list.item(0)
    at = view.strip.list.visualItemRect(item).center()
    qtbot.mouseClick(view.strip.list.viewport(), LEFT, NONE, at)
    assert view.draft.chosen == (place_named(view, "特发此证"),)


def test_a_text_too_long_for_its_place_is_told_and_the_rest_is_shown(qtbot, view):
    view.draft.choose((place_named(view, "姓名"),))
    write(qtbot, view.properties.row("width").editor.widget, "5")
    qtbot.waitUntil(lambda: any("“姓名”处写不下" in one.text for one in view.strip.found))
    assert view.canvas.overlay.doubtful >= {place_named(view, "姓名")}


def test_the_columns_of_a_register_page_are_pulled_added_and_dropped(qtbot, view):
    view.edits.add("rows", (140, 100))
    rows = view.draft.form.rows
    look_at(view, rows.columns[1].x, rows.first_y)
    first = rows.columns[0]
    edge = spot(view, first.x + first.width, rows.first_y)
    drag(qtbot, view, edge, edge + QPoint(-50, 0))
    assert view.draft.form.rows.columns[0].width == first.width - 10
    write(qtbot, view.properties.row("columns", "1", "width").editor.widget, "33")
    assert view.draft.form.rows.columns[1].width == 33
    write(qtbot, view.properties.row("count").editor.widget, "12")
    qtbot.waitUntil(lambda: view.properties.row("columns", "2", "x").isVisible())
    press(qtbot, view.properties, "添加一栏")
    assert len(view.draft.form.rows.columns) == 4
    assert view.draft.form.rows.columns[3].key == "学时 2"
    view.properties._drop_one("columns", 0)
    assert view.draft.form.rows.columns[0].key == "培训内容"
    assert ("columns", "3", "x") not in view.properties._rows


def test_a_scan_of_the_printed_sheet_lies_below_and_is_kept_in_the_form(
    qtbot, view, tmp_path, monkeypatch
):
    scan = QImage(600, 424, QImage.Format.Format_RGB32)
    scan.fill("#ffeecc")
    scan.save(str(tmp_path / "扫描.png"))
    (tmp_path / "坏.png").write_bytes(b"no picture")
    view.draft.choose(())
    for name in ("坏.png", "扫描.png"):
        file = str(tmp_path / name)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, file=file: (file, ""))
        view.properties.findChild(BackgroundRow).choose()
        if name == "坏.png":
            assert "图片打不开" in view.properties.findChild(BackgroundRow).problem.text()
    qtbot.waitUntil(lambda: view.canvas.sheet.picture.pixelColor(20, 20).blue() < 230)
    assert parse_form(form_text(view.draft.form), "x") == view.draft.form
    view.draft.stack.undo()
    qtbot.waitUntil(lambda: view.canvas.sheet.picture.pixelColor(20, 20).blue() == 255)
    assert view.draft.form.background is None


def test_what_is_printed_onto_a_printed_sheet_can_be_said(view):
    view.draft.choose((place_named(view, "特发此证"),))
    combo = view.properties.row("printed").editor.widget
    assert combo.currentText() == "有值的打印"
    combo.setCurrentIndex(combo.findText("打印"))
    combo.activated.emit(combo.currentIndex())
    assert field(view, "特发此证").printed is True


class TestSmall:
    """A window of 1000 × 600."""

    @pytest.fixture
    def size(self):
        return (1000, 600)

    def test_everything_can_be_reached(self, qtbot, view):
        assert view.window().width() <= 1000 - 168
        view.canvas.fit()
        assert view.canvas.width() > 300
        for one in (view.tools.save, view.tools.more, view.values.button, view.lists.new):
            right = one.mapTo(view.window(), one.rect().topRight()).x()
            assert one.isVisible()
            assert right < view.window().width()
        wide = view.canvas.width()
        qtbot.mouseClick(view.tools.lists, LEFT)
        qtbot.waitUntil(lambda: view.canvas.width() > wide + 100)
        assert not view.canvas.horizontalScrollBar().isVisible()
