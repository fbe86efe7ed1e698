"""What the five documents ask of teachers, by hand from their text.

The quotes are the documents' words; the ids are the packs' and serve as labels only. Nothing here
imports the program or reads a pack.
"""

from __future__ import annotations

from tests.oracle.county import Course, CourseResult, Entry
from tests.oracle.evaluation import Case, Rule


def hours(number: int) -> int:
    return 100 * number


def times(number: int) -> int:
    return 100 * number


def head_teacher(case: Case) -> bool:
    return case.is_head


def principal(case: Case) -> bool:
    return case.post == "校长"


def compulsory(_case: Case, line: Entry) -> bool:
    return line.nature == "必修"


# S0 吉市教通字〔2011〕126号 ------------------------------------------------------------------


def novice_training(_case: Case, line: Entry) -> bool:
    """「对所有新任教师进行岗前适应性培训」."""
    return line.theme == "新任教师培训" or line.mode == "岗前培训"


JILIN_CITY = (
    # 「培训时间不少于120学时」
    Rule("new-teacher-120", "probation", hours(120), counts=novice_training),
    # 「五年累计培训时间不少于360学时」
    Rule("in-service-360", "cycle", hours(360)),
    # 「5年内完成全员中小学教师不少于75学时的教育技术能力培训」
    Rule("ed-tech-75", "cycle", hours(75), counts=lambda _, line: line.theme == "教育技术能力培训"),
    # 「五年内，每位班主任须接受不少于30学时的专项培训」
    Rule("head-teacher-30", "cycle", hours(30), head_teacher,
         lambda _, line: line.theme == "班主任培训"),
    # 「通过校本培训对班主任进行每学期不少于一次的岗前和岗位培训」
    Rule("head-teacher-each-term", "term", times(1), head_teacher,
         lambda _, line: line.theme == "班主任培训" and line.mode == "校本", measure="count"),
)  # fmt: skip


# S4 桦甸市 2009 ------------------------------------------------------------------------------

SCHOOL_STAGES = ("小学", "初中", "高中", "中职", "特殊教育")


def due_course(case: Case, course: Course, mine: CourseResult | None) -> bool:
    """「一项成绩不合格」: every compulsory course somebody is in, and those meant for everybody."""
    if course.nature != "必修":
        return False
    if mine is not None:
        return True
    for_me = (not course.stages or case.stage in course.stages) and (
        course.track is None or course.track == case.track
    )
    return course.theme == "全员培训" and for_me


HUADIAN = (
    # 「考核不合格者(一项成绩不合格)不得通过年度继续教育证书的登记验印」
    Rule("courses-passed", "year", times(1), measure="courses", due=due_course),
    # 网联: three from January to June, two from July to December
    Rule("online-courses-5", "year", times(3 + 2),
         lambda case: case.track == "网联" and case.stage in SCHOOL_STAGES,
         compulsory, measure="count"),
    # 文本: two and two
    Rule("text-courses-4", "year", times(2 + 2),
         lambda case: case.track == "文本" and case.stage in SCHOOL_STAGES,
         compulsory, measure="count"),
    # 幼儿: two and one
    Rule("kindergarten-courses-3", "year", times(2 + 1),
         lambda case: case.stage == "幼儿园", compulsory, measure="count"),
)  # fmt: skip


# S2 温教师〔2012〕33号 -----------------------------------------------------------------------


def in_cycle(_case: Case, line: Entry) -> bool:
    """「新任教师在试用期内接受规定培训的时数，不列入…」「新任校长任职资格培训的学时数，不列入…」.

    What can count towards the 180 hours of a new teacher cannot count here.
    """
    novice = line.theme == "新任教师培训" or line.mode == "岗前培训"
    return not novice and line.theme != "新任校长任职资格培训"


def new_principal(_case: Case, line: Entry) -> bool:
    return line.theme == "新任校长任职资格培训"


