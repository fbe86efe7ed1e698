"""Official letters, measured on the rendered page against GB/T 9704-2012."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pytest

from models.errors import UserError
from models.progress import Progress
from reports.documents.circular import Attachment, Circular, build
from reports.kit.official import read_geometry
from reports.kit.official_pages import HeadMode
from reports.kit.table import CellKind, Column
from tests.papers import (
    NOW,
    POINTS,
    bookmarks,
    check_print,
    own_fonts,
    pdfium_text,
    place_of,
    squeezed,
)

pytestmark = pytest.mark.prints

TOP, LEFT, WIDTH, HEIGHT = 37, 28, 156, 225
BOTTOM, RIGHT = TOP + HEIGHT, LEFT + WIDTH
PITCH, CHARACTER = HEIGHT / 22, WIDTH / 28
SEAL, LOWER = 42, 3
SIGNER = "桦甸市教师进修学校"
COLUMNS = (Column("名次", CellKind.SHORT), Column("学校"), Column("达标率", CellKind.NUMBER))


def letter(**changes):
    base = Circular(
        title="关于2025年度中小学教师继续教育完成情况的通报",
        paragraphs=("现将情况通报如下：", "一、总体情况", "全市达标率88.3%。", "特此通报。"),
        office="桦甸市教师进修学校",
        printed_at=NOW,
        organ="桦甸市教师进修学校",
        number="桦教师训〔2025〕12号",
        addressees="各中小学、幼儿园",
        signer="桦甸市教师进修学校",
        signed_on="2025-12-20",
        copies_to="桦甸市教育局",
        printed_by="桦甸市教师进修学校办公室",
        printed_on="2025-12-22",
    )
    return replace(base, **changes)


def table(count, title="各校达标率排名"):
    rows = tuple((str(n), f"第{n}学校", f"{100 - n}.0%") for n in range(1, count + 1))
    return Attachment(title, COLUMNS, rows, "注：并列的名次相同。")


def printed(circular, tmp_path):
    out = tmp_path / "letter.pdf"
    built = build(circular, out, own_fonts(), Progress(), overwrite=True)
    assert check_print(out) == built.pages
    return out


def lines_on(pdf, page=0):
    """The lines of a page: the characters of each with left, right and middle of their ems."""
    found = {}
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        height = document[page].get_height()
        letters = document[page].get_textpage()
        for at, char in enumerate(letters.get_text_range()):
            if not char.isspace():
                left, bottom, right, top = letters.get_charbox(at, loose=True)
                middle = (height - (bottom + top) / 2) / POINTS
                row = found.setdefault(round(middle), [])
                row.append((char, left / POINTS, right / POINTS, middle))
    return [found[key] for key in sorted(found)]


def line_of(pdf, text, page=0):
    """The line of a page that holds a text, its characters with their ems."""
    return next(row for row in lines_on(pdf, page) if text in "".join(one[0] for one in row))


def strokes(pdf, page=0, dpi=1200, x=60.0):
    """Middle and thickness of each stroke that crosses a column of the page, in millimetres."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        picture = document[page].render(scale=dpi / 72, grayscale=True).to_pil()
    column = picture.crop((round(x / 25.4 * dpi), 0, round(x / 25.4 * dpi) + 1, picture.height))
    dark = [at for at, value in enumerate(column.get_flattened_data()) if value < 128]
    runs = []
    for at in dark:
        if runs and at == runs[-1][1] + 1:
            runs[-1][1] = at
        else:
            runs.append([at, at])
    return [((a + b + 1) / 2 / dpi * 25.4, (b + 1 - a) / dpi * 25.4) for a, b in runs]


def test_full_pages_have_22_lines_at_even_pitch(tmp_path):
    pdf = printed(letter(paragraphs=("继续教育" * 500,), addressees=""), tmp_path)
    lines = [row for row in lines_on(pdf, page=1) if row[0][3] < BOTTOM]
    assert [len(row) for row in lines] == [28] * 22
    middles = [row[0][3] for row in lines]
    steps = [after - before for before, after in pairwise(middles)]
    assert steps == pytest.approx([PITCH] * 21, abs=0.05)
    assert middles[0] == pytest.approx(TOP + PITCH / 2, abs=0.7)
    assert middles[-1] == pytest.approx(BOTTOM - PITCH / 2, abs=0.7)
    for row in lines:
        assert row[0][1] == pytest.approx(LEFT, abs=0.1)
        assert row[-1][2] == pytest.approx(RIGHT, abs=0.15)


