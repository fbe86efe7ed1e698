"""Cells that name entries of a code table."""

from __future__ import annotations

import re

from models.codes.tables import Code, CodeTable
from models.entities.cells import Raw
from models.entities.context import Context
from models.entities.describe import Column
from models.entities.written import Doubtful, as_text
from models.text.unreadable import UnreadableError
from models.text.width import to_half

JOINER = "、"
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_SEPARATORS = (re.compile(r"[、,，;；/|\\\n]"), re.compile(r"\s+"), re.compile(r"[+&和及与]"))
"""From the surest to those that also stand within names (道德与法治)."""
_LISTED = 12


def one(raw: Raw, column: Column, context: Context) -> str:
    """The code of the entry the cell means."""
    table = _table(column, context)
    written = as_text(raw)
    found = _find(table, written)
    if found is not None:
        return found.code
    entries = [_find(table, part) for part in _parts(table, to_half(written))]
    codes = {entry.code for entry in entries if entry is not None}
    if entries and None not in entries:
        if len(codes) > 1:
            raise UnreadableError("code.several", "只能填一个，请核对")
        return codes.pop()  # the same said twice: 硕士研究生/硕士
    raise UnreadableError("code.unknown", f"不在“{table.title}”代码表中，{_advice(table)}")


def several(raw: Raw, column: Column, context: Context) -> str | Doubtful:
    """The codes of all entries the cell means, joined by 、; unknown words are left out."""
    table = _table(column, context)
    written = as_text(raw)
    whole = _find(table, written)
    if whole is not None:
        return whole.code
    parts = _parts(table, to_half(written))
    entries = {part: _find(table, part) for part in parts}
    codes = JOINER.join(dict.fromkeys(entry.code for entry in entries.values() if entry))
    unknown = JOINER.join(part for part, entry in entries.items() if entry is None)
    if not unknown and codes:
        return codes
    sentence = f"里的“{unknown}”不在“{table.title}”代码表中，{_advice(table)}"
    if codes:
        return Doubtful(codes, "code.unknown", sentence)
    raise UnreadableError("code.unknown", f"不在“{table.title}”代码表中，{_advice(table)}")


def _table(column: Column, context: Context) -> CodeTable:
    if column.table is None:
        raise KeyError(column.title)
    return context.codes[column.table]


def _find(table: CodeTable, words: str) -> Code | None:
    """The entry, if need be without a remark in brackets: 高级教师（七级）."""
    return table.find(words) or table.find(_BRACKETS.sub("", words))


def _parts(table: CodeTable, words: str, level: int = 0) -> list[str]:
    """What stands between separators; what is a name as it stands is not taken apart."""
    found: list[str] = []
    for part in filter(None, (one.strip() for one in _SEPARATORS[level].split(words))):
        last = level + 1 == len(_SEPARATORS)
        whole = last or _find(table, part) is not None
        found += [part] if whole else _parts(table, part, level + 1)
    return found


def _advice(table: CodeTable) -> str:
    if table.open:
        return "请改用表中的写法，或先在“设置—代码表”里增加"
    names = table.names()
    return f"应为{JOINER.join(names)}之一" if len(names) <= _LISTED else "请改用规范的写法"
