"""Bars: as long as their figures say, labels cut in the middle, nothing beside the chart."""

from __future__ import annotations

from itertools import pairwise

import pytest

from models.progress import Progress
from reports.kit import charts, furniture
from reports.kit.charts import Bar, Share
from reports.kit.furniture import Output, Part, Sheet
from reports.kit.paper import Pen
from reports.kit.setting import heading, paragraph
from reports.kit.table import CellKind, Column, Total, facts, table
from tests.papers import NOW, bookmarks, check_print, own_fonts, place_of, pypdf_text, squeezed

pytestmark = pytest.mark.prints
WIDTH = 170
SHADES = (("达到", charts.DARK), ("未达到", charts.LIGHT))


def lengths(block):
    return [sum(length for length, _ in row.stretches) for row in block.pieces[-3:]]


def test_bars_are_as_long_as_their_values():
    rows = [Bar("甲", 10, "10"), Bar("乙", 5, "5"), Bar("丙", -3, "-3")]
    first, second, third = lengths(charts.bars(rows, own_fonts(), WIDTH))
    assert first == pytest.approx(2 * second)
    assert third == 0
    assert first < WIDTH


def test_bars_of_nothing_have_no_length():
    assert lengths(charts.bars([Bar("甲", 0, "0")], own_fonts(), WIDTH)) == [0]


def test_shares_fill_their_frame_whatever_they_add_up_to():
    rows = [Share("甲", (1, 3), ""), Share("乙", (200, 0), ""), Share("丙", (0, 0), "")]
    block = charts.shares(rows, SHADES, own_fonts(), WIDTH)
    first, second, nothing = lengths(block)
    assert first == pytest.approx(second)
    assert nothing == 0
    (quarter, _), _ = block.pieces[1].stretches
    assert quarter == pytest.approx(first / 4)


def test_a_long_label_keeps_its_ends():
    rows = [Bar("桦甸市夹皮沟镇中心小学校附设幼儿园及全部教学点（含二道沟）", 1, "1")]
    (row,) = charts.bars(rows, own_fonts(), 100).pieces
    assert row.label.startswith("桦甸市夹皮")
    assert "…" in row.label
    assert row.label.endswith("二道沟）")


def printed(tmp_path, blocks):
    output = Output(tmp_path / "k.pdf", own_fonts(), NOW, Progress())
    return furniture.write(output, Sheet("纸", "县"), blocks).path


def test_a_chart_prints_with_its_words(tmp_path):
    rows = [Share("甲校", (1, 3), "1/4"), Share("乙校", (2, 2), "2/4")]
    pdf = printed(tmp_path, [charts.shares(rows, SHADES, own_fonts(), WIDTH)])
    assert check_print(pdf) == 1
    assert "达到未达到甲校1/4乙校2/4" in squeezed(pdf)


def test_parts_have_bookmarks_and_count_their_own_pages(tmp_path):
    long = [paragraph("培训" * 40, Pen(), own_fonts(), WIDTH)] * 60
    parts = [Part("甲", long), Part("乙", [heading("乙", Pen())]), Part("", long)]
    output = Output(tmp_path / "p.pdf", own_fonts(), NOW, Progress())
    built = furniture.write_parts(output, Sheet("纸", "县"), iter(parts), 3)
    pages = pypdf_text(built.path)
    assert built.pages == len(pages) == check_print(built.path)
    assert bookmarks(built.path) == ["甲", "乙"]
    feet = [page.split("第 ")[-1][:9] for page in pages]
    assert [foot[0] for foot in feet].count("1") == 3
    assert all(int(one[0]) + 1 == int(two[0]) or two[0] == "1" for one, two in pairwise(feet))


def test_a_total_is_not_torn_from_the_row_above_it(tmp_path):
    columns = (Column("校"), Column("人", CellKind.NUMBER))
    for count in range(30, 48):
        rows = [*((f"第{at}校", "1") for at in range(count)), Total(("合计", str(count)))]
        pdf = printed(tmp_path, [table(columns, rows, own_fonts(), WIDTH)])
        last = pypdf_text(pdf)[-1]
        assert "合计" in last
        assert f"第{count - 1}校" in last
        pdf.unlink()


def test_facts_stand_side_by_side_and_under_each_other(tmp_path):
    pairs = [("姓名", "张三"), ("学校", "四中"), ("职务", "教师")]
    pdf = printed(tmp_path, [facts(pairs, own_fonts(), WIDTH, across=2)])
    assert place_of(pdf, "张三").top == pytest.approx(place_of(pdf, "四中").top, abs=0.5)
    assert place_of(pdf, "教师").left == pytest.approx(place_of(pdf, "张三").left, abs=0.5)


def test_columns_stand_beside_each_other_with_figure_above_and_label_below(tmp_path):
    rows = [Bar("1 月", 10, "甲十"), Bar("2 月", 0, "乙零"), Bar("3 月", 5, "丙五")]
    output = Output(tmp_path / "columns.pdf", own_fonts(), NOW, Progress())
    furniture.write(output, Sheet("图", "进修学校"), [charts.columns(rows, WIDTH)])
    ten, none, five = (place_of(output.path, text) for text in ("甲十", "乙零", "丙五"))
    labels = [place_of(output.path, f"{month} 月") for month in (1, 2, 3)]
    assert ten.left < none.left < five.left
    assert ten.bottom < five.bottom < none.bottom < labels[0].top
    assert none.bottom - five.bottom == pytest.approx((none.bottom - ten.bottom) / 2, abs=0.3)
    for figure, label in zip((ten, none, five), labels, strict=True):
        middle = (figure.left + figure.right) / 2
        assert middle == pytest.approx((label.left + label.right) / 2, abs=0.6)
