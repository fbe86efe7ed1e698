"""A teacher's growth as HTML to be read: verdicts with reasons, then year after year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from models.entities.display import plain_decimal
from models.verdicts.explaining import Explained
from reports.documents.growth import CourseResult, Growth, GrowthCycle, GrowthYear, Training
from ui.desktop.widgets import tokens
from ui.desktop.widgets.stamp_tones import STAMP_TONES

STATE_TONES = {**STAMP_TONES, "已达标": "ok", "进行中": "info", "未达标": "error"}
MOST_REASONS = 2
_NOTHING = "还没有培训、考核、验印的记录。"


def growth_html(found: Growth) -> str:
    """The whole page, the latest first: each cycle, and below it its years."""
    parts: list[str] = []
    for cycle in reversed(found.cycles):
        parts.append(_cycle(cycle))
        years = [one for one in found.years if cycle.first <= one.year <= cycle.last]
        parts += [_year(found, one) for one in reversed(years)]
    parts.append(_others(found))
    if not found.years:
        parts.append(f"<p>{_muted(_NOTHING)}</p>")
    return "".join(parts)


def _cycle(one: GrowthCycle) -> str:
    head = _head(f"{one.label.replace('-', '—')} 周期", one.state)
    if one.verdict is None:
        return head + f"<p>{_muted(escape(one.told))}</p>"
    applying = [each for each in one.verdict.requirements if each.result.applies]
    unsure = [each for each in one.verdict.requirements if each.open_because]
    rows = [_requirement(each, one) for each in applying]
    told = f"<p>{_muted(f'按“{escape(one.verdict.pack.title)}”，截至 {one.verdict.day}')}</p>"
    table = _table(("要求", "已完成", "应完成", "结论", "说明"), rows, numeric=(1, 2))
    doubts = "".join(
        f"<p>{_toned('待核实', 'warn')}　{escape(each.title)}：{escape(each.open_because)}</p>"
        for each in unsure
    )
    return head + told + (table if rows else "") + doubts


def _requirement(one: Explained, cycle: GrowthCycle) -> tuple[str, ...]:
    result = one.result
    words, tone = ("达到", "ok") if result.met else ("未达到", "error")
    if cycle.running and not result.met:
        words, tone = "尚未达到", "muted"
    return (
        escape(one.title),
        f"{plain_decimal(result.achieved)} {result.unit}",
        f"{plain_decimal(result.required)} {result.unit}",
        _toned(words, tone),
        escape(reason_of(one, range(cycle.first, cycle.last + 1))),
    )


def reason_of(one: Explained, years: range) -> str:
    """Why it is not met: 还差 30 学时；2023 年、2024 年未达到；2 条未计入：….

    Of entries left out those of other years go without saying.
    """
    if one.result.met:
        return ""
    told = [f"还差 {plain_decimal(one.result.missing)} {one.result.unit}"]
    behind = [part.label for part in one.parts if not part.met]
    if behind:
        told.append(f"{'、'.join(behind)}未达到")
    counts = Counter(each.reason for each in one.not_counted if each.year in years)
    told += [f"{count} 条未计入：{reason}" for reason, count in counts.most_common(MOST_REASONS)]
    return "；".join(told)


def _year(found: Growth, one: GrowthYear) -> str:
    head = _head(f"{one.year} 年", one.stamp_state)
    sums = f"{plain_decimal(one.hours)} 学时"
    if one.credits:
        sums += f"，{plain_decimal(one.credits)} 学分"
    parts = [head, f"<p>{_muted(f'{len(one.standing)} 次培训，共 {sums}')}</p>"]
    if one.trainings:
        parts.append(
            _table(
                ("日期", "培训", "形式、类别", "学时", "学分", "备注"),
                [_training(each) for each in one.trainings],
                numeric=(3, 4),
            )
        )
    if one.results:
        results = [_result(each) for each in one.results]
        parts.append(_table(("课程", "报名", "成绩", "结果", "备注"), results))
    parts += [
        f"<p>{_toned(each.line.state, STATE_TONES.get(each.line.state, 'muted'))}　"
        f"{escape(_stamped(each.line.stamped_on, each.line.voided_because))}"
        f"{escape('；'.join(reason.text for reason in each.line.reasons))}</p>"
        for each in one.stamps
    ]
    mine = [each for each in found.certificates if each.year == one.year]
    parts += [
        f"<p>{_muted('证书')}　{escape(each.number)}　{escape(each.title)}"
        f"{_muted('（已作废）') if each.void else ''}</p>"
        for each in mine
    ]
    return "".join(parts)


def _training(one: Training) -> tuple[str, ...]:
    days = one.first_day
    if one.last_day and one.last_day != one.first_day:
        days = f"{one.first_day} 至 {one.last_day[5:]}"
    state = "已冲销" if one.taken_back else "冲销" if one.reversal else ""
    kind = "、".join(dict.fromkeys(word for word in (one.mode, one.theme, one.level) if word))
    cells = (
        days,
        escape(one.title),
        escape(kind),
        plain_decimal(one.hours),
        "" if one.credits is None else plain_decimal(one.credits),
        escape("；".join(word for word in (state, one.remark) if word)),
    )
    return cells if one.stands else tuple(_muted(cell) for cell in cells)


def _result(one: CourseResult) -> tuple[str, ...]:
    tone = {"合格": "ok", "": "muted"}.get(one.result, "error")
    return (
        escape(one.title),
        escape(one.place),
        escape(one.score),
        _toned(one.result or "未考核", tone),
        f"补考前 {escape(one.first)}" if one.first else "",
    )


def _stamped(day: str, voided: str) -> str:
    return f"{day} 验印　{voided}" if day else voided


def _others(found: Growth) -> str:
    """What belongs to no year: leave, vetoes, hours claimed."""
    lines = [
        f"{one.ground}减免　{one.first_day} 至 {one.last_day}　{one.state}　{one.reason}"
        for one in found.exemptions
    ]
    lines += [
        f"{one.kind}一票否决　{one.year} 年　{one.reason}"
        + (f"（{one.lifted_on} 解除：{one.lifted_because}）" if one.lifted_on else "")
        for one in found.vetoes
    ]
    lines += [
        f"申报中　{one.shown.get('course', '')}　{one.shown.get('hours', '')} 学时　"
        f"{one.shown.get('state', '')}"
        for one in found.claims
    ]
    if not lines:
        return ""
    return _head("减免、否决和申报", "") + "".join(f"<p>{escape(line)}</p>" for line in lines)


def _head(title: str, state: str) -> str:
    size = tokens.px(16)
    mark = f"　{_toned(state, STATE_TONES.get(state, 'muted'))}" if state else ""
    return (
        f"<p style='margin-top:{size}px;margin-bottom:2px'>"
        f"<span style='font-size:{size}px;font-weight:600'>{escape(title)}</span>{mark}</p>"
    )


def _table(
    titles: Sequence[str], rows: Iterable[Sequence[str]], numeric: Sequence[int] = ()
) -> str:
    """A table over the whole width; cells are HTML already."""

    def line(cells: Sequence[str], kind: str) -> str:
        told = "".join(
            f"<{kind} align='right'>{cell}&nbsp;&nbsp;</{kind}>"
            if place in numeric
            else f"<{kind} align='left'>{cell}</{kind}>"
            for place, cell in enumerate(cells)
        )
        return f"<tr{f' bgcolor={tokens.HEADER!r}' if kind == 'th' else ''}>{told}</tr>"

    body = "".join(line(cells, "td") for cells in rows)
    return (
        f"<table width='99%' cellspacing='0' cellpadding='{tokens.px(4)}'>"
        f"{line(titles, 'th')}{body}</table>"
    )


def _toned(text: str, tone: str) -> str:
    return f"<span style='color:{tokens.TONES[tone].text}'>{escape(text)}</span>"


def _muted(text: str) -> str:
    return f"<span style='color:{tokens.MUTED}'>{text}</span>"
