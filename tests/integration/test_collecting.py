"""Templates out, filled ones in, bad rows back: what schools do to them is recognised and said."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from openpyxl import load_workbook

from models.collecting.answers import Recognised, read_answers, take_answers
from models.collecting.questions import questions, settle
from models.collecting.returning import write_returns
from models.collecting.rounds import round_of
from models.collecting.standing import standings
from models.collecting.waiting import CollectingWaiting, collecting_waiting
from models.errors import UserError
from models.exchange.reading.source import open_source
from models.exchange.templates.mark import MARK_SHEET, read_mark
from models.store.undo import undo
from tests.collecting import (
    FIFTH,
    FOURTH,
    PEOPLE,
    RECORDS,
    column,
    fill,
    newcomer,
    sent_out,
    training,
    two_schools,
)
from tests.offices import new_office
from tests.people import id_number, school, teachers
from tests.uploads import saved_by_libreoffice
from tests.workbooks import xlsx


@pytest.fixture
def schools(office):
    return two_schools(office)


@pytest.fixture
def stick(office, schools, tmp_path):
    """The folder of both schools' templates."""
    sent_out(office, tmp_path / "U盘")
    return tmp_path / "U盘"


def of(answers, name):
    return next(one for one in answers.files if name in one.path.name)


def path_of(stick, name):
    return next(one for one in stick.iterdir() if name in one.name)


def test_a_template_holds_its_school_locked_and_the_same_bytes_each_time(office, schools, tmp_path):
    first = sent_out(office, tmp_path / "一")
    again = sent_out(office, tmp_path / "二")
    assert [one.school for one in first.files] == [FIFTH, FOURTH]
    assert [one.path.read_bytes() for one in first.files] == [
        one.path.read_bytes() for one in again.files
    ]
    book = load_workbook(first.files[1].path)
    page = book[PEOPLE]
    assert page["A1"].value == f"学校：{FOURTH}"
    assert page.protection.sheet
    number = page.cell(3, column(page, "教师编号"))
    hidden = page.cell(3, column(page, "身份证号"))
    name = page.cell(3, column(page, "姓名"))
    assert (number.protection.locked, name.protection.locked) == (True, False)
    assert "******" in hidden.value
    assert hidden.protection.locked
    assert page.column_dimensions["A"].protection.locked is False
    assert page.row_dimensions[1].protection.locked
    assert page.row_dimensions[2].protection.locked
    assert book[MARK_SHEET].sheet_state == "veryHidden"
    assert any("选项" in str(one.formula1) for one in page.data_validations.dataValidation)
    assert book["填写说明"]["A1"].value.startswith(f"本表由{office.identity.name}发给本校填写")


def test_an_untouched_template_changes_nothing(office, stick):
    answers = read_answers(office, stick)
    assert [one.recognised for one in answers.files] == [Recognised.OURS] * 2
    assert [one.plan.counts.unchanged for one in answers.files] == [3, 3]
    assert (answers.questions, answers.missing) == ((), ())
    take_answers(office, answers)
    assert office.store.value("SELECT COUNT(*) FROM teacher") == 6


def test_libreoffice_keeps_the_template_and_its_mark(office, stick, tmp_path):
    path = fill(path_of(stick, "第四"), newcomer(900))
    back = saved_by_libreoffice(path, tmp_path)
    assert read_mark(open_source(back)).school == FOURTH
    (file,) = read_answers(office, back).files
    assert (file.recognised, file.notes) == (Recognised.OURS, ())
    assert (file.plan.counts.inserted, file.plan.counts.unchanged) == (1, 3)
    page = load_workbook(back)[PEOPLE]
    assert page.protection.sheet
    assert page.data_validations.dataValidation


