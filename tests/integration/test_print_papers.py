"""Runs on paper: right values on right lines, marks, hand-over list, report of blanks."""

from __future__ import annotations

import errno

import pytest
from openpyxl import load_workbook

from models.certificates.booklet_layout import Layout, Section, save_layout
from models.certificates.booklet_marks import mark
from models.certificates.booklet_plans import plan_year
from models.certificates.booklets import lines_of
from models.certificates.issuing import void
from models.certificates.printed_parts import PrintedParts
from models.certificates.printing import mark_printed, mark_spoilt
from models.certificates.sheets import read_run, sheets
from models.certificates.stock import balance_of, receive
from models.errors import CancelledByUser, UserError, WorldError
from models.progress import Progress
from models.stamping.wording import save_wording
from reports.documents import blank_report as blanks
from reports.documents import hand_over_list
from reports.documents.hand_over_list import Handed, ranges
from reports.inputs import certificates as inputs
from reports.inputs.paper_books import blank_sheets, hand_over_sheets
from reports.inputs.print_runs import blank_report, hand_over, refuse_unlike, run_copies, with_mark
from reports.kit import saving
from reports.kit.copies import Printing, print_copies
from reports.kit.furniture import Output
from reports.kit.paper import About
from reports.workbooks.table import write_tables
from tests.certificates import BLANK, begun, booklets, issued
from tests.offices import new_office
from tests.papers import (
    NOW,
    Stopping,
    bookmarks,
    check_print,
    own_fonts,
    place_of,
    pypdf_text,
    shipped_form,
)
from tests.people import school, teachers
from tests.stamped import DAY, YEAR, stamp_all, take_back, train
from ui.cli.commands.certificate.print_jobs import How, Outcome, write_run
from ui.cli.session import Session


@pytest.fixture
def office(tmp_path):
    office = new_office(tmp_path, DAY)
    yield office
    office.store.close()


def written(office, run, out, progress=None, size=2, **more):
    """Write what waits of a run in files of two copies each; whole ones are marked."""
    (part,) = run_copies(office, run)
    output = Output(out, own_fonts(), NOW, progress or Progress())
    with PrintedParts(office, run, part.places, more.pop("serial", "")) as done:
        how = Printing(part_size=size, whole=lambda file: done.whole(file.last), **more)
        form = shipped_form(part.form)
        return print_copies(form, with_mark(form, part.copies), About("证书"), output, how)


def squeezed(pdf, page):
    return "".join(pypdf_text(pdf)[page].split())


def test_pages_stand_in_the_order_of_handing_out(office, tmp_path):
    run = begun(office, issued(office, {"红石中学": 2, "八道河子小学": 2}))
    written(office, run, tmp_path / "a.pdf", size=9)
    numbers = [one.number for one in sheets(office, run.id)]
    pages = pypdf_text(tmp_path / "a.pdf")
    assert len(pages) == 4
    assert all(number in page for number, page in zip(numbers, pages, strict=True))
    assert read_run(office, run.id).state == "done"


def test_a_reprint_bears_its_number_and_the_mark(office, tmp_path):
    (one,) = issued(office, {"红石中学": 1})
    mark_printed(office, begun(office, (one,)).id)
    run = begun(office, (one,), copy="reprint", reason="遗失")
    written(office, run, tmp_path / "a.pdf")
    assert f"{one.number}（补）" in squeezed(tmp_path / "a.pdf", 0)
    again = begun(office, (one,), copy="again", reason="墨色不匀")
    written(office, again, tmp_path / "b.pdf")
    assert "补" not in squeezed(tmp_path / "b.pdf", 0)


@pytest.fixture
def photo_reads(monkeypatch):
    """How many photos were asked for, each time photos were read."""
    reads = []
    real = inputs.photos_of
    monkeypatch.setattr(
        inputs, "photos_of", lambda office, ids: reads.append(len(ids)) or real(office, ids)
    )
    return reads


