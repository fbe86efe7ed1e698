"""Facts of a kind as people give them, read by the one description the kind has of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from models.certificates.kinds import Kind
from models.entities.cells import Raw
from models.entities.cleaning import ABSENT, Context, clean_field
from models.entities.display import plain_decimal
from models.entities.written import is_blank
from models.office.context import Office
from models.text.numerals import number_in_chinese, to_digits
from models.text.tidy import tidy

_HIGHEST_IN_WORDS = 99


class FactReader:
    """Reads the cells of the facts of one kind; remembers what it has understood already."""

    def __init__(self, office: Office, kind: Kind) -> None:
        """Read with the code tables and the day of this office."""
        self._context = Context(codes=office.codes, today=office.store.clock.today())
        self._kind = kind
        # A cell that is there and cannot be read is never passed over on a certificate.
        self._columns = {one.key: replace(one.column, required=True) for one in kind.facts}

    def read(self, given: Mapping[str, Raw]) -> tuple[dict[str, str], list[str]]:
        """The facts as text by key, and a sentence for each that cannot be taken; blanks fall out.

        Dates come out as ISO text, amounts without superfluous zeros.
        """
        facts: dict[str, str] = {}
        troubles: list[str] = []
        for key, raw in given.items():
            column = self._columns.get(key)
            if column is None:
                troubles.append(f"{self._kind.title}没有“{key}”这一项")
            elif not is_blank(raw):
                value, problem = clean_field(key, column, raw, self._context)
                if value is not ABSENT:
                    facts[key] = _text(value)
                elif problem is not None:
                    troubles.append(problem.message)
        return facts, troubles


def faults_of(kind: Kind, facts: Mapping[str, str]) -> list[str]:
    """Why a certificate of the kind cannot say this: what it lacks, days that run backwards."""
    lacking = [one.title for one in kind.facts if one.required and not facts.get(one.key)]
    found = [f"缺少{'、'.join(lacking)}"] if lacking else []
    titles = {one.key: one.title for one in kind.facts}
    for one in kind.facts:
        day, since = facts.get(one.key, ""), facts.get(one.since, "")
        if day and since and day < since:
            found.append(f"{one.title}（{day}）早于{titles[one.since]}（{since}）")
    return found


def read_batch(text: str) -> str:
    """A 期 as it is kept: ``5`` for 5, 第5期, 第五期, 五期; other words as they are."""
    words = tidy(text).removeprefix("第").removesuffix("期").removesuffix("批").strip()
    digits = to_digits(words)
    return str(int(digits)) if digits.isdecimal() else words


def batch_name(batch: str) -> str:
    """A 期 as papers write it: 第五期, 第105期; "" for none; words as they are."""
    if not batch.isdecimal():
        return batch
    number = int(batch)
    return f"第{number_in_chinese(number) if number <= _HIGHEST_IN_WORDS else number}期"


def _text(value: object) -> str:
    return plain_decimal(value) if isinstance(value, Decimal) else str(value)
