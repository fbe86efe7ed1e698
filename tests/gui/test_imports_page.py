"""The import page: from files to the register by clicks, and back again."""

from __future__ import annotations

import threading

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton

from models.exchange.plans import ImportKind
from models.staff.institutions import institution_rows
from models.staff.queries import count_teachers
from models.staff.questions import open_questions
from tests.gui.import_steps import (
    again,
    answer,
    checked,
    click,
    drop,
    imported,
    lines,
    press,
    save_to,
    settle,
    steps,
    teachers,
)
from tests.offices import new_office
from tests.rosters import HEADER, id_number, person, write_roster
from tests.windows import session_on, window_on
from tests.workbooks import GOOD_ID, OTHER_ID, many_sheets, xlsx
from ui.desktop.pages.imports.flow import CHECK, COLUMNS, FILES
from ui.desktop.tasks.lane import Job

SCHOOLS = [
    ("名称", "简称", "类型", "学段"),
    ("桦甸市第五中学", "五中", "初级中学", "初中"),
    ("桦甸市第四中学", "四中", "初级中学", "初中"),
]


@pytest.fixture
def session(qtbot, tmp_path):
    session = session_on(new_office(tmp_path), tmp_path)
    broken = []
    session.runner.broken.connect(broken.append)
    yield session
    session.leave()
    assert broken == []


@pytest.fixture
def page(qtbot, session, tmp_path):
    window = window_on(session, {"imports"}, tmp_path)
    yield window.page
    window.close()
    window.deleteLater()


def test_a_dropped_roster_comes_into_the_register(qtbot, session, page, tmp_path):
    schools = xlsx(tmp_path / "机构.xlsx", SCHOOLS)
    imported(qtbot, session, page, schools, write_roster(tmp_path / "名册.xlsx", 30))
    assert count_teachers(session.office) == 30
    assert "名册.xlsx：新增 30" in page.wizard.finished.says()


def test_nothing_is_written_before_the_last_step(qtbot, session, page, tmp_path):
    schools = xlsx(tmp_path / "机构.xlsx", SCHOOLS)
    before = steps(session)
    checked(qtbot, session, page, schools, write_roster(tmp_path / "名册.xlsx", 30))
    assert page.wizard.next_button.text() == "导入 32 行"
    assert steps(session) == before
    assert count_teachers(session.office) == 0
    click(qtbot, session, page.wizard.cancel_button)
    assert page.wizard.flow.files == []
    assert steps(session) == before


def test_going_back_keeps_what_was_chosen(qtbot, session, page, tmp_path):
    rows = [("姓名", "身份证号", "甲", "学段"), ("王芳", GOOD_ID, "数学", "初中")]
    book = xlsx(tmp_path / "名册.xlsx", rows)
    drop(qtbot, session, page, book)
    choose_field(page, 2, "任教学科")
    click(qtbot, session, page.wizard.next_button)
    click(qtbot, session, page.wizard.back_button)
    assert page.wizard.flow.step == COLUMNS
    assert page.wizard.matching.table.combo(2).currentText() == "任教学科"
    click(qtbot, session, page.wizard.back_button)
    assert page.wizard.flow.step == FILES
    assert [one.path for one in page.wizard.flow.files] == [book]


def choose_field(page, index, title):
    combo = page.wizard.matching.table.combo(index)
    place = combo.findText(title)
    assert place >= 0
    combo.setCurrentIndex(place)
    combo.activated.emit(place)


def test_each_problem_names_sheet_row_column_value_and_reason(qtbot, session, page, tmp_path):
    rows = [HEADER, person(1), person(2)]
    rows[2] = (*rows[2][:2], 220282199001011234, *rows[2][3:])
    checked(qtbot, session, page, xlsx(tmp_path / "名册.xlsx", rows, "五中"))
    step = page.wizard.checking
    assert step.chips["refuse"].text() == "退回 1"
    click(qtbot, session, step.chips["refuse"])
    [line] = lines(page)
    assert (line["result"], line["sheet"], line["row"]) == ("退回", "五中", "3")
    assert line["column"] == "C 身份证号"
    assert line["value"].startswith("2202821990")
    assert "Excel" in line["reason"]
    assert page.wizard.next_button.text() == "只导入正确的 1 行"
    click(qtbot, session, page.wizard.next_button)
    assert count_teachers(session.office) == 1


