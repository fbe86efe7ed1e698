"""The papers of a training class: on the door, in the hand, to sign, on the table."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from decimal import Decimal

import pypdfium2
import pytest
from PIL import ImageChops

from models.errors import CancelledByUser, UserError
from models.progress import Progress
from models.training import courses, enrolments, sessions
from reports.documents import class_pack
from reports.documents.class_desk_cards import CardLook, card_sizes
from reports.documents.class_pack import PackWish
from reports.documents.training_class import Member, Sitting, TrainingClass
from reports.inputs.training_classes import name_sheet, training_class
from reports.workbooks.table import write_table
from tests.papers import NOW, Stopping, bookmarks, check_print, own_fonts, pdfium_text, squeezed
from tests.people import school, teachers

pytestmark = pytest.mark.prints


def a_class(count=45, **changes):
    names = (
        "张三",
        "阿卜杜拉·买买提江",
        "欧阳震华",
        "𫰡珏",
        *(f"王小{chr(0x4E00 + n)}" for n in range(count)),
    )
    base = TrainingClass(
        title="2025年初中数学骨干教师研修班",
        office="桦甸市教师进修学校",
        printed_at=NOW,
        facts=(
            ("时间", "2025年7月14日—2025年7月16日"),
            ("地点", "四楼报告厅"),
            ("学时", "24 学时"),
        ),
        sittings=(Sitting("第1次　2025年7月14日", "开班"), Sitting("2025年7月15日", halves=True)),
        people=tuple(
            Member(name, f"{n:04d}", "桦甸市八道河子镇中心小学校", "男", "初中", "数学", "一级教师")
            for n, name in enumerate(names[:count])
        ),
    )
    return replace(base, **changes)


def build(training, tmp_path, wish=None):
    out = tmp_path / "pack.pdf"
    return class_pack.build(training, out, own_fonts(), Progress(), overwrite=True, wish=wish)


def sizes_of(pdf):
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [tuple(round(one / 72 * 25.4) for one in page.get_size()) for page in document]


def test_one_call_makes_all_papers_in_the_order_of_use(tmp_path):
    built = build(a_class(), tmp_path)
    assert bookmarks(built.path) == [
        "门贴", "学员名单", "签到表 第1次　2025年7月14日", "签到表 2025年7月15日", "桌签（45 人）",
    ]  # fmt: skip
    assert sizes_of(built.path)[:2] == [(297, 210), (210, 297)]
    assert check_print(built.path, edge=3) == built.pages == 1 + 2 + 2 + 2 + 45


def test_sign_in_sheets_leave_room_to_write_and_repeat_their_heads(tmp_path):
    built = build(a_class(), tmp_path, PackWish(("sign-in",)))
    text = pdfium_text(built.path)
    assert len(text) == 4
    assert all("姓" in page and "学校" in page for page in text)
    assert "上午签到" in text[2]
    assert "下午签到" in text[2]
    assert "第 1 页　共 2 页" in text[2]
    assert "应到 45 人，实到" in text[1]


@pytest.mark.parametrize("size", list(card_sizes()))
def test_both_faces_of_a_card_are_alike_one_on_its_head(size, tmp_path):
    training = a_class(4)
    built = build(training, tmp_path, PackWish(("cards",), CardLook(size)))
    kind = card_sizes()[size]
    assert built.pages == -(-4 // len(kind.cards))
    assert squeezed(built.path).count("欧阳震华") == 2
    assert squeezed(built.path).count("张三") == 2
    assert squeezed(built.path).count("𫰡珏") == 2
    place, dpi = kind.cards[0], 72
    with closing(pypdfium2.PdfDocument(built.path)) as document:
        page = document[0].render(scale=dpi / 72, grayscale=True).to_pil()
    to = dpi / 25.4
    inset = 15  # the marks of folds stand at the edges
    left, right = round((place.x + inset) * to), round((place.x + place.width - inset) * to)
    high = round((place.face - 4) * to)
    upper = page.crop((left, round((place.y + 2) * to), right, round((place.y + 2) * to) + high))
    lower_top = round((place.y + place.face + 2) * to)
    lower = page.crop((left, lower_top, right, lower_top + high))
    assert min(lower.get_flattened_data()) < 60
    unlike = ImageChops.difference(upper.rotate(180), lower).point(lambda v: 255 * (v > 128))
    assert sum(unlike.histogram()[255:]) < 0.02 * lower.width * lower.height


def test_long_names_and_their_school_do_not_touch(tmp_path):
    training = a_class(2)
    built = build(training, tmp_path, PackWish(("cards",), CardLook("triangle")))
    with closing(pypdfium2.PdfDocument(built.path)) as document:
        page = document[1].get_textpage()
        text = page.get_text_range()
        at = {word: text.rindex(word) for word in ("买买提江", "桦甸市八道河子")}
        boxes = {word: page.get_charbox(start) for word, start in at.items()}
    assert boxes["买买提江"][1] > boxes["桦甸市八道河子"][3] + 2


def test_a_name_without_glyph_is_refused_with_its_person(tmp_path):
    odd = a_class(2, people=(Member("张\U0010fffd", "1", "四中"),))
    with pytest.raises(UserError, match="张\U0010fffd") as refused:
        build(odd, tmp_path)
    assert refused.value.code == "paper.glyph_missing"


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (PackWish(("cards",), CardLook("huge")), "class.card_size"),
        (PackWish(("menu",)), "class.paper"),
        (PackWish(()), "class.paper"),
    ],
)
def test_unknown_papers_and_cards_are_refused(wish, code, tmp_path):
    with pytest.raises(UserError) as refused:
        build(a_class(2), tmp_path, wish)
    assert refused.value.code == code


def test_an_empty_class_says_what_to_do(tmp_path):
    with pytest.raises(UserError, match="还没有学员"):
        build(a_class(0, people=()), tmp_path)


def test_cancelling_leaves_nothing_behind(tmp_path):
    with pytest.raises(CancelledByUser):
        class_pack.build(a_class(), tmp_path / "pack.pdf", own_fonts(), Stopping(2))
    assert list(tmp_path.iterdir()) == []


def test_the_same_class_gives_the_same_bytes(tmp_path):
    first = build(a_class(5), tmp_path).path.read_bytes()
    assert build(a_class(5), tmp_path).path.read_bytes() == first


def course_of(office, **values):
    known = {"title": "师德", "year": 2025, "hours": Decimal(16), "place": "报告厅", **values}
    course_id = courses.register(office, known).course_id
    enrolments.enrol(office, course_id, teachers(office, school(office, "桦甸市第四中学"), 3))
    return course_id


def test_a_course_gives_its_facts_days_and_people(office):
    course_id = course_of(office, start_date="2025-03-01", end_date="2025-03-02")
    found = training_class(office, course_id)
    assert found.facts == (
        ("时间", "2025年3月1日—2025年3月2日"), ("地点", "报告厅"),
        ("学时", "16 学时"), ("人数", "3 人"),
    )  # fmt: skip
    assert [one.title for one in found.sittings] == ["2025年3月1日", "2025年3月2日"]
    assert all(one.halves for one in found.sittings)
    assert {one.school for one in found.people} == {"桦甸市第四中学"}
    assert found.people[0].sex == "男"


def test_sessions_are_signed_for_one_by_one_or_by_day(office):
    course_id = course_of(office, start_date="2025-03-01", end_date="2025-03-02")
    for topic in ("开班", "分组"):
        sessions.add_session(office, course_id, "2025-03-01", topic)
    each = training_class(office, course_id).sittings
    assert [(one.title, one.topic) for one in each] == [
        ("第1次　2025年3月1日", "开班"), ("第2次　2025年3月1日", "分组"),
    ]  # fmt: skip
    assert [one.title for one in training_class(office, course_id, "day").sittings] == [
        "2025年3月1日"
    ]


def test_a_course_without_days_has_one_sheet_to_be_dated_by_hand(office):
    sitting = training_class(office, course_of(office)).sittings
    assert [one.halves for one in sitting] == [False]
    assert "月" in sitting[0].title


def test_the_list_of_names_is_a_workbook_too(office, tmp_path):
    written = write_table(
        tmp_path / "names.xlsx", name_sheet(office, course_of(office)), Progress()
    )
    assert written.rows == 3
