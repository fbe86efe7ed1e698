from __future__ import annotations

from pathlib import Path

from reports.kit.copy_parts import parts_of

OUT = Path("/papers/证书.pdf")


def names(parts):
    return [part.path.name for part in parts]


def places(parts):
    return [(part.first, part.last, part.count) for part in parts]


def test_a_batch_that_fits_is_one_file():
    parts = parts_of(OUT, ["甲"] * 500, 500)
    assert names(parts) == ["证书.pdf"]
    assert places(parts) == [(0, 499, 500)]


def test_a_larger_batch_is_dealt_out_and_its_files_sort_by_name():
    parts = parts_of(OUT, ["甲"] * 1200, 500)
    assert names(parts) == ["证书-0001-0500.pdf", "证书-0501-1000.pdf", "证书-1001-1200.pdf"]
    assert places(parts) == [(0, 499, 500), (500, 999, 500), (1000, 1199, 200)]


def test_what_is_gone_on_with_never_takes_the_names_of_the_files_before():
    parts = parts_of(OUT, ["甲"] * 1364, 500, places=range(501, 1865))
    assert names(parts) == ["证书-0501-1000.pdf", "证书-1001-1500.pdf", "证书-1501-1864.pdf"]
    rest = parts_of(OUT, ["甲"] * 864, 500, places=range(1001, 1865))
    assert names(rest) == ["证书-1001-1500.pdf", "证书-1501-1864.pdf"]


def test_a_file_for_each_is_named_by_its_label_and_none_takes_the_place_of_another():
    labels = ["张三（1）", "张三（1）", "a/b", "A:B", "..", "张三（1）-2"]
    parts = parts_of(OUT, labels, 1, named=True)
    assert names(parts) == [
        "证书-张三（1）.pdf",
        "证书-张三（1）-2.pdf",
        "证书-a b.pdf",
        "证书-A B-2.pdf",
        "证书-5-5.pdf",
        "证书-张三（1）-2-2.pdf",
    ]
    assert all(part.path.parent == OUT.parent for part in parts)


def test_one_copy_in_a_file_of_its_own_is_named_too():
    assert names(parts_of(OUT, ["张三"], 1, named=True)) == ["证书-张三.pdf"]
