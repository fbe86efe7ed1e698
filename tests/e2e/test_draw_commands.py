"""``exam …`` from the terms to the reserves, as another program and a stranger meet it."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import ROOT, ask, run
from tests.people import id_number
from tests.workbooks import xlsx

SEED = "36251436251436251436"
HEAD = ["姓名", "身份证号", "所在学校", "任教学科", "职称"]
SCHOOLS = [
    ["学校名称", "简称", "学段", "机构类型"],
    ["桦甸市第一中学", "一中", "初中", "初级中学"],
    ["桦甸市实验小学", "实小", "小学", "小学"],
]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    database = folder / "office.db"
    ask(database, "init", "--name", "桦甸市教师进修学校", "--region", "220282")
    people = [
        [f"张三{'一二三四五六七八九十'[n % 10]}", id_number(n), place, "语文", "一级教师"]
        for n, place in enumerate(["桦甸市第一中学"] * 24 + ["桦甸市实验小学"] * 7)
    ]
    files = [xlsx(folder / "学校.xlsx", SCHOOLS), xlsx(folder / "教师.xlsx", [HEAD, *people])]
    ask(database, "import", "auto", "--yes", *files)
    return database


@pytest.fixture
def office(county: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "office.db"
    shutil.copy(county, copy)
    return copy


TERMS = (
    "--code", "2025-12", "--name", "下半年抽测", "--base", "subject", "--fraction", "0.1",
    "--strata", "school,subject", "--rounding", "half-up-min-1",
)  # fmt: skip


def test_a_draw_goes_from_its_terms_to_a_strangers_check(office: Path, tmp_path: Path):
    frame, record = tmp_path / "FRAME.txt", tmp_path / "RECORD.json"
    assert ask(office, "exam", "create", *TERMS)["exam"] == "2025-12"
    someone = ask(office, "teachers", "find", "张三一")["teachers"][0]["teacher_no"]
    wish = ["--reason", "产假", "--signed-by", "王主任"]
    (left,) = ask(office, "exam", "exclude", "2025-12", someone, *wish)["excluded"]
    assert (left["teacher_no"], left["reason"], left["signed_by"]) == (someone, "产假", "王主任")
    frozen = ask(office, "exam", "frame", "2025-12", "--out", frame)
    assert frozen["size"] == 30
    assert frozen["sha256"] == hashlib.sha256(frame.read_bytes()).hexdigest()
    assert frozen["excluded"] == [{"teacher_no": someone, "reason": "产假"}]
    drawn = ask(office, "exam", "draw", "2025-12", "--seed", SEED, "--out", record)
    assert drawn["drawn"] == 3
    told = json.loads(record.read_text("utf-8"))
    assert {"exam", "frame_sha256", "seed", "rounding", "fraction", "strata"} <= told.keys()
    assert (told["fraction"], told["rounding"]) == ("0.1", "half-up-min-1")
    assert [one["stratum"] for one in told["strata"]] == [
        "桦甸市实验小学/语文",
        "桦甸市第一中学/语文",
    ]
    assert ask(None, "exam", "verify", record, "--frame", frame)["ok"] is True
    script = [sys.executable, "-I", ROOT / "docs" / "recheck_draw.py", record, frame]
    assert subprocess.run(script, capture_output=True).returncode == 0
    frame.write_bytes(frame.read_bytes()[:-1] + b" ")
    assert ask(None, "exam", "verify", record, "--frame", frame, code=1)["ok"] is False
    assert subprocess.run(script, capture_output=True).returncode == 1


def test_an_absent_person_is_replaced_by_the_next_reserve(office: Path, tmp_path: Path):
    record = tmp_path / "RECORD.json"
    ask(office, "exam", "create", *TERMS, "--count", "2")
    ask(office, "exam", "frame", "2025-12")
    drawn = ask(office, "exam", "draw", "2025-12", "--seed", SEED, "--out", record)
    first = json.loads(record.read_text("utf-8"))["strata"][0]
    assert (drawn["drawn"], first["quota"]) == (4, 2)
    absent, reserve = first["selected"][0], first["reserves"][0]
    done = ask(office, "exam", "replace", "2025-12", absent, "--reason", "病假")
    assert (done["replaced"], done["teacher_no"], done["reserve"]) == (absent, reserve, 1)
    again = ask(office, "exam", "replace", "2025-12", absent, "--reason", "病假", code=1)
    assert again["error"]["code"] == "exam.cannot_replace"
    shown = ask(office, "exam", "show", "2025-12")
    assert (shown["count"], shown["examinees"], shown["how_many"]) == (2, 5, "每组 2 人")


def test_terms_are_edited_until_the_list_is_frozen(office: Path):
    ask(office, "exam", "create", *TERMS)
    words = ["--date", "2025.12.20", "--from", "09:00", "--pass-mark", "70", "--kind", "统考"]
    ask(office, "exam", "edit", "2025-12", "--name", "统一考试", "--base", "全体教师", *words)
    shown = ask(office, "exam", "show", "2025-12")
    assert (shown["name"], shown["base"], shown["kind"]) == ("统一考试", "all", "whole")
    assert (shown["held_on"], shown["starts_at"], shown["pass_mark"]) == (
        "2025-12-20",
        "09:00",
        "70",
    )
    assert (shown["fraction"], shown["strata"]) == ("0.1", ["school", "subject"])
    ask(office, "exam", "frame", "2025-12")
    refused = ask(office, "exam", "edit", "2025-12", "--fraction", "20%", code=1)
    assert refused["error"]["code"] == "exam.fixed"
    assert "抽取比例" in refused["error"]["message"]
    assert ask(office, "exam", "delete", "2025-12", code=1)["error"]["code"] == "exam.in_use"
    (listed,) = ask(office, "exam", "list")["exams"]
    assert (listed["code"], listed["size"], listed["drawn"]) == ("2025-12", 31, 0)


def test_names_and_answers_of_the_first_version_go_on_working(office: Path, tmp_path: Path):
    frame, record = tmp_path / "f.txt", tmp_path / "r.json"
    ask(office, "exam", "add", "--code", "a", "--name", "抽测", "--year", "2025")
    frozen = ask(office, "exam", "freeze", "a", "--out", frame)
    assert (frozen["people"], frozen["excluded"], frozen["frame"]) == (31, 0, str(frame))
    assert ask(office, "exam", "draw", "a", "--seed", SEED, "--record", record)["attempt"] == 1
    assert json.loads(record.read_text("utf-8"))["frame_sha256"] == frozen["frame_sha256"]
    assert "freeze" not in run(None, "exam", "--help").stdout


def test_frame_and_record_are_written_again_and_a_draw_waits_for_its_place(
    office: Path, tmp_path: Path
):
    ask(office, "exam", "create", *TERMS)
    shown = ask(office, "exam", "frame", "2025-12", "--preview")
    assert (shown["size"], sum(shown["strata"].values()), shown["excluded"]) == (31, 31, [])
    first, frame = tmp_path / "f.txt", tmp_path / "f2.txt"
    nowhere = tmp_path / "没有" / "r.json"
    assert ask(office, "exam", "frame", "2025-12", "--out", nowhere, code=1)
    frozen = ask(office, "exam", "frame", "2025-12", "--out", first)
    assert ask(office, "exam", "frame", "2025-12", "--out", frame) == frozen
    assert frame.read_bytes() == first.read_bytes()
    assert ask(office, "exam", "frame", "2025-12", code=1)["error"]["code"] == "exam.frozen"
    for words, code in (
        (("--seed", SEED, "--out", nowhere), "file.no_folder"),
        (("--seed", SEED, "--pdf", tmp_path), "file.is_folder"),
        (("--seed", "1-2-3-4-5-6-7"), "exam.seed_short"),
        (("--seed", "红球三号蓝球七号黄球九号\U000f0000"), "exam.seed"),
    ):
        refused = ask(office, "exam", "draw", "2025-12", *words, code=1)["error"]["code"]
        assert refused.startswith(code)
        assert ask(office, "exam", "show", "2025-12")["draws"] == []
    record, again = tmp_path / "r.json", tmp_path / "r2.json"
    ask(office, "exam", "draw", "2025-12", "--seed", SEED, "--out", record)
    told = ask(office, "exam", "record", "2025-12", "--out", again, "--pdf", tmp_path / "r.pdf")
    assert (told["attempt"], told["seed"]) == (1, SEED)
    assert again.read_bytes() == record.read_bytes()
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    assert ask(None, "exam", "verify", again, "--frame", frame)["ok"] is True


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["create", "--code", "b", "--name", "x", "--base", "校长"], "exam.choice"),
        (["create", "--code", "b", "--name", "x", "--fraction", "2"], "exam.fraction"),
        (["create", "--code", "b", "--name", "x", "--count", "两"], "exam.quota"),
        (["create", "--code", "b", "--name", "x", "--pass-mark", "六十"], "exam.pass_mark"),
        (["create", "--code", "b", "--name", "x", "--date", "明天"], "exam.day"),
        (["create", "--code", "b", "--name", "x", "--gated"], "exam.gate_no_course"),
        (["draw", "a", "--seed", SEED], "exam.not_frozen"),
        (["replace", "a", "1", "--reason", "病假"], "exam.not_drawn"),
        (["exclude", "a", "张三一二", "--reason", "x", "--signed-by", "y"], "staff.no_such_number"),
        (["exclude", "a", "--take-back", "张三"], "staff.no_such_number"),
        (["frame", "没有"], "exam.no_such_exam"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_leaves_nothing(office: Path, words, code):
    ask(office, "exam", "create", "--code", "a", "--name", "抽测")
    told = ask(office, "exam", *words, code=1)
    assert told["error"]["code"] == code
    assert told["error"]["message"].endswith("。")
    (one,) = ask(office, "exam", "list")["exams"]
    assert (one["code"], one["size"]) == ("a", None)
