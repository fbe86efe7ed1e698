"""Lists of people who are to get certificates: whom each line means, and the register as lists."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.certificates import listing
from models.certificates.at_print import show_id_number
from models.certificates.issuing import Holder, Wish, issue, void
from models.certificates.kinds import kind_named, list_entity
from models.certificates.listing import (
    CertificateFilter,
    Counts,
    batches,
    certificate_ids,
    count_certificates,
    life_of,
    register_years,
)
from models.certificates.matching import holders_from_rows
from models.certificates.register import certificates, find
from models.certificates.replacing import replace
from models.entities.describe import columns
from models.errors import UserError
from models.exchange.holder_list import read_holder_list, read_pasted_holders
from models.office.context import Office
from models.progress import Progress
from models.staff.registration import save_teacher
from reports.inputs.certificates import copies_of
from reports.workbooks.template import write_template
from tests.offices import new_office, reopened
from tests.people import id_number, school, teachers
from tests.workbooks import many_sheets, xlsx

FACTS = {"valid_to": "2028-08-31"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path)
    yield office
    office.store.close()


@pytest.fixture
def people(office: Office) -> dict[str, str]:
    """Four teachers by a short name: two at one school bear the same name."""
    fourth, centre = school(office, "桦甸市第四中学"), school(office, "桦甸市常山镇中心小学")
    found = teachers(office, fourth, 3) + teachers(office, centre, 1)
    for one, name in zip(found, ("王芳", "王芳", "李红梅", "王芳"), strict=True):
        save_teacher(office, one, {"name": name})
    return dict(zip(("first", "second", "mei", "hill"), found, strict=True))


def number_of(office: Office, teacher: str) -> str:
    return office.store.value("SELECT teacher_no FROM teacher WHERE id = ?", (teacher,))


def gathered(office: Office, *lines: dict[str, object], kind: str = "backbone"):
    return holders_from_rows(office, kind, list(enumerate(lines, 2)))


def test_a_person_is_known_by_id_number_by_number_or_by_name_and_school(
    office: Office, people: dict[str, str]
):
    found = gathered(
        office,
        {"id_number": id_number(1)},
        {"teacher_no": number_of(office, people["first"]), "name": "王 芳"},
        {"name": "王芳", "school": "常山镇中心校"},
        {"name": "李红梅"},
    )
    assert found.problems == ()
    assert [one.teacher_id for one in found.holders] == [
        people["second"], people["first"], people["hill"], people["mei"]
    ]  # fmt: skip
    assert found.rows == (2, 3, 4, 5)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"name": "王芳"}, "名册中有 3 位王芳：.*（桦甸市第四中学）.*请写教师编号或身份证号"),
        ({"name": "王芳", "school": "四中"}, "机构名录中没有“四中”"),
        ({"name": "王芳", "school": "桦甸市第四中学"}, "桦甸市第四中学有 2 位王芳"),
        ({"name": "李红梅", "school": "常山镇中心小学"}, "没有李红梅；名册中有：.*第四中学"),
        ({"name": "赵云"}, "名册中没有赵云，请先登记"),
        ({"id_number": id_number(77)}, "名册中没有这个身份证号"),
        ({"id_number": "2202821985"}, "身份证号"),
        ({"teacher_no": "220282999999"}, "名册中没有这个教师编号"),
        ({"id_number": id_number(1), "name": "李红梅"}, "身份证号是王芳的，名单上写的是李红梅"),
        ({"school": "桦甸市第四中学"}, "没有写姓名"),
        ({"name": "李红梅", "valid_to": "后年"}, "有效期止“后年”看不出日期"),
    ],
)
def test_a_line_that_cannot_be_understood_is_told_and_nothing_guessed(
    office: Office, people: dict[str, str], line: dict[str, object], told: str
):
    found = gathered(office, line)
    assert found.holders == ()
    (problem,) = found.problems
    assert problem.row == 2
    assert re.search(told, problem.message), problem.message


def test_an_id_number_is_never_repeated_in_a_message(office: Office, people: dict[str, str]):
    (problem,) = gathered(office, {"id_number": id_number(77)}).problems
    assert id_number(77) not in problem.message


def test_a_line_without_a_person_means_the_school_where_schools_can_hold_it(
    office: Office, people: dict[str, str]
):
    lines = [{"school": "常山中心校", "title": "先进单位"}, {"name": "李红梅", "title": "师德标兵"}]
    found = gathered(office, *lines, kind="honour")
    assert [bool(one.institution_id) for one in found.holders] == [True, False]
    issued = issue(office, Wish("honour", found.holders)).certificates
    assert {one.holder_name: one.title for one in issued} == {
        "桦甸市常山镇中心小学": "先进单位",
        "李红梅": "师德标兵",
    }


def test_a_workbook_of_names_becomes_certificates(
    office: Office, people: dict[str, str], tmp_path: Path
):
    rows = [
        ["第五期骨干教师名单"],
        ["序号", "姓名", "工作单位", "骨干称号", "学科", "有效期至"],
        [1, "李红梅", "桦甸市第四中学", "县级初中骨干教师", "数学", datetime(2028, 8, 31)],  # noqa: DTZ001
        [2, "王 芳", "常山镇中心小学", "县级小学骨干教师", None, "2028.8.31"],
        ["合计", "2人"],
    ]
    book = xlsx(tmp_path / "名单.xlsx", rows)
    found = read_holder_list(office, book, kind_named("backbone"))
    assert found.problems == ()
    issued = issue(office, Wish("backbone", found.holders, batch="第五期")).certificates
    assert [one.holder_name for one in issued] == ["王芳", "李红梅"]
    assert [one.facts["valid_to"] for one in issued] == ["2028-08-31"] * 2
    assert [one.facts["subject"] for one in issued] == ["数学", "数学"]
    assert {one.batch for one in issued} == {"5"}


def test_a_workbook_that_names_nobody_is_refused(office: Office, tmp_path: Path):
    book = many_sheets(
        tmp_path / "名单.xlsx",
        {"支出": [["项目", "金额"], ["会议", 3]], "名单": [["姓名"], ["王芳"]]},
        {"名单"},
    )
    with pytest.raises(UserError, match=r"certificate\.no_table"):
        read_holder_list(office, book, kind_named("backbone"))


def test_pasted_cells_are_read_as_a_workbook_is(office: Office, people: dict[str, str]):
    text = "姓名\t单位\t称号\n李红梅\t桦甸市第四中学\t师德标兵\n赵云\t\t师德标兵\n"
    found = read_pasted_holders(office, text, kind_named("honour"))
    assert [one.teacher_id for one in found.holders] == [people["mei"]]
    assert [(one.row, one.message) for one in found.problems] == [(3, "名册中没有赵云，请先登记")]
    for wrong in ("", "李红梅\n赵云", "\x00\x01\x02" * 50):
        with pytest.raises(UserError) as refused:
            read_pasted_holders(office, wrong, kind_named("honour"))
        assert refused.value.hint


@pytest.mark.parametrize("kind", ["backbone", "honour", "agreement", "ticket"])
def test_the_template_of_a_kind_comes_back_as_it_went_out(
    office: Office, people: dict[str, str], tmp_path: Path, kind: str
):
    entity = list_entity(kind)
    out = write_template(tmp_path / "模板.xlsx", entity, office.codes, Progress())
    book = load_workbook(out)
    page = book.worksheets[0]
    assert page.title == f"{kind_named(kind).title}名单"
    heads = [cell.value for cell in page[1]]
    assert heads == ["序号", *(one.title for one in columns(entity).values())]
    page.cell(3, heads.index("姓名") + 1).value = "李红梅"
    for one in kind_named(kind).facts:
        page.cell(3, heads.index(one.title) + 1).value = one.example
    book.save(out)
    found = read_holder_list(office, out, kind_named(kind))
    assert (len(found.holders), found.problems) == (1, ())
    assert found.holders[0].facts == {one.key: one.example for one in kind_named(kind).facts}


@pytest.fixture
def register(office: Office, people: dict[str, str]) -> Office:
    """Three backbone certificates of two batches, one void; an honour of the next year."""
    every = [Holder(one) for one in people.values()]
    issue(office, Wish("backbone", every[:2], "1", "县级骨干教师", facts=FACTS))
    found = issue(office, Wish("backbone", every[2:3], "2", "市级骨干教师", facts=FACTS))
    void(office, found.certificates[0].id, "打印损坏")
    issue(office, Wish("honour", every[3:], title="师德标兵", year=2024))
    return office


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({}, ["GG0001", "GG0002", "GG0003", "RY0001"]),
        ({"kind": "backbone", "batch": "1"}, ["GG0001", "GG0002"]),
        ({"batch": ""}, ["RY0001"]),
        ({"year": 2024}, ["RY0001"]),
        ({"state": "valid"}, ["GG0001", "GG0002", "RY0001"]),
        ({"state": "void"}, ["GG0003"]),
        ({"state": "unprinted"}, ["GG0001", "GG0002", "RY0001"]),
        ({"state": "printed"}, []),
        ({"school": "桦甸市常山镇中心小学"}, ["RY0001"]),
        ({"text": "王芳 常山"}, ["RY0001"]),
        ({"text": "GG0003"}, ["GG0003"]),
        ({"text": "骨干 李"}, ["GG0003"]),
    ],
)
def test_a_list_shows_what_is_asked_for(register: Office, wanted, numbers):
    asked = CertificateFilter(**wanted)
    found = certificates(register, ids=certificate_ids(register, asked))
    assert [one.number[-6:] for one in found] == numbers
    void_ones = sum(one.void for one in found)
    assert count_certificates(register, asked) == Counts(len(numbers), void_ones)


def test_a_list_may_be_sorted_either_way(register: Office):
    def names(order: str, *, descending: bool = False) -> list[str]:
        ids = certificate_ids(register, order=order, descending=descending)
        return [one.number[-6:] for one in certificates(register, ids=ids)]

    assert names("number", descending=True)[0] == "RY0001"
    assert names("batch")[-1] == "GG0003"
    assert names("year")[0] == "RY0001"
    assert names("title")[0] == "GG0001"
    with pytest.raises(UserError, match=r"certificate\.state"):
        certificate_ids(register, CertificateFilter(state="lost"))


def test_batches_are_counted_latest_first(register: Office):
    listed = [(one.batch, one.title, one.counts) for one in batches(register, "backbone")]
    assert listed == [("2", "市级骨干教师", Counts(1, 1)), ("1", "县级骨干教师", Counts(2, 0))]
    assert len(batches(register)) == 3
    assert register_years(register) == [2025, 2024]


def test_the_life_of_a_certificate_is_told_in_order(office: Office, people: dict[str, str]):
    wish = Wish("backbone", [Holder(people["mei"])], title="骨干", facts=FACTS)
    (one,) = issue(office, wish).certificates
    with office.store.operation("test.print", "打印"):
        office.store.insert(
            "print_run",
            ("id", "title", "kind", "form", "medium", "begun_at", "state"),
            [("a" * 32, "批", "backbone", "backbone", "stock", "2025-09-21T08:00:00", "open")],
        )
        office.store.insert(
            "print_item",
            ("id", "run_id", "place", "certificate_id", "copy", "serial", "outcome",
             "outcome_on", "reason"),
            [
                ("b" * 32, "a" * 32, 1, one.id, "first", "00071", "spoilt", "2025-09-21", "卡纸"),
                ("c" * 32, "a" * 32, 2, one.id, "again", "00072", "printed", "2025-09-21", None),
            ],
        )  # fmt: skip
    later = reopened(office, "2025-10-08")
    (new,) = replace(later, one.id, "遗失").certificates
    told = [(each.day, each.what, each.about) for each in life_of(later, find(later, one.number))]
    assert told == [
        ("2025-09-20", "发证", "桦甸市教师进修学校"),
        ("2025-09-21", "打印作废", "00071，卡纸"),
        ("2025-09-21", "重新打印", "00072"),
        ("2025-10-08", "作废", "遗失"),
        ("2025-10-08", "补发新证", new.number),
    ]
    assert life_of(later, new)[0].about == f"代替 {one.number}"
    assert certificate_ids(later, CertificateFilter(state="printed")) == []
    later.store.close()


def test_copies_say_what_was_frozen_and_read_photo_and_id_number_when_printed(
    office: Office, people: dict[str, str]
):
    with office.store.operation("test.photo", "照片"):
        office.store.insert(
            "teacher_photo",
            ("id", "teacher_id", "jpeg_base64"),
            [("d" * 32, people["mei"], base64.b64encode(b"jpeg").decode())],
        )
    wish = Wish("backbone", [Holder(people["mei"])], "5", "县级骨干教师", facts=FACTS)
    issued = issue(office, wish).certificates
    save_teacher(office, people["mei"], {"name": "李某", "title": "1", "subject": "101"})
    copies = copies_of(office, issued, {issued[0].id: "补"}, codes={issued[0].id: "TC1:X"})
    (one,) = copies
    assert one == copies[0] == copies[:5][0]
    assert (one.photo, one.code, one.label) == (b"jpeg", "TC1:X", f"李红梅（{issued[0].number}）")
    assert one.values["id_number"] == id_number(2)
    expected = {
        "name": "李红梅", "sex": "男", "school": "桦甸市第四中学", "batch": "第五期",
        "title": "县级骨干教师", "subject": "数学", "teaching": "初中数学", "copy_mark": "补",
        "valid_from": "2025年9月20日", "valid_to": "2028年8月31日", "birth": "1985年6月",
        "issued_on": "二〇二五年九月二十日", "issuer": "桦甸市教师进修学校", "level": "",
    }  # fmt: skip
    assert expected.items() <= one.values.items()
    assert "course" not in one.values
    show_id_number(office, kind_named("backbone"), "masked")
    (masked,) = copies_of(office, issued, photos=False)
    assert (masked.values["id_number"], masked.photo) == (f"******{id_number(2)[-4:]}", None)
    show_id_number(office, kind_named("backbone"), "none")
    assert copies_of(office, issued)[0].values["id_number"] == ""
    with pytest.raises(UserError, match=r"certificate\.id_number"):
        show_id_number(office, kind_named("backbone"), "half")


def test_who_holds_one_already_is_looked_up_by_holder_not_by_kind(office: Office):
    """Ten thousand holders times all certificates of a kind would take a minute."""
    asked = listing._asked(CertificateFilter(kind="honour", state="valid", holders=frozenset("ab")))
    plan = office.store.tuples(f"EXPLAIN QUERY PLAN SELECT c.id {asked.where}", asked.values)
    used = " ".join(str(step[3]) for step in plan)
    assert "certificate_by_teacher" in used
    assert "certificate_by_institution" in used
