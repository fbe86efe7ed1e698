"""A pack's words: mistakes named with line, field and remedy; rules told in Chinese sentences."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from models.codes.library import load_codes
from models.policies import records, requirements
from models.policies.arithmetic import conversion_of, credits_for, exact_credits
from models.policies.field_names import CHOICES, FIELDS, WHOM, choice_name, place_words
from models.policies.library import complete
from models.policies.packs import pack_for, shipped_packs
from models.policies.places import line_of, lines_of
from models.policies.reading import read_text
from models.policies.records import Rules
from models.policies.requirements import Requirement, Whom
from models.policies.sentences import pack_sections, requirement_line, whom_words
from models.policies.wording import selection_codes, unknown_words, whom_codes
from resources import path

GOOD = """\
id = "x"
title = "示例"
region = "220282"
document = "示例文件"
valid_from = 2021-01-01
remark = ""

[[requirements]]
id = "all"
title = "全员"
clause = "1"
least = 360

[[requirements]]
id = "heads"
title = "班主任专项"
clause = "2"
whom = { is_head = true, stage = ["小学"] }
window = "cycle"
of = [
    { theme = ["班主任培训"] },
]
least = 30
"""


def wrong(before, after):
    """The only mistake of the good text with one part written otherwise."""
    assert before in GOOD
    reading = read_text(GOOD.replace(before, after, 1))
    assert reading.pack is None
    (found,) = reading.mistakes
    return found


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ('clause = "2"\n', "", 14, ["班主任专项", "条款（requirements.clause）", "缺少"]),
        ('window = "cycle"', 'window = "cykle"', 19,
         ["时间范围", "是不是 cycle？", "year（每个年度）"]),
        ('window = "cycle"', 'window = "学期"', 19, ["每个学期"]),
        ('window = "cycle"', 'window = "每个年度"', 19, ["是不是 year？"]),
        ('window = "cycle"', 'measure = "hour"', 19, ["计量", "是不是 hours？", "学时", "次数"]),
        ("least = 30", "least = 0", 23, ["至少（requirements.least）", "写的是 0", "大于 0"]),
        ("least = 30", "least = 3.333", 23, ["最多两位小数"]),
        ("least = 30", 'least = "三十"', 23, ["三十", "要写数字"]),
        ('["小学"]', '"小学"', 18, ["对象 › 学段", "方括号"]),
        ("is_head = true", 'is_head = "maybe"', 18, ["是否班主任", "true（是）"]),
        ('{ theme = ["班主任培训"] }', '{ them = ["班主任培训"] }', 20,
         ["计入的培训第 1 项", "是不是 theme（项目类别）"]),
        ('stage = ["小学"]', '"学段" = ["小学"]', 18, ["应写 stage"]),
        ('window = "cycle"', 'mode = ["集中"]', 19, ["班主任专项", "要写在 of = [{ }] 里面"]),
        ('window = "cycle"', "special_post = true", 19, ["要写在 whom = { } 里面"]),
        ("whom = { is_head = true, stage = [\"小学\"] }", 'whom = "班主任"', 18,
         ["对象（requirements.whom）", "如 whom = { is_head = true }"]),
        ('id = "heads"', 'id = "班主任"', 15, ["小写英文字母"]),
        ('id = "heads"', 'id = "all"', 15, ["“all”", "第 9 行", "改掉一个"]),
        ('region = "220282"', 'region = "桦甸"', 3, ["行政区划（region）", "六位"]),
        ("valid_from = 2021-01-01", 'valid_from = "去年"', 5, ["起始日期", "2021-01-01"]),
        ('remark = ""', 'remarc = ""', 6, ["没有“remarc”这个项目", "是不是 remark（说明）？"]),
        ('window = "cycle"', 'window = "post"', 14, ["职务"]),
    ],
)  # fmt: skip
def test_each_mistake_is_named_with_its_line_its_field_and_the_remedy(before, after, line, words):
    found = wrong(before, after)
    assert found.line == line
    for word in words:
        assert word in found.told


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ('title = "示例"', "title = “示例”", 2, "中文标点 “ ，请改成英文的 \""),
        ('title = "示例"', 'title ＝ "示例"', 2, "请改成英文的 ="),
        ('whom = { is_head = true, stage', "whom = { is_head = true， stage", 18, "请改成英文的 ,"),
        ('title = "示例"', 'title = "示例', 2, "引号没有成对"),
        ('title = "示例"', 'title "示例"', 2, "缺少等号"),
        ('title = "示例"', 'title = 示例', 2, "要用英文引号括起来"),
        ('title = "示例"', 'title = "示例" 甲', 2, "多余的内容"),
        ('title = "示例"', 'title = "示例"\ntitle = "再来"', 3, "写了两遍"),
        ('[[requirements]]\nid = "all"', '[requirements]\nid = "all"', 14, "[[名称]]"),
        ("valid_from = 2021-01-01", "valid_from = 2021-13-41", 5, ""),
        ("valid_from = 2021-01-01", "valid_from = 2021年1月1日", 5, "日期写成 2021-01-01"),
        ("least = 360", "least = 360学时", 12, "数字后面不写单位"),
        ('title = "示例"', '名称 = "示例"', 2, "“名称”应写 title"),
        ('[[requirements]]\nid = "all"', '[[教师的要求]]\nid = "all"', 8, "应写 requirements"),
    ],
)  # fmt: skip
def test_what_is_no_toml_is_told_with_its_line(before, after, line, words):
    found = wrong(before, after)
    assert found.code == "policy.not_toml"
    assert found.line == line
    assert words in found.sentence
    assert "Expected" not in found.sentence


def test_an_end_that_comes_too_early_is_told():
    reading = read_text(GOOD + "\nof = [")
    assert "成对" in reading.mistakes[0].sentence


def test_words_no_table_knows_are_named_with_those_that_are_near():
    codes = load_codes()
    text = GOOD.replace("班主任培训", "班主任培川").replace(
        "least = 360", 'least = 360\nrelief = ["产家"]'
    )
    found = unknown_words(read_text(text).pack, codes)
    assert [(one.place, one.word) for one in found] == [
        (("requirements", 0, "relief"), "产家"),
        (("requirements", 1, "of", 0, "theme"), "班主任培川"),
    ]
    assert "产假" in found[0].near
    assert "班主任培训" in found[1].near
    assert found[1].sentence.startswith("代码表“项目类别”中没有“班主任培川”，是不是")


def test_words_mean_codes_by_name_and_alias():
    codes = load_codes()
    assert whom_codes(Whom(stage=("小学", "初级中学")), codes)["stage"] >= {
        codes["stage"].find("小学").code
    }
    chosen = requirements.Selection(mode=("面授",), kind=("冲抵",))
    found = selection_codes(chosen, codes)
    assert found == {"mode": {codes["training_mode"].find("集中").code}, "kind": {"offset"}}


def test_every_shipped_pack_uses_only_words_the_tables_know():
    codes = load_codes()
    assert [one for pack in shipped_packs() for one in unknown_words(pack, codes)] == []


def test_every_field_and_every_fixed_word_has_a_chinese_name():
    parts = [
        one for module in (records, requirements) for one in vars(module).values()
        if isinstance(one, type) and hasattr(one, "model_fields") and one is not Rules
    ]  # fmt: skip
    for part in parts:
        names = WHOM if part is Whom else FIELDS
        assert set(part.model_fields) <= set(names), part
    offered = {
        "window": requirements.Window, "measure": requirements.Measure, "base": records.Base,
        "prorate": requirements.Prorate, "unit": requirements.TargetUnit, "strata": records.Stratum,
    }  # fmt: skip
    for name, kinds in offered.items():
        assert set(CHOICES[name]) == set(kinds.__args__), name
    assert set(CHOICES["rounding"]) == {
        *records.Rounding.__args__,
        *records.CreditRounding.__args__,
    }
    assert choice_name("windows", "term") == "每个学期"


def test_places_are_said_in_chinese_and_found_in_the_text():
    raw = {"requirements": [{"title": "甲"}, {"title": "乙"}]}
    assert place_words(("requirements", 1, "whom", "title"), raw) == "第 2 条要求“乙” › 对象 › 职称"
    assert line_of(GOOD, ("requirements", 1, "of", 0, "theme")) == 20
    assert line_of(GOOD, ("cycle",)) == 0
    below = '[[requirements]]\nid = "a"\n[requirements.whom]\nstage = ["小学"]\n'
    assert lines_of(below)["requirements", 0, "whom", "stage"] == 4


def test_a_requirement_is_told_in_one_sentence():
    wenzhou = next(one for one in shipped_packs() if one.id == "wenzhou-2012")
    said = {one.id: requirement_line(one).sentence for one in wenzhou.requirements}
    assert said["long-course-90"] == (
        "全体教师｜整个周期｜集中培训一次不少于 90 学时｜至少 1 次｜"
        "依据：4 「教师至少参加一次不少于90学时的集中培训」"
    )
    assert said["new-principal-90"].startswith(
        "任校长的教师｜到岗起 12 个月内｜集中形式的新任校长任职资格培训｜至少 90 学时｜"
    )


def test_everything_a_demand_can_say_is_told():
    demand = Requirement.model_validate(
        {
            "id": "x", "title": "甲", "clause": "1", "least": "2.5", "measure": "credits",
            "whom": {"not_status": ["产假"], "service_from": 3, "service_below": 10,
                     "is_head": False, "special_post": True, "post": ["校长", "园长"]},
            "of": [{"level": ["国家级", "省级"], "kind": ["冲抵"]}, {"mode": ["远程"]}],
            "prorate": "months", "relief": ["产假", "病假"], "stamp": False,
        }
    )  # fmt: skip
    said = requirement_line(demand).said
    assert said == (
        "任校长或园长，且不含产假，且教龄满 3 年，且教龄不满 10 年的非班主任、特岗教师｜整个周期｜"
        "以冲抵记入的国家级或省级培训，或远程培训｜至少 2.5 学分｜中途参加工作的按月折算｜"
        "经批准的产假或病假按月减免｜不影响验印"
    )
    assert whom_words(Whom()) == "全体教师"
    assert whom_words(Whom(is_head=True)) == "班主任"


def test_every_rule_of_every_shipped_pack_is_told():
    packs = shipped_packs()
    for pack in packs:
        whole = complete(pack.id, packs)
        sections = {one.title: one.lines for one in pack_sections(whole)}
        assert len(sections["教师的要求"]) == len(whole.requirements)
        assert len(sections.get("单位的指标", ())) == len(whole.targets)
        for lines in sections.values():
            for line in lines:
                assert all(line.parts), (pack.id, line)
                assert "None" not in line.sentence


HEAD = GOOD.split("[[requirements]]", maxsplit=1)[0]
RATIOS = f"""{HEAD}
[conversion]
hours = 10
credits = 1
clause = "1"

