"""The command line starts without the window's libraries, and the window without the papers'."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from tests.architecture import tree
from ui.cli.main import NOUNS

FACES = {
    "ui.cli.main": ["PySide6", "shiboken6", "reportlab", "openpyxl", "numpy", "pyrage"],
    "ui.desktop.app": ["reportlab", "openpyxl", "xlsxwriter", "pypinyin", "pandas", "numpy"],
}


def loaded_by(module, roots):
    """Which of ``roots`` are loaded after importing ``module`` in a fresh interpreter."""
    code = f"import sys, {module}\nprint(*(sys.modules.keys() & {set(roots)!r}))"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=tree.ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    ).stdout.split()


@pytest.mark.parametrize("face", FACES)
def test_a_face_starts_without_what_it_does_not_need(face):
    assert loaded_by(face, FACES[face]) == []


def test_no_command_loads_the_window():
    every = ", ".join(f"ui.cli.commands.{one}" for one in NOUNS)
    assert loaded_by(every, ["PySide6", "shiboken6"]) == []


def test_every_command_stands_where_the_entry_looks_for_it():
    found = {one: import_module(f"ui.cli.commands.{one}").COMMANDS for one in NOUNS}
    assert {one: tuple(each.name for each in commands) for one, commands in found.items()} == NOUNS


def test_the_check_sees_a_library_that_is_loaded():
    assert loaded_by("PySide6.QtCore", ["PySide6", "openpyxl"]) == ["PySide6"]
