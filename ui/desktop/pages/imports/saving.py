"""File dialogs of the import page: opened over the page, the answer comes as a call."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.desktop.tasks.preferences import Preferences

WORKBOOKS = "表格文件 (*.xlsx *.xlsm *.xls *.et *.ods *.csv *.txt *.htm *.html);;所有文件 (*)"
WORKBOOK = "Excel 工作簿 (*.xlsx)"
_FOLDER = "imports/folder"


def choose_files(
    parent: QWidget, preferences: Preferences, on_files: Callable[[list[Path]], object]
) -> QFileDialog:
    """Ask which files to import, beginning in the folder of the last time."""
    dialog = _dialog(parent, "选择要导入的文件", preferences)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilter(WORKBOOKS)

    def chosen(files: list[str]) -> None:
        paths = [Path(one) for one in files]
        preferences.set_text(_FOLDER, str(paths[0].parent))
        on_files(paths)

    dialog.filesSelected.connect(chosen)
    dialog.open()
    return dialog


def choose_workbook(
    parent: QWidget,
    preferences: Preferences,
    name: str,
    on_file: Callable[[Path], object],
) -> QFileDialog:
    """Ask where to write a workbook; an existing one is replaced only when the person agrees."""
    dialog = _dialog(parent, "保存到", preferences)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(WORKBOOK)
    dialog.setDefaultSuffix("xlsx")
    dialog.selectFile(name)
    dialog.fileSelected.connect(partial(_with_path, on_file))
    dialog.open()
    return dialog


def choose_folder(
    parent: QWidget, preferences: Preferences, on_folder: Callable[[Path], object]
) -> QFileDialog:
    """Ask into which folder several workbooks go."""
    dialog = _dialog(parent, "保存到文件夹", preferences)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(partial(_with_path, on_folder))
    dialog.open()
    return dialog


def free_name(folder: Path, name: str) -> Path:
    """A path in the folder that no file has yet: 名册-有错的行.xlsx, 名册-有错的行-2.xlsx."""
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
    return path


def _dialog(parent: QWidget, title: str, preferences: Preferences) -> QFileDialog:
    dialog = QFileDialog(parent, title, preferences.text(_FOLDER, str(Path.home())))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def _with_path(action: Callable[[Path], object], text: str) -> None:
    action(Path(text))
