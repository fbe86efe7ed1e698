"""师徒结对, once pairs are filed: agreements, visits, who falls short, results, by clicks."""

from __future__ import annotations

import pytest

from models.mentoring.pairs import pair_rows
from models.mentoring.visits import visit_rows
from tests.gui.mentoring_steps import answer, choose, press, read, step, texts, told
from tests.offices import new_office
from tests.pair_rounds import county, filed, opened, visited
from tests.windows import window_at
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.paper.preview import PreviewWindow


@pytest.fixture
def at_work(qtbot, tmp_path):
    """The page over a programme whose pairs are filed, in its second autumn."""
    office = new_office(tmp_path, "2025-09-20")
    programme_id = opened(office, county(office), starts_on="2024-09-01")
    pairs = filed(office, programme_id, "2024-09-01")
    visited(office, pairs["赵小雨"], "2024-10-10", "2025-03-10", "2025-04-10")
    with window_at(qtbot, office, tmp_path, "mentoring") as window:
        yield window.page


def test_a_mentor_is_changed_and_a_pair_dissolved(qtbot, at_work):
    page = at_work
    view = step(qtbot, page, "approval")
    choose(view, mentee="周冬雨")
    press(qtbot, page, view, "解除…")
    answer(qtbot, page, reason="徒弟调出")
    choose(view, mentee="孙大圣")
    press(qtbot, page, view, "更换师傅…")
    answer(qtbot, page, mentor="王建国", reason="原师傅生病")
    assert "不能带" in "".join(
        label.text() for one in page.window().findChildren(Sheet) for label in
        one.findChildren(type(view.note)) if one.isVisible()
    )  # fmt: skip
    for one in page.window().findChildren(Sheet):
        one.close()
    choose(view, mentee="孙大圣")
    press(qtbot, page, view, "更换师傅…")
    answer(qtbot, page, mentor="李秀英", reason="原师傅生病")
    office, programme_id = read(page)
    rows = [one for one in pair_rows(office, programme_id) if one.mentee == "孙大圣"]
    assert {(one.mentor, one.state) for one in rows} == {
        ("张红梅", "dissolved"),
        ("李秀英", "proposed"),
    }


def test_agreements_are_numbered_printed_and_signed(qtbot, at_work, monkeypatch):
    page = at_work
    view = step(qtbot, page, "agreements")
    choose(view, mentee="周冬雨")
    press(qtbot, page, view, "另写目标任务…")
    answer(qtbot, page, goals="一年上汇报课")
    press(qtbot, page, view, "全部编号")
    assert all(texts(view, "number"))
    press(qtbot, page, view, "另写目标任务…")
    assert "已编号" in told(page)[0].findChild(type(view.note), "heading").text()
    told(page)[0].accept()
    press(qtbot, page, view, "打印协议…")
    preview = next(one for one in page.window().findChildren(PreviewWindow))
    preview.close()
    view.table.selectAll()
    press(qtbot, page, view, "已签订…")
    answer(qtbot, page, on="2024-09-15")
    assert set(texts(view, "state")) == {"已签订"}
    office, programme_id = read(page)
    one = next(found for found in pair_rows(office, programme_id) if found.mentee == "周冬雨")
    assert (one.goals, one.signed_on) == ("一年上汇报课", "2024-09-15")


def test_visits_are_logged_for_several_pairs_and_their_hours_posted_once(qtbot, at_work):
    page = at_work
    view = step(qtbot, page, "visits")
    press(qtbot, page, view, "记活动…")
    sheet = answer(qtbot, page, kind="seminar", pairs="张红梅", topic="教材", evidence="照片")
    assert "有 2 对师徒" in sheet._problem.text()
    answer(qtbot, page, pairs="赵小雨、孙大圣", held_on="2025-09-11")
    office, programme_id = read(page)
    assert len(visit_rows(office, programme_id)) == 5
    assert texts(view, "state").count("可登记") == 5
    choose(view, mentee="赵小雨", held_on="2025-09-11")
    press(qtbot, page, view, "补佐证…")
    answer(qtbot, page, evidence="听课记录本第 3 页")
    assert "听课记录本第 3 页" in texts(view, "evidence")
    press(qtbot, page, view, "登记学时")
    assert set(texts(view, "state")) == {"已登记"}
    # Three visits for both; the joint one once for the mentor and for each of the two mentees.
    assert office.store.value("SELECT COUNT(*) FROM ledger_entry") == 3 * 2 + 3
    choose(view, mentee="赵小雨", held_on="2025-09-11")
    press(qtbot, page, view, "删除")
    assert len(visit_rows(office, programme_id)) == 5
    for one in page.window().findChildren(Sheet):
        one.close()


def test_who_falls_short_is_shown_proposed_and_decided(qtbot, at_work):
    page = at_work
    view = step(qtbot, page, "stage")
    choose(view, mentee="周冬雨", state="未履行")
    press(qtbot, page, view, "记会议…")
    answer(qtbot, page, kind="stage", held_on="2024-12-05", report="总结")
    assert "2024-12-05 已开" in " ".join(fact.value for fact in view.shown.general.facts)
    press(qtbot, page, view, "记会议…")
    answer(qtbot, page, kind="stage", held_on="2024-12-06")
    press(qtbot, page, view, "删除会议…")
    answer(qtbot, page, meeting="stage/2024-12-06")
    assert list(view.shown.things["meetings"]) == ["stage/2024-12-05"]
    press(qtbot, page, view, "建议取消称号…")
    answer(qtbot, page)
    assert "待决定" in texts(view, "state")
    choose(view, mentee="周冬雨", state="待决定")
    press(qtbot, page, view, "决定…")
    answer(qtbot, page, decision="keep", opinion="已补足")
    assert "保留称号" in texts(view, "state")


def test_the_meeting_papers_are_shown(qtbot, at_work):
    page = at_work
    view = step(qtbot, page, "stage")
    for text in ("考核表…", "阶段报告…"):
        press(qtbot, page, view, text)
        (one,) = page.window().findChildren(PreviewWindow)
        assert one.isVisible()
        one.close()
        one.setParent(None)
        one.deleteLater()


def test_results_by_hand_rank_the_schools_and_honours_are_issued(qtbot, at_work):
    page = at_work
    view = step(qtbot, page, "results")
    choose(view, mentee="赵小雨")
    press(qtbot, page, view, "手工认定…")
    answer(qtbot, page, result="reached", note="考核合格")
    assert "达成" in texts(view, "result")
    assert view.shown.general.meters[0].value == "1/3 ★"
    press(qtbot, page, view, "单位排名")
    assert not view.chosen_ids()
    press(qtbot, page, view, "发荣誉证书")
    assert "已发荣誉证书" in page.notice.text()
    press(qtbot, page, view, "按规则核算")
    for one in page.window().findChildren(Sheet):
        one.close()
