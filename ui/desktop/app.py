"""Starts the window: look, log, one window a file, the office, the pages; then the event loop."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from models.clock import SystemClock
from models.errors import OfficeError
from models.ids import RandomIds
from models.workspace.opening import Desk, open_workspace
from models.workspace.places import data_folder, default_file
from ui.desktop.main_window import PROGRAM, MainWindow, PageSpec
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.logs import start_log
from ui.desktop.tasks.preferences import Preferences
from ui.desktop.tasks.session import Opener, Session
from ui.desktop.tasks.single import SingleWindow
from ui.desktop.widgets.crash import CrashReporter
from ui.desktop.widgets.look import RARE_FONTS, add_fonts, dress, translate
from ui.desktop.widgets.rail import Entry

log = logging.getLogger(__name__)

_PAGES = "ui.desktop.pages"
PAGES = (
    PageSpec(Entry("home", "首页", "house"), Lazy(f"{_PAGES}.home.page", "HomePage")),
    PageSpec(Entry("teachers", "教师", "users", "名册"), Lazy(f"{_PAGES}.teachers.page", "TeachersPage")),
)
"""The pages in the order of the rail; each is imported when it is first shown."""
