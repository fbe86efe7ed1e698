"""What is doubtful in a form before it is printed: overlaps, parts off the sheet, strange names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations
from typing import TYPE_CHECKING

from reports.kit.form_parts import Place, part_at, places, rect_at, words_at
from reports.kit.form_shapes import Rect
from reports.kit.forms import NAMES_OF_PEOPLE, Fit, FormField, Rows, names_in
from reports.kit.paper import POINTS, SHIFT
from reports.kit.value_names import VALUE_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.kit.forms import Form

TOUCHING = 0.6
"""Millimetres by which two parts may lie on each other before it is said."""
NARROW = 0.55
"""Of the size: the width of a letter that is no Chinese one, generously."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something a person should look at.

    Attributes:
        text: a sentence.
        places: the parts concerned.
        grave: whether the form cannot be printed like this.
    """

    text: str
    places: tuple[Place, ...] = ()
    grave: bool = False


def complaints(form: Form) -> list[Complaint]:
    """Everything doubtful, the gravest first."""
    found = [
        *_unknown(form),
        *_outside(form),
        *_overlapping(form),
        *_same_names(form),
        *_nameless(form),
    ]
    return sorted(found, key=lambda one: not one.grave)


def _unknown(form: Form) -> Iterable[Complaint]:
    for place, key, text in _texts(form):
        for name in names_in(text):
            if name not in VALUE_NAMES:
                near = get_close_matches(name, VALUE_NAMES, 1)
                meant = (
                    f"，是不是 {{{near[0]}}}（{VALUE_NAMES[near[0]].title}）？" if near else "。"
                )
                said = f"“{key}”里的 {{{name}}} 不是已知的值{meant}"
                yield Complaint(said, (place,), grave=True)


def _texts(form: Form) -> Iterable[tuple[Place, str, str]]:
    """Every text with a name, and the part it belongs to."""
    for place in places(form):
        part = part_at(form, place)
        if isinstance(part, FormField):
            yield place, part.key, part.text
        elif isinstance(part, Rows):
            yield from ((place, one.key, one.text) for one in part.columns)


def _outside(form: Form) -> Iterable[Complaint]:
    for place in places(form):
        rect = rect_at(form, place)
        over = max(-rect.left, -rect.top, rect.right - form.width, rect.bottom - form.height)
        if over > TOUCHING:
            yield Complaint(f"“{words_at(form, place)}”超出纸边 {over:.1f} 毫米。", (place,))


def _overlapping(form: Form) -> Iterable[Complaint]:
    solid = [(one, inked(form, one)) for one in places(form) if one.kind.solid]
    for (a, first), (b, second) in combinations(solid, 2):
        shared = first.shared(second)
        if shared.width > TOUCHING and shared.height > TOUCHING and not _caption(form, a, b):
            names = f"“{words_at(form, a)}”与“{words_at(form, b)}”"
            yield Complaint(
                f"{names}的位置重叠 {shared.width:.1f} × {shared.height:.1f} 毫米。", (a, b)
            )


def _same_names(form: Form) -> Iterable[Complaint]:
    texts = [(place, words_at(form, place)) for place in places(form) if place.slot == "fields"]
    counts = Counter(name for _, name in texts)
    for name, count in counts.items():
        if count > 1:
            those = tuple(place for place, words in texts if words == name)
            yield Complaint(f"有 {count} 处文字都叫“{name}”，不易分清。", those)


def _nameless(form: Form) -> Iterable[Complaint]:
    """What every certificate bears; a page of a booklet goes into one that bears it already."""
    if form.rows is not None:
        return
    if not form.values & NAMES_OF_PEOPLE:
        yield Complaint("没有持证人的姓名 {name}，印出来不知道是谁的。")
    if "number" not in form.values:
        yield Complaint("没有证书编号 {number}，印出来不能登记、查找。")
    if form.code is None:
        yield Complaint("没有二维码，印出来不能扫码核验。")


def _caption(form: Form, a: Place, b: Place) -> bool:
    """Whether one is a fixed word standing in an area for something else, such as 照片."""
    pair = [part_at(form, one) for one in (a, b)]
    texts = [one for one in pair if isinstance(one, FormField)]
    return len(texts) == 1 and texts[0].fixed


def inked(form: Form, place: Place) -> Rect:
    """What a part covers at most; of a fixed line only where its letters stand."""
    rect = rect_at(form, place)
    part = part_at(form, place)
    if not isinstance(part, FormField) or not part.fixed or part.fit is Fit.WRAP:
        return rect
    em = part.size / POINTS
    width = sum(em if ord(char) > 0x2000 else em * NARROW for char in part.text)
    width = min(rect.width, width + part.tracking / POINTS * max(0, len(part.text) - 1))
    left = part.x - width * SHIFT[part.align]
    return Rect(left, rect.top, left + width, rect.bottom)
