"""From activities to the ledger: hours of trainers and participants, each once; taken back whole.

Trainers' hours count in place of a training where the rules give a ground (承担培训教学,
公开课示范课); participants' are records. Participants of an activity that belongs to a course get
their hours from the course.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.teams.activities import ActivityRow, Present, activity, people_at
from models.teams.kinds import team_rules
from models.teams.plans import has_approved_plan
from models.teams.registration import update
from models.training.credits import CreditRules
from models.training.entries import Entry, write_entries
from models.training.ledger import (
    RecordDraft,
    check_record,
    entry_of,
    existing_keys,
    key_of,
    reverse,
)
from models.training.school_terms import term_name, term_of
from models.training.words import need_words

_LEVEL = "40"  # 县级 of codes/training_level.toml: the office's own teams
_SOURCE_LENGTH = 12
_STANDING = """
SELECT e.id, e.teacher_id FROM activity_person AS p
CROSS JOIN ledger_entry AS e ON e.teacher_id = p.teacher_id AND e.year = ?
WHERE p.activity_id = ? AND e.source = ? AND e.kind <> 'reversal'
    AND NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = e.id)
"""


@dataclass(frozen=True, slots=True)
class PostedActivities:
    """What posting activities brought.

    Attributes:
        posted: entries added.
        before: people whose hours of the activity stand in the ledger already.
        elsewhere: names of people whose same training came into the ledger from elsewhere.
        nothing: people the activity brings no hours.
        told: sentences a person should read.
        operation: the undoable step; undoing it takes the hours back.
    """

    posted: int
    before: int
    elsewhere: tuple[str, ...]
    nothing: int
    told: tuple[str, ...]
    operation: Operation


@dataclass(frozen=True, slots=True)
class _Due:
    """An entry to be made, and whom it is for."""

    draft: RecordDraft
    person: Present
    about: ActivityRow


def post_activities(office: Office, activity_ids: Sequence[str]) -> PostedActivities:
    """Enter the hours of activities that are not in the ledger yet, as one undoable step.

    Posting again after people were added enters the new ones alone.

    Raises:
        UserError: nothing chosen, nobody noted for one of them, hours that cannot be true, a
            closed year. Nothing is entered then.
    """
    found = [activity(office, one) for one in dict.fromkeys(activity_ids)]
    if not found:
        raise UserError("teams.nothing_chosen", "没有选中活动。", "请先选择活动。")
    due: list[_Due] = []
    before = nothing = 0
    for one in found:
        people = _people(office, one)
        standing = {row["teacher_id"] for row in _entries(office, one)}
        before += sum(each.teacher_id in standing for each in people)
        fresh = [each for each in people if each.teacher_id not in standing]
        due += [_Due(_draft(office, one, each), each, one) for each in fresh if each.hours]
        nothing += sum(not each.hours for each in fresh)
    new, elsewhere = _sorted_out(office, due)
    with office.store.operation("teams.post", f"登记团队活动学时 {len(new)} 人次") as operation:
        rules = CreditRules(office)
        posted = write_entries(office.store, [_entry(one, rules) for one in new])
        today = office.store.clock.today().isoformat()
        update(office, "team_activity", [one.id for one in found], {"posted_on": today})
    told = tuple(dict.fromkeys(sentence for one in found for sentence in _doubts(office, one)))
    return PostedActivities(posted, before, elsewhere, nothing, told, operation)


def take_back(office: Office, activity_id: str, reason: str) -> Operation:
    """Take the hours of an activity back, so that it can be changed and posted anew.

    Raises:
        UserError: no such activity, no reason, nothing of it is posted, or a closed year.
    """
    words = need_words(reason, "撤回的原因")
    found = activity(office, activity_id)
    entries = [row["id"] for row in _entries(office, found)]
    if not found.posted_on:
        raise UserError("teams.not_posted", f"“{found.topic}”还没有登记学时。", "不需要撤回。")
    with office.store.operation("teams.take_back", f"撤回学时：{found.topic}") as operation:
        if entries:
            reverse(office, entries, words)
        update(office, "team_activity", [activity_id], {"posted_on": None})
    return operation


def source_of(activity_id: str) -> str:
    """How the ledger calls where the hours of an activity come from."""
    return f"团队活动 {activity_id[:_SOURCE_LENGTH]}"


def _people(office: Office, found: ActivityRow) -> list[Present]:
    people = people_at(office, found.id)
    if not people:
        raise UserError(
            "teams.nobody_there",
            f"{found.held_on} 的“{found.topic}”没有登记主讲和参加的人。",
            "请先登记人员。",
        )
    return people


def _entries(office: Office, found: ActivityRow) -> list[dict[str, str]]:
    year = int(found.held_on[:4])
    given = (year, found.id, source_of(found.id))
    return [dict(row) for row in office.store.query(_STANDING, given)]


def _sorted_out(office: Office, due: Sequence[_Due]) -> tuple[list[_Due], tuple[str, ...]]:
    """What is not in the ledger, and the names of those who have it from elsewhere."""
    if not due:
        return [], ()
    years = [one.draft.year for one in due]
    teachers = {one.draft.teacher_id for one in due}
    known = existing_keys(office, teachers, (min(years), max(years)))
    new: list[_Due] = []
    elsewhere: list[str] = []
    for one in due:
        key = key_of(one.draft)
        if key in known:
            elsewhere.append(one.person.name)
            continue
        known.add(key)
        new.append(one)
    return new, tuple(elsewhere)


def _draft(office: Office, found: ActivityRow, person: Present) -> RecordDraft:
    kind = team_rules().activity(found.kind)
    given = "（主讲）" if person.part == "trainer" else ""
    draft = RecordDraft(
        teacher_id=person.teacher_id,
        year=int(found.held_on[:4]),
        course=f"{kind.title}：{found.topic}{given}",
        category=kind.mode,
        organizer=office.identity.name,
        start_date=found.held_on,
        end_date=found.until or found.held_on,
        hours=person.hours,
        remark=found.team,
        level=_LEVEL,
        theme=kind.theme or None,
    )
    check_record(draft)
    return draft


def _entry(due: _Due, rules: CreditRules) -> Entry:
    entry = replace(
        entry_of(due.draft, rules, source_of(due.about.id)), evidence=due.about.evidence or None
    )
    ground = team_rules().activity(due.about.kind).ground
    if due.person.part == "trainer" and ground:
        return replace(entry, kind="offset", ground=ground)
    return entry


def _doubts(office: Office, found: ActivityRow) -> list[str]:
    term = term_of(date.fromisoformat(found.held_on))
    if has_approved_plan(office, found.team_id, term):
        return []
    return [f"“{found.team}”{term_name(term)}的工作计划还没有批准。"]
