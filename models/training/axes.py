"""The four axes of every training: 全员或骨干, 远程或集中, 脱产或校本, 学历或非学历 (S0-06).

Nothing is entered for them: they follow from theme, mode and level by the table in
``resources/training_axes.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from resources import path


def axes(facts: Mapping[str, Any]) -> dict[str, str]:
    """Title of the axis to the side a training stands on; an axis that stays open is left out.

    Args:
        facts: codes of ``theme``, ``category`` (培训形式) and ``level``, as courses and ledger
            entries have them.
    """
    found: dict[str, str] = {}
    for title, field, sides in _table():
        code = facts.get(field)
        if title not in found and code in sides:
            found[title] = sides[str(code)]
    return found


@cache
def _table() -> tuple[tuple[str, str, Mapping[str, str]], ...]:
    """Axis, deciding field, code to side."""
    raw = tomllib.loads(path("training_axes.toml").read_text(encoding="utf-8"))
    return tuple(
        (
            one["title"],
            one["field"],
            {code: side for side, codes in one["sides"].items() for code in codes},
        )
        for one in raw["axis"]
    )
