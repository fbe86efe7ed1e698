"""What a value of a pack should have been, in the words of a clerk."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from rapidfuzz import process

from models.policies.field_names import CHOICES, FIELDS, SELECTION, WHOM
from models.policies.records import (
    ConversionOf,
    CycleRule,
    Day,
    Numbering,
    Pack,
    PassMark,
    Sampling,
)
from models.policies.requirements import (
    Designation,
    Exclusion,
    Requirement,
    Selection,
    Target,
    Terms,
    Whom,
)

_MODELS: dict[str, type[BaseModel]] = {
    "": Pack, "cycle": CycleRule, "conversion": ConversionOf, "conversions": ConversionOf,
    "day": Day, "pass_mark": PassMark, "sampling": Sampling, "numbering": Numbering,
    "people": Whom, "whom": Whom, "whole": Whom, "part": Whom, "of": Selection,
    "for_all": Selection, "terms": Terms, "exclusions": Exclusion, "requirements": Requirement,
    "targets": Target, "designations": Designation,
}  # fmt: skip
_LIKELY = 60
_PATTERNS = {
    "region": "要写六位行政区划代码，如 220282",
    "id": "只能用小写英文字母、数字和连字符，如 head-teacher-30",
}
_TYPES = {
    "missing": "缺少这一项，请补上",
    "tuple_type": "要写成列表，用方括号括起来，如 [\"集中\"]",
    "string_type": "要写成文字，用英文引号括起来",
    "bool_type": "要写 true（是）或 false（否），不加引号",
    "bool_parsing": "要写 true（是）或 false（否），不加引号",
    "int_type": "要写整数，不加引号",
    "int_parsing": "要写整数，不加引号",
    "int_from_float": "要写整数，没有小数",
    "decimal_type": "要写数字，不加引号",
    "decimal_parsing": "要写数字，不加引号",
    "decimal_max_places": "最多两位小数",
    "decimal_max_digits": "数字太长",
    "model_type": "要写成几项条件，用花括号括起来，如 { mode = [\"集中\"] }",
    "model_attributes_type": "要写成几项条件，用花括号括起来，如 { mode = [\"集中\"] }",
    "date_type": "要写成日期，如 2021-01-01，不加引号",
    "date_parsing": "要写成日期，如 2021-01-01，不加引号",
    "date_from_datetime_parsing": "要写成日期，如 2021-01-01，不加引号",
    "date_from_datetime_inexact": "要写成日期，如 2021-01-01，不加引号",
}  # fmt: skip
_EXAMPLES = {
    ("tuple_type", "of"): '最外面要有方括号，如 of = [{ mode = ["集中"] }]',
    ("tuple_type", "for_all"): '最外面要有方括号，如 for_all = [{ nature = ["必修"] }]',
    ("model_type", "whom"): "要用花括号写条件，如 whom = { is_head = true }",
    ("model_type", "people"): '要写成一节，如 [people] 下一行 not_status = ["退休"]',
}
"""Kind of complaint and key to a remedy that shows the very line."""
_BOUNDS = {
    "greater_than": ("gt", "要大于 {}"),
    "greater_than_equal": ("ge", "不能小于 {}"),
    "less_than": ("lt", "要小于 {}"),
    "less_than_equal": ("le", "不能大于 {}"),
}


def complaint(one: dict[str, Any]) -> str:
    """One of pydantic's complaints as a Chinese sentence with the remedy."""
    kind = str(one["type"])
    keys = [part for part in one["loc"] if isinstance(part, str)]
    key = keys[-1] if keys else ""
    if kind == "value_error":  # one of our own sentences
        return f"{one['ctx']['error']}。"
    if kind == "extra_forbidden":
        return _no_such_field(key, keys[-2] if len(keys) > 1 else "")
    if kind == "literal_error":
        return _no_such_choice(key, str(one["input"]))
    if kind in _BOUNDS:
        bound, words = _BOUNDS[kind]
        return f"写的是 {one['input']}，{words.format(one['ctx'][bound])}。"
    if kind == "string_pattern_mismatch":
        return f"写的是“{one['input']}”，{_PATTERNS.get(key, _PATTERNS['id'])}。"
    remedy = _EXAMPLES.get((kind, key)) or _TYPES.get(kind, "这个值不能用")
    if kind == "missing" or isinstance(one["input"], dict | list):
        return f"{remedy}。"
    return f"写的是“{_short(one['input'])}”，{remedy}。"


def _no_such_field(key: str, part: str) -> str:
    """A key nobody knows: what it may have meant, by its letters or by its Chinese name."""
    fields = list(_MODELS.get(part, Pack).model_fields)
    names = WHOM if _MODELS.get(part) is Whom else {**FIELDS, **SELECTION}
    if part == "requirements" and key in Whom.model_fields:
        return f"{key}（{WHOM[key]}）是对象的条件，要写在 whom = {{ }} 里面。"
    if part == "requirements" and key in Selection.model_fields:
        return f"{key}（{SELECTION[key]}）是培训的条件，要写在 of = [{{ }}] 里面。"
    chinese = {names[one]: one for one in fields if one in names}
    if key in chinese:
        return f"没有这个项目，应写 {chinese[key]}。"
    near = process.extractOne(key, fields, score_cutoff=_LIKELY)
    if near is None:
        known = "、".join(f"{one}（{names[one]}）" for one in fields if one in names)
        return f"没有“{key}”这个项目，请删去或改正；这里可以写：{known}。"
    return f"没有“{key}”这个项目，是不是 {near[0]}（{names.get(near[0], near[0])}）？"


def _no_such_choice(key: str, word: str) -> str:
    known = CHOICES.get("window" if key == "windows" else key, {})
    meant = next((one for one, name in known.items() if word and word in name), "")
    near = process.extractOne(word, list(known), score_cutoff=_LIKELY)
    likely = meant or (near[0] if near else "")
    offered = "、".join(f"{one}（{name}）" for one, name in known.items())
    guess = f"是不是 {likely}？" if likely else ""
    return f"写的是“{word}”，{guess}可写：{offered}。"


def _short(value: object) -> str:
    text = str(value)
    most = 20
    return text if len(text) <= most else text[:most] + "…"
