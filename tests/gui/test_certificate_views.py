"""The views of codes and keys, as tabs of the certificates' page will show them."""

from __future__ import annotations

import shutil
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from models.certificates.trust import read_trust, write_trust
from models.signing.keys import keys
from tests.offices import new_office
from tests.sealed import code_picture, photographed, printed_page, sealed_county
from tests.windows import at_rest, drop_files
from ui.desktop.pages.certificates import keys as keys_module
from ui.desktop.pages.certificates import verifying
from ui.desktop.pages.certificates.keys import KeysView
from ui.desktop.pages.certificates.verifying import VerifyingView
from ui.desktop.widgets.choose import ChooseSheet

PHRASE = "春风又绿江南岸1984"


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def rows(table):
    return [table.table.row_at(place).texts for place in range(len(table.table.ids))]


@pytest.fixture
def county(tmp_path):
    office, texts = sealed_county(tmp_path)
    write_trust(office, tmp_path / "桦甸.trust")
    return office, texts


@pytest.fixture
def verifier(shown, county):
    return shown(county[0], VerifyingView, "show_basis")


def drop(qtbot, view, *files):
    drop_files(view.drop, *files)
    at_rest(qtbot, view._session)


def type_in(qtbot, view, text):
    view.text.setPlainText(text)
    click(qtbot, view.check)
    at_rest(qtbot, view._session)


def test_it_says_against_what_is_checked(verifier):
    assert "核验依据：本单位，撤销名单第" in verifier.basis.text()
    assert verifier.card.banner.isHidden()


def test_a_typed_text_is_checked(qtbot, verifier, county):
    (_, text), _, (_, bad) = county[1]
    type_in(qtbot, verifier, "\n".join(text.lower()[at : at + 40] for at in range(0, 400, 40)))
    assert verifier.card.word.text() == "有效"
    assert "签名属实" in verifier.card.reason.text()
    assert verifier.grid.isHidden()
    type_in(qtbot, verifier, bad)
    assert verifier.card.word.text() == "已作废"
    type_in(qtbot, verifier, text[:-3] + ("A" if text[-3] != "A" else "B") + text[-2:])
    assert verifier.card.word.text() == "无效"
    assert verifier.card.facts.isHidden()
    type_in(qtbot, verifier, "   ")
    assert "请先粘贴" in verifier.notice.text()


def test_dropped_files_are_checked_and_the_bad_one_is_shown_first(
    qtbot, verifier, county, tmp_path
):
    (first, good), (second, other), (third, bad) = county[1]
    page = printed_page(tmp_path / "批.pdf", other, bad, "https://example.org/x")
    verifier.text.setPlainText("TC1:ABC")
    photographed(code_picture(good)).save(tmp_path / "照片.jpg")
    (tmp_path / "坏.png").write_bytes(b"x")
    drop(qtbot, verifier, tmp_path / "照片.jpg", page, tmp_path / "坏.png")
    assert [(one["verdict"], one["number"], one["source"]) for one in rows(verifier.list)] == [
        ("有效", first, "照片.jpg"),
        ("有效", second, "批.pdf 第 1 页"),
        ("已作废", third, "批.pdf 第 2 页"),
    ]
    assert verifier.text.toPlainText() == ""
    assert verifier.grid.isVisible()
    assert verifier.card.word.text() == "已作废"
    assert "坏.png" in verifier.notice.text()
    verifier.list.selectRow(0)
    assert verifier.card.word.text() == "有效"


