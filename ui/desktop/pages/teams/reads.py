"""What the page and the tabs of a team's desk read, on the reader lane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.entities.display import plain_decimal
from models.office.context import Office
from models.progress import Progress
from models.teams import proposing
from models.teams.activities import ActivityRow, Present, activities, activity, people_at
from models.teams.coverage import Cell, Coverage, coverage
from models.teams.kinds import PART_NAMES, team_rules
from models.teams.listing import MemberRow, member_rows
from models.teams.plans import plans, write_items
from models.teams.proposing import Filling
from models.teams.reviews import reviews
from models.teams.targets import Reached, targets_reached
from models.teams.workload import Workload, workload
from ui.desktop.pages.teams.tab import Loaded
from ui.desktop.widgets.table.source import TableRow

_PLAN_TONES = {"draft": "info", "submitted": "warn", "approved": "ok", "returned": "error"}


@dataclass(frozen=True, slots=True)
class Covered:
    """The coverage, and how the targets stand."""

    coverage: Coverage
    targets: Sequence[Reached]


@dataclass(frozen=True, slots=True)
class Loads:
    """The trainers of a year, and how the targets stand."""

    year: int
    trainers: Sequence[Workload]
    targets: Sequence[Reached]


def members(office: Office, _progress: Progress, team_id: str) -> Loaded:
    """Who is and was in a team."""
    found = member_rows(office, team_id)
    return Loaded(team_id, [_member(one) for one in found], found={one.id: one for one in found})


def term_plans(office: Office, _progress: Progress, team_id: str) -> Loaded:
    """The plans of a team, and what of them was done."""
    found = plans(office, team_id)
    rows = [
        TableRow(
            one.id,
            {
                "term": one.term_name,
                "state": one.state_name,
                "goals": one.goals,
                "items": "；".join(write_items(one.items).splitlines()),
                "progress": "；".join(
                    f"{each.title} {each.done}/{each.planned}" for each in one.progress
                ),
                "opinion": "　".join(text for text in (one.opinion, one.decided_by) if text),
            },
            {"state": _PLAN_TONES[one.state]},
        )
        for one in found
    ]
    return Loaded(team_id, rows, found={one.id: one for one in found})


def held(office: Office, _progress: Progress, team_id: str) -> Loaded:
    """The activities of a team."""
    found = activities(office, team_id)
    open_ones = sum(not one.posted_on for one in found)
    note = f"共 {len(found)} 次活动，{open_ones} 次还没有登记学时。" if found else ""
    return Loaded(team_id, [_activity(one) for one in found], note, {one.id: one for one in found})


def judged(office: Office, _progress: Progress, team_id: str) -> Loaded:
    """The evaluations of a team and its members; ``found`` are its members now."""
    rows = [
        TableRow(
            one.id,
            {
                "year": str(one.year),
                "whom": f"{one.name}（{one.role}）" if one.name else "全团队",
                "score": "" if one.score is None else plain_decimal(one.score),
                "grade": one.grade,
                "remark": one.remark,
                "decided": f"{one.decided_by}　{one.decided_on}",
            },
        )
        for one in reviews(office, team_id)
    ]
    now = [one for one in member_rows(office, team_id) if one.current]
    return Loaded(
        team_id, rows, found={f"{one.shown['name']}（{one.role_title}）": one.id for one in now}
    )


def attending(
    office: Office, _progress: Progress, activity_id: str
) -> tuple[ActivityRow, Sequence[TableRow]]:
    """An activity and who was at it."""
    found = activity(office, activity_id)
    return found, [_present(one) for one in people_at(office, activity_id)]


def covered(office: Office, _progress: Progress) -> Covered:
    """Where the county has teams and where not."""
    return Covered(coverage(office), targets_reached(office, office.store.clock.today().year))


def fillings(office: Office, _progress: Progress, cells: Sequence[Cell]) -> list[Filling]:
    """How each of some places could be filled."""
    return proposing.fillings(office, [(one.stage, one.subject, one.track) for one in cells], 5)


def loads(office: Office, _progress: Progress, year: int) -> Loads:
    """What the trainers did in a year."""
    return Loads(year, workload(office, year), targets_reached(office, year))


def _member(one: MemberRow) -> TableRow:
    texts = {
        **one.shown,
        "role": one.role_title,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "remark": "；".join(
            text for text in (_exception(one), one.ended_because, *one.doubts) if text
        ),
    }
    tones = {"remark": "warn"} if one.doubts else {}
    tones |= {"role": "ok" if one.current else "muted"}
    return TableRow(one.id, texts, tones, {"remark": "；".join(one.doubts)} if one.doubts else {})


def _exception(one: MemberRow) -> str:
    return f"特例：{one.exception}" if one.exception else ""


def _activity(one: ActivityRow) -> TableRow:
    kind = team_rules().activity(one.kind)
    amount = f"{one.amount} {kind.unit}" if kind.counts == "amount" else _hours(one.hours)
    texts = {
        "held_on": one.held_on,
        "kind": one.kind_title,
        "topic": one.topic,
        "measure": amount,
        "place": one.place,
        "trainers": str(one.trainers or ""),
        "participants": str(one.participants or ""),
        "posted": one.posted_on or "未入账",
    }
    return TableRow(one.id, texts, {"posted": "ok" if one.posted_on else "warn"})


def _hours(amount: Decimal | None) -> str:
    return "" if amount is None else f"{plain_decimal(amount)} 学时"


def _present(one: Present) -> TableRow:
    texts = {
        "part": PART_NAMES[one.part],
        "teacher_no": one.teacher_no,
        "name": one.name,
        "school": one.school,
        "hours": plain_decimal(one.hours),
    }
    return TableRow(one.teacher_id, texts, {"part": "ok" if one.part == "trainer" else "info"})
