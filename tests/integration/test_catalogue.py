"""Every paper of the catalogue is made from a generated county, read back, and refused in words."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from models.certificates.printing import RunWish, begin_run, mark_printed
from models.certificates.register import certificates
from models.certificates.sheets import runs
from models.certificates.stock import receive
from models.errors import CancelledByUser, UserError
from models.exams.examinees import examinees
from models.exams.registration import exams
from models.exchange.batches import list_batches
from models.exchange.importing import apply_plan, plan_import
from models.progress import Progress
from models.sample.generation import generate_county
from models.stamping.running import run_stamp, stamp
from models.training.courses import course_rows, register
from models.training.enrolments import enrol
from reports.catalogue import papers as catalogue
from reports.catalogue.options import OptionKind
from reports.catalogue.reading import default_of, read_options
from reports.kit.furniture import Output
from tests.examined import marked
from tests.offices import new_office, reopened
from tests.papers import Stopping, bookmarks, check_print, own_fonts, squeezed
from tests.workbooks import xlsx

pytestmark = pytest.mark.prints
DAY = "2025-12-20"
GRANTED = "第五期县级骨干教师"
PAPERS = [info.name for info in catalogue.papers()]
TABLED = [info.name for info in catalogue.papers() if info.tabled]


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    office = new_office(tmp_path_factory.mktemp("catalogue"), DAY)
    made = generate_county(office, 60, 5)
    for exam in exams(office):
        people = [one.teacher_id for one in examinees(office, exam)]
        marked(office, exam, {one: [str(100 - at % 60)] for at, one in enumerate(people)})
    run = run_stamp(office, 2025).run
    ready = [
        row[0]
        for row in office.store.query("SELECT id FROM stamp_line WHERE outcome = 'ready' LIMIT 5")
    ]
    assert ready
    stamp(office, ready)
    assert run.ready >= len(ready)
    begun = begin_run(
        office,
        RunWish("结业证书", "completion", "completion", [one.id for one in certificates(office)]),
    ).run
    mark_printed(office, begun.id, last=begun.sheets - 1)
    receive(office, "结业证书", 30, "", "", "省厅")
    book = xlsx(
        tmp_path_factory.mktemp("sent") / "八道河子报来.xlsx",
        [["学校名称", "学段", "机构类型"], ["八道河子村小", "小学", "小学"], [None, "初中", None]],
    )
    apply_plan(office, plan_import(office, book))
    yield office, made
    office.store.close()


@pytest.fixture
def office(county):
    return county[0]


def answers(office, name):
    """What a paper needs to be asked for at least."""
    info = catalogue.entry_named(name).info
    given = {}
    for option in info.options:
        if option.kind is OptionKind.COURSE:
            small = min(course_rows(office), key=lambda row: row.enrolled)
            given[option.key] = small.shown["code"]
        if option.kind is OptionKind.EXAM:
            given[option.key] = str(office.store.value("SELECT code FROM exam"))
        if option.kind is OptionKind.RUN:
            given[option.key] = "结业证书"
        if option.kind is OptionKind.IMPORT:
            given[option.key] = "八道河子报来.xlsx"
        if option.kind is OptionKind.PROGRAMME:
            given[option.key] = str(office.store.value("SELECT code FROM programme"))
        if option.kind is OptionKind.BATCH:
            given[option.key] = GRANTED
        if option.kind is OptionKind.TEACHERS and name == "title-file":
            given[option.key] = str(
                office.store.value(
                    "SELECT teacher_no FROM teacher WHERE id = (SELECT teacher_id FROM title_grant)"
                )
            )
        elif option.kind is OptionKind.TEACHERS:
            given[option.key] = str(office.store.value("SELECT teacher_no FROM teacher"))
    return given


def build(office, name, out, given=None, progress=None):
    output = Output(out, own_fonts(), office.store.clock.now(), progress or Progress())
    asked = answers(office, name) if given is None else given
    return catalogue.build(office, name, asked, output)


@pytest.mark.parametrize("name", PAPERS)
def test_each_paper_is_printed_with_its_fonts_and_read_back(office, name, tmp_path):
    built = build(office, name, tmp_path / "paper.pdf")
    assert check_print(built.path, edge=3) == built.pages
    assert len(squeezed(built.path)) > 20


@pytest.mark.parametrize("name", PAPERS)
def test_each_paper_has_the_same_bytes_twice(office, name, tmp_path):
    first = build(office, name, tmp_path / "1.pdf").path.read_bytes()
    assert build(office, name, tmp_path / "2.pdf").path.read_bytes() == first


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_that_is_cancelled_leaves_nothing(office, name, tmp_path):
    with pytest.raises(CancelledByUser):
        build(office, name, tmp_path / "paper.pdf", progress=Stopping(0))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def workbooks(county, tmp_path_factory):
    """All workbooks, and the same as LibreOffice writes them after opening them."""
    office = county[0]
    folder = tmp_path_factory.mktemp("workbooks")
    for name in TABLED:
        catalogue.write_workbook(
            office, name, answers(office, name), folder / f"{name}.xlsx", Progress()
        )
    program = shutil.which("soffice")
    again = folder / "again"
    if program is not None:
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--convert-to", "xlsx", "--outdir", str(again),
            *(str(folder / f"{name}.xlsx") for name in TABLED),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder, again if program is not None else None


@pytest.mark.parametrize("name", TABLED)
def test_each_workbook_opens_in_libreoffice_with_the_same_cells(workbooks, name):
    folder, again = workbooks
    if again is None:
        pytest.skip("LibreOffice is not on this computer")
    one, two = (openpyxl.load_workbook(path / f"{name}.xlsx") for path in (folder, again))
    assert one.sheetnames == two.sheetnames
    for sheet in one.sheetnames:
        cells = [list(row) for row in one[sheet].values]
        assert [list(row) for row in two[sheet].values] == cells
        assert len(cells) > 1


def test_a_class_pack_has_a_bookmark_for_each_of_its_papers(office, tmp_path):
    built = build(office, "class-pack", tmp_path / "pack.pdf")
    titles = bookmarks(built.path)
    assert titles[:2] == ["门贴", "学员名单"]
    assert titles[-1].startswith("桌签")


def test_a_school_narrows_a_paper_however_it_is_named(office, tmp_path):
    identity, name = office.store.one(
        "SELECT i.id, i.name FROM institution AS i JOIN teacher AS t ON t.school_id = i.id"
    )
    by_id = build(office, "roster", tmp_path / "1.pdf", {"school": identity})
    by_name = build(office, "roster", tmp_path / "2.pdf", {"school": name})
    assert squeezed(by_id.path) == squeezed(by_name.path)
    assert name in squeezed(by_name.path)
    assert catalogue.file_name(office, "roster", {"school": identity}) == f"教师花名册-{name}"


def test_id_numbers_are_masked_unless_they_are_asked_for(office, tmp_path):
    texts = []
    for whole in ("否", "是"):
        out = tmp_path / f"{whole}.xlsx"
        catalogue.write_workbook(office, "roster", {"whole": whole}, out, Progress())
        texts.append(
            "".join(str(cell) for row in openpyxl.load_workbook(out).active.values for cell in row)
        )
    numbers = [row[0] for row in office.store.query("SELECT id_number FROM teacher")]
    assert not any(number in texts[0] for number in numbers)
    assert all(number in texts[1] for number in numbers)


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("roster", {"scool": "x"}, "没有 scool 这个选项"),
        ("roster", {"school": "没有的学校"}, "机构名录中没有"),
        ("roster", {"whole": "也许"}, "应为是或否"),
        ("courses", {"year": "去年"}, "应为四位数的年份"),
        ("courses", {"year": ""}, "要写明年度"),
        ("desk-cards", {}, "要写明课程"),
        ("desk-cards", {"course": "9999-1"}, "没有编号或名称为“9999-1”的课程"),
        ("circular", {"by": "name"}, "应为met（达标率）、stamped（验印率）之一"),
        ("circular", {"date": "2025"}, "完整的日期"),
        ("circular", {"least": "-1"}, "整数"),
        ("class-pack", {"course": "@", "papers": "door、menu"}, "没有编号"),
        ("growth-file", {"teachers": "无此人"}, "名册中没有"),
        ("draw-record", {"exam": "x"}, "x"),
        ("hand-over", {"run": "x"}, "编号以“x”开头的打印批次没有"),
        ("hand-over", {}, "写批次编号"),
        ("import-report", {"import": "没有.xlsx"}, "没有文件名为“没有.xlsx”的导入记录"),
        ("stamping-list", {"year": "2019"}, "2019 年还没有核验"),
        ("courses", {"year": "1999"}, "1999 年还没有登记课程"),
    ],
)
def test_a_wrong_answer_is_refused_in_words(office, name, given, said, tmp_path):
    with pytest.raises(UserError) as refused:
        build(office, name, tmp_path / "no.pdf", given)
    assert said in refused.value.sentence
    assert list(tmp_path.iterdir()) == []


def test_a_hand_over_list_has_every_sheet_of_its_run_printed_or_not(office, tmp_path):
    (run,) = runs(office)
    text = squeezed(build(office, "hand-over", tmp_path / "1.pdf", {"run": run.id[:8]}).path)
    assert f"以上证书共{run.sheets}本，交接清楚" in text
    assert catalogue.file_name(office, "hand-over", {"run": run.id}) == (
        "证书发放（交接）清单-结业证书"
    )


def test_blanks_are_told_alone_or_against_what_was_counted_with_the_numbers(office, tmp_path):
    alone = squeezed(build(office, "blank-stock", tmp_path / "1.pdf").path)
    assert "空白证书收发存报表" in alone
    assert "证书编号" not in alone
    given = {"counted": "结业证书=28，"}
    gaps = squeezed(build(office, "gap-report", tmp_path / "2.pdf", given).path)
    assert "空白证书与编号核对表" in gaps
    assert "账上应余30份，实有28份，少2份" in gaps
    assert "二、证书编号" in gaps
    with pytest.raises(UserError, match="看不懂"):
        build(office, "gap-report", tmp_path / "3.pdf", {"counted": "28"})


def test_an_import_report_has_what_the_record_and_the_history_keep(office, tmp_path):
    (batch,) = list_batches(office)
    assert (batch.counts.inserted, batch.counts.refused) == (1, 1)
    by_name = build(office, "import-report", tmp_path / "1.pdf")
    by_id = build(office, "import-report", tmp_path / "2.pdf", {"import": batch.id})
    text = squeezed(by_id.path)
    assert text == squeezed(by_name.path)
    assert "八道河子报来.xlsx" in text
    assert "机构名录" in text
    assert "数据行2，新增1，更新0，不变0，未导入1" in text
    assert "机构新增1" in text
    assert "错误工作簿" in text
    assert "没有发现问题" not in text


@pytest.mark.parametrize("text", ["、", " ， ", "；;"])
def test_separators_alone_name_nobody(office, text):
    info = catalogue.entry_named("growth-file").info
    assert read_options(office, info, {"teachers": text}).several("teachers") == ()


def test_an_exam_that_was_not_named_is_asked_for_with_the_codes_there_are(office, tmp_path):
    code = office.store.value("SELECT code FROM exam")
    for given in ({}, {"exam": "2031-99"}):
        with pytest.raises(UserError) as refused:
            build(office, "draw-record", tmp_path / "a.pdf", given)
        assert code in refused.value.hint


def test_several_choices_are_read_by_key_or_title(office):
    info = catalogue.entry_named("class-pack").info
    given = {**answers(office, "class-pack"), "papers": "桌签 door"}
    assert read_options(office, info, given).several("papers") == ("door", "cards")
    with pytest.raises(UserError, match="menu"):
        read_options(office, info, {**given, "papers": "door、menu"})


def test_a_title_that_two_courses_bear_asks_for_the_code(tmp_path):
    office = new_office(tmp_path)
    for _ in range(2):
        register(office, {"title": "同名课", "year": 2025, "hours": 8})
    info = catalogue.entry_named("door-sheet").info
    with pytest.raises(UserError, match="有 2 门课程") as refused:
        read_options(office, info, {"course": "同名课"})
    office.store.close()
    assert refused.value.hint == "请写编号：2025-001、2025-002。"


def test_defaults_are_those_of_the_day(office):
    info = catalogue.entry_named("circular").info
    found = {option.key: default_of(office, option) for option in info.options}
    assert (found["year"], found["date"], found["head"]) == ("2025", "2025-12-20", "red")


def test_an_unknown_paper_is_answered_with_the_nearest():
    with pytest.raises(UserError) as refused:
        catalogue.entry_named("rooster")
    assert "roster" in refused.value.hint


def test_a_paper_that_is_no_table_has_no_workbook(office, tmp_path):
    with pytest.raises(UserError, match="不是表格"):
        catalogue.write_workbook(office, "growth-file", {}, tmp_path / "x.xlsx", Progress())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("roster", "请先在“Excel 导入”中导入教师名册"),
        ("institutions", "请先在“Excel 导入”中导入机构名录"),
        ("courses", "先在“培训”中登记课程"),
        ("stamping-list", "请先核验"),
        ("register-lines", "请先核验"),
        ("growth-file", "请先在“Excel 导入”中导入教师名册"),
        ("circular", "没有参加考核的教师"),
        ("blank-stock", "请先登记领入空白证书"),
    ],
)
def test_an_empty_office_is_told_what_to_do(tmp_path, name, said):
    office = new_office(tmp_path)
    try:
        with pytest.raises(UserError) as refused:
            build(office, name, tmp_path / "no.pdf", {})
    finally:
        office.store.close()
    assert said in refused.value.sentence


def test_an_empty_year_has_statistics_that_say_so(tmp_path):
    office = new_office(tmp_path)
    try:
        text = squeezed(build(office, "year-statistics", tmp_path / "s.pdf").path)
    finally:
        office.store.close()
    assert "2025年的学时台账里还没有记录" in text
    assert "2025年度还没有核验" in text


def test_a_rare_name_prints_and_one_without_glyph_is_named(tmp_path):
    office = new_office(tmp_path)
    generate_county(office, 20, 3)
    teacher = office.store.one("SELECT id FROM teacher")[0]
    course_id = register(office, {"title": "班", "year": 2025, "hours": 8}).course_id
    enrol(office, course_id, [teacher])
    with office.store.operation("test", "改名"):
        office.store.execute("UPDATE teacher SET name = '𫰡珏' WHERE id = ?", (teacher,))
    built = build(office, "name-list", tmp_path / "1.pdf", {"course": course_id})
    assert "𫰡珏" in squeezed(built.path)
    with office.store.operation("test", "改名"):
        office.store.execute("UPDATE teacher SET name = '张\U0010fffd' WHERE id = ?", (teacher,))
    for name in ("name-list", "desk-cards", "sign-in", "roster"):
        given = {} if name == "roster" else {"course": course_id}
        with pytest.raises(UserError) as refused:
            build(office, name, tmp_path / "no.pdf", given)
        assert refused.value.code == "paper.glyph_missing"
    office.store.close()
    assert not Path(tmp_path / "no.pdf").exists()


def test_the_next_year_is_offered_in_the_next_year(tmp_path):
    office = reopened(new_office(tmp_path), "2026-01-05")
    info = catalogue.entry_named("courses").info
    assert read_options(office, info, {}).number("year") == 2026
    office.store.close()
