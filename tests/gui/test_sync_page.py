"""学校同步: drives, packages read and written in one go, conflicts side by side, what was lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QRadioButton

from models.store.conflicts import count_conflicts
from models.sync.roster import SiteState, site_of_institution, sites
from models.sync.sticks import Stick
from models.workspace.opening import open_workspace
from tests.exchanging import change, cheap_codes, copied, new_world, value
from tests.people import teachers
from tests.windows import at_rest
from ui.desktop.pages.home.exchange import exchange_items
from ui.desktop.pages.start.assistant import Assistant
from ui.desktop.pages.sync import enrolling, jobs
from ui.desktop.pages.sync.code_sheet import CodeSheet
from ui.desktop.pages.sync.deeds import READ_STOPPED
from ui.desktop.pages.sync.drives import FOLDER
from ui.desktop.pages.sync.page import CONFLICTS, RESULTS, SyncPage
from ui.desktop.pages.sync.schools import LATE
from ui.desktop.pages.sync.shown import NOT_ENROLLED
from ui.desktop.pages.sync.troubles import TROUBLES, TroubleSheet
from ui.desktop.tasks.preferences import Preferences
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.form.sheet import FormSheet

RED, FAR = "红石中学", "二道甸子小学"


@pytest.fixture(autouse=True)
def codes_cost_nothing(monkeypatch):
    cheap_codes(monkeypatch)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A county with two schools; one exchanges, and both sides have changed one telephone."""
    with pytest.MonkeyPatch.context() as patch:
        cheap_codes(patch)
        world = new_world(tmp_path_factory.mktemp("world"), RED, FAR)
        person = teachers(world.county, world.institutions[RED], 2)[0]
        office = world.enrol(RED)
        change(world.county, "teacher", person, phone="13800000001")
        change(office, "teacher", person, phone="13900000002", remark="带队")
        world.up(RED)
        world.close()
    return world.folder, person


@pytest.fixture
def world(template, tmp_path):
    found = copied(template[0], tmp_path / "世界")
    yield found
    found.close()


@pytest.fixture
def person(template):
    return template[1]


@pytest.fixture
def stick(world, tmp_path):
    """The folder the packages lie in, chosen by hand the last time."""
    preferences = Preferences(tmp_path / "窗口.ini")
    preferences.set_text(FOLDER, str(world.folder / "stick"))
    preferences.save()
    return world.folder / "stick"


@pytest.fixture
def page(qtbot, world, stick, shown):
    return opened(qtbot, shown(world.county, SyncPage))


def opened(qtbot, page):
    """The page in sight, reloaded after each change as the main window does."""
    page.session.changed.connect(lambda _kinds: page.reload())
    page.shown()
    at_rest(qtbot, page.session)
    return page


def press(qtbot, page, widget, text):
    """Press the button in sight that says so, and wait for what it does."""
    found = [one for one in widget.findChildren(QPushButton) if one.text().strip() == text]
    qtbot.waitUntil(lambda: any(one.isVisible() for one in found))
    next(one for one in found if one.isVisible()).click()
    at_rest(qtbot, page.session)


def words(widget):
    return " ".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())


def cells(table, place):
    return table.table.row_at(place).texts


def open_sheet(page, kind=Sheet):
    return next(one for one in page.findChildren(kind) if one.isVisible())


def test_the_drives_found_are_offered_with_their_free_space(qtbot, page, stick, monkeypatch):
    found = [Stick(stick, 3 * 2**30, 8 * 2**30)]
    monkeypatch.setattr(jobs, "drives", lambda: found)
    press(qtbot, page, page.drives, "刷新")
    offered = [one.text() for one in page.drives.findChildren(QRadioButton) if one.isVisible()]
    assert len(offered) == 1
    assert "剩余 3.0 GB，共 8.0 GB" in offered[0]
    assert "个包" in offered[0]
    assert page.drives.chosen == stick


