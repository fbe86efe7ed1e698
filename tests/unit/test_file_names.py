"""Names of files made of what people write."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.text.file_names import beside


@pytest.mark.parametrize(
    ("words", "name"),
    [("优秀/先进", "a-优秀 先进.pdf"), ("甲:乙", "a-甲 乙.pdf"), ("结业证书", "a-结业证书.pdf")],
)
def test_a_form_may_be_called_anything_and_its_file_lies_beside_the_others(words, name):
    assert beside(Path("folder") / "a.pdf", words) == Path("folder") / name