def test_sixty_become_one_list_of_questions_and_one_step_of_undo(office, stick):
    fill(path_of(stick, "第四"), newcomer(900), newcomer(901, 身份证号="123"))
    fill(path_of(stick, "第四"), training("张三一"), training("无此人"), sheet=RECORDS)
    answers = read_answers(office, stick)
    assert [(one.school, one.sheet, one.who) for one in answers.questions] == [
        (FOURTH, PEOPLE, "程咬金"),
        (FOURTH, RECORDS, "无此人"),
    ]
    operation = take_answers(office, answers)
    assert office.store.value("SELECT school_id FROM teacher WHERE name = '程咬金'") is not None
    assert office.store.value("SELECT COUNT(*) FROM ledger_entry") == 1
    kept = questions(office, answers.round.id)
    assert [one.message for one in kept] == [one.message for one in answers.questions]
    assert all(one.id for one in kept)
    (fifth, fourth) = standings(office, answers.round.id)
    assert (fourth.refused, fourth.inserted, fourth.answered_on) == (2, 2, "2025-09-20")
    assert (fifth.refused, fifth.unchanged) == (0, 3)
    undo(office.store, operation.id)
    assert questions(office, answers.round.id) == []
    assert all(one.missing for one in standings(office, answers.round.id))
    assert office.store.value("SELECT COUNT(*) FROM teacher") == 6


def test_a_name_on_the_sheet_of_records_means_one_of_the_school(office, stick):
    """Both schools have a 张三一; nobody is asked which."""
    fill(path_of(stick, "第五"), training("张三一"), sheet=RECORDS)
    answers = read_answers(office, stick)
    assert answers.questions == ()
    take_answers(office, answers)
    assert office.store.value("SELECT school_name FROM ledger_entry") == FIFTH


def test_only_the_bad_rows_go_back_and_come_again(office, stick, tmp_path):
    fill(path_of(stick, "第四"), newcomer(900), newcomer(901, 身份证号="123", 学历="本科"))
    take_answers(office, read_answers(office, stick))
    collection = round_of(office)
    (file,) = write_returns(office, collection.id, tmp_path / "退回")
    assert (file.school, file.rows) == (FOURTH, 1)
    assert [one.state for one in questions(office, collection.id)] == ["returned"]
    page = load_workbook(file.path)[PEOPLE]
    assert [page.cell(3, column(page, title)).value for title in ("姓名", "学历")] == [
        "程咬金", "本科",
    ]  # fmt: skip
    reason = page.cell(3, column(page, "错误说明"))
    assert "身份证号" in reason.value
    assert page.cell(3, column(page, "身份证号")).fill.fgColor.rgb.endswith("FCE8E6")
    assert page.max_row == 3
    book = load_workbook(file.path)
    book[PEOPLE].cell(3, column(page, "身份证号"), id_number(901))
    book[PEOPLE].cell(3, column(page, "姓名"), "秦叔宝")
    book.save(file.path)
    again = read_answers(office, tmp_path / "退回")
    assert [one.recognised for one in again.files] == [Recognised.RETURNED]
    take_answers(office, again)
    assert questions(office, collection.id) == []
    assert office.store.value("SELECT education FROM teacher WHERE name = '秦叔宝'")
    with pytest.raises(UserError, match="没有要退回"):
        write_returns(office, collection.id, tmp_path / "退回")


def test_a_row_that_does_not_come_back_is_said(office, stick, tmp_path):
    fill(path_of(stick, "第四"), newcomer(1, 身份证号="1"), newcomer(2, "单雄信", 身份证号="2"))
    take_answers(office, read_answers(office, stick))
    (file,) = write_returns(office, round_of(office).id, tmp_path / "退回")
    book = load_workbook(file.path)
    book[PEOPLE].delete_rows(4)
    book.save(file.path)
    again = read_answers(office, file.path)
    assert "退回 2 行，只交回 1 行" in again.files[0].notes[0]
    take_answers(office, again)
    left = questions(office, round_of(office).id)
    assert {(one.who, one.state) for one in left} == {("程咬金", "open"), ("单雄信", "returned")}


