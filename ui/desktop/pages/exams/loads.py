"""What the first steps show, read on the reader lane: setup, frame, draw, meeting."""

from __future__ import annotations

from collections.abc import Mapping

from models.entities.display import plain_decimal
from models.exams.bases import bases
from models.exams.changing import terms_of
from models.exams.draw import Terms
from models.exams.drawing import Draw, DrawnPerson, drawn_people, draws
from models.exams.eligibility import CAUSE_NAMES, STRATUM_NAMES, Excluded
from models.exams.frame import by_stratum, read_frame
from models.exams.freezing import find_frame, frame_by_id, frame_of, preview
from models.exams.items import items_of
from models.exams.overview import Overview, overview, overviews
from models.exams.quotas import ROUNDING_NAMES
from models.exams.records import DRAWN_BEFORE_NAMES, KIND_NAMES, MODE_NAMES, Exam
from models.exams.registration import exams, parts_of, read
from models.exams.replacing import Replacement, replacements
from models.exams.terms import filter_words
from models.office.context import Office
from models.progress import Progress
from models.training.courses import read as read_course
from ui.desktop.pages.exams.meeting.showing import Meeting, school_pages
from ui.desktop.pages.exams.setup_facts import FactGroup, SetUp
from ui.desktop.pages.exams.terms import write_share
from ui.desktop.pages.exams.view import Loaded
from ui.desktop.widgets.detail_card import Fact
from ui.desktop.widgets.table.source import TableRow

Listing = tuple[dict[str, Exam], dict[str, Overview]]
"""The exams in the order of the list, and how far each is, by their identity."""


def listing(office: Office, _progress: Progress) -> Listing:
    """The exams, and how far each is."""
    return {one.id: one for one in exams(office)}, overviews(office)


def setup(office: Office, _progress: Progress, exam_id: str) -> Loaded:
    """The terms in groups, and the parts of the score."""
    exam = read(office, exam_id)
    groups = (
        FactGroup("考试", _what(office, exam)),
        FactGroup("时间和地点", _when(exam)),
        FactGroup("怎样抽取", _how(exam)),
        FactGroup("谁可以参加", _who(office, exam)),
    )
    items = items_of(office, exam)
    parts = [
        (
            one.name,
            plain_decimal(one.weight),
            plain_decimal(one.full_marks),
            _course(office, one.course_id),
            f"{len(items[one.id])} 题" if one.id in items else "",
        )
        for one in parts_of(office, exam)
    ]
    return Loaded(
        exam, overview(office, exam_id), more=SetUp(groups, parts, terms_of(office, exam))
    )


def frame(office: Office, _progress: Progress, exam_id: str) -> Loaded:
    """The strata with their quotas and who is left out, as frozen or as freezing would give."""
    exam = read(office, exam_id)
    frozen = find_frame(office, exam_id)
    if frozen is None:
        found = preview(office, exam)
        sizes, left, size = found.sizes, found.excluded, found.size
        note = (
            f"现在冻结，名单有 {size:,} 人，{len(left):,} 人不列入。"
            "先核对下面两张表，再冻结；冻结以后才能产生种子。"
        )
    else:
        members = by_stratum(read_frame(frozen.body))
        sizes, left = {name: len(people) for name, people in members.items()}, frozen.excluded
        again = f"第 {frozen.attempt} 次冻结（{frozen.reason}）" if frozen.reason else "冻结"
        note = (
            f"已于 {moment(frozen.frozen_at)} {again}，{frozen.size:,} 人。"
            f"名单指纹（SHA-256）：{frozen.sha256}"
        )
    rows = {"strata": _strata(exam, sizes), "left": [_left(one) for one in left]}
    return Loaded(exam, overview(office, exam_id), note, "ok" if frozen else "", rows)


def drawing(office: Office, _progress: Progress, exam_id: str) -> Loaded:
    """Who was drawn, who was called up, and every attempt."""
    exam, now = read(office, exam_id), overview(office, exam_id)
    made = draws(office, exam)
    if not made:
        note = "" if now.pool is None else _before(exam, now.pool)
        return Loaded(exam, now, note, rows={})
    last = made[-1]
    note = (
        f"{moment(last.drawn_at)} 抽签，种子：{last.seed}。"
        "凭名单文件和种子，任何人都能用 sha256sum 重算。"
    )
    rows = {
        "drawn": [_drawn(one) for one in drawn_people(office, exam)],
        "called": [_called(one) for one in replacements(office, exam)],
        "attempts": [_attempt(one) for one in reversed(made)],
    }
    if now.outdated:
        note = f"名单在这次抽签以后重新冻结过，这次的结果不能再用，请重新抽签。{note}"
    return Loaded(exam, now, note, "warn" if now.outdated else "ok", rows)