WENZHOU = (
    # 「每位教师五年一周期内完成360学时专业发展培训」
    Rule("cycle-360", "cycle", hours(360), counts=in_cycle),
    # 「五年一周期内，教师参加校本培训时间不少于120学时」
    Rule("school-based-120", "cycle", hours(120),
         counts=lambda case, line: in_cycle(case, line) and line.mode == "校本"),
    # 「教师至少参加一次不少于90学时的集中培训」: one single training of at least 90
    Rule("long-course-90", "cycle", times(1), measure="count",
         counts=lambda case, line: in_cycle(case, line) and line.mode == "集中"
         and abs(line.hours) >= hours(90)),
    # 「每人每年培训时间一般不少于48学时」
    Rule("year-48", "year", hours(48), counts=in_cycle),
    # 「其中包括校本培训24学时」
    Rule("year-school-based-24", "year", hours(24),
         counts=lambda case, line: in_cycle(case, line) and line.mode == "校本"),
    # 「市、县两级骨干教师集中培训不少于120学时」
    Rule("backbone-120", "cycle", hours(120),
         lambda case: case.backbone in ("市骨干教师", "县骨干教师"),
         lambda case, line: in_cycle(case, line) and line.mode == "集中"),
    # 「班主任参加不少于30学时的专题培训」
    Rule("head-teacher-30", "cycle", hours(30), head_teacher,
         lambda case, line: in_cycle(case, line) and line.theme == "班主任培训"),
    # 「校长参加不少于120学时的学校管理类集中培训」
    Rule("principal-120", "cycle", hours(120), principal,
         lambda case, line: in_cycle(case, line) and line.theme == "校长提高培训"
         and line.mode == "集中"),
    # 「在试用期内须参加不少于180学时的培训」
    Rule("new-teacher-180", "probation", hours(180), counts=novice_training),
    # 「其中实践培训不少于60学时」
    Rule("new-teacher-practice-60", "probation", hours(60),
         counts=lambda _, line: line.theme == "新任教师培训" and line.mode == "跟岗实践"),
    # 「新任校长到岗一年内须参加300学时的任职资格培训（集中培训不少于90学时）」
    Rule("new-principal-300", "post", hours(300), principal, new_principal),
    Rule("new-principal-90", "post", hours(90), principal,
         lambda case, line: new_principal(case, line) and line.mode == "集中"),
)  # fmt: skip


# S1 济教师〔2017〕188号 ----------------------------------------------------------------------

JIYUAN = (
    # 「落实五年一周期不少于360学时的教师全员培训制度」
    Rule("in-service-360", "cycle", hours(360)),
    # 「做好岗前培训与为期一年的名师工作室研修活动的衔接与管理」
    Rule("new-teacher-workshop", "probation", times(1), measure="count",
         counts=lambda _, line: line.mode == "工作坊"),
    # 「完成一轮次全市中小学校长岗位培训」
    Rule("head-round", "cycle", times(1), principal,
         lambda _, line: line.theme == "校长提高培训", measure="count"),
    # 「完成市级骨干教师专题培训和中小学班主任能力提升培训」
    Rule("head-teacher-course", "cycle", times(1), head_teacher,
         lambda _, line: line.theme == "班主任培训", measure="count"),
    Rule("backbone-course", "cycle", times(1),
         lambda case: case.backbone == "市骨干教师",
         lambda _, line: line.theme == "骨干教师培训", measure="count"),
    # 「保证培训者每年不低于100学时的培训量」
    Rule("trainer-100", "year", hours(100), lambda case: case.post == "教研员"),
)  # fmt: skip


# S3 吉教师〔2019〕11号: 「完善五年一周期的教师全员培训制度」; the number is 教师〔2011〕1号's -------

JILIN = (Rule("in-service-360", "cycle", hours(360)),)

SOURCES = {
    "jilin-city-2011": JILIN_CITY,
    "huadian-2009": HUADIAN,
    "wenzhou-2012": WENZHOU,
    "jiyuan-2017": JIYUAN,
    "jilin-2019": JILIN,
}
YEARS = {
    "jilin-city-2011": (2011, 2015),
    "huadian-2009": (2009, 2010),
    "wenzhou-2012": (2011, 2015),
    "jiyuan-2017": (2016, 2020),
    "jilin-2019": (2016, 2020),
}
"""The cycle (for 桦甸: the years) each is asked over."""
