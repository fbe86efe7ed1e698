"""The facts of a certificate as its row keeps them: some in columns of their own, the rest as text.

Columns hold what lists sort and sum by; every other named value stands in ``facts`` (JSON). Whoever
reads a certificate gets all of them by the names that forms use.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from models.certificates.kinds import Kind
from models.entities.display import from_hundredths, plain_decimal, to_hundredths

_TEXTS = {"result": "score", "start_date": "start_date", "end_date": "end_date"}
_AMOUNTS = ("hours", "credits")


def to_columns(kind: Kind, facts: Mapping[str, str]) -> dict[str, Any]:
    """The columns of the row that hold the facts; those without a value are NULL."""
    rest = {key: text for key, text in facts.items() if text}
    row: dict[str, Any] = {"title": rest.pop(kind.about, "")}
    for key, column in _TEXTS.items():
        row[column] = rest.pop(key, None)
    for key in _AMOUNTS:
        amount = rest.pop(key, "")
        row[key] = to_hundredths(Decimal(amount)) if amount else None
    row["facts"] = json.dumps(rest, ensure_ascii=False, sort_keys=True) if rest else None
    return row


def from_columns(kind: Kind | None, row: Mapping[str, Any]) -> dict[str, str]:
    """Every fact of a row by its name; ``kind`` is None for one this program does not know."""
    facts: dict[str, str] = json.loads(row["facts"]) if row["facts"] else {}
    facts[kind.about if kind else "title"] = row["title"]
    for key, column in _TEXTS.items():
        if row[column]:
            facts[key] = row[column]
    for key in _AMOUNTS:
        amount = from_hundredths(row[key])
        if amount is not None:
            facts[key] = plain_decimal(amount)
    return facts
