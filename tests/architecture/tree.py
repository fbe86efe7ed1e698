"""The program's own text, as the checks of the house read it."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("ui", "reports", "models", "resources")
PROGRAM = ("main.py", *PACKAGES)
EVERYTHING = (*PROGRAM, "dev.py", "devtools", "bench", "tests")


def modules(*names, root=ROOT):
    """The Python files that ``names`` (files or folders below ``root``) stand for."""
    found = []
    for name in names:
        place = root / name
        found += [place] if place.is_file() else sorted(place.rglob("*.py"))
    return found


def parsed(file):
    """The syntax tree of a Python file."""
    return ast.parse(file.read_text("utf-8"), str(file))


def functions(tree):
    """Every function and method of a module, nested ones too."""
    return [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def shown(file, root=ROOT):
    """The file's path as a reader of the failure wants it."""
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name
