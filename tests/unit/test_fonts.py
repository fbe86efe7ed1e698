from __future__ import annotations

import contextlib
import dataclasses
import shutil
import sys

import pytest
from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont
from hypothesis import given
from hypothesis import strategies as st

import resources
from models.errors import UserError, WorldError
from reports.kit import embedding, font_places, sfnt
from reports.kit.cmap import Charset, charset
from reports.kit.embedding import as_utf16
from reports.kit.font_wishes import FontWishes
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


@pytest.mark.parametrize("role", Role)
def test_quotation_marks_of_chinese_text_stand_as_wide_as_its_characters(role):
    assert own_fonts().advances("“”", role, 12) == [12, 12]


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
    (mine / "EUDC.TTE").write_bytes(b"")
    monkeypatch.setenv("WINDIR", str(tmp_path / "Windows"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    names = [path.name for path in font_places.windows_files()]
    assert names == ["simsun.ttc", "EUDC.TTE", "fzxbs.ttf"]


class Registry:
    """Windows' registry as far as fonts are looked for in it."""

    HKEY_LOCAL_MACHINE, HKEY_CURRENT_USER = "all", "mine"

    def __init__(self, values):
        self.values = values

    def OpenKey(self, root, _path):  # noqa: N802 - Windows' name
        if root not in self.values:
            raise FileNotFoundError(root)
        return contextlib.nullcontext(self.values[root])

    def QueryInfoKey(self, key):  # noqa: N802 - Windows' name
        return 0, len(key), 0

    def EnumValue(self, key, at):  # noqa: N802 - Windows' name
        return (*key[at], 1)


def test_fonts_registered_from_other_folders_are_found_too(tmp_path, monkeypatch):
    bought = tmp_path / "方正小标宋.ttf"
    bought.write_bytes(b"")
    mine = [("方正小标宋 (TrueType)", str(bought)), ("旧的", str(tmp_path / "没有.ttf"))]
    for values, found in (
        ({"all": [("SimSun", "simsun.ttc")], "mine": mine}, [bought]),
        ({"all": [("SimSun", "simsun.ttc")]}, []),
    ):
        monkeypatch.setitem(sys.modules, "winreg", Registry(values))
        monkeypatch.delenv("WINDIR", raising=False)
        monkeypatch.delenv("LOCALAPPDATA", raising=False)
        assert list(font_places.windows_files()) == found


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


# ------------------------------------------------------- what the office chose and brought


def named(face, text, family):
    """A small font with the glyphs of ``text`` that goes by another name."""
    font = few(face, text)
    font["name"].names = []
    for number, words in ((1, family), (4, family), (6, family.replace(" ", ""))):
        font["name"].setName(words, number, 3, 1, 0x409)
    return font


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """The program's own fonts with a small 宋 and 黑, and the office's with a bought title face."""
    home = tmp_path_factory.mktemp("fonts")
    own, brought = home / "own", home / "字体"
    own.mkdir()
    brought.mkdir()
    faces = {face.postscript: face for face in faces_in_resources()}
    few(faces["NotoSerifSC-Regular"], "国家").save(own / "serif.ttf")
    few(faces["NotoSerifSC-Bold"], "国家").save(own / "bold.ttf")
    few(faces["NotoSansSC-Regular"], "国家").save(own / "sans.ttf")
    named(faces["LXGWWenKai-Regular"], "国\ue500", "FZXiaoBiaoSong-B05S").save(
        brought / "bought.ttf"
    )
    named(faces["NotoSansSC-Regular"], "国", "Office Hand").save(brought / "hand.ttf")
    return own, brought


def wishing(folders, chosen=()):
    own, brought = folders
    return Fonts(own, system=False, wishes=FontWishes(brought, tuple(chosen)))


def test_a_font_file_laid_into_the_offices_folder_is_found_by_its_name(folders):
    fonts = wishing(folders)
    assert fonts.face(Role.BIAOSONG).path.name == "bought.ttf"
    assert fonts.remark(Role.BIAOSONG) == ""
    light = [face.path.name for face in fonts.faces()]
    assert {"bought.ttf", "hand.ttf", "serif.ttf", "sans.ttf", "bold.ttf"} == set(light)


def test_what_the_office_chose_comes_before_the_usual_by_name_by_file_or_by_weight(folders):
    for wish, file in (
        ("Office Hand", "hand.ttf"),
        ("hand.ttf", "hand.ttf"),
        ("Noto Serif SC 粗体", "bold.ttf"),
        ("Noto Sans SC", "sans.ttf"),
    ):
        fonts = wishing(folders, [(Role.KAI, (wish,))])
        assert fonts.face(Role.KAI).path.name == file
        assert fonts.remark(Role.KAI) == ""
        assert fonts.face(Role.SONG).path.name == "serif.ttf"


def test_a_chosen_font_is_helped_out_character_by_character(folders):
    fonts = wishing(folders, [(Role.SONG, ("Office Hand",))])
    runs = fonts.runs("国家", Role.SONG)
    assert [run.font.face.name.decode() for run in runs] == ["OfficeHand", "NotoSerifSC-Regular"]


def test_a_chosen_font_that_is_gone_is_told_with_what_stands_in(folders):
    fonts = wishing(folders, [(Role.SONG, ("方正新书宋", "Noto Serif SC"))])
    assert fonts.face(Role.SONG).path.name == "serif.ttf"
    fonts = wishing(folders, [(Role.SONG, ("方正新书宋",))])
    assert fonts.remark(Role.SONG) == "没有找到选定的“方正新书宋”，用“Noto Serif SC”代替。"
    fonts = wishing(folders, [(Role.SONG, ("missing.ttf",))])
    assert "missing.ttf" in fonts.remark(Role.SONG)


def test_private_codes_are_drawn_only_by_what_the_office_brought(folders):
    fonts = wishing(folders)
    assert fonts.missing_characters("\ue500\ue501") == "\ue501"
    assert own_fonts().missing_characters("\ue500", Role.KAI) == "\ue500"  # an icon of 霞鹜文楷


def test_two_makers_share_one_loaded_font_so_that_papers_at_once_stay_whole(tmp_path):
    own_fonts()
    first, second = (
        Fonts(resources.path("fonts"), system=False, wishes=FontWishes(tmp_path)) for _ in range(2)
    )
    assert first.runs("国", Role.SONG)[0].font is second.runs("国", Role.SONG)[0].font


@pytest.mark.pinned_fonts
def test_two_files_of_one_typeface_are_two_fonts(tmp_path):
    face = next(face for face in faces_in_resources() if face.postscript == "NotoSansSC-Regular")
    fonts = []
    for text in ("国", "国家"):
        folder = tmp_path / text
        folder.mkdir()
        few(face, text).save(folder / "a.ttf")
        fonts.append(Fonts(folder, system=False))
    assert [one.missing_characters("国家", Role.HEI) for one in fonts] == ["家", ""]


# --------------------------------------------------------------------- character sets


def test_a_character_set_is_asked_joined_cut_and_counted():
    one, other = Charset([(5, 9), (1, 3), (4, 4), (20, 30)]), Charset([(8, 25), (40, 40)])
    assert one.stretches == ((1, 9), (20, 30))
    assert [code in one for code in (0, 1, 9, 10, 20, 30, 31)] == [0, 1, 1, 0, 1, 1, 0]
    assert (one & other).stretches == ((8, 9), (20, 25))
    assert (one | other).stretches == ((1, 30), (40, 40))
    assert len(one) == 20
    assert len(Charset(())) == 0


@given(st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)), st.integers(0, 60))
def test_character_sets_behave_like_sets(one, other, code):
    ours, theirs = (Charset((each, each) for each in some) for some in (one, other))
    assert len(ours & theirs) == len(one & other)
    assert len(ours | theirs) == len(one | other)
    assert (code in ours & theirs) == (code in one & other)


def test_a_fonts_characters_are_read_from_its_file_as_the_embedded_font_has_them():
    for face in faces_in_resources():
        read = charset(face)
        loaded = embedding.load(face)
        known = {code for code, glyph in loaded.face.charToGlyph.items() if glyph}
        known.discard(0xA0)  # ReportLab lends it the blank's glyph
        assert len(read) - (0xA0 in read) == len(known)
        assert all(code in read for code in known)


def test_a_character_table_cut_short_counts_as_empty(tmp_path):
    whole = next(face for face in faces_in_resources())
    copy = tmp_path / "cut.ttf"
    data = whole.path.read_bytes()
    at = int.from_bytes(data[data.index(b"cmap") + 8 :][:4], "big")
    copy.write_bytes(data[: at + 40])
    (face,) = sfnt.faces(copy) or [dataclasses.replace(whole, path=copy)]
    assert len(charset(face)) == 0
