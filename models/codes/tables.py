"""One code table: what a code is called, and which code a written word means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from models.text.tidy import key


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code table.

    Attributes:
        code: what rows store; it never changes once used.
        name: what screens, papers and files show.
        aliases: other spellings, old and wrong ones too, that mean this entry.
        external: the code another system expects for it ("" where none is known).
        since, until: first and last year the entry was in force ("" for open ends).
        hidden: whether lists to choose from leave it out (old entries that files still bring).
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    external: str = ""
    since: str = ""
    until: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class CodeTable:
    """A list of codes of one standard or of the office.

    Attributes:
        key: the table's name in the entities' descriptions, such as ``"ethnicity"``.
        title: the Chinese title.
        source: the standard it comes from.
        open: whether the office may add entries of its own (aliases it may always add).
        entries: all entries in the order they are shown in.
    """

    key: str
    title: str
    source: str
    open: bool
    entries: tuple[Code, ...]
    _by_code: dict[str, Code] = field(init=False, repr=False, compare=False)
    _by_word: dict[str, Code] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {entry.code: entry for entry in self.entries})
        object.__setattr__(self, "_by_word", _words(self.entries))

    def find(self, text: str) -> Code | None:
        """The entry that ``text`` means: its code, its name or an alias.

        Width, blanks, case and radicals do not matter, nor do the leading zeros of a code.
        """
        return self._by_word.get(key(text))

    def get(self, code: str) -> Code | None:
        """The entry stored as ``code``."""
        return self._by_code.get(code)

    def name_of(self, code: str) -> str:
        """What to show for ``code``; a code nobody knows any more is shown itself."""
        entry = self._by_code.get(code)
        return code if entry is None else entry.name

    def names(self) -> list[str]:
        """The names to choose from, in order."""
        return [entry.name for entry in self.entries if not entry.hidden]

    def __iter__(self) -> Iterator[Code]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


def _words(entries: Iterable[Code]) -> dict[str, Code]:
    """Every word to its entry; names win over aliases, earlier entries over later ones."""
    words: dict[str, Code] = {}
    for entry in entries:
        words.setdefault(key(entry.name), entry)
    for entry in entries:
        words.setdefault(key(entry.code), entry)
    for entry in entries:
        for alias in entry.aliases:
            words.setdefault(key(alias), entry)
    for entry in entries:
        if entry.code.isdecimal():
            words.setdefault(entry.code.lstrip("0") or "0", entry)
    return words
