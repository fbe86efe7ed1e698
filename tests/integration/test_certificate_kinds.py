"""Certificates of every kind: who gets one, what is frozen, how it is numbered and replaced."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from models.certificates.gaps import gap_report
from models.certificates.issuing import Holder, Wish, issue, void
from models.certificates.kinds import kinds
from models.certificates.register import certificates, find
from models.certificates.replacing import replace
from models.certificates.series import next_number, set_rule, set_start
from models.certificates.trust import trust_of
from models.certificates.wishes import plan_issue
from models.errors import UserError
from models.office.context import Office
from models.policies.cycles import cycle_of
from models.staff.registration import save_teacher
from models.store.check import check
from models.store.undo import undo
from models.training.ledger import RecordDraft, post_records
from tests.offices import new_office, reopened
from tests.people import school, teachers

HONOUR = {"title": "优秀帮扶对子", "occasion": "城乡帮扶"}
NEEDED = {
    "completion": {"course": "公开课", "hours": "15"},
    "continuing": {},
    "backbone": {"title": "县级小学骨干教师", "valid_to": "2028-08-31"},
    "honour": HONOUR,
    "agreement": {
        "mentee": "李强", "mentee_school": "常山镇中心小学", "valid_to": "2026-07-15",
        "goals": "达到基础型教师标准", "tasks": "每月听课两节",
    },
    "ticket": {
        "exam": "年末统考", "exam_subject": "数学", "exam_day": "2025-12-20", "exam_place": "四中"
    },
    "credit_card": {},
}  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path)
    yield office
    office.store.close()


@pytest.fixture
def people(office: Office) -> list[str]:
    return teachers(
        office, school(office, "桦甸市第四中学"), 3, title="3", education="20", ethnicity="11"
    )


def wish(kind: str, people: list[str], **changes: str) -> Wish:
    return Wish(kind, [Holder(one) for one in people], facts=NEEDED[kind] | changes)


@pytest.mark.parametrize("kind", list(kinds()))
def test_every_kind_is_issued_once_and_frozen(office: Office, people: list[str], kind: str):
    found = issue(office, wish(kind, people))
    assert [one.kind for one in found.certificates] == [kind] * 3
    assert [one.number for one in found.certificates] == sorted(
        one.number for one in found.certificates
    )
    one = found.certificates[0]
    assert NEEDED[kind].items() <= one.facts.items()
    assert kinds()[kind].mark in one.number
    save_teacher(office, one.teacher_id, {"name": "李四", "title": "2", "subject": "101"})
    assert find(office, one.number) == one
    again = issue(office, wish(kind, people))
    assert (again.certificates, again.before) == ((), 3)
    assert check(office.store).ok


def test_what_forms_say_of_a_teacher_is_kept_as_words_but_no_id_number(
    office: Office, people: list[str]
):
    one = issue(office, wish("continuing", people)).certificates[0]
    assert one.facts["birth"] == "1985-06"
    assert one.facts["ethnicity"] == "满族"
    assert (one.facts["rank"], one.facts["stage"]) == ("一级教师", "初中")
    assert one.facts["subject"] == "数学"
    (kept,) = office.store.tuples("SELECT facts FROM certificate WHERE id = ?", (one.id,))
    number = office.store.value("SELECT id_number FROM teacher WHERE id = ?", (one.teacher_id,))
    assert str(number)[6:14] not in str(kept)
    assert one.holder_id_tail == str(number)[-4:]


def test_they_are_numbered_in_the_order_of_handing_out(office: Office):
    (late,) = teachers(office, school(office, "红石中学"), 1, name="安静")
    first = teachers(office, school(office, "北台子中学"), 2)
    save_teacher(office, first[0], {"name": "赵一"})
    save_teacher(office, first[1], {"name": "白一"})
    found = issue(office, wish("honour", [late, *first])).certificates
    assert [one.holder_name for one in found] == ["白一", "赵一", "安静"]


def test_an_institution_may_hold_an_honour_and_nothing_else(office: Office, people: list[str]):
    place = school(office, "红石中学")
    both = [Holder(people[0]), Holder(institution_id=place, facts={"title": "帮扶工程先进单位"})]
    found = issue(office, Wish("honour", both, batch="第三期", facts=HONOUR))
    unit = next(one for one in found.certificates if one.institution_id)
    assert (unit.holder_name, unit.holder_no, unit.holder_sex) == ("红石中学", "", "")
    assert (unit.title, unit.batch) == ("帮扶工程先进单位", "3")
    again = issue(office, Wish("honour", both, batch="3", facts=HONOUR))
    assert (again.certificates, again.before) == ((), 2)
    with pytest.raises(UserError, match="红石中学不能持有准考证，只发给教师"):
        issue(office, Wish("ticket", [Holder(institution_id=place)], facts=NEEDED["ticket"]))


def test_another_batch_or_another_honour_is_another_certificate(office: Office, people: list[str]):
    issue(office, Wish("honour", [Holder(people[0])], batch="1", facts=HONOUR))
    issue(office, Wish("honour", [Holder(people[0])], batch="2", facts=HONOUR))
    other = Wish("honour", [Holder(people[0])], batch="2", title="师德标兵")
    assert len(issue(office, other).certificates) == 1
    later = reopened(office, "2026-09-20")
    assert len(issue(later, other).certificates) == 1
    later.store.close()


def test_everybody_who_cannot_get_one_is_told_with_the_reason(office: Office, people: list[str]):
    save_teacher(office, people[0], {"name": "王退", "status": "13"})
    bad = Wish(
        "ticket",
        [
            Holder(people[0], facts={"seat": "1"}),
            Holder(people[1], facts={"exam_place": " "}),
            Holder("0" * 32),
            Holder(people[2]),
            Holder(people[2]),
        ],
        facts={"exam": "统考", "exam_subject": "数学", "exam_day": "2025-12-20"},
    )
    plan = plan_issue(office, bad)
    told = [f"{one.name}：{one.reason}" for one in plan.refused]
    assert told[0] == "王退（桦甸市第四中学）：已退休，缺少考试地点"
    assert told[1].endswith("：缺少考试地点")
    assert told[2] == "有一人：不在名册中"
    assert told[4].endswith("，在名单中出现两次")
    assert plan.due == ()
    with pytest.raises(UserError, match="有 5 人不能发：王退（桦甸市第四中学）已退休"):
        issue(office, bad)
    assert certificates(office) == []
    assert next_number(office, "ticket") == "2025ZK00001"


def test_a_fact_that_cannot_be_read_stops_the_issue(office: Office, people: list[str]):
    with pytest.raises(UserError, match=r"有效期止.*看不出日期"):
        issue(office, wish("backbone", people, valid_to="明年"))
    with pytest.raises(UserError, match="骨干教师资格证书没有“seat”这一项"):
        issue(office, wish("backbone", people, seat="1"))
    with pytest.raises(UserError, match="没有选中"):
        issue(office, Wish("backbone", []))
    found = issue(office, wish("backbone", people, valid_to="2028年8月31日")).certificates
    assert found[0].facts["valid_to"] == "2028-08-31"
    assert found[0].facts["valid_from"] == "2025-09-20"
    assert found[0].facts["subject"] == "数学"


def test_an_agreement_names_the_holder_as_mentor_unless_told_otherwise(
    office: Office, people: list[str]
):
    first = issue(office, wish("agreement", people[:1])).certificates[0]
    assert (first.facts["mentor"], first.facts["mentor_school"]) == (
        first.holder_name,
        "桦甸市第四中学",
    )
    assert first.title == "师徒结对"
    second = issue(office, wish("agreement", people[:1], mentee="王强")).certificates
    assert len(second) == 1


def test_a_credit_card_takes_its_sums_from_the_ledger_of_its_cycle(
    office: Office, people: list[str]
):
    cycle = cycle_of(office, 2025)
    with office.store.operation("test.post", "登记"):
        post_records(
            office,
            [
                RecordDraft(
                    people[0], year, "公开课", None, None, None, None, Decimal("12.5"), Decimal(1)
                )
                for year in (2025, cycle.first - 1)
            ],
            source="test",
        )
    found = {one.teacher_id: one for one in issue(office, wish("credit_card", people)).certificates}
    card = found[people[0]]
    assert card.title == cycle.label
    assert (card.hours, card.credits) == (Decimal("12.5"), Decimal(1))
    assert found[people[1]].hours == 0
    old = cycle_of(office, cycle.first - 1).label
    before = issue(office, wish("credit_card", people[:1], cycle=old)).certificates[0]
    assert (before.title, before.hours) == (old, Decimal("12.5"))


def test_a_series_starts_where_the_office_says_and_never_goes_back(
    office: Office, people: list[str]
):
    set_start(office, "honour", 120)
    assert next_number(office, "honour") == "2202822025RY0120"
    issue(office, wish("honour", people))
    assert next_number(office, "honour") == "2202822025RY0123"
    with pytest.raises(UserError, match="已编到 122") as refused:
        set_start(office, "honour", 122)
    assert "123 到" in refused.value.hint
    set_start(office, "honour", 200)
    assert next_number(office, "honour") == "2202822025RY0200"
    assert next_number(office, "backbone") == "2202822025GG0001"


def test_each_kind_has_its_own_rule_and_a_batch_may_be_part_of_it(
    office: Office, people: list[str]
):
    set_rule(office, "backbone", "桦骨〔{year}〕{batch:02d}-{seq:03d}")
    with pytest.raises(UserError, match=r"certificate\.no_batch"):
        issue(office, wish("backbone", people))
    fifth = Wish("backbone", [Holder(people[0])], batch="第五期", facts=NEEDED["backbone"])
    sixth = Wish("backbone", [Holder(people[0])], batch="6", facts=NEEDED["backbone"])
    numbers = [issue(office, one).certificates[0].number for one in (fifth, sixth)]
    assert numbers == ["桦骨〔2025〕05-001", "桦骨〔2025〕06-001"]
    assert next_number(office, "honour") == "2202822025RY0001"
    set_rule(office, "backbone", "")
    assert next_number(office, "backbone") == "2202822025GG0001"
    with pytest.raises(UserError, match=r"certificate\.rule"):
        set_rule(office, "backbone", "{year}")


def test_series_that_spell_the_same_number_do_not_give_it_twice(office: Office, people: list[str]):
    set_rule(office, "honour", "{year}{batch}{seq}")
    set_rule(office, "backbone", "{year}{seq}")
    set_start(office, "backbone", 11)
    first = issue(office, Wish("honour", [Holder(people[0])], batch="1", facts=HONOUR))
    assert first.certificates[0].number == "202511"
    second = issue(office, wish("backbone", people[:2])).certificates
    assert [one.number for one in second] == ["202512", "202513"]


def test_a_replaced_one_and_the_new_one_name_each_other(office: Office, people: list[str]):
    one = issue(office, wish("backbone", people)).certificates[0]
    save_teacher(office, one.teacher_id, {"name": "章三一", "title": "2"})
    done = replace(office, one.id, "姓名印错")
    (new,) = done.certificates
    old = find(office, one.number)
    assert (old.status, old.void_reason, old.replaced_by) == ("作废", "姓名印错", new.number)
    assert (new.replaces, new.replaces_number, new.status) == (old.id, old.number, "有效")
    assert new.number == "2202822025GG0004"
    assert (new.holder_name, new.facts["rank"]) == ("章三一", "一级教师")
    assert new.facts == old.facts
    with pytest.raises(UserError, match=f"已补发为 {new.number}"):
        replace(office, one.id, "再补")
    again = issue(office, wish("backbone", people))
    assert (again.certificates, again.before) == ((), 3)


def test_undoing_a_replacement_makes_the_old_one_valid_and_uses_the_number_up(
    office: Office, people: list[str]
):
    one = issue(office, wish("backbone", people)).certificates[0]
    done = replace(office, one.id, "遗失")
    undone = undo(office.store, done.operation.id)
    old, new = find(office, one.number), find(office, done.certificates[0].number)
    assert (old.status, old.replaced_by, new.status) == ("有效", "", "作废")
    undo(office.store, undone.id)
    assert find(office, one.number).replaced_by == new.number
    undo(office.store, done.operation.id)
    (next_one,) = replace(office, one.id, "又遗失").certificates
    assert next_one.number == "2202822025GG0005"
    assert find(office, one.number).replaced_by == next_one.number
    assert check(office.store).ok


def test_what_replaces_is_what_is_valid_today(office: Office, people: list[str]):
    (one,) = issue(office, wish("honour", people[:1])).certificates
    first = replace(office, one.id, "遗失")
    undo(office.store, first.operation.id)
    void(office, one.id, "遗失")
    assert find(office, one.number).replaced_by == ""  # the new one is void
    assert not trust_of(office).is_replaced(one.number)
    (second,) = replace(office, one.id, "遗失").certificates
    assert find(office, one.number).replaced_by == second.number
    (series,) = gap_report(office).series
    assert [hole.replaced_by for hole in series.holes if hole.number == one.number] == [
        second.number
    ]
    (third,) = replace(office, second.id, "又遗失").certificates
    assert find(office, one.number).replaced_by == second.number  # and that by the third
    assert find(office, second.number).replaced_by == third.number
    assert trust_of(office).is_replaced(one.number)
    void(office, third.id, "不再需要")
    assert find(office, one.number).replaced_by == ""


def test_one_at_most_is_valid_in_the_place_of_another(office: Office, people: list[str]):
    (one,) = issue(office, wish("backbone", people[:1])).certificates
    first = replace(office, one.id, "遗失")
    undone = undo(office.store, first.operation.id)
    replace(office, one.id, "又遗失")
    with pytest.raises(UserError, match=r"store\.nothing_to_undo"):
        undo(office.store, undone.id)
    assert [found.status for found in certificates(office)] == ["作废", "作废", "有效"]


def test_a_replacement_may_say_something_else(office: Office, people: list[str]):
    one = issue(office, wish("honour", people)).certificates[0]
    with pytest.raises(UserError, match=r"certificate\.no_reason"):
        replace(office, one.id, "")
    with pytest.raises(UserError, match="缺少称号"):
        replace(office, one.id, "印错", {"title": ""})
    with pytest.raises(UserError, match="没有“name”这一项"):
        replace(office, one.id, "印错", {"name": "李四"})
    facts = {"award": "一等奖", "occasion": "", "school": "红石中学"}
    (new,) = replace(office, one.id, "印错", facts).certificates
    assert (new.facts["award"], "occasion" in new.facts) == ("一等奖", False)
    assert new.holder_school == "红石中学"


def test_a_void_one_is_not_replaced_if_the_holder_was_given_another(
    office: Office, people: list[str]
):
    one = issue(office, wish("backbone", people[:1])).certificates[0]
    void(office, one.id, "遗失")
    issue(office, wish("backbone", people[:1]))
    with pytest.raises(UserError, match="已另有一本同样的有效骨干教师资格证书"):
        replace(office, one.id, "遗失")
    (other,) = issue(office, wish("backbone", people[1:2])).certificates
    void(office, other.id, "印坏")
    assert replace(office, other.id, "印坏").certificates[0].replaces == other.id


def test_bringing_an_undone_issue_back_leaves_out_what_was_replaced_meanwhile(
    office: Office, people: list[str]
):
    done = issue(office, wish("backbone", people))
    undone = undo(office.store, done.operation.id)
    (new,) = replace(office, done.certificates[0].id, "补发").certificates
    undo(office.store, undone.id)
    states = [find(office, one.number).status for one in done.certificates]
    assert (states, find(office, new.number).status) == (["作废", "有效", "有效"], "有效")


@pytest.mark.parametrize(
    ("kind", "changes", "said"),
    [
        ("backbone", {"valid_from": "2028-01-01", "valid_to": "2020-01-01"}, "有效期止（2020-01"),
        (
            "agreement",
            {"valid_from": "2027-01-01", "valid_to": "2026-07-15"},
            "协议期止（2026",
        ),
        ("completion", {"start_date": "2025-07-24", "end_date": "2025-07-20"}, "结束日期（2025-07"),
    ],
)
def test_a_day_before_the_one_it_follows_is_refused_before_a_number_is_given(
    office: Office, people: list[str], kind: str, changes: dict[str, str], said: str
):
    first = next_number(office, kind)
    with pytest.raises(UserError, match="早于") as refused:
        issue(office, wish(kind, people, **changes))
    assert said in refused.value.message
    assert next_number(office, kind) == first


def test_nor_is_it_replaced_by_one_whose_days_run_backwards(office: Office, people: list[str]):
    issue(office, wish("agreement", people, valid_from="2026-07-20", valid_to="2026-07-20"))
    one = certificates(office)[0]
    with pytest.raises(UserError, match="早于"):
        replace(office, one.id, "日期印错", {"valid_to": "2026-06-30"})
