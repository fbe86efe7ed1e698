"""Titles: grants with terms, what the register says of them on any day, and their end."""

from __future__ import annotations

import pytest

from models.errors import UserError
from models.office.context import Office
from models.staff.biography import read_biography
from models.staff.periods import periods_of
from models.staff.registration import change_many, save_teacher
from models.store.undo import undo
from models.titles.granting import change_grant, enter_grant
from models.titles.grants import GrantFilter, grants, teacher_grants
from models.titles.holding import adopt_register, disagreeing, settle, standing_codes
from models.titles.kinds import kind_meant, level_meant, title_meant, title_rules
from models.titles.reviewing import due_for_registration
from models.titles.withdrawing import end_by_leaving, mark_mistaken, withdraw
from tests.offices import reopened
from tests.titled import experienced, titled


@pytest.fixture
def teacher(office: Office) -> str:
    """One teacher of a school, thirteen years in service."""
    (one,) = experienced(office, 1)
    return one


def level_on(office: Office, teacher: str, day: str | None = None) -> str:
    """骨干级别 as lists show it, now or on a day."""
    return read_biography(office, teacher, day).shown["backbone"]


def test_every_code_of_the_register_is_a_title_of_the_rules(office: Office) -> None:
    """No entry of 骨干级别 is without a kind, and none belongs to two."""
    rules = title_rules()
    codes = [one.code for one in office.codes["backbone"]]
    assert [code for code in codes if rules.by_code(code) is None] == []
    borne = [code for kind in rules.kinds for code in kind.levels.values() if code]
    assert sorted(borne) == sorted(codes)
    assert all(office.codes["backbone"].find(rules.title_of(*title)) for title in map(
        rules.by_code, codes) if title)  # fmt: skip


def test_titles_are_understood_as_people_write_them() -> None:
    """With and without level, by another word; what nobody knows is told with what there is."""
    kind, level = title_meant("市学科带头人")
    assert (kind.key, level) == ("leader", "city")
    assert title_meant("县级骨干教师")[1] == "county"
    assert title_meant("特级教师")[0].key == "special"
    assert level_meant(kind_meant("教坛名师"), "市") == "city"
    with pytest.raises(UserError, match="没有“骨干大师”这种称号"):
        title_meant("骨干大师")
    with pytest.raises(UserError, match="没有“校级”这种学科教育教学专家级别") as caught:
        level_meant(kind_meant("学科教育教学专家"), "校级")
    assert caught.value.hint == "可填：省级、市级、县级。"


def test_the_register_follows_a_grant_on_every_day(office: Office, teacher: str) -> None:
    """A title given in 2024 stands in the lists of that time, and not in those before."""
    titled(office, teacher, "县级骨干教师")
    assert level_on(office, teacher) == "县骨干教师"
    assert level_on(office, teacher, "2025-01-01") == "县骨干教师"
    assert level_on(office, teacher, "2024-08-31") == ""


def test_the_highest_title_is_what_the_register_shows(office: Office, teacher: str) -> None:
    """A lower title given later changes nothing; an older one comes back when the higher ends."""
    high = titled(office, teacher, "市级学科带头人", granted_on="2024-01-01")
    titled(office, teacher, "县级骨干教师", granted_on="2024-09-01")
    titled(office, teacher, "县级师德标兵", granted_on="2025-01-01")
    assert level_on(office, teacher) == "市学科带头人"
    withdraw(office, [high.id], "没有履行带徒协议", on="2025-06-01")
    assert level_on(office, teacher) == "县骨干教师"
    assert level_on(office, teacher, "2025-05-31") == "市学科带头人"


def test_what_the_register_said_before_is_kept_as_a_title(office: Office, teacher: str) -> None:
    """A level imported years ago becomes a grant of its own and is not lost under a new one."""
    save_teacher(office, teacher, {"backbone": "21"}, "2019-09-01")
    titled(office, teacher, "县级骨干教师")
    assert level_on(office, teacher) == "省骨干教师"
    found = {one.title: one for one in teacher_grants(office, teacher)}
    assert found["省级骨干教师"].source == "名册"
    assert found.keys() == {"省级骨干教师", "县级骨干教师"}


