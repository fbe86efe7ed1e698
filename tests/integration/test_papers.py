from __future__ import annotations

import pytest

from models.errors import CancelledByUser, UserError
from models.progress import Progress
from reports.documents import draw_record, import_report, roster
from reports.documents.draw_record import DrawnPerson, DrawRecord, Stratum
from reports.documents.import_report import ImportReport, ProblemLine
from reports.documents.roster import Roster
from reports.kit import raster
from reports.kit.table import CellKind, Column, Section
from tests.papers import (
    NOW,
    READERS,
    Stopping,
    font_descriptors,
    own_fonts,
    pdfium_text,
    place_of,
    pypdf_text,
)

COLUMNS = (
    Column("教师编号", CellKind.SHORT),
    Column("姓名", CellKind.NAME),
    Column("所在学校"),
    Column("教龄", CellKind.NUMBER),
    Column("备注"),
)


def people(count, name="张三"):
    return tuple((f"T{at:05d}", name, "桦甸市第四中学", str(at % 40), "") for at in range(count))


def a_roster(rows, **changes):
    values = {
        "title": "桦甸市教师花名册",
        "scope": "范围：全部在岗教师；截至 2026年11月23日",
        "office": "桦甸市教师进修学校",
        "printed_at": NOW,
        "columns": COLUMNS,
        "rows": rows,
    }
    return Roster(**(values | changes))


def print_roster(tmp_path, what, name="roster.pdf"):
    built = roster.build(what, tmp_path / name, own_fonts(), Progress())
    assert built.pages == len(pdfium_text(built.path))
    return built.path


def squeezed(text):
    return "".join(text.split())


def test_a_roster_repeats_its_head_and_counts_its_pages(tmp_path):
    pages = [squeezed(page) for page in pypdf_text(print_roster(tmp_path, a_roster(people(120))))]
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert "教师编号姓名所在学校教龄备注" in page
        assert f"第{number}页共{len(pages)}页" in page
        assert "打印日期：2026年11月23日" in page
    assert pages[0].count("桦甸市教师花名册") == 1
    assert "桦甸市教师花名册" not in pages[1]


def test_nobody_is_lost_between_two_pages(tmp_path):
    text = "".join(pypdf_text(print_roster(tmp_path, a_roster(people(333)))))
    assert [f"T{at:05d}" in text for at in range(333)] == [True] * 333


@pytest.mark.parametrize("read", READERS[1:])
def test_a_padded_name_is_found_and_copied_without_the_padding(tmp_path, read):
    text = "".join(read(print_roster(tmp_path, a_roster(people(2)))))
    assert "张三" in text


def test_names_of_two_characters_are_as_wide_as_names_of_three(tmp_path):
    rows = (*people(1, "张三"), *people(1, "李红梅"))
    pdf = print_roster(tmp_path, a_roster(rows))
    assert place_of(pdf, "三").right == pytest.approx(place_of(pdf, "梅").right, abs=0.35)
    assert place_of(pdf, "张").left == pytest.approx(place_of(pdf, "李").left, abs=0.35)


@pytest.mark.parametrize("name", ["覃𰻞", "𬍛覃"])
def test_a_rare_name_in_a_list_is_as_wide_as_the_others_and_found(tmp_path, name):
    pdf = print_roster(tmp_path, a_roster((*people(1, "李红梅"), *people(1, name))))
    assert all(name in "".join(read(pdf)) for read in READERS)
    if name.startswith("覃"):  # PDFium counts what stands behind a rare character otherwise
        assert place_of(pdf, "覃").left == pytest.approx(place_of(pdf, "李").left, abs=0.35)


def test_numbers_stand_right_under_each_other(tmp_path):
    rows = (("T1", "张三", "甲校", "5", ""), ("T2", "李红梅", "乙校", "38", ""))
    pdf = print_roster(tmp_path, a_roster(rows))
    ones, tens = place_of(pdf, "5"), place_of(pdf, "38")
    assert ones.right == pytest.approx(tens.right, abs=0.3)
    assert tens.left < ones.left - 1


