"""``title …`` as another program meets it: a batch from opening to certificate and withdrawal."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from models.clock import SystemClock
from tests.commands import ask, run
from tests.e2e.test_training_commands import small_county
from tests.workbooks import xlsx

TODAY = SystemClock().today()
LISTED = (
    (TODAY - timedelta(days=10)).isoformat(),
    (TODAY - timedelta(days=1)).isoformat(),
)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with two teachers."""
    return small_county(tmp_path_factory.mktemp("titles"))


@pytest.fixture
def office(county: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    copy = tmp_path / "office.db"
    shutil.copy(county, copy)
    return copy


def numbers(office: Path) -> list[str]:
    """The numbers of the two teachers."""
    return [one["teacher_no"] for one in ask(office, "teachers", "find", "信")["teachers"]]


def test_a_batch_goes_the_whole_way(office: Path, tmp_path: Path) -> None:
    """Opened, recommended by list, checked, set aside, published, granted, printed, withdrawn."""
    ask(office, "title", "batch", "add", "--kind", "骨干教师", "--level", "县", "--number", "5")
    names = xlsx(
        tmp_path / "推荐.xlsx",
        [["姓名", "单位", "实践课得分"], ["单雄信", "一中", 90], ["程咬金", "一中", 90]],
    )
    told = ask(office, "title", "nominate", "第五期", "--list", names, code=1)
    assert (told["nominated"], len(told["problems"])) == (0, 1)
    assert told["problems"][0].startswith("第 3 行：")
    told = ask(office, "title", "nominate", "第五期", "--list", names, "--skip-bad")
    assert [one["name"] for one in told["people"]] == ["单雄信"]
    number = told["people"][0]["teacher_no"]
    (one,) = ask(office, "title", "check", "第五期")["people"]
    assert {each["key"]: each["state"] for each in one["findings"]}["years"] == "unknown"
    for condition in ("教龄满 5 年", "hours"):
        told = ask(
            office, "title", "check", "第五期", "--waive", condition, "--teacher", number,
            "--reason", "支教",
        )  # fmt: skip
    assert told["fit"] == 1
    assert ask(
        office, "title", "publish", "第五期", "--from", LISTED[0], "--until", LISTED[1]
    )["listed"] == 1  # fmt: skip
    ask(office, "title", "object", "第五期", number, "--text", "论文存疑")
    assert ask(office, "title", "grant", "第五期", code=1)["error"]["code"] == "titles.objections"
    ask(office, "title", "object", "第五期", number, "--dismiss", "--decision", "核对无误")
    granted = ask(office, "title", "grant", "第五期", "--document", "桦教发1号")
    assert granted["titles"][0]["title"] == "县级骨干教师"
    listed = ask(office, "title", "batch", "list")["batches"]
    assert [(one["name"], one["stage"]) for one in listed] == [("第五期县级骨干教师", "granted")]


def test_a_withdrawal_makes_the_certificate_void(office: Path) -> None:
    """A batch without conditions in the way: certificates, the register's level, the end."""
    first, _ = numbers(office)
    ask(office, "title", "batch", "add", "--kind", "师德标兵", "--level", "县级")
    ask(office, "title", "batch", "quota", "师德标兵", "--share", "2")
    ask(office, "title", "nominate", "师德标兵", "--teacher", first)
    ask(office, "title", "check", "师德标兵")
    ask(office, "title", "publish", "师德标兵", "--from", LISTED[0], "--until", LISTED[1])
    ask(office, "title", "grant", "师德标兵")
    issued = ask(office, "title", "certificates", "师德标兵")
    assert issued["issued"] == 1
    gone = ask(office, "title", "withdraw", first, "--reason", "有偿补课")
    assert gone["void_certificates"] == issued["numbers"]
    assert gone["titles"][0]["consequence"]
    listed = ask(office, "title", "list", "--state", "已取消")
    assert [one["ended_because"] for one in listed["titles"]] == ["有偿补课"]
    assert first in run(office, "title", "list").stdout


def test_titles_from_elsewhere_are_registered_and_checked_again(office: Path) -> None:
    """Entered by hand, registered by the year with duties, checked again, counted."""
    first, second = numbers(office)
    day = (TODAY - timedelta(days=3 * 365 - 30)).isoformat()
    ask(
        office, "title", "grant", "--teacher", first, "--teacher", second,
        "--title", "市级骨干教师", "--on", day,
    )  # fmt: skip
    due = ask(office, "title", "register", TODAY.year - 1)["due"]
    assert [one["proposed"] for one in due] == ["failed", "failed"]
    for kind in ("学科培训资源", "公开课、示范课", "带徒帮扶"):
        ask(
            office, "title", "duty", first, "--kind", kind, "--on", TODAY.isoformat(),
            "--what", "一次",
        )  # fmt: skip
    assert ask(office, "title", "register", TODAY.year, "--yes")["written"] == 1
    refused = ask(
        office, "title", "register", TODAY.year, "--teacher", second, "--outcome", "不合格", code=1
    )
    assert "没有写" in refused["error"]["message"]
    ask(
        office, "title", "register", TODAY.year, "--teacher", second, "--outcome", "不合格",
        "--reason", "未履职",
    )  # fmt: skip
    assert ask(office, "title", "recheck", "--yes")["written"] == 2
    found = ask(office, "title", "list", "--kind", "骨干教师", "--level", "市")["titles"]
    assert all(one["ends_on"] > (TODAY + timedelta(days=1000)).isoformat() for one in found)
    wrong = (
        "title", "duty", first, "--kind", "带徒帮扶", "--on", TODAY.isoformat(), "--remove",
    )  # fmt: skip
    assert ask(office, *wrong)["ok"]
    assert "没有选中履职记录" in ask(office, *wrong, code=1)["error"]["message"]
    covered = ask(office, "title", "coverage")
    assert (covered["cells"], covered["unplaced"]) == ([], 2)
    assert ask(office, "title", "settle")["changed"] == 0
    assert ask(office, "title", "adopt")["adopted"] == 0
    ended = ask(office, "title", "end", first, "--reason", "退休")
    assert ended["title"]["state"] == "left"


def test_what_is_not_understood_is_a_sentence(office: Path, tmp_path: Path) -> None:
    """An unknown kind, level, batch, teacher, state: what there is stands in the hint."""
    first, _ = numbers(office)
    for words, code in (
        (("batch", "add", "--kind", "大师"), "titles.kind"),
        (("batch", "add", "--kind", "骨干教师"), "titles.level"),
        (("check", "第九期"), "titles.no_batch"),
        (("list", "--state", "还行"), "titles.state"),
        (("withdraw", first, "--reason", "原因"), "titles.which"),
        (("grant",), "titles.what"),
        (("register", "2999", "--teacher", first, "--outcome", "合格"), "titles.not_due"),
    ):
        told = ask(office, "title", *words, code=1)
        assert told["error"]["code"] == code
    assert len(ask(office, "title", "kinds")["kinds"]) > 10
    out = tmp_path / "模板.xlsx"
    ask(office, "title", "template", out)
    assert out.stat().st_size > 3000
    assert "县级" in run(office, "title", "kinds").stdout
