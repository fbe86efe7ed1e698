"""达标核算单 and 达标情况统计 read back from their PDFs and workbooks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from models.entities.display import plain_decimal
from models.errors import UserError
from models.policies.library import pack_named
from models.policies.packs import parse_pack
from models.progress import Progress
from models.training.ledger import reverse
from models.training.listing import EntryFilter, entry_ids
from models.verdicts.explaining import explain
from models.verdicts.forecast import outlooks
from models.verdicts.judging import judge
from models.verdicts.overview import standings, whole
from models.verdicts.periods import Period
from reports.documents import teacher_verdict, verdict_overview
from reports.documents.teacher_verdict import conclusion
from reports.inputs import verdict_overviews
from reports.inputs.verdict_overviews import narrowed_to
from reports.inputs.verdict_sheets import verdict_sheets
from reports.inputs.verdicts import teacher_verdicts
from reports.workbooks.table import write_tables
from tests.offices import new_office
from tests.packs import LESSENED
from tests.papers import (
    READERS,
    bookmarks,
    check_print,
    own_fonts,
    pypdf_text,
    squeezed,
)
from tests.people import school, teachers
from tests.trainings import post
from tests.workbooks import shown_by_libreoffice

pytestmark = pytest.mark.prints
CYCLE = Period(2021, 2025)
RARE = "王𬭎"
SCHOOLS = ("桦甸市第四中学", "夹皮沟镇中心小学校")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = new_office(tmp_path_factory.mktemp("verdicts"), "2026-02-01")
    first, second = (school(office, name) for name in SCHOOLS)
    rare = teachers(office, first, 1, name=RARE, work_start="2001-08", is_head=1)[0]
    others = teachers(office, first, 3, work_start="2001-08", subject="101")
    others += teachers(office, second, 4, work_start="2023-08", stage="2")
    for year in CYCLE.years:
        post(office, rare, year, "72", title=f"{year}年䶮字研修", start=f"{year}-03-01")
        post(office, rare, year, "24", "3", title=f"{year}年校本研修")
    post(office, rare, 2019, "30", title="上一周期的培训")
    post(office, rare, 2024, "90", title="记错人的培训", start="2024-05-01")
    wrong = entry_ids(office, EntryFilter(teacher_id=rare, text="记错人"))
    reverse(office, wrong, "记错人")
    for number, other in enumerate(others):
        post(office, other, 2021 + number % 5, "60.5", title="集中培训", start="2023-06-01")
    yield office
    office.store.close()


@pytest.fixture(scope="module")
def ids(office):
    return [row[0] for row in office.store.query("SELECT id FROM teacher ORDER BY teacher_no")]


def pack(office):
    return pack_named(office, "wenzhou-2012")


def print_sheets(office, tmp_path, ids, period=CYCLE):
    sheets = teacher_verdicts(office, ids, period, pack(office))
    return teacher_verdict.build(sheets, tmp_path / "v.pdf", own_fonts(), Progress())


def print_overview(overview, tmp_path):
    return verdict_overview.build(overview, tmp_path / "o.pdf", own_fonts(), Progress())


def test_the_sheet_shows_every_figure_entry_and_quote_of_the_verdict(office, tmp_path, ids):
    built = print_sheets(office, tmp_path, ids[:1])
    assert built.pages == check_print(built.path)
    text = squeezed(built.path)
    verdict = explain(office, ids[0], CYCLE, pack(office))
    assert any(one.not_counted for one in verdict.requirements)
    assert any(one.parts for one in verdict.requirements)
    for number, one in enumerate(verdict.requirements, start=1):
        result = one.result
        if not result.applies:
            assert f"{number}{one.title}———不适用" in text
            continue
        figures = (result.required, result.achieved, result.missing)
        told = "".join(map(plain_decimal, figures))
        state = "达到" if result.met else "未达到"
        assert f"{number}{one.title}{told}{result.unit}{state}{one.clause}" in text
        assert "".join(one.quote.split()) in text
        assert all(part.label.replace(" ", "") in text for part in one.parts)
        for each in (*one.counted, *one.not_counted):
            assert "".join(each.title.split()) in text
            assert "".join(each.reason.split()) in text
        if one.counted and not one.parts:
            assert f"合计{plain_decimal(result.achieved)}" in text
    assert "".join(conclusion(verdict).split()) in text


@pytest.mark.parametrize("read", READERS)
def test_rare_characters_are_read_by_every_reader(office, tmp_path, ids, read):
    text = "".join(read(print_sheets(office, tmp_path, ids[:1]).path))
    assert RARE in text
    assert "䶮字研修" in text


def test_many_sheets_have_bookmarks_and_pages_of_their_own(office, tmp_path, ids):
    built = print_sheets(office, tmp_path, ids)
    people = teacher_verdicts(office, ids, CYCLE, pack(office)).people
    assert bookmarks(built.path) == [f"{one.name}（{one.verdict.teacher_no}）" for one in people]
    firsts = [page for page in pypdf_text(built.path) if "达标核算单" in page]
    assert len(firsts) == len(ids)
    assert all("第 1 页" in page for page in firsts)


def test_the_conclusion_says_what_is_missing_or_that_all_is_met(office, ids):
    sheets = teacher_verdicts(office, ids, CYCLE, pack(office))
    told = conclusion(sheets.people[0].verdict)
    assert told.startswith(f"截至2025年12月31日，{RARE}在 2021—2025 年应达到")
    assert "一次不少于90学时的集中培训差 1 次" in told
    met = explain(office, ids[0], CYCLE, pack_named(office, "cn-2011"))
    assert conclusion(met).endswith("应达到的 1 项要求全部达到，结论为达标。")


def test_a_lessened_requirement_says_how_it_came_about(office, tmp_path, ids):
    lessened = parse_pack(LESSENED, "local")
    late = teacher_verdicts(office, ids[-1:], CYCLE, lessened)
    pdf = teacher_verdict.build(late, tmp_path / "v.pdf", own_fonts(), Progress()).path
    assert "规定360学时，按起算月份和经批准的减免折算为174学时。计入" in squeezed(pdf)
    full = teacher_verdicts(office, ids[:1], CYCLE, lessened)
    pdf = teacher_verdict.build(full, tmp_path / "w.pdf", own_fonts(), Progress()).path
    assert "折算" not in squeezed(pdf)


def test_whom_the_rules_do_not_judge_is_left_out_and_named(tmp_path):
    office = new_office(tmp_path, "2026-02-01")
    home = school(office, "一中")
    gone = office.codes["teacher_status"].find("退休").code
    working, retired = teachers(office, home, 1)[0], teachers(office, home, 1, status=gone)[0]
    sheets = teacher_verdicts(office, [working, retired], CYCLE, pack(office))
    assert len(sheets.people) == 1
    ((_, why),) = sheets.left_out
    assert "不在考核之列" in why
    with pytest.raises(UserError, match="不在考核之列"):
        teacher_verdicts(office, [retired], CYCLE, pack(office))
    office.store.close()


def test_a_name_that_no_font_has_is_refused_with_the_person(tmp_path):
    office = new_office(tmp_path, "2026-02-01")
    one = teachers(office, school(office, "一中"), 1, name="李\U0003fff0")[0]
    sheets = teacher_verdicts(office, [one], CYCLE, pack(office))
    with pytest.raises(UserError, match="李\U0003fff0"):
        teacher_verdict.build(sheets, tmp_path / "v.pdf", own_fonts(), Progress())
    assert not (tmp_path / "v.pdf").exists()
    office.store.close()


def test_the_overview_counts_as_the_board_does(office, tmp_path):
    board = judge(office, CYCLE, pack(office))
    overview = verdict_overviews.verdict_overview(office, board)
    built = print_overview(overview, tmp_path)
    assert built.pages == check_print(built.path)
    text = squeezed(built.path)
    everybody = whole(board)
    assert f"参加考核{everybody.people}人，全部达到{everybody.met}人" in text
    for column in board.columns:
        applies, met = everybody.requirements[column.id]
        title = column.question.demand.title
        assert f"{title}{column.question.demand.clause}{applies}{met}{applies - met}" in text
    for by in ("school", "stage", "subject"):
        for group in standings(office, board, by):
            assert f"{group.name}{group.people}{group.met}" in text
    assert "周期已经结束" not in text
    assert "照目前进度" not in text


@pytest.mark.parametrize(
    ("count", "tables"), [(0, []), (1, [1]), (7, [7]), (8, [4, 4]), (15, [5, 5, 5])]
)
def test_requirements_fall_evenly_into_tables(count, tables):
    step = verdict_overview.evenly(count)
    assert [min(step, count - start) for start in range(0, count, step)] == tables


def test_everybody_behind_is_listed_with_what_is_missing(office, tmp_path):
    board = judge(office, CYCLE, pack(office))
    overview = verdict_overviews.verdict_overview(office, board)
    text = squeezed(print_overview(overview, tmp_path).path)
    behind = [one for one in board.rows() if not one.met]
    assert [one.teacher_no for one in overview.behind] == sorted(
        (one.teacher_no for one in behind),
        key=lambda number: next(
            (line.school, number) for line in overview.behind if line.teacher_no == number
        ),
    )
    for line in overview.behind:
        judged = next(one for one in behind if one.teacher_no == line.teacher_no)
        assert len(line.missing) == sum(one.applies and not one.met for one in judged.results)
        assert "".join("；".join(line.missing).split()) in text


def test_while_the_cycle_runs_the_overview_says_who_will_miss_it(office, tmp_path):
    board = judge(office, CYCLE, pack(office), as_of=date(2023, 6, 30))
    overview = verdict_overviews.verdict_overview(office, board)
    assert len(overview.outlooks) == len(outlooks(board)) > 0
    text = squeezed(print_overview(overview, tmp_path).path)
    assert "周期共60个月，已过30个月" in text
    one = overview.outlooks[0]
    amounts = (one.required, one.achieved, one.expected, one.gap, one.per_year)
    assert f"{one.teacher_no}{one.requirement}{''.join(map(plain_decimal, amounts))}" in text


def test_a_school_has_an_overview_of_its_own(office, tmp_path):
    board = judge(office, CYCLE, pack(office))
    school_id = office.store.value("SELECT id FROM institution WHERE name = ?", (SCHOOLS[1],))
    narrow = narrowed_to(board, school_id=school_id)
    overview = verdict_overviews.verdict_overview(office, narrow, SCHOOLS[1])
    assert overview.whole.people == 4
    assert not overview.groupings
    assert f"{SCHOOLS[1]}达标情况统计" in squeezed(print_overview(overview, tmp_path).path)
    with pytest.raises(UserError, match="没有参加考核的教师"):
        narrowed_to(board, district="没有这个片")


def test_the_workbook_holds_the_figures_of_everybody(office, tmp_path):
    board = judge(office, CYCLE, pack(office), as_of=date(2023, 6, 30))
    written = write_tables(tmp_path / "v.xlsx", verdict_sheets(office, board), Progress())
    book = openpyxl.load_workbook(written.path)
    assert book.sheetnames == ["汇总", "名单", "不达标", "预测"]
    for sheet in book:
        assert sheet.auto_filter.ref
        assert sheet.freeze_panes
    rows = list(book["名单"].iter_rows(values_only=True))
    head, people = rows[0], {row[0]: row for row in rows[1:]}
    assert len(people) == len(board.people)
    for judged in board.rows():
        row = people[judged.teacher_no]
        assert (row[1], row[9]) == (judged.person.name, "达标" if judged.met else "未达标")
        told = [None if cell is None else Decimal(str(cell)) for cell in row[11:]]
        assert told == [
            amount if one.applies else None
            for one in judged.results
            for amount in (one.required, one.achieved, one.missing)
        ]
    assert head[11] == "周期专业发展培训 应（学时）"
    missing = [row for row in book["不达标"].iter_rows(min_row=2, values_only=True) if row[0]]
    assert len(missing) == sum(
        one.applies and not one.met for judged in board.rows() for one in judged.results
    )
    assert book["预测"].max_row - 2 == len(outlooks(board))
    assert book["名单"]["A2"].number_format == "@"


def test_libreoffice_opens_the_workbook(office, tmp_path):
    board = judge(office, CYCLE, pack(office))
    written = write_tables(tmp_path / "v.xlsx", verdict_sheets(office, board), Progress())
    rows = shown_by_libreoffice(written.path, tmp_path)
    assert rows[1][:5] == ["分组", "名称", "人数", "全部达到", "达标率"]
    assert rows[2][:5] == ["全部", "全部", "8", "0", "0.0%"]
