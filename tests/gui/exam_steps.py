"""What tests of the exams' page do: a small county, and the clicks that bring an exam forward."""

from __future__ import annotations

from contextlib import AbstractContextManager
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.exams.drawing import draw
from models.exams.freezing import freeze
from models.exams.records import Exam, ExamTerms, Part, Session
from models.exams.registration import create, set_parts
from models.exams.seats import give_seats
from models.office.context import Office
from models.training import courses, enrolments
from tests.offices import new_office
from tests.people import school, teachers
from tests.windows import at_rest, window_at
from ui.desktop.main_window import MainWindow
from ui.desktop.pages.exams.view import StepView
from ui.desktop.widgets.dialogs import Sheet

SCHOOLS = ("红石中学", "二道甸子小学", "八道河子小学")
EACH = 6
SEED = "31415926535897932384"


def window(qtbot: QtBot, office: Office, folder: Path) -> AbstractContextManager[MainWindow]:
    """A window that stands at the page of exams."""
    return window_at(qtbot, office, folder, "exams")


def county(folder: Path) -> Office:
    """Three schools with six teachers each, all in one course."""
    office = new_office(folder)
    ids = [one for name in SCHOOLS for one in teachers(office, school(office, name), EACH)]
    course = courses.register(
        office,
        {
            "title": "师德讲堂", "year": 2025, "hours": Decimal(16),
            "start_date": "2025-09-01", "end_date": "2025-09-30",
        },
    )  # fmt: skip
    enrolments.enrol(office, course.course_id, ids)
    return office


def new_exam(office: Office, **terms: Any) -> Exam:
    """An exam of the course that draws half of each school."""
    course = office.store.value("SELECT id FROM course")
    from_rules: dict[str, Any] = {
        "code": "CK1", "name": "十二月抽考", "year": 2025, "base": "subject",
        "strata": ("school",), "course_id": course,
        "session": Session(held_on="2025-12-20", places="一中"),
    }  # fmt: skip
    exam, _ = create(office, ExamTerms(**{**from_rules, "quota": 3, **terms}))
    return exam


def drawn_exam(office: Office, **terms: Any) -> Exam:
    """An exam whose nine people were drawn."""
    exam = new_exam(office, **terms)
    freeze(office, exam)
    draw(office, exam, SEED)
    return exam


def seated_exam(office: Office, parts: tuple[Part, ...] = (), **terms: Any) -> Exam:
    """An exam whose nine people have their seats."""
    exam = new_exam(office, **terms)
    if parts:
        set_parts(office, exam, parts)
    freeze(office, exam)
    draw(office, exam, SEED)
    give_seats(office, exam)
    return exam


def click(qtbot: QtBot, button: QPushButton) -> None:
    """Press a button with the mouse, as far as it can be pressed."""
    assert button.isVisible()
    assert button.isEnabled(), button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def press(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Press the button that says this, and wait for what follows."""
    found = [one for one in widget.findChildren(QPushButton) if one.text().strip() == text]
    shown = [one for one in found if one.isVisible()]
    assert shown, text
    click(qtbot, shown[0])
    settle(qtbot, widget)


def settle(qtbot: QtBot, widget: QWidget) -> None:
    """Wait until everything that was asked for is done."""
    window: Any = widget.window()
    while isinstance(window, Sheet):
        window = window.parentWidget().window()
    at_rest(qtbot, window.session)


def sheet_of(page: QWidget) -> Any:
    """The small window that is open."""
    return [one for one in page.findChildren(Sheet) if one.isVisible()][-1]


def answer(qtbot: QtBot, page: QWidget, action: str, **texts: str) -> Any:
    """Fill the small window that is open and press its button."""
    sheet = sheet_of(page)
    for key, text in texts.items():
        sheet._lines[key].setText(text)
    press(qtbot, sheet, action)
    return sheet


def choose(qtbot: QtBot, step: StepView, button: str, item: str) -> None:
    """Choose an item of a button's menu."""
    found = [one for one in step.findChildren(QPushButton) if one.text().strip() == button]
    actions = {one.text(): one for one in found[0].menu().actions()}
    actions[item].trigger()
    settle(qtbot, step)


def rows(step: StepView, key: str) -> list[dict[str, str]]:
    """The lines of a list of the step."""
    model = step.tables[key].table
    return [dict(model.row_at(place).texts) for place in range(len(model.ids))]


def opened(qtbot: QtBot, window: Any, place: int) -> Any:
    """The step at that place of the first exam's desk."""
    page = window.page
    page.table.selectRow(0)
    press(qtbot, page, "打开")
    click(qtbot, page.desk.bar.buttons[place])
    settle(qtbot, page)
    return page.desk.step
