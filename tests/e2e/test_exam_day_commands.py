"""``exam rooms|seats|absent|pack`` as another program meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.workspace.opening import close_workspace
from tests.commands import ask, run
from tests.exams import county, whole_exam
from tests.offices import new_office
from tests.papers import bookmarks

pytestmark = pytest.mark.prints


@pytest.fixture
def database(tmp_path: Path) -> Path:
    office = new_office(tmp_path, "2025-12-18")
    county(office)
    whole_exam(office)
    close_workspace(office)
    return office.store.path


def test_from_rooms_to_the_pack(database: Path, tmp_path: Path):
    added = ask(
        database, "exam", "rooms", "add", "2025-W", "--count", "2", "--lanes", "4×8",
        "--name", "三年{number}班", "--place", "四中", "--empty", "32",
    )  # fmt: skip
    assert [(one["name"], one["seats"], one["empty"]) for one in added["rooms"]] == [
        ("三年1班", 31, [32]), ("三年2班", 31, [32]),
    ]  # fmt: skip
    assert (added["seats"], added["lacking"]) == (62, 0)
    seated = ask(database, "exam", "seats", "2025-W")
    assert (seated["people"], seated["given"], seated["made"]) == (60, 60, 0)
    assert seated["seats"][0] | {"name": "", "school": "", "subject": "", "teacher_no": ""} == {
        "room": 1, "seat": 1, "admission_no": "20250100101",
        "name": "", "school": "", "subject": "", "teacher_no": "",
    }  # fmt: skip
    assert ask(database, "exam", "rooms", "list", "2025-W")["people"] == 60
    out = tmp_path / "考务"
    packed = ask(database, "exam", "pack", "2025-W", "--out", out)
    assert sorted(one.name for one in out.iterdir()) == [
        "0 目录.pdf", "1 考场安排表.pdf", "2 考生名单.pdf", "3 准考证.pdf",
        "4 第1考场（三年1班）.pdf", "5 第2考场（三年2班）.pdf",
    ]  # fmt: skip
    assert packed["pages"] == sum(one["pages"] for one in packed["files"])
    assert ask(database, "exam", "pack", "2025-W", "--out", out)["pages"] == packed["pages"]
    (out / "6 第3考场.pdf").write_bytes(b"old")
    (out / "说明.pdf").write_bytes(b"not ours")
    mixed = ask(database, "exam", "pack", "2025-W", "--out", out, code=1)["error"]
    assert mixed["code"] == "exam.pack_mixed"
    assert "6 第3考场.pdf" in mixed["message"]
    one_file = tmp_path / "门贴.pdf"
    asked = ("--papers", "door、plan", "--rooms", "2")
    assert ask(database, "exam", "pack", "2025-W", "--out", one_file, *asked)["people"] == 29
    assert bookmarks(one_file) == ["目录", "第2考场门贴", "第2考场座次图"]
    report = tmp_path / "签到表.pdf"
    assert ask(database, "report", "exam-sign-in", "--out", report, "--option", "exam=2025-W")


def test_rooms_are_made_when_there_are_none_and_told(database: Path):
    told = run(database, "exam", "seats", "2025-W").stdout
    assert "2 个考场，60 人有座位" in told
    assert "增加 2 个考场" in told


def test_people_change_places_are_absent_and_come_back(database: Path):
    first = ask(database, "exam", "seats", "2025-W")["seats"]
    moved = ask(database, "exam", "seats", "2025-W", "--move", "20250100101", "--to", "2-30")
    last = moved["seats"][-1]
    assert (last["seat"], last["teacher_no"]) == (30, first[0]["teacher_no"])
    absent = ask(database, "exam", "absent", "2025-W", "20250100102", "1-3", "--reason", "病假")
    assert absent["counts"] == {"expected": 58, "absent": 2}
    back = ask(database, "exam", "absent", "2025-W", "20250100102", "--state", "expected")
    assert back["counts"] == {"expected": 59, "absent": 1}
    assert ask(database, "exam", "seats", "2025-W", "--clear")["seats"] == []


def test_rooms_are_changed_and_removed(database: Path):
    ask(database, "exam", "rooms", "add", "2025-W", "--count", "2")
    changed = ask(
        database, "exam", "rooms", "change", "2025-W", "2", "--lanes", "5 5", "--empty", "1"
    )
    assert changed["rooms"][1]["lanes"] == [5, 5]
    assert changed["rooms"][1]["seats"] == 9
    assert changed["rooms"][1]["name"] == "第2考场"
    assert len(ask(database, "exam", "rooms", "remove", "2025-W", "1")["rooms"]) == 1


def test_the_rule_of_numbers_is_shown_and_set(database: Path):
    assert ask(database, "exam", "numbering")["rule"] == "{year}{exam:02d}{room:03d}{seat:02d}"
    ask(database, "exam", "numbering", "ZK{seq:04d}")
    seats = ask(database, "exam", "seats", "2025-W")["seats"]
    assert seats[0]["admission_no"] == "ZK0001"
    assert "{seq:04d}" not in ask(database, "exam", "numbering", "--usual")["rule"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("rooms", "add", "2025-W", "--count", "0"), "exam.room_count"),
        (("rooms", "add", "2025-W", "--lanes", "八"), "exam.lanes"),
        (("rooms", "change", "2025-W", "7", "--name", "x"), "exam.no_such_room"),
        (("seats", "2024-W"), "exam.no_such_exam"),
        (("seats", "2025-W", "--move", "张三一"), "exam.move"),
        (("absent", "2025-W", "1"), "exam.no_such_examinee"),
        (("pack", "2025-W", "--out", "x.pdf"), "exam.not_seated"),
        (("numbering", "{year}"), "exam.admission_rule"),
    ],
)
def test_what_cannot_be_is_refused_with_a_code(database: Path, words, code):
    refused = ask(database, "exam", *words, code=1)
    assert refused["error"]["code"] == code
