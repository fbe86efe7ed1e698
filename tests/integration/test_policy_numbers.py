"""Each number of the rule profile (domain.md §1.6) in the shipped packs, by its id, with its quote.

The numbers and quotes stand here by hand. Quotes are looked for in the five source documents, which
lie beside the repository; where they do not, those tests are skipped and say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest

from models.policies.arithmetic import credits_for, hours_for
from models.policies.packs import shipped_packs

PACKS = {pack.id: pack for pack in shipped_packs()}
S0, S1, S2, S3, S4 = (
    "jilin-city-2011", "jiyuan-2017", "wenzhou-2012", "jilin-2019", "huadian-2009",
)  # fmt: skip
FILES = {
    S0: "000_3ecc2baf0ef0e2de.txt",
    S1: "001_2e0ffa110b561d0c.txt",
    S2: "002_e0823d3f78f35072.txt",
    S3: "003_8793e142968c9929.txt",
    S4: "004_ca28007254388582.txt",
}
"""Pack to the document it was made from."""
MARKS = {
    "126号": S0, "温教师〔2012〕33号": S2, "济教师〔2017〕188号": S1,
    "吉教师〔2019〕11号": S3, "2009年工作计划": S4,
}  # fmt: skip
"""What a pack's ``document`` says of one of the five, in half width and without blanks."""


@dataclass(frozen=True)
class Number:
    """One number: its id, the pack, where in it, its value, and the document's words."""

    id: str
    pack: str
    place: str
    value: object
    quote: str