def test_rows_that_were_deleted_are_said_and_an_empty_template_is_no_answer(office, stick):
    for name, count in (("第四", 1), ("第五", 3)):
        book = load_workbook(path_of(stick, name))
        book[PEOPLE].delete_rows(3, count)
        book.save(path_of(stick, name))
    answers = read_answers(office, stick)
    assert "原有 3 名教师，交回的只有 2 名" in of(answers, "第四").notes[0]
    assert "一行也没有填" in of(answers, "第五").notes[0]
    assert [one.takeable for one in answers.files] == [False, True]
    assert [one.school for one in answers.missing] == [FIFTH]
    take_answers(office, answers)
    assert not any("没有填" in one for one in of(read_answers(office, stick), "第四").notes)


def test_last_years_template_is_said_and_not_taken(office, stick, tmp_path):
    sent_out(office, tmp_path / "明年", year=2026)
    answers = read_answers(office, stick)
    assert [one.recognised for one in answers.files] == [Recognised.OLD] * 2
    assert "这是 2025 年的模板，本次收的是 2026 年的" in answers.files[0].notes[0]
    assert [one.school for one in answers.missing] == [FIFTH, FOURTH]
    with pytest.raises(UserError, match="没有可以收下"):
        take_answers(office, answers)
    take_answers(office, answers, also=[answers.files[0].path])
    assert [one.missing for one in standings(office, answers.round.id)] == [True, False]


def test_a_template_of_another_school_is_told_by_its_people_or_its_title(office, stick):
    fourth = path_of(stick, "第四")
    book, other = load_workbook(fourth), load_workbook(path_of(stick, "第五"))
    for row in range(3, 6):
        for place in range(1, book[PEOPLE].max_column + 1):
            book[PEOPLE].cell(row, place, other[PEOPLE].cell(row, place).value)
    book.save(fourth)
    file = of(read_answers(office, stick), "第四")
    assert file.recognised is Recognised.OTHER_SCHOOL
    assert f"却多是{FIFTH}的教师（3 人）" in file.notes[0]
    assert not file.takeable
    fifth = path_of(stick, "第五")
    book = load_workbook(fifth)
    book[PEOPLE]["A1"] = f"学校：{FOURTH}"
    book.save(fifth)
    file = of(read_answers(office, stick), "第五")
    assert file.recognised is Recognised.OTHER_SCHOOL
    assert f"改成了{FOURTH}" in file.notes[0]


def test_columns_added_and_lost_are_named_and_the_rest_is_read(office, stick):
    path = path_of(stick, "第四")
    book = load_workbook(path)
    page = book[PEOPLE]
    page.cell(2, page.max_column + 1, "微信号")
    page.cell(2, column(page, "民族"), "族")
    book.save(path)
    file = of(read_answers(office, stick), "第四")
    assert file.recognised is Recognised.OURS
    assert any("自己加了栏目“族”“微信号”" in one for one in file.notes)
    assert any("少了栏目“民族”" in one for one in file.notes)
    assert file.plan.counts.unchanged == 3


def test_two_files_of_one_school_wait_for_a_choice(office, stick):
    fill(path_of(stick, "第四"), newcomer(900), out=stick / "四中改.xlsx")
    shutil.copy(path_of(stick, "第五"), stick / "五中副本.xlsx")
    answers = read_answers(office, stick)
    assert {one.path.name: one.recognised for one in answers.files if not one.takeable} == {
        "四中改.xlsx": Recognised.DOUBLE,
        path_of(stick, "第四").name: Recognised.DOUBLE,
        path_of(stick, "第五").name: Recognised.OURS,
    }
    take_answers(office, answers, also=[stick / "四中改.xlsx"])
    assert office.store.value("SELECT COUNT(*) FROM teacher") == 7
    again = of(read_answers(office, stick), "改")
    assert any("2025-09-20 已经收过" in one for one in again.notes)


