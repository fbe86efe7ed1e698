"""What pairs do: visits with evidence and hours, and the hours they bring to both in the ledger."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.entities.display import HUNDREDTHS, to_hundredths
from models.errors import UserError
from models.mentoring.days import day_given
from models.mentoring.kinds import read_kinds, visit_named
from models.mentoring.pairs import WORKED, PairRow, pair_rows, these_pairs
from models.mentoring.programmes import programme
from models.office.context import Office
from models.store.operations import Operation
from models.training.ledger import RecordDraft, post_records
from models.training.words import need_words

_COLUMNS = (
    "id", "pair_id", "held_on", "kind", "topic", "place", "hours", "evidence", "remark",
)  # fmt: skip
_LIST = """
SELECT v.*, a.name AS mentor, b.name AS mentee, a.teacher_no AS mentor_no,
    b.teacher_no AS mentee_no FROM pair_visit AS v JOIN pair AS p ON p.id = v.pair_id
JOIN teacher AS a ON a.id = p.mentor_id JOIN teacher AS b ON b.id = p.mentee_id
WHERE p.programme_id = :programme AND (:pair IS NULL OR v.pair_id = :pair)
ORDER BY v.held_on DESC, a.name_pinyin, v.id
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """What was done.

    Attributes:
        held_on: ISO day.
        kind: id or name of the sort of visit.
        topic: what about.
        place: where, "" if not told.
        hours: None as the sort of visit has it.
        evidence: where it can be seen: a photo's file, a page of the booklet.
        remark: as told.
    """

    held_on: str
    kind: str
    topic: str
    place: str = ""
    hours: Decimal | None = None
    evidence: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as lists show it; ``hours`` in hundredths, ``posted_on`` "" while not posted."""

    id: str
    pair_id: str
    mentor: str
    mentor_no: str
    mentee: str
    mentee_no: str
    held_on: str
    kind: str
    kind_name: str
    topic: str
    place: str
    hours: int
    evidence: str
    remark: str
    posted_on: str


@dataclass(frozen=True, slots=True)
class PostedVisits:
    """What posting brought: visits, entries in the ledger, entries that stood there already."""

    visits: int
    entries: int
    repeated: int
    operation: Operation


def log_visits(office: Office, pair_ids: Sequence[str], visit: Visit) -> Operation:
    """Log one visit of some pairs.

    Raises:
        UserError: no such sort, no topic, an unreadable day, a day outside the pair's time or yet
            to come, hours that cannot be, or a pair that is not filed.
    """
    kind = visit_named(visit.kind)
    hours = Decimal(kind.hours) if visit.hours is None else visit.hours
    if not visit.topic.strip():
        raise UserError("mentoring.no_topic", "没有写活动的主题。", "请写明做了什么。")
    most = read_kinds().most_hours
    if not (hours.is_finite() and 0 <= hours <= most and hours == round(hours, 2)):
        raise UserError(
            "mentoring.hours",
            f"一次活动 {hours} 学时不能用。",
            f"请填 0 到 {most}，最多两位小数。",
        )
    found = these_pairs(office, pair_ids)
    if not visit.held_on.strip():
        raise UserError("date", "没有填活动的日期。", "请写成 2025-09-01。")
    day = day_given(office, visit.held_on)
    for one in found:
        _check_day(one, day)
    title = f"{kind.name}“{visit.topic.strip()}”{len(found)} 对"
    with office.store.operation("mentoring.visit", title) as operation:
        rows = [
            (
                office.store.ids.new_id(), one.id, day, kind.id, visit.topic.strip(),
                visit.place.strip() or None, to_hundredths(hours), visit.evidence.strip() or None,
                visit.remark.strip() or None,
            )
            for one in found
        ]  # fmt: skip
        office.store.insert("pair_visit", _COLUMNS, rows)
    return operation


def add_evidence(office: Office, visit_ids: Sequence[str], evidence: str) -> Operation:
    """Say where visits can be seen, of which that was not told when they were logged.

    Raises:
        UserError: none chosen, nothing said, or one whose hours are in the ledger already.
    """
    words = need_words(evidence, "佐证")
    if not visit_ids:
        raise UserError("mentoring.no_visit_chosen", "没有选中活动。", "请先选择活动。")
    ids = json.dumps(list(visit_ids))
    _refuse_posted(office, ids, "不能改佐证")
    with office.store.operation("mentoring.evidence", f"补佐证 {len(visit_ids)} 次") as operation:
        office.store.execute(
            "UPDATE pair_visit SET evidence = ? WHERE id IN (SELECT value FROM json_each(?))",
            (words, ids),
        )
    return operation


def strike_visits(office: Office, visit_ids: Sequence[str]) -> Operation:
    """Take visits out of the log again.

    Raises:
        UserError: one whose hours are in the ledger already.
    """
    ids = json.dumps(list(visit_ids))
    _refuse_posted(office, ids, "不能删除")
    with office.store.operation("mentoring.strike", f"删除活动 {len(visit_ids)} 次") as operation:
        office.store.execute(
            "DELETE FROM pair_visit WHERE id IN (SELECT value FROM json_each(?))", (ids,)
        )
    return operation


def visit_rows(office: Office, programme_id: str, pair_id: str | None = None) -> list[VisitRow]:
    """The visits of a programme or of one pair, the latest first."""
    rows = office.store.query(_LIST, {"programme": programme_id, "pair": pair_id})
    names: dict[str, str] = {one.id: one.name for one in read_kinds().visits}
    return [
        VisitRow(
            row["id"], row["pair_id"], row["mentor"], row["mentor_no"] or "", row["mentee"],
            row["mentee_no"] or "", row["held_on"], row["kind"],
            str(names.get(row["kind"], row["kind"])), row["topic"],
            row["place"] or "", row["hours"] or 0, row["evidence"] or "",
            row["remark"] or "", row["posted_on"] or "",
        )
        for row in rows
    ]  # fmt: skip


def post_visits(office: Office, programme_id: str) -> PostedVisits:
    """Enter the hours of visits with evidence into the ledger, for both of each pair, once.

    Undoing it reverses the entries and leaves the visits to be posted again.

    Raises:
        UserError: no visit with hours and evidence waits for it.
    """
    found = programme(office, programme_id)
    due = [
        one
        for one in visit_rows(office, programme_id)
        if one.hours and one.evidence and not one.posted_on
    ]
    if not due:
        raise UserError(
            "mentoring.no_visits",
            "没有可以登记学时的活动。",
            "只有写了学时和佐证、还没有登记过的活动可以登记。",
        )
    pairs = {one.id: one for one in pair_rows(office, programme_id)}
    drafts = [
        _draft(office, found.name, one, teacher_id)
        for one in reversed(due)
        for teacher_id in (pairs[one.pair_id].mentor_id, pairs[one.pair_id].mentee_id)
    ]
    today = office.store.clock.today().isoformat()
    with office.store.operation(
        "mentoring.post", f"{found.name}登记学时 {len(due)} 次活动"
    ) as operation:
        done = post_records(office, drafts, source=found.code)
        office.store.execute(
            "UPDATE pair_visit SET posted_on = ? WHERE id IN (SELECT value FROM json_each(?))",
            (today, json.dumps([one.id for one in due])),
        )
    return PostedVisits(len(due), done.posted, done.repeated, operation)


def _refuse_posted(office: Office, ids: str, told: str) -> None:
    posted = office.store.value(
        "SELECT COUNT(*) FROM pair_visit WHERE posted_on IS NOT NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        (ids,),
    )
    if posted:
        raise UserError(
            "mentoring.visit_posted",
            f"有 {posted} 次活动的学时已登记入账，{told}。",
            "请先在操作记录里撤销那次登记。",
        )


def _check_day(pair: PairRow, held_on: str) -> None:
    if pair.state not in WORKED or not pair.starts_on:
        raise UserError(
            "mentoring.not_filed",
            f"{pair.called}现在是“{pair.state_name}”，还不能登记活动。",
            "备案以后才登记活动。",
        )
    if held_on < pair.starts_on or (pair.ends_on and held_on > pair.ends_on):
        raise UserError(
            "mentoring.outside",
            f"{held_on} 不在{pair.called}的结对期（{pair.starts_on} 至 {pair.ends_on}）。",
            "请核对日期。",
        )


def _draft(office: Office, name: str, one: VisitRow, teacher_id: str) -> RecordDraft:
    return RecordDraft(
        teacher_id=teacher_id,
        year=int(one.held_on[:4]),
        course=f"{name}：{one.kind_name}“{one.topic}”",
        category=read_kinds().mode,
        organizer=office.identity.name,
        start_date=one.held_on,
        end_date=one.held_on,
        hours=Decimal(one.hours) / HUNDREDTHS,
        remark=one.evidence,
    )
