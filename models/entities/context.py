"""What cleaning needs to know beside the cells themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.codes.library import CodeTables


@dataclass(frozen=True)
class Context:
    """The code tables and the present day.

    One context serves one job: it remembers the cells it has understood already, because the
    same few hundred words and dates fill most cells of a workbook.
    """

    codes: CodeTables
    today: date
    memory: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
