"""The institutions by every name they go by, to find out whom a cell or a title means."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from models.errors import UserError
from models.office.context import Office
from models.staff.school_names import spellings
from models.text.labels import tidy_label

_NAMES = """
SELECT id, name, short_name, NULL AS alias FROM institution
UNION ALL
SELECT i.id, i.name, i.short_name, a.alias
FROM institution_alias AS a JOIN institution AS i ON i.id = a.institution_id
"""


@dataclass(frozen=True, slots=True)
class Known:
    """An institution as far as naming it goes."""

    id: str
    name: str


class Directory:
    """Finds institutions by full name, short name, alias, or full name without its county."""

    def __init__(self, names: list[tuple[Known, tuple[str, ...]]]) -> None:
        """Index the institutions with the names each goes by."""
        meanings: dict[str, set[Known]] = defaultdict(set)
        for known, written in names:
            for spelling in written:
                meanings[tidy_label(spelling)].add(known)
        self._meanings = {key: found for key, found in meanings.items() if key}

    def joined(self, names: list[tuple[Known, tuple[str, ...]]]) -> Directory:
        """A directory that knows these institutions as well."""
        joined = Directory(names)
        for key, found in self._meanings.items():
            joined._meanings.setdefault(key, set()).update(found)
        return joined

    def find(self, text: str) -> Known | None:
        """The one institution of that name; None where nobody or more than one bears it."""
        found = self._meanings.get(tidy_label(text), set())
        return next(iter(found)) if len(found) == 1 else None

    def find_in(self, text: str) -> Known | None:
        """The institution with the longest name that stands in a title or a sheet's name."""
        label = tidy_label(text)
        for name in sorted(self._meanings, key=len, reverse=True):
            if len(name) > 1 and name in label:
                return self.find(name)
        return None

    def similar(self, text: str, limit: int = 3) -> list[Known]:
        """The institutions whose names come nearest, best first: proposals, never decisions."""
        near = process.extract(
            tidy_label(text), self._meanings.keys(), scorer=fuzz.WRatio, limit=limit * 2
        )
        found: list[Known] = []
        for name, score, _ in near:
            known = self.find(name)
            if score >= 60 and known is not None and known not in found:
                found.append(known)
        return found[:limit]


def counties_of(office: Office) -> frozenset[str]:
    """The names of the office's county and city, as they stand before the names of schools."""
    region = office.identity.region
    table = office.codes["region"]
    names = ((code, table.name_of(code)) for code in (region, region[:4] + "00"))
    return frozenset(name for code, name in names if name != code)


def read_directory(office: Office) -> Directory:
    """The directory of all institutions of the office's file."""
    counties = counties_of(office)
    known: dict[Known, list[str]] = defaultdict(list)
    for row in office.store.query(_NAMES):
        names = known[Known(row["id"], row["name"])]
        names.extend(spellings(row["name"], counties))
        names.extend(row[key] for key in ("short_name", "alias") if row[key])
    return Directory([(one, tuple(names)) for one, names in known.items()])


def school_named(office: Office, school: str) -> Known:
    """The school of that name, full, short or otherwise known.

    Raises:
        UserError: no such school.
    """
    directory = read_directory(office)
    known = directory.find(school)
    if known is None:
        near = "、".join(one.name for one in directory.similar(school))
        raise UserError(
            "staff.no_such_school",
            f"机构名录中没有“{school}”。",
            f"是否指：{near}？" if near else "请核对名称。",
        )
    return known
