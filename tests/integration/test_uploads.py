"""Building uploads: checked, read back, kept as sent, made again."""

from __future__ import annotations

from decimal import Decimal

import openpyxl
import pytest

from models.codes.library import LocalCode
from models.errors import CancelledByUser, UserError, WorldError
from models.office.own_codes import save_code
from models.progress import Progress
from models.staff.institutions import institution_rows
from models.staff.registration import TeacherChange, write_teachers
from models.store.undo import undo
from models.training.ledger import reverse
from models.training.listing import EntryFilter, entry_ids
from models.uploads import building
from models.uploads.building import build, file_name
from models.uploads.catalogue import form_named, save_form
from models.uploads.drafting import UploadRefusedError, draft
from models.uploads.form_list import forms
from models.uploads.forms import Fraction, Subject
from models.uploads.returns import apply_return, read_return
from models.uploads.rows import FactRow, Wish
from models.uploads.sent import (
    mark_sent,
    rebuild,
    sent_rows,
    standings,
    upload_of,
    uploads,
)
from models.uploads.waiting import UploadsWaiting, uploads_waiting
from tests.offices import reopened
from tests.people import id_number, school, teachers
from tests.trainings import post
from tests.uploads import (
    HOURS_ONLY,
    OWN,
    answered,
    county,
    national,
    saved_by_libreoffice,
    wish,
)

COLLECT = {"hours": Fraction.COLLECT, "credits": Fraction.EMPTY}


def rows_of(path):
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))


def test_a_year_is_written_in_the_order_and_codes_of_the_level_above(office, tmp_path):
    county(office)
    built = build(office, national(office), wish(), tmp_path / "上报.xlsx")
    rows = rows_of(tmp_path / "上报.xlsx")
    assert rows[0][:3] == ("教师姓名", "身份证件类型", "教师身份证号")
    assert rows[1] == (
        "张三一", "居民身份证", id_number(0), 2025, "40", "师德研修", OWN, "2", 16, None,
        "2025-03-01", "2025-03-15",
    )  # fmt: skip
    assert len(rows) == 4
    assert [one.sent for one in built.draft.rounded] == [None] * 3
    (sent,) = uploads(office)
    assert (sent.sha256, sent.rows, sent.waiting) == (built.files[0].sha256, 3, 3)
    assert sent_rows(office, sent.id)[0].cells == rows[1]


def test_unchanged_data_give_the_same_bytes_and_what_was_sent_is_made_again(office, tmp_path):
    people = county(office)
    first = build(office, national(office), wish(), tmp_path / "一.xlsx").files[0]
    second = build(office, national(office), wish(), tmp_path / "二.xlsx").files[0]
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()
    assert first.sha256 == second.sha256
    with office.store.operation("test.rename", "改名"):
        write_teachers(office, [TeacherChange(people[0], {"name": "李四"})], "2025-09-20")
    changed = build(office, national(office), wish(), tmp_path / "三.xlsx").files[0]
    assert changed.sha256 != first.sha256
    assert rebuild(office, first.upload_id[:12], tmp_path / "重做.xlsx")
    assert (tmp_path / "重做.xlsx").read_bytes() == (tmp_path / "一.xlsx").read_bytes()


def test_fractions_are_named_and_never_rounded_unasked(office, tmp_path):
    county(office, hours="7.5")
    made = draft(office, national(office), wish())
    assert [(one.column, one.value) for one in made.problems] == [("培训获得学时", "7.5")] * 3
    assert made.problems[0].subject is Subject.RECORD
    assert made.problems[0].subject_id in entry_ids(office, EntryFilter(year=2025))
    with pytest.raises(UploadRefusedError, match="只收整数") as refused:
        build(office, national(office), wish(), tmp_path / "上报.xlsx")
    assert "取整" in refused.value.hint
    assert [one.name for one in tmp_path.glob("上报*")] == []
    assert uploads(office) == []
    near = draft(office, national(office), wish(fractions={**HOURS_ONLY, "hours": "nearest"}))
    assert [(one.amount, one.sent) for one in near.rounded if one.column == "培训获得学时"] == [
        (Decimal("7.5"), 8)
    ] * 3


