"""The hidden mark of a template: which one it is, whose, of which year, with which columns.

It stands on a sheet that no click can show, and once more in defined names: whoever copies the
sheets into another workbook loses the first, whoever cleans names up loses the second.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from models.entities.written import as_text
from models.exchange.reading.formats import Format
from models.exchange.reading.limits import UNPACKED, Budget, Refusal
from models.exchange.reading.parcels import Parcel
from models.exchange.reading.source import Source
from models.exchange.reading.xml_events import XmlReader

MARK_SHEET = "模板标识"
MARK = "师训通模板"
_NAMES = {
    "template": "SXT_TEMPLATE",
    "year": "SXT_YEAR",
    "office": "SXT_OFFICE",
    "school_id": "SXT_SCHOOL_ID",
    "school": "SXT_SCHOOL",
    "version": "SXT_VERSION",
    "returned": "SXT_RETURNED",
}
_COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class SchoolMark:
    """What a school's template says of itself.

    Attributes:
        template: its identity, the same over a whole collection.
        year: the training year it asks about.
        office: who sent it out.
        school_id, school: whom it was made for.
        version: a word that changes with the columns.
        returned: the identity of the sending back; "" for a template as it first went out.
        columns: sheet's name to the titles of its columns.
    """

    template: str
    year: str
    office: str
    school_id: str
    school: str
    version: str
    returned: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def pairs(self) -> list[tuple[str, str]]:
        """Its lines on the hidden sheet."""
        titles = {name: list(said) for name, said in self.columns.items()}
        return [
            (MARK, self.template),
            *((name, getattr(self, name)) for name in _NAMES if name != "template"),
            (_COLUMNS, json.dumps(titles, ensure_ascii=False)),
        ]

    def defined_names(self) -> list[tuple[str, str]]:
        """Its defined names with their formulas."""
        return [
            (name, '="' + getattr(self, part).replace('"', '""') + '"')
            for part, name in _NAMES.items()
        ]


def read_mark(source: Source) -> SchoolMark | None:
    """The mark of a workbook; None where it is no template for a school."""
    for sheet in source.sheets:
        if sheet.name == MARK_SHEET:
            said = {
                as_text(cells[0]).strip(): as_text(cells[1]).strip() if len(cells) > 1 else ""
                for cells in sheet.rows
                if cells
            }
            if said.get("school_id"):
                return _mark({**said, "template": said.get(MARK, "")})
    names = _defined(source) if source.format is Format.XLSX else {}
    return _mark(names) if names.get("template") and names.get("school_id") else None


def _mark(said: Mapping[str, str]) -> SchoolMark:
    words = {name: said.get(name, "") for name in _NAMES}
    return SchoolMark(**words, columns=_titles(said.get(_COLUMNS, "")))


def _titles(text: str) -> dict[str, tuple[str, ...]]:
    """The titles by sheet; none where a person has meddled with the cell."""
    try:
        found: object = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    pairs: dict[object, object] = found  # pyright: ignore[reportUnknownVariableType]
    return {
        str(name): tuple(str(one) for one in said)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        for name, said in pairs.items()
        if isinstance(said, list)
    }


@dataclass(slots=True)
class _Names:
    """Collects the defined names that are ours."""

    found: dict[str, str] = field(default_factory=dict[str, str])
    _name: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        ours = {shown: part for part, shown in _NAMES.items()}
        said = attributes.get("name", "") if name == "definedName" else ""
        self._name = ours.get(said, "")

    def text(self, text: str) -> None:
        if self._name:
            self.found[self._name] = self.found.get(self._name, "") + text

    def end(self, _name: str) -> None:
        self._name = ""


def _defined(source: Source) -> dict[str, str]:
    names = _Names()
    try:
        parcel = Parcel(io.BytesIO(source.path.read_bytes()), Budget())
        reader = XmlReader(names.start, names.end, names.text)
        reader.read([parcel.read("xl/workbook.xml", UNPACKED)])
    except (OSError, Refusal):
        return {}  # the sheets were read; a mark that cannot be is no mark
    return {
        part: said.strip().removeprefix("=").strip('"').replace('""', '"')
        for part, said in names.found.items()
    }
