"""A batch of a title from quota and nomination to the public list and the grant."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.errors import UserError
from models.office.context import Office
from models.staff.registration import change_many
from models.store.undo import undo
from models.titles.batches import (
    batch,
    batch_meant,
    batches,
    change_batch,
    close_batch,
    open_batch,
    proposed_quotas,
    school_quotas,
    set_quotas,
)
from models.titles.checking import check
from models.titles.granting import grant_batch
from models.titles.grants import GrantFilter, grants
from models.titles.nominating import (
    Nominee,
    change_nomination,
    drop_nominations,
    nominate,
    waive,
)
from models.titles.nominations import nominations
from models.titles.publishing import decide, object_to, objections, publish, unpublish
from models.titles.waiting import TitlesWaiting, titles_waiting
from models.titles.withdrawing import barred_until, withdraw
from models.verdicts.vetoes import put_veto
from tests.people import school, teachers
from tests.titled import (
    FIT,
    backbone_batch,
    experienced,
    fit_for_backbone,
    granted_batch,
    nominated,
    only,
    titled,
)


@pytest.fixture
def people(office: Office) -> list[str]:
    """Four teachers of one school, thirteen years in service."""
    return experienced(office, 4)


def test_a_batch_takes_its_name_from_number_and_title(office: Office) -> None:
    """Without a number it is the year; the same batch twice is refused."""
    first = backbone_batch(office)
    assert batch(office, first).name == "第五期县级骨干教师"
    second, _ = open_batch(office, {"kind": "最美教师", "level": "县", "year": "2025"})
    assert batch(office, second).name == "2025 年县级最美教师"
    with pytest.raises(UserError, match="已有“第五期县级骨干教师”"):
        backbone_batch(office)
    assert batch_meant(office, "第五期").id == first
    with pytest.raises(UserError, match="有 2 个叫“县级”的批次"):
        batch_meant(office, "县级")
    change_batch(office, first, {"kind": "骨干教师", "level": "市级", "number": "6"})
    assert {one.title for one in batches(office)} == {"市级骨干教师", "县级最美教师"}


def test_the_whole_way_of_a_batch(office: Office, people: list[str]) -> None:
    """Recommended, checked, published, granted with term, document and the register's level."""
    batch_id = granted_batch(office, people[:2])
    found = batch(office, batch_id)
    assert (found.nominated, found.listed, found.granted, found.stage) == (2, 2, 2, "granted")
    held = grants(office, GrantFilter(batch_id=batch_id))
    assert {one.ends_on for one in held} == {"2028-03-14"}
    assert {one.document for one in held} == {"桦教发〔2025〕3号"}
    codes = office.store.tuples("SELECT DISTINCT backbone FROM teacher ORDER BY 1")
    assert codes == [(None,), ("41",)]
    close_batch(office, batch_id)
    with pytest.raises(UserError, match="已于 2025-09-20 结束"):
        nominated(office, batch_id, people[2:])


def test_what_was_found_is_kept_as_it_was(office: Office, people: list[str]) -> None:
    """Later hours do not change why somebody was refused."""
    batch_id = backbone_batch(office)
    nominated(office, batch_id, people[:1], lesson_score=Decimal("79.5"))
    check(office, batch_id)
    one = only(office, batch_id)
    assert {each.key: each.state for each in one.findings} == {
        "veto": "met",
        "subject": "met",
        "years": "met",
        "hours": "unmet",
        "lesson": "unmet",
    }
    assert [each.found for each in one.obstacles] == ["台账 0 学时", "79.5 分"]
    fit_for_backbone(office, people)
    assert only(office, batch_id).why == one.why
    check(office, batch_id)
    assert [each.key for each in only(office, batch_id).obstacles] == ["lesson"]


def test_what_is_not_recorded_cannot_be_judged(office: Office) -> None:
    """No start of work, no lesson: said so, and in the way like what is not met."""
    (one,) = teachers(office, school(office, "桦甸市第一中学"), 1, subject=None)
    batch_id = backbone_batch(office)
    nominate(office, batch_id, [Nominee(one, {})])
    check(office, batch_id)
    found = {each.key: each for each in only(office, batch_id).findings}
    assert found["years"].text == "教龄满 5 年：没有参加工作时间，无法判断"
    assert found["lesson"].state == "unknown"
    assert found["subject"].state == "unmet"


def test_a_rule_is_set_aside_by_name_or_not_at_all(office: Office, people: list[str]) -> None:
    """Hours can be waived with a reason, a veto cannot; the reason is seen in the list."""
    batch_id = backbone_batch(office)
    nominated(office, batch_id, people[:1])
    one = only(office, batch_id)
    with pytest.raises(UserError, match="还没有审核"):
        waive(office, one.id, "hours", "支教一年")
    put_veto(office, people[0], 2025, "有偿补课")
    check(office, batch_id)
    assert "2025 年一票否决：师德（有偿补课）" in only(office, batch_id).why
    with pytest.raises(UserError, match="“无师德问题”不能破格"):
        waive(office, one.id, "veto", "情节轻微")
    with pytest.raises(UserError, match="已符合"):
        waive(office, one.id, "lesson", "理由")
    with pytest.raises(UserError, match="没有写破格的理由"):
        waive(office, one.id, "hours", " ")
    waive(office, one.id, "hours", "支教一年")
    after = only(office, batch_id)
    assert [each.key for each in after.obstacles] == ["veto"]
    assert "破格（近五年集中培训 120 学时）：支教一年" in after.why
    check(office, batch_id)
    assert only(office, batch_id).waivers["hours"]["by"] == "王老师"


