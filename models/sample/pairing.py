"""A mentoring programme of the generated county: pairs at work for a year, visits, a meeting."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from models.certificates.pair_agreements import issue_agreements
from models.mentoring.kinds import survey_named
from models.mentoring.meetings import Meeting, save_meeting
from models.mentoring.pairs import PairRow, pair_rows
from models.mentoring.programmes import Programme, enter_programme
from models.mentoring.proposing import keep, propose
from models.mentoring.results import set_result
from models.mentoring.steps import Said, take_step
from models.mentoring.surveys import Answer, asked_schools, record_answers
from models.mentoring.visits import Visit, log_visits
from models.mentoring.wishes import Wish, take_part
from models.office.context import Office

MOST_MENTORS, MOST_MENTEES, LEAST_TITLED = 40, 60, 10
_TOPICS = {
    "observe": "听常态课",
    "review": "课后评议",
    "demonstration": "示范课",
    "seminar": "教材研讨",
    "preparation": "集体备课",
}
_PEOPLE = """
SELECT t.id, t.backbone, i.location IN ('1', '2') AS town FROM teacher AS t
JOIN institution AS i ON i.id = t.school_id
WHERE t.status = '01' AND t.stage IN ('2', '3') AND i.type <> '16' ORDER BY t.teacher_no
"""


def run_pairs(office: Office, rng: random.Random) -> int:
    """Open a programme and let its pairs have worked since last autumn; how many they are.

    Where few town teachers have a title, it is the programme that asks for none.
    """
    rows = office.store.query(_PEOPLE)
    town = [row for row in rows if row["town"]]
    titled = [row["id"] for row in town if row["backbone"]]
    village = [row["id"] for row in rows if not row["town"]]
    mentees = village[:: max(1, len(village) // MOST_MENTEES)][:MOST_MENTEES]
    few = len(titled) < LEAST_TITLED
    mentors = ([row["id"] for row in town] if few else titled)[:MOST_MENTORS]
    if not mentors or not mentees:
        return 0
    today = office.store.clock.today()
    begin = date(today.year - 1, 9, 1)
    found = enter_programme(
        office,
        None,
        {"kind": "mass" if few else "town-village", "starts_on": begin.isoformat()},
    )
    _answers(office, found)
    take_part(office, found.id, [Wish(one, "mentor") for one in mentors])
    take_part(office, found.id, [Wish(one, "mentee") for one in mentees])
    keep(office, propose(office, found.id))
    pairs = _filed(office, found, begin)
    _work(office, pairs, rng, today)
    _meetings(office, found, today)
    if pairs:
        issue_agreements(office, found.id)
        done = [one.id for one in pairs if rng.randrange(2)] or [pairs[0].id]
        set_result(office, done, "reached", "阶段考核达到要求")
    return len(pairs)


def _answers(office: Office, found: Programme) -> None:
    """The first form came back from two schools of three."""
    form = survey_named(found.kind.surveys[0])
    asked = [one.school_id for one in asked_schools(office, found.id, form.id)]
    answers = [Answer(one, people=2) for place, one in enumerate(asked) if place % 3]
    if answers:
        record_answers(office, found.id, form.id, answers, f"{form.name}.xlsx")


def _filed(office: Office, found: Programme, begin: date) -> list[PairRow]:
    """Take the proposals through all steps but for the last few, which wait."""
    ids = [one.id for one in pair_rows(office, found.id, ["proposed"])]
    waiting = len(ids) // 10
    for step in found.kind.steps:
        if ids:
            take_step(office, ids, step.id, Said(on=begin.isoformat()))
        ids = ids[: len(ids) - waiting]
    return pair_rows(office, found.id, ["filed"])


def _work(office: Office, pairs: Sequence[PairRow], rng: random.Random, today: date) -> None:
    """Visits of the year, more with some pairs than with others."""
    for pair in pairs:
        first = date.fromisoformat(pair.starts_on)
        for _ in range(rng.randrange(1, 12)):
            day = first + timedelta(days=rng.randrange((today - first).days + 1))
            kind = rng.choice(list(_TOPICS))
            proof = "听课记录本" if rng.randrange(4) else ""
            visit = Visit(day.isoformat(), kind, _TOPICS[kind], pair.mentee_school, evidence=proof)
            log_visits(office, [pair.id], visit)


def _meetings(office: Office, found: Programme, today: date) -> None:
    """The meetings of the programme that are past."""
    for kind in found.kind.meetings:
        month = kind.month or 9
        day = date(today.year - 1 if month >= 9 else today.year, month, 5)
        if found.starts_on <= day.isoformat() <= today.isoformat():
            meeting = Meeting(kind.id, day.isoformat(), kind.name, office.identity.name)
            save_meeting(office, found.id, meeting)
