"""``usb …`` as another program meets it: a county and a school, each with its own file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands import ask, run
from tests.people import id_number
from tests.workbooks import xlsx

FOUR = "桦甸市第四中学"
SCHOOLS = [
    ["学校名称", "简称", "学段", "机构类型"],
    [FOUR, "四中", "初中", "初级中学"],
    ["桦甸市红石中学", "红石中学", "初中", "初级中学"],
]
TEACHERS = [
    ["姓名", "身份证号", "所在学校", "学段", "任教学科", "联系电话"],
    ["李春", id_number(1), "四中", "初中", "数学", "13800000001"],
    ["单雄信", id_number(3), "四中", "初中", "数学", "13800000003"],
    ["罗士信", id_number(5), "红石中学", "初中", "数学", "13800000005"],
]


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county, and a school that joined and whose first package the county has read."""
    folder = tmp_path_factory.mktemp("usb")
    county, school, stick = folder / "county.db", folder / "school.db", folder / "stick"
    ask(county, "init", "--name", "桦甸市教师进修学校", "--region", "220282")
    files = [xlsx(folder / "学校.xlsx", SCHOOLS), xlsx(folder / "教师.xlsx", TEACHERS)]
    ask(county, "import", "auto", "--yes", *files)
    made = ask(county, "usb", "enrol", "四中", "--out", stick)
    ask(school, "usb", "join", made["file"], "--passphrase", made["passphrase"])
    ask(school, "usb", "write", stick)
    ask(county, "usb", "read", stick)
    return folder


@pytest.fixture
def folder(joined: Path, tmp_path: Path) -> Path:
    shutil.copytree(joined, tmp_path, dirs_exist_ok=True)
    shutil.rmtree(tmp_path / "stick")
    return tmp_path


def edit(database: Path, name: str, phone: str, folder: Path) -> None:
    """Change a teacher's phone by importing a sheet, as a clerk would."""
    row = next(one for one in TEACHERS if one[0] == name)
    sheet = xlsx(folder / f"{phone}.xlsx", [TEACHERS[0], [*row[:5], phone]])
    ask(database, "import", "teachers", sheet, "--yes")


def phone(database: Path, name: str) -> str:
    (found,) = ask(database, "teachers", "find", name, "--unmask")["teachers"]
    return found["phone"]


def test_packages_go_both_ways_and_say_what_they_brought(folder: Path):
    county, school, stick = folder / "county.db", folder / "school.db", folder / "stick"
    assert ask(school, "teachers", "find", "罗士信")["teachers"] == []
    edit(school, "李春", "13900000001", folder)
    (written,) = ask(school, "usb", "write", stick)["packages"]
    assert set(written) == {"file", "to", "number", "bytes"}
    assert (written["to"], written["number"]) == ("桦甸市教师进修学校", 2)
    assert Path(written["file"]).stat().st_size == written["bytes"]
    (found,) = ask(county, "usb", "read", stick)["packages"]
    assert set(found) == {"file", "from", "number", "state", "changes", "conflicts", "message"}
    assert (found["from"], found["number"], found["state"], found["changes"]) == (
        FOUR, 2, "applied", 1,
    )  # fmt: skip
    assert phone(county, "李春") == "13900000001"
    (again,) = ask(county, "usb", "read", written["file"])["packages"]
    assert (again["state"], again["changes"]) == ("already", 0)
    (line,) = ask(county, "usb", "status")["schools"]
    assert (line["school"], line["read"], line["missing"], line["days"], line["due"]) == (
        FOUR, 2, [], 0, True,
    )  # fmt: skip


def test_a_conflict_is_listed_and_settled_and_the_choice_travels(folder: Path):
    county, school, stick = folder / "county.db", folder / "school.db", folder / "stick"
    edit(county, "李春", "13900000002", folder)
    edit(school, "李春", "13900000003", folder)
    ask(school, "usb", "write", stick)
    (found,) = ask(county, "usb", "read", stick)["packages"]
    assert found["conflicts"] == 1
    (one,) = ask(county, "usb", "conflicts")["conflicts"]
    assert (one["name"], one["unit"]) == ("李春", "contact")
    sides = {side["where"]: side["values"] for side in one["sides"]}
    assert sides == {"本机": {"phone": "139****0002"}, FOUR: {"phone": "139****0003"}}
    settled = ask(county, "usb", "resolve", one["id"], "--take", "theirs")
    assert settled["open"] == 0
    assert phone(county, "李春") == "13900000003"
    ask(county, "usb", "resolve", one["id"], "--take", "mine", code=1)
    ask(county, "usb", "write", "--school", "四中", stick)
    ask(school, "usb", "read", stick)
    assert ask(school, "usb", "conflicts")["conflicts"] == []


def test_what_is_no_package_for_us_is_refused_with_a_sentence(folder: Path):
    county, school = folder / "county.db", folder / "school.db"
    (written,) = ask(county, "usb", "write", "--all", "--full", folder / "stick")["packages"]
    (found,) = ask(county, "usb", "read", written["file"], code=1)["packages"]
    assert (found["state"], found["changes"]) == ("refused", 0)
    assert "本机写给对方" in found["message"]
    file = Path(written["file"])
    file.write_bytes(file.read_bytes()[:-1])
    (found,) = ask(school, "usb", "read", file, code=1)["packages"]
    assert "残缺" in found["message"]
    made = ask(county, "usb", "enrol", "红石中学", "--out", folder / "stick")
    (found,) = ask(school, "usb", "read", made["file"], code=1)["packages"]
    assert "这是学校的注册文件" in found["message"]
    assert run(county, "usb", "write", "--all", "--school", "四中", folder).returncode == 2


def test_where_nothing_can_be_written_nothing_is_entered(folder: Path):
    county = folder / "county.db"
    (folder / "file").write_text("")
    place = folder / "file" / "stick"
    before = (ask(county, "usb", "status"), ask(county, "usb", "sites"))
    ask(county, "usb", "write", "--all", place, code=3)
    ask(county, "usb", "enrol", "四中", "--again", "换电脑", "--out", place, code=3)
    assert (ask(county, "usb", "status"), ask(county, "usb", "sites")) == before