def test_files_taken_in_one_step_do_not_settle_each_other(office, stick):
    fill(path_of(stick, "第四"), newcomer(1, 身份证号="1"))
    fill(path_of(stick, "第四"), newcomer(2, "单雄信", 身份证号="2"), out=stick / "四中改.xlsx")
    answers = read_answers(office, stick)
    take_answers(office, answers, also=[one.path for one in answers.files])
    asked = [one.who for one in questions(office, round_of(office).id)]
    assert sorted(asked) == ["单雄信", "程咬金", "程咬金"]


def test_strangers_are_named(office, stick, tmp_path):
    (stick / "坏.xlsx").write_bytes(b"PK\x03\x04")
    rows = [["姓名", "身份证号", "学科"], ["程咬金", id_number(900), "语文"]]
    xlsx(stick / f"{FOURTH}名单.xlsx", rows)
    (tmp_path / "别县").mkdir()
    elsewhere = new_office(tmp_path / "别县")
    teachers(elsewhere, school(elsewhere, "蛟河市第一中学"), 1)
    foreign = sent_out(elsewhere, stick).files[0].path
    elsewhere.store.close()
    answers = read_answers(office, stick)
    said = {one.path.name: one for one in answers.files}
    assert said["坏.xlsx"].recognised is Recognised.UNREADABLE
    assert said[foreign.name].recognised is Recognised.FOREIGN
    plain = said[f"{FOURTH}名单.xlsx"]
    assert (plain.recognised, plain.school, plain.takeable) == (Recognised.PLAIN, FOURTH, False)
    take_answers(office, answers, also=[plain.path])
    assert office.store.value("SELECT name FROM teacher WHERE name = '程咬金'")


def test_a_person_in_two_schools_files_is_asked_about(office, stick):
    fill(path_of(stick, "第四"), newcomer(900))
    fill(path_of(stick, "第五"), newcomer(900))
    answers = read_answers(office, stick)
    take_answers(office, answers)
    (asked,) = questions(office, answers.round.id)
    assert (asked.school, asked.code) == (FOURTH, "teacher.other_school")
    assert office.store.value("SELECT COUNT(*) FROM staff_question") == 1
    settle(office, [asked.id])
    assert questions(office, answers.round.id) == []
    assert len(questions(office, answers.round.id, settled=True)) == 1


def test_the_mark_survives_in_names_where_the_hidden_sheet_is_gone(office, stick):
    path = path_of(stick, "第四")
    book = load_workbook(path)
    del book[MARK_SHEET]
    book.save(path)
    mark = read_mark(open_source(path))
    assert (mark.school, mark.year, mark.columns) == (FOURTH, "2025", {})
    assert of(read_answers(office, stick), "第四").recognised is Recognised.OURS


def test_a_file_that_changed_since_it_was_read_is_refused_whole(office, stick):
    answers = read_answers(office, stick)
    fill(path_of(stick, "第四"), newcomer(900))
    with pytest.raises(UserError, match="又改动了"):
        take_answers(office, answers)
    assert all(one.missing for one in standings(office, answers.round.id))


def test_folders_without_files_and_years_without_templates_are_said(office, schools, tmp_path):
    with pytest.raises(UserError, match="还没有发过"):
        read_answers(office, tmp_path)
    sent_out(office, tmp_path / "U盘", school_ids=schools[:1])
    (tmp_path / "空").mkdir()
    with pytest.raises(UserError, match="没有表格文件"):
        read_answers(office, tmp_path / "空")
    with pytest.raises(UserError, match="还没有发过 2031 年"):
        round_of(office, 2031)


def test_what_waits_is_told(office, schools, tmp_path):
    """Schools that are late and have not answered, and questions that nobody dealt with."""
    assert collecting_waiting(office) == CollectingWaiting(0, 0)
    made = sent_out(office, tmp_path / "发出", due=date(2025, 1, 10))
    assert collecting_waiting(office) == CollectingWaiting(2, 0)
    fill(made.files[0].path, newcomer(31, 身份证号="123"))
    take_answers(office, read_answers(office, made.files[0].path))
    assert collecting_waiting(office) == CollectingWaiting(1, 1)
