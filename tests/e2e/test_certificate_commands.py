"""``certificate forms``, ``template``, ``issue``, ``void`` and ``replace`` as scripts meet them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdf
import pytest
from openpyxl import load_workbook

from tests.commands import ask, run
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
    (printed_run,) = ask(office, "certificate", "runs")["runs"]
    assert (printed_run["kind"], printed_run["state"], printed_run["printed"]) == (
        "backbone", "done", 2,
    )  # fmt: skip
    handed = ask(office, "certificate", "handover", printed_run["run"], "--out", tmp_path / "h.pdf")
    assert handed["count"] == 2
    new = ask(office, "certificate", "replace", first, "--reason", "遗失", "--set", "level=县级")
    assert new["replaces"] == first
    assert new["number"].endswith("GG0003")
    ask(office, "certificate", "void", second, "--reason", "打印损坏")
    refused = ask(office, "certificate", "void", first, "--reason", "再次", code=1)
    assert refused["error"]["code"] == "certificate.void"


def test_a_certificate_whose_time_is_over_is_genuine_and_does_not_hold(
    office: Path, tmp_path: Path
):
    book = names(tmp_path, ["罗士信", "一中", "骨干教师"])
    over = ("--set", "valid_from=1998-09-01", "--set", "valid_to=2001-08-31", "--set", "level=县级")
    words = ("certificate", "issue", "--kind", "backbone", "--list", book, *over)
    pdf = tmp_path / "证书.pdf"
    (number,) = ask(office, *words, "--pdf", pdf)["numbers"]
    found = ask(office, "certificate", "verify", pdf, code=1)
    assert found == found | {
        "valid": False, "number": number, "name": "罗士信", "kind": "骨干教师资格证书",
        "kind_key": "backbone", "revoked": False, "fault": "expired", "title": "骨干教师",
        "level": "县级", "valid_to": "2001-08-31",
    }  # fmt: skip
    assert found["reason"].startswith("已过有效期：有效期到2001年8月31日止。")
    told = run(office, "certificate", "verify", pdf)
    assert f"已过有效期　{number} 罗士信" in told.stdout


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


def test_rule_start_and_id_number_of_a_kind_are_said_and_kept(office: Path):
    words = ("certificate", "rule", "backbone")
    known = ask(office, *words)
    assert (known["own"], known["saved"], known["id_number"]) == (False, False, "full")
    assert known["rule"] == known["usual_rule"] == "{region}{year}{kind}{seq:04d}"
    tried = ask(office, *words, "桦骨{batch:02d}-{seq:03d}", "--try", "--batch", "第五期")
    assert (tried["next_number"], tried["saved"]) == ("桦骨05-001", False)
    assert not ask(office, *words)["own"]
    kept = ask(office, *words, "桦骨{batch:02d}-{seq:03d}")
    assert (kept["own"], kept["saved"], kept["next_number"]) == (True, True, None)
    begun = ask(office, "certificate", "start", "骨干教师资格证书", 40, "--batch", 5)
    assert begun["next_number"] == "桦骨05-040"
    shown = ask(office, "certificate", "id-number", "backbone", "masked")
    assert shown["id_number"] == "masked"
    refused = ask(office, *words, "{year}", code=1)["error"]
    assert (refused["code"], "要有且只有一个 {seq}" in refused["message"]) == (
        "certificate.rule",
        True,
    )
    back = ask(office, "certificate", "start", "honour", 0, code=2)
    assert "error" in back
    titles = [one["title"] for one in ask(office, "history")["operations"]]
    assert titles[:3] == [
        "修改骨干教师资格证书的编号：身份证号的写法",
        "修改骨干教师资格证书的编号：从 40 编起",
        "修改骨干教师资格证书的编号：规则 桦骨{batch:02d}-{seq:03d}",
    ]
    assert ask(office, *words, "--usual")["next_number"].endswith("GG0001")
    assert "通常的" in run(office, *words).stdout


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
