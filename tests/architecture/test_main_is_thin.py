"""``main.py`` stands outside the import graph, so it is kept small enough to see through."""

from __future__ import annotations

import ast
import sys

import pytest

from tests.architecture import tree


def top_level_imports(module):
    """Names of the packages a module imports when it is loaded."""
    found = set()
    for node in module.body:
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("name", ["main.py", "dev.py"])
def test_the_entries_load_only_the_standard_library_at_first(name):
    allowed = set(sys.stdlib_module_names) | ({"devtools"} if name == "dev.py" else set())
    assert top_level_imports(tree.parsed(tree.ROOT / name)) <= allowed


def test_the_developers_tools_need_nothing_installed():
    allowed = {*sys.stdlib_module_names, "devtools"}
    for file in tree.modules("devtools"):
        if file.name != "unwoff.py":  # runs inside the virtual environment
            assert top_level_imports(tree.parsed(file)) <= allowed, file


def test_main_has_at_most_sixty_lines():
    assert len((tree.ROOT / "main.py").read_text("utf-8").splitlines()) <= 60


def test_the_check_sees_a_foreign_import():
    assert top_level_imports(ast.parse("import sys\nfrom ui.cli import main")) == {"sys", "ui"}
