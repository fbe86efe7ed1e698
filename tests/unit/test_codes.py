from __future__ import annotations

import pytest

import resources
from models.codes.library import LocalCode, load_codes, with_local
from models.entities.describe import columns
from models.errors import UserError
from models.staff.institution_records import Institution
from models.staff.records import Teacher
from models.text.tidy import key
from models.training.records import TrainingRecord

CODES = load_codes()


def named(table: str, word: str) -> str | None:
    entry = CODES[table].find(word)
    return entry and entry.name


@pytest.mark.parametrize("table", list(CODES))
def test_no_word_of_a_table_means_two_entries(table):
    owners: dict[str, str] = {}
    for entry in CODES[table]:
        for word in {key(entry.name), key(entry.code), *map(key, entry.aliases)}:
            assert owners.setdefault(word, entry.code) == entry.code, word


@pytest.mark.parametrize("table", list(CODES))
def test_every_entry_is_found_by_its_code_its_name_and_each_alias(table):
    assert CODES[table].title
    assert CODES[table].source
    for entry in CODES[table]:
        for word in (entry.code, entry.name, *entry.aliases):
            assert CODES[table].find(word) == entry
        assert CODES[table].name_of(entry.code) == entry.name


def test_every_table_an_entity_names_is_there():
    described = [*columns(Teacher).values(), *columns(Institution).values()]
    described += columns(TrainingRecord).values()
    assert {column.table for column in described if column.table} <= set(CODES)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("汉", "汉族"),
        ("01", "汉族"),
        ("1", "汉族"),
        ("HA", "汉族"),
        ("ｈａ", "汉族"),
        ("汉 族", "汉族"),
        ("CS", "朝鲜族"),
        ("鲜族", "朝鲜族"),
        ("达翰尔族", "达斡尔族"),
        ("达斡尔", "达斡尔族"),
        ("崩龙族", "德昂族"),
        ("毛难族", "毛南族"),
        ("傈傈族", "傈僳族"),
        ("乌兹别克族", "乌孜别克族"),
        ("蒙", "蒙古族"),
        ("火星族", None),
        ("", None),
    ],
)
def test_an_ethnicity_is_known_by_code_letters_short_old_and_wrong_names(written, name):
    assert named("ethnicity", written) == name


def test_the_fifty_six_ethnicities_stand_in_the_order_of_the_standard():
    codes = [entry.code for entry in CODES["ethnicity"]]
    assert codes[:56] == [f"{number:02d}" for number in range(1, 57)]
    letters = [entry.aliases[0] for entry in CODES["ethnicity"].entries[:56]]
    assert len(set(letters)) == 56
    assert all(len(pair) == 2 and pair.isupper() for pair in letters)


@pytest.mark.parametrize(
    ("table", "written", "name"),
    [
        ("sex", "1", "男"),
        ("sex", "女性", "女"),
        ("education", "大学本科", "本科"),
        ("education", "大专", "专科"),
        ("education", "研究生学历", "研究生"),
        ("education", "硕士", "硕士研究生"),
        ("education", "中师", "中专"),
        ("politics", "党员", "中共党员"),
        ("title", "中学高级", "中学高级教师"),
        ("title", "小高", "小学高级教师"),
        ("title", "中小学一级教师", "一级教师"),
        ("title", "正高", "正高级教师"),
        ("title", "无", "未评"),
        ("stage", "初级中学", "初中"),
        ("stage", "学前", "幼儿园"),
        ("subject", "微机", "信息技术"),
        ("subject", "体育与健康", "体育"),
        ("subject", "思品", "道德与法治"),
        ("post", "教务主任", "教导主任"),
        ("backbone", "县级骨干", "县骨干教师"),
        ("backbone", "省级学科带头人", "省学科带头人"),
        ("teacher_status", "在职", "在岗"),
        ("track", "网络", "网联"),
        ("location", "2", "县城"),
        ("location", "6", "教学点"),
        ("institution_type", "完小", "小学"),
        ("training_mode", "网络研修", "远程"),
        ("training_level", "国培", "国家级"),
        ("region", "220282", "桦甸市"),
        ("region", "桦甸县", "桦甸县"),
    ],
)
def test_the_words_schools_use_mean_an_entry(table, written, name):
    assert named(table, written) == name


def test_what_is_uploaded_has_the_codes_of_the_national_system():
    assert CODES["training_level"].find("地市级").external == "30"
    assert CODES["training_level"].find("片级").external == "99"
    assert {entry.external for entry in CODES["training_mode"]} <= {"1", "2", "3", "4", "9"}
    assert len(CODES["upload_mode"]) == 5


def test_an_office_adds_entries_and_aliases_of_its_own():
    own = with_local(
        CODES,
        [
            LocalCode("subject", "L01", "葫芦丝", aliases=("葫芦丝演奏",)),
            LocalCode("ethnicity", "01", aliases=("华族",)),
            LocalCode("subject", "131", "信息技术与编程"),
        ],
    )
    assert own["subject"].find("葫芦丝演奏").code == "L01"
    assert own["ethnicity"].find("华族").name == "汉族"
    assert own["subject"].name_of("131") == "信息技术与编程"
    assert own["subject"].find("信息技术").code == "131"
    assert CODES["subject"].find("葫芦丝") is None
    more = with_local(own, [LocalCode("subject", "L02", "马头琴")])
    assert more["subject"].find("葫芦丝") is not None
    assert more["subject"].find("马头琴") is not None


def test_a_word_an_office_gives_to_an_entry_no_longer_means_another():
    assert CODES["subject"].find("政治").name == "思想政治"
    own = with_local(CODES, [LocalCode("subject", "111", aliases=("政治",))])
    assert own["subject"].find("政治").name == "道德与法治"
    assert own["subject"].find("思想政治").code == "112"


def test_a_national_table_takes_no_new_codes_and_an_unknown_table_none_at_all():
    with pytest.raises(UserError, match="国家标准代码表"):
        with_local(CODES, [LocalCode("ethnicity", "60", "火星族")])
    with pytest.raises(UserError, match="没有名为"):
        with_local(CODES, [LocalCode("nothing", "1", "一")])
    for name in ("nothing", "../codes/sex"):
        with pytest.raises(KeyError):
            CODES[name]


def test_a_code_nobody_knows_any_more_is_shown_itself():
    assert CODES["subject"].name_of("X99") == "X99"


def test_hidden_entries_are_understood_but_not_offered():
    titles = CODES["title"]
    assert titles.find("教授").name == "教授"
    assert "教授" not in titles.names()
    assert "高级教师" in titles.names()


def test_resources_lie_where_the_packager_unpacks_them(tmp_path, monkeypatch):
    assert resources.path("codes/sex.toml").is_file()
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert resources.path("codes/sex.toml") == tmp_path / "resources" / "codes" / "sex.toml"
