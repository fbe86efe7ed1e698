"""What the lists of certificates show and say in a window of the usual size."""

from __future__ import annotations

import pytest

from models.certificates.booklet_layout import usual_layout
from models.certificates.booklet_plans import plan_year
from models.certificates.register import certificates
from models.staff.registration import save_teacher
from tests.certificates import booklets, issued
from tests.offices import new_office
from tests.people import school, teachers
from tests.stamped import DAY, YEAR, stamp_all, train
from tests.windows import at_rest, window_at
from ui.desktop.pages.certificates.print_wish import PrintWishSheet
from ui.desktop.widgets import tokens

REGISTER, BOOKLETS = 0, 2


@pytest.fixture
def window(qtbot, tmp_path):
    office = new_office(tmp_path, DAY)
    issued(office, {"桦甸市红石砬子镇中心小学校": 2}, "新任教师跟岗实践")
    save_teacher(office, certificates(office)[0].teacher_id, {"name": "欧阳娜娜"})
    people = teachers(office, school(office, "桦甸市第四中学"), 2, work_start="2001-08")
    for one in people:
        train(office, one, "48")
    stamp_all(office)
    booklets(office, people)
    plan_year(office, YEAR, usual_layout())
    with window_at(qtbot, office, tmp_path, "certificates") as found:
        found.resize(1280, 800)
        found.show()
        yield found


def widths(qtbot, window, tab):
    """Widths of the columns in sight by key, and how many pixels of them are out of sight."""
    page = window.page
    page.tabs.setCurrentIndex(tab)
    at_rest(qtbot, page.session)
    qtbot.waitUntil(lambda: page.view.widget.table.viewport().width() > 500)
    table = page.view.widget.table
    header = table.horizontalHeader()
    shown = {one.key: header.sectionSize(header.logicalIndex(place))
             for place, one in enumerate(header.shown())}  # fmt: skip
    return shown, sum(shown.values()) - table.viewport().width()


def test_the_register_shows_names_and_what_certificates_are_about(qtbot, window):
    shown, beyond = widths(qtbot, window, REGISTER)
    font = window.page.view.widget.table.fontMetrics()
    assert beyond <= 0
    assert shown["name"] >= font.horizontalAdvance("欧阳娜娜")
    assert shown["title"] >= font.horizontalAdvance("新任教师跟…")
    assert shown["school"] >= font.horizontalAdvance("桦甸市红石…")


def test_deeds_are_called_as_on_the_command_line_and_in_the_glossary(qtbot, window):
    widths(qtbot, window, REGISTER)
    view = window.page.view.widget
    assert (view._more.text().strip(), view._replace.text().strip()) == ("重印、补印…", "补发…")
    view.table.selectRow(0)
    view._more.click()
    qtbot.waitUntil(lambda: bool(window.page.findChildren(PrintWishSheet)), timeout=20_000)
    (wish,) = window.page.findChildren(PrintWishSheet)
    assert [wish.copy.itemText(at)[:2] for at in range(2)] == ["重印", "补印"]
    assert wish._title().endswith("结业证书补印")
    wish.reject()


def test_the_booklets_show_the_schools_without_scrolling(qtbot, window):
    shown, beyond = widths(qtbot, window, BOOKLETS)
    font = window.page.view.widget.table.fontMetrics()
    assert beyond <= 0
    assert shown["school"] >= font.horizontalAdvance("桦甸市第四中学") + tokens.px(20)
