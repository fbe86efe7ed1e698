"""``collect …`` as another program meets it."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.collecting import RECORDS, fill, newcomer, training
from tests.commands import ask
from tests.e2e.test_training_commands import small_county


def test_templates_go_out_come_back_and_only_the_bad_rows_go_again(tmp_path: Path):
    database = small_county(tmp_path)
    stick = tmp_path / "U盘"
    made = ask(
        database, "collect", "templates", "--out", stick, "--year", "2025", "--due", "2025-12-31"
    )
    (file,) = made["files"]
    path = Path(file["path"])
    assert (made["due"], file["teachers"]) == ("2025-12-31", 2)
    fill(path, newcomer(900), newcomer(901, 身份证号="123"))
    fill(path, training("单雄信"), sheet=RECORDS)
    done = ask(database, "collect", "read", stick, "--yes", code=1)
    (report,) = done["files"]
    assert (report["recognised"], report["taken"], report["inserted"]) == ("ours", True, 2)
    assert {"file", "sha256", "kind", "importable", "sheets", "problems"} <= report.keys()
    assert [one["value"] for one in done["questions"]] == ["***"]
    assert done["missing"] == []
    status = ask(database, "collect", "status")
    assert (status["schools"][0]["refused"], status["missing"]) == (1, [])
    (back,) = ask(database, "collect", "return", tmp_path / "退回")["files"]
    assert (back["rows"], load_workbook(back["path"]).worksheets[0].max_row) == (1, 3)
    (question,) = ask(database, "collect", "questions")["questions"]
    assert question["state"] == "returned"