def test_the_first_line_of_a_paragraph_is_indented_by_two_characters(tmp_path):
    box = place_of(printed(letter(), tmp_path), "现将情况")
    assert box.left == pytest.approx(LEFT + 2 * CHARACTER, abs=0.5)


def test_page_numbers_stand_7_mm_below_right_and_left(tmp_path):
    pdf = printed(letter(paragraphs=("继续教育" * 500,)), tmp_path)
    odd, even = place_of(pdf, "— 1 —", 0), place_of(pdf, "— 2 —", 1)
    inset = 14 / POINTS
    assert odd.right == pytest.approx(RIGHT - inset, abs=0.4)
    assert even.left == pytest.approx(LEFT + inset, abs=0.4)
    dash = place_of(pdf, "—", 0)
    assert (dash.top + dash.bottom) / 2 == pytest.approx(BOTTOM + 7, abs=0.3)


def test_the_red_head_has_its_places(tmp_path):
    pdf = printed(letter(head=HeadMode.RED), tmp_path)
    mark, number = place_of(pdf, "桦甸市教师进修学校文件"), place_of(pdf, "桦教师训〔2025〕12号")
    assert mark.top == pytest.approx(TOP + 35, abs=1.0)
    assert (mark.left + mark.right) / 2 == pytest.approx(LEFT + WIDTH / 2, abs=0.5)
    assert (number.left + number.right) / 2 == pytest.approx(LEFT + WIDTH / 2, abs=0.5)
    red = read_geometry().head
    middle, thick = min(strokes(pdf, x=LEFT + 2), key=lambda one: abs(one[0] - number.bottom - 4))
    assert middle == pytest.approx(number.bottom + red.number_gap, abs=0.8)
    assert thick == pytest.approx(red.rule, abs=0.04)
    title = place_of(pdf, "关于2025年度中小学")
    assert title.top - middle == pytest.approx(2 * PITCH, abs=PITCH / 2 + 2)


def test_a_pre_printed_head_is_left_white_but_for_the_number(tmp_path):
    drawn, blank = (
        printed(letter(head=mode), tmp_path.joinpath(mode).mkdir() or tmp_path / mode)
        for mode in (HeadMode.RED, HeadMode.PRINTED)
    )
    assert "桦甸市教师进修学校文件" not in squeezed(blank)
    for text in ("桦教师训〔2025〕12号", "关于2025年度中小学", "现将情况"):
        assert place_of(blank, text) == pytest.approx(place_of(drawn, text), abs=0.05)
    with closing(pypdfium2.PdfDocument(blank)) as document:
        picture = document[0].render(scale=1).to_pil().convert("RGB")
    assert all(max(pixel) - min(pixel) < 40 for pixel in set(picture.get_flattened_data()))


def test_office_and_day_leave_room_for_the_seal(tmp_path):
    pdf = printed(letter(), tmp_path)
    day, text = line_of(pdf, "2025年12月20日"), line_of(pdf, "特此通报。")
    assert day[-1][2] == pytest.approx(RIGHT - 4 * CHARACTER, abs=0.2)
    signer = [row for row in lines_on(pdf) if "".join(one[0] for one in row) == SIGNER][-1]
    middle = (signer[0][1] + signer[-1][2]) / 2
    assert middle == pytest.approx((day[0][1] + day[-1][2]) / 2, abs=0.3)
    assert day[0][3] - text[0][3] == pytest.approx(4 * PITCH, abs=0.3)
    centre = day[0][3] - PITCH / 2 - LOWER  # both lines stand a little below the seal's middle
    assert 0 < centre - SEAL / 2 - text[0][3] - 8 / POINTS < PITCH


def test_without_a_seal_the_day_stands_two_characters_in(tmp_path):
    pdf = printed(letter(sealed=False, signer="训研部"), tmp_path)
    day, signer = line_of(pdf, "2025年12月20日"), line_of(pdf, "训研部")
    assert day[-1][2] == pytest.approx(RIGHT - 2 * CHARACTER, abs=0.2)
    assert day[0][1] - signer[0][1] == pytest.approx(2 * CHARACTER, abs=0.2)


