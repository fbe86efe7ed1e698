"""The shipped forms filled in: what stands where, in millimetres, against the pages looked at."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
import zxingcpp
from PIL import Image

import resources
from reports.kit.copies import Copy
from tests.form_copies import CODE, full_copy, portrait, printed
from tests.golden_pages import FOLDER, parts_of_page, samples
from tests.papers import (
    READERS,
    bookmarks,
    check_print,
    font_descriptors,
    place_of,
    poppler_text,
    pypdf_text,
    save_png,
    shipped_form,
)

pytestmark = pytest.mark.prints
NAMES = sorted(
    file.stem for file in resources.path("certificates").glob("*.toml") if file.stem != "kinds"
)
RARE = "䶮𢒉𫰡𬎆𰌂𡌴燚𬭎𫖯㑇"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    return samples(tmp_path_factory.mktemp("forms"), NAMES)


@pytest.mark.pinned_fonts
@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_the_one_that_was_looked_at(pages, name):
    found = parts_of_page(pages[name])
    golden = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert [part[:2] for part in found] == [part[:2] for part in golden]
    for one, other in zip(found, golden, strict=True):
        assert one[2:] == pytest.approx(other[2:], abs=0.2), one[:2]


@pytest.mark.parametrize("name", NAMES)
def test_no_page_runs_into_its_edge(pages, name):
    assert check_print(pages[name], edge=3) == 1


@pytest.mark.parametrize("name", [name for name in NAMES if shipped_form(name).code])
def test_the_code_is_read_from_the_page_at_300_dots(pages, name, tmp_path):
    png = tmp_path / "page.png"
    save_png(pages[name], 0, png, dpi=300)
    with Image.open(png) as picture:
        read = zxingcpp.read_barcodes(picture.convert("L"))
    assert [one.text for one in read] == [CODE]
    if shutil.which("zbarimg"):
        run = ["zbarimg", "--raw", "-q", str(png)]
        done = subprocess.run(run, check=True, capture_output=True, text=True)
        assert done.stdout.strip() == CODE


@pytest.mark.parametrize("name", NAMES)
def test_every_font_is_embedded_and_a_subset(pages, name):
    for descriptor in font_descriptors(pages[name]):
        assert "/FontFile2" in descriptor.get_object()
        assert descriptor["/FontName"][7:8] == "+"
    if shutil.which("pdffonts"):
        run = ["pdffonts", str(pages[name])]
        lines = subprocess.run(run, check=True, capture_output=True, text=True).stdout.splitlines()
        assert len(lines) > 2
        assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in lines[2:])


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_sound(pages, name):
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not on this computer")
    subprocess.run(["qpdf", "--check", str(pages[name])], check=True, capture_output=True)


@pytest.mark.parametrize("read", READERS)
def test_every_rare_name_is_read_back_whole(tmp_path, read):
    form = shipped_form("backbone")
    names = [f"{first}{second}" for first in RARE for second in ("明", "玉兰")] + [RARE]
    copies = [full_copy(form, name=name) for name in names]
    pdf = printed(form, copies, tmp_path / "rare.pdf").path
    for name, text in zip(names, read(pdf), strict=True):
        assert f"{name}同志：" in "".join(text.split())


def test_radicals_are_not_read_back_in_place_of_characters(tmp_path):
    """The shapes of 一口文方 serve the Kangxi radicals too, but are characters here."""
    form = shipped_form("backbone")
    pdf = printed(form, [full_copy(form, name="文方", school="口一金长")], tmp_path / "a.pdf").path
    for read in READERS:
        text = "".join(read(pdf)[0].split())
        assert "文方同志" in text
        assert "口一金长" in text


def test_names_of_two_characters_are_padded_and_found_as_one_word(tmp_path):
    form = shipped_form("completion")
    pdf = printed(form, [full_copy(form, name="王芳")], tmp_path / "a.pdf").path
    assert all("王芳" in read(pdf)[0] for read in (poppler_text, pypdf_text))
    wide = place_of(pdf, "王芳")
    assert wide.right - wide.left > 20  # three characters of 22 points


@pytest.mark.parametrize(("name", "parts"), [("王𰻞", "王"), ("𬍛芳", "芳")])
def test_a_name_with_one_rare_character_is_padded_and_found_too(tmp_path, name, parts):
    form = shipped_form("completion")
    pdf = printed(form, [full_copy(form, name=name)], tmp_path / "a.pdf").path
    assert all(name in read(pdf)[0] for read in READERS)
    plain = place_of(pdf, parts)
    comrade = place_of(pdf, "同志")
    assert comrade.left - plain.left > (20 if name[0] == parts else 8)
    assert comrade.left > 38 + 22 * 3 * 25.4 / 72


def test_long_names_are_written_smaller_and_keep_within_their_place(tmp_path):
    form = shipped_form("continuing")
    long = "古丽米热·买买提艾力"
    pdf = printed(form, [full_copy(form, name=long)], tmp_path / "a.pdf").path
    box = place_of(pdf, long)
    field = next(one for one in form.fields if one.key == "姓名")
    assert field.x <= box.left
    assert box.right <= field.x + field.width


def test_the_same_copies_give_the_same_bytes(tmp_path):
    form = shipped_form("backbone")
    first, again = (
        printed(form, [full_copy(form)] * 3, tmp_path / name).path.read_bytes()
        for name in ("1.pdf", "2.pdf")
    )
    assert first == again


def test_a_register_page_goes_on_at_the_line_it_is_told(tmp_path):
    form = shipped_form("continuing_register")
    tops = {}
    for line in (1, 2, 12):
        pdf = printed(form, [full_copy(form, lines=[line])], tmp_path / f"{line}.pdf").path
        tops[line] = place_of(pdf, "面授").bottom
    assert tops[2] - tops[1] == pytest.approx(11.5, abs=0.05)
    assert tops[12] - tops[1] == pytest.approx(11 * 11.5, abs=0.05)


def test_an_empty_photo_and_code_leave_the_place_for_them(tmp_path):
    form = shipped_form("backbone")
    values = full_copy(form).values
    built = printed(form, [Copy("张三", values)], tmp_path / "a.pdf")
    kinds = {part[0] for part in parts_of_page(built.path)}
    assert "picture" not in kinds
    assert bookmarks(built.path) == ["张三"]
    both = printed(form, [Copy("李四", values, portrait(), CODE)], tmp_path / "b.pdf").path
    pictures = [part for part in parts_of_page(both) if part[0] == "picture"]
    photo, code = form.photo, form.code
    place = [photo.x, photo.y, photo.width, photo.height]
    assert pictures[0][2:] == pytest.approx(place, abs=0.25)  # what is cut off counts
    _, _, x, y, width, height = pictures[1]
    assert code.x < x < x + width < code.x + code.size
    assert code.y < y < y + height < code.y + code.size
