"""Growth gathered, and 学分卡 and 教师专业成长档案 read back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.certificates.issuing import issue_for_course
from models.errors import UserError
from models.policies.use import use_pack
from models.progress import Progress
from models.staff.registration import save_teacher
from models.stamping.running import run_stamp
from models.training.courses import register
from models.training.enrolments import enrol
from models.training.ledger import reverse
from models.training.listing import EntryFilter, entry_ids
from models.training.marks import read_mark
from models.training.posting import post_results
from models.training.scoring import record_scores
from models.verdicts.exemptions import file_exemption
from models.verdicts.explaining import explain
from models.verdicts.periods import Period
from models.verdicts.vetoes import put_veto
from reports.documents import credit_card, growth_file
from reports.inputs.growth import growth, growths
from tests.offices import new_office
from tests.papers import READERS, bookmarks, check_print, own_fonts, squeezed
from tests.people import school, teachers
from tests.trainings import post

pytestmark = pytest.mark.prints
RARE = "王𬭎"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = new_office(tmp_path_factory.mktemp("growth"), "2025-12-20")
    yield office
    office.store.close()


@pytest.fixture(scope="module")
def someone(office):
    """A teacher with ten years of everything the office can know."""
    home, other = school(office, "夹皮沟镇中心小学校"), school(office, "桦甸市第四中学")
    one = teachers(office, home, 1, name=RARE, work_start="2001-08", phone="13912345678")[0]
    use_pack(office, "wenzhou-2012", date(2021, 1, 1), date(2025, 12, 31))
    for year in range(2016, 2025):
        post(office, one, year, "48.5", title=f"{year}年䶮字研修", start=f"{year}-03-01")
        post(office, one, year, "30", "3", title=f"{year}年校本研修", theme="03")
    post(office, one, 2020, "9", title="记错人的培训")
    reverse(office, entry_ids(office, EntryFilter(text="记错人")), "记错人")
    values = {"title": "教学技能", "year": 2025, "hours": Decimal(90)}
    course = register(office, values).course_id
    enrol(office, course, [one])
    record_scores(office, course, {one: read_mark("81.5")})
    post_results(office, course)
    issue_for_course(office, course)
    save_teacher(office, one, {"school_id": other, "post": "01"}, as_of="2024-09-01")
    leave = office.codes["teacher_status"].find("病假").code
    file_exemption(office, one, leave, (date(2023, 1, 1), date(2023, 6, 30)), "住院治疗")
    put_veto(office, one, 2019, "有偿补课")
    run_stamp(office, 2025)
    teachers(office, other, 1, name="没有记录的人")
    return one


def print_file(office, tmp_path, ids):
    return growth_file.build(growths(office, ids), tmp_path / "g.pdf", own_fonts(), Progress())


def print_card(office, tmp_path, ids, **given):
    people = growths(office, ids)
    return credit_card.build(people, tmp_path / "c.pdf", own_fonts(), Progress(), **given)


def test_growth_holds_everything_by_year_with_the_ledger_s_sums(office, someone):
    found = growth(office, someone)
    assert [one.year for one in found.years] == list(range(2016, 2026))
    by_year = {one.year: one for one in found.years}
    assert (by_year[2019].hours, by_year[2019].credits) == (Decimal("78.5"), Decimal("7.85"))
    wrong = [one for one in by_year[2020].trainings if not one.stands]
    assert [(one.taken_back, one.reversal, one.hours) for one in wrong] == [
        (True, False, 9), (False, True, -9),
    ]  # fmt: skip
    assert by_year[2020].hours == Decimal("78.5")
    (result,) = by_year[2025].results
    assert (result.score, result.result, result.place) == ("81.5", "合格", "已批准")
    assert by_year[2025].stamp_state == "不予验印"
    assert [(one.aspect, one.value) for one in found.held if not one.ends_on]
    assert len(found.certificates) == len(found.exemptions) == len(found.vetoes) == 1
    assert found.fact("联系电话") == "139****5678"
    assert growth(office, someone, masked=False).fact("联系电话") == "13912345678"


def test_cycles_carry_the_verdicts_of_their_own_packs(office, someone):
    found = growth(office, someone)
    assert [one.label for one in found.cycles] == ["2016-2020", "2021-2025"]
    assert [one.verdict.pack.id for one in found.cycles] == ["jilin-2019", "wenzhou-2012"]
    assert [one.running for one in found.cycles] == [False, True]
    assert [one.state for one in found.cycles] == ["已达标", "进行中"]
    last = found.cycles[-1].verdict
    assert last == explain(office, someone, Period(2021, 2025), last.pack)


def test_the_file_tells_all_of_it(office, tmp_path, someone):
    found = growth(office, someone)
    built = print_file(office, tmp_path, [someone])
    assert built.pages == check_print(built.path)
    text = squeezed(built.path)
    assert all(f"{label}{''.join(value.split())}" in text for label, value in found.identity)
    assert "13912345678" not in text
    for year in found.years:
        assert f"{year.year}年：培训{len(year.standing)}项" in text
        assert all("".join(one.title.split()) in text for one in year.trainings)
    assert "记错人的培训" in text
    assert "已冲销" in text
    for words in (
        "教学技能已批准81.5合格",
        "住院治疗待批",
        "2019师德有偿补课",
        "年度验印：不予验印",
    ):
        assert words in text
    assert found.certificates[0].number in text
    for held in found.held:
        assert f"{held.aspect}{held.value}{held.starts_on or '不详'}" in text


def test_the_card_is_one_page_with_each_year_and_requirement(office, tmp_path, someone):
    built = print_card(office, tmp_path, [someone])
    assert built.pages == check_print(built.path) == 1
    text = squeezed(built.path)
    found = growth(office, someone)
    assert "2021378.57.85" not in text
    assert "2021278.57.85——" in text
    for one in found.cycle.verdict.requirements:
        if one.result.applies:
            assert one.title in text
    assert "48.5／4.85" not in text
    assert "78.5／7.85" in text
    assert "周期状态（截至2025年12月20日）：进行中。" in text


def test_a_card_of_an_earlier_cycle_can_be_asked_for(office, tmp_path, someone):
    text = squeezed(print_card(office, tmp_path, [someone], cycle="2016-2020").path)
    assert "2016—2020年周期" in text
    assert "：已达标。" in text


def test_a_teacher_without_a_trace_has_a_card_and_a_file(office, tmp_path, someone):
    ids = [row[0] for row in office.store.query("SELECT id FROM teacher ORDER BY teacher_no")]
    built = print_card(office, tmp_path, ids)
    assert built.pages == len(ids) == len(bookmarks(built.path))
    assert "没有培训记录。" in squeezed(print_file(office, tmp_path, ids[-1:]).path)
    with pytest.raises(UserError, match="没有选中教师"):
        print_card(office, tmp_path, [])


@pytest.mark.parametrize("read", READERS)
def test_rare_characters_are_read_by_every_reader(office, tmp_path, someone, read):
    text = "".join(read(print_file(office, tmp_path, [someone]).path))
    assert RARE in text
    assert "䶮字研修" in text