def test_without_a_place_the_page_asks_for_one(qtbot, page, monkeypatch):
    monkeypatch.setattr(page.drives, "_chosen", None)
    press(qtbot, page, page, "读取全部包")
    assert "还没有选 U 盘" in page.notice.text()


def test_reading_names_every_change_and_conflicts_wait_side_by_side(qtbot, page, world, person):
    press(qtbot, page, page, "读取全部包")
    assert page.tabs.currentIndex() == RESULTS
    results = page.results
    assert "改动" in results.notice.text()
    assert "待核对的冲突 1 处" in results.notice.text()
    states = {cells(results.packages, n)["state"] for n in range(len(results.packages.table.ids))}
    assert "已读入" in states
    changed = [cells(results.changes, n) for n in range(len(results.changes.table.ids))]
    remark = next(one for one in changed if one["field"] == "备注")
    assert {"before": "", "after": "带队", "other": RED}.items() <= remark.items()

    page.tabs.setCurrentIndex(CONFLICTS)
    assert page.tabs.tabText(CONFLICTS) == "待核对的冲突（1）"
    shown = words(page.conflicts)
    for told in ("138****0001", "139****0002", "县里", RED, "现在用的", "对方电脑时间", "王老师"):
        assert told in shown
    office = page.session.office
    assert value(office, "teacher", person, "phone") == "13900000002"  # the school knows better
    press(qtbot, page, page.conflicts, "用县里的")
    assert value(office, "teacher", person, "phone") == "13800000001"
    assert count_conflicts(office.store) == 0
    assert "已记下" in page.notice.text()
    press(qtbot, page, page.notice, "撤销")
    assert value(page.session.office, "teacher", person, "phone") == "13900000002"


def test_what_is_due_is_written_in_one_go(qtbot, page, stick):
    before = set(stick.iterdir())
    assert "1 所该写包" in page.count.text()
    press(qtbot, page, page, "写给到期学校")
    assert len(set(stick.iterdir()) - before) == 1
    assert "写好了 1 个包" in page.results.notice.text()
    assert "0 所该写包" in page.count.text()
    assert not page.write_due.isEnabled()


def test_a_school_is_registered_and_starts_with_file_and_code(qtbot, page, world, tmp_path):
    page.schools.table.choose(world.institutions[FAR])
    assert page.schools.chosen().state == NOT_ENROLLED
    press(qtbot, page, page.schools, "注册学校…")
    press(qtbot, page, open_sheet(page), "注册")
    sheet = open_sheet(page, CodeSheet)
    code, file = sheet.code.text(), sheet._secret.where
    press(qtbot, page, sheet, "关闭")
    press(qtbot, page, open_sheet(sheet), "关闭")
    assert page.schools.chosen().state != NOT_ENROLLED

    start = Assistant(tmp_path / "学校" / "师训通.db", Preferences(tmp_path / "学校.ini"))
    qtbot.addWidget(start)
    start.show()
    start.choose("enrol")
    form = start.enrolment
    form.start.click()
    assert "还没有选注册文件" in start.notice.text()
    form._file = Path(file)
    form.code.setText(code[:-1])
    form.start.click()
    assert "注册码" in start.notice.text()
    form.code.setText(code)
    form.person.setText("李老师")
    with qtbot.waitSignal(start.made):
        form.start.click()
    start._work.wait()
    office = open_workspace(tmp_path / "学校" / "师训通.db", read_only=True)
    assert office.identity.name == FAR
    assert office.identity.level == "school"
    office.store.close()


def test_a_lost_computer_is_registered_anew_and_the_old_one_ends(qtbot, page, world):
    old = site_of_institution(page.session.office, world.institutions[RED])
    page.schools.table.choose(world.institutions[RED])
    press(qtbot, page, page.schools, "遇到问题…")
    sheet = open_sheet(page, TroubleSheet)
    tiles = [one for one in sheet.findChildren(QPushButton) if one.accessibleName()]
    next(one for one in tiles if one.accessibleName() == TROUBLES[1].title).click()
    assert "旧电脑当即停用" in words(sheet)
    press(qtbot, page, sheet, "重新注册…")
    asked = open_sheet(page, ChooseSheet)
    reason = asked.findChild(QLineEdit)
    reason.clear()
    press(qtbot, page, asked, "重新注册")
    assert "请写明原因" in words(asked)
    reason.setText("电脑进水")
    press(qtbot, page, asked, "重新注册")
    found = {one.id: one for one in sites(page.session.office)}
    assert found[old.id].state is SiteState.ENDED
    assert found[old.id].reason == "电脑进水"
    code = open_sheet(page, CodeSheet)
    code._printed = True
    code.reject()


