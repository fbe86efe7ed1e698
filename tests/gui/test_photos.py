"""The photo on the teacher's card, and a folder of photos taken in."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog

from models.staff.photos import photo_of
from tests.offices import new_office
from tests.people import id_number, school, teachers
from tests.pictures import face
from tests.windows import window_at
from ui.desktop.pages.teachers.photos import PhotoReport


@pytest.fixture
def window(qtbot, tmp_path):
    office = new_office(tmp_path)
    teachers(office, school(office, "桦甸市第四中学"), 3)
    with window_at(qtbot, office, tmp_path, "teachers", "home") as found:
        yield found


def offer(page, text):
    """Click an item of the photo's menu."""
    page.portrait.menu.aboutToShow.emit()
    next(one for one in page.portrait.menu.actions() if one.text() == text).trigger()


def test_a_photo_is_added_changed_removed_and_taken_back(qtbot, page, tmp_path, monkeypatch):
    file = tmp_path / "a.jpg"
    file.write_bytes(face(600, 1200))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    page.table.choose(page.table.table.ids[0])
    assert page.portrait.photo.accessibleName() == "添加照片"
    with qtbot.waitSignal(page.session.undo_offered):
        offer(page, "添加照片…")
    assert "已裁切" in page.notice.text()
    qtbot.waitUntil(lambda: page.portrait.has_photo)
    with qtbot.waitSignal(page.session.undo_offered):
        offer(page, "移除照片")
    qtbot.waitUntil(lambda: not page.portrait.has_photo)
    page.notice._action.click()
    qtbot.waitUntil(lambda: page.portrait.has_photo)


def test_a_file_that_is_no_photo_is_refused_with_a_sentence(qtbot, page, tmp_path, monkeypatch):
    file = tmp_path / "a.jpg"
    file.write_bytes(b"no photo")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    page.table.choose(page.table.table.ids[0])
    with qtbot.waitSignal(page.session.runner.refused) as refused:
        offer(page, "添加照片…")
    assert refused.args[0].code == "picture.unknown"


def test_a_folder_is_taken_in_and_what_was_not_used_is_listed(
    qtbot, window, page, tmp_path, monkeypatch
):
    folder = tmp_path / "照片"
    folder.mkdir()
    (folder / f"{id_number(0)}.jpg").write_bytes(face())
    (folder / "没有这人.jpg").write_bytes(face())
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    with qtbot.waitSignal(page.session.undo_offered) as offered:
        page.session.go.emit("teachers", "photos:import")
    assert offered.args[0] == "新增照片 1 人，1 个文件没有用上。"
    report = page.findChild(PhotoReport)
    assert report.grid.item(0, 0).text() == "没有这人.jpg"
    assert len(photo_of(page.session.office, page.table.table.ids)) == 1
    report.accept()
