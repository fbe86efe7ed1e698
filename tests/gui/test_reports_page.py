"""报表 in the window: a paper chosen, asked for, seen, saved, exported, drafted, by real clicks."""

from __future__ import annotations

import pypdf
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from models.certificates.printing import RunWish, begin_run
from models.staff.glyphs import attach_glyph
from models.training.courses import register
from models.training.enrolments import enrol
from tests.certificates import issued
from tests.counties import small_county
from tests.offices import new_office
from tests.people import school, teachers
from tests.pictures import brushed
from tests.windows import session_on, window_on
from ui.desktop.pages.reports import deeds
from ui.desktop.pages.reports.paper_list import NAME
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.paper.preview import PreviewWindow
from ui.desktop.widgets.paper.print_sheet import PrintSheet

RED = "红石中学"


@pytest.fixture
def office(tmp_path):
    office = new_office(tmp_path, "2025-12-20")
    people = small_county(office)
    course_id = register(office, {"title": "研修班", "year": 2025, "hours": 8}).course_id
    enrol(office, course_id, people[RED])
    return office


def open_page(qtbot, office, tmp_path):
    session = session_on(office, tmp_path)
    found = window_on(session, {"reports", "courses", "imports"}, tmp_path)
    qtbot.addWidget(found)
    found.go("reports")
    idle(qtbot, session)
    return found


@pytest.fixture
def window(qtbot, office, tmp_path):
    found = open_page(qtbot, office, tmp_path)
    yield found
    session = found.page.session
    idle(qtbot, session)
    assert session.leave()


@pytest.fixture
def page(window):
    return window.page


@pytest.fixture
def saved(monkeypatch, tmp_path):
    """Where the next file goes, and under what names it was proposed."""
    asked = []

    def answer(_parent, name, _kind):
        asked.append(tmp_path / name)
        return asked[-1]

    monkeypatch.setattr(deeds, "ask_where_to", answer)
    return asked


def idle(qtbot, session):
    qtbot.waitUntil(lambda: not session.runner.busy, timeout=20_000)


def click(qtbot, page, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    idle(qtbot, page.session)


def choose(qtbot, page, name):
    """Click a paper in the list."""
    items = [page.list.item(place) for place in range(page.list.count())]
    item = next(one for one in items if one.data(NAME) == name)
    page.list.scrollToItem(item)
    place = page.list.visualItemRect(item).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def button(widget, text):
    return next(one for one in widget.findChildren(QPushButton) if one.text().strip() == text)


def text_of(pdf):
    pages = pypdf.PdfReader(pdf).pages
    return "".join("".join(page.extract_text() for page in pages).replace("\u3000", "").split())


def test_papers_are_listed_in_groups_and_the_first_is_chosen(page):
    assert page.count.text() == f"共 {len(page.papers)} 种"
    assert page.name.text() == "教师花名册"
    groups = [
        page.list.item(place).text()
        for place in range(page.list.count())
        if not page.list.item(place).data(NAME)
    ]
    usual = ["名册与档案", "培训班", "达标与验印", "证书"]
    assert [one for one in groups if one in usual] == usual
    assert {"辅导团队", "师徒结对", "公文与统计", "考试抽签", "考务", "考试成绩"} <= set(groups)
    assert page.preview.isEnabled()


def test_a_group_cannot_be_chosen(qtbot, page):
    head = page.list.visualItemRect(page.list.item(0)).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=head)
    assert page.list.chosen() == "roster"


@pytest.mark.prints
def test_a_roster_of_one_school_is_saved(qtbot, page, saved):
    page.form.editors["school"].widget.setCurrentText(RED)
    click(qtbot, page, page.save)
    assert [one.name for one in saved] == [f"教师花名册-{RED}.pdf"]
    assert "已生成" in page.notice.text()
    text = text_of(saved[0])
    assert f"{RED}教师3人" in text
    assert "二道甸子小学" not in text