def test_every_trouble_has_its_page_of_steps(page):
    sheet = TroubleSheet(page, page.enrolling, "", "")
    for place, trouble in enumerate(TROUBLES):
        sheet.turn_to(place)
        told = words(sheet.stack.currentWidget())
        assert all(step in told for step in trouble.steps)


def test_the_countys_keys_are_changed_and_its_recovery_code_is_made(qtbot, page):
    page.enrolling.change_keys("经办人离职")
    press(qtbot, page, open_sheet(page, ChooseSheet), "更换")
    assert "已换新密钥" in page.notice.text()
    press(qtbot, page, page.trouble, "做恢复码")
    code = open_sheet(page, CodeSheet)
    assert "-" in code.code.text()
    assert page.trouble.text() == ""
    page.enrolling.rescue("密钥被盗")
    asked = open_sheet(page, ChooseSheet)
    asked._lines["code"].setText("ABCD")
    press(qtbot, page, asked, "换新密钥")
    assert "恢复码不对" in words(asked)
    asked._lines["code"].setText(code.code.text())
    press(qtbot, page, asked, "换新密钥")
    assert "已用恢复码换新密钥" in page.notice.text()
    code._printed = True
    code.reject()


def test_a_school_the_roster_forgot_is_taken_back_by_its_package(qtbot, page, stick, monkeypatch):
    chosen = min(stick.iterdir(), key=lambda one: one.stat().st_mtime)
    monkeypatch.setattr(enrolling, "ask_for_file", lambda *_: chosen)
    sheet = TroubleSheet(page, page.enrolling, "", "")
    sheet.open()
    sheet.turn_to(len(TROUBLES) - 1)
    press(qtbot, page, sheet, "恢复登记…")
    assert page.notice.text() == f"已恢复“{RED}”的登记，请再读一次它的包。"


def test_a_schools_page_is_two_large_buttons(qtbot, world, stick, shown, person):
    down = world.down(RED)
    page = opened(qtbot, shown(world.schools[RED], SyncPage))
    assert not page.schools.isVisible()
    assert "县里：桦甸市教师进修学校" in words(page.own)
    page.own.read_button.click()
    at_rest(qtbot, page.session)
    assert down.is_file()
    assert count_conflicts(page.session.office.store) == 1
    page.tabs.setCurrentIndex(0)
    before = set(stick.iterdir())
    page.own.write_button.click()
    at_rest(qtbot, page.session)
    (made,) = set(stick.iterdir()) - before
    assert world.take(world.county, made).state == "applied"
    page.tabs.setCurrentIndex(0)
    press(qtbot, page, page.own, "管这件事的人换了，更换密钥…")
    press(qtbot, page, open_sheet(page, ChooseSheet), "更换")
    assert "已换新密钥" in page.notice.text()


def test_what_a_school_may_not_change_waits_to_be_let_in(qtbot, world, stick, shown):
    change(world.schools[RED], "institution", world.institutions[FAR], short_name="二小")
    world.take(world.county, world.up(RED))
    page = opened(qtbot, shown(world.county, SyncPage))
    page.shown("conflicts")
    places = {cells(page.conflicts.table, n)["field"]: n for n in range(2)}
    page.conflicts.table.selectRow(places["暂存待查"])
    assert {FAR, "二小", RED} <= set(words(page.conflicts).split())
    press(qtbot, page, page.conflicts, "采用")
    assert (
        value(page.session.office, "institution", world.institutions[FAR], "short_name") == "二小"
    )
    assert page.tabs.tabText(CONFLICTS) == "待核对的冲突（1）"