def test_halves_are_collected_over_uploads_until_they_make_a_whole(office, tmp_path):
    (person,) = county(office, people=1, hours="7.5")
    form, asked = national(office), wish(fractions=COLLECT)
    build(office, form, asked, tmp_path / "一.xlsx")
    assert rows_of(tmp_path / "一.xlsx")[1][8] == 7
    apply_return(office, read_return(office, answered(
        tmp_path / "一.xlsx", tmp_path / "结果.xlsx", {2: {"导入结果": "成功"}}
    )))  # fmt: skip
    post(office, person, 2025, "7.5", title="后一门", start="2025-01-05", organizer=OWN)
    again = build(office, form, wish(fractions=COLLECT, only_new=True), tmp_path / "二.xlsx")
    assert [row[8] for row in rows_of(tmp_path / "二.xlsx")[1:]] == [8]
    assert again.draft.unchanged == 1
    build(office, form, asked, tmp_path / "全部.xlsx")
    assert {row[5]: row[8] for row in rows_of(tmp_path / "全部.xlsx")[1:]} == {
        "师德研修": 7, "后一门": 8,
    }  # fmt: skip


def test_rows_with_problems_are_left_out_told_and_may_stop_everything(office, tmp_path):
    people = county(office)
    with office.store.operation("test.lost", "缺号"):
        write_teachers(office, [TeacherChange(people[1], {"id_number": None})], "2025-09-20")
    built = build(office, national(office), wish(), tmp_path / "上报.xlsx")
    (problem,) = built.draft.problems
    assert (problem.column, built.draft.left_out) == ("教师身份证号", 1)
    assert problem.teacher_id == people[1]
    assert len(rows_of(tmp_path / "上报.xlsx")) == 3
    with pytest.raises(UploadRefusedError):
        build(office, national(office), wish(strict=True), tmp_path / "严.xlsx")


def test_id_numbers_are_masked_in_what_is_told(office):
    (person,) = county(office, people=1)
    long = "1" * 21
    with office.store.operation("test.long", "长号"):
        write_teachers(office, [TeacherChange(person, {"id_number": long})], "2025-09-20")
    (problem,) = draft(office, national(office), wish()).problems
    assert long not in problem.message + problem.value


def test_two_rows_the_receiver_would_take_for_one_are_both_told(office):
    (person,) = county(office, people=1)
    post(office, person, 2025, "8", title="师德研修", start="2025-03-01", organizer=OWN)
    made = draft(office, national(office), wish())
    assert [(one.row, "都相同" in one.message) for one in made.problems] == [(1, True), (2, True)]
    assert made.rows == ()


def test_a_scope_holds_one_school_or_one_kind(office):
    county(office)
    other = teachers(office, school(office, "桦甸市第五中学"), 1)
    post(office, other[0], 2025, "8", organizer=OWN)
    fifth = next(one.id for one in institution_rows(office) if "第五" in one.shown["name"])
    assert len(draft(office, national(office), wish()).rows) == 4
    assert len(draft(office, national(office), wish(school_id=fifth)).rows) == 1
    assert draft(office, national(office), wish(kinds=("course",))).rows == ()
    assert draft(office, national(office), wish(year=2024)).rows == ()


def test_a_limit_splits_the_upload_and_names_follow_the_rule(office, tmp_path):
    county(office, people=5)
    form = national(office).model_copy(update={"limit": 2, "file_name": "{region}_{year}{part}"})
    built = build(office, form, wish(), tmp_path / "夹")
    assert [one.path.name for one in built.files] == [
        "220282_2025（1）.xlsx", "220282_2025（2）.xlsx", "220282_2025（3）.xlsx",
    ]  # fmt: skip
    assert [len(rows_of(one.path)) for one in built.files] == [3, 3, 2]
    built = build(office, form, wish(), tmp_path / "一个.xlsx")
    assert [one.path.name for one in built.files] == [f"一个-{n}.xlsx" for n in (1, 2, 3)]
    assert [(one.part, one.parts) for one in uploads(office)[:3]] == [(1, 3), (2, 3), (3, 3)]
    with pytest.raises(UserError, match="看不懂"):
        file_name(office, form.model_copy(update={"file_name": "{月}"}), wish())


def test_only_what_is_new_changed_or_refused_goes_again(office, tmp_path):
    people = county(office)
    form = national(office)
    sent = build(office, form, wish(), tmp_path / "一.xlsx")
    apply_return(office, read_return(office, answered(
        tmp_path / "一.xlsx", tmp_path / "结果.xlsx",
        {2: {"导入结果": "成功"}, 3: {"导入结果": "成功"}, 4: {"错误信息": "姓名不符"}},
    )))  # fmt: skip
    made = draft(office, form, wish(only_new=True))
    assert [one.fact.teacher_id for one in made.rows] == [people[2]]
    assert made.unchanged == 2
    assert "姓名不符" in made.notes[0]
    with office.store.operation("test.rename", "改名"):
        write_teachers(office, [TeacherChange(people[0], {"name": "李四"})], "2025-09-20")
        write_teachers(office, [TeacherChange(people[2], {"name": "王五"})], "2025-09-20")
    made = draft(office, form, wish(only_new=True))
    assert sorted(one.cells[0] for one in made.rows) == ["李四", "王五"]
    assert made.notes == ()
    reverse(office, [sent.draft.rows[1].fact.id], "重复")
    assert draft(office, form, wish(only_new=True)).gone == (sent.draft.rows[1].fact.caption,)


