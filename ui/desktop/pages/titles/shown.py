"""Titles, people of a batch and what is due, as rows and cards show them."""

from __future__ import annotations

from collections.abc import Sequence

from models.entities.display import plain_decimal
from models.titles.duties import DutyState
from models.titles.findings import FINDING_NAMES
from models.titles.grants import Grant
from models.titles.kinds import title_rules
from models.titles.nominations import NominationRow
from models.titles.publishing import Objection
from models.titles.reviewing import OUTCOMES, Due, Review
from ui.desktop.widgets.detail_card import Details, Fact, Meter
from ui.desktop.widgets.table.source import TableColumn, TableRow

HELD = (
    TableColumn("name", "姓名", 5),
    TableColumn("school", "学校", 11, stretch=True),
    TableColumn("title", "称号", 9),
    TableColumn("stage", "学段", 4, listed=False),
    TableColumn("subject", "学科", 5),
    TableColumn("granted_on", "授予日期", 6, listed=False),
    TableColumn("ends_on", "任期至", 6),
    TableColumn("certificate_no", "证书编号", 9, listed=False),
    TableColumn("batch", "批次", 9, listed=False),
    TableColumn("registered", "注册", 5),
    TableColumn("state", "状态", 5),
)
PEOPLE = (
    TableColumn("name", "姓名", 5),
    TableColumn("school", "学校", 11),
    TableColumn("subject", "学科", 5),
    TableColumn("lesson", "实践课", 4, numeric=True),
    TableColumn("contest", "获奖", 8, listed=False),
    TableColumn("state", "状态", 5),
    TableColumn("why", "审核情况", 20, stretch=True),
)
DUE = (
    TableColumn("name", "姓名", 5),
    TableColumn("school", "学校", 11),
    TableColumn("title", "称号", 9),
    TableColumn("ends_on", "任期至", 6),
    TableColumn("duties", "履职情况", 18, stretch=True),
    TableColumn("proposed", "建议", 5),
    TableColumn("done", "结论", 5),
)
TONES = {"valid": "ok", "lapsed": "warn", "withdrawn": "error", "coming": "info"}
PEOPLE_TONES = {"listed": "info", "granted": "ok", "refused": "error", "dropped": "muted"}
OUTCOME_TONES = {"passed": "ok", "failed": "error", "deferred": "warn"}


def grant_row(one: Grant) -> TableRow:
    """A title as a line."""
    registered = ""
    if one.registered:
        registered = f"{one.registered_year} {OUTCOMES[one.registered]}"
    texts = {
        "name": one.name,
        "school": one.school,
        "title": one.title,
        "stage": one.stage_name,
        "subject": one.subject_name,
        "granted_on": one.granted_on or "不详",
        "ends_on": one.ends_on or "不限",
        "certificate_no": one.certificate_no,
        "batch": one.batch,
        "registered": registered,
        "state": "要注意" if one.valid and one.doubts else one.state_name,
    }
    tone = "warn" if one.doubts else TONES.get(one.state, "muted")
    notes = {"state": "；".join(one.doubts)} if one.doubts else {}
    return TableRow(one.id, texts, {"state": tone}, notes)


def grant_details(one: Grant, duties: Sequence[DutyState], reviews: Sequence[Review]) -> Details:
    """The card of a title: facts, what is to be looked at, duties of the year, decisions."""
    facts = [
        Fact("编号", one.teacher_no),
        Fact("学校", one.school),
        Fact("学段学科", f"{one.stage_name} {one.subject_name}".strip()),
        Fact("任期", f"{one.granted_on or '不详'} 至 {one.ends_on or '不限'}"),
        Fact("批次", one.batch),
        Fact("认定文件", one.document),
        Fact("授予单位", one.source),
        Fact("证书编号", one.certificate_no),
        Fact("备注", one.remark),
        Fact("终止", f"{one.ended_on}，{one.ended_by}" if one.ended_on else ""),
        Fact("原因", one.ended_because),
        Fact("后果", one.consequence),
        *(Fact("要注意", each) for each in one.doubts),
    ]
    meters = [
        Meter(each.title, f"{each.done}/{each.least} 次", min(1.0, each.done / max(1, each.least)))
        for each in duties
    ]
    later = [Fact("", "注册与复检"), *(Fact(str(each.year), each.text) for each in reviews)]
    kind = title_rules().kind(one.kind)
    if kind.quote:
        later = [*(later if reviews else []), Fact("", "依据"), Fact(kind.document, kind.quote)]
    elif not reviews:
        later = []
    return Details(
        one.name,
        one.title,
        one.state_name,
        TONES.get(one.state, "muted"),
        [fact for fact in facts if fact.value],
        measured="今年履职",
        meters=meters,
        later=later,
    )