def test_who_is_left_out_costs_no_reading_of_each_copy(office, photo_reads):
    every = issued(office, {"红石中学": 5})
    run = begun(office, every, copy="reprint", reason="遗失")
    out = frozenset({every[1].number})
    (part,) = run_copies(office, run, without=out)
    copies = with_mark(shipped_form("completion"), part.copies)
    assert photo_reads == [1]  # of the first, to see whether they bear the mark
    assert [one.values["number"] for one in copies] == [
        f"{one.number}（补）" for one in every if one.number not in out
    ]
    assert part.places == (1, 3, 4, 5)
    assert photo_reads == [1, 4]
    assert [one.label for one in copies[1:3]] == [copies[1].label, copies[2].label]


def test_characters_are_checked_without_photos_and_pages_need_two_rounds(
    office, tmp_path, photo_reads
):
    run = begun(office, issued(office, {"红石中学": 3}))
    outcome = Outcome()
    write_run(Session(office.store.path, False), office, run, How(tmp_path / "a.pdf"), outcome)
    assert outcome.pages == 3
    assert sum(photo_reads) == 1 + 2 * 3


def fill_disk(monkeypatch, after):
    """Let the disk be full once so many files are whole."""
    real, files = saving.sync_file, []

    def sync(path):
        files.append(path)
        if len(files) > after:
            raise OSError(errno.ENOSPC, "no space left")
        real(path)

    monkeypatch.setattr(saving, "sync_file", sync)


def test_a_disk_full_in_the_middle_leaves_the_register_right(office, tmp_path, monkeypatch):
    fill_disk(monkeypatch, 2)
    receive(office, BLANK, 20, "N0001")
    run = begun(office, issued(office, {"红石中学": 7}), BLANK)
    with pytest.raises(WorldError, match=r"file\.disk_full"):
        written(office, run, tmp_path / "a.pdf", serial="N0001")
    assert sorted(one.name for one in tmp_path.glob("*.pdf")) == ["a-1-2.pdf", "a-3-4.pdf"]
    found = read_run(office, run.id)
    assert (found.printed, found.next_place) == (4, 5)
    assert balance_of(office, BLANK).used == 4
    monkeypatch.undo()
    written(office, found, tmp_path / "b.pdf", serial="N0005")
    assert [one.serial for one in sheets(office, run.id)] == [f"N{n:04d}" for n in range(1, 8)]


def test_what_was_cancelled_is_marked_as_far_as_files_are_whole(office, tmp_path):
    run = begun(office, issued(office, {"红石中学": 5}))
    with pytest.raises(CancelledByUser):
        written(office, run, tmp_path / "a.pdf", Stopping(5 + 3))  # five are checked first
    assert read_run(office, run.id).going_on == "从第 3 份继续（共 5 份，待打印 3 份）"
    written(office, read_run(office, run.id), tmp_path / "b.pdf")
    assert read_run(office, run.id).state == "done"


def test_places_that_lie_between_two_files_are_not_taken_for_printed(office):
    run = begun(office, issued(office, {"红石中学": 4}))
    with PrintedParts(office, run, (1, 3)) as done:
        done.whole(1)
    assert [one.outcome for one in sheets(office, run.id)] == [
        "printed", "waiting", "printed", "waiting",
    ]  # fmt: skip


def test_pages_of_booklets_that_lie_between_are_not_taken_for_printed(office, planned):
    run = plan_year(office, YEAR, LAYOUT).run
    with PrintedParts(office, run, (1, 3)) as done:
        done.whole(1)
    assert [(one.place, one.outcome) for one in lines_of(office, run_id=run.id)] == [
        (1, "printed"), (1, "printed"), (2, "waiting"), (2, "waiting"), (3, "printed"),
        (4, "waiting"),
    ]  # fmt: skip


