"""What people bring as photos and drawn characters, and what becomes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from models.errors import UserError
from models.staff.pictures import GLYPH_DOTS, PORTRAIT, glyph_picture, portrait
from tests.pictures import brushed, bytes_of, face, opened

RED, BLUE = (200, 40, 40), (40, 60, 200)


def close(dot, colour):
    return all(abs(one - other) < 12 for one, other in zip(dot, colour, strict=True))


def dot(jpeg, x, y):
    return opened(jpeg).convert("RGB").getpixel((x, y))


@pytest.mark.parametrize(("width", "height"), [(295, 413), (600, 840), (2950, 4130)])
def test_a_photo_of_the_right_shape_is_shrunk_without_a_remark(width, height):
    made = portrait(face(width, height))
    assert opened(made.jpeg).size == PORTRAIT
    assert made.remarks == ()
    assert close(dot(made.jpeg, 150, 50), RED)
    assert close(dot(made.jpeg, 150, 300), BLUE)
    assert len(made.jpeg) < 40_000


@pytest.mark.parametrize("turn", [3, 6, 8])
def test_a_photo_is_turned_as_the_camera_was_held(turn):
    back = {3: 180, 6: 90, 8: 270}[turn]
    lying = opened(face()).rotate(back, expand=True)
    exif = Image.Exif()
    exif[0x0112] = turn
    made = portrait(bytes_of(lying, "JPEG", exif=exif))
    assert made.remarks == ()
    assert close(dot(made.jpeg, 150, 20), RED)
    assert close(dot(made.jpeg, 150, 400), BLUE)


def test_a_wide_photo_is_cut_at_both_sides_and_a_tall_one_at_its_foot():
    wide = Image.new("RGB", (1200, 413), "white")
    ImageDraw.Draw(wide).rectangle((600 - 100, 0, 600 + 100, 413), fill="red")
    made = portrait(bytes_of(wide))
    assert made.remarks == ("不是 295:413 的比例，已裁切",)
    assert dot(made.jpeg, 147, 200)[1] < 40 < 200 < dot(made.jpeg, 5, 200)[1]
    tall = portrait(face(600, 2400))
    assert close(dot(tall.jpeg, 150, 10), RED)
    assert close(dot(tall.jpeg, 150, 400), RED) == close(dot(tall.jpeg, 5, 400), RED)


def test_colours_of_the_print_shop_transparency_and_16_bits_come_out_right():
    cyan = portrait(bytes_of(Image.new("CMYK", PORTRAIT, (0, 200, 200, 0)), "JPEG"))
    assert dot(cyan.jpeg, 9, 9)[0] > 240
    clear = portrait(bytes_of(Image.new("RGBA", PORTRAIT, (0, 0, 0, 0))))
    assert dot(clear.jpeg, 9, 9) == (255, 255, 255)
    grey = portrait(bytes_of(Image.new("I;16", PORTRAIT, 0x8000)))
    assert abs(dot(grey.jpeg, 9, 9)[0] - 128) < 4


def test_a_small_photo_is_taken_with_a_remark_and_a_tiny_one_is_refused():
    assert portrait(face(150, 210)).remarks == ("只有 150×210 点，印出来可能不清楚",)
    with pytest.raises(UserError) as refused:
        portrait(face(40, 56))
    assert refused.value.code == "photo.too_small"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "picture.unknown"),
        ("PK\3\4 一个表格".encode(), "picture.unknown"),
        (face()[:2000], "picture.broken"),
        (bytes_of(Image.new("1", (20_000, 20_000))), "picture.too_large"),
        (bytes_of(Image.new("1", (10_000, 10_000))), "picture.too_large"),
        (b"x" * 60_000_001, "picture.too_large"),
    ],
)
def test_what_is_no_usable_picture_is_refused_with_a_sentence(data, code):
    with pytest.raises(UserError) as refused:
        portrait(data)
    assert refused.value.code == code


@given(st.binary(max_size=200), st.integers(0, 900))
def test_damage_never_brings_anything_but_a_sentence(noise, at):
    whole = face(120, 168)
    damaged = whole[:at] + noise + whole[at + len(noise) :]
    try:
        size = opened(portrait(damaged).jpeg).size
    except UserError:
        size = PORTRAIT  # said in a sentence instead
    assert size == PORTRAIT


def ink(png):
    return opened(png).getchannel("A")


def test_a_character_is_cropped_and_centred_black_on_transparent():
    page = Image.new("L", (900, 1200), 235)
    page.paste(opened(brushed(size=200)).convert("L"), (600, 900))
    png = glyph_picture(bytes_of(page, "JPEG", quality=70))
    assert opened(png).mode == "LA"
    assert opened(png).size == (GLYPH_DOTS, GLYPH_DOTS)
    assert opened(png).getchannel("L").getextrema() == (0, 0)
    left, top, right, bottom = ink(png).getbbox()
    assert abs(left - (GLYPH_DOTS - right)) <= 4
    assert abs(top - (GLYPH_DOTS - bottom)) <= 4
    assert max(right - left, bottom - top) in range(465, 480)


def test_light_writing_on_dark_is_turned_round_and_a_transparent_drawing_understood():
    dark = opened(brushed()).point(lambda value: 255 - value)
    plain = ink(glyph_picture(brushed()))
    assert ink(glyph_picture(bytes_of(dark))).getbbox() == plain.getbbox()
    clear = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=opened(brushed()).point(lambda value: 255 - value))
    assert ink(glyph_picture(bytes_of(clear))).getbbox() == plain.getbbox()


def test_a_cleaned_picture_cleaned_again_keeps_its_shape():
    once = glyph_picture(brushed())
    again = glyph_picture(once)
    assert ink(again).getbbox() == pytest.approx(ink(once).getbbox(), abs=2)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bytes_of(Image.new("L", (90, 90), 255)), "glyph.no_character"),
        (bytes_of(Image.new("L", (90, 90), 30)), "glyph.no_character"),
        (b"\0" * 2_000_001, "picture.too_large"),
        (b"GIF89a", "picture.unknown"),
        (brushed()[:300], "picture.broken"),
    ],
)
def test_what_is_no_drawn_character_is_refused(data, code):
    with pytest.raises(UserError) as refused:
        glyph_picture(data)
    assert refused.value.code == code


def test_a_photo_of_a_black_box_is_no_character():
    box = Image.new("L", (300, 300), 255)
    ImageDraw.Draw(box).rectangle((20, 20, 280, 280), fill=0)
    with pytest.raises(UserError, match="几乎全是黑的"):
        glyph_picture(bytes_of(box))
