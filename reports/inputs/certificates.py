"""Certificates as they are printed: each with the values its form asks for, photo and code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import overload

from models.certificates.at_print import (
    id_number_shown,
    id_numbers_of,
    organizers_of,
    photos_of,
)
from models.certificates.kinds import kind_named
from models.certificates.register import Certificate
from models.office.context import Office
from reports.inputs.certificate_values import Beside, values_of
from reports.kit.copies import Copy

_AT_ONCE = 200
_NONE: Mapping[str, str] = {}
_HIDDEN = "*" * 6


class Copies(Sequence[Copy]):
    """The copies of certificates, made as they are asked for: photos of thousands are large."""

    def __init__(
        self,
        office: Office,
        every: Sequence[Certificate],
        marks: Mapping[str, str],
        codes: Mapping[str, str],
        *,
        photos: bool,
    ) -> None:
        """Make copies of these certificates; see ``copies_of``."""
        self._office, self._every = office, every
        self._marks, self._codes, self._photos = marks, codes, photos
        self._shown = {
            key: id_number_shown(office, kind_named(key)) for key in {one.kind for one in every}
        }

    def __len__(self) -> int:
        return len(self._every)

    @overload
    def __getitem__(self, at: int) -> Copy: ...
    @overload
    def __getitem__(self, at: slice) -> list[Copy]: ...
    def __getitem__(self, at: int | slice) -> Copy | list[Copy]:
        if isinstance(at, slice):
            return self._made(self._every[at])
        return self._made([self._every[at]])[0]

    def __iter__(self) -> Iterator[Copy]:
        for start in range(0, len(self._every), _AT_ONCE):
            yield from self._made(self._every[start : start + _AT_ONCE])

    def _made(self, part: Sequence[Certificate]) -> list[Copy]:
        full = [one.teacher_id for one in part if self._shown[one.kind] == "full"]
        unsaid = [one.course_id or "" for one in part if not one.facts.get("organizer")]
        numbers = id_numbers_of(self._office, full)
        organizers = organizers_of(self._office, unsaid)
        photos = photos_of(self._office, [one.teacher_id for one in part]) if self._photos else {}
        return [
            Copy(
                label_of(one),
                values_of(
                    one,
                    Beside(
                        id_number=self._id_number(one, numbers),
                        organizer=organizers.get(one.course_id or "", ""),
                        mark=self._marks.get(one.id, ""),
                    ),
                ),
                photo=photos.get(one.teacher_id),
                code=self._codes.get(one.id, ""),
            )
            for one in part
        ]

    def _id_number(self, one: Certificate, numbers: Mapping[str, str]) -> str:
        match self._shown[one.kind]:
            case "full":
                return numbers.get(one.teacher_id, "")
            case "masked" if one.holder_id_tail:
                return _HIDDEN + one.holder_id_tail
            case _:
                return ""


def label_of(one: Certificate) -> str:
    """A certificate's name in bookmarks and messages."""
    return f"{one.holder_name}（{one.number}）"


def copies_of(
    office: Office,
    every: Sequence[Certificate],
    marks: Mapping[str, str] = _NONE,
    *,
    codes: Mapping[str, str] = _NONE,
    photos: bool = True,
) -> Copies:
    """The copies of the certificates, in their order.

    Args:
        office: the office; asked again whenever the copies are gone through.
        every: the certificates.
        marks: ``补`` by the identity of those that are copied anew.
        codes: the text of each one's QR code by its identity.
        photos: whether to read the holders' photos.
    """
    return Copies(office, every, marks, codes, photos=photos)
