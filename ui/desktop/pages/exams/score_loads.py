"""What the last steps show, read on the reader lane: marks, results, posting."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from models.entities.display import plain_decimal
from models.exams.awarding import Honour, award_named, decided, propose
from models.exams.comparing import differences
from models.exams.correcting import corrections_of
from models.exams.marks import MarkBook, mark_book
from models.exams.overview import overview
from models.exams.posting_plan import CoursePlan, PostPlan, plan_posting
from models.exams.ranking import unit_rule
from models.exams.registration import read
from models.exams.results import TOTAL_RULE, ExamResults, PersonResult, UnitResult, results_of
from models.exams.statistics import Group, statistics_of
from models.office.context import Office
from models.progress import Progress
from ui.desktop.pages.exams.view import Loaded
from ui.desktop.widgets.table.source import TableRow

_BLOCKED = "不予验印"
RESULT_TONES = {"合格": "ok", "不合格": "error", "缺考": "warn", "作弊": "error", "未录": "warn"}


def marks(office: Office, _progress: Progress, exam_id: str) -> Loaded:
    """The mark book, and how far it is."""
    exam, now = read(office, exam_id), overview(office, exam_id)
    book = mark_book(office, exam)
    return Loaded(exam, now, _marks_note(book, now.people, now.missing), more=book)


def results(office: Office, _progress: Progress, exam_id: str, by: str) -> Loaded:
    """Ranks of people and units, groups, awards, corrections."""
    exam, now = read(office, exam_id), overview(office, exam_id)
    book = mark_book(office, exam)
    found = results_of(book, unit_rule(by))
    given = decided(office, exam)
    honours = given or (propose(office, found) if now.marked else [])
    rows = {
        "people": [_person(found, one) for one in found.people],
        "units": [_unit(one) for one in found.units],
        "groups": _groups(book, found),
        "awards": [_honour(place, one, sure=bool(given)) for place, one in enumerate(honours)],
        "corrections": [
            TableRow(
                one.id,
                {
                    "name": f"{one.name}（{one.school}）",
                    "part": one.part,
                    "change": f"{one.before} → {one.after}",
                    "reason": one.reason,
                    "person": f"{one.person} {one.corrected_on}",
                },
            )
            for one in corrections_of(office, exam)
        ],
    }
    note = f"{TOTAL_RULE}；单位{found.rule.words}。" if now.marked else ""
    if found.waiting and now.marked:
        note = f"还有 {len(found.waiting):,} 人没有成绩或两遍不一致，录齐后才能公布。{note}"
    tone = "warn" if found.waiting and now.marked else ""
    return Loaded(exam, now, note, tone, rows, (book, honours))


def posting(office: Office, _progress: Progress, exam_id: str) -> Loaded:
    """What posting would do now."""
    exam, now = read(office, exam_id), overview(office, exam_id)
    if not now.marked:
        return Loaded(exam, now)
    plan = plan_posting(office, exam)
    rows = {"courses": [_course(one) for one in plan.courses], "stamp": _blocks(plan)}
    return Loaded(
        exam, now, _posting_note(plan, now.posted_on), "ok" if plan.idle else "", rows, plan
    )


def _marks_note(book: MarkBook, people: int, missing: int) -> str:
    if not people:
        return ""
    settled = sum(
        all(book.settled(one.id, part.id) is not None for part in book.parts)
        for one in book.examinees
    )
    note = f"应考 {people:,} 人：有成绩 {settled:,} 人，缺考和作弊 {missing:,} 人"
    apart = [one for one in differences(book) if not one.missing]
    if book.exam.entries > 1:
        note += f"，两遍不同 {len(apart):,} 处" if apart else "，两遍没有不同的"
    return f"{note}。缺考、缓考、作弊可以直接填在成绩格里。"


def _person(found: ExamResults, one: PersonResult) -> TableRow:
    parts = "；".join(
        f"{part.name} {plain_decimal(one.points[part.id])}"
        for part in found.parts
        if part.id in one.points
    )
    texts = {
        "rank": "" if one.rank is None else str(one.rank),
        "name": one.examinee.name,
        "number": one.examinee.admission_no or one.examinee.teacher_no,
        "school": one.examinee.school_name,
        "parts": parts if len(found.parts) > 1 else "",
        "total": _figure(one.total),
        "result": one.words,
    }
    return TableRow(one.examinee.id, texts, {"result": RESULT_TONES.get(one.words, "muted")})


def _unit(one: UnitResult) -> TableRow:
    texts = {
        "rank": "" if one.rank is None else str(one.rank),
        "name": one.name,
        "due": str(one.due),
        "sat": str(one.sat),
        "passed": str(one.passed),
        "mean": _figure(one.mean),
        "pass_rate": f"{plain_decimal(one.pass_rate)}%" if one.pass_rate is not None else "",
        "value": _figure(one.value),
    }
    return TableRow(one.school_id or one.name, texts)


def _groups(book: MarkBook, found: ExamResults) -> list[TableRow]:
    told = statistics_of(book, found)
    named: Iterable[tuple[str, tuple[Group, ...]]] = (
        ("学段", told.stages),
        ("学科", told.subjects),
    )
    rows = [_group("全部", Group("全部", told.whole))] if told.sat else []
    rows += [_group(kind, one) for kind, groups in named for one in groups]
    return rows


def _group(kind: str, one: Group) -> TableRow:
    spread = one.spread
    texts = {
        "kind": kind,
        "name": one.name,
        "count": str(spread.count),
        "mean": _figure(spread.mean),
        "pass_rate": f"{plain_decimal(spread.pass_rate)}%" if spread.pass_rate is not None else "",
        "highest": _figure(spread.highest),
        "lowest": _figure(spread.lowest),
        "median": _figure(spread.median),
    }
    return TableRow(f"{kind}/{one.name}", texts)


def _honour(place: int, one: Honour, *, sure: bool) -> TableRow:
    texts = {
        "award": award_named(one.award).title,
        "name": one.name,
        "school": one.school,
        "reason": one.reason,
        "state": "已确定" if sure else "建议",
    }
    return TableRow(str(place), texts, {"state": "ok" if sure else "info"})


def _course(one: CoursePlan) -> TableRow:
    texts = {
        "title": one.title,
        "marks": str(len(one.marks)),
        "resits": str(len(one.resits) or ""),
        "strangers": str(len(one.strangers) or ""),
        "reverse": str(len(one.to_reverse) or ""),
    }
    tones = {"strangers": "warn", "reverse": "error"}
    return TableRow(one.course_id, texts, {key: tone for key, tone in tones.items() if texts[key]})


def _blocks(plan: PostPlan) -> list[TableRow]:
    """Whom the year's stamp is refused, and to whom it is no longer."""
    people = {one.examinee.teacher_id: one.examinee for one in plan.results.people}
    rows: list[TableRow] = []
    for word, tone, ids in (
        (_BLOCKED, "error", plan.blocks.put),
        ("解除", "ok", plan.blocks.lifted),
    ):
        for key in ids:
            who = people.get(key)
            texts = {
                "name": who.name if who else "",
                "school": who.school_name if who else "",
                "what": word,
                "reason": plan.settling.reasons.get(key, "") if word == _BLOCKED else "",
            }
            rows.append(TableRow(f"{word}/{key}", texts, {"what": tone}))
    return rows


def _posting_note(plan: PostPlan, posted_on: str | None) -> str:
    if plan.results.waiting:
        return f"还有 {len(plan.results.waiting):,} 人没有成绩，录齐后才能登记。"
    if not plan.courses:
        return "这场考试没有对应的课程，只登记不合格者不予验印。要登记学时，请在设置中选定课程。"
    if plan.idle and posted_on:
        return f"已于 {posted_on} 登记，没有新的变动。"
    figures = (
        (sum(len(one.marks) for one in plan.courses), "人的成绩要记入课程，合格的学时随即入账"),
        (sum(len(one.strangers) for one in plan.courses), "人没有报名课程，可以一并报名"),
        (sum(len(one.to_reverse) for one in plan.courses), "人不再合格而学时已入账，可以冲销"),
    )
    told = "；".join(f"{count:,} {words}" for count, words in figures if count)
    return f"{told or '成绩都已记入课程'}。可以反复登记，只登记有变动的。"


def _figure(value: Decimal | None) -> str:
    return "" if value is None else plain_decimal(value)