NUMBERS = (
    # cycle and total
    Number("S0-02", S0, "cycle.hours", 360, "五年累计培训时间不少于360学时"),
    Number("S0-02", S0, "cycle.years", 5, "五年累计培训时间不少于360学时"),
    Number("S0-02", S0, "requirements.in-service-360.least", 360, "五年累计培训时间不少于360学时"),
    Number("S1-01", S1, "cycle.hours", 360, "落实五年一周期不少于360学时的教师全员培训制度"),
    Number("S1-01", S1, "cycle.years", 5, "落实五年一周期不少于360学时的教师全员培训制度"),
    Number("S1-01", S1, "requirements.in-service-360.least", 360, "五年一周期不少于360学时"),
    Number("S2-01", S2, "cycle.hours", 360, "每位教师五年一周期内完成360学时专业发展培训"),
    Number("S2-01", S2, "cycle.years", 5, "每位教师五年一周期内完成360学时专业发展培训"),
    Number("S2-01", S2, "requirements.cycle-360.least", 360, "五年一周期内完成360学时"),
    Number("S3-05", S3, "cycle.years", 5, "完善五年一周期的教师全员培训制度"),
    # each year, and what of it at school
    Number("S2-05", S2, "requirements.year-48.least", 48, "每人每年培训时间一般不少于48学时"),
    Number("S2-05", S2, "requirements.year-48.window", "year", "每人每年培训时间"),
    Number("S2-05", S2, "requirements.year-school-based-24.least", 24, "其中包括校本培训24学时"),
    Number("S2-02", S2, "requirements.school-based-120.least", 120,
           "五年一周期内，教师参加校本培训时间不少于120学时"),
    # one long course
    Number("S2-02", S2, "requirements.long-course-90.least", 1,
           "教师至少参加一次不少于90学时的集中培训"),
    Number("S2-02", S2, "requirements.long-course-90.of.0.hours_from", 90,
           "教师至少参加一次不少于90学时的集中培训"),
    Number("S2-03", S2, "targets.long-course-20.least", 20,
           "学校每年安排不少于20％的教师，参加一次性不少于90学时集中培训"),
    Number("S2-03", S2, "targets.long-course-20.of.0.hours_from", 90, "一次性不少于90学时集中培训"),
    # new teachers
    Number("S0-01", S0, "requirements.new-teacher-120.least", 120, "培训时间不少于120学时"),
    Number("S1-06", S1, "requirements.new-teacher-workshop.months", 12,
           "做好岗前培训与为期一年的名师工作室研修活动的衔接与管理"),
    Number("S2-07", S2, "requirements.new-teacher-180.least", 180,
           "在试用期内须参加不少于180学时的培训，其中实践培训不少于60学时"),
    Number("S2-07", S2, "requirements.new-teacher-practice-60.least", 60, "实践培训不少于60学时"),
    Number("S2-07", S2, "requirements.new-teacher-180.months", 12, "教龄在一年以内的新任教师"),
    Number("S2-08", S2, "exclusions.0.windows", ("cycle", "year"),
           "新任教师在试用期内接受规定培训的时数，不列入教师周期内专业发展培训学时数"),
    # 班主任
    Number("S0-04", S0, "requirements.head-teacher-30.least", 30,
           "每位班主任须接受不少于30学时的专项培训"),
    Number("S0-04", S0, "requirements.head-teacher-each-term.least", 1,
           "每学期不少于一次的岗前和岗位培训"),
    Number("S0-04", S0, "requirements.head-teacher-each-term.window", "term", "每学期不少于一次"),
    Number("S0-04", S0, "targets.head-teacher-province-5.least", 5,
           "在选送5%班主任参加省级培训的基础上"),
    Number("S0-04", S0, "targets.head-teacher-city-15.least", 15, "市级完成15%的集中培训"),
    Number("S0-04", S0, "targets.head-teacher-county-100.least", 100,
           "县级完成班主任全员集中培训"),
    Number("S2-06", S2, "requirements.head-teacher-30.least", 30,
           "班主任参加不少于30学时的专题培训"),
    # 骨干
    Number("S0-10", S0, "targets.backbone-15.least", 15, "县（市）区级培训15%的本级骨干教师"),
    Number("S1-03", S1, "targets.backbone-15.least", 15,
           "市级学科带头人和骨干教师人数占专任教师总数的15%左右"),
    Number("S2-06", S2, "requirements.backbone-120.least", 120,
           "市、县两级骨干教师集中培训不少于120学时"),
    Number("S4-36", S4, "targets.township-backbone-5.least", 5,
           "人数约占任课教师数量的5%以上"),
    # 校长
    Number("S1-02", S1, "requirements.head-round.least", 1, "完成一轮次全市中小学校长岗位培训"),
    Number("S2-06", S2, "requirements.principal-120.least", 120,
           "校长参加不少于120学时的学校管理类集中培训"),
    Number("S2-09", S2, "requirements.new-principal-300.least", 300,
           "新任校长到岗一年内须参加300学时的任职资格培训（集中培训不少于90学时）"),
    Number("S2-09", S2, "requirements.new-principal-300.months", 12, "新任校长到岗一年内"),
    Number("S2-09", S2, "requirements.new-principal-90.least", 90, "集中培训不少于90学时"),
    Number("S2-09", S2, "exclusions.-1.windows", ("cycle", "year"),
           "新任校长任职资格培训的学时数，不列入校长周期内在职提高培训时数"),
    # trainers, workshops, education technology
    Number("S1-05", S1, "targets.trainers-300.per", 300,
           "按照300:1的比例,组建完成我市教师培训者团队"),
    Number("S1-05", S1, "requirements.trainer-100.least", 100,
           "保证培训者每年不低于100学时的培训量"),
    Number("S1-05", S1, "requirements.trainer-100.window", "year", "保证培训者每年不低于100学时"),
    Number("S1-04", S1, "targets.workshops-3.least", 3,
           "每单位组建3个以上学科工作坊或区域研修团队"),
    Number("S4-47", S4, "designations.basic-trainer.title", "基础型培训者",
           "重点开展部室成员“基础型培训者”的自身建设和考核达标工作"),
    Number("S0-03", S0, "requirements.ed-tech-75.least", 75,
           "5年内完成全员中小学教师不少于75学时的教育技术能力培训"),
    # degrees
    *(
        Number("S0-05", S0, f"targets.degree-{stage}.least", Decimal(share),
               "分别达到98.2%、98.3%、99.5%、99.2%、98.7%")
        for stage, share in (
            ("senior", "98.2"), ("junior", "98.3"), ("primary", "99.5"),
            ("kindergarten", "99.2"), ("vocational", "98.7"),
        )
    ),
    # money
    Number("S0-17", S0, "targets.money-payroll.least", Decimal("1.5"),
           "按职工工资总额的1.5%--2.5%足额提取职工教育经费"),
    Number("S0-17", S0, "targets.money-school.least", 5,
           "按照学校年度公用经费预算总额的5%安排教师培训经费"),
    Number("S1-16", S1, "targets.money-payroll.least", Decimal("1.5"),
           "市级要按教职工工资总额的1.5%—2.5%足额安排"),
    Number("S1-16", S1, "targets.money-school.least", 5,
           "按照年度公用经费预算总额的5%安排教师培训经费"),
    Number("S2-19", S2, "targets.money-payroll-3.least", 3,
           "每年按不少于当地教职工工资总额3%的比例"),
    Number("S2-19", S2, "targets.money-passed-down-70.least", 70,
           "其中70%部分按教师人均标准下拔至中小学校"),
    Number("S2-19", S2, "targets.money-school-10.least", 10,
           "中小学校按不少于学校生均公用经费总额10%的比例"),
    # hours of a day, hours to credits
    Number("S2-04", S2, "day.hours", 8, "每天以8学时认定培训学时"),
    Number("S4-12", S4, "conversion.hours", 10, "考试合格者按15学时、1.5学分记入教师继续教育证书"),
    Number("S4-12", S4, "conversion.credits", 1, "考试合格者按15学时、1.5学分记入教师继续教育证书"),
    # the sample
    Number("S4-19", S4, "sampling.fraction", Fraction(1, 10),
           "随机抽签,按10%学科教师比例进行县级抽考"),
    Number("S4-19", S4, "sampling.base", "subject", "随机抽签,按10%学科教师比例进行县级抽考"),
    # courses of a year
    Number("S4-09", S4, "requirements.online-courses-5.least", 3 + 2,
           "确定《中小学教师职业道德规范(2008修订)培训读本》、《新课程校本研究与课堂教学研讨范例(上)》、"
           "《备好课——教学设计》为必修课程"),
    Number("S4-09", S4, "requirements.text-courses-4.least", 2 + 2,
           "确立《中小学教师职业道德规范(2008修订)培训读本》、《教师的教学技能》为必修课程"),
    Number("S4-09", S4, "requirements.kindergarten-courses-3.least", 2 + 1,
           "地方课程《手指游戏》的授课、辅导、考核等工作"),
    Number("S4-25", S4, "requirements.courses-passed.stamp", True,
           "考核不合格者(一项成绩不合格)不得通过年度继续教育证书的登记验印"),
    Number("S4-53", S4, "targets.language-schools-20.least", 20,
           "使示范校的数量达到全市总数的20%左右"),
)  # fmt: skip
NOT_IN_PACKS = {
    "S4-14": "考试成绩占本门课程的70%",
    "S4-15": "本校组织,占总成绩的50%,参加吉林市组织的考试成绩占总成绩的50%",
    "S4-16": "每门课程不少于5篇原创",
    "S4-20": "抽取10%的任课教师数量,参加县级集中考试",
    "S4-21": "随机抽取10%的教师进行县级抽测",
    "S4-22": "抽测各单位10%人员由培训部组织考试",
}
"""Numbers that belong to a course or an exam session and are set there, with the document's words.

The four bases of the sample are choices of one setting, see the pack's remark.
"""


