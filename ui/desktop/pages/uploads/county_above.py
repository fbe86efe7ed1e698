"""What is asked before the counties' rows go to the level above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.uploads.forms import FRACTION_NAMES
from ui.desktop.widgets.picking import PickSheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from models.uploads.drafting import Draft
    from models.uploads.forms import Form

_TOLD = 3
_AS_SAID = "照上报表里定的办法"


@dataclass(frozen=True, slots=True)
class Above:
    """What is to be built for the level above.

    Attributes:
        name, year: of the counties' rows.
        form: the form to be filled.
        fraction: a ``Fraction`` for its whole-number columns; "" for what the form says.
    """

    name: str
    year: int
    form: str
    fraction: str = ""


def above_sheet(parent: QWidget, form: Form, year: int, above: Mapping[str, str]) -> PickSheet:
    """Asks by which form the level above is told, and what becomes of fractions.

    Args:
        parent: over which it opens.
        form: of the counties' rows.
        year: of their rows.
        above: the forms that can be filled with them, name to title.
    """
    words = f"用各县 {year} 年报来的“{form.title}”，填给上级的表。"
    sheet = PickSheet("汇总生成上报", words, "下一步", parent)
    sheet.add_choice("form", "上级的上报表", above, form.name)
    rules = {"": _AS_SAID} | {str(rule): name for rule, name in FRACTION_NAMES.items()}
    sheet.add_choice("fraction", "小数遇到只收整数的栏", rules)
    return sheet


def above_words(made: Draft) -> str:
    """What cannot be sent, in a few sentences; "" for nothing."""
    if not made.left_out:
        return ""
    told = "；".join(f"{one.who}：{one.message}" for one in made.problems[:_TOLD])
    more = " 等" if len(made.problems) > _TOLD else ""
    return f"{made.left_out:,} 条要先改：{told}{more}。"
