"""Reading rule packs, and finding the rules of a place on a day."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from models.errors import UserError
from models.policies.records import Pack, Rule, Rules
from models.policies.requirements import Designation, Requirement, Target
from resources import path

_RULES = ("cycle", "conversion", "day", "pass_mark", "sampling", "numbering")
_DEMANDS = ("requirements", "targets", "designations")
_Documented = TypeVar("_Documented", Rule, Requirement, Target, Designation)
_PLACE = re.compile(r"at line (\d+), column (\d+)")
_COMPLAINTS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这样的项目，请检查是否写错",
    "literal_error": "不是可选的值",
}


def read_pack(file: Path) -> Pack:
    """The pack that stands in a TOML file; amounts are read as exact decimals.

    Raises:
        UserError: not TOML, a misspelt or missing entry, a value out of range; the sentence
            names the file and the place.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UserError(
            "policy.not_toml", f"规则文件 {file.name} 不是 UTF-8 文字。", "请另存为 UTF-8 后再读。"
        ) from error
    return parse_pack(text, file.name)


def parse_pack(text: str, name: str) -> Pack:
    """The pack that a TOML text says; ``name`` is what mistakes are told under.

    Raises:
        UserError: as ``read_pack``.
    """
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise UserError(
            "policy.not_toml",
            f"规则文件 {name} 的写法有误：{_where(error)}。",
            "请检查该处的引号、括号和等号，改正后再读。",
        ) from error
    try:
        return _with_documents(_one_of_each(Pack.model_validate(raw), name))
    except ValidationError as error:
        raise UserError(
            "policy.bad_pack",
            f"规则文件 {name} 有误：" + "；".join(_complaints(error)) + "。",
            "请对照随程序附带的规则文件改正。",
        ) from error


def read_packs(folder: Path) -> tuple[Pack, ...]:
    """All packs of a folder, by file name.

    Raises:
        UserError: as ``read_pack``; two packs of one id.
    """
    packs = tuple(read_pack(file) for file in sorted(folder.glob("*.toml")))
    seen: set[str] = set()
    for pack in packs:
        if pack.id in seen:
            raise UserError("policy.same_id", f"有两个规则文件都叫“{pack.id}”。", "请改掉一个。")
        seen.add(pack.id)
    return packs


@cache
def shipped_packs() -> tuple[Pack, ...]:
    """The packs that come with the program."""
    return read_packs(path("policies"))


def holding(region: str, day: date, packs: Iterable[Pack], first: Sequence[str] = ()) -> list[Pack]:
    """The packs that hold in a region on a day: those named in ``first``, then the nearest level's.

    Where two packs of one level hold, the later one goes before. A pack named in ``first`` holds
    wherever and whenever it was made for.
    """
    known = {pack.id: pack for pack in packs}
    chosen = [known[one] for one in first if one in known]
    others = sorted(
        (pack for pack in known.values() if pack.id not in first and pack.holds(region, day)),
        key=lambda pack: (pack.region.rstrip("0"), pack.valid_from),
        reverse=True,
    )
    return [*chosen, *others]


def pack_for(
    region: str, day: date, packs: Iterable[Pack] | None = None, first: Sequence[str] = ()
) -> Rules:
    """The rules of a region on a day, each from the nearest level that has one.

    Args:
        region: six digits of GB/T 2260.
        day: the day that matters: of the course, of the draw, of the issue.
        packs: the packs to choose from; those shipped with the program by default.
        first: ids of packs that go before all others.

    Raises:
        UserError: no pack says anything on some rule.
    """
    chosen: dict[str, Any] = {}
    used: list[str] = []
    for pack in holding(region, day, shipped_packs() if packs is None else packs, first):
        for rule in (*_RULES, "conversions"):
            found = getattr(pack, rule)
            if rule not in chosen and found not in (None, ()):
                chosen[rule] = found
                used.append(pack.id)
    if missing := [rule for rule in _RULES if rule not in chosen]:
        raise UserError(
            "policy.none",
            f"{day.isoformat()} 在行政区划 {region} 没有可用的规则（缺 {'、'.join(missing)}）。",
            "请在规则文件中补上，或检查日期。",
        )
    return Rules(packs=tuple(dict.fromkeys(used)), **chosen)


def _with_documents(pack: Pack) -> Pack:
    """The pack with its document named in every rule that does not name another."""
    named: dict[str, Any] = {
        rule: _documented(found, pack.document)
        for rule in _RULES
        if (found := getattr(pack, rule)) is not None
    }
    for parts in (*_DEMANDS, "conversions"):
        named[parts] = tuple(_documented(one, pack.document) for one in getattr(pack, parts))
    return pack.model_copy(update=named)


def _documented(part: _Documented, document: str) -> _Documented:
    return part.model_copy(update={"document": part.document or document})


def _one_of_each(pack: Pack, name: str) -> Pack:
    """The pack, if no two of its demands bear one id and every id it names is there.

    Raises:
        UserError: the sentence names the id.
    """
    for parts in _DEMANDS:
        ids = [one.id for one in getattr(pack, parts)]
        for one in ids:
            if ids.count(one) > 1:
                raise UserError(
                    "policy.same_demand", f"规则文件 {name} 有两条要求都叫“{one}”。", "请改掉一个。"
                )
    known = {one.id for one in pack.requirements}
    for designation in pack.designations:
        missing = [one for one in designation.needs if one not in known]
        if missing and not pack.based_on:
            raise UserError(
                "policy.unknown_demand",
                f"规则文件 {name} 的“{designation.title}”用到没有的要求“{missing[0]}”。",
                "请改成本文件中某条要求的 id。",
            )
    return pack


def _where(error: tomllib.TOMLDecodeError) -> str:
    """The place of a mistake in a TOML text, in the person's language."""
    found = _PLACE.search(str(error))
    return f"第 {found[1]} 行第 {found[2]} 列看不懂" if found else "文件在不该结束的地方结束了"


def _complaints(error: ValidationError) -> list[str]:
    """What is wrong, entry by entry, in the person's language."""
    return [
        f"[{'.'.join(str(part) for part in one['loc'])}] {_complaint(dict(one))}"
        for one in error.errors()
    ]


def _complaint(one: dict[str, Any]) -> str:
    if one["type"] == "value_error":  # one of our own sentences
        return str(one["ctx"]["error"])
    return _COMPLAINTS.get(one["type"], f"值“{one['input']}”不能用")
