"""Survey forms go out and come back as workbooks; tables of pairs likewise."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from models.errors import CancelledByUser, UserError
from models.exchange.pair_sheet import take_pairs
from models.exchange.survey_sheets import take_surveys
from models.mentoring import pairs, proposing, surveys, wishes
from models.mentoring.wishes import Wish
from models.progress import Progress
from models.staff.queries import name_of_teacher
from models.staff.registration import change_many
from reports.inputs.mentoring_tables import write_proposal, write_survey_forms
from tests.mentoring import county, place
from tests.offices import new_office
from tests.papers import Stopping
from tests.people import teachers
from tests.workbooks import many_sheets, xlsx

OFFER = "市内学校骨干教师帮扶人员与学科调查表"
NEED = "乡镇中小学接受帮扶人员与学科需求调查表"
VILLAGE_NEED = "乡镇中心校与村级小学帮扶人员与学科需求调查表"
WISH = "学校结对愿望调查表"


@pytest.fixture
def paired(tmp_path):
    office = new_office(tmp_path)
    yield county(office)
    office.store.close()


def number_of(paired, teacher_id):
    return paired.office.store.value("SELECT teacher_no FROM teacher WHERE id = ?", (teacher_id,))


def row_of(path, sheet, title):
    """The header row of a written form and the column of a title."""
    page = load_workbook(path)[sheet]
    for cells in page.iter_rows(max_row=3):
        for cell in cells:
            if cell.value == title:
                return cell.row, cell.column
    raise AssertionError(title)


def fill(path, sheet, lines):
    """Fill in the lines of a form by their titles, as a school does."""
    book = load_workbook(path)
    page = book[sheet]
    for number, line in enumerate(lines, start=1):
        for title, value in line.items():
            head, column = row_of(path, sheet, title)
            page.cell(head + number, column, value)
    book.save(path)


def test_each_school_gets_the_forms_it_is_asked_for(paired, tmp_path):
    written = write_survey_forms(paired.office, paired.id, tmp_path / "out", Progress())
    names = {path.name: load_workbook(path).sheetnames for path in written}
    assert len(names) == 5
    assert names["CX1-桦甸市第四中学.xlsx"] == [WISH, OFFER]
    assert names["CX1-红石镇中学.xlsx"][:2] == [WISH, NEED]
    with pytest.raises(CancelledByUser):
        write_survey_forms(paired.office, paired.id, tmp_path / "out", Stopping(1))
    with pytest.raises(UserError):
        write_survey_forms(paired.office, paired.id, tmp_path, Progress(), "inner-need")


def test_filled_forms_come_back_and_become_wishes(paired, tmp_path):
    office = paired.office
    folder = tmp_path / "out"
    write_survey_forms(office, paired.id, folder, Progress())
    (newcomer,) = teachers(office, paired.village[0], 1, name="孙悦宁", subject="101")
    fill(folder / "CX1-桦甸市第四中学.xlsx", OFFER, [
        {"教师编号": number_of(paired, paired.mentors[0]), "人数": 3},
        {"学科": "英语", "学段": "初中", "人数": 2},
    ])  # fmt: skip
    fill(
        folder / "CX1-桦甸市第四中学.xlsx",
        WISH,
        [{"愿帮扶或愿受扶": "愿帮扶", "希望与谁结对": "红石镇中学"}],
    )
    fill(folder / "CX1-红石镇中学.xlsx", NEED, [{"姓名": "孙悦宁"}, {"学科": "物理", "人数": 4}])
    for file in ("夹皮沟镇中学", "二道甸子镇中学", "桦甸市第五中学"):
        (folder / f"CX1-{file}.xlsx").unlink()
    done = take_surveys(office, paired.id, [folder])
    assert (done.files, done.answers, done.refused) == (2, 5, ())
    rows = surveys.answer_rows(office, paired.id, "town-offer")
    assert [(row.teacher_no, row.answer.people) for row in rows] == [
        ("", 2),
        (number_of(paired, paired.mentors[0]), 3),
    ]
    (wish,) = surveys.answer_rows(office, paired.id, "school-wish")
    assert (wish.school, wish.answer.side) == ("桦甸市第四中学", "helps")
    asked = surveys.asked_schools(office, paired.id, "township-need")
    assert [one.school for one in asked if not one.answered] == ["二道甸子镇中学", "夹皮沟镇中学"]
    wishes.from_surveys(office, paired.id)
    found = {one.wish.teacher_id: one for one in wishes.participants(office, paired.id)}
    assert (found[newcomer].wish.part, found[newcomer].wish.subject) == ("mentee", "101")
    with pytest.raises(UserError):
        wishes.from_surveys(office, paired.id)
    cells = {(one.subject, one.stage): one for one in surveys.balance(office, paired.id)}
    assert (cells["101", "3"].mentees, cells["101", "3"].lacking) == (1, 1)
    assert (cells["103", "3"].offered, cells["115", ""].needed) == (2, 4)
    assert (cells["102", "3"].mentors, cells["102", "3"].room) == (4, 8)


def test_a_form_that_comes_again_takes_the_place_of_the_first(paired, tmp_path):
    office = paired.office
    head = ["填表学校", "学科", "学段", "人数"]
    for people in (4, 7):
        path = xlsx(tmp_path / "红石.xlsx", [head, ["红石镇中学", "物理", "初中", people]], NEED)
        take_surveys(office, paired.id, [path])
    (row,) = surveys.answer_rows(office, paired.id, "township-need")
    assert row.answer.people == 7
    assert row.source == "红石.xlsx"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (["红石镇中学", None, None, "奥数", 3], "第 2 行：学科“奥数”不在“任教学科”代码表中"),
        (["红石镇中学", None, None, "数学", "许多"], "第 2 行：人数“许多”"),
        (["红石中心校", None, None, "数学", 3], "“红石中心校”不在机构名录中，是否指：红石镇中学"),
        (["红石镇中学", "HD999999", None, "数学", None], "教师编号“HD999999”不在名册中"),
        (["红石镇中学", None, "查无此人", "数学", None], "“查无此人”不在名册中"),
    ],
)
def test_what_cannot_be_understood_is_told_with_its_row_and_nothing_of_the_file_is_kept(
    paired, tmp_path, line, sentence
):
    head = ["填表学校", "教师编号", "姓名", "学科", "人数"]
    good = ["红石镇中学", None, None, "物理", 2]
    bad = xlsx(tmp_path / "坏.xlsx", [head, line, good], NEED)
    fine = xlsx(tmp_path / "好.xlsx", [head, ["夹皮沟镇中学", None, None, "化学", 1]], NEED)
    done = take_surveys(paired.office, paired.id, [bad, fine])
    assert done.files == 1
    (refused,) = done.refused
    assert refused.file == "坏.xlsx"
    assert sentence in refused.why[0]
    rows = surveys.answer_rows(paired.office, paired.id)
    assert [row.school for row in rows] == ["夹皮沟镇中学"]


def test_a_school_names_its_own_teachers_each_once(paired, tmp_path):
    office = paired.office
    head = ["填表学校", "村级小学", "教师编号"]
    own, other = (number_of(paired, one) for one in (paired.mentees[0], paired.mentees[2]))
    lines = [["红石镇中学", None, own], ["红石镇中学", None, other], ["红石镇中学", None, own]]
    strange = xlsx(tmp_path / "外校.xlsx", [head, *lines], NEED)
    (refused,) = take_surveys(office, paired.id, [strange]).refused
    assert refused.why == (
        f"“{NEED}”第 3 行：{name_of_teacher(office, paired.mentees[2])}是夹皮沟镇中学的教师，"
        "不是红石镇中学的，请由夹皮沟镇中学填报，或先改教师的所在学校。",
        f"“{NEED}”第 4 行：与“{NEED}”第 2 行是同一个人，请只留一行。",
    )
    first = xlsx(tmp_path / "一.xlsx", [head, lines[0]], NEED)
    second = xlsx(tmp_path / "二.xlsx", [head, lines[0]], NEED)
    done = take_surveys(office, paired.id, [first, second])
    assert done.refused[0].why == (f"“{NEED}”第 2 行：这个人在“一.xlsx”里已写过，请只留一份。",)
    village = place(office, "红石村小", "5", parent_id=paired.village[0])
    (teacher,) = teachers(office, village, 1)
    below = [["红石镇中学", "红石村小", number_of(paired, teacher)]]
    assert not take_surveys(
        office, paired.id, [xlsx(tmp_path / "村.xlsx", [head, *below], VILLAGE_NEED)]
    ).refused


def test_somebody_named_on_both_sides_becomes_no_wish(paired):
    office, who = paired.office, paired.mentors[0]
    wishes.leave(office, paired.id, [one.id for one in wishes.participants(office, paired.id)])
    for survey in ("town-offer", "township-need"):
        answer = surveys.Answer(paired.town[0], who)
        surveys.record_answers(office, paired.id, survey, [answer], "手工")
    with pytest.raises(UserError, match="既报作师傅又报作徒弟"):
        wishes.from_surveys(office, paired.id)


def test_other_workbooks_are_told_apart(paired, tmp_path):
    plain = xlsx(tmp_path / "名单.xlsx", [["姓名", "电话"], ["张三", "1"]])
    empty = many_sheets(tmp_path / "空.xlsx", {NEED: [["填表学校", "学科"], ["红石镇中学"]]}, set())
    done = take_surveys(paired.office, paired.id, [plain, empty])
    told = {one.file: one.why[0] for one in done.refused}
    assert "没有这项工程的调查表" in told["名单.xlsx"]
    assert "没有填写内容" in told["空.xlsx"]
    (tmp_path / "out").mkdir()
    with pytest.raises(UserError):
        take_surveys(paired.office, paired.id, [tmp_path / "out"])


def test_a_proposal_written_changed_and_read_back_is_what_the_person_made_of_it(paired, tmp_path):
    office = paired.office
    change_many(office, [paired.mentees[5]], "subject", "115")
    change_many(office, [paired.mentees[4]], "status", "13")
    path = tmp_path / "匹配.xlsx"
    write_proposal(office, proposing.propose(office, paired.id), path, Progress())
    book = load_workbook(path)
    assert book.sheetnames == ["师徒", "未配上", "不能结对"]
    page = book["师徒"]
    assert page.max_row == 5
    assert book["未配上"]["D2"].value == "没有教物理的师傅。"
    assert book["不能结对"]["D2"].value == "岗位状态是“退休”"
    take_pairs(office, paired.id, path)
    before = pairs.pair_rows(office, paired.id)
    assert [one.fixed for one in before] == [False] * 4
    other = number_of(paired, next(one for one in paired.mentors if one != before[0].mentor_id))
    for row in range(2, 6):
        if page.cell(row, 5).value == before[0].mentee_no:
            page.cell(row, 1, other)
            page.cell(row, 2).value = None
            page.cell(row, 12, "是")
    book.save(path)
    done = take_pairs(office, paired.id, path)
    assert done.count == 4
    after = {one.mentee_no: one for one in pairs.pair_rows(office, paired.id)}
    assert (after[before[0].mentee_no].mentor_no, after[before[0].mentee_no].fixed) == (other, True)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["师傅", "徒弟"], ["张", "李"]], "要有“师傅编号”和“徒弟编号”两列"),
        ([["师傅编号", "徒弟编号"], ["HD999999", "{mentee}"]], "第 2 行：编号“HD999999”不在名册中"),
        ([["师傅编号", "徒弟编号", "徒弟"], ["{mentor}", "{mentee}", "别人"]], "不是别人"),
        ([["师傅编号", "徒弟编号"], ["{mentor}", None]], "第 2 行：徒弟编号没有填写"),
        ([["师傅编号", "徒弟编号"], ["{mentee}", "{mentor}"]], "没有登记为这项工程的师傅"),
    ],
)
def test_a_bad_table_of_pairs_is_refused_whole(paired, tmp_path, rows, sentence):
    names = {
        "{mentor}": number_of(paired, paired.mentors[0]),
        "{mentee}": number_of(paired, paired.mentees[0]),
    }
    path = xlsx(tmp_path / "师徒.xlsx", [[names.get(cell, cell) for cell in row] for row in rows])
    with pytest.raises(UserError) as error:
        take_pairs(paired.office, paired.id, path)
    assert sentence in error.value.sentence
    assert pairs.pair_rows(paired.office, paired.id) == []


def test_a_wish_stays_when_a_survey_names_the_same_person(paired):
    office = paired.office
    wishes.take_part(office, paired.id, [Wish(paired.mentors[0], "mentor", capacity=1)])
    answer = surveys.Answer(paired.town[0], paired.mentors[0], people=4)
    surveys.record_answers(office, paired.id, "town-offer", [answer], "手工")
    with pytest.raises(UserError):
        wishes.from_surveys(office, paired.id)
    found = {one.wish.teacher_id: one.wish for one in wishes.participants(office, paired.id)}
    assert found[paired.mentors[0]].capacity == 1
