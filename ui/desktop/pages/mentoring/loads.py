"""What the steps before and at the matching show, read beside the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from models.mentoring.costs import Mentor, Person
from models.mentoring.explaining import Explained, ExplainedPair, explain
from models.mentoring.kinds import PART_NAMES, RULE_NAMES, read_kinds, survey_named
from models.mentoring.matching import Unmatched
from models.mentoring.people import Excluded
from models.mentoring.programmes import Programme, programme, terms_of
from models.mentoring.school_pairs import SchoolPair, school_pairs
from models.mentoring.surveys import answer_rows, asked_schools, balance
from models.mentoring.wishes import Participant, participants
from models.office.context import Office
from models.progress import Progress
from models.staff.queries import name_of_teacher
from ui.desktop.pages.mentoring.shown import Short, Shown, shortened
from ui.desktop.widgets.detail_card import Details, Fact
from ui.desktop.widgets.table.source import TableRow

_UNTOLD = "（未填）"


def scheme(office: Office, _progress: Progress, programme_id: str) -> Shown:
    """The programme itself, and the schools that are paired in it."""
    found = programme(office, programme_id)
    pairs = school_pairs(office, programme_id)
    rows = [
        TableRow(
            one.id,
            {
                "town": one.town,
                "village": one.village,
                "pairs": str(one.pairs),
                "goals": one.goals or one.remark,
            },
        )
        for one in pairs
    ]
    note = "这里列出结对的学校；师徒在“匹配”里配对。"
    if found.ended_on:
        note = f"这项工程已于 {found.ended_on} 结束：{found.ended_because}。"
    cards = {one.id: _school_card(one) for one in pairs}
    return Shown(
        programme_id,
        rows,
        note,
        cards=cards,
        general=_scheme_card(found),
        things={"programme": found, "terms": terms_of(office, programme_id)},
    )


def _school_card(one: SchoolPair) -> Details:
    facts = [
        Fact("帮扶学校", one.town),
        Fact("受扶学校", one.village),
        Fact("期限", f"{one.starts_on} 至 {one.ends_on}"),
        Fact("师徒", f"{one.pairs} 对"),
    ]
    facts += [Fact("目标", one.goals)] if one.goals else []
    facts += [Fact("备注", one.remark)] if one.remark else []
    return Details(f"{one.town}—{one.village}", facts=facts)


def _scheme_card(found: Programme) -> Details:
    kind = found.kind
    facts = [
        Fact("种类", kind.name),
        Fact("周期", f"{found.starts_on} 至 {found.ends_on}"),
        Fact("依据", found.document),
        Fact("目标", found.goals),
        Fact("任务", found.tasks),
        Fact("备注", found.remark),
        Fact("", "匹配的条件"),
        Fact("必须", "、".join(RULE_NAMES[one] for one in kind.rules) or "没有"),
        Fact("带徒名额", _capacities(found)),
        Fact("", "履行与评选"),
        Fact("活动", f"每学期不少于 {kind.kept.visits} 次"),
        Fact("达成目标", kind.goal),
        Fact("排名", f"至少 {kind.rank.least} 对，取前 {kind.rank.units} 名"),
    ]
    facts += [Fact("原文", f"“{kind.quote}”")] if kind.quote else []
    state = "已结束" if found.ended_on else "进行中"
    shown = [one for one in facts if one.value]
    return Details(found.name, found.code, state, "muted" if found.ended_on else "ok", shown)


def _capacities(found: Programme) -> str:
    names = {**{one.id: one.name for one in read_kinds().levels}, "other": "没有称号"}
    return "、".join(
        f"{names[level]} {count} 人" for level, count in found.kind.capacity.items() if count
    )


def surveys(office: Office, _progress: Progress, programme_id: str) -> Shown:
    """Every form and every school it goes to, with what came back."""
    found = programme(office, programme_id)
    answers = answer_rows(office, programme_id)
    counts = Counter((one.survey, one.answer.school_id) for one in answers)
    rows: list[TableRow] = []
    asked = back = 0
    for form in found.kind.surveys:
        for school in asked_schools(office, programme_id, form):
            asked += 1
            back += school.answered
            rows.append(
                TableRow(
                    f"{form}/{school.school_id}",
                    {
                        "survey": survey_named(form).name,
                        "school": school.school,
                        "state": "已收回" if school.answered else "未收回",
                        "lines": str(counts[form, school.school_id] or ""),
                    },
                    {"state": "ok" if school.answered else "warn"},
                )
            )
    note = f"应收 {asked:,} 份，已收回 {back:,} 份，未收回 {asked - back:,} 份。"
    return Shown(programme_id, rows, note, general=_balance_card(office, programme_id))


def _balance_card(office: Office, programme_id: str) -> Details:
    subjects, stages = office.codes["subject"], office.codes["stage"]
    facts: list[Fact] = []
    for one in balance(office, programme_id):
        subject = subjects.name_of(one.subject) if one.subject else _UNTOLD
        stage = stages.name_of(one.stage) if one.stage else _UNTOLD
        counted = f"，调查另报供 {one.offered}、需 {one.needed}" if one.offered + one.needed else ""
        lack = f"，还差 {one.lacking}" if one.lacking else ""
        told = f"名额 {one.room}（{one.mentors} 人），需 {one.mentees}{lack}{counted}"
        facts.append(Fact(f"{stage}{subject}", told))
    shown = facts or [Fact("", "还没有收回调查表，也没有登记意愿。")]
    return Details("供需对照", "按学段、学科；缺得多的在前", facts=shown)


def wishes(office: Office, _progress: Progress, programme_id: str) -> Shown:
    """Who wants to take part, and who of them cannot be paired."""
    people = participants(office, programme_id)
    crowd = explain(office, programme_id).crowd
    excluded = {(one.teacher_id, one.part): one for one in crowd.excluded}
    known: dict[str, Person] = {one.id: one for one in (*crowd.mentors, *crowd.mentees)}
    rows = [_wish_row(office, one, excluded, known) for one in people]
    cards = {one.id: _wish_card(office, one, excluded, known) for one in people}
    count = Counter(one.wish.part for one in people)
    bad = f"；{len(excluded)} 人不能结对，原因见列表" if excluded else ""
    note = f"师傅 {count['mentor']:,} 人，徒弟 {count['mentee']:,} 人{bad}。"
    general = _balance_card(office, programme_id)
    things = {one.id: one for one in people}
    tone = "warn" if excluded else "muted"
    return Shown(programme_id, rows, note, tone, cards=cards, general=general, things=things)


_Bad = Mapping[tuple[str, str], Excluded]


def _wish_row(
    office: Office, one: Participant, excluded: _Bad, known: Mapping[str, Person]
) -> TableRow:
    wish, person = one.wish, known.get(one.wish.teacher_id)
    own = tuple(code for code in wish.subject.split("、") if code)
    stage = wish.stage or (person.stage if person else "")
    room = person.room if isinstance(person, Mentor) else wish.capacity
    bad = excluded.get((wish.teacher_id, wish.part))
    subjects, stages = office.codes["subject"], office.codes["stage"]
    texts = {
        "part": PART_NAMES[wish.part],
        "teacher_no": one.teacher_no,
        "name": one.name,
        "school": one.school,
        "subject": "、".join(map(subjects.name_of, own or (person.subjects if person else ()))),
        "stage": stages.name_of(stage) if stage else "",
        "capacity": "" if room is None else str(room),
        "wants": _names(office, wish.wants),
        "state": bad.why if bad else "可以结对",
    }
    return TableRow(one.id, texts, {"state": "warn" if bad else "ok"})


def _wish_card(
    office: Office, one: Participant, excluded: _Bad, known: Mapping[str, Person]
) -> Details:
    wish = one.wish
    bad = excluded.get((wish.teacher_id, wish.part))
    row = _wish_row(office, one, excluded, known).texts
    facts = [
        Fact("学科", row["subject"] or _UNTOLD),
        Fact("学段", row["stage"] or _UNTOLD),
        Fact("希望结对", row["wants"] or "不限"),
        Fact("不愿结对", _names(office, wish.avoids) or "没有"),
    ]
    if wish.part == "mentor":
        facts.insert(2, Fact("可带人数", f"{row['capacity'] or '—'} 人"))
    facts += [Fact("备注", wish.remark)] if wish.remark else []
    facts += [Fact("", "不能结对"), Fact("原因", bad.why), Fact("怎么办", bad.hint)] if bad else []
    return Details(one.name, f"{one.teacher_no} · {one.school}", row["part"], "info", facts)


def _names(office: Office, ids: tuple[str, ...]) -> str:
    return "、".join(name_of_teacher(office, one) for one in ids)


def matching(office: Office, _progress: Progress, programme_id: str) -> Shown:
    """Pairs that are proposed or stand with their reasons, and mentees without a mentor."""
    found = explain(office, programme_id)
    short = shortened(
        [
            *(one.mentee.school.name for one in found.unmatched),
            *(one.pair.mentor_school for one in found.pairs),
            *(one.pair.mentee_school for one in found.pairs),
        ]
    )
    rows = [_left_row(one, short) for one in found.unmatched]
    rows += [_pair_row(one, short) for one in found.pairs]
    values = {one.pair.id: {"cost": float(one.cost or 0)} for one in found.pairs}
    cards = {one.pair.id: _pair_card(one) for one in found.pairs}
    cards |= {left_key(one): _left_card(one) for one in found.unmatched}
    things: dict[str, object] = {one.pair.id: one for one in found.pairs}
    things |= {left_key(one): one for one in found.unmatched}
    bad = sum(1 for one in found.pairs if one.conflicts)
    note = f"已配 {len(found.pairs):,} 对，还没有师傅的徒弟 {len(found.unmatched):,} 人"
    note += f"，{bad:,} 对有冲突" if bad else ""
    note += f"，合计代价 {sum(one.cost or 0 for one in found.pairs):,}。"
    return Shown(
        programme_id,
        rows,
        note,
        "warn" if bad else "muted",
        values=values,
        cards=cards,
        general=_crowd_card(found),
        things=things,
    )


def left_key(one: Unmatched) -> str:
    """The identity of the line of a mentee without a mentor."""
    return f"left/{one.mentee.id}"


def _left_row(one: Unmatched, short: Short) -> TableRow:
    texts = {
        "mentor": "（未配上）",
        "mentee": one.mentee.name,
        "mentee_school": short(one.mentee.school.name),
        "state": "未配上",
        "why": one.why,
    }
    return TableRow(left_key(one), texts, {"state": "error", "mentor": "error"})


def _pair_row(one: ExplainedPair, short: Short) -> TableRow:
    pair = one.pair
    state = "有冲突" if one.conflicts else "已固定" if _kept(one) else pair.state_name
    tone = "warn" if one.conflicts else "info" if _kept(one) else "ok"
    load = f"{one.led}/{one.room}" if one.room is not None else str(one.led)
    texts = {
        "mentor": f"{pair.mentor}（{load}）",
        "mentor_school": short(pair.mentor_school),
        "load": load,
        "mentee": pair.mentee,
        "mentee_school": short(pair.mentee_school),
        "subject": pair.subject_name,
        "cost": "" if one.cost is None else str(one.cost),
        "state": state,
        "why": "；".join(one.conflicts) or " · ".join(one.why),
    }
    return TableRow(pair.id, texts, {"state": tone})


def _kept(one: ExplainedPair) -> bool:
    return one.pair.state == "proposed" and one.pair.fixed


def _pair_card(one: ExplainedPair) -> Details:
    pair = one.pair
    facts = [
        Fact("师傅", f"{pair.mentor}（{pair.mentor_no}）{pair.mentor_school}"),
        Fact("徒弟", f"{pair.mentee}（{pair.mentee_no}）{pair.mentee_school}"),
        Fact("学科学段", f"{pair.subject_name} {pair.stage_name}".strip() or _UNTOLD),
        Fact(
            "师傅已带", f"{one.led} 人" + (f"，最多 {one.room} 人" if one.room is not None else "")
        ),
    ]
    facts += [Fact("更换原因", pair.reason)] if pair.reason else []
    facts.append(Fact("", "为什么这样配"))
    facts += [Fact(f"{place}.", text) for place, text in enumerate(one.why, start=1)]
    facts += [Fact("合计代价", str(one.cost))] if one.cost is not None else []
    if one.conflicts:
        facts.append(Fact("", "冲突"))
        facts += [Fact(f"{place}.", text) for place, text in enumerate(one.conflicts, start=1)]
    state = "已固定" if _kept(one) else pair.state_name
    tone = "warn" if one.conflicts else "info"
    return Details(f"{pair.mentor} 带 {pair.mentee}", "", state, tone, facts)


def _left_card(one: Unmatched) -> Details:
    mentee = one.mentee
    facts = [Fact("单位", mentee.school.name), Fact("原因", one.why), Fact("怎么办", one.hint)]
    return Details(mentee.name, mentee.no, "未配上", "error", [f for f in facts if f.value])


def _crowd_card(found: Explained) -> Details:
    crowd = found.crowd
    facts = [
        Fact("可带徒的师傅", f"{len(crowd.mentors)} 人，名额 {sum(m.room for m in crowd.mentors)}"),
        Fact("要结对的徒弟", f"{len(crowd.mentees)} 人"),
        Fact("必须", "、".join(RULE_NAMES[one] for one in crowd.rules.hard) or "没有"),
    ]
    if crowd.excluded:
        facts.append(Fact("", f"不能结对（{len(crowd.excluded)} 人）"))
        facts += [Fact(one.name, f"{one.why}。{one.hint}") for one in crowd.excluded]
    hint = "选中一行看原因。把徒弟拖到另一行上，就改由那一行的师傅带；也可用右键菜单。"
    return Details("匹配", hint, facts=facts)