[[conversions]]
hours = 20
credits = 1
clause = "2"
of = [{{ mode = ["跟岗实践"] }}]

[[conversions]]
hours = 6
credits = 1
clause = "3"
rounding = "down"
of = [{{ mode = ["集中"], theme = ["骨干教师培训"] }}, {{ theme = ["校长提高培训"] }}]
"""


@pytest.mark.parametrize(
    ("mode", "theme", "hours", "exact", "credits"),
    [
        ("集中", "全员培训", 15, Fraction(3, 2), "1.5"),
        ("跟岗实践", "骨干教师培训", 30, Fraction(3, 2), "1.5"),
        ("集中", "骨干教师培训", 10, Fraction(5, 3), "1.66"),
        ("远程", "校长提高培训", 90, Fraction(15), "15"),
        ("远程", "骨干教师培训", 7, Fraction(7, 10), "0.7"),
        (None, None, 1, Fraction(1, 10), "0.1"),
    ],
)
def test_credits_go_by_form_and_theme_and_are_exact(mode, theme, hours, exact, credits):
    codes = load_codes()
    pack = read_text(RATIOS).pack
    rules = pack_for("220282", pack.valid_from, [pack, *shipped_packs()], ("x",))
    code = {
        "training_mode": mode and codes["training_mode"].find(mode).code,
        "training_theme": theme and codes["training_theme"].find(theme).code,
    }
    rule = conversion_of(rules, codes, code["training_mode"], code["training_theme"])
    assert exact_credits(rule, Decimal(hours)) == exact
    assert credits_for(rule, Decimal(hours)) == Decimal(credits)
    assert "20 学时折 1 学分" in str(pack_sections(pack))


def test_the_manual_names_every_field_as_the_program_does():
    manual = path("help/policies.md").read_text("utf-8")
    for names in (FIELDS, WHOM):
        for key, title in names.items():
            assert f"`{key}` {title}" in manual or f"| `{key}` | {title} |" in manual, key
