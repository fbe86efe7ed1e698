"""What is imported is what was asked for: nothing by luck, nothing for nothing."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import packages_distributions

from tests.architecture import tree

OURS = {*tree.PACKAGES, "main", "dev", "devtools", "tests", "bench"}
COMES_WITH = {"pillow": "reportlab"}
"""Libraries that another one always brings and hands us."""


def asked_for(*names):
    """Names of the libraries in requirement files, spelled alike."""
    lines = [
        line.partition("#")[0]
        for name in names
        for line in (tree.ROOT / "requirements" / name).read_text("utf-8").splitlines()
    ]
    return {spelled(re.split(r"[=<>]", line)[0]) for line in lines if re.match(r"\s*\w", line)}


def spelled(name):
    """A library's name as the package index compares it."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def imported(*places, root=tree.ROOT):
    """Names of the libraries that the modules in ``places`` import."""
    known = packages_distributions()
    found = set()
    for file in tree.modules(*places, root=root):
        for package in imports_of(tree.parsed(file)) - OURS - set(sys.stdlib_module_names):
            names = {spelled(name) for name in known.get(package, [package])}
            found |= {COMES_WITH.get(name, name) for name in names}
    return found


def imports_of(module):
    """Top-level packages that a module names in imports."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_the_program_asks_for_the_libraries_it_imports_and_no_others():
    assert imported(*tree.PROGRAM) == asked_for("runtime.in")


def test_tests_and_tools_import_only_what_was_asked_for():
    places = ("tests", "bench", "devtools", "dev.py")
    assert imported(*places) <= asked_for("runtime.in", "dev.in")


def test_the_check_sees_a_library_that_came_by_luck(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "lucky.py").write_text("import tabulate, json\nimport PIL.Image\n")
    assert imported("tests", root=tmp_path) == {"tabulate", "reportlab"}


FONT_MAKERS = {"Fonts": {"reports/inputs/fonts.py", "reports/kit/fonts.py"},
               "program_fonts": {"ui/cli/commands/selftest.py"}}  # fmt: skip
"""Calls that give fonts without the office's choices and drawn glyphs, and who may make them."""


def fonts_without_an_office(root=tree.ROOT):
    """Where fonts are made past ``fonts_of``."""
    found = []
    for file in tree.modules(*tree.PROGRAM, root=root):
        for node in ast.walk(tree.parsed(file)):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name in FONT_MAKERS and tree.shown(file, root) not in FONT_MAKERS[name]:
                found.append(f"{tree.shown(file, root)}:{node.lineno} {name}")
    return found


def test_papers_are_set_in_the_fonts_of_the_office():
    assert fonts_without_an_office() == []


def test_the_check_sees_a_paper_in_other_fonts(tmp_path):
    for name in tree.PROGRAM:
        if name != "main.py":
            (tmp_path / name).mkdir()
    (tmp_path / "main.py").write_text("")
    (tmp_path / "ui" / "paper.py").write_text("fonts = Fonts(path('fonts'))\n")
    assert fonts_without_an_office(tmp_path) == ["ui/paper.py:1 Fonts"]
