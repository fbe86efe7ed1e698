"""An office's rule packs: shipped, its own, built upon others, in use from day to day."""

from __future__ import annotations

from datetime import date

import pytest

from models.errors import UserError
from models.policies.checking import check_text
from models.policies.cycles import cycle_of
from models.policies.library import Use, in_use, pack_named, pack_of_day, packs_of, uses_of
from models.policies.packs import shipped_packs
from models.policies.rules import rules_on
from models.policies.use import drop_pack, end_use, save_pack, text_of, use_pack
from models.store.undo import undo
from tests.offices import new_office, reopened

OWN = """\
id = "own"
title = "本县规则"
region = "220282"
document = "县文件"
valid_from = 2021-01-01
valid_until = 2025-12-31
based_on = "wenzhou-2012"
drop = ["year-48", "money-school-10"]

[[requirements]]
id = "cycle-360"
title = "周期培训"
clause = "一"
least = 400

[[designations]]
id = "good"
title = "合格教师"
clause = "二"
needs = ["cycle-360", "head-teacher-30"]
"""
DAY = date(2025, 9, 20)


@pytest.fixture
def office(tmp_path):
    found = new_office(tmp_path)
    yield found
    found.store.close()


def refused(call, *args):
    with pytest.raises(UserError) as caught:
        call(*args)
    return caught.value


def test_a_pack_has_the_demands_of_what_it_is_based_on_unless_replaced_or_dropped(office):
    save_pack(office, OWN)
    whole = pack_named(office, "own")
    base = pack_named(office, "wenzhou-2012")
    ids = [one.id for one in whole.requirements]
    assert ids[0] == "cycle-360"
    assert whole.requirements[0].least == 400
    assert whole.requirements[0].document == "县文件"
    assert set(ids) == {one.id for one in base.requirements} - {"year-48"}
    assert whole.requirements[1].document == base.document
    assert {one.id for one in base.targets} - {one.id for one in whole.targets} == {
        "money-school-10"
    }
    assert whole.exclusions == base.exclusions
    assert whole.people == base.people


def test_a_pack_between_keeps_its_own_demand_of_an_id_it_dropped(office):
    middle = OWN.replace('"year-48",', '"year-48", "cycle-360",')
    save_pack(office, middle)
    upper = OWN.split("[[")[0].replace('"own"', '"upper"').replace('"wenzhou-2012"', '"own"')
    upper = upper.replace('drop = ["year-48", "money-school-10"]', 'drop = ["school-based-120"]')
    save_pack(office, upper)
    found = {one.id: one.least for one in pack_named(office, "upper").requirements}
    assert found["cycle-360"] == 400
    assert "school-based-120" not in found


def test_a_circle_and_a_missing_base_are_refused_with_the_line(office):
    save_pack(office, OWN)
    circle = OWN.replace('id = "own"', 'id = "other"').replace('"wenzhou-2012"', '"own"')
    save_pack(office, circle.replace('drop = ["year-48", "money-school-10"]\n', ""))
    (found,) = check_text(office, OWN.replace('"wenzhou-2012"', '"other"')).found
    assert found.line == 7
    assert "以自己为依据" in found.sentence
    (missing,) = check_text(office, OWN.replace('"wenzhou-2012"', '"wenzhou-2021"')).found
    assert "“wenzhou-2021”不存在" in missing.told
    assert missing.told.startswith("第 7 行，")
    assert refused(pack_named, office, "nowhere").code == "policy.unknown"


def test_a_shipped_pack_cannot_be_replaced_only_copied(office):
    shipped = text_of(office, "huadian-2021")
    assert refused(save_pack, office, shipped).code == "policy.shipped_id"
    save_pack(office, shipped.replace('id = "huadian-2021"', 'id = "huadian-ours"'))
    assert len(packs_of(office)) == len(shipped_packs()) + 1
    assert text_of(office, "huadian-2021") == shipped


def test_saving_and_dropping_are_steps_that_can_be_taken_back(office):
    first = save_pack(office, OWN)
    second = save_pack(office, OWN.replace("least = 400", "least = 500"))
    assert second.title == "保存规则包 本县规则"
    assert pack_named(office, "own").requirements[0].least == 500
    undo(office.store, second.id)
    assert pack_named(office, "own").requirements[0].least == 400
    dropped = drop_pack(office, "own")
    undo(office.store, dropped.id)
    assert pack_named(office, "own").title == "本县规则"
    undo(office.store, first.id)
    assert refused(pack_named, office, "own").code == "policy.unknown"


def test_an_own_pack_is_there_after_the_file_was_closed(tmp_path):
    office = new_office(tmp_path)
    save_pack(office, OWN)
    use_pack(office, "own", date(2021, 1, 1), date(2025, 12, 31))
    again = reopened(office)
    assert text_of(again, "own") == OWN
    assert pack_of_day(again, DAY).id == "own"
    again.store.close()


