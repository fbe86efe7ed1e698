"""What the fonts that come with the program can print, by the sets of GB 18030-2022."""

from __future__ import annotations

import pytest

import resources
from reports.kit import font_places, sfnt
from reports.kit.cmap import charset
from reports.kit.fonts import Role
from reports.kit.han import HanSet, counted, han
from reports.kit.paper import A4, About, Paper, Pen
from tests.papers import READERS, own_fonts


def faces_in_resources():
    own_fonts()  # skips where there are none
    return [
        face for path in font_places.in_folder(resources.path("fonts")) for face in sfnt.faces(path)
    ]


def test_the_sets_of_the_standards_are_as_large_as_they_say():
    sizes = {which: len(han(which)) for which in HanSet}
    assert sizes == {
        HanSet.GENERAL: 8105,
        HanSet.LEVEL_1: 27_570,
        HanSet.LEVEL_2: 27_766,
        HanSet.LEVEL_3: 87_887,
    }


@pytest.mark.pinned_fonts
def test_the_fonts_that_come_with_the_program_show_all_of_level_3():
    if not (resources.path("fonts") / "HanaMinB.ttf").is_file():
        pytest.skip("HanaMinB is not in resources/fonts")
    fonts = own_fonts()
    for role in Role:
        played, helped = fonts.coverage(role)
        assert counted(helped) == {which: len(han(which)) for which in HanSet}
        assert counted(played)[HanSet.GENERAL] == 8105


LEVEL_3 = "䶮𢒉𫰡𬎆𰌂𡌴燚"
EXTENSIONS = {
    "A": "㐀㐂㙓㛃㧑㬊䝙䴖䶵",
    "B": "\U00020000𠅤𡌴𢒉𤩽\U000253ab𩘀𪚥\U0002a6d6",
    "C": "\U0002a700𪩘𫍲𫖯𫘝\U0002b734",
    "D": "\U0002b740𫞩\U0002b7a0\U0002b81d",
    "E": "\U0002b820𬀩𬍛𬎆𬭎𬱖\U0002cea1",
    "F": "\U0002ceb0\U0002d000\U0002e000\U0002ebe0",
}


@pytest.mark.pinned_fonts
@pytest.mark.parametrize("role", [Role.SONG, Role.KAI])
def test_names_of_level_3_are_printed_and_read_back(tmp_path, role):
    if not (resources.path("fonts") / "HanaMinB.ttf").is_file():
        pytest.skip("HanaMinB is not in resources/fonts")
    texts = [LEVEL_3, *EXTENSIONS.values()]
    out = tmp_path / "paper.pdf"
    paper = Paper(out, own_fonts(), A4, About("试印"))
    for line, text in enumerate(texts):
        paper.text(20, 20 + 10 * line, text, Pen(role, 16))
    paper.finish()
    for read in READERS:
        found = "".join("".join(read(out)).split())
        assert [text for text in texts if text not in found] == []


@pytest.mark.pinned_fonts
def test_what_lies_beyond_level_3_is_printed_where_a_font_has_it_and_else_missed():
    fonts = own_fonts()
    beyond = [*range(0x30000, 0x3134B, 97), *range(0x31350, 0x323B0, 97)]
    missing = fonts.missing_characters("".join(map(chr, beyond)), Role.KAI)
    shown = {chr(code) for code in beyond} - set(missing)
    assert shown
    assert all(fonts.runs(char, Role.KAI)[0].font.covers(char) for char in shown)
    assert not any(ord(char) in charset(face) for char in missing for face in faces_in_resources())
