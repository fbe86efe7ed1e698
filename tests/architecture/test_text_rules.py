"""Rules that are checked on the text of the program."""

from __future__ import annotations

import ast
import re
import tomllib

import pytest

from models.version import VERSION
from tests.architecture import tree

PUMPING = re.compile(r"processEvents|\bQEventLoop\b")
MAY_CATCH_ALL = {"ui/cli/main.py", "ui/desktop/tasks/lane.py", "ui/desktop/app.py"}
"""The ends of the line: the command line, the task runner, the window's last net."""


def lines_with(pattern, *names):
    """``file:line`` of every line of the program that matches."""
    return [
        f"{tree.shown(file)}:{number}"
        for file in tree.modules(*names)
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def undocumented(module):
    """Public names of a module without a docstring, and the module itself."""
    found = [] if ast.get_docstring(module) else ["the module"]
    classes = (node for node in module.body if isinstance(node, ast.ClassDef))
    places = [module, *(node for node in classes if not node.name.startswith("_"))]
    for place in places:
        for node in place.body:
            named = isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            if named and not node.name.startswith("_") and not exempt(node):
                found += [] if ast.get_docstring(node) else [node.name]
    return found


def exempt(node):
    """Overloads and overrides are documented where they are declared."""
    names = {ast.unparse(decorator).rpartition(".")[2] for decorator in node.decorator_list}
    return bool(names & {"overload", "override"}) or any(n.endswith("setter") for n in names)


def catches_all(module):
    """Whether a module keeps a failure it has no name for, instead of handing it on."""
    return any(
        isinstance(node, ast.ExceptHandler)
        and (node.type is None or {"Exception", "BaseException"} & names(node.type))
        and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
        for node in ast.walk(module)
    )


def names(node):
    """The names that an expression is made of."""
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def test_the_window_never_pumps_events():
    assert lines_with(PUMPING, *tree.PROGRAM) == []


def test_every_failure_is_caught_in_three_places_only():
    files = tree.modules(*tree.PROGRAM)
    found = {tree.shown(file) for file in files if catches_all(tree.parsed(file))}
    assert found <= MAY_CATCH_ALL


def test_every_public_name_is_documented():
    found = [
        f"{tree.shown(file)}: {name}"
        for file in tree.modules(*tree.PROGRAM, "dev.py", "devtools")
        for name in undocumented(tree.parsed(file))
    ]
    assert found == []


def test_a_room_is_opened_by_a_docstring_and_nothing_else():
    doors = [file for file in tree.modules(*tree.PACKAGES) if file.name == "__init__.py"]
    assert doors
    for file in doors:
        if tree.shown(file) == "resources/__init__.py":
            continue  # resources has no code but path(name)
        module = tree.parsed(file)
        assert len(module.body) == 1, file
        assert ast.get_docstring(module), file


def test_every_folder_of_modules_has_a_door():
    folders = {file.parent for file in tree.modules(*tree.PACKAGES)}
    assert [tree.shown(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((tree.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    changes = (tree.ROOT / "CHANGELOG.md").read_text("utf-8")
    newest = re.search(r"^## (\S+)", changes, re.MULTILINE)
    assert {project["version"], newest.group(1)} == {VERSION}


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("def f(): ...", ["the module", "f"]),
        ('"""M."""\nclass A:\n    """A."""\n    def m(self): ...', ["m"]),
        (
            '"""M."""\ndef _f(): ...\nclass B:\n    """B."""\n    @override\n    def m(self): ...',
            [],
        ),
    ],
)
def test_the_check_sees_a_missing_docstring(text, missing):
    assert undocumented(ast.parse(text)) == missing


@pytest.mark.parametrize("line", ["app.processEvents()", "loop = QEventLoop()"])
def test_the_check_sees_pumping(line):
    assert PUMPING.search(line)


@pytest.mark.parametrize(
    ("handler", "caught"),
    [
        ("except Exception: pass", True),
        ("except: pass", True),
        ("except (OSError, BaseException) as error: print(error)", True),
        ("except BaseException:\n    print()\n    raise", False),
        ("except OSError: pass", False),
    ],
)
def test_the_check_sees_a_net_for_everything(handler, caught):
    assert catches_all(ast.parse(f"try: f()\n{handler}")) is caught