def test_serials_are_looked_at_before_anything_is_written(office, tmp_path):
    receive(office, BLANK, 20, "N0001")
    found = issued(office, {"红石中学": 2, "八道河子小学": 2})
    mark_printed(office, begun(office, found[:1], BLANK).id, first_serial="N0003")
    with pytest.raises(UserError, match=r"stock\.serial_gone"):
        written(office, begun(office, found[1:], BLANK), tmp_path / "a.pdf", serial="N0001")
    assert list(tmp_path.glob("*.pdf")) == []


def test_what_stopped_a_print_is_told_though_marking_is_refused_too(office):
    run = begun(office, issued(office, {"红石中学": 2}))

    def stopped():
        with PrintedParts(office, run, (1, 2)) as done:
            done.whole(0)
            mark_printed(office, run.id)  # meanwhile, by hand
            raise WorldError("file.disk_full", "磁盘已满。")

    with pytest.raises(WorldError, match=r"file\.disk_full"):
        stopped()


@pytest.fixture
def planned(office):
    people = teachers(office, school(office, "桦甸市第四中学"), 2, work_start="2001-08")
    for one in people:
        train(office, one, "24", "课堂教学研修")
        train(office, one, "24", "师德培训")
    stamp_all(office)
    save_wording(office, "", "", "王老师")
    booklets(office, people)
    return people


LAYOUT = Layout(Section(4, 6, 12), Section(10, 11, 5))


def test_booklet_lines_stand_on_their_lines_and_nothing_else_is_printed(office, planned, tmp_path):
    run = plan_year(office, YEAR, LAYOUT).run
    register, yearly = run_copies(office, run)
    assert (register.form, yearly.form) == ("continuing_register", "continuing_year")
    assert (register.places, yearly.places) == ((1, 2), (3, 4))
    assert register.copies[0].rows == {
        1: {
            "from_to": "2012.05.01—05.15", "training": "师德培训", "mode": "校本",
            "hours": "24", "credits": "2.4", "score": "合格", "organizer": "进修学校",
            "clerk": "王老师",
        },
        2: register.copies[0].rows[2],
    }  # fmt: skip
    assert yearly.copies[0].rows == {
        1: {
            "year": "2012", "hours": "48", "credits": "4.8", "opinion": "经审核，准予登记。",
            "sealed_on": "2012年12月28日",
        }
    }  # fmt: skip
    out = tmp_path / "a.pdf"
    form = shipped_form(register.form)
    output = Output(out, own_fonts(), NOW, Progress())
    print_copies(form, register.copies, About("续打"), output, Printing(background=False))
    assert "继续教育登记" not in squeezed(out, 0)
    first, second = place_of(out, "师德培训"), place_of(out, "课堂教学研修")
    pitch = form.rows.pitch
    assert second.bottom - first.bottom == pytest.approx(pitch, abs=0.3)


def test_the_next_lines_and_a_correction_stand_below(office, planned):
    mark(office, plan_year(office, YEAR, LAYOUT).run.id)
    take_back(office, planned[0], "师德培训")
    run = plan_year(office, YEAR, LAYOUT).run
    (part,) = run_copies(office, run)
    ((line, row),) = part.copies[0].rows.items()
    assert line == 3
    assert row["training"] == "更正2012年：冲销“师德培训”"
    assert (row["hours"], row["credits"]) == ("-24", "-2.4")


def test_without_yearly_pages_the_sum_is_a_line_of_the_register(office, planned):
    run = plan_year(office, YEAR, Layout(Section(4, 6, 12), None)).run
    (part,) = run_copies(office, run)
    last = part.copies[0].rows[3]
    assert last["training"] == "2012 年度合计。经审核，准予登记。"
    assert (last["from_to"], last["hours"]) == ("2012.12.28", "48")


def test_a_sum_that_is_alone_on_a_page_of_the_register_is_printed_as_a_register_line(
    office, planned
):
    run = plan_year(office, YEAR, Layout(Section(4, 6, 2), None)).run
    save_layout(office, LAYOUT)  # however the booklet is bound by the time it is printed
    (part,) = run_copies(office, run)
    assert (part.form, part.places) == ("continuing_register", (1, 2, 3, 4))
    assert part.copies[1].rows[1]["training"] == "2012 年度合计。经审核，准予登记。"


