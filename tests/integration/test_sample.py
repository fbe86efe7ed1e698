"""The generated county: believable, repeatable, and gone without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from models.certificates.register import certificates
from models.errors import CancelledByUser, UserError
from models.exams.drawing import latest_draw
from models.exams.freezing import frame_of
from models.exams.registration import read
from models.exams.verification import verify
from models.office.context import Office
from models.office.identity import read_identity
from models.policies.cycles import Cycle
from models.progress import Progress
from models.sample.generation import SampleCounty, distribute, generate_county
from models.sample.removal import own_steps, remove_sample
from models.sample.schools import numeral
from models.staff.institutions import save_institution
from models.store.check import check
from models.text.id_numbers import birth_date, read_id_number, sex_code
from models.training.sums import totals, uneven_accounts
from tests.offices import desk, new_office

PEOPLE = 400
TODAY = date(2025, 9, 20)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, SampleCounty]]:
    office = new_office(tmp_path_factory.mktemp("sample"))
    yield office, generate_county(office, PEOPLE, 7)
    office.store.close()


def rows_of(office: Office) -> list[tuple[object, ...]]:
    """Every row of every journalled table."""
    return [
        (table, *row)
        for table in sorted(office.store.tracked)
        for row in office.store.query(f"SELECT * FROM {table} ORDER BY id")
    ]


def test_the_county_has_what_a_year_brings(made: tuple[Office, SampleCounty]):
    office, county = made
    assert county.teachers == PEOPLE
    assert county.schools > 20
    assert county.entries > PEOPLE * 5
    assert county.courses >= 4
    assert county.drawn > PEOPLE // 20
    assert county.certificates == len(certificates(office, course_id=county.course_ids[-1])) > 0
    assert len(totals(office, None, Cycle(2021, 2025))) > PEOPLE * 0.9


def test_every_kind_of_school_is_there_and_village_schools_have_their_centre(
    made: tuple[Office, SampleCounty],
):
    office, _ = made
    types = {row[0] for row in office.store.query("SELECT DISTINCT type FROM institution")}
    assert {"01", "02", "03", "04", "05", "06", "07", "09", "12", "15", "16"} <= types
    orphans = office.store.value(
        "SELECT COUNT(*) FROM institution WHERE type IN ('05', '06') AND parent_id IS NULL"
    )
    assert orphans == 0


def test_id_numbers_are_valid_unique_and_agree_with_sex_and_birth(
    made: tuple[Office, SampleCounty],
):
    rows = made[0].store.query("SELECT id_number, sex, birth_date FROM teacher")
    assert len({row["id_number"] for row in rows}) == PEOPLE
    for row in rows:
        assert read_id_number(row["id_number"], TODAY) == row["id_number"]
        assert sex_code(row["id_number"]) == row["sex"]
        assert birth_date(row["id_number"]).isoformat() == row["birth_date"]


def test_every_code_is_in_its_table(made: tuple[Office, SampleCounty]):
    office, _ = made
    for table, column in (
        ("sex", "sex"),
        ("ethnicity", "ethnicity"),
        ("stage", "stage"),
        ("post", "post"),
        ("title", "title"),
        ("education", "education"),
        ("backbone", "backbone"),
        ("teacher_status", "status"),
        ("track", "track"),
    ):
        for row in office.store.query(f"SELECT DISTINCT {column} FROM teacher"):
            assert row[0] is None or office.codes[table].get(row[0]), (column, row[0])
    for row in office.store.query("SELECT DISTINCT subject FROM teacher"):
        assert all(office.codes["subject"].get(one) for one in row[0].split("、"))


def test_the_draw_of_the_sample_verifies(made: tuple[Office, SampleCounty]):
    office, county = made
    exam = read(office, county.exam_id)
    record = latest_draw(office, exam).record
    assert verify(record, frame_of(office, exam).body.encode()).valid


def test_the_file_is_sound_and_marked_as_sample(made: tuple[Office, SampleCounty]):
    office, _ = made
    assert check(office.store).ok
    assert uneven_accounts(office) == []
    assert read_identity(office.store).sample


def test_names_with_rare_characters_and_middle_dots_occur(tmp_path: Path):
    office = new_office(tmp_path)
    generate_county(office, 3000, 1)
    names = "".join(row[0] for row in office.store.query("SELECT name FROM teacher"))
    assert "·" in names
    assert any(ord(character) > 0xFFFF for character in names)
    office.store.close()


def test_the_same_seed_gives_the_same_rows_with_the_same_identities(tmp_path: Path):
    made = []
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        office = new_office(tmp_path / name)
        generate_county(office, 60, seed)
        made.append(rows_of(office))
        office.store.close()
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_it_is_taken_away_in_one_action_that_leaves_no_row(tmp_path: Path):
    office = new_office(tmp_path)
    generate_county(office, 60, 3)
    assert own_steps(office) == 0
    empty = remove_sample(office, desk(seed=2))
    assert [row for row in rows_of(empty) if row[0] != "setting"] == []
    assert empty.identity.name == office.identity.name
    assert not empty.identity.sample
    assert check(empty.store).ok
    assert empty.store.value("SELECT COUNT(*) FROM operation") <= 2
    empty.store.close()
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".db"] == ["office.db"]


def test_work_done_in_a_sample_file_is_kept_as_a_copy_when_it_goes(tmp_path: Path):
    office = new_office(tmp_path)
    generate_county(office, 60, 3)
    save_institution(office, None, {"name": "我的学校"})
    assert own_steps(office) == 1
    empty = remove_sample(office, desk(seed=2))
    assert empty.store.value("SELECT COUNT(*) FROM institution") == 0
    empty.store.close()
    assert any("备份" in str(file) for file in tmp_path.rglob("*") if file.is_file())


def test_a_real_office_is_neither_filled_nor_emptied(tmp_path: Path):
    office = new_office(tmp_path)
    save_institution(office, None, {"name": "桦甸市第四中学"})
    with pytest.raises(UserError, match=r"sample\.not_empty"):
        generate_county(office, 60, 3)
    with pytest.raises(UserError, match=r"sample\.not_sample"):
        remove_sample(office, desk())
    assert office.store.value("SELECT COUNT(*) FROM institution") == 1
    office.store.close()


@pytest.mark.parametrize("teachers", [0, 19, 200_001])
def test_an_absurd_size_is_refused(tmp_path: Path, teachers: int):
    office = new_office(tmp_path)
    with pytest.raises(UserError, match=r"sample\.size"):
        generate_county(office, teachers, 1)
    office.store.close()


def test_cancelling_keeps_nothing(tmp_path: Path):
    class Impatient(Progress):
        def cancelled(self) -> bool:
            return True

    office = new_office(tmp_path)
    with pytest.raises(CancelledByUser):
        generate_county(office, 60, 1, Impatient())
    assert office.store.value("SELECT COUNT(*) FROM institution") == 0
    assert not read_identity(office.store).sample
    office.store.close()


def test_shares_add_up_to_the_total():
    assert distribute(10, [1, 1, 1]) == [3, 3, 4]
    assert sum(distribute(1234, [3, 8, 110, 2])) == 1234


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (100, "一百"),
        (105, "一百零五"),
        (118, "一百一十八"),
    ],
)
def test_numerals_of_school_names(number: int, text: str):
    assert numeral(number) == text
