"""The form as it prints: one copy through the kit of the papers, and the page as a picture."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from models.certificates.register import certificates
from models.errors import OfficeError, UserError
from models.office.context import Office
from models.progress import Progress
from reports.inputs.certificates import copies_of
from reports.inputs.fonts import fonts_of
from reports.kit.copies import Copy, Printing, print_copies
from reports.kit.form_checking import Complaint, complaints
from reports.kit.form_parts import PARTS, Place, part_at, places
from reports.kit.forms import Form
from reports.kit.furniture import Output
from reports.kit.paper import About
from reports.kit.raster import Picture, page_picture
from reports.kit.sample_photo import sample_photo
from reports.kit.value_names import sample_values, words_of


class Source(NamedTuple):
    """With which values a form is shown.

    Attributes:
        certificate_id: one of the register; "" for made-up values.
        longest: whether the made-up ones are about the longest that occur.
    """

    certificate_id: str = ""
    longest: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """A form as it prints.

    Attributes:
        picture: the page.
        found: what is to be looked at, from the form and from printing it.
    """

    picture: Picture
    found: tuple[Complaint, ...]


_AS_SEEN = Printing(preview=True)
SAMPLE_CODE = "TC1:" + "6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE" * 4
"""About as long as a real one; it verifies as nothing."""


class Printer:
    """Prints forms for looking at."""

    def render(
        self, office: Office, progress: Progress, form: Form, source: Source, dpi: float
    ) -> Rendered:
        """Print one copy and look at it; what does not fit is left out and told.

        Raises:
            UserError: the certificate is not in the register.
        """
        copy = copy_for(office, form, source)
        found = complaints(form)
        if source.certificate_id:
            found += _empty(form, copy)
        bad = {place for one in found if one.grave for place in one.places}
        shown = _without(form, bad)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            file, now = Path(folder) / "样张.pdf", office.store.clock.now()
            output = Output(file, fonts_of(office), now, progress, overwrite=True)
            try:
                picture = _picture(shown, copy, output, dpi)
            except OfficeError:
                shown, more = _what_prints(form, bad, copy, output)
                found += more
                picture = _picture(shown, copy, output, dpi)
        remarks = {output.fonts.remark(one.role) for one in form.fields} - {""}
        return Rendered(picture, (*found, *(Complaint(one) for one in sorted(remarks))))


def _picture(form: Form, copy: Copy, output: Output, dpi: float) -> Picture:
    print_copies(form, [copy], About(form.title), output, _AS_SEEN)
    return page_picture(output.path, 0, dpi)


def _what_prints(
    form: Form, bad: Collection[Place], copy: Copy, output: Output
) -> tuple[Form, list[Complaint]]:
    """The form with only those parts that print alone, and why the others do not.

    Parts that are known to be bad are left out without a further word.
    """
    found: list[Complaint] = []
    bare = form.model_copy(update={slot: _held(slot, []) for slot in (*PARTS, "background")})

    def prints(place: Place, part: object) -> bool:
        alone = bare.model_copy(update={place.slot: _held(place.slot, [part])})
        try:
            print_copies(alone, [copy], About(form.title), output, _AS_SEEN)
        except OfficeError as error:
            said = error.message.removeprefix(f"{copy.label}：")
            if place.slot == "background":
                said = said.replace("照片", "底图")
            found.append(Complaint(said, (place,), grave=True))
            return False
        return True

    good: dict[str, list[object]] = {}
    for place in places(form):
        part = part_at(form, place)
        if place not in bad and prints(place, part):
            good.setdefault(place.slot, []).append(part)
    if form.background is not None and prints(Place("background"), form.background):
        good["background"] = [form.background]
    return bare.model_copy(update={slot: _held(slot, few) for slot, few in good.items()}), found


def _empty(form: Form, copy: Copy) -> list[Complaint]:
    """The texts that are left out because this copy has nothing for them."""
    return [
        Complaint(
            f"{copy.label}没有“{words_of(one.text)}”的内容，“{one.key}”处留空。",
            (Place("fields", at),),
        )
        for at, one in enumerate(form.fields)
        if one.names and all(copy.values.get(name) == "" for name in one.names)
    ]


def copy_for(office: Office, form: Form, source: Source) -> Copy:
    """The values to show a form with.

    Raises:
        UserError: the certificate is not in the register.
    """
    values = sample_values(longest=source.longest)
    lines = range(1, form.rows.count + 1) if form.rows is not None else ()
    rows = dict.fromkeys(lines, values)
    if not source.certificate_id:
        return Copy("样张", values, sample_photo(), SAMPLE_CODE, rows)
    found = certificates(office, ids=[source.certificate_id])
    if not found:
        raise UserError("certificate.unknown", "登记册中没有这本证书。", "请改用示例数据。")
    real = copies_of(office, found)[0]
    known = {**dict.fromkeys(values, ""), **real.values}
    return replace(real, values=known, code=real.code or SAMPLE_CODE, rows=rows)


def _held(slot: str, parts: list[object]) -> object:
    """Parts as the attribute of a form holds them."""
    if slot in PARTS and PARTS[slot].many:
        return tuple(parts)
    return next(iter(parts), None)


def _without(form: Form, bad: Collection[Place]) -> Form:
    """The form without the texts and rows that ask for values nobody knows."""
    good = [part for at, part in enumerate(form.fields) if Place("fields", at) not in bad]
    rows = None if Place("rows") in bad else form.rows
    return form.model_copy(update={"fields": tuple(good), "rows": rows})
