"""The values that certificate forms may name between braces: what each means, and a sample.

The names are the language between kinds of certificates and forms. Samples are made up; they serve
the preview while no certificate of the register is chosen.
"""

from __future__ import annotations

from typing import NamedTuple


class ValueName(NamedTuple):
    """What a name in braces stands for.

    Attributes:
        title: its meaning in the office's words.
        sample: what it usually looks like.
        longest: about the longest text that occurs, for trying a form out.
    """

    title: str
    sample: str
    longest: str


def _value(title: str, sample: str, longest: str = "") -> ValueName:
    return ValueName(title, sample, longest or sample)


_LONG_SCHOOL = "桦甸市红石砬子镇中心小学校附设蓝旗村幼儿园"

VALUE_NAMES = {
    "number": _value("证书编号", "桦2025-JY-0001", "220282-2025-继续教育-000001"),
    "name": _value("姓名", "张红梅", "古丽米热·买买提艾力"),
    "sex": _value("性别", "女"),
    "birth": _value("出生年月", "1985年3月"),
    "ethnicity": _value("民族", "汉族", "柯尔克孜族"),
    "id_number": _value("身份证号", "2202821985****0024"),
    "id_tail": _value("身份证号后四位", "0024"),
    "school": _value("工作单位", "桦甸市第一中学", _LONG_SCHOOL),
    "education": _value("学历", "大学本科", "研究生（硕士学位）"),
    "rank": _value("职称", "中小学高级教师", "中小学正高级教师（三级）"),
    "position": _value("职务", "教研组长", "副校长兼教务主任"),
    "teaching": _value("学段和学科", "小学语文", "九年一贯制学校道德与法治"),
    "stage": _value("学段", "小学", "九年一贯制学校"),
    "subject": _value("学科", "语文", "信息技术与综合实践"),
    "course": _value("课程", "《教师教学技能》", "《义务教育课程方案和课程标准（2022年版）解读》"),
    "organizer": _value("举办单位", "桦甸市教师进修学校", "吉林省教育学院教师培训中心"),
    "held_by": _value(
        "举办单位（带“举办的”）", "桦甸市教师进修学校举办的", "吉林省教育学院教师培训中心举办的"
    ),
    "period": _value("起止日期", "于2025年7月10日至7月15日", "于2025年7月10日至2026年1月15日"),
    "amount": _value("学时和学分", "30 学时、3 学分", "120 学时、12.5 学分"),
    "hours": _value("学时", "30", "120.5"),
    "credits": _value("学分", "3", "12.5"),
    "result": _value("考核结果", "合格", "优秀"),
    "verdict": _value("考核结论", "考核成绩合格，"),
    "batch": _value("期次", "第五期", "第二十五期"),
    "title": _value("称号", "县级骨干教师", "中小学学科带头人培养对象"),
    "level": _value("级别", "县级", "省级"),
    "valid_from": _value("有效期起", "2025年9月", "2025年12月31日"),
    "valid_to": _value("有效期止", "2028年8月", "2028年12月31日"),
    "award": _value("奖项", "一等奖", "先进单位特等奖"),
    "occasion": _value("评选活动", "“师徒结对”考核", "中小学教师教学基本功大赛决赛"),
    "year": _value("年度", "2025"),
    "issuer": _value("发证单位", "桦甸市教师进修学校", "桦甸市教育局教师继续教育办公室"),
    "issued_on": _value("发证日期", "2025年9月20日", "2025年12月31日"),
    "copy_mark": _value("补发标记", "补"),
    "mentor": _value("师傅", "李文秀", "古丽米热·买买提艾力"),
    "mentor_school": _value("师傅单位", "桦甸市实验小学", _LONG_SCHOOL),
    "mentee": _value("徒弟", "王䶮", "古丽米热·买买提艾力"),
    "mentee_school": _value("徒弟单位", "桦甸市第一中学", _LONG_SCHOOL),
    "goals": _value("培养目标", "一年站稳讲台，三年成为骨干教师。"),
    "tasks": _value("任务", "每月听课不少于四节，每学期上一节汇报课。"),
    "heading": _value("协议名称", "师徒结对协议书", "城乡教师对口帮扶协议书"),
    "mentor_word": _value("师傅称谓", "师傅", "帮扶教师"),
    "mentee_word": _value("徒弟称谓", "徒弟", "帮扶对象"),
    "exam": _value("考试名称", "教师专业知识抽考", "中小学教师专业知识和教学能力抽考"),
    "exam_subject": _value("考试科目", "小学语文", "道德与法治"),
    "exam_day": _value("考试时间", "2025年10月18日 9:00", "2025年12月18日 13:30—16:30"),
    "exam_place": _value("考点", "桦甸市第一中学", _LONG_SCHOOL),
    "room": _value("考场", "第 3 考场", "第 103 考场"),
    "seat": _value("座位号", "17"),
    "cycle": _value("周期", "2021—2025"),
    "state": _value("结论", "已达标", "未达标"),
    "opinion": _value("审核意见", "合格", "学时已满，准予登记"),
    "sealed_on": _value("盖章日期", "2025-12-20"),
    "from_to": _value("起止日期（登记行）", "2025.07.10—07.15", "2025.07.10—2026.01.15"),
    "training": _value("培训内容（登记行）", "教师教学技能", "义务教育课程标准（2022年版）解读"),
    "mode": _value("培训方式（登记行）", "面授", "网络与面授"),
    "score": _value("成绩（登记行）", "合格", "优秀"),
    "clerk": _value("经办人（登记行）", "王"),
}
"""By name, in the order in which the designer offers them."""


def sample_values(*, longest: bool = False) -> dict[str, str]:
    """A text for every name: usual ones, or about the longest that occur."""
    return {name: known.longest if longest else known.sample for name, known in VALUE_NAMES.items()}


def words_of(text: str) -> str:
    """A text with its values by meaning: ``{name} 同志`` becomes ``〔姓名〕 同志``."""
    for name, known in VALUE_NAMES.items():
        text = text.replace(f"{{{name}}}", f"〔{known.title}〕")
    return text
