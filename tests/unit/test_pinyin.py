from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.pinyin import read_name

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("王芳", "wangfang", "wf"),
        ("王䶮", "wangyan", "wy"),
        ("单雪", "shanxue", "sx"),
        ("解林文", "xielinwen", "xlw"),
        ("仇芳桂", "qiufanggui", "qfg"),
        ("查红", "zhahong", "zh"),
        ("曾平", "zengping", "zp"),
        ("朴香", "piaoxiang", "px"),
        ("盖欣思", "gexinsi", "gxs"),
        ("覃芳", "qinfang", "qf"),
        ("区文", "ouwen", "ow"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("尉文", "weiwen", "ww"),
        ("万俟文", "moqiwen", "mqw"),
        ("万文", "wanwen", "ww"),
        ("长孙文", "zhangsunwen", "zsw"),
        ("欧阳杰", "ouyangjie", "oyj"),
        ("吕女", "lvnv", "ln"),
        ("张乐", "zhangle", "zl"),
        ("迪丽努尔·艾合买提", "dilinueraihemaiti", "dlneahmt"),
        ("John Smith", "johnsmith", "js"),
        ("", "", ""),
    ],
)
def test_a_name_is_read_as_its_bearer_says_it(name, full, initials):
    reading = read_name(name)
    assert reading.full == full
    assert reading.initials.split(" ")[0] == initials


def test_initials_of_the_other_readings_are_found_too():
    assert read_name("单雪").initials.split() == ["sx", "dx", "cx"]
    assert set(read_name("曾乐").initials.split()) == {"zl", "zy", "cl", "cy"}
    assert read_name("王红").initials == "wh"


def test_a_character_without_a_reading_is_left_out():
    assert read_name("江𰌂").full == "jiang"


@given(st.text(max_size=12))
def test_a_reading_holds_small_letters_only(name):
    reading = read_name(name)
    letters = reading.full + reading.initials.replace(" ", "")
    assert letters == "" or (letters.isascii() and letters.isalpha() and letters.islower())
    assert len(reading.initials.split(" ")) <= 12


def test_the_dictionary_is_loaded_with_the_first_name_only():
    script = (
        "import sys; import models.text.pinyin as p; assert 'pypinyin' not in sys.modules;"
        " assert p.read_name('王芳').full == 'wangfang'; assert 'pypinyin' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