@pytest.mark.pinned_fonts
def test_the_content_keeps_to_the_margins(tmp_path):
    pdf = print_roster(tmp_path, a_roster(people(3)))
    title = place_of(pdf, "桦甸市教师花名册")
    assert (title.left + title.right) / 2 == pytest.approx(297 / 2, abs=0.5)
    assert title.top > 15
    assert place_of(pdf, "打印日期：2026年11月23日").right == pytest.approx(282, abs=0.5)
    assert place_of(pdf, "第 1 页").bottom < 210 - 8


def test_a_school_heading_never_stands_last_on_a_page(tmp_path):
    rows = []
    for at in range(60):
        rows.append(Section(f"第{at}中学"))
        rows.extend(people(1))
    text = pypdf_text(print_roster(tmp_path, a_roster(tuple(rows))))
    for page in text:
        body = squeezed(page).split("桦甸市教师进修学校")[0]
        assert not body.endswith("中学") or body.endswith("桦甸市第四中学")


def test_long_cells_wrap_and_short_ones_never_do(tmp_path):
    remark = "二〇二五年九月由夹皮沟镇中心小学校调入，原任教研组长，兼任班主任工作，" * 4
    rows = (("T0000001", "阿依古丽·买买提", "桦甸市第四中学", "5", remark), *people(2))
    pdf = print_roster(tmp_path, a_roster(rows, landscape=False))
    for short in ("T0000001", "阿依古丽·买买提"):
        box = place_of(pdf, short)
        assert box.bottom - box.top < 5
    assert squeezed(remark) in squeezed("".join(pypdf_text(pdf)))


def test_so_many_columns_that_no_page_holds_them_are_refused(tmp_path):
    columns = tuple(Column(f"很长的栏目名称{at}", CellKind.SHORT) for at in range(30))
    row = tuple("很长很长的内容" for _ in columns)
    with pytest.raises(UserError) as refused:
        print_roster(tmp_path, a_roster((row,), columns=columns))
    assert refused.value.code == "paper.too_wide"


def test_characters_no_font_has_are_listed_with_their_rows(tmp_path):
    rows = (*people(1), *people(1, "李\U0003fff0"))
    with pytest.raises(UserError, match="第2行（\U0003fff0）"):
        print_roster(tmp_path, a_roster(rows))
    assert list(tmp_path.iterdir()) == []


def test_the_same_roster_gives_the_same_bytes_and_only_embedded_fonts(tmp_path):
    what = a_roster(people(50))
    first, second = (print_roster(tmp_path, what, name) for name in ("a.pdf", "b.pdf"))
    assert first.read_bytes() == second.read_bytes()
    assert all("/FontFile2" in one.get_object() for one in font_descriptors(first))


def test_a_roster_can_be_cancelled_and_leaves_nothing(tmp_path):
    with pytest.raises(CancelledByUser):
        roster.build(a_roster(people(200)), tmp_path / "r.pdf", own_fonts(), Stopping(2))
    assert list(tmp_path.iterdir()) == []


def test_an_empty_roster_shows_its_head(tmp_path):
    page = squeezed(pypdf_text(print_roster(tmp_path, a_roster(())))[0])
    assert "序号教师编号姓名" in page


def a_draw(**changes):
    values = {
        "title": "2026年县级考核抽签记录",
        "office": "桦甸市教师进修学校",
        "printed_at": NOW,
        "purpose": "《教师的教学技能》考核",
        "exam": "KH2026",
        "base": "在岗教师，按学校分组",
        "eligible": 95,
        "rate": "10%",
        "rounding": "四舍五入且不少于一人",
        "drawn": 2,
        "seed": "35162435162435162435",
        "seed_source": "现场掷骰子",
        "frame_hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "drawn_at": "2026-11-20 09:30",
        "strata": (Stratum("甲校", 50, 5, 5, 2), Stratum("乙校", 45, 5, 5, 1)),
        "people": (
            DrawnPerson("甲校", "张三", "T1", "数学", "抽中"),
            DrawnPerson("甲校", "王𬭎", "T2", "语文", "候补 1"),
            DrawnPerson("乙校", "李红梅", "T3", "英语", "抽中"),
        ),
    }
    return DrawRecord(**(values | changes))