def test_a_table_is_exported_and_its_button_hides_for_other_papers(qtbot, page, saved):
    click(qtbot, page, page.export)
    assert load_workbook(saved[0]).active.max_row == 10
    choose(qtbot, page, "growth-file")
    assert not page.export.isVisible()


@pytest.mark.prints
def test_the_hand_over_list_of_a_run_is_chosen_and_saved(qtbot, page, saved):
    def work(office, _progress):
        wish = RunWish(
            "县班结业",
            "completion",
            "completion",
            [one.id for one in issued(office, {"桦甸四中": 5})],
        )
        return begin_run(office, wish)

    page.session.write("准备", work)
    idle(qtbot, page.session)
    choose(qtbot, page, "hand-over")
    combo = page.form.editors["run"].widget
    assert combo.currentText().startswith("县班结业（2025-09-20，5 份）")
    click(qtbot, page, page.save)
    assert [one.name for one in saved] == ["证书发放（交接）清单-县班结业.pdf"]
    assert "以上证书共5本" in text_of(saved[0])


@pytest.mark.prints
def test_a_paper_is_shown_page_by_page(qtbot, page):
    choose(qtbot, page, "year-statistics")
    click(qtbot, page, page.preview)
    (window,) = page.findChildren(PreviewWindow)
    assert window.count > 1
    qtbot.keyClick(window.view, Qt.Key.Key_End)
    assert window.view.page == window.count - 1
    window.close()


@pytest.mark.prints
def test_a_paper_shown_twice_lies_in_two_files_that_go_with_their_windows(qtbot, page):
    for _ in range(2):
        click(qtbot, page, page.preview)
    first, second = page.findChildren(PreviewWindow)
    files = [first.paper.pdf, second.paper.pdf]
    assert files[0] != files[1]
    assert [one.name for one in files] == ["教师花名册.pdf"] * 2
    first.close()
    assert [one.exists() for one in files] == [False, True]
    second.close()
    assert not files[1].parent.exists()


@pytest.mark.prints
def test_a_name_with_a_drawn_glyph_is_printed(qtbot, page, saved):
    def draw(office, _progress):
        (one,) = teachers(office, school(office, "造字学校"), 1, name="李\ue123")
        return attach_glyph(office, one, "\ue123", brushed())

    page.session.write("造字", draw)
    idle(qtbot, page.session)
    click(qtbot, page, page.save)
    assert "已生成" in page.notice.text()
    assert "造字学校" in text_of(saved[0])


@pytest.mark.prints
def test_printing_opens_the_print_window_over_the_preview(qtbot, page):
    choose(qtbot, page, "desk-cards")
    click(qtbot, page, page.print_out)
    (window,) = page.findChildren(PreviewWindow)
    assert window.findChildren(PrintSheet)
    window.close()


@pytest.mark.prints
def test_a_circular_is_drafted_edited_and_printed_as_edited(qtbot, page, saved):
    choose(qtbot, page, "circular")
    page.form.editors["over"].set_text("cycle")
    assert page.draft.isVisible()
    click(qtbot, page, page.draft)
    text = page.form.editors["text"]
    assert "参加考核的教师共9人" in text.text()
    assert page.form.editors["title"].text() == "关于2021—2025年周期教师继续教育达标情况的通报"
    text.set_text(text.text() + "\n特此通报。")
    click(qtbot, page, page.save)
    said = text_of(saved[0])
    assert "特此通报。" in said
    assert "八道河子小学" in said


def test_a_new_draft_asks_before_it_replaces_what_was_written(qtbot, page):
    choose(qtbot, page, "circular")
    page.form.editors["over"].set_text("cycle")
    page.form.editors["text"].set_text("自己写的。")
    qtbot.mouseClick(page.draft, Qt.MouseButton.LeftButton)
    question = page.findChildren(Sheet)[-1]
    assert page.form.editors["text"].text() == "自己写的。"
    click(qtbot, page, button(question, "重新拟稿"))
    assert "参加考核" in page.form.editors["text"].text()