def test_the_whole_register_is_taken_in_once(office: Office, teacher: str) -> None:
    """Everybody with a level becomes a grant; a second time brings nothing; undo takes it back."""
    change_many(office, [teacher], "backbone", "41")
    count, operation = adopt_register(office)
    assert count == 1
    assert adopt_register(office)[0] == 0
    undo(office.store, operation.id)
    assert grants(office) == []
    assert level_on(office, teacher) == "县骨干教师"


def test_a_withdrawal_is_seen_with_reason_and_consequence(office: Office, teacher: str) -> None:
    """The line stays, the register follows, and one undo brings everything back."""
    one = titled(office, teacher, "县级骨干教师")
    before = periods_of(office, teacher)
    operation = withdraw(office, [one.id], "没有履行带徒协议", decided_by="培训部")
    (after,) = grants(office, GrantFilter(teacher_id=teacher))
    assert after.state_name == "已取消"
    assert (after.ended_because, after.ended_by) == ("没有履行带徒协议", "培训部")
    assert after.consequence == title_rules().kind("backbone").withdrawn
    assert level_on(office, teacher) == ""
    undo(office.store, operation.id)
    assert grants(office)[0].valid
    assert periods_of(office, teacher) == before
    assert level_on(office, teacher) == "县骨干教师"


def test_a_withdrawal_without_sense_is_refused(office: Office, teacher: str) -> None:
    """No reason, a day to come, a day before the grant, one that is over: a sentence each."""
    one = titled(office, teacher, "县级骨干教师")
    for given, told in (
        (("", "2025-09-01"), "没有写取消的原因"),
        (("原因", "2026-01-01"), "还没有到"),
        (("原因", "2024-01-01"), "才授予县级骨干教师"),
    ):
        with pytest.raises(UserError, match=told):
            withdraw(office, [one.id], given[0], on=given[1])
    withdraw(office, [one.id], "原因")
    with pytest.raises(UserError, match="县级骨干教师已取消"):
        withdraw(office, [one.id], "原因")
    with pytest.raises(UserError, match="没有选中称号"):
        withdraw(office, [], "原因")
    with pytest.raises(UserError, match="已不在登记中"):
        withdraw(office, ["nobody"], "原因")


def test_who_retires_keeps_the_years_of_the_title(office: Office, teacher: str) -> None:
    """Ended by leaving: no consequence; until that day the lists say so."""
    one = titled(office, teacher, "县级骨干教师")
    end_by_leaving(office, [one.id], "退休", on="2025-08-31")
    (after,) = grants(office)
    assert (after.state_name, after.consequence) == ("离任终止", "")
    assert level_on(office, teacher, "2025-08-30") == "县骨干教师"
    assert level_on(office, teacher) == ""


def test_a_title_entered_by_mistake_never_held(office: Office, teacher: str) -> None:
    """The line stays to be seen, no day of the past shows it, and the right one can be entered."""
    one = titled(office, teacher, "县级骨干教师")
    mark_mistaken(office, [one.id], "登记错人")
    assert level_on(office, teacher, "2025-01-01") == ""
    titled(office, teacher, "县级骨干教师")
    assert level_on(office, teacher) == "县骨干教师"


def test_the_same_title_twice_at_a_time_is_refused(office: Office, teacher: str) -> None:
    """The sentence names whom; after the first has ended it is possible."""
    titled(office, teacher, "县级骨干教师", granted_on="2020-09-01")
    with pytest.raises(UserError, match="这段时间已有县级骨干教师"):
        enter_grant(office, [teacher], {"title": "县级骨干教师", "granted_on": "2021-09-01"})
    titled(office, teacher, "县级骨干教师", granted_on="2023-09-01")
    assert [one.ends_on for one in grants(office)] == ["2023-08-31", "2026-08-31"]


