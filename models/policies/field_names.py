"""Chinese names of everything a rule pack can say: its fields, and the words to choose from.

The one table of them: messages, the rules page, the sentences and the manual take them from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

WHOM: dict[str, str] = {
    "status": "岗位状态", "not_status": "不含的岗位状态", "post": "职务", "title": "职称",
    "education": "学历", "stage": "学段", "track": "培训方式", "backbone": "骨干级别",
    "subject": "任教学科", "location": "学校的城乡属性", "school_type": "学校的机构类型",
    "is_head": "是否班主任", "special_post": "是否特岗教师", "service_from": "教龄满（年）",
    "service_below": "教龄不满（年）",
}  # fmt: skip
"""Conditions on people."""

SELECTION: dict[str, str] = {
    "mode": "培训形式", "theme": "项目类别", "level": "培训级别", "nature": "课程性质",
    "kind": "登记类别", "hours_from": "一次不少于（学时）",
}  # fmt: skip
"""Conditions on trainings."""

FIELDS: dict[str, str] = {
    "id": "编号", "title": "名称", "region": "行政区划", "document": "文件",
    "valid_from": "起始日期", "valid_until": "截止日期", "remark": "说明",
    "based_on": "所依据的规则包", "drop": "不再适用的要求",
    "cycle": "周期", "conversion": "学时折算学分", "conversions": "分类折算", "day": "每日学时",
    "pass_mark": "及格线", "sampling": "抽样", "numbering": "证书编号", "people": "考核范围",
    "terms": "学期", "exclusions": "不计入的学时", "requirements": "教师的要求",
    "targets": "单位的指标", "designations": "认定",
    "clause": "条款", "quote": "原文", "whom": "对象", "window": "时间范围", "months": "月数",
    "measure": "计量", "of": "计入的培训", "for_all": "人人必修的课程", "least": "至少",
    "prorate": "按月折算", "relief": "可减免的状态", "stamp": "是否影响验印",
    "unit": "考核单位", "whole": "总体", "part": "其中计入的人", "figure": "填报数据",
    "of_figure": "占填报数据", "per": "每多少人一名", "needs": "须达到的要求", "veto": "一票否决",
    "windows": "时间范围", "reason": "原因", "first_months": "各学期的起始月份",
    "first_year": "首年", "years": "年数", "hours": "学时", "credits": "学分", "rounding": "取舍",
    "mark": "及格分", "full": "满分", "fraction": "比例", "base": "抽取对象", "strata": "分层",
    "completion": "结业证书编号",
    **SELECTION,
}  # fmt: skip
"""Everything else, whatever part of the pack it stands in."""

CHOICES: dict[str, dict[str, str]] = {
    "window": {
        "cycle": "整个周期", "year": "每个年度", "term": "每个学期", "probation": "试用期",
        "post": "任职初期",
    },
    "measure": {"hours": "学时", "credits": "学分", "count": "次数", "courses": "必修课程"},
    "prorate": {"none": "不折算", "months": "按月折算"},
    "unit": {"school": "学校", "county": "全县"},
    "rounding": {
        "half-up": "四舍五入", "down": "舍去", "ceiling": "向上取整",
        "half-up-min-1": "四舍五入，至少 1 人", "largest-remainder": "最大余数法",
    },
    "base": {
        "subject": "学科教师", "class": "任课教师", "all": "全体教师", "unit": "各单位人员",
    },
    "strata": {"school": "学校", "subject": "学科", "stage": "学段"},
    "kind": {"登记": "登记", "课程": "课程", "冲抵": "冲抵"},
}  # fmt: skip
"""Field to its fixed words and what they mean."""

_LISTED = {
    "requirements": "第 {} 条要求", "targets": "第 {} 条指标", "designations": "第 {} 条认定",
    "exclusions": "第 {} 条不计入", "conversions": "第 {} 条分类折算",
    "of": "计入的培训第 {} 项", "for_all": "人人必修的课程第 {} 项",
}  # fmt: skip
_PEOPLE = frozenset({"whom", "whole", "part", "people"})


def field_name(key: str, within: str = "") -> str:
    """The Chinese name of a field; ``within`` is the part it stands in, such as ``whom``."""
    names = WHOM if within in _PEOPLE else FIELDS
    return names.get(key, key)


def choice_name(key: str, word: str) -> str:
    """What a fixed word of a field means."""
    return CHOICES["window" if key == "windows" else key].get(word, word)


def place_words(place: Sequence[str | int], pack: object = None) -> str:
    """A place within a pack as a person says it: 第 3 条要求“班主任培训” › 对象 › 学段.

    Args:
        place: keys and numbers from the outside in.
        pack: the text as read, for the titles of what is numbered.
    """
    words: list[str] = []
    here = pack
    within = ""
    for one in place:
        here = _inside(here, one)
        if isinstance(one, int):
            pattern = _LISTED.get(within, "第 {} 项")
            words[-1:] = [pattern.format(one + 1) + _titled(here)]
        else:
            words.append(field_name(one, within))
            within = one
    return " › ".join(words)


def place_keys(place: Sequence[str | int]) -> str:
    """The same as the keys of the text: ``requirements.whom.stage``."""
    return ".".join(one for one in place if isinstance(one, str))


def _inside(here: object, one: str | int) -> object:
    if isinstance(here, Mapping):
        return here.get(one)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if isinstance(here, Sequence) and isinstance(one, int) and one < len(here):  # pyright: ignore[reportUnknownArgumentType]
        return here[one]  # pyright: ignore[reportUnknownVariableType]
    return None


def _titled(here: object) -> str:
    title = _inside(here, "title")
    return f"“{title}”" if isinstance(title, str) and title else ""