def test_nothing_to_send_is_said_and_writes_nothing(office, tmp_path):
    with pytest.raises(UserError, match="没有可报的内容"):
        build(office, national(office), wish(), tmp_path / "上报.xlsx")
    county(office)
    build(office, national(office), wish(), tmp_path / "一.xlsx")
    answers = {row: {"导入结果": "成功"} for row in (2, 3, 4)}
    result = answered(tmp_path / "一.xlsx", tmp_path / "结果.xlsx", answers)
    apply_return(office, read_return(office, result))
    with pytest.raises(UserError, match="3 条都已被接收"):
        build(office, national(office), wish(only_new=True), tmp_path / "二.xlsx")


def test_building_is_one_step_that_can_be_undone_and_done_again(office, tmp_path):
    county(office)
    build(office, national(office), wish(), tmp_path / "上报.xlsx")
    operation = office.store.value("SELECT id FROM operation ORDER BY no DESC LIMIT 1")
    undone = undo(office.store, operation)
    assert uploads(office) == []
    undo(office.store, undone.id)
    (sent,) = uploads(office)
    assert rebuild(office, sent.id, tmp_path / "重做.xlsx")


def test_a_file_that_reads_back_otherwise_is_not_kept(office, tmp_path, monkeypatch):
    county(office)
    honest = building.filled

    def damaging(office, form, rows, progress):
        return honest(office, form, [(*row[:2], "0", *row[3:]) for row in rows], progress)

    monkeypatch.setattr(building, "filled", damaging)
    with pytest.raises(WorldError, match="C2 不一致"):
        build(office, national(office), wish(), tmp_path / "上报.xlsx")
    assert list(tmp_path.glob("上报*")) == []
    assert uploads(office) == []


def test_a_folder_that_cannot_be_written_keeps_nothing(office, tmp_path):
    county(office)
    (tmp_path / "占.xlsx").mkdir()
    blocked = tmp_path / "占.xlsx" / "没有" / "上报.xlsx"
    with pytest.raises((UserError, WorldError)):
        build(office, national(office), wish(), blocked)
    assert uploads(office) == []


def test_every_shipped_form_is_built_and_opened_by_libreoffice_unchanged(office, tmp_path):
    county(office)
    names = [one.name for one in forms(office)]
    assert len(names) == 6
    for name in names:
        if name == "national_training_overseas":
            continue  # the county has no training abroad
        form = form_named(office, name)
        out = tmp_path / f"{name}.xlsx"
        build(office, form, wish(), out)
        saved = saved_by_libreoffice(out, tmp_path)
        assert rows_of(saved) == rows_of(out)


def test_training_abroad_has_its_own_form(office):
    office = save_code(office, LocalCode("training_mode", "31", "海外研修", external="9"))
    (person,) = county(office, people=1)
    post(
        office,
        person,
        2025,
        "80",
        mode="31",
        title="英国访学",
        start="2025-07-01",
        remark="英国",
        organizer="雷丁大学",
    )
    made = draft(office, form_named(office, "national_training_overseas"), wish())
    assert [one.cells[6:9] for one in made.rows] == [("英国", "雷丁大学", "英国访学")]
    assert len(draft(office, national(office), wish()).rows) == 1


def test_figures_of_stages_schools_and_the_county_agree(office):
    county(office)
    stage = draft(office, form_named(office, "yearly_statistics"), Wish(2025)).rows
    assert [(one.cells[0], one.cells[2], one.cells[6]) for one in stage] == [
        ("初中", 3, Decimal(48))
    ]
    (whole,) = draft(office, form_named(office, "county_summary"), Wish(2025)).rows
    facts = whole.fact.facts
    assert (facts["count.teachers"], facts["count.trained"], facts["sum.hours"]) == (3, 3, 48)
    assert facts["sum.hours_county"] == 48
    assert facts["office.region_name"] == "桦甸市"


