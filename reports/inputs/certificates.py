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
from models.certificates.kinds import Kind, kind_named, kinds
from models.certificates.register import Certificate, certificates
from models.errors import UserError
from models.office.context import Office
from models.training.courses import read
from reports.documents.certificates import CertificateBatch
from reports.inputs.certificate_forms import form_named
from reports.inputs.certificate_values import Beside, values_of
from reports.kit.copies import Copy
from reports.kit.forms import Form, read_form
from resources import path

_AT_ONCE = 200
_NONE: Mapping[str, str] = {}
_HIDDEN = "*" * 6
_SAMPLE_CODE = "TC1:" + "6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE" * 4


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


def sample_copy(form: Form) -> Copy:
    """A made-up copy for the preview of a form: the values of its kind, or of all kinds."""
    fitting = [one for one in kinds().values() if form.name in (*one.forms, one.institution_form)]
    values: dict[str, str] = {}
    for kind in fitting or kinds().values():
        values = values_of(_sample(kind), Beside("22028219850601002X")) | values
    return Copy("样张", values, code=_SAMPLE_CODE)


def shipped_form(name: str) -> Form:
    """A form that the program carries."""
    return read_form(path(f"certificates/{name}.toml"))


def batches_of(office: Office, every: Sequence[Certificate], title: str) -> list[CertificateBatch]:
    """The certificates as batches to print, one for each form they need, in their order."""
    of_form: dict[str, list[Certificate]] = {}
    for one in every:
        name = kind_named(one.kind).form_for(one.institution_id)
        of_form.setdefault(name, []).append(one)
    return [
        CertificateBatch(
            title=title,
            issuer=office.identity.name,
            printed_at=office.store.clock.now(),
            form=form_named(office, name),
            copies=copies_of(office, part),
        )
        for name, part in of_form.items()
    ]


def course_batch(office: Office, course_id: str) -> CertificateBatch:
    """The valid certificates of a course, in the order of their numbers.

    Raises:
        UserError: no such course, or none of its certificates is valid.
    """
    course = read(office, course_id)
    valid = [one for one in certificates(office, course_id=course_id) if not one.void]
    if not valid:
        raise UserError(
            "certificate.none", f"“{course['title']}”还没有发过证书。", "请先发证，再打印。"
        )
    title = f"{course['year']}年{course['title']}{valid[0].kind_title}"
    return batches_of(office, valid, title)[0]


def _sample(kind: Kind) -> Certificate:
    """A certificate of the kind that says what its description gives as examples."""
    facts = {one.key: one.example for one in kind.facts}
    kept = {
        "birth": "1985-06",
        "ethnicity": "汉族",
        "education": "大学本科",
        "rank": "一级教师",
        "stage": "初中",
        "subject": "数学",
        "position": "教研组长",
    }
    return Certificate(
        id="",
        number=f"2202822025{kind.mark}00012",
        kind=kind.key,
        teacher_id="",
        institution_id="",
        course_id=None,
        holder_no="",
        holder_name="张红梅",
        holder_sex="女",
        holder_school="桦甸市第四中学",
        holder_id_tail="002X",
        title=facts[kind.about],
        year=2025,
        batch="5",
        facts={name: text for name, text in kept.items() if name in kind.keeps} | facts,
        hours=None,
        credits=None,
        score="",
        start_date=facts.get("start_date", ""),
        end_date=facts.get("end_date", ""),
        issuer="桦甸市教师进修学校",
        issued_on="2025-09-20",
        void=False,
        voided_on="",
        void_reason="",
    )
