"""The view of booklets: a stamped year is planned, printed again, moved, bound otherwise."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from models.certificates.booklet_layout import Layout, Place, Section, layout_of
from models.certificates.booklet_marks import mark
from models.certificates.booklet_plans import plan_year
from models.certificates.booklets import lines_of, say_place
from models.certificates.sheets import runs
from models.stamping.listing import lines_of as stamped_lines
from models.stamping.running import void
from tests.certificates import booklets
from tests.gui.print_steps import answer, came_up, press, press_named
from tests.offices import new_office
from tests.people import school, teachers
from tests.stamped import DAY, YEAR, stamp_all, train
from tests.windows import at_rest
from ui.desktop.pages.certificates.booklet_layout_sheet import LayoutSheet
from ui.desktop.pages.certificates.booklets import BookletsView
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Sheet


@pytest.fixture
def show(shown):
    """Shows the view over an office's file."""
    return lambda office: shown(office, BookletsView)


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


def states(view):
    table = view.table.table
    return [table.row_at(at).texts["state"] for at in range(len(table.ids))]


def cells(view, key):
    table = view.table.table
    return [table.row_at(at).texts[key] for at in range(len(table.ids))]


def plan_all(qtbot, view):
    press(qtbot, view.plan)
    press_named(qtbot, came_up(qtbot, view, Sheet), "排全部学校")
    at_rest(qtbot, view.session)
    view.reload()
    return came_up(qtbot, view, Sheet)


def said_by(sheet):
    return "".join(one.text() for one in sheet.findChildren(QLabel))


def test_without_stamps_it_leads_to_the_stamping(qtbot, show, tmp_path):
    view = show(new_office(tmp_path))
    gone = []
    view.session.go.connect(lambda page, _: gone.append(page))
    assert "还没有办理过年度验印" in view.grid.empty.text()
    press(qtbot, view.grid.empty.action)
    assert gone == ["stamping"]
    assert not view.plan.isEnabled()


def test_who_has_no_booklet_is_listed_and_led_to_the_register(qtbot, show, stamped):
    view = show(stamped[0])
    gone = []
    view.session.go.connect(lambda *one: gone.append(one))
    assert states(view) == ["没有证书"] * 3
    assert view.counted() == "2012 年度 3 人：没有证书 3"
    press(qtbot, view.issue)
    assert gone == [("certificates", "register")]


def test_a_year_is_planned_and_who_is_left_out_is_told(qtbot, show, stamped):
    office, people = stamped
    booklets(office, people[:2])
    view = show(office)
    told, gone_on = [], []
    view.session.undo_offered.connect(lambda text, _: told.append(text))
    view.deeds.flow.go_on = gone_on.append
    assert sorted(states(view)) == ["未排版", "未排版", "没有证书"]
    sheet = plan_all(qtbot, view)
    assert told == ["2012 年度继续教育证书续打已排版"]
    assert "已排好 2 本 6 行，共 4 页。" in said_by(sheet)
    assert "1 人没有继续教育证书，请在登记册发证后再排：张三" in said_by(sheet)
    assert sorted(states(view)) == ["待打印", "待打印", "没有证书"]
    assert cells(view, "register").count("4 页 3 行") == 2
    press_named(qtbot, sheet, "现在打印…")
    view.table.selectRow(states(view).index("没有证书"))
    press(qtbot, view.print)
    run = runs(view.session.office)[0]
    assert gone_on == [run.id, run.id]
    again = plan_all(qtbot, view)
    assert "没有新的内容要续打。" in said_by(again)
    assert states(view) == ["没有证书"]  # what is left to do is what is listed


def test_one_school_is_planned_alone(qtbot, show, stamped):
    office, people = stamped
    others = teachers(office, school(office, "红石中学"), 1, work_start="2001-08")
    train(office, others[0], "48", "培训1")
    stamp_all(office)
    booklets(office, [*people, *others])
    view = show(office)
    box = view.filters.filters["school"]
    box.setCurrentIndex(box.findText("红石中学"))
    assert states(view) == ["未排版"]
    press(qtbot, view.plan)
    press_named(qtbot, came_up(qtbot, view, Sheet), "只排红石中学")
    at_rest(qtbot, view.session)
    came_up(qtbot, view, Sheet).reject()
    view.reload()
    assert states(view) == ["待打印"]
    view.filters.clear()
    assert sorted(states(view)) == ["待打印", *["未排版"] * 3]


