"""What-if: two packs put to the same teachers, counted and told apart."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.errors import CancelledByUser
from models.policies.cycles import Cycle
from models.policies.library import pack_named
from models.policies.use import save_pack
from models.progress import Progress
from models.training.ledger import RecordDraft, post_records
from models.verdicts.comparing import compare
from models.verdicts.judging import judge
from models.verdicts.periods import of_cycle
from tests.offices import new_office
from tests.people import school, teachers

CYCLE = of_cycle(Cycle(2021, 2025))
STRICT = """\
id = "strict"
title = "从严"
region = "220282"
document = "试算"
valid_from = 2021-01-01

[people]
not_status = ["退休", "产假"]

[[requirements]]
id = "in-service-360"
title = "集中培训"
clause = "1"
of = [{ mode = ["集中"] }]
least = 200

[[requirements]]
id = "heads"
title = "班主任培训"
clause = "2"
whom = { is_head = true }
least = 10
"""


def drafted(teacher_id, hours, mode):
    return RecordDraft(
        teacher_id=teacher_id, year=2024, course=f"培训{hours}", category=mode, organizer=None,
        start_date=None, end_date=None, hours=Decimal(hours),
    )  # fmt: skip


@pytest.fixture
def found(tmp_path):
    """An office, and its teachers: under both, the mild pack, neither, and on leave."""
    office = new_office(tmp_path)
    save_pack(office, STRICT)
    red = school(office, "红石中学")
    ids = [*teachers(office, red, 4), *teachers(office, red, 1, status="04")]
    drafts = [drafted(ids[0], 360, "1"), drafted(ids[1], 360, "2"), drafted(ids[2], 10, "2"),
              drafted(ids[4], 360, "2")]  # fmt: skip
    post_records(office, drafts, source="测试", allow_repeats=True)
    post_records(office, [drafted(ids[3], 200, "1")], source="测试", allow_repeats=True)
    yield office, ids
    office.store.close()


def packs(office):
    return pack_named(office, "jilin-2019"), pack_named(office, "strict")


def test_teachers_are_sorted_by_what_both_packs_say_of_them(found):
    office, ids = found
    told = compare(office, CYCLE, *packs(office))
    assert (told.judged_a, told.judged_b) == (5, 4)
    assert told.both == (ids[0],)
    assert told.neither == (ids[2],)
    assert {one.person.id for one in told.only_a} == {ids[1], ids[4]}
    assert [one.person.id for one in told.only_b] == [ids[3]]
    by_id = {one.person.id: one for one in told.changing}
    assert by_id[ids[1]].lacking_b == ("集中培训",)
    assert by_id[ids[1]].lacking_a == ()
    assert by_id[ids[4]].met_b is None
    assert by_id[ids[3]].lacking_a == ("教师全员培训",)


def test_requirements_of_one_id_stand_side_by_side_and_agree_with_the_judgement(found):
    office, _ = found
    a, b = packs(office)
    told = compare(office, CYCLE, a, b)
    same, heads = told.pairs
    assert (same.a.title, same.a.applies, same.a.met) == ("教师全员培训", 5, 3)
    assert (same.b.title, same.b.applies, same.b.met, same.b.behind) == ("集中培训", 4, 2, 2)
    assert heads.a is None
    assert (heads.title, heads.b.applies) == ("班主任培训", 0)
    for pack, sides in ((a, [one.a for one in told.pairs]), (b, [one.b for one in told.pairs])):
        counted = {column.id: column.counts() for column in judge(office, CYCLE, pack).columns}
        assert {one.id: (one.applies, one.met) for one in sides if one} == counted


def test_a_pack_compared_with_itself_changes_nobody(found):
    office, ids = found
    pack = pack_named(office, "jilin-2019")
    told = compare(office, CYCLE, pack, pack)
    assert told.changing == ()
    assert {*told.both, *told.neither} == set(ids)


class Stops(Progress):
    def __init__(self):
        self.labels = []

    def report(self, done, total, label):
        self.labels.append(label)

    def cancelled(self):
        return len(self.labels) > 1


def test_it_tells_which_pack_it_is_at_and_can_be_stopped(found):
    office, _ = found
    steps = Stops()
    with pytest.raises(CancelledByUser):
        compare(office, CYCLE, *packs(office), progress=steps)
    assert steps.labels[0] == "正在核算：吉林省教师培训（2019 年起）"
    assert steps.labels[1] == "正在核算：从严"
