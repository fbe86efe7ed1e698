"""``certificate forms``, ``template``, ``issue``, ``void`` and ``replace`` as scripts meet them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdf
import pytest
from openpyxl import load_workbook

from tests.e2e.test_command_line import ask, run
from tests.e2e.test_training_commands import small_county
from tests.workbooks import xlsx


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_county(tmp_path_factory.mktemp("county"))


@pytest.fixture
def office(county: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(county, tmp_path))


def names(folder: Path, *rows: list[object]) -> Path:
    return xlsx(folder / "名单.xlsx", [["姓名", "单位", "骨干称号"], *rows])


def test_the_kinds_are_listed_with_their_next_numbers(office: Path):
    listed = {one["kind"]: one for one in ask(office, "certificate", "forms")["kinds"]}
    assert set(listed) >= {"completion", "continuing", "backbone", "honour", "agreement", "ticket"}
    backbone = listed["backbone"]
    assert backbone["next_number"].endswith("GG0001")
    assert {"key": "valid_to", "title": "有效期止", "required": True} in backbone["facts"]
    assert "骨干教师资格证书" in run(office, "certificate", "forms").stdout


def test_a_list_is_issued_printed_replaced_and_voided(office: Path, tmp_path: Path):
    book = names(tmp_path, ["罗士信", "一中", "县级骨干教师"], ["单雄信", None, "县级骨干教师"])
    pdf = tmp_path / "证书.pdf"
    words = ("certificate", "issue", "--kind", "backbone", "--list", book, "--batch", "第五期")
    done = ask(office, *words, "--set", "valid_to=2028-08-31", "--pdf", pdf)
    assert (done["issued"], done["before"], done["pages"]) == (2, 0, 2)
    first, second = done["numbers"]
    text = "".join(pypdf.PdfReader(pdf).pages[0].extract_text().split())
    assert f"证书编号：{first}" in text
    assert "第五期" in text
    checked = ask(office, "certificate", "verify", pdf)
    assert [one["number"] for one in checked["certificates"]] == [first, second]
    assert checked["valid"]
    again = ask(office, *words, "--set", "valid_to=2028-08-31")
    assert (again["issued"], again["before"]) == (0, 2)
    new = ask(office, "certificate", "replace", first, "--reason", "遗失", "--set", "level=县级")
    assert new["replaces"] == first
    assert new["number"].endswith("GG0003")
    ask(office, "certificate", "void", second, "--reason", "打印损坏")
    refused = ask(office, "certificate", "void", first, "--reason", "再次", code=1)
    assert refused["error"]["code"] == "certificate.void"


def test_a_list_with_a_line_nobody_understands_issues_nothing(office: Path, tmp_path: Path):
    book = names(tmp_path, ["罗士信", "一中", "骨干"], ["秦琼", "一中", "骨干"])
    words = ("certificate", "issue", "--kind", "backbone", "--list", book)
    done = ask(office, *words, "--set", "valid_to=2028-08-31", code=1)
    assert (done["issued"], [one["row"] for one in done["problems"]]) == (0, [3])
    told = run(office, *words, "--set", "valid_to=2028-08-31").stdout
    assert "第 3 行：桦甸市第一中学没有秦琼" in told
    many = names(tmp_path, *[[f"无此人{n}", "一中", "骨干"] for n in range(25)])
    errors = tmp_path / "错误.xlsx"
    told = run(office, *words[:-1], many, "--errors", str(errors)).stdout
    assert "另有 5 行没有列出" in told
    assert load_workbook(errors).active.max_row == 26
    lacking = ask(office, *words[:-1], names(tmp_path, ["罗士信", "一中", "骨干"]), code=1)
    assert "缺少有效期止" in lacking["error"]["message"]


def test_wishes_that_do_not_say_what_are_refused_in_a_sentence(office: Path, tmp_path: Path):
    neither = ask(office, "certificate", "issue", code=1)
    assert neither["error"]["code"] == "certificate.what"
    unknown = ask(office, "certificate", "issue", "2025-001", "--kind", "奖状", code=1)
    assert unknown["error"]["code"] in {"certificate.kind", "training.no_such_course"}
    pair = ask(office, "certificate", "replace", "X", "--reason", "遗失", "--set", "x", code=1)
    assert pair["error"]["code"] in {"usage", "certificate.unknown"}


def test_the_template_of_a_kind_is_written(office: Path, tmp_path: Path):
    out = tmp_path / "模板.xlsx"
    assert ask(office, "certificate", "template", "荣誉证书", out)["kind"] == "honour"
    assert out.stat().st_size > 0
