"""All code tables of the program, read when first asked for, with the office's own entries."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import resources
from models.codes.tables import Code, CodeTable
from models.errors import UserError
from models.text.tidy import key

_FOLDER = "codes"


@dataclass(frozen=True, slots=True)
class LocalCode:
    """What an office adds to a table: a new entry, or aliases and a name for one that exists.

    Attributes:
        table: key of the table.
        code: the entry's code.
        name: its name; "" keeps the name of an existing entry.
        aliases: further spellings.
        external: the code another system expects; "" keeps what is known.
        hidden: whether lists to choose from leave it out.
    """

    table: str
    code: str
    name: str = ""
    aliases: tuple[str, ...] = ()
    external: str = ""
    hidden: bool = False


class CodeTables(Mapping[str, CodeTable]):
    """The tables by key; each is read from its resource when it is first asked for."""

    def __init__(self, local: Iterable[LocalCode] = ()) -> None:
        """Start with no table read; ``local`` are the office's own entries."""
        self._local = tuple(local)
        self._tables: dict[str, CodeTable] = {}

    @property
    def local(self) -> tuple[LocalCode, ...]:
        """The office's own entries."""
        return self._local

    def __getitem__(self, table: str) -> CodeTable:
        """The table ``table``; ``KeyError`` where there is none of that name."""
        found = self._tables.get(table)
        if found is None:
            own = tuple(entry for entry in self._local if entry.table == table)
            found = self._tables[table] = _merged(_load(table), own)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(file.stem for file in resources.path(_FOLDER).glob("*.toml")))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def load_codes() -> CodeTables:
    """The program's own tables, without anything an office added."""
    return CodeTables()


def with_local(tables: CodeTables, entries: Iterable[LocalCode]) -> CodeTables:
    """``tables`` with an office's own entries and aliases on top of what they have already.

    Raises:
        UserError: ``codes.no_table`` or ``codes.closed`` for a new code in a national table.
    """
    own = tuple(entries)
    merged = CodeTables((*tables.local, *own))
    for table in {entry.table for entry in own}:
        if table not in merged:
            raise UserError(
                "codes.no_table", f"没有名为“{table}”的代码表。", "请核对代码表的名称。"
            )
        _ = merged[table]
    return merged


def _load(table: str) -> CodeTable:
    file = resources.path(f"{_FOLDER}/{table}.toml")
    if not table.isidentifier() or not file.is_file():
        raise KeyError(table)
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return CodeTable(
        key=table,
        title=data["title"],
        source=data["source"],
        open=data.get("open", False),
        entries=tuple(_entry(row) for row in data["entries"]),
    )


def _entry(row: dict[str, Any]) -> Code:
    aliases: list[str] = row.pop("aliases", [])
    return Code(aliases=tuple(aliases), **row)


def _merged(table: CodeTable, own: tuple[LocalCode, ...]) -> CodeTable:
    entries = {entry.code: entry for entry in table.entries}
    for added in own:
        if added.code not in entries and not table.open:
            raise UserError(
                "codes.closed",
                f"“{table.title}”是国家标准代码表，不能增加代码“{added.code}”。",
                "可以给已有的代码增加别名。",
            )
        own_words = {key(word) for word in added.aliases}
        for code, entry in entries.items():
            entries[code] = _without(entry, own_words)
        entries[added.code] = _with_own(entries.get(added.code) or Code(added.code, ""), added)
    return replace(table, entries=tuple(entries.values()))


def _without(entry: Code, words: set[str]) -> Code:
    """``entry`` without the aliases an office gave to another one."""
    kept = tuple(alias for alias in entry.aliases if key(alias) not in words)
    return entry if len(kept) == len(entry.aliases) else replace(entry, aliases=kept)


def _with_own(entry: Code, added: LocalCode) -> Code:
    """``entry`` as the office has it; its old name goes on being understood."""
    return replace(
        entry,
        name=added.name or entry.name,
        aliases=(*added.aliases, *filter(None, [entry.name]), *entry.aliases),
        external=added.external or entry.external,
        hidden=added.hidden,
    )
