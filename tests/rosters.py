"""Clean rosters of any size for tests, written with openpyxl as a school would."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

HEADER = ("姓名", "性别", "身份证号", "所在学校", "学段", "任教学科", "职称", "联系电话")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "芳敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂"


def id_number(number: int) -> str:
    """A well-formed ID number of a woman or man for each number below 360,000."""
    born = f"{1970 + number % 30}{1 + number // 30 % 12:02d}{1 + number // 360 % 28:02d}"
    digits = f"220282{born}{number // 10_080 % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


def person(number: int) -> tuple[str, ...]:
    """The cells of one person, in the order of ``HEADER``."""
    surname = SURNAMES[number % len(SURNAMES)]
    given = GIVEN[number // 20 % 20] + GIVEN[number // 400 % 20]
    number_text = id_number(number)
    sex = "男" if int(number_text[16]) % 2 else "女"
    phone = f"138{number:08d}"
    return (surname + given, sex, number_text, "桦甸市第五中学", "初中", "数学", "一级教师", phone)


def write_roster(path: Path, people: int) -> Path:
    """A roster of so many people; gives its path."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("教师名册")
    sheet.append(HEADER)
    for number in range(people):
        sheet.append(person(number))
    book.save(path)
    return path