def test_an_update_is_shown_field_by_field_before_it_is_made(qtbot, session, page, tmp_path):
    imported(qtbot, session, page, xlsx(tmp_path / "一.xlsx", [HEADER, person(1), person(2)]))
    again(qtbot, session, page)
    changed = (*person(1)[:5], "语文", *person(1)[6:])
    checked(qtbot, session, page, xlsx(tmp_path / "二.xlsx", [HEADER, changed, person(2)]))
    step = page.wizard.checking
    assert (step.chips["update"].text(), step.chips["unchanged"].text()) == ("更新 1", "不变 1")
    click(qtbot, session, step.chips["update"])
    step.table.selectRow(0)
    texts = [one.text() for one in step.card.findChildren(type(step.card._name))]
    assert "数学 → 语文" in texts


def test_the_same_content_again_changes_nothing(qtbot, session, page, tmp_path):
    imported(qtbot, session, page, write_roster(tmp_path / "名册.xlsx", 12))
    again(qtbot, session, page)
    checked(qtbot, session, page, write_roster(tmp_path / "名册（U盘）.xlsx", 12))
    assert "导入（名册.xlsx）" in page.wizard.checking.known.text()
    assert page.wizard.next_button.text() == "没有可导入的行"
    assert not page.wizard.next_button.isEnabled()


def test_bad_rows_are_given_back_and_come_in_once_corrected(qtbot, session, page, tmp_path):
    bad = (*person(2)[:2], id_number(2)[:17] + "?", *person(2)[3:])
    checked(qtbot, session, page, xlsx(tmp_path / "名册.xlsx", [HEADER, person(1), bad]))
    qtbot.mouseClick(page.wizard.give_back_button, Qt.MouseButton.LeftButton)
    out = tmp_path / "退回.xlsx"
    save_to(qtbot, session, out)
    assert str(out) in page.notice.text()
    click(qtbot, session, page.wizard.next_button)
    again(qtbot, session, page)
    book = load_workbook(out)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]][-1] == "错误说明"
    returned = next(row[0].row for row in sheet.iter_rows() if row[0].value == person(2)[0])
    sheet.cell(returned, 3).value = id_number(2)
    book.save(out)
    imported(qtbot, session, page, out)
    assert count_teachers(session.office) == 2


def test_columns_a_person_points_out_are_remembered(qtbot, session, page, tmp_path):
    head = ("姓名", "身份证号", "所教", "学段")
    first = [head, ("王芳", GOOD_ID, "数学", "初中")]
    drop(qtbot, session, page, xlsx(tmp_path / "一.xlsx", first))
    choose_field(page, 2, "任教学科")
    click(qtbot, session, page.wizard.next_button)
    click(qtbot, session, page.wizard.next_button)
    assert teachers(session.office)["王芳"]["subject"] == "数学"
    again(qtbot, session, page)
    second = [head, ("李明", OTHER_ID, "语文", "初中")]
    imported(qtbot, session, page, xlsx(tmp_path / "二.xlsx", second))
    assert teachers(session.office)["李明"]["subject"] == "语文"


def test_a_field_belongs_to_one_column_only(qtbot, session, page, tmp_path):
    head = ("姓名", "身份证号", "任教学科", "所教")
    drop(qtbot, session, page, xlsx(tmp_path / "一.xlsx", [head, ("王芳", GOOD_ID, "无", "数学")]))
    choose_field(page, 3, "任教学科")
    assert page.wizard.matching.table.combo(2).currentText() == "（不导入）"


def test_a_sheet_nobody_recognised_can_be_pointed_out(qtbot, session, page, tmp_path):
    rows = [["某校"], ["甲", "乙", "丙"], ["王芳", GOOD_ID, "数学"], ["李明", OTHER_ID, "语文"]]
    drop(qtbot, session, page, many_sheets(tmp_path / "怪.xlsx", {"表": rows}, set()))
    step = page.wizard.matching
    assert not page.wizard.next_button.isEnabled()
    step.kind.setCurrentIndex(step.kind.findText("教师名册"))
    step.kind.activated.emit(step.kind.currentIndex())
    click(qtbot, session, page.wizard.next_button)
    assert "请指出哪一列是“姓名”" in page.notice.text()
    step.table.cellDoubleClicked.emit(2, 0)
    assert step.header.value() == 2
    for index, title in enumerate(("姓名", "身份证号", "任教学科")):
        choose_field(page, index, title)
    click(qtbot, session, page.wizard.next_button)
    click(qtbot, session, page.wizard.next_button)
    assert set(teachers(session.office)) == {"王芳", "李明"}


