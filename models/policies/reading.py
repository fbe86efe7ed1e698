"""Reading a pack's text, and telling what is wrong with it: line, field, what to write instead."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import ValidationError

from models.policies.complaints import complaint
from models.policies.field_names import FIELDS, place_keys, place_words
from models.policies.places import Place, line_of, lines_of
from models.policies.records import Pack, Rule
from models.policies.requirements import Designation, Requirement, Target

RULES = ("cycle", "conversion", "day", "pass_mark", "sampling", "numbering")
"""The parts of a pack that are one rule each."""
_DEMANDS = {"requirements": "要求", "targets": "指标", "designations": "认定"}
_Documented = TypeVar("_Documented", Rule, Requirement, Target, Designation)
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_FULL_WIDTH = {
    "“": '"', "”": '"', "，": ",", "＝": "=", "［": "[", "］": "]", "【": "[", "】": "]",
    "｛": "{", "｝": "}", "＂": '"', "＃": "#",
}  # fmt: skip
_OUTSIDE = re.compile(r'"[^"\n]*"|#.*')
_TOLD = (
    ("Cannot overwrite a value", "同一项写了两遍，请删去一处；几条并列的每条上面都写 [[名称]]"),
    ("Cannot declare", "这一部分写了两遍；几条并列的要用两层方括号，如 [[requirements]]"),
    ("Expected '='", "项目名后面缺少等号"),
    ("Unclosed array", "方括号 [ ] 没有成对"),
    ("Unclosed inline table", "花括号 { } 没有成对"),
    (
        "Expected newline or end of document",
        "值的后面有多余的内容；数字后面不写单位，文字要用英文引号括起来，日期写成 2021-01-01",
    ),
    ("Illegal character", "引号没有成对，文字前后都要有英文引号"),
    ("Unterminated string", "引号没有成对，文字前后都要有英文引号"),
    ("Expected ']", "方括号 [ ] 没有成对"),
    ("Invalid statement", "这一行看不懂；说明文字前要加 #"),
    ("Invalid value", "等号后面的值看不懂；文字要用英文引号括起来"),
    ("Invalid date", "没有这一天"),
    ("Invalid initial character", "项目名要用英文字母"),
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong with a pack's text.

    Attributes:
        line: where, counted from 1; 0 where it is no single line.
        sentence: what is wrong and what to write instead.
        code: which kind, for callers that tell them apart.
    """

    line: int
    sentence: str
    code: str = "policy.bad_pack"

    @property
    def told(self) -> str:
        """The sentence with its line."""
        return f"第 {self.line} 行，{self.sentence}" if self.line else self.sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read as a pack: the pack, or what keeps it from being one."""

    pack: Pack | None
    mistakes: tuple[Mistake, ...] = ()


def read_text(text: str) -> Reading:
    """The pack that a TOML text says; amounts are read as exact decimals."""
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        return Reading(None, (_not_toml(error, text),))
    try:
        pack = Pack.model_validate(raw)
    except ValidationError as error:
        return Reading(None, tuple(_complaints(error, text, raw)))
    mistakes = (*_doubled(pack, text), *_unknown_needs(pack, text))
    return Reading(None if mistakes else _with_documents(pack), mistakes)


def mistake_at(text: str, place: Place, raw: object, words: str) -> Mistake:
    """A mistake at a place of the text, told with the names of the fields."""
    return Mistake(line_of(text, place), f"{_named(place, raw)}{words}")


def _complaints(error: ValidationError, text: str, raw: Mapping[str, Any]) -> list[Mistake]:
    found: list[Mistake] = []
    for one in error.errors():
        # a key nobody knows has no name: the part it stands in is told
        named = one["loc"][:-1] if one["type"] == "extra_forbidden" else one["loc"]
        words = f"{_named(named, raw)}{complaint(dict(one))}"
        found.append(Mistake(line_of(text, one["loc"]), words))
    return list(dict.fromkeys(found))


def _named(place: Place, raw: object) -> str:
    return f"{place_words(place, raw)}（{place_keys(place)}）：" if place else ""


def _not_toml(error: tomllib.TOMLDecodeError, text: str) -> Mistake:
    """A mistake of writing, in the person's language; Chinese punctuation is the usual cause."""
    words = str(error)
    place = _PLACE.search(words)
    lines = text.splitlines()
    line = int(place[1]) if place else len(lines)
    known = next((told for start, told in _TOLD if words.startswith(start)), "")
    if place is None:
        known = "文字在不该结束的地方结束了，请检查引号和括号是否成对"
    # an unclosed bracket or quote is noticed later than where it stands
    near = [n for n in (line, line - 1) if 0 < n <= len(lines)]
    for number in near:
        rest = _OUTSIDE.sub("", lines[number - 1])
        if wrong := next((sign for sign in rest if sign in _FULL_WIDTH), ""):
            known = f"有中文标点 {wrong} ，请改成英文的 {_FULL_WIDTH[wrong]} 。"
            return Mistake(number, known, "policy.not_toml")
        if wrong := _chinese_key(rest):
            key = next(key for key, name in FIELDS.items() if name == wrong)
            return Mistake(number, f"项目名要用英文，“{wrong}”应写 {key}。", "policy.not_toml")
    column = f"（第 {place[2]} 列）" if place else ""
    return Mistake(
        line, f"{known or '这里看不懂，请检查引号、括号和等号'}{column}。", "policy.not_toml"
    )


def _chinese_key(line: str) -> str:
    """The Chinese name of a field that stands where its key should, "" for none."""
    word = line.partition("=")[0].strip(" []\t")
    return word if word in FIELDS.values() else ""


def _doubled(pack: Pack, text: str) -> list[Mistake]:
    """Two demands that bear one id."""
    lines = lines_of(text)
    found: list[Mistake] = []
    for parts, kind in _DEMANDS.items():
        first: dict[str, int] = {}
        for number, one in enumerate(getattr(pack, parts)):
            line = lines.get((parts, number, "id"), 0)
            if one.id in first:
                words = f"有两条{kind}都叫“{one.id}”（另一条在第 {first[one.id]} 行），请改掉一个。"
                found.append(Mistake(line, words, "policy.same_demand"))
            first.setdefault(one.id, line)
    return found


def _unknown_needs(pack: Pack, text: str) -> list[Mistake]:
    """Titles that need what the pack does not demand; what it is based on is looked at later."""
    if pack.based_on:
        return []
    lines = lines_of(text)
    known = {one.id for one in pack.requirements}
    return [
        Mistake(
            lines.get(("designations", number, "needs"), 0),
            unknown_need(one, need),
            "policy.unknown_demand",
        )
        for number, one in enumerate(pack.designations)
        for need in one.needs
        if need not in known
    ]


def unknown_need(one: Designation, need: str) -> str:
    """What to tell where a title needs a demand that is not there."""
    return f"“{one.title}”用到没有的要求“{need}”，请改成某条要求的编号（id）。"


def _with_documents(pack: Pack) -> Pack:
    """The pack with its document named in every rule that does not name another."""
    named: dict[str, Any] = {
        rule: _documented(found, pack.document)
        for rule in RULES
        if (found := getattr(pack, rule)) is not None
    }
    for parts in (*_DEMANDS, "conversions"):
        named[parts] = tuple(_documented(one, pack.document) for one in getattr(pack, parts))
    return pack.model_copy(update=named)


def _documented(part: _Documented, document: str) -> _Documented:
    return part.model_copy(update={"document": part.document or document})
