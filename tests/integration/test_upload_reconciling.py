"""An export of the higher system against our file: found, chosen field by field, undone."""

from __future__ import annotations

import openpyxl
import pytest

from models.errors import UserError
from models.office.settings import write_settings
from models.store.undo import undo
from models.training.entries import CLOSED_SETTING
from models.uploads.building import build
from models.uploads.catalogue import form_named, save_form
from models.uploads.drafting import draft
from models.uploads.forms import Fraction
from models.uploads.reconciling import Choices, Fate, Side, apply_choices, reconcile
from models.uploads.returns import apply_return, read_return
from models.uploads.rows import Wish
from tests.people import id_number, school, teachers
from tests.trainings import post
from tests.uploads import HOURS_ONLY, OWN, answered, county, national, wish

ALL_THEIRS, ALL_OURS = Choices(default=Side.THEIRS), Choices(default=Side.OURS)


@pytest.fixture
def people(office):
    return county(office, level="40")


@pytest.fixture
def export(office, people, tmp_path):
    """What we sent, as the higher system would give it out."""
    build(office, national(office), wish(), tmp_path / "导出.xlsx")
    return tmp_path / "导出.xlsx"


def edited(path, cells, *, rows=(), drop=()):
    """The workbook with other cells, by row and title, further rows, and without some."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    titles = {cell.value: cell.column for cell in page[1]}
    for (row, title), value in cells.items():
        page.cell(row, titles[title]).value = value
    for values in rows:
        number = page.max_row + 1
        for title, value in values.items():
            page.cell(number, titles[title], value)
    for row in sorted(drop, reverse=True):
        page.delete_rows(row)
    book.save(path)
    return path


def another(number, name="张三二", course="班主任研修", hours=21):
    return {
        "教师姓名": name, "身份证件类型": "居民身份证", "教师身份证号": number, "培训年度": 2025,
        "培训类别": "20", "培训项目名称": course, "培训机构名称": "省教育学院", "培训方式": "3",
        "培训获得学时": hours, "培训开始日期": "2025-05-01", "培训结束日期": "2025-05-20",
    }  # fmt: skip


def standing(office, teacher):
    sql = """SELECT course_title, hours, organizer FROM ledger_entry AS e WHERE teacher_id = ?
        AND kind <> 'reversal' AND NOT EXISTS
        (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = e.id) ORDER BY rowid"""
    return office.store.tuples(sql, (teacher,))


@pytest.mark.parametrize("rule", [Fraction.COLLECT, Fraction.EMPTY, Fraction.NEAREST])
def test_what_we_sent_is_the_same_whatever_was_rounded(office, tmp_path, rule):
    ids = county(office, hours="7.5", level="40")
    post(office, ids[0], 2025, "1.5", title="短训", start="2025-06-01", organizer=OWN, level="40")
    asked = wish(fractions={**HOURS_ONLY, "hours": rule})
    form = national(office)
    form = form.model_copy(update={"columns": tuple(
        one.model_copy(update={"required": False}) if one.key == "hours" else one
        for one in form.columns
    )})  # fmt: skip
    build(office, form, asked, tmp_path / "导出.xlsx")
    found = reconcile(office, tmp_path / "导出.xlsx")
    assert (found.same, found.rows, found.years) == (4, (), (2025,))
    with pytest.raises(UserError, match="没有选定"):
        apply_choices(office, found, ALL_THEIRS)


def test_teachers_and_credits_forms_reconcile_with_themselves(office, people, tmp_path):
    for name in ("teacher_basics", "provincial_credits"):
        out = tmp_path / f"{name}.xlsx"
        build(office, form_named(office, name), Wish(2025), out)
        found = reconcile(office, out)
        assert (found.form.name, found.same, found.rows) == (name, 3, ())


def test_every_fate_is_told_and_nothing_is_written(office, people, export):
    edited(
        export,
        {(2, "培训获得学时"): 20, (3, "培训项目名称"): "师德专题"},
        rows=[another(id_number(1)), another(id_number(1)), another("")],
        drop=[4],
    )
    found = reconcile(office, export)
    assert [one.fate for one in found.rows] == [
        Fate.DIFFERENT, Fate.DIFFERENT, Fate.ONLY_THERE, Fate.UNCLEAR, Fate.ONLY_THERE,
        Fate.ONLY_HERE,
    ]  # fmt: skip
    hours, course, lacking, twice, nobody, missing = found.rows
    assert [(one.title, one.ours, one.theirs) for one in hours.differences] == [
        ("培训获得学时", "16", "20")
    ]
    assert "其余栏目相同" in course.message
    assert lacking.takeable
    assert "与第 4 行" in twice.message
    assert not nobody.takeable
    assert "报过，还没有结果" in missing.message
    assert office.store.value("SELECT COUNT(*) FROM ledger_entry") == 3


def test_theirs_is_taken_field_by_field_in_one_step_that_can_be_undone(office, people, export):
    edited(export, {(2, "培训获得学时"): 22, (2, "培训机构名称"): "县教研室",
                    (3, "教师姓名"): "张叁贰"}, rows=[another(id_number(2), "张三三")])  # fmt: skip
    found = reconcile(office, export)
    first = found.rows[0]
    choices = Choices(fields={first.id: {"hours": Side.THEIRS}}, default=Side.LATER)
    done = apply_choices(office, found, choices)
    assert (done.changed, done.added, done.left) == (1, 0, ())
    assert standing(office, first.teacher_id) == [("师德研修", 2200, OWN)]
    found = reconcile(office, export)
    assert [one.key for one in found.rows[0].differences] == ["organizer"]
    done = apply_choices(office, found, ALL_THEIRS)
    assert (done.changed, done.added) == (2, 1)
    assert office.store.value("SELECT COUNT(*) FROM teacher WHERE name = '张叁贰'") == 1
    assert [one.differences for one in reconcile(office, export).rows] == []
    (upload,) = office.store.tuples("SELECT COUNT(DISTINCT subject_id) FROM upload_row")
    assert upload == (3,)
    assert draft(office, national(office), wish()).gone == ()
    undo(office.store, done.operation.id)
    assert len(reconcile(office, export).rows) == 3


def test_ours_goes_up_again_although_it_was_accepted(office, people, export, tmp_path):
    good = {row: {"导入结果": "成功"} for row in (2, 3, 4)}
    apply_return(office, read_return(office, answered(export, tmp_path / "结果.xlsx", good)))
    with pytest.raises(UserError, match="没有新增或变动"):
        build(office, national(office), wish(only_new=True), tmp_path / "新.xlsx")
    found = reconcile(office, edited(export, {(2, "培训获得学时"): 20}, drop=[3]))
    assert [one.message for one in found.rows][1] == "报过并已接收，上级却没有，请核对"
    done = apply_choices(office, found, ALL_OURS)
    assert (done.resent, done.changed) == (2, 0)
    assert len(draft(office, national(office), wish(only_new=True)).rows) == 2


def test_what_cannot_be_taken_says_why(office, people, export):
    cells = {(2, "培训方式"): "3", (3, "培训类别"): "77", (4, "培训机构名称"): None}
    found = reconcile(office, edited(export, cells))
    named, unknown, empty = (one.differences[0] for one in found.rows)
    assert (named.ours, named.theirs, named.takeable) == ("2", "3", True)  # 网络研修 is our 远程
    assert (unknown.takeable, unknown.why) == (False, "“77”在本单位的代码表里没有对应")
    assert "空着" in empty.why
    done = apply_choices(office, found, Choices(rows={found.rows[1].id: Side.THEIRS}))
    assert done.changed == 0
    assert "没有对应" in done.left[0]


def test_a_closed_year_is_not_corrected(office, people, export):
    write_settings(office.store, {CLOSED_SETTING: "2025"})
    edited(export, {(2, "培训获得学时"): 20}, rows=[another(id_number(1))])
    found = reconcile(office, export)
    assert "封账" in found.rows[0].differences[0].why
    assert not found.rows[1].takeable
    assert "封账" in found.rows[1].message


def test_a_teacher_they_have_is_taken_in_with_the_school(office, people, tmp_path):
    out = tmp_path / "教师.xlsx"
    build(office, form_named(office, "teacher_basics"), Wish(2025), out)
    new = {"姓名": "程咬金", "身份证件类型": "居民身份证", "身份证件号": id_number(901),
           "所在学校": "桦甸市第四中学"}  # fmt: skip
    edited(out, {(2, "全国教师编号"): "22001"}, rows=[new])
    found = reconcile(office, out)
    assert [one.fate for one in found.rows] == [Fate.DIFFERENT, Fate.ONLY_THERE]
    done = apply_choices(office, found, ALL_THEIRS)
    assert (done.changed, done.added) == (1, 1)
    assert office.store.value("SELECT number FROM given_number") == "22001"
    assert office.store.value("SELECT name FROM teacher WHERE id_number = ?", (id_number(901),))


def test_personal_data_are_masked_and_ids_tell_nobody(office, people, export):
    found = reconcile(office, edited(export, {}, rows=[another(id_number(1))]))
    assert id_number(1) not in repr([(one.id, one.caption, one.message) for one in found.rows])


def test_a_change_after_comparing_is_refused(office, people, export):
    found = reconcile(office, edited(export, {(2, "培训获得学时"): 20}))
    edited(export, {(2, "培训获得学时"): 21})
    with pytest.raises(UserError, match="又有改动"):
        apply_choices(office, found, ALL_THEIRS)


def test_one_school_or_year_alone(office, people, export):
    other = teachers(office, school(office, "桦甸市第五中学"), 1)
    post(office, other[0], 2025, "8", title="研修", organizer=OWN, level="40")
    post(office, people[0], 2024, "8", title="研修", organizer=OWN, level="40")
    fourth = office.store.value("SELECT id FROM institution WHERE name LIKE '%第四%'")
    assert [one.fate for one in reconcile(office, export).rows] == [Fate.ONLY_HERE]
    assert reconcile(office, export, school_id=fourth).rows == ()
    edited(export, {(2, "培训年度"): 2024})
    found = reconcile(office, export, year=2025, school_id=fourth)
    assert (found.same, [one.fate for one in found.rows]) == (2, [Fate.ONLY_HERE])
    assert "1 行不是 2025 年的" in found.notes[0]


def test_figures_are_not_reconciled_line_by_line(office, people, tmp_path):
    build(office, form_named(office, "county_summary"), Wish(2025), tmp_path / "汇总.xlsx")
    with pytest.raises(UserError, match="汇总数字"):
        reconcile(office, tmp_path / "汇总.xlsx")


def test_a_code_that_means_several_of_ours_is_asked(office, people, tmp_path):
    form = national(office)
    theirs = {"choices": {"甲": "上课", "乙": "别的"}, "translate": {"1": "甲", "*": "乙"}}
    mode = form.column("mode").model_copy(update=theirs)
    columns = [mode if one.key == "mode" else one for one in form.columns]
    save_form(office, form.model_copy(update={"columns": tuple(columns)}))
    build(office, national(office), wish(), tmp_path / "导出.xlsx")
    (row,) = reconcile(office, edited(tmp_path / "导出.xlsx", {(2, "培训方式"): "乙"})).rows
    assert not row.takeable
    assert "分不清是哪一个" in row.differences[0].why


def test_what_was_sent_follows_an_entry_that_an_undone_correction_brought_back(
    office, people, export, tmp_path
):
    answers = {row: {"导入结果": "成功"} for row in (2, 3, 4)}
    apply_return(office, read_return(office, answered(export, tmp_path / "结果.xlsx", answers)))
    theirs = edited(export, {(2, "培训获得学时"): 24})
    done = apply_choices(office, reconcile(office, theirs), ALL_THEIRS)
    undo(office.store, done.operation.id)
    back = draft(office, national(office), wish(only_new=True))
    assert (back.rows, back.unchanged, back.gone) == ((), 3, ())
    apply_choices(office, reconcile(office, theirs), ALL_OURS)
    again = draft(office, national(office), wish(only_new=True))
    assert [one.cells[8] for one in again.rows] == [16]
