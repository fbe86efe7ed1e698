"""验印名单, 登记内容 and their workbook read back."""

from __future__ import annotations

import openpyxl
import pytest

from models.errors import UserError
from models.office.settings import write_settings
from models.progress import Progress
from models.stamping.listing import find_run, lines_of, school_lists
from models.stamping.running import run_stamp, stamp, void
from models.training.ledger import reverse
from models.training.listing import EntryFilter, entry_ids
from models.verdicts.vetoes import put_veto
from reports.documents import register_lines, stamping_list
from reports.inputs import stampings
from reports.workbooks.table import write_tables
from tests.offices import new_office
from tests.papers import bookmarks, check_print, own_fonts, pypdf_text, squeezed
from tests.people import school, teachers
from tests.trainings import post

pytestmark = pytest.mark.prints
YEAR = 2012
SCHOOLS = ("夹皮沟镇/中心小学", "桦甸市第四中学")
RARE = "王𬭎"


@pytest.fixture
def office(tmp_path):
    """Four may be stamped, one of them in the second school; two are blocked, one open."""
    office = new_office(tmp_path, "2012-12-28")
    first, second = (school(office, name) for name in SCHOOLS)
    people = teachers(office, first, 5, work_start="2001-08")
    people += teachers(office, second, 1, name=RARE, work_start="2001-08")
    for one in (*people[:3], people[5]):
        post(
            office, one, YEAR, "48", "3", title="校本研修䶮字篇", start="2012-05-01",
            organizer="进修学校", score="合格",
        )  # fmt: skip
    post(office, people[3], YEAR, "12.5")
    put_veto(office, people[4], YEAR, "有偿补课")
    run_stamp(office, YEAR, pack_id="wenzhou-2012")
    yield office
    office.store.close()


def stamp_all(office):
    run = find_run(office, YEAR)
    return stamp(office, [line.id for one in school_lists(office, run.id) for line in one.ready])


def print_lists(office, tmp_path):
    lists = stampings.stamping_list(office, YEAR)
    return stamping_list.build(lists, tmp_path / "s.pdf", own_fonts(), Progress())


def print_register(office, tmp_path):
    lines = stampings.register_lines(office, YEAR)
    return register_lines.build(lines, tmp_path / "r.pdf", own_fonts(), Progress())


def test_the_lists_of_all_schools_begin_with_the_hand_over(office, tmp_path):
    built = print_lists(office, tmp_path)
    assert built.pages == check_print(built.path)
    assert bookmarks(built.path) == ["交接汇总", *sorted(SCHOOLS)]
    first = "".join(pypdf_text(built.path)[0].split())
    assert f"1{sorted(SCHOOLS)[0]}53020" in first
    assert "合计2所64020" in first
    assert "移交人" in first


def test_each_school_reads_who_is_stamped_who_is_not_and_why(office, tmp_path):
    text = squeezed(print_lists(office, tmp_path).path)
    run = find_run(office, YEAR)
    lines = lines_of(office, run.id)
    assert "可验印（3人）" in text
    assert "不予验印（2人）" in text
    assert "本人签字" in text
    assert f"1{RARE}{lines[-1].teacher_no}484.8" in text
    for line in lines:
        assert all("".join(reason.text.split()) in text for reason in line.reasons)
    assert "一票否决：师德（有偿补课）" in text
    assert "以上3人，经审核，准予登记。" in text
    assert "桦甸市教师进修学校（印）" in text


def test_seal_and_wording_are_the_office_s_own(office, tmp_path):
    write_settings(
        office.store, {"stamp.seal": "桦甸市教育局", "stamp.wording": "本年度考核合格。"}
    )
    text = squeezed(print_lists(office, tmp_path).path)
    assert "以上1人，本年度考核合格。桦甸市教育局（印）" in text
    stamp_all(office)
    assert "本年度考核合格。桦甸市教育局（印）2012年12月28日" in squeezed(
        print_register(office, tmp_path).path
    )


