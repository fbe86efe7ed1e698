"""The register: taking teachers in, finding them, moving them, and seeing any day again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from models.errors import UserError
from models.office.context import Office
from models.staff.biography import read_biography
from models.staff.directory import read_directory
from models.staff.institutions import add_alias, delete_institution, save_institution
from models.staff.moves import close_institution, move_teachers
from models.staff.queries import TeacherFilter, count_teachers, teacher_ids, teacher_rows
from models.staff.registration import change_many, delete_teachers, save_teacher
from models.staff.search import read_search_index
from models.store.undo import undo
from tests.offices import new_office

ZHANG = {"name": "张𬭎", "sex": "1", "id_number": "11010519491231002X", "phone": "13812345521"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path)
    save_institution(office, None, {"name": "桦甸市第五中学", "short_name": "五中"})
    save_institution(office, None, {"name": "桦甸市第三中学", "short_name": "三中"})
    yield office
    office.store.close()


def school(office: Office, name: str) -> str:
    known = read_directory(office).find(name)
    assert known is not None
    return known.id


def only_teacher(office: Office) -> str:
    (identity,) = teacher_ids(office)
    return identity


def test_a_new_teacher_gets_the_next_number_of_the_series(office: Office) -> None:
    save_teacher(office, None, ZHANG)
    save_teacher(office, None, {"name": "王芳"})
    numbers = {row.shown["teacher_no"] for row in teacher_rows(office, teacher_ids(office))}
    assert numbers == {"220282000001", "220282000002"}


def test_a_number_is_not_given_again_after_its_teacher_was_deleted(office: Office) -> None:
    save_teacher(office, None, ZHANG)
    delete_teachers(office, teacher_ids(office))
    save_teacher(office, None, {"name": "王芳"})
    (row,) = teacher_rows(office, teacher_ids(office))
    assert row.shown["teacher_no"] == "220282000002"


def test_a_deleted_teacher_comes_back_whole_by_undo(office: Office) -> None:
    save_teacher(office, None, ZHANG)
    before = teacher_rows(office, teacher_ids(office), masked=False)
    operation = delete_teachers(office, teacher_ids(office))
    assert count_teachers(office) == 0
    undo(office.store, operation.id)
    assert teacher_rows(office, teacher_ids(office), masked=False) == before


def test_a_known_person_is_not_entered_twice(office: Office) -> None:
    save_teacher(office, None, ZHANG | {"school_id": school(office, "五中")})
    with pytest.raises(UserError, match="桦甸市第五中学 张𬭎") as refusal:
        save_teacher(office, None, ZHANG)
    assert refusal.value.code == "staff.known_person"
    assert "调入" in refusal.value.hint


def test_id_numbers_and_phones_are_masked_unless_asked_for(office: Office) -> None:
    save_teacher(office, None, ZHANG)
    (masked,) = teacher_rows(office, teacher_ids(office))
    (plain,) = teacher_rows(office, teacher_ids(office), masked=False)
    assert "19491231" not in masked.shown["id_number"]
    assert masked.shown["id_number"].endswith("002X")
    assert masked.shown["phone"] == "138****5521"
    assert plain.shown["id_number"] == "11010519491231002X"


def test_a_move_keeps_where_the_teacher_was_before(office: Office) -> None:
    save_teacher(office, None, ZHANG | {"school_id": school(office, "五中")})
    teacher = only_teacher(office)
    move_teachers(office, [teacher], school(office, "三中"), "2025-09-01")
    assert read_biography(office, teacher).shown["school"] == "桦甸市第三中学"
    assert read_biography(office, teacher, "2025-08-31").shown["school"] == "桦甸市第五中学"
    assert read_biography(office, teacher, "2025-09-01").shown["school"] == "桦甸市第三中学"


def test_a_second_move_closes_the_period_of_the_first(office: Office) -> None:
    save_teacher(office, None, ZHANG | {"school_id": school(office, "五中")})
    teacher = only_teacher(office)
    move_teachers(office, [teacher], school(office, "三中"), "2023-09-01")
    move_teachers(office, [teacher], school(office, "五中"), "2025-09-01")
    days = {"2022-01-01": "五", "2024-01-01": "三", "2025-10-01": "五"}
    for day, which in days.items():
        assert read_biography(office, teacher, day).shown["school"] == f"桦甸市第{which}中学"


def test_a_merged_school_hands_its_teachers_over_and_keeps_its_past(office: Office) -> None:
    save_teacher(office, None, ZHANG | {"school_id": school(office, "五中")})
    with pytest.raises(UserError, match="还有 1 名教师"):
        close_institution(office, school(office, "五中"), "2025-07-01")
    close_institution(office, school(office, "五中"), "2025-07-01", school(office, "三中"))
    teacher = only_teacher(office)
    assert read_biography(office, teacher).shown["school"] == "桦甸市第三中学"
    assert read_biography(office, teacher, "2025-01-01").shown["school"] == "桦甸市第五中学"


def test_a_school_with_teachers_cannot_be_deleted(office: Office) -> None:
    save_teacher(office, None, ZHANG | {"school_id": school(office, "五中")})
    with pytest.raises(UserError, match="还有 1 名教师"):
        delete_institution(office, school(office, "五中"))


def test_an_alias_is_known_from_then_on(office: Office) -> None:
    add_alias(office, school(office, "五中"), "桦五")
    known = read_directory(office).find("桦 五")
    assert known is not None
    assert known.name == "桦甸市第五中学"


def test_a_school_is_found_without_the_name_of_its_county(office: Office) -> None:
    known = read_directory(office).find("第五中学")
    assert known is not None
    assert known.name == "桦甸市第五中学"


def test_many_teachers_are_changed_in_one_step_and_back(office: Office) -> None:
    for name in ("王芳", "李雷", "韩梅"):
        save_teacher(office, None, {"name": name, "stage": office.codes["stage"].find("初中").code})
    primary = office.codes["stage"].find("小学").code
    operation = change_many(office, teacher_ids(office), "stage", primary)
    assert {row.shown["stage"] for row in teacher_rows(office, teacher_ids(office))} == {"小学"}
    undo(office.store, operation.id)
    assert {row.shown["stage"] for row in teacher_rows(office, teacher_ids(office))} == {"初中"}


@pytest.mark.parametrize("query", ["𬭎", "zh", "zhang", "002X", "002x", "5521", "五中", "张 五中"])
def test_a_teacher_is_found_by(query: str, office: Office) -> None:
    save_teacher(office, None, ZHANG | {"school_id": school(office, "五中")})
    save_teacher(office, None, {"name": "李雷", "school_id": school(office, "三中")})
    hits = read_search_index(office).find(query)
    assert hits is not None
    names = [
        row.shown["name"]
        for row in teacher_rows(office, teacher_ids(office, TeacherFilter(ids=hits)))
    ]
    assert names == ["张𬭎"]


def test_lists_are_sorted_by_pinyin_with_surname_readings(office: Office) -> None:
    for name in ("曾平", "单红", "安宁", "仇山"):
        save_teacher(office, None, {"name": name})
    names = [row.shown["name"] for row in teacher_rows(office, teacher_ids(office))]
    assert names == ["安宁", "仇山", "单红", "曾平"]
    backwards = teacher_ids(office, order="name", descending=True)
    assert [row.shown["name"] for row in teacher_rows(office, backwards)] == names[::-1]


def test_title_and_degree_are_those_of_the_day(office: Office) -> None:
    save_teacher(office, None, ZHANG | {"title": "4", "education": "30"})
    teacher = only_teacher(office)
    save_teacher(office, teacher, {"title": "3", "education": "20"})
    today = office.store.clock.today()
    before = read_biography(office, teacher, (today - timedelta(days=1)).isoformat()).shown
    assert (before["title"], before["education"]) == ("二级教师", "专科")
    now = read_biography(office, teacher)
    assert now.shown["title"] == "一级教师"
    assert {(one.aspect, one.value) for one in now.periods} >= {
        ("title", "二级教师"), ("title", "一级教师"), ("education", "本科"),
    }  # fmt: skip
