"""Looking a pack's text over before it is taken in: form, words, what it builds upon."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from rapidfuzz import process

from models.errors import UserError
from models.office.context import Office
from models.policies.library import complete, packs_of
from models.policies.places import line_of
from models.policies.reading import Mistake, mistake_at, read_text, unknown_need
from models.policies.records import Pack
from models.policies.wording import unknown_words

_NOT_YET = "policy.mistakes"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of a pack's text found.

    Attributes:
        pack: the pack as the text says it, None where the text cannot be read as one.
        found: what is wrong, by line; a pack with any mistake is not taken.
        whole: the pack with all it is based on, None where that cannot be told.
    """

    pack: Pack | None
    found: tuple[Mistake, ...] = ()
    whole: Pack | None = None

    @property
    def mistakes(self) -> tuple[str, ...]:
        """The mistakes as sentences with place and remedy."""
        return tuple(one.told for one in self.found)


def check_text(office: Office, text: str) -> Checked:
    """Look a pack's text over: its form, the words it uses, what it is based on."""
    reading = read_text(text)
    pack = reading.pack
    if pack is None:
        return Checked(None, reading.mistakes)
    raw = tomllib.loads(text)
    found = [
        mistake_at(text, one.place, raw, one.sentence) for one in unknown_words(pack, office.codes)
    ]
    found += _bad_days(pack, text)
    others = {one.id: one for one in packs_of(office) if one.id != pack.id}
    whole = None
    try:
        whole = complete(pack.id, [*others.values(), pack])
    except UserError as error:
        found.append(Mistake(line_of(text, ("based_on",)), error.sentence, error.code))
    if whole is not None:
        found += _unknown_needs(pack, whole, text)
    if whole is not None and pack.based_on:
        found += _useless_drops(pack, complete(pack.based_on, others.values()), text)
    found.sort(key=lambda one: one.line)
    return Checked(pack, tuple(found), whole)


def _bad_days(pack: Pack, text: str) -> list[Mistake]:
    if pack.valid_until is None or pack.valid_from <= pack.valid_until:
        return []
    words = f"截止日期 {pack.valid_until} 早于起始日期 {pack.valid_from}，请核对。"
    return [Mistake(line_of(text, ("valid_until",)), words, _NOT_YET)]


def _unknown_needs(pack: Pack, whole: Pack, text: str) -> list[Mistake]:
    known = {one.id for one in whole.requirements}
    return [
        Mistake(line_of(text, ("designations", number, "needs")), unknown_need(one, need), _NOT_YET)
        for number, one in enumerate(pack.designations)
        for need in one.needs
        if need not in known
    ]


def _useless_drops(pack: Pack, base: Pack, text: str) -> list[Mistake]:
    """Demands that shall not hold and that the base does not have: a slip of the pen."""
    known = [
        one.id for parts in (base.requirements, base.targets, base.designations) for one in parts
    ]
    line = line_of(text, ("drop",))
    found: list[Mistake] = []
    for one in pack.drop:
        if one not in known:
            near = process.extractOne(one, known, score_cutoff=60)
            guess = f"是不是“{near[0]}”？" if near else f"那里有：{'、'.join(known)}。"
            words = f"不再适用的要求（drop）：“{base.title}”中没有“{one}”，{guess}"
            found.append(Mistake(line, words, _NOT_YET))
    return found
