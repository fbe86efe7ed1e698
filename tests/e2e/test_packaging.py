"""What the package is made of, as far as it can be told without building it."""

from __future__ import annotations

import re

from devtools.console import ROOT
from devtools.environment import site_packages
from devtools.licences import carried, gather_licences
from devtools.packaging import common_characters


def carried_names():
    return {
        re.sub(r"[-_.]+", "-", one.metadata["Name"]).lower() for one in carried(site_packages())
    }


def test_the_libraries_carried_are_those_of_the_program_and_what_they_need():
    names = carried_names()
    assert {"pyside6-essentials", "shiboken6", "pydantic-core", "pillow", "sqlite-utils"} <= names
    assert not names & {"pytest", "ruff", "pyinstaller", "hypothesis", "pip", "colorama"}


def test_every_carried_library_has_its_licence_text_at_hand(tmp_path):
    gather_licences(site_packages(), tmp_path)
    short = {file.stem for file in tmp_path.iterdir() if file.stat().st_size < 500}
    assert short == {"PySide6_Essentials", "shiboken6"}  # their wheels bring none
    assert (ROOT / "docs" / "licences" / "LGPL-3.0.txt").stat().st_size > 7_000


def test_every_carried_library_is_named_among_the_works_of_others():
    told = (ROOT / "docs" / "third-party.md").read_text("utf-8").lower().replace("_", "-")
    asked = (ROOT / "requirements" / "runtime.in").read_text("utf-8").splitlines()
    wanted = {re.split(r"[=<># ]", line)[0].lower() for line in asked if line[0].isalnum()}
    assert {name for name in wanted if name not in told} == set()


def test_the_windows_font_keeps_the_common_characters():
    kept = set(common_characters())
    assert set("中华人民共和国桦甸市，。《》Aa1é") <= kept
    assert len(kept) > 6763
    assert "𬭎" not in kept


def test_icons_are_asked_for_by_whole_names():
    """``build.spec`` packs the drawings whose names stand as they are in the window's code."""
    made_up = [
        file.name
        for file in (ROOT / "ui" / "desktop").rglob("*.py")
        if re.search(r"\b(icon|pixmap|svg)\((?!f\"\{name)f\"", file.read_text("utf-8"))
    ]
    assert made_up == []
