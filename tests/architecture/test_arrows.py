"""The arrows of the house hold, and each of them barks when it is broken on purpose."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import tree

VIOLATIONS = {
    "house": ("models/staff/records.py", "import ui.cli.main"),
    "floors": ("models/staff/records.py", "import models.training.records"),
    "reports": ("reports/kit/fonts.py", "import reports.documents.planted"),
    "faces": ("ui/cli/main.py", "import ui.desktop.app"),
    "desktop": ("ui/desktop/tasks/runner.py", "import ui.desktop.app"),
    "pages": ("ui/desktop/pages/planted_a/page.py", "import ui.desktop.pages.planted_b.page"),
    "qt": ("models/staff/records.py", "import PySide6.QtCore"),
    "pdf": ("models/staff/records.py", "import reportlab"),
    "workbooks": ("reports/kit/fonts.py", "import xlsxwriter"),
    "sql": ("reports/kit/fonts.py", "import sqlite3"),
    "solver": ("models/titles/tables.py", "import numpy"),
    "keys": ("models/certificates/seals.py", "import cryptography.x509"),
    "packages": ("models/exchange/tables.py", "import pyrage"),
    "codes": ("models/certificates/seals.py", "import zxingcpp"),
    "circles": ("models/staff/planted_a.py", "import models.staff.planted_b"),
}
"""Contract to the file that breaks it and the import it is given."""

SCENERY = {
    "ui/desktop/pages/planted_a/__init__.py": "",
    "ui/desktop/pages/planted_b/__init__.py": "",
    "ui/desktop/pages/planted_b/page.py": "",
    "reports/documents/planted.py": "",
    "models/staff/planted_a.py": "",
    "models/staff/planted_b.py": "import models.staff.planted_a",
}
"""Harmless modules that a violation needs beside it."""


def lint(folder, *contracts):
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    for contract in contracts:
        command += ["--contract", contract]
    return subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=120
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The program's own modules, to be spoilt."""
    folder = tmp_path_factory.mktemp("house")
    for file in tree.modules(*tree.PACKAGES):
        target = folder / file.relative_to(tree.ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
    shutil.copy(tree.ROOT / "pyproject.toml", folder)
    for name, text in SCENERY.items():
        place(folder / name, text)
    return folder


def place(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text + "\n", "utf-8")


def test_every_arrow_holds():
    done = lint(tree.ROOT)
    assert done.returncode == 0, done.stdout


def test_every_contract_has_a_planted_violation():
    text = (tree.ROOT / "pyproject.toml").read_text("utf-8")
    contracts = {line.split('"')[1] for line in text.splitlines() if line.startswith('id = "')}
    assert contracts == set(VIOLATIONS)


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_a_broken_arrow_is_reported(copy, contract):
    name, planted = VIOLATIONS[contract]
    file = copy / name
    before = file.read_text("utf-8") if file.exists() else None
    assert lint(copy, contract).returncode == 0
    try:
        place(file, (before or "") + "\n" + planted)
        done = lint(copy, contract)
    finally:
        file.unlink() if before is None else place(file, before)
    assert done.returncode == 1
    assert "BROKEN" in done.stdout


@pytest.mark.parametrize("name", ["models/annexe/__init__.py", "ui/desktop/annexe/__init__.py"])
def test_a_new_room_must_be_given_its_floor(copy, name):
    place(copy / name, '"""A room nobody gave a floor."""')
    try:
        done = lint(copy, "floors" if name.startswith("models") else "desktop")
    finally:
        shutil.rmtree((copy / name).parent)
    assert done.returncode == 1
    assert "annexe" in done.stdout
