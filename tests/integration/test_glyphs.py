"""造字图片: who may have which, how they are offered, taken back, and drawn on paper."""

from __future__ import annotations

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import cache

import pypdfium2
import pytest

from models.errors import UserError
from models.office.font_choice import choose_fonts
from models.progress import Progress
from models.staff.glyphs import (
    adopt_glyph,
    attach_glyph,
    drawn_glyphs,
    glyphs_for,
    glyphs_of,
    remove_glyph,
)
from models.staff.pictures import glyph_picture
from models.staff.registration import delete_teachers
from models.store.undo import undo
from reports.documents import roster
from reports.inputs.fonts import fonts_of, fonts_with, look_again, missing_names
from reports.inputs.rosters import roster as roster_of
from reports.kit.font_wishes import FontWishes
from reports.kit.fonts import Fonts, Role
from reports.kit.paper import A4, About, Paper, Pen
from reports.kit.setting import wrapped
from resources import path
from tests.papers import READERS, font_descriptors, own_fonts
from tests.people import school, teachers
from tests.pictures import brushed

NOWHERE = "\U0003fff0"  # no font has it
PRIVATE = "\ue123"


@pytest.fixture
def people(office):
    fourth = school(office, "桦甸市第四中学")
    names = (f"王{NOWHERE}", f"李{PRIVATE}", f"赵{PRIVATE}", f"孙{NOWHERE}明")
    return [teachers(office, fourth, 1, name=name)[0] for name in names]


def refused(office, *what):
    with pytest.raises(UserError) as caught:
        attach_glyph(office, *what)
    return caught.value


def test_a_picture_is_attached_replaced_removed_and_each_step_taken_back(office, people):
    attach_glyph(office, people[0], NOWHERE, brushed())
    first = drawn_glyphs(office)
    step = attach_glyph(office, people[0], NOWHERE, brushed(90), "手写")
    assert drawn_glyphs(office) != first
    assert [one.note for one in glyphs_of(office, people[0])] == ["手写"]
    undo(office.store, step.id)
    assert drawn_glyphs(office) == first
    gone = remove_glyph(office, people[0], NOWHERE)
    assert drawn_glyphs(office) == {}
    undo(office.store, gone.id)
    assert drawn_glyphs(office) == first


def test_only_one_character_of_the_persons_own_name_can_have_a_picture(office, people):
    for character in ("赵", f"王{NOWHERE}", ""):
        assert refused(office, people[0], character, brushed()).code == "glyph.not_in_name"
    assert refused(office, "nobody", NOWHERE, brushed()).code == "glyph.not_in_name"
    assert refused(office, people[0], NOWHERE, b"no").code == "picture.unknown"
    assert drawn_glyphs(office) == {}


def test_the_next_person_with_the_character_is_offered_the_picture(office, people):
    attach_glyph(office, people[0], NOWHERE, brushed())
    (offered,) = glyphs_for(office, NOWHERE)
    assert (offered.name, offered.school) == (f"王{NOWHERE}", "桦甸市第四中学")
    adopt_glyph(office, people[3], offered.id)
    assert glyphs_of(office, people[3])[0].png == offered.png
    remove_glyph(office, people[0], NOWHERE)
    assert drawn_glyphs(office) == {NOWHERE: offered.png}
    with pytest.raises(UserError) as caught:
        adopt_glyph(office, people[0], offered.id)
    assert caught.value.code == "glyph.gone"


def test_a_better_picture_of_a_unicode_character_serves_all_who_bear_it(office, people):
    attach_glyph(office, people[0], NOWHERE, brushed())
    adopt_glyph(office, people[3], glyphs_for(office, NOWHERE)[0].id)
    attach_glyph(office, people[3], NOWHERE, brushed(90))
    assert len({one.png for one in glyphs_for(office, NOWHERE)}) == 1


def test_a_private_code_in_use_is_not_given_a_second_meaning(office, people):
    attach_glyph(office, people[1], PRIVATE, brushed())
    error = refused(office, people[2], PRIVATE, brushed(90))
    assert error.code == "glyph.code_taken"
    assert f"李{PRIVATE}" in error.message
    assert "U+E123" in error.message
    attach_glyph(office, people[2], PRIVATE, brushed())  # the same picture is the same character
    assert len(glyphs_for(office, PRIVATE)) == 2
    assert refused(office, people[1], PRIVATE, brushed(90)).code == "glyph.code_taken"


