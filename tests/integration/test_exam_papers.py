"""The papers of an exam day: tickets, doors, plans, labels, sign-in, all in one pack."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pypdfium2
import pytest
import zxingcpp

from models.certificates.own_forms import OwnForm, drop_own_form, save_own_form
from models.errors import CancelledByUser, UserError
from models.exams.attendance import Noted, note_states
from models.exams.examinees import sitting
from models.exams.naming import examinee_meant
from models.exams.records import Part, Room, Session
from models.exams.registration import set_parts
from models.exams.rooms import add_rooms
from models.exams.seats import give_seats
from models.progress import Progress
from models.staff.photos import keep
from reports.documents import exam_labels, exam_pack
from reports.documents.exam_pack import PackWish, Section
from reports.inputs.certificate_forms import shipped_texts
from reports.inputs.exam_days import exam_day, seat_sheet
from reports.kit.furniture import Part as PaperPart
from reports.kit.sample_photo import sample_photo
from reports.workbooks.table import write_table
from tests.exams import county, whole_exam
from tests.offices import new_office
from tests.papers import (
    Stopping,
    bookmarks,
    check_print,
    own_fonts,
    pdfium_text,
    place_of,
    squeezed,
)

pytestmark = pytest.mark.prints
ROOMS = (
    Room(number=1, name="三年一班", place="四中教学楼二楼"),
    Room(number=2, name="第2考场", lanes=(7, 7, 7, 7, 7), left_empty=(5,)),
)


@pytest.fixture(scope="module")
def seated(tmp_path_factory):
    office = new_office(tmp_path_factory.mktemp("exam"), "2025-12-18")
    county(office)
    exam = whole_exam(office)
    add_rooms(office, exam, ROOMS)
    give_seats(office, exam)
    with office.store.operation("test", "改名、照片"):
        rename = "UPDATE teacher SET name = ? WHERE id = ?"
        for number, name in (("20250100103", "阿卜杜拉·买买提江"), ("20250100104", "𫰡珏")):
            office.store.execute(rename, (name, examinee_meant(office, exam, number).teacher_id))
        keep(office, examinee_meant(office, exam, "20250100101").teacher_id, sample_photo())
    yield office, exam
    office.store.close()


@pytest.fixture
def day(seated):
    return exam_day(*seated)


def build(day, tmp_path, *papers, progress=None, **more):
    wish = PackWish(papers, **more) if papers else PackWish(**more)
    out = tmp_path / "pack.pdf"
    return exam_pack.build(day, out, own_fonts(), progress or Progress(), overwrite=True, wish=wish)


def codes_on(pdf, page, dpi=200):
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        picture = document[page].render(scale=dpi / 72, grayscale=True).to_pil()
    return {one.text for one in zxingcpp.read_barcodes(picture)}


def test_the_whole_pack_is_one_file_in_the_order_of_handing_out(day, tmp_path):
    built = build(day, tmp_path)
    titles = bookmarks(built.path)
    assert titles[:2] == ["目录", "考场安排表"]
    assert [one for one in titles if one.startswith("考生名单")] == titles[2:6]
    assert titles[6] == "准考证（60 张）"
    assert titles[7:] == [
        f"第{room}考场{paper}"
        for room in (1, 2)
        for paper in ("门贴", "座次图", "桌贴", "签到表", "答题卡标签")
    ]
    assert check_print(built.path, edge=3) == built.pages


def test_the_contents_say_on_which_page_everything_begins(day, tmp_path):
    pages = pdfium_text(build(day, tmp_path).path)
    contents = pages[0].split()
    at = contents.index("第2考场")
    start, count = int(contents[at + 2]), int(contents[at + 3])
    assert contents[at + 1] == "监考员"
    assert "第2考场" in pages[start - 1]
    assert start + count - 1 == len(pages)
    assert contents[contents.index("合计") + 1] == str(len(pages) - 1)


def test_contents_that_take_several_pages_count_themselves(day):
    blank = PaperPart("", [])
    many = [Section(f"第{n}考场", "监考员", (blank,)) for n in range(1, 101)]
    told = exam_pack._contents(day, many, own_fonts())
    assert told.pages > 2
    first = told.parts[0].blocks[1].pieces[0]
    assert first.cells[3] == (str(told.pages + 1),)


def test_a_folder_holds_what_each_is_handed_numbered(day, tmp_path):
    made = exam_pack.build_each(day, tmp_path, own_fonts(), Progress())
    assert [one.path.name for one in made] == [
        "0 目录.pdf", "1 考场安排表.pdf", "2 考生名单.pdf", "3 准考证.pdf",
        "4 第1考场（三年一班）.pdf", "5 第2考场.pdf",
    ]  # fmt: skip
    assert sum(one.pages for one in made) == build(day, tmp_path).pages
    with pytest.raises(UserError, match=r"file\.exists|已"):
        exam_pack.build_each(day, tmp_path, own_fonts(), Progress())


def test_tickets_are_four_on_a_sheet_each_whole_with_photo_and_code(day, tmp_path, seated):
    built = build(day, tmp_path, "tickets")
    assert built.pages == 15
    with closing(pypdfium2.PdfDocument(built.path)) as document:
        assert [round(one / 72 * 25.4) for one in document[0].get_size()] == [297, 210]
    text = squeezed(built.path)
    people = sitting(*seated)
    assert all(text.count(one.admission_no) == 1 for one in people)
    assert "2025年12月20日9:00—11:00" in text
    assert "四中教学楼二楼" in text
    assert "初中语文" in text
    numbers = [copy.code for copy in day.tickets]
    assert codes_on(built.path, 0) == set(numbers[:4])
    assert [copy.code for copy in day.tickets if copy.photo] == ["20250100101"]
    first, fourth = (place_of(built.path, number) for number in (numbers[0], numbers[3]))
    assert round(fourth.left - first.left) == 148
    assert round(fourth.top - first.top) == 105


def test_tickets_go_by_school(day):
    schools = [copy.values["school"] for copy in day.tickets]
    assert schools == sorted(schools)
    assert len(set(schools)) == 4


def test_an_own_form_of_a_larger_size_has_sheets_of_its_own(seated, tmp_path):
    office, exam = seated
    text = shipped_texts()["ticket"].replace(
        "width = 148\nheight = 105", "width = 210\nheight = 297"
    )
    save_own_form(office, OwnForm("ticket", text), "准考证")
    try:
        built = build(exam_day(office, exam), tmp_path, "tickets")
    finally:
        drop_own_form(office, "ticket", "准考证")
    assert built.pages == 60


def test_the_door_says_the_room_from_afar_and_who_sits_there(day, tmp_path):
    built = build(day, tmp_path, "door")
    first, second = pdfium_text(built.path)
    assert "准考证号 20250100101—20250100130　共 30 人" in first
    assert "三年一班" in first
    assert "20250100231" in second
    title = place_of(built.path, "第1考场")
    assert title.right - title.left > 100


def test_the_plan_has_the_front_on_top_and_numbers_in_a_snake(day, tmp_path):
    built = build(day, tmp_path, "plan")
    last, turned = (place_of(built.path, f"202501001{seat}") for seat in ("08", "09"))
    assert turned.left > last.right
    assert turned.top < last.top
    first, beside = (place_of(built.path, f"202501001{seat}") for seat in ("01", "15"))
    assert round(first.bottom) == round(beside.bottom)
    assert place_of(built.path, "讲").bottom < first.top
    assert "空" in pdfium_text(built.path)[1]


def test_a_room_signs_on_one_page_with_its_invigilators(day, tmp_path):
    pages = pdfium_text(build(day, tmp_path, "sign-in").path)
    assert len(pages) == 2
    assert all("应到 30 人，实到" in page and page.count("监考员") == 2 for page in pages)
    assert "阿卜杜拉·买买提江" in pages[0]


@pytest.mark.parametrize("size", list(exam_labels.label_sheets()))
def test_labels_fill_sheets_of_every_kind_and_codes_can_be_read(day, size, tmp_path):
    kind = exam_labels.label_sheets()[size]
    built = build(day, tmp_path, "desk", "answer", desk=size, answer=size)
    sheets = -(-30 // kind.count)
    assert built.pages == 1 + 4 * sheets
    people = [one.admission_no for one in day.rooms[0].people]
    on_first = set(people[: kind.count])
    assert codes_on(built.path, 1 + sheets, 300) == on_first
    text = "".join(pdfium_text(built.path)[1 : 1 + sheets])
    assert all(number in text for number in people)
    right, bottom = kind.corner(kind.count - 1)
    assert right + kind.cell.width <= kind.sheet.width + 0.1
    assert bottom + kind.cell.height <= kind.sheet.height + 0.1


def test_each_school_has_its_page_or_all_share_a_list(day, tmp_path):
    apart = build(day, tmp_path, "list")
    assert apart.pages == 4
    assert "准考证 25 张，领取人" in "".join(pdfium_text(apart.path))
    together = build(day, tmp_path, "list", each=False)
    assert together.pages < apart.pages
    assert "共 60 人" in pdfium_text(together.path)[0]


def test_papers_go_by_title_too_and_stand_in_the_order_of_handing_out(day, tmp_path):
    built = build(day, tmp_path, "签到表", "考场安排表")
    assert bookmarks(built.path) == ["目录", "考场安排表", "第1考场签到表", "第2考场签到表"]


def test_some_rooms_can_be_printed_by_themselves(seated, tmp_path):
    office, exam = seated
    day = exam_day(office, exam, [2])
    assert (len(day.rooms), day.people, len(day.tickets)) == (1, 30, 30)
    with pytest.raises(UserError, match="没有第 3 考场"):
        exam_day(office, exam, [3])


def test_the_seats_are_a_workbook_too(seated, tmp_path):
    out = tmp_path / "seats.xlsx"
    assert write_table(out, seat_sheet(*seated), Progress()).rows == 60
    rows = list(openpyxl.load_workbook(out).active.values)
    assert rows[0][0] == "2025年教师业务统考考生座位"
    assert rows[2][:3] == ("第1考场（三年一班）", 1, "20250100101")


def test_parts_days_and_places_that_are_not_set_are_said_or_left_out(tmp_path):
    office = new_office(tmp_path)
    county(office)
    exam = whole_exam(office, session=Session())
    give_seats(office, exam)
    blank = exam_day(office, exam)
    assert (blank.when, blank.place, blank.subject) == ("", "", "")
    assert blank.tickets[0].values["exam_day"] == "另行通知"
    set_parts(
        office, exam, [Part(name=name, weight=Decimal(50)) for name in ("教育理论", "专业知识")]
    )
    assert exam_day(office, exam).tickets[0].values["exam_subject"] == "教育理论、专业知识"
    one = examinee_meant(office, exam, "20250100101")
    note_states(office, exam, {one.id: Noted("excused", "住院")})
    assert exam_day(office, exam).people == 59
    office.store.close()


def test_papers_before_seats_are_given_say_what_to_do(tmp_path):
    office = new_office(tmp_path)
    county(office)
    exam = whole_exam(office)
    with pytest.raises(UserError, match=r"exam\.not_seated"):
        exam_day(office, exam)
    office.store.close()


@pytest.mark.parametrize(
    ("papers", "more", "code"),
    [
        (("menu",), {}, "exam.paper"),
        (("desk",), {"desk": "a5"}, "exam.label_size"),
        (("answer",), {"answer": "a5"}, "exam.label_size"),
    ],
)
def test_unknown_papers_and_labels_are_refused(day, papers, more, code, tmp_path):
    with pytest.raises(UserError) as refused:
        build(day, tmp_path, *papers, **more)
    assert refused.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_name_without_glyph_is_refused_with_its_person(day, tmp_path):
    room = day.rooms[0]
    odd = replace(room, people=(replace(room.people[0], name="张\U0010fffd"), *room.people[1:]))
    with pytest.raises(UserError, match="张\U0010fffd") as refused:
        build(replace(day, rooms=(odd,)), tmp_path, "door")
    assert refused.value.code == "paper.glyph_missing"


@pytest.mark.parametrize("steps", [0, 3, 70])
def test_cancelling_leaves_nothing_behind(day, steps, tmp_path):
    with pytest.raises(CancelledByUser):
        build(day, tmp_path, progress=Stopping(steps))
    assert list(tmp_path.iterdir()) == []


def test_the_same_day_gives_the_same_bytes(day, tmp_path):
    first = build(day, tmp_path).path.read_bytes()
    assert build(day, tmp_path).path.read_bytes() == first