def found_at(pack, place):
    """What stands at a place: names of fields, ids of demands, places in a list."""
    found = pack
    for step in place.split("."):
        if isinstance(found, tuple) and re.fullmatch(r"-?\d+", step):
            found = found[int(step)]
        elif isinstance(found, tuple):
            (found,) = (one for one in found if one.id == step)
        else:
            found = getattr(found, step)
    return found


@pytest.mark.parametrize("number", NUMBERS, ids=lambda one: f"{one.id} {one.pack} {one.place}")
def test_the_pack_has_the_number_of_the_profile(number):
    assert found_at(PACKS[number.pack], number.place) == number.value


def test_every_number_a_requirement_of_the_five_packs_asks_for_is_listed_here():
    """360 of 吉林省 2019 is the one that its own document does not say; its remark says so."""
    listed = {(one.pack, one.place.split(".")[1]) for one in NUMBERS if "." in one.place}
    not_listed = {
        (pack, one.id)
        for pack in FILES
        for one in (*PACKS[pack].requirements, *PACKS[pack].targets)
        if (pack, one.id) not in listed
    }
    assert not_listed == {
        (S3, "in-service-360"), (S1, "head-teacher-course"), (S1, "backbone-course"),
    }  # fmt: skip
    assert PACKS[S3].requirements[0].least == 360
    assert "360" in PACKS[S3].remark


