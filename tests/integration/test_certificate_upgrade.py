"""A file of the program that knew certificates of courses only goes on with its register whole."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

import pytest

from models.certificates.issuing import issue_for_course, void
from models.certificates.listing import life_of
from models.certificates.register import certificates, find
from models.office.context import Office
from models.store.check import check
from models.store.history import history
from models.store.undo import undo
from models.workspace import opening
from reports.inputs.certificates import copies_of
from tests.offices import HUADIAN, desk
from tests.people import school, teachers

OLD_CERTIFICATE = (
    "number", "series", "seq", "form", "teacher_id", "course_id", "holder_no", "holder_name",
    "holder_sex", "holder_school", "holder_id_tail", "title", "year", "hours", "credits", "score",
    "start_date", "end_date", "issuer", "issued_on",
)  # fmt: skip
OLD_TABLES = {"certificate", "certificate_event"}
EVENT = ("id", "certificate_id", "step", "event", "happened_on", "reason")


def older(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the program what it was: one migration of the room, its two tables."""
    cut = copy.copy(opening.certificates_migrations.migrations)
    cut._migrations = cut._migrations[:1]
    rooms = tuple(cut if room.name == "certificates" else room for room in opening.MIGRATIONS)
    own = {one.table for one in opening.certificates_tables.TRACKED}
    tracked = tuple(
        replace(one, units={"row": OLD_CERTIFICATE}) if one.table == "certificate" else one
        for one in opening.TRACKED
        if one.table not in own - OLD_TABLES
    )
    monkeypatch.setattr(opening, "MIGRATIONS", rooms)
    monkeypatch.setattr(opening, "TRACKED", tracked)


def old_course(office: Office, people: list[str]) -> None:
    """A course that both passed."""
    with office.store.operation("training.register", "登记课程"):
        office.store.insert(
            "course",
            ("id", "code", "title", "title_key", "year", "hours", "status", "organizer"),
            [("c" * 32, "2024-001", "公开课", "公开课", 2024, 1500, "open", "吉林省教育学院")],
        )
        office.store.insert(
            "enrolment",
            ("id", "course_id", "teacher_id", "enrolled_on", "score", "result"),
            [
                (f"{n}" * 32, "c" * 32, one, "2024-01-01", 8000, "passed")
                for n, one in enumerate(people)
            ],
        )


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An old file: a course with two certificates, one of them void."""
    path = tmp_path / "office.db"
    with monkeypatch.context() as then:
        older(then)
        office = opening.create_office(path, HUADIAN, desk())
        people = teachers(office, school(office, "桦甸市第四中学"), 2)
        old_course(office, people)
        with office.store.operation("certificates.issue", "公开课发证 2 本"):
            office.store.insert(
                "certificate",
                ("id", *OLD_CERTIFICATE),
                [
                    (
                        f"{n + 4}" * 32, f"2202822024JY0000{n}", "2202822024JY*", n, "completion",
                        one, "c" * 32, f"22028200000{n}", "张三一", "1", "桦甸市第四中学", "0010",
                        "公开课", 2024, 1500, 150, "80", "2024-01-05", "2024-01-09",
                        "桦甸市教师进修学校", "2024-02-01",
                    )
                    for n, one in enumerate(people, 1)
                ],
            )  # fmt: skip
        with office.store.operation("certificates.void", "作废"):
            office.store.insert(
                "certificate_event",
                EVENT,
                [("e" * 32, "6" * 32, 1, "void", "2024-02-03", "打印损坏")],
            )
        office.store.close()
    return path


def test_the_register_of_before_is_whole_and_the_journal_agrees_with_it(path: Path):
    office = opening.open_workspace(path, desk(seed=5))
    try:
        assert office.store.notices
        first, second = certificates(office)
        assert (first.kind, first.title, first.year, first.batch) == (
            "completion",
            "公开课",
            2024,
            "",
        )
        assert first.facts == {
            "course": "公开课", "hours": "15", "credits": "1.5", "result": "80",
            "start_date": "2024-01-05", "end_date": "2024-01-09",
        }  # fmt: skip
        assert (first.status, second.status, second.void_reason) == ("有效", "作废", "打印损坏")
        assert [one.what for one in life_of(office, second)] == ["发证", "作废"]
        assert check(office.store).ok
    finally:
        office.store.close()


def test_what_the_old_register_did_not_freeze_is_printed_as_it_was(path: Path):
    office = opening.open_workspace(path, desk(seed=5))
    try:
        (printed,) = copies_of(office, [find(office, "2202822024JY00001")])
        assert printed.values["held_by"] == "吉林省教育学院举办的"
        assert printed.values["period"] == "于2024年1月5日至1月9日"
        assert printed.values["amount"] == "15 学时、1.5 学分"
        assert printed.values["verdict"] == "考核成绩合格，"
        assert printed.values["course"] == "“公开课”"
    finally:
        office.store.close()


def test_issue_void_and_undo_go_on_where_the_old_file_stopped(path: Path):
    office = opening.open_workspace(path, desk(seed=5))
    try:
        before = {one.title: one.id for one in history(office.store, 20)}
        undo(office.store, before["作废"])
        assert find(office, "2202822024JY00002").status == "有效"
        assert issue_for_course(office, "c" * 32).before == 2
        void(office, "5" * 32, "遗失")
        (fresh,) = issue_for_course(office, "c" * 32).certificates
        assert fresh.number == "2202822025JY00001"
        assert fresh.facts["organizer"] == "吉林省教育学院"
        assert check(office.store).ok
        undo(office.store, before["公开课发证 2 本"])
        assert [one.status for one in certificates(office)] == ["作废", "作废", "有效"]
    finally:
        office.store.close()
