"""A pack of our own, for what a pack can say and none of the five documents does."""

from __future__ import annotations

from tests.oracle.county import Course, CourseResult
from tests.oracle.evaluation import Case, Rule
from tests.oracle.sources import hours, times

TEXT = """
id = "made-up"
title = "自拟"
region = "220282"
document = "无"
valid_from = 2011-01-01

[people]
not_status = ["退休", "调出", "辞职", "开除", "去世"]

[terms]
first_months = [1, 3, 9]

[[exclusions]]
windows = ["term"]
theme = ["全员培训"]
reason = "不计"
clause = "无"

[[requirements]]
id = "by-months"
title = "按月折算"
clause = "无"
least = 360
prorate = "months"
relief = ["产假", "病假"]

[[requirements]]
id = "by-months-yearly"
title = "按月折算（年）"
clause = "无"
window = "year"
least = 47.5
prorate = "months"
relief = ["产假", "支教"]

[[requirements]]
id = "credits-36"
title = "学分"
clause = "无"
measure = "credits"
least = 36
relief = ["支教"]

[[requirements]]
id = "offsets"
title = "冲抵"
clause = "无"
of = [{ kind = ["冲抵"] }]
least = 20

[[requirements]]
id = "twice-a-year"
title = "每年两次"
clause = "无"
window = "year"
measure = "count"
of = [{ level = ["县级"], hours_from = 24 }, { level = ["省级"], nature = ["必修", "选修"] }]
least = 2
relief = ["病假"]

[[requirements]]
id = "term-hours"
title = "每学期八学时"
clause = "无"
window = "term"
of = [{ mode = ["校本", "集中"] }]
least = 8

[[requirements]]
id = "veterans"
title = "教龄十年以上"
clause = "无"
whom = { service_from = 10, stage = ["小学", "初中"] }
least = 100

[[requirements]]
id = "two-years"
title = "头两年"
clause = "无"
whom = { service_below = 3 }
window = "probation"
months = 24
least = 30

[[requirements]]
id = "deputy"
title = "新任副校长半年"
clause = "无"
whom = { post = ["副校长", "教研员"] }
window = "post"
months = 6
least = 10

[[requirements]]
id = "all-courses"
title = "周期内选修也算"
clause = "无"
measure = "courses"
of = [{ nature = ["必修"] }, { nature = ["选修"] }]
"""


def enrolled(_case: Case, course: Course, mine: CourseResult | None) -> bool:
    return course.nature in ("必修", "选修") and mine is not None


def has_served(case: Case) -> bool:
    known = case.served is not None and case.stage in ("小学", "初中")
    return known and (case.served or 0) >= 10


RULES = (
    Rule("by-months", "cycle", hours(360), joiners=True, relief=("产假", "病假")),
    Rule("by-months-yearly", "year", 4_750, joiners=True, relief=("产假", "支教")),
    Rule("credits-36", "cycle", hours(36), measure="credits", relief=("支教",)),
    Rule("offsets", "cycle", hours(20), counts=lambda case, line: case.first_kind(line) == "冲抵"),
    Rule("twice-a-year", "year", times(2), measure="count", relief=("病假",),
         counts=lambda _, line: (line.level == "县级" and abs(line.hours) >= hours(24))
         or (line.level == "省级" and line.nature in ("必修", "选修"))),
    Rule("term-hours", "term", hours(8), terms=((1, 2), (3, 8), (9, 12)),
         counts=lambda _, line: line.mode in ("校本", "集中") and line.theme != "全员培训"),
    Rule("veterans", "cycle", hours(100), has_served),
    Rule("two-years", "probation", hours(30), lambda case: (case.served or 0) < 3, months=24),
    Rule("deputy", "post", hours(10), lambda case: case.post in ("副校长", "教研员"), months=6),
    Rule("all-courses", "cycle", times(1), measure="courses", due=enrolled),
)  # fmt: skip
YEARS = (2011, 2015)
