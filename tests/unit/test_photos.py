from __future__ import annotations

import base64
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from models.errors import UserError
from models.staff.pictures import BROKEN
from reports.kit import photos
from reports.kit.photos import PhotoShelf, is_plain, plain_photo, plain_sheet, read_head
from tests.pictures import opened


def picture(size=(295, 413), mode="RGB", form="JPEG", colour=None, **options):
    out = BytesIO()
    Image.new(mode, size, colour or 0).save(out, form, **options)
    return out.getvalue()


@pytest.mark.parametrize(("mode", "components"), [("RGB", 3), ("L", 1), ("CMYK", 4)])
def test_the_head_of_a_jpeg_is_read_without_decoding_it(mode, components):
    assert read_head(picture(mode=mode)) == (295, 413, components, False)


def test_a_plain_photo_goes_on_paper_byte_by_byte():
    data = picture()
    assert plain_photo(data) is data


def test_a_progressive_jpeg_is_plain_too():
    data = picture(progressive=True)
    assert is_plain(data)
    assert read_head(data)[:2] == (295, 413)


def test_a_large_photo_is_made_smaller_and_keeps_its_shape():
    made = opened(plain_photo(picture((3000, 4200))))
    assert made.size == (571, 800)
    assert made.format == "JPEG"


def test_a_print_shop_photo_of_four_colours_becomes_one_of_three():
    made = opened(plain_photo(picture(mode="CMYK", colour=(0, 255, 255, 0))))
    assert made.mode == "RGB"
    red, green, blue = made.getpixel((100, 100))
    assert red > 150
    assert max(green, blue) < 90


def test_a_photo_taken_sideways_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(plain_photo(picture((413, 295), exif=exif))).size == (295, 413)


def test_what_shines_through_a_png_is_white():
    made = opened(plain_photo(picture(mode="RGBA", form="PNG", colour=(0, 0, 0, 0))))
    assert made.convert("RGB").getpixel((100, 100)) == (255, 255, 255)


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"not a picture",
        picture()[:-200],
        picture()[:200],
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8" * 9,
    ],
)
def test_a_broken_photo_is_refused(broken):
    with pytest.raises(UserError) as refused:
        plain_photo(broken)
    assert refused.value.code == "photo.unusable"


def test_whatever_pillow_raises_over_a_damaged_picture_is_a_refusal():
    assert set(photos.UNREADABLE) >= {*BROKEN, zlib.error, struct.error, EOFError, LookupError}


def test_a_photo_with_too_many_dots_is_refused_before_it_is_decoded(monkeypatch):
    monkeypatch.setattr(photos, "MOST_PIXELS", 1000)
    with pytest.raises(UserError, match="900×900"):
        plain_photo(picture((900, 900)))


def test_a_picture_that_unpacks_to_a_bomb_is_refused():
    data = picture((20_000, 20_000), mode="L", form="PNG")
    with pytest.raises(UserError):
        plain_photo(data)


def test_the_picture_of_a_sheet_comes_as_text():
    data = picture((1200, 900))
    assert plain_sheet(base64.encodebytes(data).decode()) == data
    with pytest.raises(UserError):
        plain_sheet("不是 base64")


def test_what_was_made_plain_is_made_once_and_others_are_not_kept(monkeypatch):
    small, large = picture(), picture((1600, 2000))
    shelf = PhotoShelf()
    shelf.check(0, small)
    shelf.check(1, large)
    shelf.check(2, picture((2000, 1600)))
    monkeypatch.setattr(photos, "plain_photo", None)
    assert shelf.get(0, small) is small
    assert opened(shelf.get(1, large)).size == (640, 800)
    assert opened(shelf.get(2, large)).size == (800, 640)
    shelf.close()
