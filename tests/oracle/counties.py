"""Small counties of many shapes, for Hypothesis."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.oracle.county import County, Course, CourseResult, Entry, Leave, Person, School, Steps

MODES = ("集中", "校本", "远程", "跟岗实践", "工作坊", "岗前培训", None)
THEMES = (
    "全员培训", "新任教师培训", "班主任培训", "校长提高培训", "新任校长任职资格培训",
    "骨干教师培训", "教育技术能力培训", None,
)  # fmt: skip
LEVELS = ("省级", "县级", "校级", None)
NATURES = ("必修", "必修", "选修", None)
POSTS = ("教师", "班主任", "校长", "校长", "副校长", "教研员")
STATUSES = ("在岗", "产假", "支教", "退休", "调出", "返聘")
BACKBONES = (None, None, "市骨干教师", "县骨干教师", "市学科带头人")
STAGES = ("小学", "初中", "高中", "幼儿园", None)
TRACKS = (None, "文本", "网联")
HOURS = (0, 50, 1_999, 2_400, 3_000, 4_800, 6_000, 7_500, 8_999, 9_000, 12_000, 18_000, 30_000)
_amounts = st.sampled_from(HOURS) | st.integers(1, 20_000)


def days(first: date, last: date) -> st.SearchStrategy[date]:
    """Days between two, with those at the edges of months and years in them."""
    edges = [
        date(year, *ends)
        for year in range(first.year, last.year + 1)
        for ends in ((1, 1), (2, 28), (6, 30), (7, 1), (8, 31), (9, 1), (12, 31))
    ]
    near = [day for day in edges if first <= day <= last]
    return st.dates(first, last) | st.sampled_from(near or [first])


@st.composite
def steps(draw, values, today: date, first_year: int) -> Steps:
    """A history: what held at first, and up to three changes, each to something else.

    What was unknown at first stays so: nobody can say since when the first known value held.
    """
    held = draw(st.sampled_from(values))
    found: list[tuple[date | None, object]] = [(None, held)]
    if held is None:
        return tuple(found)
    changes = draw(st.lists(days(date(first_year - 2, 1, 1), today), max_size=3, unique=True))
    for day in sorted(changes):
        held = draw(st.sampled_from([one for one in values if one != held]))
        found.append((day, held))
    return tuple(found)


KINDS_OF_TRAINING = (
    ("集中", "校长提高培训"), ("集中", "校长提高培训"), ("集中", "新任校长任职资格培训"),
    ("集中", "新任校长任职资格培训"), ("远程", "新任校长任职资格培训"), ("跟岗实践", "新任教师培训"),
    ("集中", "新任教师培训"), ("岗前培训", None), ("校本", "班主任培训"), ("校本", "班主任培训"),
    ("校本", "全员培训"), ("校本", None), ("集中", "全员培训"), ("集中", None), ("集中", "骨干教师培训"),
    ("工作坊", None), ("远程", "教育技术能力培训"), ("集中", "教育技术能力培训"), ("远程", None),
)  # fmt: skip
"""Form and theme that go together in some demand; others are mixed freely."""
MOST = 40


@st.composite
def lines(draw, person: Person, years: tuple[int, int], today: date) -> tuple[Entry, ...]:
    """A person's ledger: lines, lines taken back, lines taken back and restored."""
    found: list[Entry] = []
    early = draw(days(date(years[0], 1, 1), today))
    pairs = st.sampled_from(KINDS_OF_TRAINING)
    if draw(st.sampled_from((True, False, False))):
        pairs = st.tuples(st.sampled_from(MODES), st.sampled_from(THEMES))
    single = st.builds(
        lambda pair, **values: Entry(mode=pair[0], theme=pair[1], **values),
        pairs,
        year=st.integers(years[0] - 1, min(years[1] + 1, today.year))
        | st.integers(years[0], min(years[1], today.year)),
        hours=_amounts,
        level=st.sampled_from(LEVELS),
        nature=st.sampled_from(NATURES),
        kind=st.sampled_from(("登记", "登记", "课程", "冲抵")),
        credits=st.none() | st.integers(0, 5_000),
        posted=st.sampled_from((early, today)),
    )
    for _ in range(draw(st.sampled_from((0, 1, 3, 8, 15, 25)))):
        more = _with_answers(draw, _dated(draw, draw(single), person), len(found), today)
        if len(found) + len(more) <= MOST:
            found += more
    return tuple(found)


