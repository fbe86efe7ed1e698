"""The parts and properties of a certificate form in the office's words, and their mistakes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from reports.kit.font_roles import ROLE_TITLES

if TYPE_CHECKING:
    import tomllib
    from collections.abc import Mapping, Sequence

    from pydantic import ValidationError


class Title(NamedTuple):
    """What a property is called, what it is measured in, and a word more where it needs one."""

    title: str
    unit: str = ""
    note: str = ""


_AT = re.compile(r"\(at line (\d+), column (\d+)\)$")
MM = "毫米"
PT = "磅"

SLOTS = {
    "fields": "文字",
    "lines": "横线",
    "boxes": "方框",
    "seal": "印章位置",
    "frame": "边框",
    "photo": "照片位置",
    "code": "二维码位置",
    "rows": "登记行",
    "columns": "栏",
    "background": "底图",
}
"""Parts by the attribute of the form that holds them."""

_PROPERTIES = {
    "key": Title("名称", note="在本样式中的叫法"),
    "text": Title("内容"),
    "x": Title("距左边", MM),
    "y": Title("距上边", MM),
    "width": Title("宽", MM),
    "height": Title("高", MM),
    "role": Title("字体"),
    "size": Title("字号", PT),
    "colour": Title("颜色"),
    "tracking": Title("字间距", PT),
    "align": Title("对齐"),
    "fit": Title("写不下时"),
    "smallest": Title("最小字号", PT),
    "leading": Title("行距", MM),
    "lines": Title("最多行数", "行"),
    "indent": Title("首行缩进", "字"),
    "value_role": Title("值的字体"),
    "printed": Title("套打时打印", note="印好的纸上已有的文字不必再打"),
    "first_y": Title("首行底线距上边", MM),
    "pitch": Title("行与行相距", MM),
    "count": Title("每页行数", "行"),
    "picture": Title("图片"),
    "padded": Title("两字姓名中间空一格"),
    "middle": Title("多行时上下居中"),
    "start": Title("起点", MM),
    "end": Title("终点", MM),
    "thickness": Title("线宽", MM),
    "diameter": Title("直径", MM),
    "name": Title("编号", note="小写英文、数字和连字符"),
    "title": Title("名称"),
    "kind": Title("式样"),
    "margin": Title("离纸边", MM),
    "band": Title("花边宽", MM),
    "accent": Title("花边颜色"),
}
_SPECIAL = {
    ("fields", "x"): Title("横向位置", MM, "左对齐量到左端，居中量到中点，右对齐量到右端"),
    ("fields", "y"): Title("底线距上边", MM),
    ("seal", "x"): Title("圆心距左边", MM),
    ("seal", "y"): Title("圆心距上边", MM),
    ("code", "size"): Title("边长", MM, "连同四周的白边"),
    ("background", "printed"): Title("白纸打印时也印底图"),
    ("", "width"): Title("纸宽", MM),
    ("", "height"): Title("纸高", MM),
}

CHOICES: Mapping[str, Mapping[str, str]] = {
    "Role": {str(role): title for role, title in ROLE_TITLES.items()},
    "Align": {"left": "左对齐", "center": "居中", "right": "右对齐"},
    "Fit": {"shrink": "缩小字号", "wrap": "折行"},
    "FrameKind": {"none": "无", "plain": "双细线", "meander": "回纹"},
}
"""The words for the members of an enumeration, by its name and the member's value."""


def title_of(slot: str, name: str) -> Title:
    """What a property is called; ``slot`` is "" for the form's own."""
    return _SPECIAL.get((slot, name)) or _PROPERTIES.get(name) or Title(name)


def sentences(error: ValidationError) -> list[str]:
    """What is wrong, a sentence without its full stop for each place."""
    return [
        f"{place}：{said(one)}" if (place := place_words(one["loc"])) else said(one)
        for one in error.errors()
    ]


def toml_words(error: tomllib.TOMLDecodeError) -> str:
    """Where a text cannot be read as TOML."""
    found = _AT.search(str(error))
    return f"第 {found[1]} 行第 {found[2]} 个字处读不下去" if found else "末尾没有写完"


def place_words(location: Sequence[str | int]) -> str:
    """A place in a form: ``第 3 个文字的宽``, and behind it as the file names it."""
    words, slot = "", ""
    for step in location:
        if isinstance(step, int):
            words = f"第 {step + 1} 个{words}"
        elif step in SLOTS and not words:
            slot, words = step, SLOTS[step]
        else:
            name = title_of(slot, step).title
            words = f"{words}的{name}" if words else name
    path = " → ".join(str(step) for step in location)
    return f"{words}（{path}）" if words else ""


def said(error: Mapping[str, Any]) -> str:
    """What is wrong with one property, as pydantic describes an error."""
    limits = error.get("ctx", {})
    kind = error["type"]
    if kind in _SAID:
        return _SAID[kind].format(**limits)
    if kind == "value_error":
        return _own_words(str(limits["error"]))
    return error["msg"]


_SAID = {
    "missing": "没有写",
    "extra_forbidden": "不认识这一项",
    "greater_than": "要大于 {gt:g}",
    "greater_than_equal": "不能小于 {ge:g}",
    "less_than": "要小于 {lt:g}",
    "less_than_equal": "不能大于 {le:g}",
    "string_pattern_mismatch": "写法不对；颜色要写成 # 加六位数字或字母，如 #1F4E79",
    "enum": "只能是 {expected}",
    "too_short": "不能少于 {min_length} 项",
    "too_long": "不能多于 {max_length} 项",
} | {
    kind: words
    for kinds, words in (
        (("float_type", "float_parsing", "finite_number"), "要填数字"),
        (("int_type", "int_parsing", "int_from_float"), "要填整数"),
        (("string_type",), "要填文字"),
        (("bool_type", "bool_parsing"), "要填 true 或 false"),
        (("tuple_type", "list_type"), "要写成一列，如 [20, 30]"),
        (("model_type", "model_attributes_type", "dict_type"), "要写成一组值"),
    )
    for kind in kinds
}


def _own_words(message: str) -> str:
    """Python tells of braces that do not match in English."""
    return message if re.search(r"[\u4e00-\u9fff]", message) else "花括号没有成对，如 {name}"
