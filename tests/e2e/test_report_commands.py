"""``report …`` as another program meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands import ask, run
from tests.e2e.test_training_commands import SCHOOLS, TEACHERS
from tests.papers import bookmarks, squeezed
from tests.people import id_number
from tests.workbooks import xlsx
from ui.cli.main import main

pytestmark = pytest.mark.prints
NAMES = ("单雄信", "罗士信")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    database = folder / "office.db"
    ask(database, "init", "--name", "桦甸市教师进修学校", "--region", "220282")
    files = [xlsx(folder / "学校.xlsx", SCHOOLS), xlsx(folder / "教师.xlsx", TEACHERS)]
    ask(database, "import", "auto", "--yes", *files)
    plan = xlsx(folder / "计划.xlsx", [["课程名称", "年度", "学时"], ["师德讲堂", 2025, 8]])
    ask(database, "training", "import", "--yes", plan)
    (course,) = ask(database, "training", "list", "--year", "2025")["courses"]
    numbers = [one["teacher_no"] for one in ask(database, "teachers", "find", "信")["teachers"]]
    ask(database, "training", "enrol", course["code"], *numbers)
    return database


def test_the_list_names_every_paper_with_its_options(office: Path):
    found = {one["name"]: one for one in ask(office, "report", "list")["reports"]}
    assert {"roster", "circular", "class-pack", "year-statistics", "stamping-list"} <= set(found)
    assert found["roster"]["formats"] == ["pdf", "xlsx"]
    options = {one["key"]: one for one in found["circular"]["options"]}
    assert options["year"]["kind"] == "year"
    assert options["head"]["choices"]["printed"] == "套打在印好红头的纸上"
    told = run(office, "report", "list").stdout
    assert all(name in told for name in found)


def test_a_paper_is_written_by_the_ending_of_its_file(office: Path, tmp_path: Path):
    pdf, book = tmp_path / "花名册.pdf", tmp_path / "花名册.xlsx"
    assert ask(office, "report", "roster", "--out", pdf, "--school", "一中")["pages"] == 1
    assert all(name in squeezed(pdf) for name in NAMES)
    assert ask(office, "report", "roster", "--out", book)["rows"] == 2
    assert load_workbook(book).active.max_row == 3


def test_a_class_pack_is_one_call(office: Path, tmp_path: Path):
    out = tmp_path / "pack.pdf"
    words = ("--course", "2025-001", "--option", "card=two", "--option", "papers=names、cards")
    assert ask(office, "report", "class-pack", "--out", out, *words)["pages"] == 2
    assert bookmarks(out) == ["学员名单", "桌签（2 人）"]


def test_a_text_can_come_from_a_file(office: Path, tmp_path: Path):
    text = tmp_path / "正文.txt"
    text.write_text("情况如下：\n一、总体情况\n很好。", "utf-8")
    out = tmp_path / "circular.pdf"
    options = (f"text=@{text}", "number=桦教师训〔2025〕1号", "printer=办公室")
    words = [word for option in options for word in ("--option", option)]
    found = ask(office, "report", "circular", "--out", out, "--year", "2025", *words)
    assert found["pages"] >= 1
    said = squeezed(out)
    assert "桦教师训〔2025〕1号" in said
    assert "很好。" in said
    assert "桦甸市教师进修学校文件" in said


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("roster", "--out", "x.doc"), 1, "请以 .pdf 或 .xlsx 结尾"),
        (("growth-file", "--out", "x.xlsx"), 1, "没有工作簿"),
        (("desk-cards", "--out", "x.pdf"), 1, "要写明课程"),
        (("roster", "--out", "x.pdf", "--option", "school"), 1, "请写成 名称=值"),
        (("roster", "--out", "x.pdf", "--option", "colour=red"), 1, "没有 colour 这个选项"),
        (("circular", "--out", "x.pdf", "--option", "text=@no.txt"), 1, "读不出文件"),
        (("nothing", "--out", "x.pdf"), 2, "没有“nothing”这个命令"),
        (("roster",), 2, "缺少选项 --out"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(office: Path, words, code, said, capfdbinary):
    assert main(["--db", str(office), "--json", "report", *words]) == code
    found = json.loads(capfdbinary.readouterr().out)
    assert said in found["error"]["message"] + found["error"]["hint"]


def test_people_whose_names_cannot_be_printed_are_named(office: Path, tmp_path: Path):
    odd = [TEACHERS[0], ["张\U00031350", id_number(7), "桦甸市第一中学", "语文", "一级教师"]]
    database = tmp_path / "office.db"
    database.write_bytes(office.read_bytes())
    ask(database, "import", "auto", "--yes", xlsx(tmp_path / "教师.xlsx", odd))
    found = ask(database, "report", "roster", "--out", tmp_path / "x.pdf", code=1)
    assert found["error"]["code"] == "paper.glyph_missing"
    assert "\U00031350" in found["error"]["message"]
    assert not (tmp_path / "x.pdf").exists()