def test_a_pack_with_mistakes_is_not_saved_and_all_of_them_are_told(office):
    text = OWN.replace("least = 400", 'least = 400\nof = [{ mode = ["集众"] }]').replace(
        '"head-teacher-30"', '"head-teacher"'
    )
    error = refused(save_pack, office, text)
    assert error.code == "policy.mistakes"
    assert "第 15 行" in error.message
    assert "是不是“集中”" in error.message
    assert "“合格教师”用到没有的要求“head-teacher”" in error.message
    assert office.store.value("SELECT COUNT(*) FROM own_pack") == 0


def test_every_mistake_is_found_with_its_line(office):
    text = OWN.replace('"year-48"', '"year-84"').replace("2025-12-31", "2020-12-31")
    found = check_text(office, text).found
    assert [one.line for one in found] == [6, 8]
    assert "早于起始日期" in found[0].sentence
    assert "是不是“year-48”" in found[1].sentence
    assert check_text(office, OWN).mistakes == ()
    assert check_text(office, OWN).whole.requirements[0].least == 400
    assert check_text(office, "id = = 3").pack is None


def test_periods_of_use_go_before_the_nearest_level(office):
    assert pack_of_day(office, DAY).id == "huadian-2021"
    use_pack(office, "wenzhou-2012", date(2025, 1, 1), date(2025, 12, 31))
    assert pack_of_day(office, DAY).id == "wenzhou-2012"
    assert pack_of_day(office, date(2024, 12, 31)).id == "huadian-2021"
    assert cycle_of(office, 2025).label == "2021-2025"  # 2011 and every five years
    assert rules_on(office, DAY).day.quote.startswith("每天以8学时")


def test_of_overlapping_periods_the_later_and_the_shorter_goes_before(office):
    use_pack(office, "jiyuan-2017", date(2025, 9, 1), date(2025, 9, 30))
    use_pack(office, "wenzhou-2012", date(2025, 1, 1), date(2025, 12, 31))
    use_pack(office, "cn-2011", date(2025, 9, 1), date(2026, 9, 30))
    assert in_use(office, DAY) == ("jiyuan-2017", "cn-2011", "wenzhou-2012")
    use_pack(office, "jilin-2019", date(2025, 9, 1), date(2025, 9, 30))
    assert in_use(office, DAY) == ("jilin-2019", "cn-2011", "wenzhou-2012")


def test_a_period_of_use_can_be_ended_and_taken_back(office):
    made = use_pack(office, "wenzhou-2012", date(2025, 1, 1), date(2025, 12, 31))
    assert made.title == "2025-01-01 至 2025-12-31 使用规则包 温州市“十二五”（2011—2015）"
    (use,) = uses_of(office)
    ended = end_use(office, use.id)
    assert uses_of(office) == []
    assert refused(end_use, office, use.id).code == "policy.no_use"
    undo(office.store, ended.id)
    assert uses_of(office) == [use]


def test_what_makes_no_sense_is_refused(office):
    days = (date(2025, 1, 1), date(2024, 1, 1))
    assert refused(use_pack, office, "cn-2011", *days).code == "policy.days"
    assert refused(use_pack, office, "cn-2012", date(2025, 1, 1), DAY).code == "policy.unknown"
    assert refused(drop_pack, office, "cn-2011").code == "policy.not_own"
    save_pack(office, OWN)
    use_pack(office, "own", date(2021, 1, 1), DAY)
    assert refused(drop_pack, office, "own").code == "policy.in_use"
    assert refused(pack_of_day, office, date(1950, 1, 1)).code == "policy.none_demands"


def test_a_pack_that_others_are_based_on_is_not_dropped(office):
    save_pack(office, OWN)
    own = next(one.id for one in packs_of(office) if one.title == "本县规则")
    child = OWN.replace('id = "own"', 'id = "child"', 1).replace('"wenzhou-2012"', f'"{own}"', 1)
    save_pack(office, child.replace('drop = ["year-48", "money-school-10"]', "", 1))
    assert refused(drop_pack, office, own).code == "policy.base"
    drop_pack(office, "child")
    drop_pack(office, own)


def test_what_a_planned_use_would_change_follows_the_same_rule_of_overlap(office):
    use_pack(office, "jiyuan-2017", date(2023, 1, 1), date(2023, 12, 31))
    planned = Use("", "wenzhou-2012", "2021-01-01", "2025-12-31")
    days = {year: date(year, 12, 31) for year in (2022, 2023)}
    before = {year: pack_of_day(office, day, planned).id for year, day in days.items()}
    assert before == {2022: "wenzhou-2012", 2023: "jiyuan-2017"}
    use_pack(office, "wenzhou-2012", date(2021, 1, 1), date(2025, 12, 31))
    assert before == {year: pack_of_day(office, day).id for year, day in days.items()}
