"""The demonstration does the whole job with the real program and touches only its own folder."""

from __future__ import annotations

import pytest

from devtools import demo


@pytest.fixture
def no_rosters(monkeypatch, tmp_path):
    """A computer without the schools' workbooks."""
    monkeypatch.setattr(demo, "ROSTERS", tmp_path / "nowhere")
    monkeypatch.setattr(demo, "TEACHERS", "120")


@pytest.mark.prints
def test_without_rosters_a_made_up_county_goes_from_data_to_papers(tmp_path, no_rosters, capsys):
    out = tmp_path / "out"
    assert demo.show(str(out)) == 0
    left = {file.suffix for file in out.rglob("*") if file.stat().st_size}
    assert {".db", ".pdf", ".xlsx"} <= left
    assert "120 名教师" in capsys.readouterr().out


def test_a_folder_with_other_things_is_left_alone(tmp_path, no_rosters, capsys):
    (tmp_path / "论文.txt").write_text("三年的心血", "utf-8")
    assert demo.show(str(tmp_path)) == 3
    assert "没有动它" in capsys.readouterr().out
    assert (tmp_path / "论文.txt").read_text("utf-8") == "三年的心血"


def test_its_own_folder_is_emptied_for_the_next_time(tmp_path):
    out = tmp_path / "out"
    demo.make_room(out)
    (out / "旧结果.pdf").write_bytes(b"%PDF")
    demo.make_room(out)
    assert [file.name for file in out.iterdir()] == [demo.MARK]


def test_a_step_that_fails_carries_what_the_program_said(tmp_path):
    office = demo.Office(tmp_path / "office.db")
    with pytest.raises(demo.DemoError, match="init"):
        office.ask("init", "--level", "galaxy")