def test_two_meanings_of_a_private_code_from_two_offices_print_as_neither(office, people):
    attach_glyph(office, people[1], PRIVATE, brushed())
    attach_glyph(office, people[2], PRIVATE, brushed())
    with office.store.operation("test.exchange", "合并"):
        office.store.execute(
            "UPDATE glyph_image SET png_base64 = 'AAAA' WHERE teacher_id = ?", (people[2],)
        )
    assert PRIVATE not in drawn_glyphs(office)
    assert [one.characters for one in missing_names(office, fonts_of(office), people[1:3])] == [
        PRIVATE,
        PRIVATE,
    ]


def test_pictures_go_with_their_teacher(office, people):
    attach_glyph(office, people[0], NOWHERE, brushed())
    step = delete_teachers(office, [people[0]])
    assert drawn_glyphs(office) == {}
    undo(office.store, step.id)
    assert list(drawn_glyphs(office)) == [NOWHERE]


def test_who_cannot_be_printed_is_listed_until_the_character_is_drawn(office, people):
    own_fonts()  # skips where there are none
    before = missing_names(office, fonts_of(office))
    assert {one.name for one in before} == {
        f"王{NOWHERE}",
        f"李{PRIVATE}",
        f"赵{PRIVATE}",
        f"孙{NOWHERE}明",
    }
    assert {one.school for one in before} == {"桦甸市第四中学"}
    attach_glyph(office, people[0], NOWHERE, brushed())
    after = missing_names(office, fonts_of(office))
    assert {one.name for one in after} == {f"李{PRIVATE}", f"赵{PRIVATE}"}
    assert missing_names(office, fonts_of(office), [people[0]]) == []


def test_an_old_private_code_with_a_known_character_is_proposed_by_its_real_one(office):
    own_fonts()
    fourth = school(office, "桦甸市第四中学")
    (known,) = teachers(office, fourth, 1, name="张\ue863")
    (one,) = missing_names(office, fonts_of(office), [known])
    assert (one.characters, one.instead) == ("\ue863", "张䶮")


def test_a_preview_shows_the_picture_before_it_is_kept(office, people):
    own_fonts()
    attach_glyph(office, people[0], NOWHERE, brushed())
    png = drawn_glyphs(office)[NOWHERE]
    assert fonts_with(office, PRIVATE, png).missing_characters([f"李{PRIVATE}{NOWHERE}"]) == ""
    assert fonts_of(office).missing_characters([PRIVATE]) == PRIVATE


# ------------------------------------------------------------------------------- on paper


@cache
def cleaned(turn):
    return glyph_picture(brushed(turn))


def drawn_fonts(*characters, turn=0):
    own_fonts()  # skips where there are none
    drawn = tuple((char, cleaned(turn)) for char in characters)
    return Fonts(path("fonts"), system=False, wishes=FontWishes(drawn=drawn))


def on_paper(out, fonts, text, pen):
    paper = Paper(out, fonts, A4, About("试印"))
    paper.text(20, 40, text, pen)
    paper.finish()
    return out


