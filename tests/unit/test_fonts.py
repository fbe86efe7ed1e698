from __future__ import annotations

import shutil

import pytest
from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

import resources
from models.errors import UserError, WorldError
from reports.kit import font_places, sfnt
from reports.kit.embedding import as_utf16
from reports.kit.fonts import Fonts, Role
from reports.kit.paper import A4, About, Paper, Pen
from tests.papers import own_fonts, pypdf_text

RARE_NAMES = "䶮㛃𬭎𫖯𬍛𠅤堃喆犇祎㙓𤩽𫍲𬱖㐂𬀩䴖㧑𫘝𪩘龑曌𢒉𫰡𰌂𡌴燚"


def faces_in_resources():
    own_fonts()  # skips where there are none
    return [
        face for path in font_places.in_folder(resources.path("fonts")) for face in sfnt.faces(path)
    ]


@pytest.mark.pinned_fonts
def test_each_role_is_played_by_a_typeface_of_its_style():
    fonts = own_fonts()
    played = {role: fonts.face(role).names for role in Role}
    assert "notoserifsc" in played[Role.SONG]
    assert "lxgwwenkai" in played[Role.KAI]
    assert "notosanssc" in played[Role.HEI]
    assert fonts.face(Role.BIAOSONG).weight == 700
    assert fonts.face(Role.SONG).weight == fonts.face(Role.HEI).weight == 400


def test_a_role_nobody_plays_is_given_to_the_next_and_the_preview_says_so():
    fonts = own_fonts()
    assert fonts.face(Role.FANG) == fonts.face(Role.KAI)
    assert "仿宋" in fonts.remark(Role.FANG)
    assert fonts.remark(Role.KAI) == ""


@pytest.mark.parametrize("role", list(Role))
def test_the_rare_characters_of_names_have_glyphs_in_every_role(role):
    assert own_fonts().missing_characters([RARE_NAMES], role) == ""


def test_a_character_one_font_lacks_is_drawn_by_another_within_the_line():
    fonts = own_fonts()
    runs = fonts.runs("张𢒉三", Role.HEI)
    assert "".join(run.text for run in runs) == "张𢒉三"
    assert all(run.font.covers(char) for run in runs for char in run.text)


def test_a_character_no_font_has_is_named_with_its_person_and_never_drawn():
    fonts = own_fonts()
    missing = fonts.missing([("张三", ["张三"]), ("李\U0003fff0", ["李\U0003fff0", "四中"])])
    assert [(one.who, one.characters) for one in missing] == [("李\U0003fff0", "\U0003fff0")]
    with pytest.raises(UserError) as refused:
        fonts.runs("李\U0003fff0", Role.KAI)
    assert refused.value.code == "paper.glyph_missing"


def test_variation_selectors_and_joiners_take_no_room_and_are_not_missed():
    fonts = own_fonts()
    assert fonts.missing_characters(["葛\U000e0100\u200b"]) == ""
    assert fonts.width("葛\U000e0100\u200b", Role.SONG, 10) == fonts.width("葛", Role.SONG, 10)
    assert [run.text for run in fonts.runs("葛\U000e0100", Role.SONG)] == ["葛"]


def test_a_full_width_character_is_as_wide_as_its_size():
    assert own_fonts().width("中国", Role.SONG, 12) == pytest.approx(24)


def test_without_any_usable_font_a_sentence_says_where_to_put_one(tmp_path):
    with pytest.raises(WorldError) as refused:
        Fonts(tmp_path, system=False).face(Role.SONG)
    assert str(tmp_path) in refused.value.hint


@pytest.mark.pinned_fonts
def test_a_font_file_tells_its_names_weight_and_outlines():
    bold = next(face for face in faces_in_resources() if face.postscript == "NotoSerifSC-Bold")
    assert bold.weight == 700
    assert "notoserifsc" in bold.names
    assert bold.drawable
    assert bold.index == 0


