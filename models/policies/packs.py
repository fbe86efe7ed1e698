"""Reading rule packs, and finding the rules of a place on a day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models.errors import UserError
from models.policies.records import Pack, Rules
from resources import path

_RULES = ("cycle", "conversion", "day", "pass_mark", "sampling", "numbering")
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
        raw = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(
            "policy.not_toml", f"规则文件 {file.name} 的写法有误（{error}）。", "请改正后再读。"
        ) from error
    try:
        return _with_documents(Pack.model_validate(raw))
    except ValidationError as error:
        raise UserError(
            "policy.bad_pack",
            f"规则文件 {file.name} 有误：" + "；".join(_complaints(error)) + "。",
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


def pack_for(region: str, day: date, packs: Iterable[Pack] | None = None) -> Rules:
    """The rules of a region on a day, each from the nearest level that has one.

    Where two packs of one level hold, the later one goes before.

    Args:
        region: six digits of GB/T 2260.
        day: the day that matters: of the course, of the draw, of the issue.
        packs: the packs to choose from; those shipped with the program by default.

    Raises:
        UserError: no pack says anything on some rule.
    """
    candidates = shipped_packs() if packs is None else packs
    holding = sorted(
        (pack for pack in candidates if pack.holds(region, day)),
        key=lambda pack: (pack.region.rstrip("0"), pack.valid_from),
        reverse=True,
    )
    chosen: dict[str, Any] = {}
    used: list[str] = []
    for pack in holding:
        for rule in _RULES:
            found = getattr(pack, rule)
            if rule not in chosen and found is not None:
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
    named = {
        rule: found.model_copy(update={"document": found.document or pack.document})
        for rule in _RULES
        if (found := getattr(pack, rule)) is not None
    }
    return pack.model_copy(update=named)


def _complaints(error: ValidationError) -> list[str]:
    """What is wrong, entry by entry, in the person's language."""
    return [
        f"[{'.'.join(str(part) for part in one['loc'])}] "
        + _COMPLAINTS.get(one["type"], f"值“{one['input']}”不能用")
        for one in error.errors()
    ]