def test_a_sheet_can_be_left_out(qtbot, session, page, tmp_path):
    sheets = {"一": [list(HEADER), list(person(1))], "二": [list(HEADER), list(person(2))]}
    drop(qtbot, session, page, many_sheets(tmp_path / "名册.xlsx", sheets, set()))
    step = page.wizard.matching
    step.sheets.setCurrentRow(1)
    step.kind.setCurrentIndex(step.kind.findText("不导入这张表"))
    step.kind.activated.emit(step.kind.currentIndex())
    click(qtbot, session, page.wizard.next_button)
    click(qtbot, session, page.wizard.next_button)
    assert set(teachers(session.office)) == {person(1)[0]}


def test_files_are_checked_as_if_those_before_were_in(qtbot, session, page, tmp_path):
    record = [
        ("姓名", "身份证号", "年度", "课程名称", "学时"),
        (person(1)[0], id_number(1), 2025, "新课标培训", 8),
    ]
    files = (
        xlsx(tmp_path / "学时.xlsx", record),
        xlsx(tmp_path / "名册.xlsx", [HEADER, person(1)]),
        xlsx(tmp_path / "名册二.xlsx", [HEADER, person(1), person(2)]),
        xlsx(tmp_path / "机构.xlsx", SCHOOLS),
    )
    checked(qtbot, session, page, *files)
    step = page.wizard.checking
    assert step.chips["refuse"].text() == "退回 0"
    assert [one.plan.kind for one in page.wizard.flow.checked.files] == [
        ImportKind.INSTITUTIONS, ImportKind.TEACHERS, ImportKind.TEACHERS, ImportKind.RECORDS
    ]  # fmt: skip
    click(qtbot, session, page.wizard.next_button)
    assert count_teachers(session.office) == 2
    assert teachers(session.office)[person(1)[0]]["school"] == "桦甸市第五中学"


def test_a_cancelled_import_writes_nothing(qtbot, session, page, tmp_path):
    checked(qtbot, session, page, write_roster(tmp_path / "名册.xlsx", 30))
    before = steps(session)
    gate = threading.Event()
    session.runner.run(Job("占着", lambda _office, _progress: gate.wait(10), quiet=True))
    qtbot.mouseClick(page.wizard.next_button, Qt.MouseButton.LeftButton)
    session.runner.cancel_all()
    gate.set()
    settle(qtbot, session)
    assert steps(session) == before
    assert page.wizard.flow.step == CHECK
    click(qtbot, session, page.wizard.next_button)
    assert count_teachers(session.office) == 30


def test_what_changed_since_the_check_is_checked_anew(qtbot, session, page, tmp_path):
    checked(qtbot, session, page, xlsx(tmp_path / "名册.xlsx", [HEADER, person(1), person(2)]))

    def meanwhile(office, _progress):
        with office.store.operation("test.schools", "新增学校") as operation:
            row = [office.store.ids.new_id(), "桦甸市第五中学"]
            office.store.insert("institution", ("id", "name"), [row])
        return operation

    session.write("新增学校", meanwhile)
    settle(qtbot, session)
    click(qtbot, session, page.wizard.next_button)
    assert "已经重新检查" in page.notice.text()
    assert page.wizard.flow.step == CHECK
    assert count_teachers(session.office) == 0
    click(qtbot, session, page.wizard.next_button)
    assert teachers(session.office)[person(1)[0]]["school"] == "桦甸市第五中学"


def with_a_question(qtbot, session, page, tmp_path):
    """Import a teacher of one school, then a list of another school that names her."""
    schools = xlsx(tmp_path / "机构.xlsx", SCHOOLS)
    imported(
        qtbot, session, page, schools, xlsx(tmp_path / "五中.xlsx", [HEADER, person(1), person(2)])
    )
    again(qtbot, session, page)
    listed = (*person(1)[:3], "桦甸市第四中学", *person(1)[4:])
    imported(qtbot, session, page, xlsx(tmp_path / "四中.xlsx", [HEADER, listed]))
    assert len(open_questions(session.office)) == 1


def test_a_move_is_asked_and_made_when_confirmed(qtbot, session, page, tmp_path):
    with_a_question(qtbot, session, page, tmp_path)
    name = person(1)[0]
    assert teachers(session.office)[name]["school"] == "桦甸市第五中学"
    click(qtbot, session, page.wizard.finished.questions_button)
    assert page.tabs.tabText(page.tabs.currentIndex()) == "待确认的调动（1）"
    page.questions.table.selectRow(0)
    qtbot.mouseClick(page.questions.moved_button, Qt.MouseButton.LeftButton)
    answer(qtbot, QDialog, lambda dialog: press(qtbot, dialog, "调入"))
    settle(qtbot, session)
    assert teachers(session.office)[name]["school"] == "桦甸市第四中学"
    assert open_questions(session.office) == []
    assert page.tabs.tabText(1) == "待确认的调动"


