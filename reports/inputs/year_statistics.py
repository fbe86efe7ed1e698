"""The figures of a year: register, courses, ledger, verdicts, stamps, certificates, exams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from models.certificates.statistics import issued_in
from models.entities.display import plain_decimal
from models.errors import UserError
from models.exams.drawing import draws
from models.exams.freezing import find_frame
from models.exams.records import Exam
from models.exams.registration import exams
from models.office.context import Office
from models.progress import Progress
from models.staff.queries import count_teachers
from models.staff.statistics import By, count_schools, teachers_by
from models.stamping.listing import find_run
from models.training.listing import KIND_NAMES
from models.training.statistics import Axis, HourSum, course_sum, hour_sums, hour_total
from models.verdicts.board import Board
from models.verdicts.overview import BY_NAMES, Standing, standings, whole
from reports.documents.statistics import Statistics
from reports.inputs.boards import board_of
from reports.kit.charts import Bar, Share
from reports.kit.figures import Figure, FigureColumn, FigureKind, Part
from reports.kit.wording import percent, plain_date, share
from reports.workbooks.figures import figure_sheets
from reports.workbooks.table import TableSheet

_UNTOLD = "（未填）"
_HOURS = (
    FigureColumn("记录数"),
    FigureColumn("教师人数"),
    FigureColumn("学时", FigureKind.AMOUNT),
    FigureColumn("学分", FigureKind.AMOUNT),
    FigureColumn("占学时", FigureKind.SHARE),
)
_MONTHS = 12
_STEPS = 4


def year_statistics(office: Office, year: int, *, progress: Progress | None = None) -> Statistics:
    """The year in figures.

    What cannot be told (no rules in force, no stamping, no exam) is said in a sentence or left out.

    Raises:
        CancelledByUser: the person asked to stop.
    """
    steps = progress or Progress()
    parts = [_key_figures(office, year), _people(office)]
    steps.step(1, _STEPS, "正在统计")
    parts += _hours(office, year)
    steps.step(2, _STEPS, "正在统计")
    parts += _attainment(office, year, steps)
    steps.step(3, _STEPS, "正在统计")
    parts += [*_stamping(office, year), *_certificates(office, year), *_exams(office, year)]
    now = office.store.clock.now()
    return Statistics(
        title=f"{year} 年度教师培训统计",
        office=office.identity.name,
        printed_at=now,
        scope=f"{office.identity.name}　截至 {plain_date(now.date().isoformat())}",
        parts=tuple(parts),
    )


def statistics_sheets(statistics: Statistics) -> tuple[TableSheet, ...]:
    """The same as the sheets of a workbook, one for each part with a table."""
    return figure_sheets(
        statistics.parts, statistics.title, statistics.office, statistics.printed_at
    )


def _key_figures(office: Office, year: int) -> Part:
    """The year beside the one before."""
    now, before = (_key_column(office, one) for one in (year, year - 1))
    columns = (
        FigureColumn("指标", FigureKind.TEXT, 14),
        FigureColumn(f"{year} 年", FigureKind.AMOUNT, 8),
        FigureColumn(f"{year - 1} 年", FigureKind.AMOUNT, 8),
    )
    rows = tuple((name, value, before[name]) for name, value in now.items())
    return Part("主要数据", columns, rows)


def _key_column(office: Office, year: int) -> dict[str, Figure]:
    courses, hours = course_sum(office, year), hour_total(office, year)
    mean = (hours.hours / hours.people).quantize(Decimal("0.1")) if hours.people else None
    return {
        "本单位培训课程（门）": courses.courses,
        "参训人次": courses.people,
        "其中考核合格": courses.passed,
        "有学时记录的教师": hours.people,
        "学时记录（条）": hours.entries,
        "学时合计": hours.hours,
        "学分合计": hours.credits,
        "人均学时（有记录的教师）": mean,
    }


def _people(office: Office) -> Part:
    """The register as it stands, by stage and by state."""
    total = count_teachers(office)
    sides: tuple[tuple[str, By, str], ...] = (
        ("学段", "stage", "stage"),
        ("岗位状态", "status", "teacher_status"),
        ("职称", "title", "title"),
    )
    rows: list[tuple[Figure, ...]] = []
    for title, by, table in sides:
        found = teachers_by(office, by)
        for entry in [*office.codes[table], None]:
            code = entry.code if entry else ""
            if found.get(code):
                name = entry.name if entry else _UNTOLD
                rows.append((title, name, found[code], share(found[code], total)))
    columns = (
        FigureColumn("分类", FigureKind.TEXT),
        FigureColumn("名称", FigureKind.TEXT, 10),
        FigureColumn("教师人数"),
        FigureColumn("占比", FigureKind.SHARE),
    )
    note = f"名册中共有教师 {total:,} 人，分布在 {count_schools(office):,} 所学校（打印日的情况）。"
    return Part("教师队伍", columns, tuple(rows), note=note)


def _hours(office: Office, year: int) -> Iterator[Part]:
    """By month, kind, form, theme, level, stage."""
    total = hour_total(office, year)
    if not total.entries:
        yield Part("培训学时", (), (), note=f"{year} 年的学时台账里还没有记录。")
        return
    yield _months(office, year, total)
    table = office.codes
    sides: tuple[tuple[str, Axis, Mapping[str, str]], ...] = (
        ("来源", "kind", KIND_NAMES),
        ("培训形式", "category", _names(office, "training_mode")),
        ("项目类别", "theme", _names(office, "training_theme")),
        ("培训级别", "level", _names(office, "training_level")),
        ("教师学段", "stage", {one.code: one.name for one in table["stage"]}),
    )
    for title, axis, names in sides:
        sums = sorted(hour_sums(office, year, axis), key=lambda one: -one.hours)
        if len(sums) > 1:
            named = [(names.get(one.key, one.key or _UNTOLD), one) for one in sums]
            yield _hour_part(f"学时按{title}", title, named, total)


def _names(office: Office, table: str) -> dict[str, str]:
    return {one.code: one.name for one in office.codes[table]}


def _months(office: Office, year: int, total: HourSum) -> Part:
    found = {one.key: one for one in hour_sums(office, year, "month")}
    months = [
        (f"{month} 月", found.get(f"{month:02d}", HourSum(""))) for month in range(1, _MONTHS + 1)
    ]
    bars = [
        Bar(name, float(one.hours), plain_decimal(one.hours.quantize(Decimal(1))))
        for name, one in months
    ]
    named = [*months, *([("未填日期", found[""])] if "" in found else [])]
    part = _hour_part("学时按月（开始日期）", "月份", named, total)
    return Part(part.title, part.columns, part.rows, part.total, bars=tuple(bars), upright=True)


def _hour_part(title: str, side: str, named: Sequence[tuple[str, HourSum]], total: HourSum) -> Part:
    rows = tuple((name, *_hour_row(one, total)) for name, one in named)
    bars = tuple(
        Bar(name, float(one.hours), f"{plain_decimal(one.hours)} 学时") for name, one in named
    )
    columns = (FigureColumn(side, FigureKind.TEXT, 12), *_HOURS)
    return Part(title, columns, rows, ("合计", *_hour_row(total, total)), bars=bars)


def _hour_row(one: HourSum, total: HourSum) -> tuple[Figure, ...]:
    return (one.entries, one.people, one.hours, one.credits, share(one.hours, total.hours))


def _attainment(office: Office, year: int, progress: Progress) -> Iterator[Part]:
    """Who has met what the year asks; a sentence where no rules ask anything."""
    title = "达标情况"
    try:
        board = board_of(office, year, whole_cycle=False, progress=progress)
    except UserError as error:
        yield Part(title, (), (), note=error.message)
        return
    if not board.people:
        yield Part(title, (), (), note=f"{year} 年没有参加考核的教师。")
        return
    everybody = whole(board)
    columns = (
        FigureColumn("要求", FigureKind.TEXT, 18),
        FigureColumn("涉及人数"),
        FigureColumn("达到"),
        FigureColumn("未达到"),
        FigureColumn("达到率", FigureKind.SHARE),
    )
    rows = tuple(
        _demand(column.question.demand.title, *everybody.requirements[column.id])
        for column in board.columns
    )
    total = _demand("全部要求", everybody.people, everybody.met)
    pack = board.questions.pack
    note = f"只核算 {year} 年度的要求，与按周期核算的人数不同。"
    note += f"核算依据：{pack.title}；{pack.document}。"
    yield Part(title, columns, rows, total, shares=(_bar(everybody),), note=note)
    yield from _groups(office, board)


def _groups(office: Office, board: Board) -> Iterator[Part]:
    for by in ("district", "stage"):
        found = standings(office, board, by)
        if len(found) > 1:
            rows = tuple(_demand(one.name, one.people, one.met) for one in found)
            columns = (
                FigureColumn(BY_NAMES[by], FigureKind.TEXT, 10),
                FigureColumn("人数"),
                FigureColumn("达标"),
                FigureColumn("未达标"),
                FigureColumn("达标率", FigureKind.SHARE),
            )
            shares = tuple(map(_bar, found))
            yield Part(f"达标情况按{BY_NAMES[by]}", columns, rows, shares=shares)


def _demand(name: str, people: int, met: int) -> tuple[Figure, ...]:
    return (name, people, met, people - met, share(met, people))


def _bar(one: Standing) -> Share:
    unsure = min(one.open, one.behind)
    words = f"{one.met:,}/{one.people:,}　{percent(one.met, one.people)}"
    return Share(one.name, (one.met, unsure, one.behind - unsure), words)


def _stamping(office: Office, year: int) -> Iterator[Part]:
    run = find_run(office, year)
    if run is None:
        yield Part("年度验印", (), (), note=f"{year} 年度还没有核验。")
        return
    pairs = (
        ("已验印", run.stamped),
        ("可验印（未验印）", run.ready),
        ("不予验印", run.blocked),
        ("待核实", run.open),
    )
    total = sum(count for _, count in pairs)
    columns = (
        FigureColumn("结果", FigureKind.TEXT, 10),
        FigureColumn("人数"),
        FigureColumn("占比", FigureKind.SHARE),
    )
    bars = tuple(Bar(name, count, f"{count:,} 人") for name, count in pairs)
    rows = tuple((name, count, share(count, total)) for name, count in pairs)
    yield Part("年度验印", columns, rows, ("合计", total, share(total, total)), bars=bars)


def _certificates(office: Office, year: int) -> Iterator[Part]:
    found = issued_in(office, year)
    if found:
        columns = (
            FigureColumn("证书", FigureKind.TEXT, 12),
            FigureColumn("发出"),
            FigureColumn("其中作废"),
        )
        rows = tuple((one.title, one.issued, one.void) for one in found)
        total = ("合计", sum(one.issued for one in found), sum(one.void for one in found))
        yield Part("证书", columns, rows, total)


def _exams(office: Office, year: int) -> Iterator[Part]:
    found = [one for one in exams(office) if one.year == year]
    if found:
        columns = (
            FigureColumn("考试（抽测）", FigureKind.TEXT, 16),
            FigureColumn("可抽人数"),
            FigureColumn("抽中"),
            FigureColumn("抽签时间", FigureKind.TEXT, 10),
        )
        yield Part("考试抽签", columns, tuple(_exam(office, one) for one in found))


def _exam(office: Office, exam: Exam) -> tuple[Figure, ...]:
    frame, drawn = find_frame(office, exam.id), draws(office, exam)
    if not drawn:
        return (exam.name, frame.size if frame else None, None, "未抽签")
    last = drawn[-1]
    moment = last.drawn_at[:16].replace("T", " ")
    return (exam.name, frame.size if frame else None, int(last.record["drawn"]), moment)
