"""Photos: one set by hand, a folder of them taken in as one step, nothing guessed."""

from __future__ import annotations

import pytest

from models.errors import CancelledByUser, UserError
from models.progress import Progress
from models.staff.photo_import import import_photos, plan_photos, set_photo
from models.staff.photos import photo_of, remove_photo
from models.staff.pictures import PORTRAIT
from models.store.history import history
from models.store.undo import undo
from tests.papers import Stopping
from tests.people import id_number, school, teachers
from tests.pictures import bytes_of, face, opened


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "照片"
    found.mkdir()
    return found


@pytest.fixture
def people(office):
    """Three of three names at one school, and a namesake of the first at another."""
    fourth, red = school(office, "桦甸市第四中学"), school(office, "红石中学")
    return [*teachers(office, fourth, 3), *teachers(office, red, 1, name="张三一")]


def number_of(office, teacher_id):
    return office.store.value("SELECT teacher_no FROM teacher WHERE id = ?", (teacher_id,))


def left(result):
    return {one.file: one.reason for one in result.left}


def test_a_photo_is_set_changed_removed_and_each_step_taken_back(office, people):
    done = set_photo(office, people[0], face())
    assert done.remarks == ()
    assert done.changed.kinds == {"teacher_photo"}
    first = photo_of(office, people)
    assert opened(first[people[0]]).size == PORTRAIT
    change = set_photo(office, people[0], face(600, 2000))
    assert change.remarks
    assert photo_of(office, people) != first
    undo(office.store, change.operation.id)
    assert photo_of(office, people) == first
    gone = remove_photo(office, people[0])
    assert photo_of(office, people) == {}
    undo(office.store, gone.id)
    assert photo_of(office, people) == first


def test_files_named_by_number_id_number_or_name_find_their_teachers(office, people, folder):
    names = (number_of(office, people[0]), id_number(1), "张三三")
    for name in names:
        (folder / f"{name}.jpg").write_bytes(face())
    result = import_photos(office, folder, Progress())
    assert set(photo_of(office, people)) == set(people[:3])
    assert result.counts == {"new": 3}
    assert result.left == []
    assert len([one for one in history(office.store, 9) if one.title == "导入照片 3 人"]) == 1
    undo(office.store, result.operation.id)
    assert photo_of(office, people) == {}


def test_names_may_stand_with_numbers_and_schools_and_in_folders(office, people, folder):
    inner = folder / "四中"
    inner.mkdir()
    (inner / f"张三二-{id_number(1)}.JPG").write_bytes(face())
    (folder / "红石中学_张三一.png").write_bytes(bytes_of(opened(face())))
    (folder / "说明.txt").write_text("不是照片", encoding="utf-8")
    result = import_photos(office, folder, Progress())
    assert set(photo_of(office, people)) == {people[1], people[3]}
    assert result.left == []


def test_what_is_not_certain_is_listed_and_not_taken(office, people, folder):
    for name in ("张三一", f"张三三-{id_number(1)}", "王五", id_number(77)):
        (folder / f"{name}.jpg").write_bytes(face())
    for name in ("张三二.jpg", f"{number_of(office, people[1])}.png"):
        (folder / name).write_bytes(face())
    result = import_photos(office, folder, Progress())
    assert photo_of(office, people) == {}
    reasons = left(result)
    assert "有 2 人叫这个名字" in reasons["张三一.jpg"]
    assert reasons["王五.jpg"] == "名册中没有这个编号或姓名"
    assert reasons["张三二.jpg"] == "张三二有几个照片文件，不知道用哪个"
    assert any("不是同一个人" in reason for reason in reasons.values())
    assert len(reasons) == 6
    assert not any(id_number(n) in file for file in reasons for n in (1, 77))


def test_broken_and_renamed_files_are_listed_and_the_others_taken(office, people, folder):
    (folder / "张三二.jpg").write_bytes(face())
    (folder / f"{id_number(0)}.jpg").write_bytes(face()[:3000])
    (folder / "张三三.jpg").write_bytes("PK 其实是表格".encode())
    result = import_photos(office, folder, Progress())
    assert set(photo_of(office, people)) == {people[1]}
    assert left(result)["张三三.jpg"].startswith("不是能识别的图片")
    assert "图片文件已损坏，读不完整" in left(result).values()


def test_taking_the_same_folder_in_again_changes_nothing(office, people, folder):
    (folder / "张三二.jpg").write_bytes(face(400, 400))
    first = import_photos(office, folder, Progress())
    assert [(one.file, one.reason) for one in first.remarks] == [
        ("张三二.jpg", "不是 295:413 的比例，已裁切；只有 400×400 点，印出来可能不清楚")
    ]
    again = import_photos(office, folder, Progress())
    assert again.counts == {"same": 1}
    assert again.changed.count == 0
    (folder / "张三二.jpg").write_bytes(face())
    assert import_photos(office, folder, Progress()).counts == {"changed": 1}


def test_stopping_halfway_keeps_nothing(office, people, folder):
    for name in ("张三二", "张三三"):
        (folder / f"{name}.jpg").write_bytes(face())
    with pytest.raises(CancelledByUser):
        import_photos(office, folder, Stopping(1))
    assert photo_of(office, people) == {}


def test_a_folder_that_is_not_there_or_holds_no_picture_is_refused(office, folder):
    for where, code in ((folder / "没有", "photos.no_folder"), (folder, "photos.none")):
        with pytest.raises(UserError) as refused:
            plan_photos(office, where)
        assert refused.value.code == code


def test_a_folder_of_unknown_people_writes_nothing(office, folder):
    (folder / "王五.jpg").write_bytes(face())
    result = import_photos(office, folder, Progress())
    assert result.operation is None
    assert result.changed.count == 0
    assert len(result.left) == 1