def test_the_imprint_closes_on_the_lower_edge(tmp_path):
    pdf = printed(letter(), tmp_path)
    below = [one for one in strokes(pdf, x=LEFT + 1.5) if one[0] > 200]
    assert [round(thick, 2) for _, thick in below] == pytest.approx([0.35, 0.25, 0.35], abs=0.03)
    assert below[-1][0] == pytest.approx(BOTTOM, abs=0.2)
    copies, by = place_of(pdf, "抄送：桦甸市教育局"), place_of(pdf, "桦甸市教师进修学校办公室")
    assert copies.left == pytest.approx(LEFT + 14 / POINTS, abs=0.5)
    assert copies.bottom < below[1][0] < by.top
    assert place_of(pdf, "2025年12月22日印发").right == pytest.approx(RIGHT - 14 / POINTS, abs=0.5)


def test_long_lists_of_copies_hang_below_the_first_office(tmp_path):
    offices = "，".join(f"第{n}片区辅导站" for n in range(1, 12))
    pdf = printed(letter(copies_to=offices), tmp_path)
    first = place_of(pdf, "第1片区")
    rows = [row for row in lines_on(pdf) if 230 < row[0][3] < BOTTOM and row[0][1] > 40]
    assert rows
    assert all(row[0][1] == pytest.approx(first.left, abs=0.5) for row in rows)


def test_attachments_begin_pages_and_repeat_their_heads(tmp_path):
    both = (table(60), table(3, "验印率排名"))
    pdf = printed(letter(attachments=both), tmp_path)
    text = [page.replace("\r\n", "") for page in pdfium_text(pdf)]
    assert "附件：1. 各校达标率排名" in text[0]
    assert sum("名次" in page for page in text) == 4
    corner = place_of(pdf, "附件1", 1)
    assert corner.left == pytest.approx(LEFT, abs=0.5)
    title = place_of(pdf, "各校达标率排名", 1)
    assert (title.top + title.bottom) / 2 == pytest.approx(TOP + 2.5 * PITCH, abs=0.6)
    assert bookmarks(pdf)[1:] == ["附件1 各校达标率排名", "附件2 验印率排名"]
    assert all(f"第{n}学校" in "".join(text) for n in range(1, 61))


def test_a_table_can_stand_in_the_text(tmp_path):
    pdf = printed(
        letter(attachments=(table(4),), paragraphs=("情况如下：", "【表1】", "特此通报。")),
        tmp_path,
    )
    assert len(pdfium_text(pdf)) == 1
    said = squeezed(pdf)
    assert "【表1】" not in said
    assert "附件" not in said
    assert said.index("情况如下") < said.index("第4学校") < said.index("特此通报")


def test_office_and_day_are_never_alone_on_a_page(tmp_path):
    for lines in range(8, 30):
        paragraphs = tuple(f"第{n}项工作。" for n in range(lines))
        pdf = printed(letter(paragraphs=paragraphs), tmp_path)
        last = next(page for page in pdfium_text(pdf) if "2025年12月20日" in page)
        assert f"第{lines - 1}项工作" in last


def test_the_same_letter_gives_the_same_bytes(tmp_path):
    one = printed(letter(head=HeadMode.RED, attachments=(table(9),)), tmp_path).read_bytes()
    two = printed(letter(head=HeadMode.RED, attachments=(table(9),)), tmp_path).read_bytes()
    assert one == two


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        ({"paragraphs": (" ",)}, "circular.empty", "没有标题或正文"),
        ({"paragraphs": ("如下：", "【表2】")}, "circular.no_table", "只有 0 张表"),
        ({"paragraphs": ("教师\U0010fffd到会。",)}, "paper.glyph_missing", "正文第1段"),
    ],
)
def test_what_cannot_be_printed_is_refused_in_words(tmp_path, changes, code, said):
    with pytest.raises(UserError) as refused:
        build(letter(**changes), tmp_path / "no.pdf", own_fonts(), Progress())
    assert refused.value.code == code
    assert said in refused.value.message
    assert not (tmp_path / "no.pdf").exists()
