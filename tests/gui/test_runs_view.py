"""打印批次 in the window: from the register onto paper, mis-prints, by hand, into files."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt

from models.certificates.booklet_layout import layout_of
from models.certificates.booklet_plans import plan_year
from models.certificates.listing import life_of
from models.certificates.printing import mark_printed
from models.certificates.register import certificates
from models.certificates.sheets import read_run, runs, sheets
from models.certificates.stock import balance_of, receive
from tests.certificates import begun, booklets, issued
from tests.gui.print_steps import (
    answer,
    came_up,
    press,
    press_named,
    print_all,
    read_again,
    shown_by,
)
from tests.offices import new_office
from tests.people import school, teachers
from tests.stamped import DAY, YEAR, stamp_all, train
from tests.windows import at_rest, window_at
from ui.desktop.pages.certificates import run_deeds
from ui.desktop.pages.certificates.print_flow import NOT_WRITTEN
from ui.desktop.pages.certificates.print_wish import PrintWishSheet
from ui.desktop.pages.certificates.run_rows import RUNS as RUN_COLUMNS
from ui.desktop.pages.certificates.views import REGISTER, RUNS
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.missing_glyphs import MissingSheet
from ui.desktop.widgets.paper.preview import PreviewWindow
from ui.desktop.widgets.paper.printers import FakePrintPort

STOCK = "结业证书"
RARE = "\ue123"


@pytest.fixture
def office(tmp_path):
    office = new_office(tmp_path)
    receive(office, STOCK, 20, "A0001", "A0020", "县局领回")
    return office


@pytest.fixture
def six(office):
    """Six certificates of one course, not printed yet."""
    return issued(office, {"桦甸市第四中学": 6}, "班主任工作研讨")


@pytest.fixture
def run(office, six):
    """The six waiting for plain paper."""
    return begun(office, six)


@pytest.fixture
def page(qtbot, office, tmp_path):
    """The page of certificates over the office as the test made it."""
    pages = []

    def shown(tab):
        found = window_at(qtbot, office, tmp_path, "certificates", "stamping")
        pages.append(found)
        page = found.__enter__().page
        page.show_tab(tab)
        return page

    yield shown
    for one in pages:
        one.__exit__(None, None, None)


def texts(table, key):
    return [table.table.row_at(at).texts[key] for at in range(len(table.table.ids))]


@pytest.mark.prints
def test_six_go_onto_blanks_one_is_spoilt_and_printed_again_and_all_books_agree(
    qtbot, page, office, six
):
    page = page(REGISTER)
    print_with_the_fourth_spoilt(qtbot, page)
    page.show_tab(RUNS)
    view = page.view.widget
    assert page.count.text() == "1 个批次，1 个没有印完"
    assert view.told.text().startswith("从第 4 份继续（共 6 份，待打印 1 份）")
    print_the_rest(qtbot, page, view)
    assert page.count.text() == "1 个批次"
    assert texts(view.table, "state") == ["已印完"]
    assert not view.go_on.isEnabled()

    found = read_again(office)
    (run,) = runs(found)
    assert (run.state, run.printed, run.waiting, run.spoilt) == ("done", 6, 0, 1)
    balance = balance_of(found, STOCK)
    assert (balance.used, balance.spoilt, balance.left) == (6, 1, 13)
    numbers = [one.number for one in sheets(found, run.id) if one.outcome == "printed"]
    assert numbers == sorted(one.number for one in six)
    fourth = next(one for one in certificates(found) if one.number == numbers[3])
    assert [one.what for one in life_of(found, fourth)] == ["发证", "打印作废", "重新打印"]
    found.store.close()


def print_with_the_fourth_spoilt(qtbot, page):
    """From the register; a refused answer writes nothing at all."""
    view, flow = page.view.widget, page.view.widget.deeds.flow
    flow._port = FakePrintPort()
    view.table.selectAll()
    press(qtbot, view._print)
    press(qtbot, came_up(qtbot, page, PrintWishSheet).action)
    preview = shown_by(qtbot, flow)
    print_all(qtbot, preview, spoilt="4")
    asked = came_up(qtbot, preview, ChooseSheet)
    answer(qtbot, asked, reason="卡纸", serial="没有号")
    at_rest(qtbot, page.session)
    assert "序列号“没有号”" in asked._problem.text()
    assert runs(page.session.office)[0].spoilt == 0
    answer(qtbot, asked, serial="A0001")
    at_rest(qtbot, page.session)
    preview.close()


def print_the_rest(qtbot, page, view):
    """From the list of runs, where every sheet is seen with its blank."""
    view.deeds.flow._port = FakePrintPort()
    assert texts(view.sheets, "place") == ["1", "2", "3", "4", "4", "5", "6"]
    assert texts(view.sheets, "serial") == [
        "A0001", "A0002", "A0003", "A0004", "", "A0005", "A0006",
    ]  # fmt: skip
    assert texts(view.sheets, "outcome")[3:5] == ["打坏", "待打印"]
    assert texts(view.sheets, "reason")[3] == "卡纸"
    press(qtbot, view.go_on)
    preview = shown_by(qtbot, view.deeds.flow)
    assert preview.count == 1
    print_all(qtbot, preview)
    answer(qtbot, came_up(qtbot, preview, ChooseSheet), serial="A0007")
    at_rest(qtbot, page.session)
    preview.close()


@pytest.mark.prints
def test_an_outcome_is_taken_back_whole_and_one_not_answered_is_told(qtbot, page, office, six):
    run = begun(office, six, STOCK)
    page = page(RUNS)
    view, flow = page.view.widget, page.view.widget.deeds.flow
    flow._port = FakePrintPort()
    told, offered = [], []
    page.session.told.connect(lambda text, _: told.append(text))
    page.session.undo_offered.connect(lambda *one: offered.append(one))
    press(qtbot, view.go_on)
    preview = shown_by(qtbot, flow)
    print_all(qtbot, preview, spoilt="2")
    came_up(qtbot, preview, ChooseSheet).reject()
    assert told == [NOT_WRITTEN]
    preview.close()
    press(qtbot, view.go_on)
    preview = shown_by(qtbot, flow, preview)
    assert preview.count == 6
    print_all(qtbot, preview, spoilt="2")
    answer(qtbot, came_up(qtbot, preview, ChooseSheet), serial="A0001")
    at_rest(qtbot, page.session)
    preview.close()
    assert offered[0][0] == f"“{run.title}”已打印 5 份，还有 1 份待打印"
    page.session.undo(offered[0][1])
    at_rest(qtbot, page.session)
    now = read_run(page.session.office, run.id)
    assert (now.printed, now.waiting, now.spoilt) == (0, 6, 0)
    assert balance_of(page.session.office, STOCK).left == 20


def test_sheets_are_accounted_for_by_hand_and_the_rest_is_left(qtbot, page, office, six):
    run = begun(office, six, STOCK)
    page = page(RUNS)
    view, now = page.view.widget, lambda: read_run(page.session.office, run.id)
    press(qtbot, view.by_hand)
    asked = came_up(qtbot, page, ChooseSheet)
    answer(qtbot, asked, first="1", last="三")
    assert "请写数字" in asked._problem.text()
    answer(qtbot, asked, last="3", serial="A0001")
    at_rest(qtbot, page.session)
    assert (now().printed, now().waiting) == (3, 3)
    assert view.sheets.choose(view.sheets.table.ids[1])
    press(qtbot, view.spoilt)
    asked = came_up(qtbot, page, ChooseSheet)
    assert asked._lines["places"].text() == "2"
    answer(qtbot, asked, places="2,9")
    at_rest(qtbot, page.session)
    assert "没有“9”这样的页" in asked._problem.text()
    answer(qtbot, asked, places="2", reason="放反")
    at_rest(qtbot, page.session)
    assert (now().printed, now().waiting, now().spoilt) == (2, 4, 1)
    press(qtbot, view.leave)
    press_named(qtbot, came_up(qtbot, page, Sheet), "放弃未印的")
    at_rest(qtbot, page.session)
    assert now().given_up
    assert texts(view.table, "state") == ["已放弃"]
    assert not any(one.isEnabled() for one in (view.go_on, view.by_hand, view.spoilt, view.leave))


@pytest.mark.prints
def test_who_cannot_be_printed_is_left_out_and_waits_on(qtbot, page, office):
    issued_ones = issued(office, {"桦甸市第四中学": 2})
    people = teachers(office, school(office, "桦甸市第五中学"), 1, name=f"王{RARE}")
    rare = booklets(office, people)
    run = begun(office, (*issued_ones, *certificates(office, ids=rare)))
    page = page(RUNS)
    view, flow = page.view.widget, page.view.widget.deeds.flow
    flow._port = FakePrintPort()
    press(qtbot, view.go_on)
    missing = came_up(qtbot, page, MissingSheet)
    assert [one.name for one in missing.list.people] == [f"王{RARE}"]
    press(qtbot, missing.list.leave_button)
    press(qtbot, missing.go_button)
    preview = shown_by(qtbot, flow)
    assert preview.count == 2
    print_all(qtbot, preview)
    at_rest(qtbot, page.session)
    preview.close()
    waiting = [one for one in sheets(page.session.office, run.id) if one.waiting]
    assert [one.name for one in waiting] == [f"王{RARE}"]


@pytest.mark.prints
def test_a_print_that_could_not_be_written_down_says_so(qtbot, page, run):
    page = page(RUNS)
    flow = page.view.widget.deeds.flow
    flow._port = FakePrintPort()
    told = []
    page.session.told.connect(lambda words, _tone: told.append(words))
    press(qtbot, page.view.widget.go_on)
    preview = shown_by(qtbot, flow)
    press(qtbot, page.view.widget.by_hand)
    answer(qtbot, came_up(qtbot, page, ChooseSheet))
    at_rest(qtbot, page.session)
    print_all(qtbot, preview)
    at_rest(qtbot, page.session)
    assert NOT_WRITTEN in told
    press_named(qtbot, came_up(qtbot, page, Sheet), "知道了")
    preview.close()


@pytest.fixture
def chosen_file(tmp_path, monkeypatch):
    """Answers where a file goes."""
    folder = tmp_path / "另存"
    folder.mkdir()

    def where(_parent, name, _kind):
        return folder / name

    monkeypatch.setattr(run_deeds, "ask_where_to", where)
    return folder


@pytest.mark.prints
@pytest.mark.parametrize(("how", "pages"), [("每人一个文件…", [1] * 6), ("一个文件…", [6])])
def test_files_count_as_printed_only_when_the_person_says_so(
    qtbot, page, run, chosen_file, how, pages
):
    page = page(RUNS)
    press(qtbot, page.view.widget.save)
    press_named(qtbot, came_up(qtbot, page, Sheet), how)
    at_rest(qtbot, page.session)
    made = sorted(chosen_file.iterdir())
    assert [len(PdfReader(one).pages) for one in made] == pages
    assert read_run(page.session.office, run.id).waiting == 6
    press_named(qtbot, came_up(qtbot, page, Sheet), "记为打好…")
    answer(qtbot, came_up(qtbot, page, ChooseSheet))
    at_rest(qtbot, page.session)
    assert read_run(page.session.office, run.id).state == "done"


@pytest.mark.prints
def test_the_hand_over_list_is_seen_and_exported(qtbot, page, run, chosen_file):
    page = page(RUNS)
    press(qtbot, page.view.widget.list)
    preview = came_up(qtbot, page, PreviewWindow)
    assert preview.count == 2  # how many each school gets, and the school's own list
    press_named(qtbot, preview, "导出工作簿…")
    at_rest(qtbot, page.session)
    (book,) = chosen_file.iterdir()
    cells = [cell for line in load_workbook(book).active.values for cell in line if cell]
    assert f"{run.title}发放（交接）清单" in cells
    assert sum(str(one).startswith("220282") for one in cells) == 6
    preview.close()


@pytest.fixture
def entered(qtbot, tmp_path):
    """A year planned for two booklets, and the page with its run."""
    office = new_office(tmp_path, DAY)
    people = teachers(office, school(office, "桦甸市第四中学"), 2, work_start="2001-08")
    booklets(office, people)
    for one in people:
        train(office, one, "48", "培训1")
    stamp_all(office)
    run = plan_year(office, YEAR, layout_of(office)).run
    with window_at(qtbot, office, tmp_path, "certificates") as found:
        found.page.show_tab(RUNS)
        found.page.view.widget.deeds.flow._port = FakePrintPort()
        yield found.page, run


@pytest.mark.prints
def test_the_next_file_is_opened_only_when_the_person_wants_it(qtbot, entered):
    page, run = entered
    flow = page.view.widget.deeds.flow
    press(qtbot, page.view.widget.go_on)
    register = shown_by(qtbot, flow)
    folder = register.paper.pdf.parent
    register.close()
    press_named(qtbot, came_up(qtbot, page, Sheet), "以后再打")
    qtbot.waitUntil(lambda: not folder.exists())
    assert flow.window is register
    assert read_run(page.session.office, run.id).waiting == 4


@pytest.mark.prints
def test_pages_of_booklets_are_listed_printed_part_by_part_and_repeated(qtbot, entered):
    page, run = entered
    view, flow = page.view.widget, page.view.widget.deeds.flow
    assert texts(view.sheets, "about") == ["第 4 页 1 行"] * 2 + ["第 24 页 1 行"] * 2
    press(qtbot, view.go_on)
    register = shown_by(qtbot, flow)
    printed = "".join(PdfReader(register.paper.pdf).pages[0].extract_text().split())
    assert "培训1" in printed
    assert "继续教育登记" not in printed  # the teacher's booklet has it
    under = "".join(PdfReader(register.paper.background(1)).pages[0].extract_text().split())
    assert "继续教育登记" in under
    print_all(qtbot, register, spoilt="2")
    at_rest(qtbot, page.session)
    assert read_run(page.session.office, run.id).printer == "HP LaserJet"
    register.close()
    press_named(qtbot, came_up(qtbot, page, Sheet), "打开下一个")
    yearly = shown_by(qtbot, flow, register)
    assert yearly.paper.title == f"{run.title}（年度页）　2 页"
    yearly.close()
    assert texts(view.sheets, "outcome") == ["已打印", "待打印", "待打印", "待打印"]
    view.sheets.selectRow(0)
    press(qtbot, view.spoilt)
    answer(qtbot, came_up(qtbot, page, ChooseSheet), reason="打偏")
    at_rest(qtbot, page.session)
    assert texts(view.sheets, "about")[0] == "第 4 页 1 行，重打 1 次"
    assert read_run(page.session.office, run.id).waiting == 4


def test_many_runs_are_paged_and_sorted_by_what_was_printed(qtbot, page, office):
    many = issued(office, {"桦甸市第五中学": 250}, "骨干研修")
    begun_runs = [begun(office, many[at : at + 1]) for at in range(250)]
    mark_printed(office, begun_runs[7].id)
    page = page(RUNS)
    view = page.view.widget
    assert page.count.text() == "250 个批次，249 个没有印完"
    assert view.table.table.ids[0] == begun_runs[-1].id
    assert len(view.table.table._pages) < 3
    place = [one.key for one in RUN_COLUMNS].index("printed")
    view.table.sortByColumn(place, Qt.SortOrder.DescendingOrder)
    assert view.table.table.row_at(0).id == begun_runs[7].id
    assert view.table.choose(begun_runs[100].id)
    assert texts(view.sheets, "number") == [many[100].number]
    for key in range(len(RUN_COLUMNS)):
        view.table.sortByColumn(key, Qt.SortOrder.AscendingOrder)
        assert len(view.table.table.ids) == 250


def test_without_runs_it_leads_to_the_register(qtbot, page):
    page = page(RUNS)
    assert "还没有打印过证书" in page.view.widget.grid.empty.text()
    press(qtbot, page.view.widget.grid.empty.action)
    assert page.tab == REGISTER