def _dated(draw, line: Entry, person: Person) -> Entry:
    """The line with a day, or without; often a day near those a window begins or ends on."""
    how = draw(st.sampled_from(("none", "year", "anchor")))
    if how == "none":
        return line
    anchors = [day for day, _ in person.posts if day is not None]
    if person.work_start is not None and len(person.work_start) > len("1995"):
        anchors.append(date(int(person.work_start[:4]), int(person.work_start[5:7]), 1))
    if how == "anchor" and anchors:
        start = draw(st.sampled_from(anchors)) + timedelta(days=draw(st.sampled_from(AWAY)))
    else:
        year = line.year + draw(st.sampled_from((0, 0, 0, 0, 0, 1, -1)))
        start = draw(days(date(year, 1, 1), date(year, 12, 31)))
    length = draw(st.sampled_from((None, 0, 1, 45)))
    end = None if length is None else start + timedelta(days=length)
    off = start.year - line.year
    return replace(line, year=line.year if abs(off) <= 1 else start.year, start=start, end=end)


AWAY = (-31, -1, 0, 1, 30, 100, 181, 184, 250, 364, 365, 366)


def _with_answers(draw, line: Entry, place: int, today: date) -> list[Entry]:
    found = [line]
    for _ in range(draw(st.sampled_from((0, 0, 0, 1, 1, 2, 3)))):
        last = found[-1]
        kind = line.kind if last.kind == "冲销" else "冲销"
        credits = None if last.credits is None else -last.credits
        posted = draw(st.sampled_from((last.posted, today)))
        answer = replace(
            last, kind=kind, hours=-last.hours, credits=credits, posted=posted,
            reverses=place + len(found) - 1,
        )  # fmt: skip
        found.append(answer)
    return found


@st.composite
def people(draw, number: int, schools: int, years: tuple[int, int], today: date) -> Person:
    places = tuple(range(schools)) or (None,)
    starts = st.sampled_from((None, "1995", "2001-09", "2001-09")) | st.builds(
        "{}-{:02d}".format, st.integers(years[0] - 2, years[1] + 1), st.integers(1, 12)
    )
    leave = st.builds(
        lambda ground, first, length, approved: Leave(
            ground, first, first + timedelta(days=length), approved
        ),
        st.sampled_from(("产假", "病假", "支教")),
        days(date(years[0] - 1, 1, 1), date(years[1], 12, 31)),
        st.sampled_from((0, 20, 30, 59, 97, 365, 800)),
        st.sampled_from((True, True, True, False, None)),
    )
    return Person(
        no=f"T{number:03d}",
        schools=draw(steps((*places, None), today, years[0])),
        posts=draw(steps((*POSTS, None), today, years[0])),
        statuses=draw(steps((*("在岗",) * 4, *STATUSES, None), today, years[0])),
        heads=draw(steps((None, True, False), today, years[0])),
        stages=draw(steps(STAGES, today, years[0])),
        backbones=draw(steps(BACKBONES, today, years[0])),
        track=draw(st.sampled_from(TRACKS)),
        work_start=draw(starts),
        leaves=tuple(draw(st.lists(leave, max_size=2))),
    )


@st.composite
def counties(draw, years: tuple[int, int]) -> County:
    """A county whose ledger lies about these years, looked at while they run or after."""
    today = draw(days(date(years[0], 1, 15), date(years[1] + 2, 6, 30)))
    schools = draw(
        st.lists(st.builds(School, st.just("学校"), st.sampled_from(TRACKS)), max_size=3)
    )
    schools = [replace(school, name=f"学校{at}") for at, school in enumerate(schools)]
    count = draw(st.integers(0, 12))
    folk = [draw(people(number, len(schools), years, today)) for number in range(count)]
    entries = [draw(lines(person, years, today)) for person in folk]
    course = st.builds(
        Course,
        year=st.integers(years[0] - 1, years[1]),
        nature=st.sampled_from(NATURES),
        theme=st.sampled_from(("全员培训", "全员培训", "师德培训", None)),
        stages=st.sampled_from(((), (), ("小学",), ("小学", "初中"))),
        track=st.sampled_from(TRACKS),
        approval=st.sampled_from(("approved", "approved", "approved", "draft", "returned")),
    )
    offered = draw(st.lists(course, max_size=5))
    results = [
        CourseResult(person, place, *draw(_outcome))
        for person in range(count)
        for place in range(len(offered))
        if draw(st.booleans())
    ]
    return County(
        tuple(schools), tuple(folk), tuple(entries), tuple(offered), tuple(results), today
    )


_outcome = st.tuples(
    st.sampled_from(("passed", "passed", "failed", "absent", None)),
    st.sampled_from((None, None, "approved", "chosen", "supported", "refused", "replaced")),
)
