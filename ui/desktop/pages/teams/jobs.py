"""What the page has done on the writer lane, from texts as a person types them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from models.errors import UserError
from models.exchange.team_people import take_activity_people
from models.office.context import Office
from models.progress import Progress
from models.staff.directory import school_named
from models.store.operations import Operation
from models.teams import activities, members, plans, posting, registration, reviews
from models.teams.activities import There
from models.teams.audience import audience, trainers_of
from models.teams.kinds import part_meant, role_meant
from models.teams.members import Joining
from models.teams.posting import PostedActivities
from models.text.lists import listed
from models.training.courses import find
from models.training.naming import teacher_meant, teachers_meant
from ui.desktop.widgets.answers import amount_of, day_of

Texts = Mapping[str, str]


def save_team(office: Office, _progress: Progress, team_id: str, texts: Texts) -> Operation:
    """Set up a team, or change one, by the texts of its form."""
    if team_id:
        return registration.change_team(office, team_id, texts)
    return registration.enter_team(office, texts)[1]


def fill_place(
    office: Office, _progress: Progress, texts: Texts, leader: str, exception: str
) -> Operation:
    """Set up a team for an empty place, with the person proposed to lead it."""
    with office.store.operation("teams.team", f"组建{texts['name']}") as operation:
        team_id, _ = registration.enter_team(office, texts)
        if leader:
            kind = registration.read_team(office, team_id)["kind"]
            start = registration.read_team(office, team_id)["starts_on"]
            day = start or office.store.clock.today().isoformat()
            joining = Joining(teacher_meant(office, leader), role_meant(kind, ""), day, exception)
            members.add_members(office, team_id, [joining])
    return operation


def end_team(office: Office, _progress: Progress, team_id: str, texts: Texts) -> Operation:
    """End a team on a day."""
    return registration.end_team(office, team_id, day_of(office, texts["day"]), texts["reason"])


def set_schools(office: Office, _progress: Progress, team_id: str, texts: Texts) -> Operation:
    """Say which schools a team serves, by name."""
    ids = [school_named(office, one).id for one in listed(texts["names"])]
    return registration.set_served(office, team_id, "school", ids)


def set_courses(office: Office, _progress: Progress, team_id: str, texts: Texts) -> Operation:
    """Say which courses a team is for, by code."""
    ids = [find(office, one) for one in listed(texts["names"])]
    return registration.set_served(office, team_id, "course", ids)


def add_members(office: Office, _progress: Progress, team_id: str, texts: Texts) -> Operation:
    """Take people into a team."""
    role = role_meant(registration.read_team(office, team_id)["kind"], texts["role"])
    day = day_of(office, texts["day"])
    people = teachers_meant(office, texts["teachers"])
    joining = [Joining(one, role, day, texts["exception"]) for one in people]
    return members.add_members(office, team_id, joining)


def change_role(
    office: Office, _progress: Progress, member: str, kind: str, texts: Texts
) -> Operation:
    """Give a member another role."""
    role = role_meant(kind, texts["role"])
    return members.change_role(
        office, member, role, day_of(office, texts["day"]), texts["exception"]
    )


def end_members(office: Office, _progress: Progress, ids: Sequence[str], texts: Texts) -> Operation:
    """End the terms of members."""
    return members.end_members(office, ids, day_of(office, texts["day"]), texts["reason"])


def save_plan(office: Office, _progress: Progress, team_id: str, texts: Texts) -> Operation:
    """Write a plan."""
    return plans.save_plan(office, team_id, texts["term"], texts["goals"], texts["items"])


def step_plans(
    office: Office, _progress: Progress, ids: Sequence[str], step: str, words: str
) -> Operation:
    """Hand plans in, approve them or send them back."""
    if step == "submit":
        return plans.submit_plans(office, ids)
    if step == "approve":
        return plans.approve_plans(office, ids, words)
    return plans.send_plans_back(office, ids, words)


def save_activity(
    office: Office, _progress: Progress, team_id: str, activity_id: str, texts: Texts
) -> Operation:
    """Note an activity, or change one, by the texts of its form."""
    if activity_id:
        return activities.change_activity(office, activity_id, texts)
    return activities.log_activity(office, team_id, texts)[1]


def remove_activity(office: Office, _progress: Progress, activity_id: str) -> Operation:
    """Take an activity out again."""
    return activities.remove_activity(office, activity_id)


def post(office: Office, _progress: Progress, ids: Sequence[str]) -> PostedActivities:
    """Enter the hours of activities."""
    return posting.post_activities(office, ids)


def take_back(office: Office, _progress: Progress, activity_id: str, texts: Texts) -> Operation:
    """Take the hours of an activity back."""
    return posting.take_back(office, activity_id, texts["reason"])


def add_people(office: Office, _progress: Progress, activity_id: str, texts: Texts) -> Operation:
    """Note who was at an activity."""
    there = There(part_meant(texts["part"]), amount_of(texts["hours"]))
    people = teachers_meant(office, texts["teachers"])
    return activities.set_people(office, activity_id, dict.fromkeys(people, there))


def add_own(office: Office, _progress: Progress, activity_id: str) -> Operation:
    """Note all trainers of the team as trainers of an activity."""
    team_id = activities.activity(office, activity_id).team_id
    people = trainers_of(office, team_id)
    return activities.set_people(office, activity_id, dict.fromkeys(people, There("trainer")))


def add_audience(office: Office, _progress: Progress, activity_id: str) -> Operation:
    """Note everybody the team is for, but its trainers, as participants of an activity."""
    team_id = activities.activity(office, activity_id).team_id
    known = {one.teacher_id for one in activities.people_at(office, activity_id)}
    people = [one for one in audience(office, team_id) if one not in known]
    return activities.set_people(office, activity_id, dict.fromkeys(people, There("participant")))


def take_list(office: Office, _progress: Progress, activity_id: str, path: Path) -> Operation:
    """Note who was at an activity from a workbook."""
    return take_activity_people(office, activity_id, path)


def remove_people(
    office: Office, _progress: Progress, activity_id: str, ids: Sequence[str]
) -> Operation:
    """Take people off an activity."""
    return activities.remove_people(office, activity_id, ids)


def save_review(
    office: Office, _progress: Progress, team_id: str, member: str, texts: Texts
) -> Operation:
    """Evaluate a team, or one of its members."""
    if not texts["year"].isdecimal():
        raise UserError("teams.review_year", f"“{texts['year']}”不是年度。", "请写四位数字。")
    judged = reviews.Judged(amount_of(texts["score"]), texts["grade"], texts["remark"])
    wanted = [member] if member else []
    return reviews.review(office, team_id, int(texts["year"]), judged, wanted)