def ink_box(pdf, dpi=300):
    """Left, top, right, bottom of the ink of the first page, in millimetres."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        picture = document[0].render(scale=dpi / 72, grayscale=True).to_pil()
    box = picture.point(lambda value: 255 if value < 128 else 0).getbbox()
    return [one * 25.4 / dpi for one in box]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("char", [NOWHERE, PRIVATE])
def test_a_drawn_character_is_found_and_copied(tmp_path, read, char):
    fonts = drawn_fonts(NOWHERE, PRIVATE)
    pdf = on_paper(tmp_path / "a.pdf", fonts, f"王{char}明", Pen(Role.KAI, 22))
    assert f"王{char}明" in "".join(read(pdf))
    assert all("/FontFile2" in one.get_object() for one in font_descriptors(pdf))


def test_a_drawn_character_fills_its_square_in_the_line(tmp_path):
    fonts = drawn_fonts(NOWHERE)
    em = 60 * 25.4 / 72
    left, top, right, bottom = ink_box(
        on_paper(tmp_path / "a.pdf", fonts, NOWHERE, Pen(Role.SONG, 60))
    )
    drawn_width, drawn_height = right - left, bottom - top
    assert (left + right) / 2 == pytest.approx(20 + em / 2, abs=0.2)
    assert max(drawn_width, drawn_height) == pytest.approx(em * 472 / 512, abs=0.2)
    assert (top + bottom) / 2 == pytest.approx(40 - em * (0.88 - 0.12) / 2, abs=0.2)
    assert fonts.width(f"王{NOWHERE}", Role.SONG, 60) == pytest.approx(120)


def test_a_drawn_character_wraps_and_takes_colour_like_others(tmp_path):
    fonts = drawn_fonts(NOWHERE)
    lines = wrapped(f"王{NOWHERE}" * 12, Pen(Role.SONG, 12), fonts, 40)
    assert len(lines) > 2
    assert "".join(line.text for line in lines) == f"王{NOWHERE}" * 12
    pdf = on_paper(tmp_path / "a.pdf", fonts, NOWHERE, Pen(Role.SONG, 60, "#D02020"))
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        picture = document[0].render(scale=1).to_pil().convert("RGB")
    assert (208, 32, 32) in {colour for _, colour in picture.getcolors(100_000)}


def test_a_font_that_has_the_character_is_used_before_its_picture():
    fonts = drawn_fonts("燚")
    assert "LXGW" in fonts.runs("燚", Role.KAI)[0].font.fontName


def test_the_same_pictures_give_the_same_bytes_and_sound_files(tmp_path):
    pdfs = [
        on_paper(tmp_path / name, drawn_fonts(NOWHERE, PRIVATE), f"{NOWHERE}{PRIVATE}", Pen())
        for name in ("a.pdf", "b.pdf")
    ]
    assert pdfs[0].read_bytes() == pdfs[1].read_bytes()


def test_another_picture_is_another_font_though_the_character_is_the_same():
    one, other = (
        drawn_fonts(NOWHERE, turn=turn).runs(NOWHERE, Role.SONG)[0].font for turn in (0, 90)
    )
    assert one.fontName != other.fontName
    assert one.face._ttf_data != other.face._ttf_data


def test_a_roster_prints_drawn_names_in_its_cells(office, people, tmp_path):
    own_fonts()
    attach_glyph(office, people[0], NOWHERE, brushed())
    out = tmp_path / "名册.pdf"
    sheet = roster_of(office, people[:1], "教师名册", "试印")
    roster.build(sheet, out, fonts_of(office), Progress())
    done = subprocess.run(["pdftotext", str(out), "-"], capture_output=True, check=True)
    assert f"王{NOWHERE}" in done.stdout.decode()


def test_fonts_are_kept_until_a_wish_or_a_file_changes(office, people, tmp_path):
    own_fonts()
    first = fonts_of(office)
    assert fonts_of(office) is first
    choose_fonts(office.store, {"song": ["Noto Sans SC"]})
    second = fonts_of(office)
    assert second is not first
    (tmp_path / "字体").mkdir()
    shutil.copyfile(path("fonts/NotoSansSC-Regular.ttf"), tmp_path / "字体" / "a.ttf")
    third = fonts_of(office)
    assert third is not second
    assert third.face(Role.SONG).path.name == "a.ttf"
    look_again()
    assert fonts_of(office) is not third


def test_several_papers_at_once_share_the_fonts_and_stay_whole(office, people, tmp_path):
    own_fonts()
    attach_glyph(office, people[0], NOWHERE, brushed())
    fonts = fonts_of(office)
    words = ["".join(chr(0x4E00 + 37 * at + step) for at in range(400)) for step in range(6)]

    def print_one(number):
        text = f"王{NOWHERE}𬭎{words[number]}"
        lines = wrapped(text, Pen(Role.KAI, 12), fonts, 150)
        out = tmp_path / f"{number}.pdf"
        paper = Paper(out, fonts, A4, About("试印"))
        for at, line in enumerate(lines):
            line.draw(paper, 20, 20 + 7 * at)
        paper.finish()
        return text, "".join("".join(READERS[1](out)).split())

    with ThreadPoolExecutor(4) as pool:
        for text, found in pool.map(print_one, range(6)):
            assert text == found