def test_what_was_held_can_be_declined(qtbot, world, stick, shown):
    change(world.schools[RED], "institution", world.institutions[FAR], short_name="二小")
    world.take(world.county, world.up(RED))
    page = opened(qtbot, shown(world.county, SyncPage))
    page.shown("conflicts")
    places = {cells(page.conflicts.table, n)["field"]: n for n in range(2)}
    page.conflicts.table.selectRow(places["暂存待查"])
    press(qtbot, page, page.conflicts, "不采用…")
    press(qtbot, page, open_sheet(page), "不采用")
    assert page.tabs.tabText(CONFLICTS) == "待核对的冲突（1）"
    assert "已不采用暂存的机构" in page.notice.text()
    school = world.institutions[FAR]
    assert value(page.session.office, "institution", school, "short_name") != "二小"


def test_a_third_value_decides_a_conflict_as_one_step(qtbot, world, stick, shown, person):
    world.take(world.county, world.up(RED))
    before = value(world.county, "teacher", person, "phone")
    page = opened(qtbot, shown(world.county, SyncPage))
    page.shown("conflicts")
    press(qtbot, page, page.conflicts, "都不对，自己填…")
    sheet = open_sheet(page, FormSheet)
    phone = next(one for one in sheet.findChildren(QLineEdit) if one.text() == before)
    phone.setText("13700000003")
    press(qtbot, page, sheet, "保存")
    office = page.session.office
    assert value(office, "teacher", person, "phone") == "13700000003"
    assert count_conflicts(office.store) == 0
    press(qtbot, page, page.notice, "撤销")
    assert value(page.session.office, "teacher", person, "phone") == before


def test_a_stick_that_was_put_in_or_pulled_out_is_seen(qtbot, page, stick, monkeypatch):
    monkeypatch.setattr(jobs, "drives", lambda: [Stick(stick.parent, 2**30, 2**31)])
    page.deeds.watch.timeout.emit()
    at_rest(qtbot, page.session)
    assert [one.path for one in page.drives._found] == [stick.parent, stick]
    monkeypatch.setattr(jobs, "drives", list)
    page.deeds.watch.timeout.emit()
    at_rest(qtbot, page.session)
    assert [one.path for one in page.drives._found] == [stick]


def test_a_stick_that_is_gone_is_told_and_no_folder_takes_its_place(qtbot, page, stick):
    away = stick.rename(stick.with_name("拔出"))
    press(qtbot, page, page, "写给到期学校")
    assert "找不到" in page.notice.text()
    assert not stick.exists()
    assert page.drives.chosen is None
    away.rename(stick)


def test_all_conflicts_can_stay_as_they_are_shown(qtbot, world, stick, shown, person):
    world.take(world.county, world.up(RED))
    page = opened(qtbot, shown(world.county, SyncPage))
    page.shown("conflicts")
    press(qtbot, page, page.conflicts, "都用现在用的…")
    press(qtbot, page, open_sheet(page), "都用现在用的")
    office = page.session.office
    assert count_conflicts(office.store) == 0
    assert value(office, "teacher", person, "phone") == "13900000002"
    assert "没有待核对的冲突" in page.conflicts.grid.empty.text()


def test_a_stopped_reading_keeps_what_was_read_and_says_so(qtbot, page):
    page.read_all.click()
    page.session.runner.cancel_all()
    at_rest(qtbot, page.session)
    assert page.notice.text() == READ_STOPPED
    press(qtbot, page, page, "读取全部包")
    assert page.tabs.currentIndex() == RESULTS


def test_the_first_page_tells_of_conflicts_and_of_schools_that_are_late(world):
    world.take(world.county, world.up(RED))
    world.county.store.clock.go_on(31)
    first, second = exchange_items(world.county)
    assert first.text == "1 处两边都改过、改得不一样"
    assert second.text == "1 所学校好久没有交换"
    assert (second.page, second.argument) == ("sync", LATE)