def test_files_that_are_no_fonts_or_are_cut_short_are_passed_over(tmp_path):
    whole = next(face for face in faces_in_resources()).path
    (tmp_path / "cut.ttf").write_bytes(whole.read_bytes()[:300])
    (tmp_path / "text.ttf").write_text("not a font", encoding="utf-8")
    (tmp_path / "empty.ttc").write_bytes(b"")
    shutil.copy(whole, tmp_path / "whole.TTF")
    found = [path.name for path in font_places.in_folder(tmp_path) if sfnt.faces(path)]
    assert found == ["whole.TTF"]


@pytest.mark.pinned_fonts
def test_a_font_damaged_behind_its_directory_is_replaced_by_the_next(tmp_path):
    serif, sans = (
        next(face.path for face in faces_in_resources() if face.postscript == name)
        for name in ("NotoSerifSC-Regular", "NotoSansSC-Regular")
    )
    damaged = bytearray(serif.read_bytes())
    at = damaged.index(b"cmap")
    damaged[at : at + 4] = b"xxxx"
    (tmp_path / "a.ttf").write_bytes(damaged)
    shutil.copy(sans, tmp_path / "b.ttf")
    fonts = Fonts(tmp_path, system=False)
    assert fonts.face(Role.SONG).postscript == "NotoSerifSC-Regular"
    assert fonts.runs("国", Role.SONG)[0].font.covers("国")


def test_postscript_outlines_and_restricted_fonts_are_not_taken(tmp_path):
    whole = next(face for face in faces_in_resources()).path.read_bytes()
    postscript = tmp_path / "cff.ttf"
    postscript.write_bytes(b"OTTO" + whole[4:].replace(b"glyf", b"CFF ", 1))
    assert [face.drawable for face in sfnt.faces(postscript)] == [False]
    at = int.from_bytes(whole[whole.index(b"OS/2") + 8 :][:4], "big")
    restricted = tmp_path / "restricted.ttf"
    restricted.write_bytes(whole[: at + 8] + b"\0\2" + whole[at + 10 :])
    assert [face.drawable for face in sfnt.faces(restricted)] == [False]


def test_windows_folders_are_looked_through_for_all_users_and_for_this_one(tmp_path, monkeypatch):
    everybody = tmp_path / "Windows" / "Fonts"
    mine = tmp_path / "Local" / "Microsoft" / "Windows" / "Fonts"
    for folder, name in ((everybody, "simsun.ttc"), (mine, "fzxbs.ttf")):
        folder.mkdir(parents=True)
        (folder / name).write_bytes(b"")
    (everybody / "readme.txt").write_bytes(b"")
    monkeypatch.setenv("WINDIR", str(tmp_path / "Windows"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    names = [path.name for path in font_places.windows_files()]
    assert names == ["simsun.ttc", "fzxbs.ttf"]


def test_characters_above_the_first_plane_are_mapped_as_surrogate_pairs():
    assert as_utf16("<20> <4E2D>\n<21> <20BB7>") == "<20> <4E2D>\n<21> <D842DFB7>"


def few(face, text):
    """A small font of the same names with the glyphs of ``text`` alone."""
    font = TTFont(face.path)
    slimmer = subset.Subsetter(subset.Options(name_IDs=["*"], name_languages=["*"]))
    slimmer.populate(text=text)
    slimmer.subset(font)
    return font


@pytest.mark.pinned_fonts
def test_a_face_of_a_collection_is_found_by_its_place_and_embedded(tmp_path):
    faces = {face.postscript: face for face in faces_in_resources()}
    collection = TTCollection()
    collection.fonts = [
        few(faces["NotoSansSC-Regular"], "国"),
        few(faces["NotoSerifSC-Regular"], "国家"),
    ]
    collection.save(tmp_path / "both.ttc")
    fonts = Fonts(tmp_path, system=False)
    assert fonts.face(Role.SONG).index == 1
    assert fonts.face(Role.HEI).index == 0
    assert fonts.missing_characters("国家") == ""
    out = tmp_path / "paper.pdf"
    paper = Paper(out, fonts, A4, About("试印"))
    paper.text(20, 20, "国家", Pen(Role.SONG))
    paper.finish()
    assert pypdf_text(out) == ["国家"]