@pytest.mark.prints
def test_a_draft_for_another_year_is_told_of(qtbot, page):
    choose(qtbot, page, "circular")
    page.form.editors["over"].set_text("cycle")
    click(qtbot, page, page.draft)
    page.form.editors["by"].set_text("stamped")
    page.preview.click()
    assert "拟稿以后改过" in page.notice.text()
    idle(qtbot, page.session)
    assert "不能按验印率排名" in page.notice.text()


def test_what_is_refused_says_where_to_mend_it(qtbot, page):
    choose(qtbot, page, "stamping-list")
    click(qtbot, page, page.preview)
    assert "还没有核验" in page.notice.text()
    wanted = []
    page.session.go.connect(lambda key, _argument: wanted.append(key))
    button(page.notice, "去年度验印").click()
    assert wanted == ["stamping"]


def test_answers_stay_with_their_paper_and_come_back_at_the_next_start(
    qtbot, page, window, tmp_path
):
    choose(qtbot, page, "class-pack")
    page.form.editors["papers"].boxes["door"].click()
    page.form.editors["card"].set_text("two")
    choose(qtbot, page, "credit-card")
    page.form.editors["teachers"].set_text("张三一")
    choose(qtbot, page, "class-pack")
    assert page.form.answers()["papers"] == "names、sign-in、cards"
    choose(qtbot, page, "credit-card")
    assert page.form.answers()["teachers"] == "张三一"
    assert page.leave()
    kept = page.session.preferences
    assert "two" in kept.text("reports/options/class-pack")
    assert "张三一" not in kept.text("reports/options/credit-card")
    assert kept.text("reports/paper") == "credit-card"


def test_new_courses_are_offered_and_answers_stay(qtbot, page):
    choose(qtbot, page, "desk-cards")
    page.form.editors["card"].set_text("tent")

    def work(office, _progress):
        return register(office, {"title": "新班", "year": 2025, "hours": 8})

    page.session.write("登记", work)
    idle(qtbot, page.session)
    combo = page.form.editors["course"].widget
    assert any("新班" in combo.itemText(place) for place in range(combo.count()))
    assert page.form.editors["card"].text() == "tent"


def test_a_paper_without_anything_to_choose_says_what_to_do(qtbot, tmp_path):
    window = open_page(qtbot, new_office(tmp_path), tmp_path)
    page = window.page
    choose(qtbot, page, "draw-record")
    assert "还没有设立考试" in page.lacking.text()
    assert not page.preview.isEnabled()
    choose(qtbot, page, "hand-over")
    assert "请先在“证书”的登记册中打印" in page.lacking.text()
    choose(qtbot, page, "import-report")
    assert "还没有导入过文件" in page.lacking.text()
    choose(qtbot, page, "roster")
    assert page.preview.isEnabled()
    click(qtbot, page, page.preview)
    assert "请先在“Excel 导入”中导入教师名册" in page.notice.text()
    assert page.session.leave()


def test_a_typed_school_that_is_unknown_is_answered_with_the_nearest(qtbot, page):
    page.form.editors["school"].widget.setEditable(True)
    page.form.editors["school"].widget.setEditText("红石中")
    click(qtbot, page, page.save)
    assert "机构名录中没有“红石中”" in page.notice.text()


def test_controls_are_named_for_screen_readers(qtbot, page):
    for name in page.papers:
        choose(qtbot, page, name)
        assert page.name.text() == page.papers[name].title
        assert all(one.widget.accessibleName() for one in page.form.editors.values())


def test_the_page_fits_a_small_window(qtbot, window, page):
    window.resize(1000, 600)
    choose(qtbot, page, "circular")
    assert page.preview.isVisible()
    bottom = page.preview.mapTo(window, page.preview.rect().bottomRight())
    assert bottom.y() < 600
    assert page.form.horizontalScrollBar().maximum() == 0