def test_a_city_sends_rows_that_are_not_its_own(office, tmp_path):
    form = form_named(office, "county_summary")
    (own,) = draft(office, form, Wish(2025)).rows
    rows = [
        FactRow(f"county:{n}", name, {**own.fact.facts, "office.region": code, "count.teachers": n})
        for n, (code, name) in enumerate([("220282", "桦甸市"), ("220283", "舒兰市")], 1)
    ]
    build(office, form, Wish(2025), tmp_path / "市.xlsx", rows=rows)
    assert [row[0] for row in rows_of(tmp_path / "市.xlsx")[1:]] == ["220282", "220283"]


def test_what_is_due_sent_and_answered_is_seen_at_a_glance(office, tmp_path):
    county(office)
    save_form(office, national(office).model_copy(update={"due": "01-31"}))
    early = standings(office, 2023)[0]
    assert (early.name, early.due, early.overdue) == ("national_training", "2024-01-31", False)
    build(office, national(office), wish(), tmp_path / "上报.xlsx")
    standing = standings(office, 2025)[0]
    assert (standing.waiting, standing.accepted, standing.overdue) == (3, 0, False)
    (sent,) = uploads(office)
    mark_sent(office, [sent.id], office.store.clock.today())
    assert upload_of(office, sent.id).sent_on == "2025-09-20"
    with pytest.raises(UserError, match="没有编号"):
        upload_of(office, "zz")
    later = reopened(office, "2027-03-01")
    assert [standings(later, year)[0].overdue for year in (2023, 2025, 2026)] == [
        False,
        False,
        True,
    ]
    later.store.close()


def test_a_long_upload_can_be_cancelled(office, tmp_path):
    class Impatient(Progress):
        def report(self, done, total, label):
            self.stop = label == "正在填写上报表"

        def cancelled(self):
            return self.stop

    county(office)
    with pytest.raises(CancelledByUser):
        build(office, national(office), wish(), tmp_path / "上报.xlsx", Impatient())
    assert uploads(office) == []
    assert list(tmp_path.glob("上报*")) == []


def test_what_waits_is_told(office, tmp_path):
    """Files to hand in, rows sent back until they go again, forms due within a month."""
    county(office)
    form = national(office)
    save_form(office, form.model_copy(update={"due": "03-31"}))
    assert uploads_waiting(office).due == 0
    office = reopened(office, "2026-04-20")
    assert uploads_waiting(office) == UploadsWaiting(due=1, unsent=0, refused=0)
    build(office, form, wish(), tmp_path / "一.xlsx")
    assert uploads_waiting(office).unsent == 1
    result = answered(tmp_path / "一.xlsx", tmp_path / "结果.xlsx", {2: {"错误信息": "重名"}})
    apply_return(office, read_return(office, result))
    assert uploads_waiting(office) == UploadsWaiting(due=0, unsent=0, refused=1)
    build(office, form, wish(only_new=True), tmp_path / "二.xlsx")
    assert (uploads_waiting(office).unsent, uploads_waiting(office).refused) == (1, 0)


def test_credits_of_one_year_say_nothing_of_another(office, tmp_path):
    county(office, people=1, credits=Decimal(2))
    form = form_named(office, "provincial_credits")
    for year, said in ((2025, "成功"), (2024, "失败")):
        build(office, form, Wish(year), tmp_path / "表.xlsx")
        result = answered(tmp_path / "表.xlsx", tmp_path / "结果.xlsx", {2: {"导入结果": said}})
        apply_return(office, read_return(office, result))
    assert draft(office, form, Wish(2025, only_new=True)).unchanged == 1
    assert len(draft(office, form, Wish(2024, only_new=True)).rows) == 1


def test_what_does_not_go_gives_nothing_to_what_others_collect(office, tmp_path):
    (teacher,) = county(office, people=1, credits=Decimal("0.5"))
    post(office, teacher, 2025, "8", title="长" * 101, start="2025-02-02", organizer=OWN,
         credits=Decimal("0.5"))  # fmt: skip
    half = wish(fractions={"credits": Fraction.COLLECT})
    build(office, national(office), half, tmp_path / "上报.xlsx")
    (row,) = sent_rows(office, uploads(office)[0].id)
    assert row.cells[9] is None
    reverse(office, [row.subject_id], "登错了")
    post(office, teacher, 2025, "8", title="另一项", start="2025-02-02", organizer=OWN,
         credits=Decimal("0.5"))  # fmt: skip
    assert [one.cells[9] for one in draft(office, national(office), half).rows] == [None]
