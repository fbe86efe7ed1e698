"""A pack's rules as plain Chinese sentences, made from its data: for the page, papers and CLI."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from models.entities.display import plain_decimal
from models.policies.field_names import WHOM, choice_name
from models.policies.records import Conversion, ConversionOf, Pack, Sampling
from models.policies.requirements import (
    Designation,
    Exclusion,
    Requirement,
    Selection,
    Target,
    Terms,
    Whom,
)

ALL = "全体教师"
_BAR = "｜"
_PLAIN_WORDS = ("stage", "subject", "title", "education", "track", "backbone", "school_type")
_WINDOWS = {"probation": "试用期（参加工作起 {} 个月）", "post": "到岗起 {} 个月内"}


@dataclass(frozen=True, slots=True)
class Line:
    """One rule in words.

    Attributes:
        id: the demand's id, "" for other rules.
        title: what it is called.
        parts: whom, when, what, how much: to be joined by bars.
        clause, quote, document: where it stands.
    """

    id: str
    title: str
    parts: tuple[str, ...]
    clause: str = ""
    quote: str = ""
    document: str = ""

    @property
    def said(self) -> str:
        """The rule itself, without where it stands."""
        return _BAR.join(self.parts)

    @property
    def source(self) -> str:
        """Where it stands: 依据：4 「…」."""
        if not (self.clause or self.quote):
            return ""
        return f"依据：{self.clause}" + (f" 「{self.quote}」" if self.quote else "")

    @property
    def sentence(self) -> str:
        """Everything in one line."""
        return _BAR.join(one for one in (*self.parts, self.source) if one)


@dataclass(frozen=True, slots=True)
class Section:
    """The rules of one kind under their heading."""

    title: str
    lines: tuple[Line, ...]


def pack_sections(pack: Pack) -> tuple[Section, ...]:
    """Everything a pack says, by kind; kinds it says nothing of are left out.

    For a pack that is based on another, hand in the complete one (``library.pack_named``).
    """
    sections = (
        Section("教师的要求", tuple(requirement_line(one) for one in pack.requirements)),
        Section("不计入的学时", tuple(exclusion_line(one) for one in pack.exclusions)),
        Section("认定", tuple(designation_line(one, pack) for one in pack.designations)),
        Section("单位的指标", tuple(target_line(one) for one in pack.targets)),
        Section("学时折算学分", tuple(_conversions(pack))),
        Section("其他规定", tuple(_others(pack))),
    )
    return tuple(one for one in sections if one.lines)


def requirement_line(one: Requirement) -> Line:
    """A demand on a teacher: 全体教师｜整个周期｜集中培训一次不少于 90 学时｜至少 1 次."""
    parts = [whom_words(one.whom), window_words(one), _asked(one), _least(one)]
    if one.prorate == "months":
        parts.append("中途参加工作的按月折算")
    if one.relief:
        parts.append(f"经批准的{_or(one.relief)}按月减免")
    if not one.stamp:
        parts.append("不影响验印")
    return _sourced(one, tuple(parts))


def exclusion_line(one: Exclusion) -> Line:
    """Hours that do not count."""
    windows = "、".join(choice_name("window", word) for word in one.windows)
    parts = (f"{selection_words(one)}的学时", f"不计入按{windows}核算的要求")
    return Line("", one.reason, parts, one.clause, one.quote)


def designation_line(one: Designation, pack: Pack) -> Line:
    """A title, what it needs and what rules it out."""
    titles = {each.id: each.title for each in pack.requirements}
    needs = "、".join(f"“{titles.get(need, need)}”" for need in one.needs)
    parts = [whom_words(one.whom), f"达到{needs}" if needs else "达到适用的全部要求"]
    if one.veto:
        parts.append(f"{'、'.join(one.veto)}问题一票否决")
    return _sourced(one, (*parts, f"认定为{one.title}"))


def target_line(one: Target) -> Line:
    """A demand on a school or the county."""
    unit = choice_name("unit", one.unit)
    window = choice_name("window", one.window)
    if one.figure:
        told = f"填报的“{one.figure}”" + (f"占“{one.of_figure}”" if one.of_figure else "")
        return _sourced(one, (unit, window, told, _share(one, is_share=bool(one.of_figure))))
    whole = whom_words(one.whole)
    counted: list[str] = []
    if one.part is not None:
        counted.append(whom_words(one.part))
    if one.hours is not None:
        counted.append(f"参加过{_trainings(one.of)}{_at_least_hours(one.hours)}的教师")
    told = f"{whole}中，{'、'.join(counted)}"
    return _sourced(one, (unit, window, told, _share(one, is_share=True)))


def conversion_line(one: Conversion) -> Line:
    """Hours to credits: 10 学时折 1 学分."""
    which = _trainings(one.of) if isinstance(one, ConversionOf) else "其余培训"
    ratio = f"{plain_decimal(one.hours)} 学时折 {plain_decimal(one.credits)} 学分"
    rounding = "小数第三位四舍五入" if one.rounding == "half-up" else "小数第三位起舍去"
    return Line("", which, (which, ratio, rounding), one.clause, one.quote, one.document)


def whom_words(whom: Whom) -> str:
    """Which teachers: 班主任; 职务为校长或副校长的教师."""
    told = [
        f"{WHOM[name]}为{_or(words)}"
        for name in ("status", *_PLAIN_WORDS, "location")
        if (words := getattr(whom, name))
    ]
    if whom.post:
        told.append(f"任{_or(whom.post)}")
    if whom.not_status:
        told.append(f"不含{'、'.join(whom.not_status)}")
    if whom.service_from is not None:
        told.append(f"教龄满 {whom.service_from} 年")
    if whom.service_below is not None:
        told.append(f"教龄不满 {whom.service_below} 年")
    kinds = [
        (name if yes else f"非{name}")
        for name, yes in (("班主任", whom.is_head), ("特岗教师", whom.special_post))
        if yes is not None
    ]
    if not told:
        return "、".join(kinds) if kinds else ALL
    return f"{'，且'.join(told)}的{'、'.join(kinds) if kinds else '教师'}"


def window_words(one: Requirement) -> str:
    """Over which time: 每个年度; 试用期（参加工作起 12 个月）."""
    pattern = _WINDOWS.get(one.window)
    return pattern.format(one.months) if pattern else choice_name("window", one.window)


def selection_words(one: Selection) -> str:
    """Which trainings: 校本班主任培训; 一次不少于 90 学时的集中培训."""
    mode, theme = _or(one.mode), _or(one.theme)
    if theme:
        kind = theme if not mode else f"{mode}形式的{theme}"
    else:
        kind = mode if mode.endswith(("培训", "研修", "实践", "活动")) else f"{mode}培训"
    front = "".join(_or(words) for words in (one.level, one.nature) if words)
    told = f"{front}{kind}"
    if one.kind:
        told = f"以{_or(one.kind)}记入的{told}"
    if one.hours_from is not None:
        told = f"{told}一次不少于 {plain_decimal(one.hours_from)} 学时"
    return told


def _trainings(of: Sequence[Selection]) -> str:
    return "，或".join(selection_words(one) for one in of) or "各类培训"


def _asked(one: Requirement) -> str:
    if one.measure == "courses":
        courses = _courses(one.of)
        return f"已报名的{courses}" + (
            f"，以及本学段应修的{_courses(one.for_all)}" if one.for_all else ""
        )
    return _trainings(one.of)


def _courses(of: Sequence[Selection]) -> str:
    return (
        "、".join(
            "".join(_or(words) for words in (one.level, one.theme, one.mode, one.nature) if words)
            + "课程"
            for one in of
        )
        or "课程"
    )


def _least(one: Requirement) -> str:
    if one.measure == "courses":
        return "全部合格"
    return f"至少 {plain_decimal(one.least)} {one.unit}"


def _share(one: Target, *, is_share: bool) -> str:
    if one.per is not None:
        return f"每 {one.per} 人至少 1 名"
    return f"至少 {plain_decimal(one.least or Decimal(0))}{'%' if is_share else ''}"


def _at_least_hours(hours: Decimal) -> str:
    return "" if hours < 1 else f"、合计满 {plain_decimal(hours)} 学时"


def _conversions(pack: Pack) -> Iterable[Line]:
    yield from (conversion_line(one) for one in pack.conversions)
    if pack.conversion is not None:
        found = conversion_line(pack.conversion)
        which = "其余培训" if pack.conversions else "各类培训"
        parts = (which, *found.parts[1:])
        yield Line("", which, parts, found.clause, found.quote, found.document)


def _others(pack: Pack) -> Iterable[Line]:
    """The rules that stand alone: whom, cycle, day, pass mark, sampling, terms."""
    if pack.people is not None:
        yield Line("", "考核范围", (whom_words(pack.people),))
    if (cycle := pack.cycle) is not None:
        years = f"从 {cycle.first_year} 年起每 {cycle.years} 年一周期"
        parts = (years, f"一周期 {plain_decimal(cycle.hours)} 学时")
        yield Line("", "周期", parts, cycle.clause, cycle.quote, cycle.document)
    if pack.terms is not None and pack.terms != Terms():
        months = "、".join(f"{month} 月" for month in pack.terms.first_months)
        yield Line("", "学期", (f"各学期从 {months}起",))
    if (day := pack.day) is not None:
        parts = (f"一天按 {plain_decimal(day.hours)} 学时",)
        yield Line("", "每日学时", parts, day.clause, day.quote, day.document)
    if (mark := pack.pass_mark) is not None:
        parts = (f"满分 {plain_decimal(mark.full)} 分，{plain_decimal(mark.mark)} 分及格",)
        yield Line("", "及格线", parts, mark.clause, mark.quote, mark.document)
    if pack.sampling is not None:
        yield _sampling_line(pack.sampling)


def _sampling_line(one: Sampling) -> Line:
    strata = "、".join(choice_name("strata", word) for word in one.strata)
    parts = (
        f"从{choice_name('base', one.base)}中抽取 {_percent(one.fraction)}",
        f"分{strata}抽取" if strata else "不分层",
        choice_name("rounding", one.rounding),
    )
    return Line("", "抽测", parts, one.clause, one.quote, one.document)


def _percent(fraction: Fraction) -> str:
    hundred = fraction * 100
    return f"{hundred.numerator}%" if hundred.denominator == 1 else f"{fraction}"


def _sourced(one: Requirement | Target | Designation, parts: tuple[str, ...]) -> Line:
    return Line(one.id, one.title, parts, one.clause, one.quote, one.document)


def _or(words: Sequence[str]) -> str:
    """Words of which one is enough: 甲、乙或丙."""
    if len(words) < 2:
        return "".join(words)
    return f"{'、'.join(words[:-1])}或{words[-1]}"
