"""``upload …`` as another program meets it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands import ask, run
from tests.e2e.test_training_commands import small_county
from tests.people import id_number
from tests.uploads import answered, authority
from tests.workbooks import xlsx

RECORDS = [
    ["姓名", "身份证号", "年度", "课程名称", "培训形式", "培训级别", "培训机构", "学时", "学分"],
    ["单雄信", id_number(1), 2025, "师德讲堂", "集中", "县级", "桦甸市教师进修学校", 16, 1.5],
    ["罗士信", id_number(3), 2025, "师德讲堂", "集中", "县级", "桦甸市教师进修学校", 7.5, 1],
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("uploads")
    database = small_county(folder)
    ask(database, "import", "records", "--yes", xlsx(folder / "记录.xlsx", RECORDS))
    return database


@pytest.fixture
def office(filled: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "office.db"
    shutil.copy(filled, copy)
    return copy


def test_an_upload_is_built_answered_and_built_again(office: Path, tmp_path: Path):
    names = [one["name"] for one in ask(office, "upload", "forms")["forms"]]
    assert "national_training" in names
    out = tmp_path / "上报.xlsx"
    checked = ask(
        office, "upload", "build", "national_training", "--year", "2025", "--check", code=1
    )
    assert (checked["rows"], checked["left_out"], out.exists()) == (0, 2, False)
    build = ("upload", "build", "national_training", "--year", "2025", "--out")
    first = ask(office, *build, out, "--hours-only", "--fraction", "hours=collect")
    assert (first["ok"], first["rows"], first["without_credits"]) == (True, 2, 1)
    assert [one["sent"] for one in first["rounded"]] == [7, None]
    found = ask(office, "upload", "reconcile", out, "--all", "theirs", "--dry-run")
    assert (found["same"], found["rows"], found["applied"]) == (2, [], False)
    hours = {row[0].value: row[8].value for row in load_workbook(out).worksheets[0].iter_rows(2)}
    assert hours == {"单雄信": 16, "罗士信": 7}
    result = answered(
        out, tmp_path / "结果.xlsx", {2: {"导入结果": "成功"}, 3: {"错误信息": "学时有误"}}
    )
    answer = ask(office, "upload", "return", result, code=1)
    assert (answer["accepted"], answer["refused"]) == (1, 1)
    status = ask(office, "upload", "status", "--year", "2025")["forms"]
    (standing,) = [one for one in status if one["form"] == "national_training"]
    assert standing["counts"] == {"waiting": 0, "accepted": 1, "refused": 1, "unknown": 0}
    again = ask(
        office, *build, tmp_path / "二.xlsx", "--new", "--fraction", "hours=nearest", "--hours-only"
    )
    assert (again["rows"], again["unchanged"]) == (1, 1)
    upload = first["files"][0]["upload"]
    made = ask(office, "upload", "rebuild", upload, "--out", tmp_path / "重做.xlsx")
    assert made["same_bytes"]
    assert (tmp_path / "重做.xlsx").read_bytes() == out.read_bytes()
    rows = ask(office, "upload", "sent", upload, "--state", "refused")["rows"]
    assert [one["message"] for one in rows] == ["学时有误"]
    assert ask(office, "upload", "mark", upload, "--on", "2025-12-31")["uploads"] == [upload]


def test_the_old_words_still_write_a_year(office: Path, tmp_path: Path):
    done = ask(office, "upload", "2025", tmp_path / "旧.xlsx", "--hours-only", code=1)
    assert (done["rows"], done["left_out"], done["file"]) == (1, 1, str(tmp_path / "旧.xlsx"))
    assert done["problems"][0]["column"] == "培训获得学时"
    assert load_workbook(tmp_path / "旧.xlsx").worksheets[0].max_row == 2


def test_a_form_is_made_of_an_empty_workbook_by_words_alone(office: Path, tmp_path: Path):
    empty = authority(tmp_path / "省表.xlsx")
    made = ask(
        office, "upload", "form", empty, "--name", "jilin", "--title", "省采集表", "--to", "省平台",
        "--map", "序号=", "--map", "培训类型（省编）==继续教育", "--map", "获得学时=record.hours",
        code=1,
    )  # fmt: skip
    assert "没有“获得学时”这一列" in made["error"]["message"]
    made = ask(
        office, "upload", "form", empty, "--name", "jilin", "--title", "省采集表", "--to", "省平台",
        "--map", "序号=", "--map", "培训类型（省编）==继续教育", "--map", "G=record.hours",
    )  # fmt: skip
    assert (made["saved"], made["unmapped"]) == (True, ["序号"])
    built = ask(office, "upload", "build", "省采集表", "--year", "2025", "--out", tmp_path / "夹")
    assert [Path(one["file"]).name for one in built["files"]] == [
        "桦甸市教师进修学校-2025年-省采集表.xlsx"
    ]
    assert built["ok"]
    facts = ask(office, "upload", "facts", "county")["facts"]
    assert "count.trained" in [one["name"] for one in facts]
    ask(office, "upload", "drop-form", "jilin")


def test_transfers_and_numbers_are_kept_by_hand(office: Path):
    (one, _) = ask(office, "teachers", "find", "信")["teachers"]
    number = one["teacher_no"]
    ask(
        office, "upload", "transfer", "file", number, "--to-system", "全国系统",
        "--direction", "out", "--from", "一中", "--to", "吉林一中", "--on", "2025-09-01",
    )  # fmt: skip
    (open_one,) = ask(office, "upload", "transfer", "list", "--state", "open")["transfers"]
    ask(office, "upload", "transfer", "sign", open_one["id"], "--step", "县局审核", "--end", "done")
    (done,) = ask(office, "upload", "transfer", "list")["transfers"]
    assert (done["state"], done["steps"][0]["what"]) == ("done", "县局审核")
    given = ask(office, "upload", "number", number, "--to-system", "全国系统", "--number", "N1")
    assert given["numbers"][0]["number"] == "N1"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("upload", "build", "没有的表", "--year", "2025", "--out", "x.xlsx"), "没有名为"),
        (("upload", "build", "national_training", "--year", "2025"), "没有写明文件写到哪里"),
        (
            (
                "upload",
                "build",
                "national_training",
                "--year",
                "2025",
                "--check",
                "--fraction",
                "x",
            ),
            "看不懂",
        ),
        (("upload", "return", "没有.xlsx"), "没有找到文件"),
        (("upload", "rebuild", "zz", "--out", "x.xlsx"), "没有编号"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(office: Path, words: tuple[str, ...], told: str):
    done = run(office, *words)
    assert done.returncode in {1, 3}
    assert told in done.stderr
