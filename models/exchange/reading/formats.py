"""What a file really is, told by its first bytes and never by its name."""

from __future__ import annotations

from enum import StrEnum

from models.exchange.reading.limits import SAVE_AGAIN, Refusal, damaged
from models.exchange.reading.parcels import Parcel, locked

HEAD = 4096
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_NEVER = {
    b"%PDF": "PDF 文件",
    b"\xff\xd8\xff": "图片",
    b"\x89PNG": "图片",
    b"GIF8": "图片",
    b"BM": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"MZ": "程序",
    b"\x7fELF": "程序",
    b"SQLite format 3": "数据库",
    b"{\\rtf": "文字文档",
}
_TAGS = (b"<html", b"<table", b"<!doctype html")


class Format(StrEnum):
    """The formats that are read."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    HTML = "html"
    CSV = "csv"


def tell_format(head: bytes) -> Format | None:
    """The format by the first bytes; None for a zip archive, which has to be looked into.

    Raises:
        Refusal: empty, or something that is no table at all.
    """
    if not head.strip(b"\x00 \t\r\n"):
        raise Refusal("import.empty_file", "是空的，里面没有任何内容。", "请核对是否发错了文件。")
    if head.startswith(_ZIP) or head.startswith(b"PK\x05\x06"):
        return None
    if head.startswith(_OLE) or head.startswith(_BARE_BIFF):
        return Format.XLS
    for mark, what in _NEVER.items():
        if head.startswith(mark):
            raise _no_table(what)
    plain = head.replace(b"\x00", b"").lower()
    if any(tag in plain for tag in _TAGS):
        return Format.HTML
    if plain.lstrip(b"\xef\xbb\xbf\xff\xfe ").startswith(b"<?xml"):
        raise Refusal("import.xml", "是 XML 格式的表格，不能直接读取。", SAVE_AGAIN)
    return Format.CSV


def tell_archive(parcel: Parcel) -> Format:
    """The format of a zip archive by its parts.

    Raises:
        Refusal: the archive holds no workbook, or one with a password.
    """
    if "xl/workbook.xml" in parcel:
        return Format.XLSX
    if "xl/workbook.bin" in parcel:
        return Format.XLSB
    if "content.xml" in parcel:
        if "mimetype" in parcel and b"spreadsheet" not in parcel.read("mimetype", HEAD):
            raise _no_table("文字文档或演示文稿")
        if "meta-inf/manifest.xml" in parcel and b"encryption-data" in parcel.read(
            "meta-inf/manifest.xml", 1 << 20
        ):
            raise locked()
        return Format.ODS
    if "word/document.xml" in parcel or "ppt/presentation.xml" in parcel:
        raise _no_table("文字文档或演示文稿")
    if any(name.endswith(".xml") and "workbook" in name for name in parcel.names()):
        return Format.XLSX
    raise damaged("是压缩包，里面没有电子表格；请解压后再导入。")


def _no_table(what: str) -> Refusal:
    return Refusal("import.not_a_workbook", f"是{what}，不是电子表格。", SAVE_AGAIN)
