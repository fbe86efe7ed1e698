"""Writing and reading the lines of ``wire``; whatever is not as written here is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, NoReturn

from models.errors import UserError
from models.store.judging import BIRTHS
from models.store.layouts import FINGERPRINT, GONE, WHOLE
from models.store.operations import LATEST
from models.store.wire import Author, RowHistory, Spoken, Value

Raw = Any
"""What a line of JSON may hold: anything."""
HIGHEST = 2**63 - 1
LONGEST = 64
"""Characters of an operation's identity or of the name of a table, a unit or a column."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_IDENTITY = re.compile("[0-9a-f]{32}")


def json_line(value: object) -> str:
    """One line of JSON without a line end."""
    return _ENCODER.encode(value)


class Writer:
    """Writes row histories; what several rows speak of is written once.

    Attributes:
        lines: takes each line as it is written.
    """

    def __init__(self, lines: Callable[[str], object]) -> None:
        """Begin a set of lines."""
        self.lines = lines
        self._authors: dict[str, int] = {}
        self._forms: dict[tuple[str, str, tuple[tuple[str, ...], ...]], int] = {}

    def write(self, history: RowHistory) -> None:
        """Write one row, after whatever it speaks of that is not yet written."""
        versions = [self._version(history.table, one) for one in history.versions]
        self.lines(json_line(["r", history.table, history.row, versions]))

    def _version(self, table: str, spoken: Spoken) -> list[Any]:
        form = self._form(table, spoken)
        author = self._author(spoken.author)
        return [spoken.vid, form, list(spoken.parents), _values(spoken), author]

    def _form(self, table: str, spoken: Spoken) -> int:
        key = (table, spoken.unit, spoken.groups)
        if key not in self._forms:
            self._forms[key] = len(self._forms)
            self.lines(json_line(["l", self._forms[key], table, spoken.unit, spoken.groups]))
        return self._forms[key]

    def _author(self, author: Author) -> int:
        if author.id not in self._authors:
            self._authors[author.id] = len(self._authors)
            self.lines(json_line(["o", self._authors[author.id], asdict(author)]))
        return self._authors[author.id]


def _values(spoken: Spoken) -> object:
    if spoken.unit == GONE:
        return None
    arrays = [[spoken.values[column] for column in group] for group in spoken.groups]
    return [spoken.stamp, *arrays] if spoken.unit == FINGERPRINT else arrays


class Reader:
    """Reads lines one after another, remembering what rows refer to."""

    def __init__(self) -> None:
        """Begin a set of lines."""
        self._authors: dict[int, Author] = {}
        self._forms: dict[int, tuple[str, str, tuple[tuple[str, ...], ...]]] = {}

    def rows(self, lines: Iterable[str]) -> Iterator[RowHistory]:
        """The rows of the lines.

        Raises:
            UserError: a line is not what ``Writer`` writes; it names the line.
        """
        for place, line in enumerate(lines, 1):
            try:
                found = self._read(json.loads(line, parse_constant=_refuse, parse_float=_refuse))
            except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
                raise UserError(
                    "sync.bad_line",
                    f"交换内容的第 {place} 行不是本程序写的样子，什么都没有改动。",
                    "请让对方重新写一次交换包。",
                ) from error
            if found is not None:
                yield found

    def _read(self, line: Raw) -> RowHistory | None:
        kind, *rest = line
        if kind == "o":
            number, fields = rest
            self._authors[_number(number)] = _author(fields)
            return None
        if kind == "l":
            number, table, unit, groups = rest
            self._forms[_number(number)] = (_name(table), _name(unit), _groups(unit, groups))
            return None
        if kind != "r":
            _refuse(kind)
        table, row, versions = rest
        return RowHistory(_name(table), _identity(row), self._versions(table, versions))

    def _versions(self, table: str, versions: Sequence[Any]) -> tuple[Spoken, ...]:
        found: list[Spoken] = []
        known: set[int] = set()
        for vid, form, parents, values, author in versions:
            spoken = self._spoken(table, form, values, author, (_number(vid), tuple(parents)))
            # Each after its parents, so that no version is its own ancestor.
            if vid in known or not known.issuperset(spoken.parents):
                _refuse(vid)
            known.add(vid)
            found.append(spoken)
        if not found or found[0].unit not in BIRTHS:
            _refuse(versions)
        return tuple(found)

    def _spoken(
        self, table: str, form: int, values: Raw, author: int, place: tuple[int, tuple[int, ...]]
    ) -> Spoken:
        of, unit, groups = self._forms[form]
        if of != table or len(set(place[1])) != len(place[1]):
            _refuse(of)
        stamp = ""
        if unit == FINGERPRINT:
            stamp, *values = values
            _name(stamp)
        cells: dict[str, Value] = {}
        if unit == GONE:
            if values is not None:
                _refuse(values)
        else:
            for group, array in zip(groups, values, strict=True):
                cells |= zip(group, map(_value, array), strict=True)
        return Spoken(place[0], place[1], unit, groups, cells, stamp, self._authors[author])


def _author(fields: Raw) -> Author:
    author = Author(**fields)
    texts = (author.kind, author.title, author.person, author.at)
    for text in (*texts, *([author.undoes] if author.undoes is not None else [])):
        _text(text)
    _name(author.id)
    _name(author.site)
    if not 0 < _number(author.lamport) <= LATEST:
        _refuse(author.lamport)
    if type(fields["detail"]) is not dict:
        _refuse(fields)
    for table, counts in fields["counts"].items():
        _counts(table, counts)
    return author


def _counts(table: Raw, counts: Raw) -> None:
    _name(table)
    if counts.keys() != {"inserted", "changed", "deleted"}:
        _refuse(counts)
    for count in counts.values():
        _number(count)


def _groups(unit: str, groups: Raw) -> tuple[tuple[str, ...], ...]:
    found = tuple(tuple(map(_name, group)) for group in groups)
    columns = [column for group in found for column in group]
    expected = 0 if unit == GONE else len(found) if unit == WHOLE else 1
    if len(found) != expected or len(columns) != len(set(columns)) or "id" in columns:
        _refuse(groups)
    return found


def _number(value: Raw) -> int:
    if type(value) is not int or not 0 <= value <= HIGHEST:
        _refuse(value)
    return value


def _name(value: Raw) -> str:
    if not value or len(_text(value)) > LONGEST:
        _refuse(value)
    return value


def _identity(value: Raw) -> str:
    if not _IDENTITY.fullmatch(_text(value)):
        _refuse(value)
    return value


def _text(value: Raw) -> str:
    if type(value) is not str or "\0" in value:
        _refuse(value)
    value.encode()  # a half of a surrogate pair cannot be stored
    return value


def _value(value: Raw) -> Value:
    if type(value) is str:
        return _text(value)
    if value is not None and (type(value) is not int or not -HIGHEST <= value <= HIGHEST):
        _refuse(value)
    return value


def _refuse(value: object) -> NoReturn:
    raise ValueError(str(value)[:80])
