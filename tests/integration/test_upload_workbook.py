from __future__ import annotations

from decimal import Decimal

import openpyxl
import pytest

from models.errors import UserError, WorldError
from models.progress import Progress
from reports.workbooks import upload
from reports.workbooks.upload import Upload, UploadRefusedError, read_layout
from tests.papers import NOW

TITLES = [
    "教师姓名", "身份证件类型", "教师身份证号", "培训年度", "培训类别", "培训项目名称",
    "培训机构名称", "培训方式", "培训获得学时", "培训获得学分", "培训开始日期", "培训结束日期",
]  # fmt: skip


def record(**changes):
    values = {
        "name": "张三",
        "id_type": "居民身份证",
        "id_number": "11010519491231002X",
        "year": 2026,
        "category": "40",
        "project": "《教师的教学技能》",
        "organizer": "桦甸市教师进修学校",
        "mode": "2",
        "hours": Decimal("15.00"),
        "credits": Decimal(2),
        "start_date": "2026-07-01",
        "end_date": "2026-07-05",
    }
    return values | changes


def an_upload(*rows):
    return Upload(rows, "桦甸市教师进修学校", NOW, read_layout())


def told(*rows):
    return [(one.row, one.column, one.value) for one in upload.problems(an_upload(*rows))]


def test_the_fields_stand_in_the_order_the_level_above_wants(tmp_path):
    path = tmp_path / "up.xlsx"
    done = upload.write_upload(path, an_upload(record(), record(name="=x")), Progress())
    assert done.rows == 2
    assert done.path == path
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert list(rows[0]) == TITLES
    assert rows[1] == (
        "张三", "居民身份证", "11010519491231002X", 2026, "40", "《教师的教学技能》",
        "桦甸市教师进修学校", "2", 15, 2, "2026-07-01", "2026-07-05",
    )  # fmt: skip
    assert rows[2][0] == "=x"


def test_fractions_are_reported_and_never_rounded(tmp_path):
    rows = (record(), record(hours=Decimal("1.5"), credits=Decimal("0.5")))
    assert told(*rows) == [(2, "培训获得学时", "1.5"), (2, "培训获得学分", "0.5")]
    with pytest.raises(UploadRefusedError, match="只收整数") as refused:
        upload.write_upload(tmp_path / "up.xlsx", an_upload(*rows), Progress())
    assert len(refused.value.problems) == 2
    assert "取整" in refused.value.hint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"name": ""}, "教师姓名"),
        ({"id_number": None}, "教师身份证号"),
        ({"category": "41"}, "培训类别"),
        ({"mode": "网络研修"}, "培训方式"),
        ({"project": "长" * 101}, "培训项目名称"),
        ({"hours": 100_000}, "培训获得学时"),
        ({"hours": -1}, "培训获得学时"),
        ({"hours": "十五"}, "培训获得学时"),
        ({"year": 26}, "培训年度"),
        ({"start_date": "2026-7-1"}, "培训开始日期"),
        ({"end_date": "20260705"}, "培训结束日期"),
    ],
)
def test_what_would_be_sent_back_is_told_beforehand(changes, column):
    assert [one[1] for one in told(record(**changes))] == [column]


def test_credits_and_days_may_be_empty(tmp_path):
    row = record(credits=None, start_date=None, end_date="")
    assert told(row) == []
    path = tmp_path / "up.xlsx"
    upload.write_upload(path, an_upload(row), Progress())
    values = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))[1]
    assert values[9:] == (None, None, None)


def test_a_file_that_reads_back_otherwise_is_not_kept(tmp_path, monkeypatch):
    honest = upload.write_table

    def damaging(path, sheet, progress, **more):
        done = honest(path, sheet, progress, **more)
        with path.open("rb") as file:
            book = openpyxl.load_workbook(file)
        book.worksheets[0]["C3"] = 1.1010519491231e17
        book.save(path)
        return done

    monkeypatch.setattr(upload, "write_table", damaging)
    with pytest.raises(WorldError, match="第 3 行") as refused:
        upload.write_upload(tmp_path / "up.xlsx", an_upload(record(), record()), Progress())
    assert refused.value.code == "upload.changed"
    assert list(tmp_path.iterdir()) == []


def test_a_layout_can_be_changed_in_its_file(tmp_path):
    path = tmp_path / "layout.toml"
    path.write_text(
        'name = "x"\ntitle = "x"\nsheet = "表"\n[[columns]]\nkey = "hours"\ntitle = "学时"\n'
        'kind = "decimal"\n',
        encoding="utf-8",
    )
    what = Upload([record(hours=Decimal("1.5"))], "县", NOW, read_layout(path))
    out = tmp_path / "up.xlsx"
    upload.write_upload(out, what, Progress())
    rows = list(openpyxl.load_workbook(out).worksheets[0].iter_rows(values_only=True))
    assert rows == [("学时",), (1.5,)]


@pytest.mark.parametrize("text", ["name = ", 'name = "x"', 'nmae = "x"\ntitle = "x"'])
def test_a_slip_in_a_layout_is_told_with_the_file(tmp_path, text):
    path = tmp_path / "layout.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"layout\.toml"):
        read_layout(path)
