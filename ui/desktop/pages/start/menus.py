"""What the menu bar offers, for habit and for the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from models.version import VERSION
from ui.desktop.tasks.session import Session
from ui.desktop.tasks.undoing import latest_steps, next_redo, next_undo
from ui.desktop.widgets.dialogs import tell
from ui.desktop.widgets.help import FIRST_PAGE, HelpWindow
from ui.desktop.widgets.menus import MenuItem
from ui.desktop.widgets.page import Page

FILE, EDIT, VIEW, TOOLS, HELP = "文件(&F)", "编辑(&E)", "查看(&V)", "工具(&T)", "帮助(&H)"


class Menus:
    """Makes the items and does what they say."""

    def __init__(
        self, session: Session, window: QWidget, page: Callable[[], Page], log_file: Path
    ) -> None:
        """Serve a window.

        Args:
            session: where it reads and writes.
            window: the window dialogs open over.
            page: gives the page in sight.
            log_file: the program's log.
        """
        self._session = session
        self._window = window
        self._page = page
        self._log_file = log_file

    def items(self) -> list[MenuItem]:
        """The menu bar, item by item."""
        go = self._session.go.emit
        return [
            MenuItem(FILE, "导入 Excel…", partial(go, "imports", "files"), "Ctrl+I"),
            MenuItem(FILE, "导入照片…", partial(go, "teachers", "photos:import")),
            MenuItem(FILE, "备份与恢复…", partial(go, "backups", None)),
            MenuItem(FILE, "打开数据所在文件夹", self.open_folder),
            MenuItem(FILE),
            MenuItem(FILE, "退出", self._window.close, "Ctrl+Q"),
            MenuItem(EDIT, "撤销上一步", self.undo, "Ctrl+Z"),
            MenuItem(EDIT, "重做", self.redo, "Ctrl+Y"),
            MenuItem(EDIT),
            MenuItem(EDIT, "查找", self.find),
            MenuItem(VIEW, "刷新", self.reload, "F5"),
            MenuItem(VIEW, "全屏", self.full_screen, "F11"),
            MenuItem(TOOLS, "操作记录", partial(go, "history", None)),
            MenuItem(TOOLS, "代码表", partial(go, "settings", "codes")),
            MenuItem(TOOLS, "设置", partial(go, "settings", None)),
            MenuItem(HELP, "本页帮助", self.help_here, "F1"),
            MenuItem(HELP, "使用手册", partial(self.help, FIRST_PAGE)),
            MenuItem(HELP, "打开日志文件夹", self.open_log),
            MenuItem(HELP),
            MenuItem(HELP, "关于师训通", self.about),
        ]

    def undo(self) -> None:
        """Take the latest step back."""
        found = next_undo(latest_steps(self._session.office))
        if found is None:
            self._session.told.emit("没有可以撤销的操作。", "info")
        else:
            self._session.undo(found.id)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        found = next_redo(latest_steps(self._session.office))
        if found is None:
            self._session.told.emit("没有可以重做的操作。", "info")
        else:
            self._session.undo(found.id)

    def find(self) -> None:
        """Go to the search field of the page."""
        self._page().focus_search()

    def reload(self) -> None:
        """Read the page's data anew."""
        self._page().reload()

    def full_screen(self) -> None:
        """Fill the screen, or stop doing so."""
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def help_here(self) -> None:
        """Open the help of the page in sight."""
        self.help(self._page().help_page)

    def help(self, page: str) -> None:
        """Open a page of the help."""
        HelpWindow(self._window, page, self._session.edition.name).show()

    def open_folder(self) -> None:
        """Show the office's file in the system's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._session.path.parent)))

    def open_log(self) -> None:
        """Show the log in the system's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log_file.parent)))

    def about(self) -> None:
        """Say what program this is."""
        tell(
            self._window,
            f"师训通 {VERSION}",
            f"县级教师进修学校培训管理。数据只保存在本机，不联网。\n数据文件：{self._session.path}",
            "info",
        )
