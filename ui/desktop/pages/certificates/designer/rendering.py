"""The form as it prints: one copy through the kit of the papers, and the page as a picture."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from models.errors import OfficeError, UserError
from models.office.context import Office
from models.progress import Progress
from reports.kit.copies import Copy, Printing, print_copies
from reports.kit.fonts import Fonts
from reports.kit.form_checking import Complaint, complaints
from reports.kit.form_parts import PARTS, Place, part_at, places
from reports.kit.forms import Form
from reports.kit.furniture import Output
from reports.kit.paper import About
from reports.kit.raster import Picture, page_picture
from reports.kit.sample_photo import sample_photo
from reports.kit.value_names import sample_values
from resources import path


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
        picture: the page; None where nothing could be printed.
        found: what is to be looked at, from the form and from printing it.
    """

    picture: Picture | None
    found: tuple[Complaint, ...]


SAMPLE_CODE = "TC1:" + "6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE" * 4
"""About as long as a real one; it verifies as nothing."""


@dataclass
class Printer:
    """Prints forms for looking at; keeps the fonts, which are dear to load."""

    _fonts: list[Fonts] = field(default_factory=list[Fonts])

    def fonts(self) -> Fonts:
        """The fonts of this computer."""
        if not self._fonts:
            self._fonts.append(Fonts(path("fonts")))
        return self._fonts[0]

    def render(
        self, office: Office, progress: Progress, form: Form, source: Source, dpi: float
    ) -> Rendered:
        """Print one copy and look at it; what does not fit is left out and told."""
        found = complaints(form)
        shown = _without_grave(form, found)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            file, now = Path(folder) / "样张.pdf", office.store.clock.now()
            output = Output(file, self.fonts(), now, progress, overwrite=True)
            try:
                picture = self._picture(office, shown, source, (output, dpi))
            except OfficeError:
                shown, more = self._what_prints(office, shown, source, output)
                found += more
                try:
                    picture = self._picture(office, shown, source, (output, dpi))
                except OfficeError as error:
                    return Rendered(None, (*found, Complaint(error.sentence, grave=True)))
        remarks = {self.fonts().remark(one.role) for one in form.fields} - {""}
        return Rendered(picture, (*found, *(Complaint(one) for one in sorted(remarks))))

    def _picture(
        self, office: Office, form: Form, source: Source, target: tuple[Output, float]
    ) -> Picture:
        output, dpi = target
        copy = copy_for(office, form, source)
        print_copies(form, [copy], About(form.title), output, Printing(preview=True))
        return page_picture(output.path, 0, dpi)

    def _what_prints(
        self, office: Office, form: Form, source: Source, output: Output
    ) -> tuple[Form, list[Complaint]]:
        """The form with only those parts that print alone, and why the others do not."""
        found: list[Complaint] = []
        copy = copy_for(office, form, source)
        bare = form.model_copy(update={slot: _held(slot, []) for slot in (*PARTS, "background")})

        def prints(place: Place, part: object) -> bool:
            alone = bare.model_copy(update={place.slot: _held(place.slot, [part])})
            try:
                print_copies(alone, [copy], About(form.title), output, Printing(preview=True))
            except OfficeError as error:
                said = error.message.removeprefix(f"{copy.label}：")
                found.append(Complaint(said, (place,), grave=True))
                return False
            return True

        good: dict[str, list[object]] = {}
        for place in places(form):
            part = part_at(form, place)
            if prints(place, part):
                good.setdefault(place.slot, []).append(part)
        if form.background is not None and prints(Place("background"), form.background):
            good["background"] = [form.background]
        return bare.model_copy(update={slot: _held(slot, few) for slot, few in good.items()}), found


def copy_for(office: Office, form: Form, source: Source) -> Copy:
    """The values to show a form with.

    Raises:
        UserError: the certificate is not in the register.
    """
    if source.certificate_id:
        raise UserError("certificate.unknown", "登记册中没有这本证书。", "请改用示例数据。")
    del office
    values = sample_values(longest=source.longest)
    lines = range(1, form.rows.count + 1) if form.rows is not None else ()
    return Copy("样张", values, sample_photo(), SAMPLE_CODE, dict.fromkeys(lines, values))


def _held(slot: str, parts: list[object]) -> object:
    """Parts as the attribute of a form holds them."""
    if slot in PARTS and PARTS[slot].many:
        return tuple(parts)
    return next(iter(parts), None)


def _without_grave(form: Form, found: list[Complaint]) -> Form:
    """The form without the parts that ask for values nobody knows."""
    bad = {place for one in found if one.grave for place in one.places}
    good = [part for at, part in enumerate(form.fields) if Place("fields", at) not in bad]
    rows = None if Place("rows") in bad else form.rows
    return form.model_copy(update={"fields": tuple(good), "rows": rows})