def test_what_was_stamped_and_what_was_voided_are_told_apart(office, tmp_path):
    stamp_all(office)
    stamped = [line for line in lines_of(office, find_run(office, YEAR).id) if line.stamped]
    void(office, [stamped[0].id], "证书有误")
    text = squeezed(print_lists(office, tmp_path).path)
    assert "已验印（2人）" in text
    assert "已作废（1人）" in text
    assert "2012-12-28作废：证书有误" in text


def test_each_school_gets_a_file_of_its_own(office, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    lists = stampings.stamping_list(office, YEAR)
    built = stamping_list.build_each(lists, folder, own_fonts(), Progress())
    assert {one.path.name for one in built} == {
        "2012年度验印名单_夹皮沟镇 中心小学.pdf",
        "2012年度验印名单_桦甸市第四中学.pdf",
    }
    for one, name in zip(built, sorted(SCHOOLS), strict=True):
        assert one.pages == check_print(one.path)
        assert name in squeezed(one.path)


def test_a_year_without_a_run_has_no_lists(office):
    with pytest.raises(UserError, match="还没有核验过"):
        stampings.stamping_list(office, 2010)


def test_register_lines_are_those_that_were_frozen(office, tmp_path):
    with pytest.raises(UserError, match="没有已验印的教师"):
        print_register(office, tmp_path)
    stamp_all(office)
    built = print_register(office, tmp_path)
    assert built.pages == check_print(built.path) == 2
    text = squeezed(built.path)
    line = "2012.05.01—05.15校本研修䶮字篇校本484.8合格进修学校全年合计1项484.8"
    assert text.count(line) == 4
    assert text.count("经审核，准予登记。") == 4
    assert RARE in text
    assert "更正" not in text


def test_a_correction_after_the_stamp_is_told_below_the_lines(office, tmp_path):
    stamp_all(office)
    one = stampings.register_lines(office, YEAR).people[0].line
    reverse(office, entry_ids(office, EntryFilter(teacher_id=one.teacher_id)), "记错人")
    post(office, one.teacher_id, YEAR, "40", title="重记的培训")
    text = squeezed(print_register(office, tmp_path).path)
    told = "验印后有更正：增加“重记的培训”40学时；冲销“校本研修䶮字篇”48学时。现为40学时。"
    assert told in text
    assert "校本研修䶮字篇校本484.8" in text


def test_a_register_longer_than_a_page_goes_on_under_its_head(office, tmp_path):
    one = lines_of(office, find_run(office, YEAR).id)[0]
    for number in range(70):
        post(office, one.teacher_id, YEAR, "1", title=f"第{number}次研修")
    run_stamp(office, YEAR, pack_id="wenzhou-2012")
    stamp_all(office)
    pages = ["".join(page.split()) for page in pypdf_text(print_register(office, tmp_path).path)]
    long = [page for page in pages if "次研修" in page]
    assert len(long) > 1
    assert all("起止时间培训内容形式学时" in page for page in long)
    assert all(f"第{number}次研修" in "".join(long) for number in range(70))


def test_the_workbook_says_the_same(office, tmp_path):
    stamp_all(office)
    written = write_tables(tmp_path / "s.xlsx", stampings.stamping_sheets(office, YEAR), Progress())
    book = openpyxl.load_workbook(written.path)
    assert book.sheetnames == ["汇总", "名单", "登记内容"]
    lines = lines_of(office, find_run(office, YEAR).id)
    rows = {row[1]: row for row in book["名单"].iter_rows(min_row=2, values_only=True)}
    assert {number: row[3] for number, row in rows.items()} == {
        line.teacher_no: line.state for line in lines
    }
    assert {row[1]: (row[4], row[6] or "") for row in rows.values()} == {
        line.teacher_no: (line.hours, "；".join(one.text for one in line.reasons)) for line in lines
    }
    assert book["登记内容"].max_row == 1 + sum(len(line.register) for line in lines)
