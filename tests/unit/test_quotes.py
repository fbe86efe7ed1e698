"""Names in quotation marks."""

from __future__ import annotations

from models.text.quotes import quoted


def test_marks_inside_a_name_become_single_ones():
    assert quoted("骨干教师“带徒工程”") == "“骨干教师‘带徒工程’”"
    assert quoted("对口帮扶") == "“对口帮扶”"
