"""Asking where a file goes, and where one comes from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from models.text.file_names import file_name_of

PDF = "PDF 文件 (*.pdf)"
WORKBOOK = "Excel 工作簿 (*.xlsx)"
TABLES = "表格 (*.xlsx *.xls *.et *.ods *.csv)"


def ask_where_to(parent: QWidget, name: str, kind: str) -> Path | None:
    """Where a file of that kind is to be written; None where the person gave up.

    The dialog asks before a file that is there already is replaced.
    """
    stem, _, suffix = name.rpartition(".")
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    proposed = str(Path(folder) / f"{file_name_of(stem)}.{suffix}")
    chosen, _ = QFileDialog.getSaveFileName(parent, "保存为", proposed, kind)
    return Path(chosen) if chosen else None


def ask_for_file(parent: QWidget, title: str, kind: str) -> Path | None:
    """Which file to read; None where the person gave up."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, "", kind)
    return Path(chosen) if chosen else None