def test_a_draw_record_holds_all_that_is_needed_to_check_the_draw(tmp_path):
    built = draw_record.build(a_draw(), tmp_path / "draw.pdf", own_fonts(), Progress())
    text = squeezed("".join(pypdf_text(built.path)))
    record = a_draw()
    for fact in (record.seed, record.frame_hash, record.exam, "四舍五入且不少于一人", "95人"):
        assert squeezed(fact) in text
    assert "合计9510103" in text
    for line in ("1张三T1数学抽中", "2王𬭎T2语文候补1", "3李红梅T3英语抽中"):
        assert line in text
    for words in (*record.recheck, *record.witnesses):
        assert squeezed(words) in text


def test_remarks_stand_on_the_record_only_where_there_are_any(tmp_path):
    plain = draw_record.build(a_draw(), tmp_path / "a.pdf", own_fonts(), Progress())
    again = a_draw(remarks="第 2 次抽签：名单有误")
    second = draw_record.build(again, tmp_path / "b.pdf", own_fonts(), Progress())
    assert "备注" not in pypdf_text(plain.path)[0]
    assert "第2次抽签：名单有误" in squeezed(pypdf_text(second.path)[0])


def test_the_lines_to_sign_are_not_torn_from_each_other(tmp_path):
    crowd = tuple(
        DrawnPerson(f"第{at % 9}中学", "张三", f"T{at}", "数学", "抽中") for at in range(133)
    )
    built = draw_record.build(a_draw(people=crowd), tmp_path / "d.pdf", own_fonts(), Progress())
    signing = [page for page in pypdf_text(built.path) if "主持人" in page]
    assert len(signing) == 1
    assert "监督人" in signing[0]
    assert "记录人" in signing[0]


def a_report(problems, **changes):
    values = {
        "title": "四中花名册导入结果",
        "office": "桦甸市教师进修学校",
        "printed_at": NOW,
        "facts": (("文件", "四中.xlsx"),),
        "counts": (("数据行", 120), ("新增", 80), ("未导入", 40)),
        "problems": problems,
    }
    return ImportReport(**(values | changes))


def test_an_import_report_counts_and_lists_every_problem(tmp_path):
    problems = tuple(
        ProblemLine("Sheet1", str(at), "身份证号", "1101**", "未导入", f"第{at}行校验位不对。")
        for at in range(5, 60)
    )
    what = a_report(problems, note="请改正后重报。")
    built = import_report.build(what, tmp_path / "report.pdf", own_fonts(), Progress())
    text = squeezed("".join(pypdf_text(built.path)))
    assert "数据行120，新增80，未导入40" in text
    assert "问题（55条）" in text
    assert all(f"第{at}行校验位不对。" in text for at in range(5, 60))
    assert "请改正后重报。" in text


def test_a_report_without_problems_says_so(tmp_path):
    built = import_report.build(a_report(()), tmp_path / "r.pdf", own_fonts(), Progress())
    assert "没有发现问题" in pypdf_text(built.path)[0]


def test_what_a_sender_wrote_is_reported_even_with_characters_no_font_has(tmp_path):
    problem = ProblemLine("表", "3", "姓名", "李\U0003fff0\n", "未导入", "姓名里有看不懂的字。")
    built = import_report.build(a_report((problem,)), tmp_path / "r.pdf", own_fonts(), Progress())
    assert "李〓" in pypdf_text(built.path)[0]


def test_a_page_becomes_a_picture_of_its_size(tmp_path):
    pdf = print_roster(tmp_path, a_roster(people(3)))
    picture = raster.page_picture(pdf, 0, dpi=72)
    assert (picture.width, picture.height) == (842, 596)
    assert len(picture.pixels) == picture.stride * picture.height
    assert len(set(picture.pixels)) > 10
