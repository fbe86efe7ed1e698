"""Re-computing a draw from its record and the frame file alone, on any machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

from models.errors import UserError
from models.exams.draw import Terms, draw_frame
from models.exams.frame import frame_hash
from models.exams.quotas import read_fraction, read_rounding

_TEXTS = ("exam", "frame_sha256", "seed", "rounding", "fraction")
_FIELDS = {"size": "人数", "quota": "应抽人数", "selected": "抽中名单", "reserves": "候补名单"}
_TOTALS = {"size": "名单人数", "drawn": "抽中人数"}


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of re-computing a draw.

    Attributes:
        valid: whether everything agrees.
        differences: one Chinese sentence for each thing that does not; empty if valid.
        people: people in the frame.
        drawn: people drawn.
    """

    valid: bool
    differences: tuple[str, ...]
    people: int = 0
    drawn: int = 0


def read_record(text: str) -> dict[str, Any]:
    """The record that stands in a JSON file.

    Raises:
        UserError: not JSON, or not the record of a draw.
    """
    try:
        record: Any = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise UserError(
            "exam.record",
            "抽签记录不是有效的 JSON 文件，可能被改动过或不完整。",
            "请重新取得文件。",
        ) from error
    fields = _mapping(record)
    texts = all(_is_text(fields.get(name)) for name in _TEXTS)
    if not texts or not isinstance(fields.get("strata"), list):
        raise UserError("exam.record", "这不是抽签记录文件。", "请选择抽签时生成的记录文件。")
    return fields


def verify(record: Mapping[str, Any], frame: bytes) -> Verification:
    """Draw again from the frame with the record's seed and compare every line.

    Raises:
        UserError: the record or the frame cannot be read at all.
    """
    sha256 = frame_hash(frame)
    if sha256 != record["frame_sha256"]:
        return Verification(
            valid=False,
            differences=(
                f"名单文件的 SHA-256 是 {sha256}，记录里是 {record['frame_sha256']}："
                "名单不是抽签时冻结的那一份，或被改动过。",
            ),
        )
    again = draw_frame(_terms(record), _text(frame))
    differences = (
        *_totals(record, again),
        *_differences(record["strata"], cast("list[Any]", again["strata"])),
        *_attempts(record),
    )
    return Verification(
        valid=not differences,
        differences=differences,
        people=cast("int", again["size"]),
        drawn=cast("int", again["drawn"]),
    )


def _terms(record: Mapping[str, Any]) -> Terms:
    """What the record says the draw was made with."""
    count = record.get("count")
    if count is None:
        fraction, rounding = read_fraction(record["fraction"]), read_rounding(record["rounding"])
        return Terms(record["exam"], record["seed"], fraction, rounding)
    if type(count) is not int or count < 1:
        raise UserError("exam.record", f"抽签记录里每组抽取人数“{count}”不对。", "请重新取得文件。")
    return Terms(record["exam"], record["seed"], Fraction(1), "ceiling", count)


def _mapping(value: object) -> dict[str, Any]:
    """The value if it is a JSON object, else an empty one."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _is_text(value: object) -> bool:
    """Whether it is text that can be hashed: no half of a character."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _totals(record: Mapping[str, Any], again: Mapping[str, object]) -> list[str]:
    """The sums of the record that are not those of the computation; none said is no difference."""
    return [
        f"记录里的{title}是 {record[name]}，重算是 {again[name]}。"
        for name, title in _TOTALS.items()
        if name in record and not _same(record[name], again[name])
    ]


def _attempts(record: Mapping[str, Any]) -> list[str]:
    """What does not fit of the earlier draws a record lists."""
    if "attempt" not in record and "earlier" not in record:
        return []
    earlier = record.get("earlier")
    listed: list[Any] = cast("list[Any]", earlier) if isinstance(earlier, list) else []
    numbers = [_mapping(one).get("attempt") for one in listed]
    attempt = record.get("attempt")
    if type(attempt) is int and numbers == list(range(1, attempt)):
        return []
    return ["记录里先前各次抽签与“第几次抽签”对不上：有的被删去、添加或改动过。"]


def _same(said: object, right: object) -> bool:
    return type(said) is type(right) and said == right


def _text(frame: bytes) -> str:
    try:
        return frame.decode()
    except UnicodeDecodeError as error:
        raise UserError(
            "exam.frame_encoding", "名单文件不是 UTF-8 编码的文本。", "请重新取得文件。"
        ) from error


def _differences(recorded: list[Any], computed: list[Any]) -> list[str]:
    """What the record says otherwise than the computation."""
    groups = [_mapping(one) for one in recorded]
    said = {one["stratum"]: one for one in groups if isinstance(one.get("stratum"), str)}
    found: list[str] = []
    if len(said) != len(recorded):
        found.append("记录里有写坏或重复的组。")
    for right in computed:
        name = right["stratum"]
        mine = said.pop(name, None)
        if mine is None:
            found.append(f"记录里缺少“{name}”这一组。")
            continue
        found.extend(
            f"“{name}”的{title}与重算结果不符。"
            for field, title in _FIELDS.items()
            if not _same(mine.get(field), right[field])
        )
    found.extend(f"记录里的“{name}”不在名单中。" for name in said)
    return found
