"""Whatever is handed in as a workbook, reading it ends in a sentence within bounds."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from models.errors import OfficeError, UserError, WorldError
from models.exchange.reading.source import open_source
from tests.workbooks import GOOD_ID, bare_xlsx, xlsx, zipped

ROOT = Path(__file__).resolve().parents[2]
HEADER = ["姓名", "身份证号", "所在学校"]
MEGABYTES = 300
PROBE = """
import sys
from pathlib import Path
from models.errors import OfficeError
from models.exchange.reading.source import open_source
try:
    open_source(Path(sys.argv[1]))
except OfficeError as error:
    print(error.code)
else:
    print("read")
status = Path("/proc/self/status").read_text()
print(int(status.split("VmHWM:")[1].split()[0]) // 1024)
"""


def refusal(path: Path) -> OfficeError:
    with pytest.raises(OfficeError) as refused:
        open_source(path)
    assert path.name in refused.value.message
    assert refused.value.hint
    return refused.value


def measured(path: Path) -> tuple[str, int]:
    """What became of a file in a process of its own, and the most memory it took, in MB."""
    if not Path("/proc/self/status").exists():
        pytest.skip("the most memory taken is read from /proc")
    found = subprocess.run(
        [sys.executable, "-c", PROBE, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    outcome, most = found.stdout.split()
    return outcome, int(most)


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "空.xlsx"
    path.write_bytes(b"")
    assert refusal(path).code == "import.empty_file"


@pytest.mark.parametrize(
    ("head", "what"), [(b"%PDF-1.7", "PDF"), (b"\x89PNG\r\n", "图片"), (b"MZ\x90", "程序")]
)
def test_another_kind_of_file_is_named(head: bytes, what: str, tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(head + bytes(2000))
    assert what in refusal(path).message


def test_a_truncated_workbook_is_told_as_cut_off(tmp_path: Path) -> None:
    whole = xlsx(tmp_path / "a.xlsx", [HEADER, *[["王芳", GOOD_ID, "五中"]] * 500]).read_bytes()
    path = tmp_path / "截断.xlsx"
    for share in (0.1, 0.5, 0.9, 0.99):
        path.write_bytes(whole[: int(len(whole) * share)])
        assert refusal(path).code == "import.damaged"


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="没有找到"):
        open_source(tmp_path / "没有.xlsx")
    with pytest.raises(UserError, match="文件夹"):
        open_source(tmp_path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_asks_to_close_it(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [HEADER])
    path.chmod(0)
    with pytest.raises(WorldError, match="关闭"):
        open_source(path)


def test_a_zip_bomb_is_refused_without_unpacking(tmp_path: Path) -> None:
    row = b'<row r="1"><c r="A1"><v>0</v></c></row>'
    path = bare_xlsx(tmp_path / "炸弹.xlsx", row + bytes(300_000_000))
    outcome, most = measured(path)
    assert outcome == "import.zip_bomb"
    assert most < MEGABYTES


def test_a_cell_in_the_last_corner_does_not_fill_the_memory(tmp_path: Path) -> None:
    rows = (
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    outcome, most = measured(bare_xlsx(tmp_path / "角.xlsx", rows))
    assert outcome in ("import.too_big", "read")
    assert most < MEGABYTES


def test_a_million_empty_rows_are_read_past(tmp_path: Path) -> None:
    rows = b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>' + b"".join(
        b'<row r="%d"><c r="A%d" s="0"/></row>' % (row, row) for row in range(2, 1_000_001)
    )
    outcome, most = measured(bare_xlsx(tmp_path / "百万.xlsx", rows))
    assert outcome == "read"
    assert most < MEGABYTES


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>'
    path = bare_xlsx(tmp_path / "实体.xlsx", b"<x>&b;</x>", head=bomb)
    assert refusal(path).code == "import.hostile_xml"


def test_an_archive_without_a_workbook_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "包.xlsx", {"a.txt": b"hello"})
    assert refusal(path).code == "import.damaged"


def test_one_endless_line_of_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "长.csv"
    path.write_bytes("姓名,".encode() * 2_000_000)
    outcome, most = measured(path)
    assert outcome == "import.too_big"
    assert most < MEGABYTES


def test_binary_noise_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "噪声.csv"
    path.write_bytes(bytes(range(256)) * 50)
    with pytest.raises(UserError):
        open_source(path)


def test_a_changed_byte_never_ends_in_anything_but_a_sentence(tmp_path: Path) -> None:
    whole = bytearray(xlsx(tmp_path / "a.xlsx", [HEADER, ["王芳", GOOD_ID, "五中"]]).read_bytes())
    path = tmp_path / "坏.xlsx"
    for place in range(0, len(whole), 37):
        damaged = bytearray(whole)
        damaged[place] ^= 0x5A
        path.write_bytes(bytes(damaged))
        with contextlib.suppress(OfficeError):
            open_source(path)


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="4294967295"><c r="ZZZZZ4294967295"><v>1</v></c></row>',
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r="1048576"><c\nr="XFD1048576"><v>1</v></c></row>',
        b'<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
        b'<row r="1048576">' + b"<c/>" * 16_383 + b"<c><v>1</v></c></row>",
    ],
)
def test_an_oddly_written_corner_is_seen_as_well(cell: bytes, tmp_path: Path) -> None:
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row>' + cell
    outcome, most = measured(bare_xlsx(tmp_path / "角.xlsx", rows))
    assert outcome in ("import.too_big", "import.damaged")
    assert most < MEGABYTES


@pytest.mark.parametrize("text", ["<![CDATA[", "<!--", "</", "<td "])
def test_a_web_table_that_never_closes_is_refused_in_time(text: str, tmp_path: Path) -> None:
    path = tmp_path / "平台.xls"
    path.write_text("<html><table><tr>" + text * (3_000_000 // len(text)), "utf-8")
    assert refusal(path).code in ("import.damaged", "import.too_big")


def test_endless_short_lines_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "行.csv"
    path.write_bytes("姓名\n".encode() + b"\n" * 5_000_000)
    outcome, most = measured(path)
    assert outcome == "import.too_big"
    assert most < MEGABYTES
