"""Everything of teams, gathered for their books."""

from __future__ import annotations

from models.entities.display import plain_decimal
from models.office.context import Office
from models.teams.activities import ActivityRow, activities, people_at
from models.teams.kinds import team_rules
from models.teams.listing import TeamRow, member_rows, served_schools, taught_courses
from models.teams.plans import Plan, plans, write_items
from models.teams.reviews import ReviewRow, reviews
from models.teams.workload import Workload, workload
from reports.documents.team_book import BookPlan, TeamBook, TeamBooks
from reports.inputs.teams import kinds_in_words, remark_on, teams_chosen, term_in_words
from reports.kit.table import Row
from reports.kit.wording import plain_date

_WHOLE = "全团队"


def team_books(office: Office, year: int, text: str) -> TeamBooks:
    """The books of the team named, or of all at work.

    Args:
        office: the office.
        year: whose activities and workload.
        text: names a team; "" for all.

    Raises:
        UserError: no such team, or there are none.
    """
    return TeamBooks(
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        scope=f"{year} 年",
        books=tuple(_book(office, year, one) for one in teams_chosen(office, text)),
    )


def _book(office: Office, year: int, team: TeamRow) -> TeamBook:
    held = activities(office, team.id, f"{year}-01-01", f"{year}-12-31")
    return TeamBook(
        name=team.shown["name"],
        facts=tuple(_facts(office, team)),
        members=tuple(
            (
                one.role_title,
                one.shown["name"],
                one.shown["school"],
                one.shown["backbone"],
                term_in_words(one),
                remark_on(one),
            )
            for one in member_rows(office, team.id)
        ),
        plans=tuple(_plan(one) for one in plans(office, team.id)),
        activities=tuple(_activity(office, one) for one in reversed(held)),
        loads=tuple(_load(one) for one in workload(office, year, team.id) if one.activities),
        reviews=tuple(_review(one) for one in reviews(office, team.id)),
        doubts=team.doubts,
    )


def _facts(office: Office, team: TeamRow) -> list[tuple[str, str]]:
    shown = team.shown
    whom = " ".join(one for one in (shown["stage"], shown["subject"], shown["track"]) if one)
    kind = team_rules().kind(team.kind)
    pairs = [
        ("团队种类", shown["kind"]),
        ("依据", f"{kind.clause}：“{kind.quote}”" if kind.quote else ""),
        ("面向", whom),
        ("所在校", shown["host"]),
        ("任期", _term(shown["starts_on"], shown["ends_on"])),
        ("服务学校", "、".join(served_schools(office, team.id).values())),
        ("负责课程", "、".join(taught_courses(office, team.id).values())),
        ("备注", shown["remark"]),
    ]
    return [pair for pair in pairs if pair[1]]


def _term(first: str, last: str) -> str:
    if first and not last:
        return f"{plain_date(first)}起"
    return f"{plain_date(first)}—{plain_date(last)}" if last else ""


def _plan(one: Plan) -> BookPlan:
    decided = [text for text in (one.opinion, one.decided_by, one.decided_on) if text]
    return BookPlan(
        title=f"{one.term_name}（{one.state_name}）",
        goals=one.goals,
        lines=tuple(write_items(one.items).splitlines()),
        progress=tuple((each.title, str(each.planned), str(each.done)) for each in one.progress),
        opinion="　".join(decided),
    )


def _activity(office: Office, one: ActivityRow) -> Row:
    kind = team_rules().activity(one.kind)
    measure = f"{one.amount} {kind.unit}" if kind.counts == "amount" else ""
    if one.hours is not None and not measure:
        measure = f"{plain_decimal(one.hours)} 学时"
    trainers = [each.name for each in people_at(office, one.id) if each.part == "trainer"]
    return (
        one.held_on.replace("-", "."),
        one.kind_title,
        one.topic,
        measure,
        "、".join(trainers),
        str(one.participants),
        one.posted_on.replace("-", "."),
    )


def _load(one: Workload) -> Row:
    return (
        one.name,
        str(one.activities),
        plain_decimal(one.hours),
        plain_decimal(one.posted),
        kinds_in_words(one),
    )


def _review(one: ReviewRow) -> Row:
    return (
        str(one.year),
        f"{one.name}（{one.role}）" if one.name else _WHOLE,
        "" if one.score is None else plain_decimal(one.score),
        one.grade,
        one.remark,
    )
