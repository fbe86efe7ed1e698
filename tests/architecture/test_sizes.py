"""Nothing grows beyond what one reads at a sitting; there is no list of exemptions."""

from __future__ import annotations

import pytest

from tests.architecture import sizes, tree


def test_no_module_class_or_function_is_bigger_than_allowed():
    found = [
        sentence for file in tree.modules(*tree.EVERYTHING) for sentence in sizes.oversized(file)
    ]
    assert found == []


def test_no_function_has_more_paths_than_allowed():
    assert sizes.too_complex(*tree.EVERYTHING) == []


def written(lines):
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (written(["x = 1"] * 401), "401 lines"),
        (written(["class A:", *(f"    def m{i}(self): ..." for i in range(21))]), "21 methods"),
        (written(["def f():", *["    x = 1"] * 40]), "41 lines"),
        (written(["def f(a, b, c, *, d, e, f, g): ..."]), "7 parameters"),
    ],
)
def test_the_check_sees_what_is_too_big(tmp_path, text, expected):
    file = tmp_path / "big.py"
    file.write_text(text, "utf-8")
    assert [expected in sentence for sentence in sizes.oversized(file)] == [True]


def test_the_check_lets_pass_what_is_just_small_enough(tmp_path):
    file = tmp_path / "fine.py"
    methods = (f"    def m{i}(self): ..." for i in range(20))
    file.write_text(
        written(
            [
                "class A:",
                *methods,
                "def f(a, b, c, *, d, e, f):",
                '    """Say."""',
                *["    x = 1"] * 39,
                *["x = 1"] * 338,
            ]
        ),
        "utf-8",
    )
    assert sizes.oversized(file) == []


def test_the_check_sees_too_many_paths_even_behind_a_noqa(tmp_path):
    file = tmp_path / "paths.py"
    branches = [f"    if a == {i}: return {i}" for i in range(10)]
    file.write_text(written(["def f(a):  # noqa: C901", *branches]), "utf-8")
    assert len(sizes.too_complex(file)) == 1
    file.write_text(written(["def f(a):", *branches[1:]]), "utf-8")
    assert sizes.too_complex(file) == []