def test_days_of_a_title_can_be_put_right(office: Office, teacher: str) -> None:
    """The history of the register is that of the new days."""
    one = titled(office, teacher, "县级骨干教师")
    with pytest.raises(UserError, match="早于授予日期"):
        change_grant(
            office,
            one.id,
            {"title": "县级骨干教师", "granted_on": "2024-09-01", "ends_on": "2024-01-01"},
        )
    change_grant(office, one.id, {"title": "县级骨干教师", "granted_on": "2023-09-01"})
    assert level_on(office, teacher, "2023-10-01") == "县骨干教师"
    assert grants(office)[0].ends_on == "2026-08-31"


def test_a_term_that_ends_is_seen_and_the_register_is_put_right(
    office: Office, teacher: str
) -> None:
    """The register does not change by itself: a list says where it differs, one step settles it."""
    titled(office, teacher, "县级骨干教师", granted_on="2023-01-01")
    assert "将满" in grants(office)[0].doubts[0]
    later = reopened(office, "2026-01-02")
    (one,) = grants(later)
    assert (one.state_name, one.doubts) == ("任期已满", ("任期 2025-12-31 已满，待复检",))
    assert disagreeing(later) == [teacher]
    assert settle(later)[0] == 1
    assert disagreeing(later) == []
    assert level_on(later, teacher) == ""
    assert level_on(later, teacher, "2025-12-31") == "县骨干教师"


def test_a_level_of_the_offices_own_stays(office: Office, teacher: str) -> None:
    """A code that no rule knows is nobody's title and is not taken away."""
    with office.store.operation("test", "自定级别"):
        office.store.execute("UPDATE teacher SET backbone = '777' WHERE id = ?", (teacher,))
    assert adopt_register(office)[0] == 0
    assert disagreeing(office) == []
    one = titled(office, teacher, "县级骨干教师")
    withdraw(office, [one.id], "原因")
    value = office.store.value("SELECT backbone FROM teacher WHERE id = ?", (teacher,))
    assert value == "777"


def test_grants_are_found_by_what_their_lines_hold(office: Office, teacher: str) -> None:
    """By kind, state, subject and words."""
    titled(office, teacher, "县级骨干教师", certificate_no="220282001")
    wanted = (
        GrantFilter(kind="backbone", level="county", state="valid"),
        GrantFilter(subject="102", stage="3"),
        GrantFilter(words="2202820"),
        GrantFilter(words="数学"),
    )
    assert [len(grants(office, one)) for one in wanted] == [1, 1, 1, 1]
    assert grants(office, GrantFilter(subject="101")) == []
    assert grants(office, GrantFilter(doubtful=True)) == []


def test_a_title_counts_until_its_last_day_though_nobody_updated_the_register(
    office: Office, teacher: str
) -> None:
    """A lower title that still holds takes its place; what no grant explains stays."""
    titled(office, teacher, "市级学科带头人", ends_on="2025-12-31")
    titled(office, teacher, "县级骨干教师", ends_on="2026-12-31")
    known: dict[str, str | None] = {teacher: "32"}
    for day, code in (("2025-12-31", "32"), ("2026-01-01", "41"), ("2027-01-01", "")):
        assert standing_codes(office, known, day) == {teacher: code}
    assert standing_codes(office, {teacher: "21"}, "2027-01-01") == {teacher: "21"}


def test_a_kind_that_the_rules_know_no_more_goes_by_its_stored_name(
    office: Office, teacher: str
) -> None:
    """Lists, the register and the yearly registration live on without it."""
    one = titled(office, teacher, "县级骨干教师")
    with office.store.operation("test.kind", "旧种类"):
        office.store.execute("UPDATE title_grant SET kind = '旧称号' WHERE id = ?", (one.id,))
    assert grants(office)[0].title == "县级旧称号"
    assert due_for_registration(office, 2024) == []
    assert disagreeing(office) == [teacher]
