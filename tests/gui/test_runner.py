"""The lanes: results land on the window's thread, errors are told apart, nothing blocks."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QWidget

from models.errors import UserError
from tests.offices import new_office
from tests.windows import session_on
from ui.desktop.tasks.lane import Job, Outcome
from ui.desktop.tasks.logs import masked
from ui.desktop.tasks.session import EVERYTHING, kinds_of
from ui.desktop.widgets.progress_window import ProgressWindow


@pytest.fixture
def session(qtbot, tmp_path):
    found = session_on(new_office(tmp_path), tmp_path)
    yield found
    assert found.leave()


def rename(office, _progress):
    with office.store.operation("test", "改设置") as operation:
        office.store.execute("UPDATE setting SET value = '新名' WHERE name = 'office.name'")
    return operation


def test_a_result_lands_on_the_windows_thread(qtbot, session):
    threads = []
    with qtbot.waitSignal(session.runner.ended):
        session.read("读", lambda _o, _p: threads.append(threading.current_thread()))
    done = []
    with qtbot.waitSignal(session.runner.ended):
        session.write("写", rename, lambda _: done.append(threading.current_thread()))
    assert done == [threading.main_thread()]
    assert threads[0] is not threading.main_thread()


def test_a_write_tells_what_kinds_of_rows_changed(qtbot, session):
    with qtbot.waitSignal(session.changed) as told:
        session.write("写", rename)
    assert told.args[0] == frozenset({"setting"})
    assert kinds_of(None) is EVERYTHING


def test_a_refusal_reaches_the_one_who_asked(qtbot, session):
    def refuse(_office, _progress):
        raise UserError("test", "不行。", "换一个。")

    heard = []
    with qtbot.waitSignal(session.runner.ended):
        session.write("写", refuse, on_error=heard.append)
    assert heard[0].sentence == "不行。 换一个。"
    with qtbot.waitSignal(session.runner.refused) as told:
        session.write("写", refuse)
    assert told.args[0].code == "test"


def test_a_bug_is_told_apart_and_the_lane_goes_on(qtbot, session, caplog):
    with qtbot.waitSignal(session.runner.broken) as told:
        session.write("坏", lambda _o, _p: 1 / 0)
    assert isinstance(told.args[0], ZeroDivisionError)
    done = []
    with qtbot.waitSignal(session.changed):
        session.write("写", rename, done.append)
    assert done


def test_cancelling_stops_a_job_at_its_next_step_and_keeps_nothing(qtbot, session):
    begun = threading.Event()

    def long(office, progress):
        with office.store.operation("test", "长"):
            office.store.execute("UPDATE setting SET value = 'x'")
            begun.set()
            while True:
                progress.step(1, None, "步")

    running = session.write("长", long)
    begun.wait(5)
    with qtbot.waitSignal(session.runner.ended):
        running.progress.cancel()
    assert running.outcome is Outcome.CANCELLED
    assert session.office.identity.name == "桦甸市教师进修学校"


def test_jobs_of_the_writer_lane_run_in_the_order_they_came(qtbot, session):
    order = []
    for place in range(5):
        session.write("写", lambda _o, _p, place=place: order.append(place))
    qtbot.waitUntil(lambda: not session.runner.busy)
    assert order == [0, 1, 2, 3, 4]


def test_a_read_only_session_refuses_to_write(qtbot, tmp_path):
    session = session_on(new_office(tmp_path), tmp_path, read_only=True)
    heard = []
    assert session.write("写", rename, on_error=heard.append) is None
    assert heard[0].code == "window.read_only"
    assert session.leave()


def test_a_short_job_shows_no_progress_window_and_a_long_one_can_be_stopped(qtbot, session):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    window = ProgressWindow(session.runner, parent)
    with qtbot.waitSignal(session.runner.ended):
        session.write("短", rename)
    assert not window.isVisible()

    def long(_office, progress):
        while True:
            progress.step(1, 10, "步")

    running = session.runner.run(Job("长", long))
    qtbot.waitUntil(window.isVisible)
    with qtbot.waitSignal(session.runner.ended):
        window.close()
    assert running.outcome is Outcome.CANCELLED
    assert not window.isVisible()


def test_logs_hold_no_whole_id_number_and_no_whole_phone():
    text = masked(
        "身份证 220282198506010015，旧号 220282850601001，手机 13812345521，编号 220282001735"
    )
    assert "220282198506010015" not in text
    assert "220282850601001" not in text
    assert "13812345521" not in text
    assert "2202**********" in text
    assert "220282001735" in text
