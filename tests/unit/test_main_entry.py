"""Which face the program shows for what it was started with."""

from __future__ import annotations

import pytest

from main import wants_window


@pytest.mark.parametrize(
    ("program", "arguments", "window"),
    [
        ("main.py", [], True),
        ("main.py", ["-platform", "offscreen"], True),
        ("main.py", ["-db", "office.db"], True),
        ("main.py", ["-h"], False),
        ("main.py", ["--help"], False),
        ("main.py", ["--db", "office.db", "check"], False),
        ("main.py", ["check"], False),
        ("/opt/shixuntong/shixuntong", [], True),
        ("/opt/shixuntong/shixuntong-cli", [], False),
        ("/opt/shixuntong/shixuntong-cli", ["-platform", "offscreen"], False),
        ("C:/shixuntong/shixuntong-cli.exe", [], False),
    ],
)
def test_a_command_asks_for_the_command_line_and_nothing_for_the_window(program, arguments, window):
    assert wants_window(program, arguments) is window
