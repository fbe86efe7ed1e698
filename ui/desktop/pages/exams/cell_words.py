"""Items and components as people type them into a cell: 选择题 40，简答题 60."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from models.entities.display import plain_decimal
from models.errors import UserError
from models.exams.items import Item
from models.training.components import Component

_ITEM = re.compile(r"^(.+?)\s*(\d+(?:\.\d+)?)\s*分?$")


def read_items(text: str) -> list[tuple[str, Decimal]]:
    """The items of a part: name and what each is worth.

    Raises:
        UserError: an item without a name or a number.
    """
    found: list[tuple[str, Decimal]] = []
    for piece in re.split(r"[，,、;；\n]+", text.strip()):
        if not piece.strip():
            continue
        match = _ITEM.match(piece.strip())
        if match is None:
            raise UserError(
                "exam.item", f"试题“{piece.strip()}”看不懂。", "请写成“选择题 40，简答题 60”。"
            )
        found.append((match[1].strip(), Decimal(match[2])))
    return found


def write_items(items: Iterable[Item]) -> str:
    """The items as they are typed."""
    return "，".join(f"{one.name} {plain_decimal(one.full_marks)}" for one in items)


def component_named(components: Sequence[Component], name: str) -> str:
    """The component of that name.

    Raises:
        UserError: the course has none of that name.
    """
    found = next((one.id for one in components if one.name == name), None)
    if found is None:
        known = "、".join(one.name for one in components)
        raise UserError(
            "exam.component",
            f"这门课程的成绩里没有“{name}”这一项。",
            f"可用：{known}。" if known else "请先在“培训”中设定成绩组成，或不填这一栏。",
        )
    return found
