"""What kinds of certificates there are: data of ``resources/certificates/kinds.toml``.

A kind says what is certified and to whom; forms say where it stands on paper. They meet in names
of values (``{name}``, ``{number}`` …) and know nothing else of each other.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

import resources
from models.entities.describe import Column, Entity
from models.entities.describe import Kind as ValueKind
from models.errors import UserError

_FILE = "certificates/kinds.toml"
_PERSON = {
    "teacher_no": Column(
        title="教师编号",
        kind=ValueKind.NUMBER_TEXT,
        width=9,
        synonyms=("继教号", "继续教育编号", "教师编码"),
        note="教师编号、身份证号、姓名与单位，填一种即可",
    ),
    "id_number": Column(
        title="身份证号",
        kind=ValueKind.ID_NUMBER,
        width=12,
        personal=True,
        synonyms=("身份证", "身份证号码", "证件号码"),
    ),
    "name": Column(
        title="姓名", kind=ValueKind.NAME, width=7, synonyms=("教师姓名", "获奖人", "持证人")
    ),
    "school": Column(
        title="单位",
        kind=ValueKind.INSTITUTION,
        width=16,
        synonyms=("学校", "工作单位", "所在学校", "单位名称", "学校名称", "所在单位"),
        note="与机构名录一致",
    ),
}
PERSON_FIELDS = frozenset(_PERSON)
"""The columns of a list that say who the holder is; the others are facts of the kind."""


class Fact(BaseModel):
    """One thing that a kind of certificate says besides its holder.

    Attributes:
        key: the name of the value on forms.
        title: what the office calls it.
        kind: how a cell becomes a value.
        required: whether nothing is issued without it.
        default: taken where it is not given; ``{…}`` is another value of the same certificate.
        since: the key of the fact, a day too, that this day may not come before; "" for none.
        synonyms: other header words that mean it.
        note: how to fill it in.
        example: a plausible value.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    title: str
    kind: ValueKind
    required: bool = False
    default: str = ""
    since: str = ""
    synonyms: tuple[str, ...] = ()
    note: str = ""
    example: str = ""

    @property
    def column(self) -> Column:
        """The fact as a column of a list: one that has a default need not be filled in."""
        return Column(
            title=self.title,
            kind=self.kind,
            required=self.required and not self.default,
            synonyms=self.synonyms,
            note=self.note,
            example=self.example,
            width=12,
        )


class Kind(BaseModel):
    """One kind of certificate.

    Attributes:
        key, title: its name in the program and in the office.
        mark: what ``{kind}`` is in its numbers.
        unit: the word one counts them with.
        basis: what an issue rests on.
        holders: who can hold one.
        about: the fact that the register shows as its title.
        booklet: whether one holder's copy is written on year after year.
        number: the template of its numbers where the office has not set another.
        numbered_by_rules: whether the rule pack in force goes before ``number``.
        once_per: facts that are equal in two certificates of one holder only if one is void.
        keeps: facts of the teacher that are frozen with it.
        id_number: how much of the ID number its forms print.
        not_for: codes of the states in which a teacher gets none.
        stock: the blank stock it is printed on, "" for plain paper.
        forms: names of its forms, the usual one first.
        institution_form: the form for an institution, "" for the usual one.
        register_form, yearly_form: of a booklet: the forms of its register and yearly pages.
        register_pages, yearly_pages: of a booklet: how it is usually bound, as ``4-23x12``.
        facts: what it says.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    title: str
    mark: str
    unit: str
    basis: Literal["course", "list", "teacher"]
    holders: tuple[Literal["teacher", "institution"], ...] = ("teacher",)
    about: str
    booklet: bool = False
    number: str
    numbered_by_rules: bool = False
    once_per: tuple[str, ...]
    keeps: tuple[str, ...]
    id_number: Literal["none", "masked", "full"]
    not_for: tuple[str, ...] = ()
    stock: str
    forms: Annotated[tuple[str, ...], Field(min_length=1)]
    institution_form: str = ""
    register_form: str = ""
    yearly_form: str = ""
    register_pages: str = ""
    yearly_pages: str = ""
    facts: tuple[Fact, ...]

    @property
    def form(self) -> str:
        """The name of the usual form."""
        return self.forms[0]

    @property
    def limited(self) -> bool:
        """Whether each of its certificates holds until a day that it says."""
        return any(one.key == "valid_to" and one.required for one in self.facts)

    def form_for(self, institution_id: str) -> str:
        """The name of the form for a holder: ``institution_id`` is "" for a teacher."""
        return self.institution_form if institution_id and self.institution_form else self.form


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its key, in the order of the file."""
    every = (Kind.model_validate(one) for one in _described()["kinds"])
    return {one.key: one for one in every}


def booklet_kind() -> Kind:
    """The kind whose copies are written on year after year."""
    return next(one for one in kinds().values() if one.booklet)


def spoilt_reasons() -> tuple[str, ...]:
    """Why a sheet is usually spoilt, the commonest first."""
    return tuple(_described()["spoilt_reasons"])


@cache
def _described() -> Mapping[str, Any]:
    return tomllib.loads(resources.path(_FILE).read_text(encoding="utf-8"))


def kind_named(key: str) -> Kind:
    """The kind of that key or Chinese title.

    Raises:
        UserError: there is none; the sentence lists those there are.
    """
    every = kinds()
    found = every.get(key) or next((one for one in every.values() if one.title == key), None)
    if found is None:
        raise UserError(
            "certificate.kind",
            f"没有“{key}”这种证书。",
            usable({name: one.title for name, one in every.items()}),
        )
    return found


def usable(choices: Mapping[str, str]) -> str:
    """The hint that tells what one may write: each choice, and what it means."""
    return "可用：" + "、".join(f"{key}（{name}）" for key, name in choices.items()) + "。"


@cache
def list_entity(kind: str) -> type[Entity]:
    """The lines of a list of holders of a kind: who it is, and the facts.

    Templates, header words and the checks of cells derive from it, as from every entity.
    """
    found = kind_named(kind)
    described = _PERSON | {one.key: one.column for one in found.facts}
    fields: dict[str, Any] = {
        name: (Annotated[Any, column], None) for name, column in described.items()
    }
    made: type[Entity] = create_model(f"{found.title}名单", __base__=Entity, **fields)
    return made
