from __future__ import annotations

import errno
from collections.abc import Sequence

import pytest

from models.errors import CancelledByUser, UserError
from reports.kit.copies import Copy, Printing, UnfinishedError
from tests.form_copies import full_copy, portrait, printed, small_form
from tests.papers import Stopping, bookmarks, check_print, pypdf_text

pytestmark = pytest.mark.prints
PHOTO = {"photo": {"x": 10, "y": 30, "width": 25, "height": 35}}


def people(count):
    return [Copy(f"第{at:02}人", {"name": f"第{at:02}人"}) for at in range(count)]


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_large_batch_becomes_files_that_are_told_one_by_one_with_the_copies_in_them(tmp_path):
    told = []
    how = Printing(part_size=4, whole=told.append)
    built = printed(small_form(), people(10), tmp_path / "a.pdf", how)
    assert names(tmp_path) == ["a-01-04.pdf", "a-05-08.pdf", "a-09-10.pdf"]
    assert built.pages == 10
    assert built.path == tmp_path / "a-01-04.pdf"
    assert list(built.parts) == told
    for part in built.parts:
        expected = [f"第{at:02}人" for at in range(part.first, part.last + 1)]
        assert bookmarks(part.path) == expected
        assert ["".join(text.split()) for text in pypdf_text(part.path)] == [
            f"证书{name}" for name in expected
        ]


def test_one_file_for_each_person(tmp_path):
    built = printed(small_form(), people(3), tmp_path / "证书.pdf", Printing(each=True))
    assert names(tmp_path) == ["证书-第00人.pdf", "证书-第01人.pdf", "证书-第02人.pdf"]
    assert [part.count for part in built.parts] == [1, 1, 1]


def test_no_file_is_replaced_by_any_part_of_a_batch(tmp_path):
    (tmp_path / "a-09-10.pdf").write_bytes(b"old")
    with pytest.raises(UserError, match="a-09-10") as refused:
        printed(small_form(), people(10), tmp_path / "a.pdf", Printing(part_size=4))
    assert refused.value.code == "file.exists"
    assert names(tmp_path) == ["a-09-10.pdf"]


def test_copies_may_be_made_as_they_are_asked_for(tmp_path):
    class Made(Sequence):
        def __len__(self):
            return 7

        def __getitem__(self, at):
            if at >= 7:
                raise IndexError(at)
            return people(7)[at]

    built = printed(small_form(), Made(), tmp_path / "a.pdf", Printing(part_size=3))
    assert [part.count for part in built.parts] == [3, 3, 1]


def test_a_text_that_fits_nowhere_stops_a_batch_of_many_files_before_the_first(tmp_path):
    copies = [*people(9), Copy("长名", {"name": "长" * 99})]
    with pytest.raises(UserError, match="长名：") as refused:
        printed(small_form(), copies, tmp_path / "a.pdf", Printing(part_size=2))
    assert refused.value.code == "form.too_long"
    copies += [Copy("又长", {"name": "又" * 99})]
    with pytest.raises(
        UserError, match=r"有 2 人的内容写不下.*长名：.*（共 99 字）.*又长："
    ) as refused:
        printed(small_form(), copies, tmp_path / "a.pdf", Printing(part_size=2))
    assert refused.value.code == "form.too_long"
    assert names(tmp_path) == []


def test_broken_photos_are_refused_with_all_people_and_reasons_before_anything_is_written(tmp_path):
    form = small_form(**PHOTO)
    copies = [
        Copy("好人", {"name": "好人"}, portrait()),
        Copy("王坏", {"name": "王坏"}, b"no picture"),
        Copy("李断", {"name": "李断"}, portrait()[:-300]),
    ]
    with pytest.raises(UserError) as refused:
        printed(form, copies, tmp_path / "a.pdf")
    assert refused.value.code == "photo.unusable"
    assert "王坏的照片打不开" in refused.value.message
    assert "李断的照片打不开" in refused.value.message
    assert "好人" not in refused.value.message
    assert names(tmp_path) == []


