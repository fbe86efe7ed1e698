"""A city takes its counties' workbooks, sees them side by side, and builds the province's."""

from __future__ import annotations

import json

import openpyxl
import pytest

from models.errors import UserError
from models.office.identity import Identity
from models.store.undo import undo
from models.uploads.building import build
from models.uploads.catalogue import form_named
from models.uploads.counties import county_rows, county_table, read_county, take_counties
from models.uploads.rows import Wish
from models.workspace.opening import create_office
from tests.offices import desk, new_office
from tests.uploads import HOURS_ONLY, NATIONAL, county
from ui.cli.main import main

SUMMARY = "county_summary"
HUADIAN, JIAOHE, PANSHI = "220282", "220281", "220284"


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """What the county of Huadian hands in: the form's name to the workbook."""
    folder = tmp_path_factory.mktemp("county")
    office = new_office(folder)
    county(office, level="40")
    for name, asked in ((SUMMARY, Wish(2025)), (NATIONAL, Wish(2025, fractions=HOURS_ONLY))):
        build(office, form_named(office, name), asked, folder / f"{name}.xlsx")
    office.store.close()
    return folder


@pytest.fixture
def city(tmp_path):
    office = create_office(tmp_path / "city.db", Identity("吉林市教育局", "220200", "city"), desk())
    yield office
    office.store.close()


def summary_of(handed_in, path, **cells):
    """The county's summary with other cells, by title."""
    book = openpyxl.load_workbook(handed_in / f"{SUMMARY}.xlsx")
    page = book.worksheets[0]
    titles = {cell.value: cell.column for cell in page[1]}
    for title, value in cells.items():
        page.cell(2, titles[title]).value = value
    book.save(path)
    return path


@pytest.fixture
def two(handed_in, tmp_path):
    """The summaries of two counties, one of which is Huadian's own."""
    other = {"行政区划代码": JIAOHE, "县（市、区）": "蛟河市", "填报单位": "蛟河市教师进修学校",
             "教师总数": 10, "参训人数": 5, "学时合计": 100, "参训率（%）": 50}  # fmt: skip
    return [
        summary_of(handed_in, tmp_path / "一.xlsx"),
        summary_of(handed_in, tmp_path / "二.xlsx", **other),
    ]


def taken(city, paths):
    return take_counties(city, [read_county(city, one) for one in paths])


def test_counties_stand_side_by_side_and_shares_are_reckoned_from_the_whole(city, two):
    operation = taken(city, two)
    found = county_table(city, form_named(city, SUMMARY), 2025)
    lines = {one.region: one for one in found.lines}
    assert lines[HUADIAN].sums["trained_share"] == 100
    assert lines[JIAOHE].sums["trained_share"] == 50
    assert (found.total.sums["teachers"], found.total.sums["trained"]) == (13, 8)
    assert str(found.total.sums["trained_share"]) == "61.5"
    assert str(found.total.sums["mean"]) == "11.4"
    assert "year" not in found.total.sums
    assert (lines[PANSHI].county, lines[PANSHI].received_on) == ("磐石市", "")
    undo(city.store, operation.id)
    assert county_table(city, form_named(city, SUMMARY), 2025).total.rows == 0


def test_the_provinces_workbook_holds_every_county_as_it_wrote(city, two, tmp_path):
    taken(city, two)
    form = form_named(city, SUMMARY)
    rows = county_rows(city, form, 2025)
    build(city, form, Wish(2025), tmp_path / "省.xlsx", rows=rows)
    sent = [list(openpyxl.load_workbook(one).worksheets[0].values)[1] for one in two]
    built = list(openpyxl.load_workbook(tmp_path / "省.xlsx").worksheets[0].values)[1:]
    assert sorted(built) == sorted(sent)


def test_records_of_counties_go_up_as_they_came(city, handed_in, tmp_path):
    path = handed_in / f"{NATIONAL}.xlsx"
    assert read_county(city, path).trouble == "看不出是哪个县的，请写明"
    found = read_county(city, path, region=HUADIAN)
    assert (found.county, found.year, found.rows, found.problems) == ("桦甸市", 2025, 3, ())
    take_counties(city, [found])
    form = form_named(city, NATIONAL)
    assert county_table(city, form, 2025).total.people == 3
    build(city, form, Wish(2025), tmp_path / "省.xlsx", rows=county_rows(city, form, 2025))
    sent, built = (
        list(openpyxl.load_workbook(one).worksheets[0].values)
        for one in (path, tmp_path / "省.xlsx")
    )
    assert sorted(map(str, built)) == sorted(map(str, sent))


def test_the_new_workbook_of_a_county_takes_the_place_of_the_old(city, handed_in, two):
    taken(city, two)
    again = read_county(city, summary_of(handed_in, two[0], 教师总数=20))
    assert again.replaces == "2025-09-20"
    take_counties(city, [again])
    assert county_table(city, form_named(city, SUMMARY), 2025).total.sums["teachers"] == 30
    last = read_county(city, summary_of(handed_in, two[0], 年度=2024, 教师总数=2))
    take_counties(city, [last])
    before = county_table(city, form_named(city, SUMMARY), 2025).before
    assert before[HUADIAN].sums["teachers"] == 2


def test_bad_cells_and_strange_files_are_told_with_their_place(city, handed_in, two, tmp_path):
    bad = read_county(city, summary_of(handed_in, two[0], 教师总数="很多", 填报单位=None))
    assert any("第 2 行：“教师总数”是“很多”，应为数字" in one for one in bad.problems)
    assert any("缺“填报单位”" in one for one in bad.problems)
    with pytest.raises(UserError, match="同一个县"):
        taken(city, [two[1], two[1]])
    with pytest.raises(UserError, match="还没有收到"):
        county_rows(city, form_named(city, SUMMARY), 2025)
    county_office = new_office(tmp_path)
    with pytest.raises(UserError, match="不是市级或省级"):
        read_county(county_office, two[0])
    county_office.store.close()


def test_the_command_line_does_the_same(city, two, tmp_path, capfdbinary):
    def ask(*words):
        code = main(["--db", str(tmp_path / "city.db"), "--json", "upload", "counties", *words])
        return code, json.loads(capfdbinary.readouterr().out)

    city.store.close()
    code, found = ask("read", *map(str, two))
    assert (code, [one["county"] for one in found["files"]]) == (0, ["桦甸市", "蛟河市"])
    code, found = ask("table", SUMMARY, "--year", "2025")
    assert (found["total"]["sums"]["teachers"], "磐石市" in found["missing"]) == (13, True)
    code, found = ask("build", SUMMARY, "--year", "2025", "--out", str(tmp_path / "省.xlsx"))
    assert (code, found["rows"]) == (0, 2)
