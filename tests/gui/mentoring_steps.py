"""What a person does on the page of pairs: go to a step, press, answer, choose a line."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from models.mentoring.programmes import programmes
from tests.windows import at_rest
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Sheet


def step(qtbot, page, key):
    page.rail.buttons[key].click()
    at_rest(qtbot, page._session)
    return page.view


def press(qtbot, page, widget, text):
    found = [one for one in widget.findChildren(QPushButton) if one.text().strip() == text]
    assert found, text
    assert found[0].isEnabled(), text
    found[0].click()
    at_rest(qtbot, page._session)


def answer(qtbot, page, **texts):
    """Fill the small window that is open and press its button."""
    sheet = [one for one in page.findChildren(ChooseSheet) if one.isVisible()][-1]
    for key, text in texts.items():
        if key in sheet._lines:
            sheet._lines[key].setText(text)
        else:
            box = sheet._choices[key]
            box.setCurrentIndex(box.findData(text))
    sheet.action.click()
    at_rest(qtbot, page._session)
    return sheet


def told(page):
    """The windows that say or ask something."""
    return [one for one in page.findChildren(Sheet) if one.isVisible()]


def texts(view, key):
    model = view.table.table
    return [model.row_at(place).texts[key] for place in range(len(model.ids))]


def choose(view, **wanted):
    model = view.table.table
    for place, identity in enumerate(model.ids):
        row = model.row_at(place).texts
        if all(row[key] == text for key, text in wanted.items()):
            view.table.choose(identity)
            return identity
    pytest.fail(f"no row {wanted}")


def read(page):
    office = page._session.office
    return office, programmes(office)[0].id