def test_huge_photos_come_out_small_and_a_form_without_a_photo_does_not_ask_for_one(tmp_path):
    huge = Copy("大", {"name": "大"}, portrait((2950, 4130)))
    built = printed(small_form(**PHOTO), [huge], tmp_path / "a.pdf")
    assert built.path.stat().st_size < 60_000
    printed(small_form(), [Copy("坏", {"name": "坏"}, b"no picture")], tmp_path / "b.pdf")


def test_the_same_photo_is_kept_once(tmp_path):
    form = small_form(**PHOTO)
    one = printed(form, [full_copy(form)], tmp_path / "1.pdf").path.stat().st_size
    many = printed(form, [full_copy(form)] * 20, tmp_path / "20.pdf").path.stat().st_size
    assert many - one < 20 * 1500
    assert check_print(tmp_path / "20.pdf") == 20


def test_a_disk_that_runs_full_half_way_leaves_whole_files_and_tells_what_is_in_them(
    tmp_path, monkeypatch
):
    told = []
    synced = {"left": 4}  # each file is synced, and then its folder

    def sync(_handle):
        synced["left"] -= 1
        if synced["left"] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("models.store.copying.os.fsync", sync)
    how = Printing(part_size=3, whole=told.append)
    with pytest.raises(UnfinishedError) as stopped:
        printed(small_form(), people(10), tmp_path / "a.pdf", how)
    assert stopped.value.code == "file.disk_full"
    assert "2 个文件完整可用，含第 1—6 份（共 10 份）" in stopped.value.message
    assert list(stopped.value.parts) == told
    assert [(part.first, part.last) for part in told] == [(0, 2), (3, 5)]
    assert names(tmp_path) == ["a-01-03.pdf", "a-04-06.pdf"]
    assert [bookmarks(part.path)[-1] for part in told] == ["第02人", "第05人"]


def test_cancelling_half_way_keeps_the_files_that_are_whole(tmp_path):
    told = []
    how = Printing(part_size=3, whole=told.append)
    with pytest.raises(CancelledByUser):
        printed(small_form(), people(9), tmp_path / "a.pdf", how, Stopping(9 + 4))
    assert names(tmp_path) == ["a-1-3.pdf"]
    assert [(part.first, part.last) for part in told] == [(0, 2)]


def test_a_line_that_is_not_on_the_page_is_refused(tmp_path):
    column = {"key": "学时", "text": "{hours}", "x": 10, "width": 20}
    form = small_form(rows={"first_y": 50, "pitch": 10, "count": 4, "columns": [column]})
    copy = Copy("张三", {"name": "张三"}, rows={5: {"hours": "15"}})
    with pytest.raises(UserError, match=r"张三.*每页 4 行，没有第 5 行") as refused:
        printed(form, [copy], tmp_path / "a.pdf")
    assert refused.value.code == "form.no_line"


def test_a_value_the_rows_want_is_asked_for(tmp_path):
    column = {"key": "学时", "text": "{hours}", "x": 10, "width": 20}
    form = small_form(rows={"first_y": 50, "pitch": 10, "count": 4, "columns": [column]})
    with pytest.raises(UserError, match="hours"):
        printed(form, [Copy("张三", {"name": "张三"}, rows={1: {}})], tmp_path / "a.pdf")


def test_characters_no_font_has_are_found_in_rows_too(tmp_path):
    column = {"key": "学时", "text": "{hours}", "x": 10, "width": 20}
    form = small_form(rows={"first_y": 50, "pitch": 10, "count": 4, "columns": [column]})
    copy = Copy("张三", {"name": "张三"}, rows={1: {"hours": "\U0003fff0"}})
    with pytest.raises(UserError, match="张三（\U0003fff0）") as refused:
        printed(form, [copy], tmp_path / "a.pdf")
    assert refused.value.code == "paper.glyph_missing"
