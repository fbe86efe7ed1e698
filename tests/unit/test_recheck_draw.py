"""The script in docs that a stranger runs: standard library only, and agreeing with us."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from models.exams.draw import Terms, draw_frame
from models.exams.frame import frame_text

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "recheck_draw.py"
SEED = "红球三号蓝球七号黄球九号"
MEMBERS = [
    (f"2202820{n:05}", "红石村小" if n == 0 else f"第{n % 7}中学/{'语数英'[n % 3]}")
    for n in range(230)
]


def check(folder: Path, record: dict[str, object], frame: bytes) -> tuple[int, str]:
    (folder / "r.json").write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    (folder / "f.txt").write_bytes(frame)
    command = [sys.executable, "-I", str(SCRIPT), "r.json", "f.txt"]
    done = subprocess.run(command, cwd=folder, capture_output=True, env={"PYTHONUTF8": "1"})
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout.decode()


def test_it_is_short_and_uses_nothing_of_ours():
    text = SCRIPT.read_text("utf-8")
    assert len(text.splitlines()) <= 40
    named = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else map(_name, node.names))
        if name
    }
    assert named <= set(sys.stdlib_module_names)


def _name(alias: ast.alias) -> str:
    return alias.name


@pytest.mark.parametrize("rounding", ["ceiling", "half-up-min-1", "largest-remainder"])
@pytest.mark.parametrize("share", [Fraction(1, 10), Fraction(1, 3)])
def test_it_finds_the_draws_of_the_program_alike(rounding, share, tmp_path):
    text = frame_text(MEMBERS)
    record = draw_frame(Terms("2026-06", SEED, share, rounding), text)
    assert check(tmp_path, record, text.encode()) == (0, "一致：照记录和名单重新抽签，结果相同。\n")


def test_it_finds_a_draw_by_number_alike(tmp_path):
    text = frame_text(MEMBERS)
    record = draw_frame(Terms("2026-06", SEED, Fraction(1), "ceiling", 3), text)
    assert check(tmp_path, record, text.encode())[0] == 0


def test_it_notices_one_byte_of_the_frame_and_one_name_of_the_record(tmp_path):
    text = frame_text(MEMBERS)
    record = draw_frame(Terms("2026-06", SEED, Fraction(1, 10), "ceiling"), text)
    assert check(tmp_path, record, text.replace("00229", "00230").encode()) == (1, "不一致！\n")
    first = record["strata"][0]
    first["selected"][0], first["reserves"][0] = first["reserves"][0], first["selected"][0]
    assert check(tmp_path, record, text.encode())[0] == 1
    first["selected"][0], first["reserves"][0] = first["reserves"][0], first["selected"][0]
    record["strata"][1]["stratum"] = first["stratum"]
    assert check(tmp_path, record, text.encode())[0] == 1
