"""Whole forms in the designer: saved, copied, exchanged as files, mended where damaged."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from models.certificates.issuing import issue_for_course
from models.certificates.own_forms import OwnForm, own_forms, save_own_form
from models.store.history import history
from models.training.courses import register
from models.training.enrolments import enrol
from models.training.marks import read_mark
from models.training.scoring import record_scores
from reports.inputs.certificate_forms import form_named, shipped_texts
from reports.kit.form_parts import PARTS
from reports.kit.form_text import form_text
from tests.designers import (
    CTRL,
    designer,
    drawn_designer,
    field,
    place_named,
    press,
    sheet_of,
    write,
)
from tests.offices import new_office, reopened
from tests.papers import pdfium_text, place_of
from tests.people import school, teachers
from ui.desktop.pages.certificates.designer.rendering import Source
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Sheet

pytestmark = pytest.mark.prints


@pytest.fixture
def view(qtbot, monkeypatch, office, tmp_path):
    with drawn_designer(qtbot, monkeypatch, office, tmp_path) as found:
        yield found


def test_saving_writes_an_own_form_that_prints_use_and_can_be_taken_back(
    qtbot, view, office, tmp_path, monkeypatch
):
    text = field(view, "特发此证")
    view.draft.choose((place_named(view, "特发此证"),))
    write(qtbot, view.properties.row("x").editor.widget, "100")
    with qtbot.waitSignal(view._session.undo_offered) as offered:
        qtbot.keyClick(view.canvas, Qt.Key.Key_S, CTRL)
    assert not view.draft.dirty
    assert not view.tools.save.isEnabled()
    assert [one.name for one in own_forms(view._session.office)] == ["completion"]
    assert history(view._session.office.store, 1)[0].title == "保存证书样式 结业证书"
    assert view.forms.names()[0] == "completion"
    out = tmp_path / "测试页.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    view.deeds.test_page(Source())
    qtbot.waitUntil(out.is_file)
    qtbot.waitUntil(lambda: view.notice.isVisible())
    assert place_of(out, "特发此证").left == pytest.approx(100, abs=0.8)
    assert "张红梅" in pdfium_text(out)[0]
    with qtbot.waitSignal(view._session.told):
        view._session.undo(offered.args[1])
    assert own_forms(view._session.office) == []
    assert field(view, "特发此证") == text


def test_leaving_with_changes_asks(qtbot, view):
    view.draft.choose((place_named(view, "姓名"),))
    view.edits.nudge(1, 0)
    view.show_form("backbone")
    assert view.draft.form.name == "completion"
    assert view.forms.currentItem().text() == "结业证书 *"
    press(qtbot, sheet_of(view), "取消")
    assert view.draft.dirty
    view.show_form("backbone")
    press(qtbot, sheet_of(view), "保存")
    qtbot.waitUntil(lambda: view.draft.form.name == "backbone")
    assert [one.name for one in own_forms(view._session.office)] == ["completion"]
    view.draft.choose_all()
    view.edits.delete()
    view.show_form("completion")
    press(qtbot, sheet_of(view), "不保存")
    assert view.draft.form.name == "completion"
    assert form_named(view._session.office, "backbone").fields
    assert view.leave()


def test_a_copy_is_made_renamed_and_deleted(qtbot, view):
    view.deeds.copy()
    sheet = sheet_of(view, ChooseSheet)
    write(qtbot, sheet._lines["title"], "桦甸结业证书")
    press(qtbot, sheet, "复制")
    qtbot.waitUntil(lambda: view.draft.form.title == "桦甸结业证书")
    assert view.draft.form.name == "completion-2"
    view.deeds.rename()
    write(qtbot, sheet_of(view, ChooseSheet)._lines["title"], "本县结业证书")
    press(qtbot, sheet_of(view, ChooseSheet), "改名")
    qtbot.waitUntil(lambda: view.draft.form.title == "本县结业证书")
    view.deeds.drop()
    press(qtbot, sheet_of(view), "删除")
    qtbot.waitUntil(lambda: view.draft.form.name == "completion")
    assert "completion-2" not in view.forms.names()


def test_a_blank_form_is_begun(qtbot, view):
    view.deeds.begin_blank()
    sheet = sheet_of(view, ChooseSheet)
    write(qtbot, sheet._lines["title"], "荣誉证书")
    write(qtbot, sheet._lines["width"], "宽")
    press(qtbot, sheet, "新建")
    assert "20 到 1200" in sheet._problem.text()
    write(qtbot, sheet._lines["width"], "260")
    press(qtbot, sheet, "新建")
    qtbot.waitUntil(lambda: view.draft.form.title == "荣誉证书")
    assert (view.draft.form.name, view.draft.form.width) == ("form", 260)
    for slot in PARTS:
        view.edits.add(slot, (130, 100))
    assert view.parts.count() == len(PARTS)
    qtbot.waitUntil(lambda: not view.canvas.sheet.picture.isNull())


def test_a_form_goes_out_as_a_file_and_comes_in_again(qtbot, view, tmp_path, monkeypatch):
    out = tmp_path / "样式.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(out), ""))
    view.deeds.export()
    qtbot.waitUntil(out.is_file)
    assert out.read_text("utf-8") == form_text(view.draft.form)
    view.deeds.bring_in()
    qtbot.waitUntil(lambda: bool([one for one in view.findChildren(Sheet) if one.isVisible()]))
    press(qtbot, sheet_of(view), "另存为新样式")
    qtbot.waitUntil(lambda: "completion-2" in view.forms.names())
    out.write_text("name = ", encoding="utf-8")
    view.deeds.bring_in()
    qtbot.waitUntil(lambda: "“样式.toml”有误：末尾没有写完" in view.notice._text.text())


def test_values_of_the_longest_kind_are_shown(qtbot, view):
    before = view.canvas.sheet.picture
    view.values.button.menu().actions()[1].trigger()
    qtbot.waitUntil(lambda: view.canvas.sheet.picture != before)
    assert view.values.button.text() == " 最长的示例"


class TestReal:
    """A form seen with a certificate of the register."""

    @pytest.fixture
    def office(self, tmp_path):
        found = new_office(tmp_path)
        people = teachers(found, school(found, "桦甸市第四中学"), 2, name="欧阳明珠")
        values = {"title": "手指游戏", "year": 2025, "hours": Decimal(15)}
        course_id = register(found, values).course_id
        enrol(found, course_id, people)
        record_scores(found, course_id, dict.fromkeys(people, read_mark("80")))
        issue_for_course(found, course_id)
        return reopened(found)

    def test_its_name_is_printed_and_what_it_lacks_is_told(
        self, qtbot, view, tmp_path, monkeypatch
    ):
        out = tmp_path / "测试页.pdf"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
        view.values.button.menu().actions()[-1].trigger()
        sheet = sheet_of(view, ChooseSheet)
        sheet._lines["certificate"].setText("王五")
        press(qtbot, sheet, "显示")
        assert "没有这本证书" in sheet._problem.text()
        sheet._lines["certificate"].setText("欧阳明珠")
        press(qtbot, sheet, "显示")
        assert view.values.button.text().strip().startswith("欧阳明珠")
        view.deeds.test_page(view.preview.source)
        qtbot.waitUntil(lambda: view.notice.isVisible())
        assert "欧阳明珠" in pdfium_text(out)[0]
        assert "手指游戏" in "".join(pdfium_text(out)[0].split())
        view.show_form("ticket")
        qtbot.waitUntil(lambda: any("的内容" in one.text for one in view.strip.found))

    def test_a_form_saved_here_is_the_one_certificates_are_printed_with(self, qtbot, view):
        view.draft.choose((place_named(view, "特发此证"),))
        view.edits.nudge(7, 0)
        with qtbot.waitSignal(view._session.undo_offered):
            view.save()
        office = view._session.office
        assert form_named(office, "completion") == view.draft.form

    def test_one_that_is_gone_is_said(self, qtbot, view):
        view.preview.show_with(Source("gone"))
        qtbot.waitUntil(lambda: any("没有这本证书" in one.text for one in view.strip.found))


class TestDamaged:
    """An own form that another program wrote, or a person by hand."""

    @pytest.fixture
    def office(self, tmp_path):
        found = new_office(tmp_path)
        bad = shipped_texts()["completion"].replace("width = 297", "width = 3")
        save_own_form(found, OwnForm("completion", bad), "结业证书")
        return reopened(found)

    @pytest.fixture
    def view(self, qtbot, monkeypatch, office, tmp_path):
        with designer(qtbot, monkeypatch, office, tmp_path) as found:
            yield found

    def test_is_told_with_its_place_mended_as_text_and_hides_no_other(self, qtbot, view):
        assert view.damaged.isVisible()
        assert "纸宽（width）：要大于 20" in view.damaged.problem.text()
        assert set(view.forms.names()) == set(shipped_texts())
        view.damaged.edit.setPlainText("title =")
        press(qtbot, view.damaged, "保存原文")
        qtbot.waitUntil(lambda: "末尾没有写完" in view.damaged.problem.text())
        view.damaged.edit.setPlainText(shipped_texts()["completion"])
        press(qtbot, view.damaged, "保存原文")
        qtbot.waitUntil(lambda: view.draft.there)
        assert view.canvas.isVisible()
        assert view.draft.form.width == 297

    def test_is_given_up_for_the_shipped_one(self, qtbot, view):
        press(qtbot, view.damaged, "恢复原样")
        press(qtbot, sheet_of(view), "恢复原样")
        qtbot.waitUntil(lambda: view.draft.there)
        assert own_forms(view._session.office) == []
        assert view.draft.form.width == 297
