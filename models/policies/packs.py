"""Reading rule packs, and finding the rules of a place on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from models.errors import UserError
from models.policies.reading import RULES, read_text
from models.policies.records import Pack, Rules
from resources import path

_REMEDIES = {"policy.not_toml": "请检查该处的引号、括号和等号，改正后再读。"}
_REMEDY = "请对照随程序附带的规则文件改正。"


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
    reading = read_text(text)
    if reading.pack is None:
        code = reading.mistakes[0].code
        told = "".join(one.told for one in reading.mistakes)
        raise UserError(code, f"规则文件 {name} 有误：{told}", _REMEDIES.get(code, _REMEDY))
    return reading.pack


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
        for rule in (*RULES, "conversions"):
            found = getattr(pack, rule)
            if rule not in chosen and found not in (None, ()):
                chosen[rule] = found
                used.append(pack.id)
    if missing := [rule for rule in RULES if rule not in chosen]:
        raise UserError(
            "policy.none",
            f"{day.isoformat()} 在行政区划 {region} 没有可用的规则（缺 {'、'.join(missing)}）。",
            "请在规则文件中补上，或检查日期。",
        )
    return Rules(packs=tuple(dict.fromkeys(used)), **chosen)