def meeting(office: Office, _progress: Progress, exam_id: str, *, again: bool = False) -> Meeting:
    """What the screen of the meeting room shows; with the names where it was drawn already.

    A draw that was made is shown with the list it was made from; the one to come, also ``again``,
    is made from the latest list.
    """
    exam = read(office, exam_id)
    made = [] if again else draws(office, exam)
    frozen = frame_by_id(office, made[-1].frame_id) if made else frame_of(office, exam)
    members = by_stratum(read_frame(frozen.body))
    sizes = {name: len(people) for name, people in members.items()}
    drawn = bool(made)
    return Meeting(
        exam_id=exam.id,
        name=exam.name,
        office=office.identity.name,
        pool=frozen.size,
        groups=len(sizes),
        quota=sum(_quotas(exam, sizes).values()),
        rule=rule_words(exam),
        base=bases().rules[exam.scope.base].rule,
        sha256=frozen.sha256,
        seed=made[-1].seed if drawn else "",
        drawn_at=moment(made[-1].drawn_at) if drawn else "",
        schools=school_pages(drawn_people(office, exam)) if drawn else (),
    )


def rule_words(exam: Exam) -> str:
    """Strata, share and rounding in a sentence."""
    strata = "、".join(STRATUM_NAMES[one] for one in exam.scope.strata)
    by = f"按{strata}分组" if strata else "不分组"
    if exam.quota:
        return f"{by}，每组抽 {exam.quota} 人"
    return f"{by}，抽取 {write_share(exam.fraction)}，{ROUNDING_NAMES[exam.rounding]}"


def moment(text: str) -> str:
    """An ISO moment to the minute."""
    return text[:16].replace("T", " ")


def _before(exam: Exam, pool: int) -> str:
    return (
        f"名单 {pool:,} 人，{rule_words(exam)}。"
        "种子由在场见证人公开产生：至少 20 位数字或 12 个字。"
    )


def _quotas(exam: Exam, sizes: Mapping[str, int]) -> Mapping[str, int]:
    terms = Terms(exam.code, "", exam.fraction, exam.rounding, exam.quota)
    return terms.quotas(sizes)


def _strata(exam: Exam, sizes: Mapping[str, int]) -> list[TableRow]:
    wanted = (
        dict(sizes) if exam.session.kind == "whole" else (_quotas(exam, sizes) if sizes else {})
    )
    return [
        TableRow(name, {"stratum": name, "size": f"{size:,}", "quota": f"{wanted[name]:,}"})
        for name, size in sizes.items()
    ]


def _left(one: Excluded) -> TableRow:
    texts = {
        "teacher_no": one.teacher_no,
        "name": one.name,
        "cause": CAUSE_NAMES[one.cause] if one.cause else "",
        "reason": one.reason,
        "signed_by": one.signed_by,
    }
    tone = "info" if one.cause == "decided" else "muted"
    return TableRow(one.teacher_no, texts, {"cause": tone})


def _drawn(one: DrawnPerson) -> TableRow:
    texts = {
        "school": one.school,
        "stratum": one.stratum,
        "place": str(one.place),
        "name": one.name,
        "teacher_no": one.teacher_no,
    }
    return TableRow(one.teacher_no, texts)


def _called(one: Replacement) -> TableRow:
    texts = {
        "left": f"{one.left.name}（{one.left.teacher_no}）",
        "reason": one.left.reason,
        "came": f"{one.came.name}（{one.came.teacher_no}）",
        "place": f"候补第 {one.place} 名",
        "school": one.came.school_name,
    }
    return TableRow(one.came.id, texts)


def _attempt(one: Draw) -> TableRow:
    texts = {
        "attempt": f"第 {one.attempt} 次",
        "at": moment(one.drawn_at),
        "seed": one.seed,
        "reason": one.reason,
    }
    return TableRow(one.id, texts)


def _what(office: Office, exam: Exam) -> list[Fact]:
    session = exam.session
    level = office.codes["training_level"].name_of(session.level) if session.level else ""
    asked = (
        ("编号", exam.code),
        ("年度", f"{exam.year} 年{session.term}"),
        (
            "方式",
            "，".join(_filled(KIND_NAMES[session.kind], session.mode and MODE_NAMES[session.mode])),
        ),
        ("级别", level),
        ("对应课程", _course(office, exam.course_id) or "没有"),
        ("合格线", f"{plain_decimal(exam.pass_mark)} 分"),
        ("录成绩", "录两遍核对" if exam.entries > 1 else "录一遍"),
    )
    return [Fact(title, text) for title, text in asked if text]


def _when(exam: Exam) -> list[Fact]:
    session = exam.session
    hours = "—".join(_filled(session.starts_at, session.ends_at))
    return [
        Fact("日期", session.held_on or "未定"),
        Fact("时间", hours or "未定"),
        Fact("地点", session.places or "未定"),
    ]


def _who(office: Office, exam: Exam) -> list[Fact]:
    rule = bases().rules[exam.scope.base]
    narrowed = "；".join(filter_words(office, exam.scope))
    return [
        Fact("范围", f"{rule.name}：{rule.rule}"),
        Fact("只限", narrowed or "不限"),
        Fact("考试资格", "核对学时、作业、交流" if exam.gated else "不核对"),
        Fact("上次抽中", DRAWN_BEFORE_NAMES[exam.drawn_before]),
    ]


def _how(exam: Exam) -> list[Fact]:
    if exam.session.kind == "whole":
        return [Fact("统考", "名单上的人都参加，不抽签")]
    return [Fact("办法", rule_words(exam))]


def _course(office: Office, course_id: str | None) -> str:
    return str(read_course(office, course_id)["title"]) if course_id else ""


def _filled(*texts: str | None) -> list[str]:
    return [one for one in texts if one]
