"""The teams of the generated county: a few at work, with plans, activities and hours."""

from __future__ import annotations

from datetime import date

from models.office.context import Office
from models.teams.activities import There, log_activity
from models.teams.coverage import Cell, Coverage, coverage, covering_kinds
from models.teams.members import Joining, add_members
from models.teams.plans import approve_plans, plans, save_plan, submit_plans
from models.teams.posting import post_activities
from models.teams.proposing import Candidate, candidates, ranked
from models.teams.registration import enter_team, set_served
from models.training.school_terms import term_of

TEAMS = 4
_MEMBERS = 3
_AUDIENCE = 12
_EXCEPTION = "县级骨干不足，经考核确有专长"
_GOALS = "上好每一次辅导，使本学科教师人人参加、人人有收获。"
_ITEMS = "专题讲座 2 新课标解读\n主题论坛 1 课堂提问\n批改作业 40 第一次作业\n公开课 1"
_STAFF = """
SELECT id FROM teacher WHERE school_id = (SELECT school_id FROM teacher WHERE id = ?)
    AND COALESCE(status, '01') = '01' ORDER BY teacher_no, id LIMIT 2
"""
_WORK = (
    (3, {"kind": "专题讲座", "topic": "新课标解读", "hours": "3", "evidence": "签到表"}),
    (4, {"kind": "批改作业", "topic": "第一次作业", "amount": "36"}),
    (5, {"kind": "主题论坛", "topic": "怎样提问", "hours": "2"}),
    (9, {"kind": "公开课", "topic": "研究课", "hours": "2", "evidence": "教案、照片"}),
)


def run_teams(office: Office) -> int:
    """Set teams up for the largest cells and let them work; gives the entries this posted."""
    found = coverage(office)
    largest = sorted(found.cells, key=lambda one: (-one.people, one.stage, one.subject, one.track))
    led: set[str] = set()
    posted = 0
    for cell in largest:
        if len(led) == TEAMS:
            break
        place = cell.stage, cell.subject
        people = [
            one.candidate
            for one in ranked(candidates(office, {place})[place], cell.track, 1, 100)
            if one.candidate.teacher_id not in led
        ]
        if people and covering_kinds(cell.stage, cell.track):
            led.add(people[0].teacher_id)
            posted += _work(office, _team(office, found, cell, people), people)
    return posted


def _team(office: Office, found: Coverage, cell: Cell, people: list[Candidate]) -> str:
    """A team for a cell, hosted by its leader's school."""
    kind = covering_kinds(cell.stage, cell.track)[0]
    leader = people[0]
    start = f"{office.store.clock.today().year - 1}-09-01"
    track = found.name("track", cell.track) if cell.track else ""
    team_id, _ = enter_team(
        office,
        {
            "kind": kind.title,
            "name": f"{found.words(cell)}{_short(kind.title)}",
            "stage": found.name("stage", cell.stage),
            "subject": found.name("subject", cell.subject),
            "track": track,
            "host": leader.school,
            "starts_on": start,
        },
    )
    first, member, *rest = kind.roles
    joining = [Joining(leader.teacher_id, first, start, _EXCEPTION)]
    joining += [
        Joining(one.teacher_id, member, start, _EXCEPTION) for one in people[1 : _MEMBERS + 1]
    ]
    staff = [row[0] for row in office.store.tuples(_STAFF, (leader.teacher_id,))]
    joining += [Joining(one, role, start) for role, one in zip(rest, staff, strict=False)]
    add_members(office, team_id, joining)
    school = "SELECT school_id FROM teacher WHERE id = ?"
    set_served(office, team_id, "school", [office.store.value(school, (leader.teacher_id,))])
    return team_id


def _short(title: str) -> str:
    return title.removeprefix("学科").removeprefix("幼儿教师")


def _work(office: Office, team_id: str, people: list[Candidate]) -> int:
    """A plan, the activities of the months that are over, and their hours."""
    today = office.store.clock.today()
    save_plan(office, team_id, term_of(today), _GOALS, _ITEMS)
    ids = [one.id for one in plans(office, team_id)]
    submit_plans(office, ids)
    approve_plans(office, ids)
    there = {one.teacher_id: There("participant") for one in people[1:_AUDIENCE]}
    there[people[0].teacher_id] = There("trainer")
    done: list[str] = []
    for month, texts in _WORK:
        day = date(today.year, month, 12)
        if day <= today:
            values = {**texts, "held_on": day.isoformat()}
            done.append(log_activity(office, team_id, values, there)[0])
    return post_activities(office, done[:-1]).posted if done[1:] else 0
