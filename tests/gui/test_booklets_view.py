"""The view of booklets: a stamped year is planned, printed again, moved, bound otherwise."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from models.certificates.booklet_layout import layout_of
from models.certificates.booklet_marks import mark
from models.certificates.booklet_plans import plan_year
from tests.certificates import booklets
from tests.offices import new_office
from tests.people import school, teachers
from tests.stamped import DAY, YEAR, stamp_all, train
from tests.windows import at_rest, session_on
from ui.desktop.pages.certificates import booklets as module
from ui.desktop.pages.certificates.booklets import BookletsView
from ui.desktop.pages.certificates.picking import PickSheet
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.look import add_fonts, dress


@pytest.fixture
def show(qtbot, qapp, tmp_path):
    """Shows the view over an office's file and closes the session at the end."""
    add_fonts()
    dress(qapp, 14, tmp_path / "缓存")
    sessions = []

    def shown(office):
        session = session_on(office, tmp_path)
        sessions.append(session)
        view = BookletsView(session)
        qtbot.addWidget(view)
        view.resize(1072, 640)
        view.show()
        view.reload()
        return view

    yield shown
    for session in sessions:
        at_rest(qtbot, session)
        assert session.leave()


@pytest.fixture
def stamped(tmp_path):
    """Three stamped teachers, without booklets."""
    office = new_office(tmp_path, DAY)
    people = teachers(office, school(office, "桦甸市第四中学"), 3, work_start="2001-08")
    for one in people:
        train(office, one, "24", "培训1")
        train(office, one, "24", "培训2")
    stamp_all(office)
    return office, people


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def answer(qtbot, view, *texts):
    sheet = [one for one in view.findChildren(PickSheet) if one.isVisible()][-1]
    for line, text in zip(sheet.findChildren(QLineEdit), texts, strict=True):
        line.setText(text)
    click(qtbot, sheet.action)
    at_rest(qtbot, view.session)
    return sheet


def states(view):
    ids = view.table.table.ids
    return [view.table.table.row_at(at).texts["state"] for at in range(len(ids))]


def test_without_stamps_it_leads_to_the_stamping(qtbot, show, tmp_path):
    view = show(new_office(tmp_path))
    gone = []
    view.session.go.connect(lambda page, _: gone.append(page))
    assert "还没有验印的年度" in view.grid.empty.text()
    click(qtbot, view.grid.empty.action)
    assert gone == ["stamping"]
    assert not view.plan.isEnabled()


def test_without_booklets_it_leads_to_the_register(qtbot, show, stamped):
    view = show(stamped[0])
    gone = []
    view.session.go.connect(lambda *one: gone.append(one))
    assert "还没有人有继续教育证书" in view.grid.empty.text()
    click(qtbot, view.grid.empty.action)
    assert gone == [("certificates", "register")]


def test_a_year_is_planned_and_who_is_left_out_is_told(qtbot, show, stamped, monkeypatch):
    office, people = stamped
    booklets(office, people[:2])
    view = show(office)
    told, gone_on = [], []
    view.session.undo_offered.connect(lambda text, _: told.append(text))
    click(qtbot, view.plan)
    at_rest(qtbot, view.session)
    assert told == ["已排 2 本 6 行"]
    assert view.counted() == "2 本 6 行，待打印 6 行"
    assert states(view) == ["待打印 3 行"] * 2
    words = [one.accessibleName() for one in view.findChildren(Sheet)]
    assert len(words) == 1

    class Flow:
        def __init__(self, *_):
            pass

        def go_on(self, run_id):
            gone_on.append(run_id)

    monkeypatch.setattr(module, "print_flow", Flow)
    click(qtbot, view.print)
    assert gone_on == [view._runs[0].id]


def test_pages_wait_again_and_the_place_and_binding_are_changed(qtbot, show, stamped):
    office, people = stamped
    booklets(office, people)
    mark(office, plan_year(office, YEAR, layout_of(office)).run.id)
    view = show(office)
    assert states(view) == ["已打印"] * 3
    assert not view.print.isEnabled()
    click(qtbot, view.again)
    assert "原因" in answer(qtbot, view, "1", "")._problem.text()
    answer(qtbot, view, "1", "打偏")
    assert sorted(states(view)) == ["已打印", "已打印", "待打印 2 行"]
    view.table.selectRow(0)
    click(qtbot, view.place)
    assert "不能退到" in answer(qtbot, view, "4", "1", "手写")._problem.text()
    answer(qtbot, view, "6", "1", "手写")
    click(qtbot, view.layout_button)
    assert "写得不对" in answer(qtbot, view, "乱", "")._problem.text()
    answer(qtbot, view, "4-30x10", "")
    assert layout_of(view.session.office).yearly is None
