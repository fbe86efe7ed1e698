"""The sheets of a meeting of a programme: who signs in, and what each pair has done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.errors import UserError
from models.mentoring.meetings import Meeting, meeting_kind, meetings_of
from models.mentoring.pairs import PairRow, shown_hours
from models.mentoring.visits import VisitRow
from reports.documents.pair_sheets import PairSheet, PairSheets, VisitLine
from reports.inputs.pair_stages import Stage, named, stage_of
from reports.kit.wording import plain_date

if TYPE_CHECKING:
    from models.office.context import Office


def pair_sheets(
    office: Office, programme_id: str, school_id: str = "", first: str = "", last: str = ""
) -> PairSheets:
    """The sheets of the meeting that looks back on some days: the latest held in them, if any.

    Args:
        office: the office.
        programme_id: of which.
        school_id: only the pairs of a school.
        first: first day looked back on; "" for the term.
        last: last day; "" for today.

    Raises:
        UserError: no such programme, days that cannot be, no pair in them.
    """
    stage = stage_of(office, programme_id, first, last)
    pairs = named(stage.pairs, school_id)
    if not pairs:
        raise UserError(
            "pair.nothing",
            f"{stage.stretch.name}没有{'这所学校的' if school_id else ''}已备案的师徒。",
            "请先备案，或另选日期、学校。",
        )
    visits: dict[str, list[VisitRow]] = {}
    for one in stage.visits:
        visits.setdefault(one.pair_id, []).append(one)
    meeting = _meeting(office, stage)
    kind = meeting_kind(stage.found, meeting.kind).name if meeting else "阶段总结"
    return PairSheets(
        title=f"{kind}师徒活动考核表",
        scope=f"{stage.found.name}　{stage.stretch.name}",
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        meeting=_meeting_facts(meeting),
        pairs=tuple(_sheet(stage, one, visits.get(one.id, ())) for one in pairs),
    )


def _meeting(office: Office, stage: Stage) -> Meeting | None:
    held = [one for one in meetings_of(office, stage.found.id) if stage.stretch.holds(one.held_on)]
    return held[-1] if held else None


def _meeting_facts(meeting: Meeting | None) -> tuple[tuple[str, str], ...]:
    if meeting is None:
        return ()
    told = (
        ("时间", plain_date(meeting.held_on)), ("地点", meeting.place), ("议题", meeting.topic),
        ("参加", "、".join(meeting.people)),
    )  # fmt: skip
    return tuple((title, text) for title, text in told if text)


def _sheet(stage: Stage, one: PairRow, visits: Sequence[VisitRow]) -> PairSheet:
    term = f"{plain_date(one.starts_on)}至{plain_date(one.ends_on)}"
    facts = (
        ("学科", one.subject_name),
        ("协议", "，".join(text for text in (one.agreement_no, term) if text)),
        ("目标", one.goals),
        ("任务", one.tasks),
        ("结果", one.result_name),
    )
    return PairSheet(
        one.mentor,
        one.mentor_school,
        one.mentee,
        one.mentee_school,
        tuple((title, text) for title, text in facts if text),
        tuple(
            VisitLine(
                visit.held_on, visit.kind_name, visit.topic, visit.place,
                shown_hours(visit.hours) if visit.hours else "", visit.evidence,
            )
            for visit in sorted(visits, key=lambda visit: visit.held_on)
        ),
        stage.words(one),
    )  # fmt: skip
