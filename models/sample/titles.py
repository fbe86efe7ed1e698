"""The titles of the generated county: holders with terms, a batch granted, one on a public list."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from models.office.context import Office
from models.titles.batches import batch, open_batch
from models.titles.checking import check
from models.titles.duties import record_duty
from models.titles.granting import enter_grants, grant_batch
from models.titles.grants import Grant, grants
from models.titles.kinds import title_rules
from models.titles.nominating import Nominee, nominate, waive
from models.titles.nominations import nominations
from models.titles.publishing import object_to, publish
from models.titles.reviewing import Decision, due_for_registration, register_year

_HELD = """
SELECT id FROM teacher WHERE backbone = '41' ORDER BY teacher_no, id
"""
_FREE = """
SELECT id FROM teacher WHERE backbone IS NULL AND COALESCE(status, '01') = '01'
    AND subject IS NOT NULL AND work_start < ? ORDER BY teacher_no, id
"""
_IN_BATCH = 10
_DUTIES = (
    ("学科培训资源", "上传教学设计与课件一套", "资源库"),
    ("公开课、示范课", "面向全县的示范课一节", "教案、照片"),
    ("带徒帮扶", "听徒弟课并评课", "听课记录"),
)


def run_titles(office: Office, rng: random.Random) -> int:
    """Let the county's backbone teachers hold titles with terms; gives how many there are."""
    today = office.store.clock.today()
    _holders(office, today, rng)
    _granted(office, today, rng)
    _listed(office, today, rng)
    held = grants(office)
    _registered(office, held, today, rng)
    return len(held)


def _holders(office: Office, today: date, rng: random.Random) -> None:
    """Terms that began in the last two years, so that some end soon."""
    wanted = [
        (
            row["id"],
            {
                "kind": "backbone",
                "level": "county",
                "granted_on": f"{today.year - 1 - rng.randrange(2)}-01-10",
                "document": "县教育局认定文件",
            },
        )
        for row in office.store.query(_HELD)
    ]
    if wanted:
        enter_grants(office, wanted)


def _granted(office: Office, today: date, rng: random.Random) -> None:
    """The latest batch of backbone teachers, gone the whole way this year."""
    rows = office.store.query(_FREE, (f"{today.year - 6}-01",))
    chosen = [row["id"] for row in rows][: _IN_BATCH * 3 : 3]
    if not chosen:
        return
    batch_id, _ = open_batch(office, {"kind": "骨干教师", "level": "县级", "number": "5"})
    if not _nominated(office, batch_id, chosen, rng):
        return
    publish(office, batch_id, _day(today, -60), _day(today, -52))
    grant_batch(office, batch_id, _day(today, -45), "县教育局第五期认定文件")


def _listed(office: Office, today: date, rng: random.Random) -> None:
    """A batch of leaders on the public list, with an objection to one of them."""
    holders = [one.teacher_id for one in grants(office) if one.valid][:_IN_BATCH]
    if not holders:
        return
    batch_id, _ = open_batch(
        office, {"kind": "学科带头人", "level": "县级", "number": "2", "quota": str(_IN_BATCH)}
    )
    if not _nominated(office, batch_id, holders, rng):
        return
    publish(office, batch_id, _day(today, -2), _day(today, 5))
    listed = [one for one in nominations(office, batch_id) if one.state == "listed"]
    object_to(office, listed[0].id, "获奖年份有出入，请核对证书。", sender="电话反映")


def _nominated(office: Office, batch_id: str, people: Sequence[str], rng: random.Random) -> bool:
    """People recommended and checked; what can be set aside is, except for the last.

    Returns:
        Whether anybody is fit.
    """
    nominate(
        office,
        batch_id,
        [
            Nominee(
                one,
                {
                    "lesson_score": Decimal(rng.randrange(820, 980)) / 10,
                    "contest": "县优质课一等奖" if rng.randrange(3) else None,
                    "merits": "教学成绩突出",
                },
            )
            for one in people
        ],
    )
    check(office, batch_id)
    waivable = {
        rule.key
        for rule in title_rules().kind(batch(office, batch_id).kind).conditions
        if rule.waivable
    }
    for one in nominations(office, batch_id)[:-1]:
        for finding in one.obstacles:
            if finding.key in waivable:
                waive(office, one.id, finding.key, "教学实绩突出，经评审组同意")
    return any(one.fit for one in nominations(office, batch_id))


def _registered(office: Office, held: Sequence[Grant], today: date, rng: random.Random) -> None:
    """Duties of some holders, and this year's registration of those who have done all."""
    for one in [each for each in held if each.valid][: _IN_BATCH * 2]:
        done = _DUTIES if rng.randrange(3) else _DUTIES[:1]
        for kind, what, evidence in done:
            day = date(today.year, rng.randrange(1, today.month + 1), 1).isoformat()
            texts = {"kind": kind, "done_on": day, "what": what, "evidence": evidence}
            record_duty(office, [one.id], texts)
    passed = [one for one in due_for_registration(office, today.year) if one.proposed == "passed"]
    if passed:
        register_year(
            office, today.year, [Decision(one.grant.id, "passed") for one in passed[:_IN_BATCH]]
        )


def _day(today: date, days: int) -> str:
    return (today + timedelta(days=days)).isoformat()
