"""Starts the window: look, log, one window a file, the office, the pages; then the event loop."""

from __future__ import annotations

import argparse
import getpass
import logging
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

import models.store.lean  # noqa: F401 # pyright: ignore[reportUnusedImport] - goes first
from models.errors import OfficeError
from models.office.context import Office
from models.progress import Progress
from models.workspace.opening import Desk, open_workspace
from models.workspace.places import data_folder, default_file
from ui.desktop.main_window import MainWindow, PageSpec
from ui.desktop.pages.start.assistant import Assistant
from ui.desktop.pages.start.menus import Menus
from ui.desktop.pages.start.status_line import StatusLine
from ui.desktop.tasks.lane import Job
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.logs import start_log
from ui.desktop.tasks.preferences import Preferences
from ui.desktop.tasks.session import Opener, Session
from ui.desktop.tasks.single import SingleWindow
from ui.desktop.widgets.crash import CrashReporter
from ui.desktop.widgets.dialogs import Answer, ask, tell
from ui.desktop.widgets.look import RARE_FONTS, add_fonts, dress, translate
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.rail import Entry

log = logging.getLogger(__name__)

IN_USE = "store.in_use"
back_up_on_leaving = Lazy("ui.desktop.pages.backups.jobs", "back_up_on_leaving")
put_back = Lazy("ui.desktop.pages.backups.jobs", "put_back")
discard = Lazy("ui.desktop.pages.start.beginnings", "discard")
_AFTER_PAINT = 400
_PROBE_EVERY = 20
_PAGES = "ui.desktop.pages"


def _page(key: str, title: str, drawing: str, group: str, maker: str) -> PageSpec:
    """A page of the rail; one without a drawing is only reached from another page."""
    lazy = Lazy(f"{_PAGES}.{key}.page", maker)

    def make(session: Session) -> Page:
        made = lazy(session)
        if not isinstance(made, Page):
            raise TypeError(maker)
        return made

    return PageSpec(Entry(key, title, drawing, group, listed=bool(drawing)), make)


PAGES = (
    _page("home", "工作台", "house", "", "HomePage"),
    _page("teachers", "教师", "users", "名册", "TeachersPage"),
    _page("growth", "成长档案", "", "名册", "GrowthPage"),
    _page("institutions", "学校", "school", "名册", "InstitutionsPage"),
    _page("imports", "Excel 导入", "file-down", "名册", "ImportsPage"),
    _page("sync", "学校同步", "usb", "名册", "SyncPage"),
    _page("courses", "培训", "book-open", "培训", "CoursesPage"),
    _page("teams", "辅导团队", "blocks", "培训", "TeamsPage"),
    _page("mentoring", "师徒结对", "handshake", "培训", "MentoringPage"),
    _page("ledger", "学时台账", "clock", "培训", "LedgerPage"),
    _page("verdicts", "达标", "target", "培训", "VerdictsPage"),
    _page("stamping", "年度验印", "stamp", "培训", "StampingPage"),
    _page("exams", "考试抽签", "shuffle", "培训", "ExamsPage"),
    _page("titles", "骨干与名师", "medal", "培训", "TitlesPage"),
    _page("policies", "规则", "scale", "培训", "PoliciesPage"),
    _page("certificates", "证书", "award", "证书与上报", "CertificatesPage"),
    _page("uploads", "上报与收表", "upload", "证书与上报", "UploadsPage"),
    _page("reports", "报表", "file-text", "证书与上报", "ReportsPage"),
    _page("history", "操作记录", "history", "系统", "HistoryPage"),
    _page("backups", "备份与恢复", "hard-drive", "系统", "BackupsPage"),
    _page("settings", "设置", "settings", "系统", "SettingsPage"),
)
"""The pages in the order of the rail; each is imported when it is first shown."""