def test_who_cannot_be_recommended_is_named(office: Office, people: list[str]) -> None:
    """Retired, holding it, named twice, in the list already, barred after a withdrawal."""
    batch_id = backbone_batch(office)
    change_many(office, people[:1], "status", "13")
    with pytest.raises(UserError, match="第 3 行：张三一已退休。"):
        nominate(office, batch_id, [Nominee(people[0], FIT, row=3)])
    held = titled(office, people[1], "县级骨干教师")
    with pytest.raises(UserError, match="张三二已是县级骨干教师"):
        nominated(office, batch_id, people[1:2])
    withdraw(office, [held.id], "没有履行带徒协议", on="2025-09-01")
    with pytest.raises(UserError, match="曾被取消称号，2027-08-31 前不得再次推荐"):
        nominated(office, batch_id, people[1:2])
    bar_of_the_withdrawn_title(office, people[3])
    with pytest.raises(UserError, match="在名单中重复"):
        nominated(office, batch_id, [people[2], people[2]])
    nominated(office, batch_id, people[2:3])
    with pytest.raises(UserError, match="已在本批推荐名单中"):
        nominated(office, batch_id, people[2:3])
    with pytest.raises(UserError, match="已不在名册中"):
        nominated(office, batch_id, ["nobody"])
    assert len(nominations(office, batch_id)) == 1


def bar_of_the_withdrawn_title(office: Office, teacher: str) -> None:
    """What was withdrawn says for how long: 教学新秀 bars from nothing."""
    rising = titled(office, teacher, "县级教学新秀")
    withdraw(office, [rising.id], "弄虚作假", on="2025-09-01")
    assert barred_until(office, [teacher]) == {}


def test_an_objection_to_who_drops_out_holds_nobody_up(office: Office, people: list[str]) -> None:
    """It does not wait for a decision any more, but one can still be written beside it."""
    batch_id = backbone_batch(office)
    fit_for_backbone(office, people[:2])
    nominated(office, batch_id, people[:2])
    check(office, batch_id)
    publish(office, batch_id, "2025-09-01", "2025-09-10")
    first, second = nominations(office, batch_id)
    for text in ("论文抄袭", "教龄不足"):
        object_to(office, first.id, text)
    one, other = objections(office, batch_id)
    drop_nominations(office, [first.id], "本人放弃")
    assert batch(office, batch_id).open_objections == 0
    decide(office, one.id, upheld=True, decision="查实")
    assert nominations(office, batch_id, ids=[first.id])[0].reason == "本人放弃"
    grant_batch(office, batch_id)
    assert [each.name for each in grants(office)] == [second.name]
    close_batch(office, batch_id)
    assert [each.state_name for each in objections(office, batch_id) if each.id == other.id] == [
        "待处理"
    ]


def test_a_school_does_not_go_beyond_its_quota(office: Office, people: list[str]) -> None:
    """All or nothing; who dropped out gives the place free."""
    other = school(office, "桦甸市第五中学")
    teachers(office, other, 2)
    batch_id = backbone_batch(office)
    proposed = proposed_quotas(office, 3)
    assert sorted(proposed.values()) == [1, 2]
    set_quotas(office, batch_id, proposed)
    with pytest.raises(UserError, match="桦甸市第四中学名额 2 人，推荐将达 3 人"):
        nominated(office, batch_id, people[:3])
    assert nominations(office, batch_id) == []
    nominated(office, batch_id, people[:2])
    drop_nominations(office, [nominations(office, batch_id)[0].id], "本人放弃")
    nominated(office, batch_id, people[2:3])
    assert {one.school: (one.quota, one.nominated) for one in school_quotas(office, batch_id)} == {
        "桦甸市第四中学": (2, 2),
        "桦甸市第五中学": (1, 0),
    }
    with pytest.raises(UserError, match="不能是负数"):
        set_quotas(office, batch_id, {other: -1})


def test_the_public_list_has_whom_nothing_is_in_the_way(office: Office, people: list[str]) -> None:
    """Others are refused with reasons; it must be checked, long enough and within the quota."""
    batch_id = backbone_batch(office, quota="1")
    fit_for_backbone(office, people[:2])
    nominated(office, batch_id, people[:3])
    with pytest.raises(UserError, match="有 3 人还没有审核"):
        publish(office, batch_id, "2025-09-01", "2025-09-10")
    check(office, batch_id)
    with pytest.raises(UserError, match="公示只有 2 天，至少要 5 天"):
        publish(office, batch_id, "2025-09-01", "2025-09-02")
    with pytest.raises(UserError, match="总名额 1 人，符合条件的有 2 人"):
        publish(office, batch_id, "2025-09-01", "2025-09-10")
    change_batch(
        office, batch_id, {"kind": "骨干教师", "level": "县级", "number": "5", "quota": "2"}
    )
    publish(office, batch_id, "2025-09-01", "2025-09-10")
    states = {one.name: (one.state, one.reason) for one in nominations(office, batch_id)}
    assert states["张三一"] == ("listed", "")
    assert states["张三三"][0] == "refused"
    assert "台账 0 学时" in states["张三三"][1]
    unpublish(office, batch_id)
    assert {one.state for one in nominations(office, batch_id)} == {"nominated"}