def person_row(one: NominationRow) -> TableRow:
    """Somebody recommended as a line."""
    lesson = "" if one.lesson_score is None else plain_decimal(one.lesson_score)
    fit = "符合" if one.checked else "未审核"
    texts = {
        "name": one.name,
        "school": one.school,
        "subject": one.subject_name,
        "lesson": lesson,
        "contest": one.contest,
        "state": one.state_name,
        "why": one.why or fit,
    }
    why = "error" if one.obstacles or one.state == "refused" else "ok" if one.checked else "muted"
    tones = {"state": PEOPLE_TONES.get(one.state, "muted"), "why": why}
    return TableRow(one.id, texts, tones, {"why": one.why} if one.why else {})


def person_details(one: NominationRow, objections: Sequence[Objection]) -> Details:
    """The card of somebody recommended: materials, each condition, objections."""
    facts = [
        Fact("编号", one.teacher_no),
        Fact("学校", one.school),
        Fact("学段学科", f"{one.stage_name} {one.subject_name}".strip()),
        Fact("职称", one.rank),
        Fact("推荐单位", f"{one.nominated_by}（{one.nominated_on}）"),
        Fact("获奖", one.contest),
        Fact("业绩", one.merits),
        Fact("说明", one.reason),
    ]
    later = [Fact("", "逐项审核")] if one.findings else []
    for each in one.findings:
        words = f"{each.found}，{FINDING_NAMES[each.state]}"
        if each.key in one.waivers:
            words += f"；破格：{one.waivers[each.key]['reason']}"
        later.append(Fact(each.title, words))
    if objections:
        later.append(Fact("", "公示异议"))
        later += [
            Fact(each.received_on, f"{each.text}（{each.state_name}）{each.decision}")
            for each in objections
        ]
    return Details(
        one.name,
        one.sex,
        one.state_name,
        PEOPLE_TONES.get(one.state, "muted"),
        [fact for fact in facts if fact.value],
        later=later,
    )


def due_row(one: Due) -> TableRow:
    """What is due as a line."""
    proposed = one.proposed_name + ("，建议取消" if one.withdrawal else "")
    texts = {
        "name": one.grant.name,
        "school": one.grant.school,
        "title": one.grant.title,
        "ends_on": one.grant.ends_on or "不限",
        "duties": "；".join(each.text for each in one.duties),
        "proposed": proposed,
        "done": OUTCOMES[one.done.outcome] if one.done else "未办",
    }
    done = OUTCOME_TONES[one.done.outcome] if one.done else "muted"
    tones = {"proposed": OUTCOME_TONES.get(one.proposed, "muted"), "done": done}
    return TableRow(one.grant.id, texts, tones, {"proposed": one.why} if one.why else {})


def due_details(one: Due) -> Details:
    """The card of what is due: duties with what was done, the reasons, the decision."""
    facts = [
        Fact("编号", one.grant.teacher_no),
        Fact("学校", one.grant.school),
        Fact("任期", f"{one.grant.granted_on or '不详'} 至 {one.grant.ends_on or '不限'}"),
        Fact("建议", one.proposed_name),
        Fact("理由", one.why),
        Fact("结论", one.done.text if one.done else "未办"),
    ]
    if one.withdrawal:
        facts.append(Fact("要注意", "连续注册不合格，建议取消称号，由人决定"))
    meters = [
        Meter(each.title, f"{each.done}/{each.least} 次", min(1.0, each.done / max(1, each.least)))
        for each in one.duties
    ]
    later = [Fact(row.done_on, row.what) for each in one.duties for row in each.rows]
    if later:
        later.insert(0, Fact("", "做过的"))
    return Details(
        one.grant.name,
        one.grant.title,
        facts=[fact for fact in facts if fact.value],
        measured="履职",
        meters=meters,
        later=later,
    )