class Program(QObject):
    """From the start to the last window: opens the file, shows what fits, closes it again."""

    def __init__(self, app: QApplication, file: Path, folder: Path) -> None:
        """Prepare for an office's file.

        Args:
            app: the application.
            file: the office's file; it need not exist.
            folder: where log, preferences and drawings of the program are kept.
        """
        super().__init__(app)
        self._app = app
        self._file = file
        self.preferences = Preferences(folder / "窗口.ini")
        self._log_file = start_log(folder / "日志")
        self._crash = CrashReporter(self._log_file, self)
        self._single = SingleWindow(file, self)
        self._session: Session | None = None
        self._menus: Menus | None = None
        self.window: QWidget | None = None
        add_fonts()
        self._cache = folder / "缓存"
        self._dress()
        translate(app)

    def start(self) -> bool:
        """Show the first window; False where a window on this file is open already."""
        if self._single.raise_other():
            return False
        self._single.listen()
        self._single.asked_to_show.connect(self._come_forward)
        if self._file.exists():
            self.open_office()
        else:
            self._first_start()
        return True

    def open_office(self, *, read_only: bool = False) -> None:
        """Open the file on the lanes; the window follows when that is done."""
        person = self.preferences.text("person") or _login()
        desk = Desk(person=person)
        opener = Opener(
            self._file,
            partial(open_workspace, self._file, desk),
            partial(open_workspace, self._file, desk, read_only=True),
        )
        session = Session(opener, self.preferences, self, read_only=read_only)
        self._session = session
        session.runner.broken.connect(self._crash.broken)
        session.font_changed.connect(self._dress)
        session.restore_wanted.connect(self._restore)
        session.discard_wanted.connect(self._discard)
        session.runner.run(
            Job("正在打开数据", _notices, self._opened, self._not_opened, quiet=True)
        )

    def close_when_painted(self) -> None:
        """Leave as soon as the main window shows a page."""
        if isinstance(self.window, MainWindow) and self.window.isVisible():
            self.window.close()

    def close(self) -> None:
        """End the lanes and close the file."""
        if self._session is not None:
            self._session.leave()
            self._session = None

    def _opened(self, notices: list[str]) -> None:
        assert self._session is not None
        window = MainWindow(self._session, PAGES)
        menus = Menus(self._session, window, lambda: window.page, self._log_file)
        window.add_menu_items(menus.items())
        self._menus = menus
        StatusLine(self._session, window.status)
        self._show(window)
        window.leaving.connect(self._leave)
        if notices:
            self._session.told.emit("".join(notices), "info")
        QTimer.singleShot(_AFTER_PAINT, self, _add_rare_fonts)

    def _not_opened(self, error: OfficeError) -> None:
        """The file cannot be opened to write: say why, offer what can be done."""
        self.close()
        self.window = QWidget()
        answers = [Answer("退出", self._app.quit)]
        if error.code == IN_USE:
            answers.append(Answer("只读打开", partial(self.open_office, read_only=True), "primary"))
        ask(self.window, error.message, error.hint, answers, "warn")

    def _first_start(self) -> None:
        assistant = Assistant(self._file, self.preferences)
        assistant.made.connect(self.open_office)
        self._show(assistant)

    def _show(self, window: QWidget) -> None:
        previous, self.window = self.window, window
        self._crash.install(window)
        window.show()
        if previous is not None:
            previous.hide()
            previous.deleteLater()

    def _come_forward(self) -> None:
        if isinstance(self.window, MainWindow):
            self.window.raise_window()

    def _dress(self) -> None:
        dress(self._app, self.preferences.font_size(), self._cache)

    def _leave(self) -> None:
        """Back the data up where they have changed, then end."""
        if self._session is None or self._session.read_only:
            self._end()
        else:
            self._session.runner.run(
                Job("正在备份", back_up_on_leaving.bind(), self._end, self._end, quiet=True)
            )

    def _end(self, *_: object) -> None:
        self.close()
        self._app.quit()

    def _restore(self, copy: str) -> None:
        """Put a backup in the place of the present data, and open it."""
        self.close()
        try:
            put_back(self._file, Path(copy))
        except OfficeError as error:
            log.warning("restore refused: %s", error.code)
            if self.window is not None:
                tell(self.window, error.message, error.hint)
        self.open_office()

    def _discard(self) -> None:
        """Delete the sample data and begin anew."""
        self.close()
        discard(self._file)
        self._first_start()


def main(arguments: Sequence[str]) -> int:
    """Open the window and give the program's exit code.

    Args:
        arguments: ``-db FILE`` names another office's file; ``-probe`` closes the window as soon
            as it is painted (the self-test does); the rest is for Qt.
    """
    parser = argparse.ArgumentParser(prog="师训通", add_help=False, allow_abbrev=False)
    parser.add_argument("-db", type=Path, default=None)
    parser.add_argument("-probe", action="store_true")
    known, for_qt = parser.parse_known_args(list(arguments))
    if sys.platform == "linux" and "DBUS_SESSION_BUS_ADDRESS" in os.environ:
        # fcitx5 answers it, Qt ships no fcitx plugin; without a session it aborts the program
        os.environ.setdefault("QT_IM_MODULE", "ibus")
    app = QApplication([sys.argv[0], *for_qt])
    app.setApplicationName("师训通")
    app.setQuitOnLastWindowClosed(False)
    program = Program(app, known.db or default_file(), data_folder())
    if not program.start():
        return 0
    if known.probe:
        probe = QTimer(program)
        probe.timeout.connect(program.close_when_painted)
        probe.start(_PROBE_EVERY)
    code = app.exec()
    program.close()
    return code


def _notices(office: Office, _progress: Progress) -> list[str]:
    return list(office.store.notices)


def _add_rare_fonts() -> None:
    add_fonts(RARE_FONTS)


def _login() -> str:
    """The name of the person at this computer, as far as the system knows it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
