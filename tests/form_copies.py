"""Copies of certificate forms for tests: made-up values, a photo, a code, a small form."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from models.progress import Progress
from reports.kit.copies import Copy, print_copies
from reports.kit.forms import Form
from reports.kit.furniture import Output
from reports.kit.paper import About
from tests.papers import NOW, own_fonts

VALUES = {
    "number": "桦师训〔2026〕证字第0001号", "name": "王芳", "sex": "女", "birth": "1985年3月",
    "ethnicity": "汉族", "id_number": "220282********0024", "school": "桦甸市第四中学",
    "education": "大学本科", "rank": "中小学高级教师", "teaching": "初中数学", "subject": "数学",
    "course": "《教师的教学技能》专题研修", "held_by": "桦甸市教师进修学校举办的",
    "period": "于2026年7月1日至7月5日", "amount": "15 学时、1.5 学分", "hours": "360",
    "credits": "36", "verdict": "考核成绩合格，", "batch": "第五期", "title": "县级骨干教师",
    "valid_from": "2025年9月1日", "valid_to": "2028年8月31日", "award": "一等奖",
    "occasion": "城乡教师对口帮扶工程", "year": "2026", "issuer": "桦甸市教师进修学校",
    "issued_on": "二〇二六年七月二十一日", "mentor": "张红梅", "mentor_school": "桦甸市第四中学",
    "mentee": "李强", "mentee_school": "常山镇中心小学", "goals": "三年内达到基础型教师标准。",
    "tasks": "师傅每月听徒弟的课不少于两节；徒弟每学期上汇报课一节。", "state": "已达标",
    "exam": "2026年年末教师业务统考", "exam_subject": "初中数学", "cycle": "2021—2025",
    "exam_day": "2026年12月20日 9:00—11:00", "exam_place": "桦甸市第四中学", "room": "第3考场",
    "seat": "12", "heading": "对口帮扶协议书", "mentor_word": "帮扶教师", "mentee_word": "帮扶对象",
}  # fmt: skip
ROW = {
    "from_to": "2026.07.01—07.05", "training": "中小学教师信息技术应用能力提升工程", "mode": "面授",
    "hours": "15", "credits": "1.5", "score": "合格", "organizer": "桦甸市教师进修学校",
    "clerk": "赵敏", "year": "2026", "opinion": "合格，准予登记", "sealed_on": "2026-12-20",
}  # fmt: skip
CODE = "TC1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDEX" * 3

SMALL = {
    "name": "small",
    "title": "样张",
    "width": 150,
    "height": 100,
    "fields": [
        {"key": "姓名", "text": "{name}", "x": 42, "y": 42, "width": 60},
        {"key": "抬头", "text": "证书", "x": 75, "y": 15, "width": 60, "align": "center"},
    ],
}


def small_form(**parts) -> Form:
    """A form of one value and one fixed word, with parts added or replaced."""
    return Form.model_validate(SMALL | parts)


@cache
def portrait(size=(295, 413), kind="JPEG") -> bytes:
    """A face, more or less."""
    picture = Image.new("RGB", size, "#4A7FB5")
    across, down = size
    face = (across * 0.3, down * 0.2, across * 0.7, down * 0.55)
    ImageDraw.Draw(picture).ellipse(face, fill="#F0D0B0")
    out = BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def full_copy(form: Form, *, lines=(), **changes) -> Copy:
    """A copy with everything the form has room for."""
    values = {name: VALUES[name] for name in form.values} | changes
    return Copy(values.get("name", "样张"), values, portrait(), CODE, dict.fromkeys(lines, ROW))


def printed(form, copies, out, printing=None, progress=None):
    """Print with the program's own fonts."""
    output = Output(out, own_fonts(), NOW, progress or Progress())
    about = About(form.title, author="桦甸市教师进修学校", made_at=NOW)
    return print_copies(form, copies, about, output, printing)