def test_files_may_be_chosen_in_a_window(qtbot, verifier, county, tmp_path, monkeypatch):
    page = printed_page(tmp_path / "a.pdf", county[1][0][1])
    chosen = staticmethod(lambda *_: ([str(page)], ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", chosen)
    verifier.drop.asked.emit()
    at_rest(qtbot, verifier._session)
    assert verifier.card.word.text() == "有效"


def test_another_offices_list_may_be_used_and_left_again(
    qtbot, verifier, county, tmp_path, monkeypatch
):
    trust = tmp_path / "桦甸.trust"
    monkeypatch.setattr(verifying, "ask_for_file", lambda *_: trust)
    click(qtbot, verifier.other)
    at_rest(qtbot, verifier._session)
    assert "桦甸市教师进修学校" in verifier.basis.text()
    (said,) = read_trust(trust).fingerprints
    assert f"密钥指纹 {said}" in verifier.basis.text()
    assert verifier.own.isVisible()
    type_in(qtbot, verifier, county[1][0][1])
    assert verifier.card.word.text() == "有效"
    click(qtbot, verifier.own)
    at_rest(qtbot, verifier._session)
    assert "本单位" in verifier.basis.text()
    trust.write_text("{}", "utf-8")
    click(qtbot, verifier.other)
    at_rest(qtbot, verifier._session)
    assert "不是核验文件" in verifier.notice.text()
    assert verifier._trust_file is None


@pytest.fixture
def keeper(shown, tmp_path):
    return shown(new_office(tmp_path), KeysView, "show_keys")


def sheet(view, title):
    return next(one for one in view.findChildren(ChooseSheet) if one.windowTitle() == title)


def answer(qtbot, view, title, *texts):
    found = sheet(view, title)
    for line, text in zip(found.findChildren(QLineEdit), texts, strict=True):
        line.setText(text)
    click(qtbot, found.action)
    at_rest(qtbot, view._session)
    at_rest(qtbot, view._session)
    return found


def begun(qtbot, keeper):
    click(qtbot, keeper.begin)
    at_rest(qtbot, keeper._session)
    qtbot.waitUntil(lambda: keeper.begin.isHidden())


def test_a_key_is_begun_backed_up_and_changed(qtbot, keeper, tmp_path, monkeypatch):
    assert "还没有密钥" in keeper.grid.empty.text()
    assert not keeper.backup.isEnabled()
    begun(qtbot, keeper)
    assert "还没有备份" in keeper.state.text()
    out = tmp_path / "key.keybackup"
    monkeypatch.setattr(keys_module, "ask_where_to", lambda *_: out)
    click(qtbot, keeper.backup)
    answered = answer(qtbot, keeper, "备份密钥", PHRASE, "别的口令别的口令")
    assert "不一样" in answered._problem.text()
    assert not out.exists()
    lines = answered.findChildren(QLineEdit)
    assert {one.echoMode() for one in lines} == {QLineEdit.EchoMode.Password}
    answer(qtbot, keeper, "备份密钥", "短", "短")
    assert "口令太短" in answered._problem.text()
    answer(qtbot, keeper, "备份密钥", PHRASE, PHRASE)
    qtbot.waitUntil(lambda: "已备份。" in keeper.state.text())
    assert out.exists()
    click(qtbot, keeper.change)
    refused = answer(qtbot, keeper, "更换密钥", "")
    assert "原因" in refused._problem.text()
    answer(qtbot, keeper, "更换密钥", "换电脑")
    qtbot.waitUntil(lambda: len(rows(keeper.table)) == 2)
    assert [one["state"] for one in rows(keeper.table)] == ["在用，未备份", "已停用"]


def test_a_lost_key_is_restored(qtbot, keeper, tmp_path, monkeypatch):
    begun(qtbot, keeper)
    out = tmp_path / "key.keybackup"
    monkeypatch.setattr(keys_module, "ask_where_to", lambda *_: out)
    click(qtbot, keeper.backup)
    answer(qtbot, keeper, "备份密钥", PHRASE, PHRASE)
    shutil.rmtree(tmp_path / "office-密钥")
    keeper.show_keys()
    qtbot.waitUntil(lambda: "不在这台电脑上" in keeper.state.text())
    assert not keeper.export.isEnabled()
    assert rows(keeper.table)[0]["state"] == "私钥不在本机"
    monkeypatch.setattr(keys_module, "ask_for_file", lambda *_: out)
    click(qtbot, keeper.restore)
    wrong = answer(qtbot, keeper, "恢复密钥", "别的口令别的口令")
    assert "口令不对" in wrong._problem.text()
    answer(qtbot, keeper, "恢复密钥", PHRASE)
    qtbot.waitUntil(lambda: rows(keeper.table)[0]["state"] == "在用，已备份")
    assert keys(keeper._session.office)[0].here


def test_the_list_for_others_is_exported(qtbot, keeper, tmp_path, monkeypatch):
    begun(qtbot, keeper)
    monkeypatch.setattr(keys_module, "ask_where_to", lambda *_: tmp_path / "a.trust")
    click(qtbot, keeper.export)
    qtbot.waitUntil(lambda: (tmp_path / "a.trust").exists())
    at_rest(qtbot, keeper._session)
    qtbot.waitUntil(partial(keeper.notice.text().__contains__, "核验文件"))
