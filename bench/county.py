"""Generated rosters for measuring: well-formed, of thirty columns, the same for a size."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter import Workbook

COLUMNS = (
    "序号",
    "教师编号",
    "姓名",
    "曾用名",
    "性别",
    "证件类型",
    "身份证号",
    "出生日期",
    "民族",
    "所在学校",
    "学段",
    "任教学科",
    "职务",
    "是否班主任",
    "职称",
    "学历",
    "毕业院校",
    "参加工作时间",
    "教龄",
    "骨干级别",
    "岗位状态",
    "联系电话",
    "备注",
    "政治面貌",
    "普通话等级",
    "周课时",
    "QQ号",
    "照片",
    "家庭住址",
    "邮政编码",
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "芳敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉梅红春兰凤洁云莲真环雪荣爱妹香月莺媛瑞凡佳"
SUBJECTS = ("语文", "数学", "英语", "物理", "化学", "生物", "历史", "地理", "体育", "音乐", "美术")
STAGES = ("幼儿园", "小学", "初中", "高中")
SCHOOLS = 120
ALIKE = {
    "证件类型": "居民身份证",
    "民族": "汉族",
    "职务": "教师",
    "职称": "一级教师",
    "学历": "本科",
    "毕业院校": "东北师范大学",
    "参加工作时间": "2008-08",
    "教龄": "17",
    "岗位状态": "在岗",
    "政治面貌": "群众",
    "普通话等级": "二级甲等",
    "周课时": "12",
    "家庭住址": "吉林省桦甸市",
    "邮政编码": "132400",
}


def id_number(number: int) -> str:
    """A well-formed ID number, another one for each number below ten million."""
    born = f"{1965 + number % 35}{1 + number // 35 % 12:02d}{1 + number // 420 % 28:02d}"
    place = 220200 + number // (420 * 28 * 999) % 90
    digits = f"{place}{born}{1 + number // (420 * 28) % 999:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


def school(number: int) -> str:
    """The full name of one of the county's schools."""
    return f"桦甸市第{number % SCHOOLS + 1}小学"


def person(number: int) -> tuple[str, ...]:
    """The cells of one teacher, in the order of ``COLUMNS``."""
    identity = id_number(number)
    name = SURNAMES[number % 40] + GIVEN[number // 40 % 40] + GIVEN[number // 1600 % 40]
    told = {
        "序号": str(number + 1),
        "教师编号": f"T{number:07d}",
        "姓名": name,
        "性别": "男" if int(identity[16]) % 2 else "女",
        "身份证号": identity,
        "出生日期": f"{identity[6:10]}-{identity[10:12]}-{identity[12:14]}",
        "所在学校": school(number),
        "学段": STAGES[number % 4],
        "任教学科": SUBJECTS[number % 11],
        "是否班主任": "是" if number % 5 == 0 else "否",
        "联系电话": f"139{number % 100_000_000:08d}",
        "QQ号": str(number + 10_000),
    }
    return tuple(told.get(title, ALIKE.get(title, "")) for title in COLUMNS)


def write_roster(path: Path, people: int) -> Path:
    """A roster of so many people as Excel would save it."""
    with Workbook(str(path), {"constant_memory": False}) as book:
        sheet = book.add_worksheet("教师名册")
        sheet.write_row(0, 0, COLUMNS)
        for number in range(people):
            sheet.write_row(number + 1, 0, person(number))
    return path


def write_schools(path: Path) -> Path:
    """The list of the county's schools."""
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("机构")
        sheet.write_row(0, 0, ("机构名称", "简称", "机构类型", "办学学段"))
        for number in range(SCHOOLS):
            name = school(number)
            sheet.write_row(number + 1, 0, (name, name.removeprefix("桦甸市"), "小学", "小学"))
    return path