def test_pages_of_one_booklet_wait_again_at_the_same_lines(qtbot, show, stamped):
    office, people = stamped
    booklets(office, people)
    mark(office, plan_year(office, YEAR, layout_of(office)).run.id)
    view = show(office)
    assert states(view) == ["已打印"] * 3
    assert not view.print.isEnabled()
    view.table.selectRow(1)
    before = lines_of(view.session.office, certificate_id=view.chosen().booklet)
    press(qtbot, view.again)
    sheet = came_up(qtbot, view, ChooseSheet)
    answer(qtbot, sheet, pages="5", reason="打偏")
    at_rest(qtbot, view.session)
    assert "第 5 页还没有打印过" in sheet._problem.text()
    answer(qtbot, sheet, pages="4", reason="")
    at_rest(qtbot, view.session)
    assert "没有写重打的原因" in sheet._problem.text()
    answer(qtbot, sheet, reason="打偏")
    at_rest(qtbot, view.session)
    view.reload()
    assert states(view) == ["已打印", "待打印", "已打印"]
    after = lines_of(view.session.office, certificate_id=view.chosen().booklet)
    assert [one.at for one in after] == [one.at for one in before]
    assert [one.outcome for one in after] == ["waiting", "waiting", "printed"]


def test_handwriting_moves_the_place(qtbot, show, stamped):
    office, people = stamped
    booklets(office, people)
    mark(office, plan_year(office, YEAR, layout_of(office)).run.id)
    view = show(office)
    view.table.selectRow(0)
    press(qtbot, view.place)
    sheet = came_up(qtbot, view, ChooseSheet)
    answer(qtbot, sheet, page="四", line="1", reason="手写")
    at_rest(qtbot, view.session)
    assert "页和行要写数字" in sheet._problem.text()
    answer(qtbot, sheet, page="4")
    at_rest(qtbot, view.session)
    assert "不能退到" in sheet._problem.text()
    answer(qtbot, sheet, page="6")
    at_rest(qtbot, view.session)
    view.reload()
    assert cells(view, "register")[0] == "6 页 1 行"


def test_the_binding_is_kept_where_the_form_has_its_lines(qtbot, show, stamped):
    office, people = stamped
    booklets(office, people)
    view = show(office)
    press(qtbot, view.binding)
    sheet = came_up(qtbot, view, LayoutSheet)
    sheet.register.lines.setValue(30)
    press(qtbot, sheet.save)
    at_rest(qtbot, view.session)
    assert "每页只有 12 行" in sheet.problem.text()
    sheet.register.lines.setValue(10)
    sheet.register.last.setValue(3)
    press(qtbot, sheet.save)
    assert "止页在起页之前" in sheet.problem.text()
    sheet.register.last.setValue(26)
    press(qtbot, sheet.save)
    at_rest(qtbot, view.session)
    assert "重叠" in sheet.problem.text()
    sheet.has_yearly.setChecked(False)
    press(qtbot, sheet.save)
    at_rest(qtbot, view.session)
    assert layout_of(view.session.office) == Layout(Section(4, 26, 10), None)
    view.reload()
    assert cells(view, "yearly") == ["—"] * 3


def test_a_full_booklet_and_a_stamp_taken_back_are_seen(qtbot, show, stamped):
    office, people = stamped
    ids = booklets(office, people)
    say_place(office, ids[0], Place(27, 5), "手写", layout_of(office))
    mark(office, plan_year(office, YEAR, layout_of(office), school_ids=None).run.id)
    line = next(one for one in stamped_lines(office) if one.teacher_id == people[1])
    void(office, [line.id], "记错人")
    view = show(office)
    by_name = dict(zip(view.table.table.ids, states(view), strict=True))
    assert by_name[people[1]] == "验印已作废"
    row = next(one for one in view.rows() if one.teacher_id == people[0])
    assert (row.state, row.yearly) == ("printed", None)
    view.table.choose(people[1])
    words = [one.text() for one in view.card.findChildren(QLabel)]
    assert "第 4 页（登记页）" in words
    assert any(one == "培训1，24 学时，已打印，验印已作废" for one in words)


def test_a_year_that_does_not_fit_is_listed_as_full(qtbot, show, stamped):
    office, people = stamped
    (one, *_) = booklets(office, people)
    say_place(office, one, Place(23, 12), "手写", layout_of(office))
    view = show(office)
    assert sorted(states(view)) == ["未排版", "未排版", "证书已满"]
    sheet = plan_all(qtbot, view)
    assert "1 人证书已满，请续发新册后再排" in said_by(sheet)
    sheet.reject()


def test_after_a_full_booklet_a_new_one_is_issued_and_planned(qtbot, show, stamped):
    office, people = stamped
    (one, *_) = booklets(office, people)
    say_place(office, one, Place(23, 12), "手写", layout_of(office))
    view = show(office)
    view.table.selectRow(states(view).index("未排版"))
    assert not view.next.isVisible()
    view.table.selectRow(states(view).index("证书已满"))
    name = view.chosen().name
    press(qtbot, view.next)
    asked = came_up(qtbot, view, Sheet)
    assert f"给{name}续发新册？" in said_by(asked)
    press_named(qtbot, asked, "续发新册")
    at_rest(qtbot, view.session)
    view.reload()
    assert states(view) == ["未排版"] * 3
    view.table.choose(people[0])
    assert "JX00001（已满）" in said_by(view.card)
    assert view.chosen().register == Place(4, 1)
    came = plan_all(qtbot, view)
    assert "已排好 3 本 9 行" in said_by(came)
    came.reject()
