"""The start: the assistant's three ways, the program from file to window, what it must not load."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
import threading

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

import ui.desktop
from models.workspace.opening import open_workspace
from tests.conftest import ROOT
from tests.offices import desk, new_office
from ui.desktop.app import Program
from ui.desktop.main_window import MainWindow
from ui.desktop.pages.start.assistant import Assistant
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.preferences import Preferences
from ui.desktop.widgets import tokens
from ui.desktop.widgets.crash import CrashReporter, CrashSheet
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.look import dress

HEAVY = {"openpyxl", "xlsxwriter", "reportlab", "pypinyin", "python_calamine", "PIL", "numpy"}


def modules():
    return [
        importlib.import_module(one.name)
        for one in pkgutil.walk_packages(ui.desktop.__path__, "ui.desktop.")
    ]


def test_everything_named_as_text_is_there():
    named = [one for module in modules() for one in vars(module).values() if isinstance(one, Lazy)]
    assert len(named) > 20
    for one in named:
        assert callable(one.load()), one


def test_nothing_heavy_is_loaded_before_the_first_paint():
    first = ("ui.desktop.app", "ui.desktop.pages.home.page", "ui.desktop.pages.teachers.page")
    code = f"import sys, {', '.join(first)}\n"
    code += f"print(sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.fixture(autouse=True)
def hooks_stay_as_they_were(monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)


@pytest.fixture
def assistant(qtbot, tmp_path):
    found = Assistant(tmp_path / "新" / "师训通.db", Preferences(tmp_path / "窗口.ini"))
    qtbot.addWidget(found)
    found.show()
    return found


def choice(assistant, title):
    return next(b for b in assistant.findChildren(QPushButton) if b.accessibleName() == title)


def test_a_new_office_is_made_in_two_steps(qtbot, assistant, tmp_path):
    choice(assistant, "新建县级文件").click()
    assistant.create_office()
    assert "单位名称是空的" in assistant.notice.text()
    assistant.office_name.setText("桦甸市教师进修学校")
    assistant.region.setText("220282")
    assistant.person.setText("王老师")
    with qtbot.waitSignal(assistant.made):
        assistant.create_office()
    assert (tmp_path / "新" / "师训通.db").is_file()
    assert assistant._preferences.text("person") == "王老师"
    assistant._work.wait()


def test_what_cannot_be_made_is_said_and_can_be_tried_again(qtbot, assistant, tmp_path):
    (tmp_path / "新").mkdir()
    (tmp_path / "新" / "师训通.db").write_bytes(b"x")
    assistant.choose("new")
    assistant.office_name.setText("桦甸市教师进修学校")
    assistant.region.setText("220282")
    assistant.create_office()
    qtbot.waitUntil(lambda: "已经存在" in assistant.notice.text())
    assert assistant.stack.isEnabled()
    assistant._work.wait()


@pytest.fixture
def program(qtbot, qapp, tmp_path):
    office = new_office(tmp_path)
    office.store.close()
    found = Program(QApplication.instance(), office.store.path, tmp_path / "程序")
    yield found
    found.close()
    if found.window is not None:
        found.window.deleteLater()
    found.deleteLater()
    dress(qapp, tokens.BODY, tmp_path)


def test_an_existing_file_opens_into_the_main_window(qtbot, program):
    assert program.start()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
    assert "桦甸市教师进修学校" in program.window.windowTitle()


def test_data_held_by_another_program_can_be_opened_to_read(qtbot, program):
    other = open_workspace(program._file, desk(seed=9))
    assert program.start()
    qtbot.waitUntil(lambda: program.window is not None)
    question = program.window.findChild(Sheet)
    read = next(b for b in question.findChildren(QPushButton) if b.text() == "只读打开")
    read.click()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
    assert "只读" in program.window.windowTitle()
    other.store.close()


def test_a_second_start_raises_the_first_window(qtbot, program):
    assert program.start()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
    with qtbot.waitSignal(program._single.asked_to_show):
        second = type(program._single)(program._file)
        assert second.raise_other()
    second.deleteLater()


def test_leaving_backs_the_data_up(qtbot, program):
    assert program.start()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
    program.window.close()
    folder = program._file.with_name(f"{program._file.stem}-备份")
    qtbot.waitUntil(lambda: program._session is None)
    assert len(list(folder.glob("*.db"))) == 1


def test_the_unexpected_is_logged_masked_and_told_calmly(qtbot, tmp_path, qapp, caplog):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    reporter = CrashReporter(tmp_path / "师训通.log")
    reporter.install(parent)
    error = ValueError("身份证 220282198506010015")
    sys.excepthook(type(error), error, None)
    sheet = parent.findChild(CrashSheet)
    sheet.copy()
    report = QApplication.clipboard().text()
    assert "ValueError" in report
    assert "220282198506010015" not in report
    sheet.accept()
    reporter.deleteLater()