def test_a_layout_with_more_lines_than_the_form_is_refused_before_anything_is_planned():
    refuse_unlike(Layout(Section(4, 6, 12), Section(10, 11, 5)), shipped_form)
    for layout in (Layout(Section(4, 6, 13), None), Layout(Section(4, 6, 2), Section(9, 9, 6))):
        with pytest.raises(UserError, match=r"booklet\.form_lines"):
            refuse_unlike(layout, shipped_form)


def test_the_hand_over_list_is_counted_and_has_each_school_on_its_pages(office, tmp_path):
    found = issued(office, {"红石中学": 3, "八道河子小学": 2})
    run = begun(office, found)
    mark_printed(office, run.id)
    mark_spoilt(office, run.id, 2, "卡纸")
    void(office, found[3].id, "姓名有误")
    listed = hand_over(office, run)
    assert [(one.school, len(one.holders)) for one in listed.schools] == [
        ("八道河子小学", 2), ("红石中学", 2),
    ]  # fmt: skip
    out = tmp_path / "list.pdf"
    hand_over_list.build(listed, out, own_fonts(), Progress())
    assert check_print(out) == 3
    assert bookmarks(out) == ["汇总", "八道河子小学", "红石中学"]
    summary, first, second = (squeezed(out, page) for page in range(3))
    assert "合计2所4" in summary
    assert "2202822012JY00001—2202822012JY00002" in summary
    assert "2202822012JY00003、2202822012JY00005" in second
    assert "以上证书共2本，已当面点清。" in first
    assert "重印" in first
    book = tmp_path / "list.xlsx"
    write_tables(book, hand_over_sheets(listed), Progress())
    rows = list(load_workbook(book).active.values)
    assert rows[2][:4] == ("八道河子小学", 1, found[0].holder_name, "2202822012JY00001")
    assert len(rows) == 6


def test_ranges_break_where_numbers_or_series_break():
    held = [
        Handed("甲", f"{series}{n:03d}号", series, n)
        for series, n in (("A", 1), ("A", 3), ("A", 2), ("A", 5), ("B", 6))
    ]
    assert ranges(held) == ["A001号—A003号", "A005号", "B006号"]


def test_the_report_of_blanks_says_the_equation_and_what_differs(office, tmp_path):
    receive(office, BLANK, 20, "N0001")
    found = issued(office, {"红石中学": 3})
    mark_printed(office, begun(office, found, BLANK).id, first_serial="N0001")
    void(office, found[1].id, "姓名有误")
    report = blank_report(office, {BLANK: 16})
    out = tmp_path / "report.pdf"
    blanks.build(report, out, own_fonts(), Progress())
    assert check_print(out) == 1
    text = squeezed(out, 0)
    assert "空白结业证书20210001716有差异" in text
    assert "账上应余17份，实有16份，少1份。" in text
    assert "2202822012JY00002作废：姓名有误" in text
    book = tmp_path / "report.xlsx"
    write_tables(book, blank_sheets(report), Progress())
    found = load_workbook(book)
    assert found.sheetnames == ["收发存", "差异", "编号", "作废缺号"]
    assert list(found["收发存"].values)[2] == (BLANK, 20, 2, 1, 0, 0, 0, 17, 16, "有差异")
    assert list(found["作废缺号"].values)[1][0] == "2202822012JY00002"


def test_planning_asks_the_file_seldom_however_many_teachers_there_are(office):
    people = teachers(office, school(office, "桦甸市第四中学"), 60, work_start="2001-08")
    for one in people:
        train(office, one, "48", "研修")
    stamp_all(office)
    booklets(office, people)
    asked = []
    office.store.db.conn.set_trace_callback(asked.append)
    assert plan_year(office, YEAR, LAYOUT).lines == 120
    office.store.db.conn.set_trace_callback(None)
    assert len([one for one in asked if one.lstrip().startswith("SELECT")]) < 30
