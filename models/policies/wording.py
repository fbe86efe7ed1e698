"""The words of a pack as codes of the office's tables, and the words that no table knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel
from rapidfuzz import process

from models.codes.library import CodeTables
from models.policies.places import Place
from models.policies.records import Pack
from models.policies.requirements import Requirement, Selection, Whom

KINDS = {"登记": "record", "课程": "course", "冲抵": "offset"}
_WHOM_TABLES = {
    "status": "teacher_status",
    "not_status": "teacher_status",
    "post": "post",
    "title": "title",
    "education": "education",
    "stage": "stage",
    "track": "track",
    "backbone": "backbone",
    "subject": "subject",
    "location": "location",
    "school_type": "institution_type",
}
SELECTION_TABLES = {
    "mode": "training_mode",
    "theme": "training_theme",
    "level": "training_level",
    "nature": "course_nature",
}
"""What packs call a fact of a training, and its code table."""
_NEAR = 3


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word of a pack that its code table does not have.

    Attributes:
        place: where in the pack: ``requirements``, 3, ``of``, 0, ``mode``.
        table: Chinese title of the table.
        word: the word.
        near: entries it may mean.
    """

    place: Place
    table: str
    word: str
    near: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What to tell the person, at the place."""
        near = f"是不是“{'”“'.join(self.near)}”？" if self.near else "请对照设置中的代码表。"
        return f"代码表“{self.table}”中没有“{self.word}”，{near}"


def whom_codes(whom: Whom, codes: CodeTables) -> dict[str, frozenset[str]]:
    """Condition of a ``Whom`` to the codes its words mean; conditions without words are left out.

    A word that no table knows is left out: ``unknown_words`` tells of it when a pack is taken in.
    """
    return _codes(whom, _WHOM_TABLES, codes)


def selection_codes(selection: Selection, codes: CodeTables) -> dict[str, frozenset[str]]:
    """Condition of a ``Selection`` to codes, as ``whom_codes``; kinds as the ledger stores them."""
    found = _codes(selection, SELECTION_TABLES, codes)
    if selection.kind:
        found["kind"] = frozenset(KINDS[word] for word in selection.kind if word in KINDS)
    return found


def unknown_words(pack: Pack, codes: CodeTables) -> list[UnknownWord]:
    """Every word of the pack's conditions that its code table does not have, in order."""
    return unknown_in(pack, codes)


def unknown_in(part: BaseModel, codes: CodeTables) -> list[UnknownWord]:
    """The same of a pack or a part of one, such as a requirement."""
    return [
        unknown
        for place, inner in _parts(part, ())
        for name, table in tables_of(inner).items()
        for unknown in _unknown((*place, name), getattr(inner, name), table, codes)
    ]


def _codes(
    part: BaseModel, tables: Mapping[str, str], codes: CodeTables
) -> dict[str, frozenset[str]]:
    return {
        name: frozenset(
            entry.code for word in words if (entry := codes[table].find(word)) is not None
        )
        for name, table in tables.items()
        if (words := getattr(part, name))
    }


def _unknown(
    place: Place, words: Iterable[str], table: str, codes: CodeTables
) -> Iterator[UnknownWord]:
    if table == "":
        missing = [word for word in words if word not in KINDS]
        yield from (UnknownWord(place, "登记类别", word, tuple(KINDS)) for word in missing)
        return
    for word in words:
        if codes[table].find(word) is None:
            near = process.extract(word, codes[table].names(), limit=_NEAR, score_cutoff=40)
            yield UnknownWord(place, codes[table].title, word, tuple(name for name, _, _ in near))


def tables_of(part: BaseModel) -> Mapping[str, str]:
    """Which fields of a part name words of which code tables; "" for the kinds of entries."""
    match part:
        case Whom():
            return _WHOM_TABLES
        case Selection():
            return {**SELECTION_TABLES, "kind": ""}
        case Requirement():
            return {"relief": "teacher_status"}
        case _:
            return {}


def _parts(part: BaseModel, place: Place) -> Iterator[tuple[Place, BaseModel]]:
    """The part and every part within it, each with its place."""
    yield place, part
    for name in type(part).model_fields:
        value = getattr(part, name)
        within = (*place, name)
        if isinstance(value, BaseModel):
            yield from _parts(value, within)
        elif isinstance(value, tuple):
            for number, one in enumerate(value):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
                if isinstance(one, BaseModel):
                    yield from _parts(one, (*within, number))