def test_objections_are_decided_before_anybody_gets_the_title(
    office: Office, people: list[str]
) -> None:
    """Upheld: out of the batch; not upheld: granted; undecided: nobody is granted."""
    batch_id = backbone_batch(office)
    fit_for_backbone(office, people[:2])
    nominated(office, batch_id, people[:2])
    check(office, batch_id)
    with pytest.raises(UserError, match="没有在公示"):
        object_to(office, nominations(office, batch_id)[0].id, "论文抄袭")
    publish(office, batch_id, "2025-09-01", "2025-09-10")
    first, second = nominations(office, batch_id)
    object_to(office, first.id, "论文抄袭", sender="群众来信")
    object_to(office, second.id, "教龄不足")
    with pytest.raises(UserError, match="公示到 2025-09-10 才结束"):
        grant_batch(office, batch_id, "2025-09-10")
    with pytest.raises(UserError, match="还有 2 条异议没有处理"):
        grant_batch(office, batch_id)
    told = {one.name: one.id for one in objections(office, batch_id)}
    decide(office, told[first.name], upheld=True, decision="查实")
    decide(office, told[second.name], upheld=False, decision="档案核对无误")
    with pytest.raises(UserError, match="已经处理"):
        decide(office, told[second.name], upheld=False, decision="再次")
    grant_batch(office, batch_id)
    assert [one.name for one in grants(office)] == [second.name]
    states = {one.name: one.reason for one in nominations(office, batch_id)}
    assert states[first.name] == "公示有异议：查实"


def test_who_left_during_the_public_list_is_not_granted(office: Office, people: list[str]) -> None:
    """The sentence names the person; without the person the others get it; undo takes it back."""
    batch_id = backbone_batch(office)
    fit_for_backbone(office, people[:2])
    nominated(office, batch_id, people[:2])
    check(office, batch_id)
    publish(office, batch_id, "2025-09-01", "2025-09-10")
    change_many(office, people[:1], "status", "14")
    with pytest.raises(UserError, match="张三一已调出，不能认定"):
        grant_batch(office, batch_id)
    (gone,) = [one.id for one in nominations(office, batch_id) if one.teacher_id == people[0]]
    drop_nominations(office, [gone], "调出")
    operation = grant_batch(office, batch_id)
    assert len(grants(office)) == 1
    with pytest.raises(UserError, match="已于 2025-09-20 认定"):
        grant_batch(office, batch_id)
    undo(office.store, operation.id)
    assert grants(office) == []
    assert batch(office, batch_id).stage == "listed"


def test_changed_materials_are_checked_anew(office: Office, people: list[str]) -> None:
    """A better lesson changes nothing until it is checked."""
    batch_id = backbone_batch(office)
    nominated(office, batch_id, people[:1], lesson_score=None)
    check(office, batch_id)
    change_nomination(office, only(office, batch_id).id, {"lesson_score": Decimal(90)})
    after = only(office, batch_id)
    assert (after.checked, after.lesson_score, after.subject) == (False, Decimal(90), "102")


def test_a_title_may_ask_for_another_and_for_a_designation(
    office: Office, people: list[str]
) -> None:
    """名师 asks for an earlier title; 基础型教师 for what the rule pack says."""
    titled(office, people[0], "县级骨干教师")
    change_many(office, people[1:2], "backbone", "42")
    masters, _ = open_batch(office, {"kind": "名师", "level": "县级"})
    nominated(office, masters, people[:3])
    check(office, masters)
    found = {
        one.name: next(each for each in one.findings if each.key == "holds")
        for one in nominations(office, masters)
    }
    assert found["张三一"].found == "县级骨干教师"
    assert found["张三二"].found == "县级学科带头人"
    assert found["张三三"].state == "unmet"
    basic, _ = open_batch(office, {"kind": "基础型教师"})
    nominated(office, basic, people[:1])
    check(office, basic)
    (one,) = only(office, basic).obstacles
    assert one.key == "designation"


def test_what_is_published_waits_on_the_first_page(office: Office, people: list[str]) -> None:
    """Objections, lists that have hung and terms that end are counted for the to-dos."""
    assert titles_waiting(office) == TitlesWaiting(0, 0, 0)
    batch_id = backbone_batch(office)
    fit_for_backbone(office, people[:1])
    nominated(office, batch_id, people[:1])
    check(office, batch_id)
    publish(office, batch_id, "2025-09-01", "2025-09-10")
    titled(office, people[1], "县级骨干教师", granted_on="2022-12-01")
    assert titles_waiting(office) == TitlesWaiting(0, 1, 1)
