"""What the card beside the list says of one teacher."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.entities.describe import columns
from models.errors import UserError
from models.office.context import Office
from models.staff.biography import Biography, read_biography
from models.staff.records import Teacher
from ui.desktop.pages.teachers.hours import meters_of
from ui.desktop.widgets.detail_card import Details, Fact

_HEAD = ("name", "school", "subject", "title", "status")
_FIRST = ("teacher_no", "id_number", "phone", "stage", "post")
AT_WORK = "在岗"
NO = "否"
_USUAL = {"id_type": "居民身份证"}
"""What goes without saying: fields that say no more than everybody's do."""


def teacher_details(office: Office, teacher_id: str, *, masked: bool) -> Details | None:
    """The card of a teacher; None for one who is no longer in the register."""
    try:
        found = read_biography(office, teacher_id, masked=masked)
    except UserError:
        return None
    shown = found.shown
    status = shown.get("status", "")
    measured, meters = meters_of(office, teacher_id)
    below = " · ".join(text for name in _HEAD[1:4] if (text := shown.get(name, "")))
    return Details(
        name=shown["name"],
        below=below or "未填学校和学科",
        state=status,
        tone="ok" if status == AT_WORK else "muted",
        facts=_first(shown),
        measured=measured,
        meters=meters,
        later=(*_rest(shown), *_periods(found)),
    )


def _first(shown: Mapping[str, str]) -> list[Fact]:
    """What a person looks for first."""
    return _lines(shown, _FIRST)


def _rest(shown: Mapping[str, str]) -> list[Fact]:
    """Everything else the register says, under a heading."""
    lines = _lines(shown, [name for name in columns(Teacher) if name not in (*_HEAD, *_FIRST)])
    return [Fact("", "其他资料"), *lines] if lines else []


def _lines(shown: Mapping[str, str], order: Sequence[str]) -> list[Fact]:
    described = columns(Teacher)
    return [
        Fact(described[name].title, shown[name])
        for name in order
        if shown.get(name, "") not in ("", _USUAL.get(name, NO))
    ]


def _periods(found: Biography) -> list[Fact]:
    """Where the teacher was before and since when what holds now holds."""
    if not found.periods:
        return []
    lines = [
        Fact(
            columns(Teacher)[one.aspect].title,
            f"{one.value or '—'}　{one.starts_on or '此前'} 至 {one.ends_on or '今'}",
        )
        for one in found.periods
    ]
    return [Fact("", "任职经历"), *lines]
