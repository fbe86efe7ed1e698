"""What the page of pairs has changed, on the writer lane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from models.certificates import pair_agreements, pair_endings, pair_honours
from models.certificates.pair_agreements import AgreementsIssued
from models.certificates.pair_honours import HonoursIssued
from models.certificates.titled import withdraw_titles
from models.exchange.pair_sheet import take_pairs
from models.exchange.survey_sheets import SurveysTaken, take_surveys
from models.mentoring import proposing, school_pairs, wishes
from models.mentoring.kinds import Part
from models.mentoring.meetings import Meeting, people_meant
from models.mentoring.meetings import save_meeting as keep_meeting
from models.mentoring.meetings import strike_meeting as drop_meeting
from models.mentoring.programmes import Programme, enter_programme
from models.mentoring.programmes import set_terms as keep_terms
from models.mentoring.proposing import Proposal, Set
from models.mentoring.results import judge_results, record_results
from models.mentoring.sanctions import Decision, decide_withdrawal
from models.mentoring.visits import Visit
from models.mentoring.visits import log_visits as keep_visits
from models.mentoring.wishes import Wish
from models.office.context import Office
from models.progress import Progress
from models.staff.directory import school_named
from models.store.operations import Operation
from models.training.naming import teachers_meant
from ui.desktop.widgets.answers import amount_of

Texts = Mapping[str, str]


def save_programme(
    office: Office, _progress: Progress, programme_id: str | None, texts: Texts
) -> Programme:
    """Open a programme, or change a known one."""
    return enter_programme(office, programme_id, texts)


def set_terms(
    office: Office, _progress: Progress, programme_id: str, terms: Mapping[str, object]
) -> Operation:
    """Set a programme's own numbers."""
    return keep_terms(office, programme_id, terms)


def pair_schools(office: Office, _progress: Progress, programme_id: str, texts: Texts) -> Operation:
    """Pair two schools by name."""
    town, village = (school_named(office, texts[key]) for key in ("town", "village"))
    return school_pairs.pair_schools(
        office, programme_id, town.id, village.id, goals=texts["goals"]
    )


def take_forms(
    office: Office, progress: Progress, programme_id: str, files: Sequence[Path]
) -> SurveysTaken:
    """Take in what schools sent back."""
    return take_surveys(office, programme_id, files, progress)


def take_part(
    office: Office, _progress: Progress, programme_id: str, part: Part, texts: Texts
) -> Operation:
    """Put down the wishes of teachers by number or name."""
    who = teachers_meant(office, texts["who"])
    wants, avoids = (tuple(teachers_meant(office, texts[key])) for key in ("wants", "avoids"))
    capacity = int(texts["capacity"]) if texts.get("capacity") else None
    wanted = [
        Wish(one, part, capacity=capacity, wants=wants, avoids=avoids, remark=texts["remark"])
        for one in who
    ]
    return wishes.take_part(office, programme_id, wanted)


def solve(office: Office, progress: Progress, programme_id: str) -> Proposal:
    """Match, and keep what came of it as proposals."""
    found = proposing.propose(office, programme_id, progress)
    proposing.keep(office, found)
    return found


def take_table(office: Office, _progress: Progress, programme_id: str, file: Path) -> Set:
    """Take in a table of pairs that a person changed."""
    return take_pairs(office, programme_id, file)


def change_mentor(
    office: Office, _progress: Progress, pair_id: str, mentor: str, reason: str
) -> Operation:
    """Give a mentee another mentor, named by number or name."""
    (mentor_id,) = teachers_meant(office, mentor)[:1] or [""]
    return pair_endings.change_mentor(office, pair_id, mentor_id, reason)


def dissolve(
    office: Office, _progress: Progress, pair_ids: Sequence[str], reason: str
) -> Operation:
    """End pairs before their time, and their agreements with them."""
    return pair_endings.dissolve(office, pair_ids, reason)


def issue_agreements(
    office: Office, _progress: Progress, programme_id: str, pair_ids: Sequence[str]
) -> AgreementsIssued:
    """Number the agreements of filed pairs, of some or of all that have none."""
    return pair_agreements.issue_agreements(office, programme_id, pair_ids or None)


def log_visits(
    office: Office, _progress: Progress, pair_ids: Sequence[str], texts: Texts
) -> Operation:
    """Log a visit of pairs."""
    hours = amount_of(texts["hours"])
    visit = Visit(
        texts["held_on"], texts["kind"], texts["topic"], texts["place"], hours, texts["evidence"]
    )
    return keep_visits(office, pair_ids, visit)


def save_meeting(office: Office, _progress: Progress, programme_id: str, texts: Texts) -> Operation:
    """Put a meeting down."""
    meeting = Meeting(
        texts["kind"],
        texts["held_on"],
        texts["topic"],
        texts["place"],
        texts["report"],
        people_meant(texts["people"]),
    )
    return keep_meeting(office, programme_id, meeting)


def strike_meeting(
    office: Office, _progress: Progress, programme_id: str, kind: str, held_on: str
) -> Operation:
    """Take a meeting out again."""
    return drop_meeting(office, programme_id, kind, held_on)


def decide(
    office: Office, _progress: Progress, proposal_id: str, decision: Decision, opinion: str
) -> Operation:
    """Decide on a proposal to withdraw a title; it and its certificate end in the same step."""
    return decide_withdrawal(office, proposal_id, decision, opinion, withdraw_titles)


def judge(office: Office, progress: Progress, programme_id: str) -> Operation:
    """Judge all mentees by the rule pack and put the results down."""
    return record_results(office, judge_results(office, programme_id, progress))


def honour(office: Office, _progress: Progress, programme_id: str) -> HonoursIssued:
    """Issue the certificates of honour."""
    return pair_honours.issue_pair_honours(office, programme_id)
