"""Papers of the teams: what stands on them, holes at once, and sentences where there is nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.teams.activities import There, log_activity
from models.teams.members import Joining, add_members
from models.teams.plans import approve_plans, plans, save_plan, submit_plans
from models.teams.posting import post_activities
from models.teams.registration import enter_team, set_served
from models.teams.reviews import Judged, review
from reports.catalogue import papers as catalogue
from reports.inputs.team_coverages import team_coverage
from reports.kit.furniture import Output
from reports.kit.matrix import FILLS, Tone
from tests.papers import bookmarks, check_print, own_fonts, squeezed
from tests.people import teachers
from tests.teams import MATHS, Staffed, maths_team, staffed

pytestmark = pytest.mark.prints
LECTURE = {"kind": "专题讲座", "topic": "函数教学", "held_on": "2025-09-10", "hours": "3"}


OPENED = "2025-10-20"


@pytest.fixture
def people(office: Office) -> Staffed:
    found = staffed(office)
    teachers(office, found.village, 2, track="2", name="周明")
    return found


@pytest.fixture
def team(office: Office, people: Staffed) -> str:
    team = maths_team(office, people)
    add_members(office, team, [Joining(people.others[0], "member", "2025-09-01", "优质课获奖")])
    set_served(office, team, "school", [people.village])
    save_plan(office, team, "2025-2026-1", "提高课堂效率", "专题讲座 2 新课标解读")
    submit_plans(office, [one.id for one in plans(office)])
    approve_plans(office, [one.id for one in plans(office)])
    there = {people.leader: There("trainer"), people.others[1]: There("participant")}
    lecture, _ = log_activity(office, team, LECTURE, there)
    post_activities(office, [lecture])
    review(office, team, 2025, Judged(Decimal(92), remark="扎实"))
    return team


def printed(office: Office, name: str, out: Path, **given: str) -> Path:
    output = Output(out / f"{name}.pdf", own_fonts(), office.store.clock.now(), Progress())
    return catalogue.build(office, name, given, output).path


def cells(office: Office, name: str, out: Path, **given: str) -> dict[str, list[tuple]]:
    path = out / f"{name}.xlsx"
    catalogue.write_workbook(office, name, given, path, Progress())
    return {sheet.title: list(sheet.values) for sheet in openpyxl.load_workbook(path)}


def test_the_register_names_roles_and_exceptions(office, team, tmp_path):
    text = squeezed(printed(office, "team-register", tmp_path))
    for said in ("辅导团队名册", "初中数学辅导团队", "李春", "技术支持团队", "特例：优质课获奖"):
        assert said in text
    book = cells(office, "team-register", tmp_path)
    assert book["团队"][2][:6] == (
        "初中数学辅导团队", "学科辅导团队", "初中", "数学", "文本", "桦甸市第四中学",
    )  # fmt: skip
    assert len(book["成员"]) == 7


def test_a_hole_is_dark_on_the_sheet_and_its_candidates_stand_below(office, team, tmp_path):
    path = printed(office, "team-coverage", tmp_path)
    assert check_print(path, edge=3)
    text = squeezed(path)
    for said in (
        "有团队的1处，空缺1处",
        "空缺（教师2人）",
        "初中数学（网联）教师2人",
        "也可由初中数学辅导团队",
        "按300:1应有培训者1人，现有4人",
    ):
        assert said in text
    found = team_coverage(office)
    ((_, row),) = found.stages[0].rows
    assert [one.tone for one in row] == [Tone.PLAIN, Tone.HOLE]
    document = pypdfium2.PdfDocument(path)
    picture = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    dark = tuple(bytes.fromhex(FILLS[Tone.HOLE][1:]))
    assert sum(count for count, colour in picture.getcolors(1 << 20) if colour == dark) > 500
    book = cells(office, "team-coverage", tmp_path)
    assert book["覆盖"][2:] == [
        ("初中", "数学", "文本", 6, "初中数学辅导团队", None),
        ("初中", "数学", "网联", 2, None, "空缺"),
    ]
    assert next(row[1] for row in book["推荐人选"][1:]) == "李春"


def test_the_book_holds_everything_of_a_team(office, people, team, tmp_path):
    enter_team(office, {**MATHS, "name": "初中语文辅导团队", "subject": "语文"})
    path = printed(office, "team-book", tmp_path)
    assert sorted(bookmarks(path)) == ["初中数学辅导团队", "初中语文辅导团队"]
    text = squeezed(path)
    for said in (
        "提高课堂效率", "2025—2026学年第一学期（已批准）", "函数教学", "3学时", "2025.10.20",
        "专题讲座6", "全团队92优秀扎实", "桦甸市红石中学", "需要处理：缺负责人", "没有记录",
    ):  # fmt: skip
        assert said in text
    one = printed(office, "team-book", tmp_path / "..", team="数学", year="2024")
    assert bookmarks(one) == ["初中数学辅导团队"]
    assert "函数教学" not in squeezed(one)


def test_the_workload_sums_up(office, people, team, tmp_path):
    text = squeezed(printed(office, "team-workload", tmp_path))
    assert "2025年培训者工作量" in text
    assert "合计4人166" in text
    rows = cells(office, "team-workload", tmp_path)["工作量"]
    assert rows[2][1] == "李春"
    assert rows[2][4:10] == (1, 6, 6, "专题讲座 6", 6, "否")


@pytest.mark.parametrize("name", ["team-register", "team-book", "team-workload"])
def test_without_teams_a_sentence_says_so(office, name, tmp_path):
    with pytest.raises(UserError, match="还没有"):
        printed(office, name, tmp_path)


def test_without_teachers_there_is_nothing_to_cover(office, tmp_path):
    with pytest.raises(UserError, match="填了学段和学科"):
        printed(office, "team-coverage", tmp_path)


def test_a_team_that_is_not_there_is_told(office, team, tmp_path):
    with pytest.raises(UserError, match="没有名称为“体育”的团队"):
        printed(office, "team-book", tmp_path, team="体育")