def test_a_move_that_was_a_mistake_is_put_aside(qtbot, session, page, tmp_path):
    with_a_question(qtbot, session, page, tmp_path)
    page.shown("questions")
    page.questions.table.selectRow(0)
    click(qtbot, session, page.questions.stays_button)
    assert open_questions(session.office) == []
    assert teachers(session.office)[person(1)[0]]["school"] == "桦甸市第五中学"


def test_an_import_can_be_taken_back_from_the_last_step(qtbot, session, page, tmp_path):
    schools = xlsx(tmp_path / "机构.xlsx", SCHOOLS)
    imported(qtbot, session, page, schools, write_roster(tmp_path / "名册.xlsx", 5))
    click(qtbot, session, page.wizard.finished.undo_button)
    assert count_teachers(session.office) == 0
    assert institution_rows(session.office) == []
    assert "已撤销" in page.wizard.finished.says()


def test_the_record_of_an_import_tells_counts_and_takes_it_back(qtbot, session, page, tmp_path):
    imported(qtbot, session, page, write_roster(tmp_path / "名册.xlsx", 5))
    page.shown("batches")
    page.records.table.selectRow(0)
    row = page.records.table.table.row_at(0).texts
    assert (row["file"], row["kind"], row["inserted"], row["person"]) == (
        "名册.xlsx", "教师名册", "5", "王老师"
    )  # fmt: skip
    click(qtbot, session, page.records.undo_button)
    assert count_teachers(session.office) == 0
    assert page.records.table.table.row_at(0).texts["state"] == "已撤销"
    assert not page.records.undo_button.isEnabled()


def test_a_file_that_is_no_workbook_is_named_and_the_others_go_on(qtbot, session, page, tmp_path):
    letter = tmp_path / "照片.jpg"
    letter.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20)
    drop(qtbot, session, page, letter, xlsx(tmp_path / "名册.xlsx", [HEADER, person(1)]))
    assert "照片.jpg" in page.notice.text()
    assert page.wizard.flow.step == COLUMNS
    click(qtbot, session, page.wizard.next_button)
    assert page.wizard.next_button.text() == "导入 1 行"


def test_an_empty_workbook_is_told_and_leads_nowhere(qtbot, session, page, tmp_path):
    drop(qtbot, session, page, xlsx(tmp_path / "空.xlsx", []))
    assert "没有任何数据" in page.notice.text()
    assert page.wizard.flow.step == FILES
    page.wizard.choosing.table.selectRow(0)
    click(qtbot, session, page.wizard.choosing.remove_button)
    assert page.wizard.flow.files == []


def test_rows_copied_without_a_header_take_the_titles_of_the_list(qtbot, session, page):
    QGuiApplication.clipboard().setText(f"王芳\t{GOOD_ID}\t数学\n李明\t{OTHER_ID}\t语文")
    page.shown({"paste": ["姓名", "身份证号", "任教学科"]})
    settle(qtbot, session)
    click(qtbot, session, page.wizard.next_button)
    click(qtbot, session, page.wizard.next_button)
    assert {name: one["subject"] for name, one in teachers(session.office).items()} == {
        "王芳": "数学", "李明": "语文"
    }  # fmt: skip


def test_files_are_chosen_in_a_window(qtbot, session, page, tmp_path):
    book = write_roster(tmp_path / "名册.xlsx", 3)
    page.shown("files")

    def act(dialog):
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile(book.name)
        dialog.filesSelected.emit([str(book)])
        dialog.reject()

    answer(qtbot, QFileDialog, act)
    settle(qtbot, session)
    assert [one.says for one in page.wizard.flow.files] == ["教师名册，3 行"]


def test_a_template_filled_in_is_recognised(qtbot, session, page, tmp_path):
    page.template(ImportKind.TEACHERS)
    out = tmp_path / "模板.xlsx"
    save_to(qtbot, session, out)
    book = load_workbook(out)
    sheet = book.worksheets[0]
    head = next(
        row for row in sheet.iter_rows() if "姓名" in [str(cell.value).strip("*") for cell in row]
    )
    places = {str(cell.value).strip("*"): cell.column for cell in head}
    sheet.cell(head[0].row + 2, places["姓名"]).value = "王芳"
    sheet.cell(head[0].row + 2, places["身份证号"]).value = GOOD_ID
    book.save(out)
    imported(qtbot, session, page, out)
    assert set(teachers(session.office)) == {"王芳"}


def test_every_control_of_the_wizard_has_a_name(page):
    buttons = [one for one in page.findChildren(QPushButton) if one.isVisibleTo(page)]
    assert buttons
    assert [one.text() for one in buttons if not one.accessibleName()] == []
