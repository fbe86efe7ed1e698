"""What the designer shows is what prints: ink lies where the outlines say, oddities are told."""

from __future__ import annotations

import pytest
from PIL import Image

from models.progress import Progress
from reports.inputs.certificate_forms import form_named, shipped_texts
from reports.kit.form_parts import Place, rect_at
from tests.certificate_forms import new_part, small_form
from tests.offices import new_office
from tests.papers import own_fonts
from ui.desktop.pages.certificates.designer import rendering
from ui.desktop.pages.certificates.designer.rendering import Printer, Source

pytestmark = pytest.mark.prints
DPI = 254
"""Ten pixels to the millimetre."""


@pytest.fixture(autouse=True)
def the_same_fonts_everywhere(monkeypatch):
    monkeypatch.setattr(rendering, "fonts_of", lambda _: own_fonts())


@pytest.fixture
def office(tmp_path):
    found = new_office(tmp_path)
    yield found
    found.store.close()


def render(office, form, source=None):
    return Printer().render(office, Progress(), form, source or Source(), DPI)


def ink(rendered):
    """The box of everything dark, in millimetres."""
    picture = rendered.picture
    size = (picture.width, picture.height)
    image = Image.frombuffer("RGB", size, picture.pixels, "raw", "BGRX", picture.stride, 1)
    dark = image.convert("L").point(lambda value: 255 if value < 160 else 0)
    return [one / 10 for one in dark.getbbox()]


@pytest.mark.parametrize("align", ["left", "center", "right"])
@pytest.mark.parametrize("size", [10, 40])
def test_letters_lie_in_the_outline_of_their_text(office, align, size):
    text = new_part("fields", text="国国国", x=100, y=50, width=80, size=size, align=align)
    form = small_form(text)
    left, top, right, bottom = ink(render(office, form))
    outline = rect_at(form, Place("fields"))
    assert outline.left - 0.2 <= left
    assert right <= outline.right + 0.2
    assert outline.top - 0.2 <= top
    assert bottom <= outline.bottom + 0.2
    edge = {"left": abs(left - 100), "right": abs(right - 100)}
    assert edge.get(align, abs((left + right) / 2 - 100)) < size * 0.05


@pytest.mark.parametrize("slot", ["boxes", "lines", "photo", "code"])
def test_what_is_drawn_fills_its_outline(office, slot):
    many = slot in {"boxes", "lines"}
    part = new_part(slot)
    form = small_form(**{slot: (part,) if many else part})
    outline = rect_at(form, Place(slot))
    found = ink(render(office, form))
    quiet = 3.5 if slot == "code" else 0.2  # a code has a white edge
    if slot == "photo":  # its ground is light
        assert outline.left <= found[0] < found[2] <= outline.right
    else:
        assert found == pytest.approx(list(outline), abs=quiet)


def test_parts_that_cannot_be_printed_are_told_and_the_others_shown(office):
    good = new_part("fields", key="好", text="好", x=20, y=40)
    form = small_form(
        new_part("fields", key="错", text="{nmae}", y=80),
        good,
        new_part("fields", key="窄", text="{name}", width=3),
        boxes=(new_part("boxes", x=190, width=60),),
        background={"picture": "bm8=", "printed": True},
    )
    found = render(office, form)
    told = " ".join(one.text for one in found.found if one.grave)
    for words in ("“窄”处写不下", "{nmae} 不是已知的值", "方框", "底图"):
        assert words in told
    places = {one.text[1]: one.places for one in found.found if "“窄”" in one.text}
    assert list(places.values()) == [(Place("fields", 2),)]
    assert ink(found) == pytest.approx(ink(render(office, small_form(good))), abs=0.2)


@pytest.mark.parametrize("name", sorted(shipped_texts()))
def test_the_longest_values_fit_the_shipped_forms(office, name):
    found = render(office, form_named(office, name), Source(longest=True))
    assert [one.text for one in found.found if one.grave] == []
