"""How big a module, class or function may be: the limits and the measuring."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture import tree

MODULE_LINES = 400
CLASS_METHODS = 20
FUNCTION_LINES = 40
PARAMETERS = 6
COMPLEXITY = 10


def oversized(file, root=tree.ROOT):
    """One sentence for everything in ``file`` that is bigger than it may be."""
    text = file.read_text("utf-8")
    place = tree.shown(file, root)
    found = []
    if (lines := len(text.splitlines())) > MODULE_LINES:
        found.append(f"{place}: {lines} lines")
    module = ast.parse(text)
    found += [
        f"{place}:{node.lineno} {node.name}: {count} methods"
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef) and (count := methods(node)) > CLASS_METHODS
    ]
    for node in tree.functions(module):
        found += [f"{place}:{node.lineno} {node.name}: {what}" for what in excesses(node)]
    return found


def methods(node):
    """How many methods a class has."""
    return sum(isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) for part in node.body)


def excesses(node):
    """In what a function is too big."""
    if (lines := code_lines(node)) > FUNCTION_LINES:
        yield f"{lines} lines"
    if (count := parameters(node)) > PARAMETERS:
        yield f"{count} parameters"


def code_lines(node):
    """Lines of a function from ``def`` to its end, without its docstring."""
    lines = node.end_lineno - node.lineno + 1
    if ast.get_docstring(node, clean=False) is not None:
        lines -= node.body[0].end_lineno - node.body[0].lineno + 1
    return lines


def parameters(node):
    """How many things a caller may hand in; ``self`` and ``cls`` are no such thing."""
    plain = [*node.args.posonlyargs, *node.args.args]
    if plain and plain[0].arg in {"self", "cls"}:
        plain = plain[1:]
    return len(plain) + len(node.args.kwonlyargs)


def too_complex(*places):
    """One sentence for every function with more independent paths than allowed (McCabe 1976)."""
    ruff = Path(sys.executable).with_name("ruff")
    command = [ruff, "check", "--select=C901", "--ignore-noqa", "--output-format=concise"]
    limit = f"lint.mccabe.max-complexity={COMPLEXITY}"
    done = subprocess.run(
        [*command, "--isolated", "--config", limit, *places],
        cwd=tree.ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return [line for line in done.stdout.splitlines() if "C901" in line]