def test_hours_of_days_and_credits_come_out_as_the_documents_count_them():
    """S2-04, S4-11, S4-12, S4-13."""
    assert hours_for(PACKS[S2].day, Decimal(3)) == 24
    for hours, credits in (("5", "0.5"), ("15", "1.5"), ("20", "2")):
        assert credits_for(PACKS[S4].conversion, Decimal(hours)) == Decimal(credits)


def test_the_1999_rule_asks_for_240_hours_in_five_years():
    rule = PACKS["cn-1999"].cycle
    assert (rule.hours, rule.years) == (240, 5)


# ------------------------------------------------------------------ quotes, in the documents' words


def folded(text):
    """Half width, without blanks and line breaks: the copies differ in nothing else."""
    half = "".join(chr(ord(one) - 0xFEE0) if "！" <= one <= "～" else one for one in text)
    return "".join(half.split())


@pytest.fixture(scope="session")
def documents(shared):
    folder = shared / "sources"
    if not all((folder / name).is_file() for name in FILES.values()):
        pytest.skip(f"the five source documents are not in {folder}")
    return {pack: folded((folder / name).read_text("utf-8")) for pack, name in FILES.items()}


def quotes_of(pack):
    """Every quote of a pack with the document it is said to stand in."""
    alone = (pack.cycle, pack.conversion, pack.day, pack.pass_mark, pack.sampling, pack.numbering)
    parts = [one for one in alone if one is not None]
    parts += [*pack.conversions, *pack.exclusions, *pack.requirements, *pack.targets]
    parts += pack.designations
    return [
        (getattr(one, "document", "") or pack.document, one.quote) for one in parts if one.quote
    ]


def document_meant(said):
    """Which of the five a ``document`` names, if any."""
    return [pack for mark, pack in MARKS.items() if folded(mark) in folded(said)]


def verbatim(quote, said, documents):
    """Whether a quote stands in a document that ``said`` names; None if it names no source."""
    meant = document_meant(said)
    return None if not meant else any(folded(quote) in documents[one] for one in meant)


@pytest.mark.parametrize("number", NUMBERS, ids=lambda one: f"{one.id} {one.pack} {one.place}")
def test_the_quote_of_the_number_stands_in_the_document(number, documents):
    assert folded(number.quote) in documents[number.pack]


@pytest.mark.parametrize("name", NOT_IN_PACKS)
def test_what_is_set_elsewhere_stands_in_the_document_of_huadian(name, documents):
    assert folded(NOT_IN_PACKS[name]) in documents[S4]


def test_the_four_wordings_of_the_sample_are_told_with_the_pack():
    """S4-19 to S4-22."""
    for base in ("学科教师", "任课教师", "全体教师", "各单位人员"):
        assert base in PACKS[S4].remark


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_every_quote_of_a_pack_is_verbatim(pack, documents):
    answers = [(verbatim(quote, said, documents), said, quote) for said, quote in quotes_of(pack)]
    assert [one for one in answers if one[0] is False] == []
    if pack.id in FILES:
        assert answers
        assert all(verdict for verdict, _, _ in answers)


def test_a_quote_with_another_number_is_not_verbatim(documents):
    """The test above can fail."""
    said, quote = PACKS[S0].document, "五年累计培训时间不少于360学时"
    assert verbatim(quote, said, documents) is True
    assert verbatim(quote.replace("360", "240"), said, documents) is False
    assert verbatim(quote, "别的文件", documents) is None
