"""Blanks: every one that came in is used, spoilt, lost, given back or left; gaps are named."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from models.certificates.gaps import gap_report
from models.certificates.issuing import issue_for_course, void
from models.certificates.printing import begin_run, give_up, mark_printed, mark_spoilt
from models.certificates.register import certificates
from models.certificates.sheets import open_runs, runs, sheets
from models.certificates.stock import (
    balance_of,
    balances,
    entries,
    give_back,
    lose,
    receive,
    spoil,
)
from models.errors import UserError
from models.store.undo import undo
from tests.certificates import BLANK, begun, issued, run_wish
from tests.offices import new_office


def test_received_is_the_sum_of_all_that_became_of_it(office):
    receive(office, BLANK, 100, "N0001", "N0100", "县局印刷厂")
    found = issued(office, {"红石中学": 4})
    run = begun(office, found, BLANK)
    mark_printed(office, run.id, first_serial="N0001")
    mark_spoilt(office, run.id, 2, "卡纸")
    mark_printed(office, run.id, first_serial="N0005")
    void(office, found[3].id, "姓名有误")
    spoil(office, BLANK, 3, "受潮", "N0006")
    lose(office, BLANK, 2, "盘点不见", "N0009")
    give_back(office, BLANK, 10, "退印刷厂", "N0091")
    (one,) = gap_report(office).stocks
    assert (one.balance.received, one.valid, one.void) == (100, 3, 1)
    assert (one.balance.spoilt, one.balance.lost, one.balance.returned) == (4, 2, 10)
    assert one.balance.left == 80
    # Those given back were the last ones: the serials before them are passed over.
    assert one.differences == ("序列号 N0011—N0090 被跳过，没有登记去向（80 份）",)


def test_a_count_in_the_cupboard_is_compared(office):
    receive(office, BLANK, 10)
    assert gap_report(office, {BLANK: 10}).clean
    (one,) = gap_report(office, {BLANK: 8}).stocks
    assert one.differences == ("账上应余 10 份，实有 8 份，少 2 份",)
    (first, second) = gap_report(office, {"荣誉证书": 1}).stocks
    assert (second.balance.stock, second.differences) == (
        "荣誉证书", ("账上应余 0 份，实有 1 份，多 1 份",),
    )  # fmt: skip
    assert first.differences == ()


def test_a_count_of_what_is_no_blank_is_a_slip_of_the_pen(office):
    receive(office, "自印奖状", 5)
    with pytest.raises(UserError, match="没有“毕业证”这种空白证书") as refused:
        gap_report(office, {"毕业证": 200})
    assert "结业证书" in refused.value.hint
    assert "自印奖状" in refused.value.hint
    assert [one.counted for one in gap_report(office, {"荣誉证书": 1}).stocks] == [None, 1]


def test_a_serial_that_was_skipped_is_named(office):
    receive(office, BLANK, 20, "N0001")
    run = begun(office, issued(office, {"红石中学": 4}), BLANK)
    mark_printed(office, run.id, last=2, first_serial="N0001")
    mark_printed(office, run.id, first_serial="N0005")
    (one,) = gap_report(office).stocks
    assert [part.text for part in one.unaccounted] == ["N0003—N0004"]
    assert one.differences == ("序列号 N0003—N0004 被跳过，没有登记去向（2 份）",)
    spoil(office, BLANK, 2, "裁坏", "N0003")
    assert gap_report(office).clean


def test_serials_that_never_came_in_are_named(office):
    receive(office, BLANK, 5, "N0001")
    run = begun(office, issued(office, {"红石中学": 2}), BLANK)
    mark_printed(office, run.id, first_serial="M0001")
    assert gap_report(office).stocks[0].differences == (
        "序列号 M0001—M0002 没有登记领入就已出库（2 份）",
    )


def test_more_out_than_in_after_an_undo_is_named(office):
    operation = receive(office, BLANK, 5, "N0001")
    mark_printed(office, begun(office, issued(office, {"红石中学": 2}), BLANK).id)
    undo(office.store, operation.id)
    assert "用去的比领入的多 2 份，应有领入没有登记" in gap_report(office).stocks[0].differences
    assert [one.step_name for one in entries(office)] == ["领入", "领入（撤销）"]


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda office: receive(office, " ", 5), "stock.no_title"),
        (lambda office: receive(office, BLANK, 0), "stock.count"),
        (lambda office: receive(office, BLANK, 2, "N0005"), "stock.received_before"),
        (lambda office: spoil(office, BLANK, 1, ""), "stock.no_reason"),
        (lambda office: lose(office, BLANK, 6, "不见"), "stock.too_many"),
        (lambda office: give_back(office, BLANK, 1, "退", "N0001"), "stock.serial_gone"),
    ],
)
def test_what_cannot_be_is_refused(office, call, code):
    receive(office, BLANK, 5, "N0001")
    spoil(office, BLANK, 1, "受潮", "N0001")
    with pytest.raises(UserError) as refused:
        call(office)
    assert refused.value.code == code
    assert balance_of(office, BLANK).left == 4


def test_numbers_of_a_series_that_stand_for_nothing_are_told_with_the_reason(office):
    found = issued(office, {"红石中学": 3})
    void(office, found[1].id, "姓名有误")
    again = issue_for_course(office, found[0].course_id)
    undo(office.store, again.operation.id)
    (series,) = gap_report(office).series
    assert (series.first, series.last, series.given, series.void) == (1, 4, 4, 2)
    assert [(hole.number, hole.reason) for hole in series.holes] == [
        ("2202822025JY00002", "姓名有误"), ("2202822025JY00004", "撤销发证"),
    ]  # fmt: skip
    assert gap_report(office).clean


def test_numbers_lacking_or_double_are_told(office):
    """As when two files were brought together: no use case of the program makes such numbers."""
    found = issued(office, {"红石中学": 2})
    with office.store.operation("test.merge", "并入"):
        for seq, number in ((2, found[1].number), (6, "2202822025JY00006")):
            office.store.execute(
                "INSERT INTO certificate SELECT ?, ?, series, ?, form, teacher_id, course_id,"
                " holder_no, holder_name, holder_sex, holder_school, holder_id_tail, title, year,"
                " hours, credits, score, start_date, end_date, issuer, issued_on, institution_id,"
                " batch, facts, replaces, continues FROM certificate WHERE id = ?",
                (office.store.ids.new_id(), number, seq, found[1].id),
            )
    (series,) = gap_report(office).series
    assert [(hole.number, hole.reason) for hole in series.holes] == [("顺序号 3—5", "")]
    assert series.doubles == ("2202822025JY00002",)
    assert not gap_report(office).clean


class Cupboard(RuleBasedStateMachine):
    """Blanks come, go, are printed on, spoilt and undone; the equation holds at every moment."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.office = new_office(self.folder)
        self.certificates = issued(self.office, {"红石中学": 6})
        self.done = []
        self.next_serial = 1

    def teardown(self):
        self.office.store.close()
        shutil.rmtree(self.folder)

    def attempt(self, action):
        """Do what may be refused; a refusal changes nothing."""
        before = balances(self.office)
        try:
            found = action()
        except UserError:
            assert balances(self.office) == before
        else:
            self.done.append(getattr(found, "operation", found).id)

    @rule(count=st.integers(1, 8), numbered=st.booleans())
    def receive(self, count, numbered):
        first = f"N{self.next_serial:04d}" if numbered else ""
        self.next_serial += count
        self.attempt(lambda: receive(self.office, BLANK, count, first))

    @rule(count=st.integers(1, 4), how=st.sampled_from([spoil, lose, give_back]))
    def take_out(self, count, how):
        self.attempt(lambda: how(self.office, BLANK, count, "说明"))

    @rule(size=st.integers(1, 4), copy=st.sampled_from(["first", "again", "reprint"]))
    def begin(self, size, copy):
        self.attempt(
            lambda: begin_run(
                self.office, run_wish(self.certificates[:size], BLANK, copy=copy, reason="遗失")
            )
        )

    @rule(last=st.integers(1, 4), serial=st.integers(0, 30))
    def mark(self, last, serial):
        for run in open_runs(self.office)[:1]:
            first = f"N{serial:04d}" if serial else ""
            self.attempt(
                lambda run=run, first=first: mark_printed(
                    self.office, run.id, last=last, first_serial=first
                )
            )

    @rule(place=st.integers(1, 4))
    def spoil_sheet(self, place):
        for run in runs(self.office)[:1]:
            self.attempt(lambda run=run: mark_spoilt(self.office, run.id, place, "卡纸"))

    @rule()
    def leave(self):
        for run in open_runs(self.office)[:1]:
            self.attempt(lambda run=run: give_up(self.office, run.id))

    @rule(place=st.integers(0, 5))
    def void(self, place):
        self.attempt(lambda: void(self.office, self.certificates[place].id, "有误"))

    @rule(back=st.integers(0, 5))
    def undo(self, back):
        if self.done:
            chosen = self.done[-1 - back % len(self.done)]
            self.attempt(lambda: undo(self.office.store, chosen))

    @invariant()
    def every_blank_is_accounted_for(self):
        void_ids = {one.id for one in certificates(self.office) if one.void}
        seen = [one for run in runs(self.office) for one in sheets(self.office, run.id)]
        stock_runs = {run.id for run in runs(self.office) if run.stock}
        printed = [one for one in seen if one.outcome == "printed" and one.run_id in stock_runs]
        for one in gap_report(self.office).stocks:
            found = one.balance
            assert found.received == (
                one.valid + one.void + found.spoilt + found.lost + found.returned + found.left
            )
            assert found.used == len(printed)
            assert one.void == sum(sheet.certificate_id in void_ids for sheet in printed)
            assert not any("登记缺少或重复" in words for words in one.differences)

    @invariant()
    def a_place_has_one_sheet_that_is_not_spoilt(self):
        for run in runs(self.office):
            places = [one.place for one in sheets(self.office, run.id) if one.outcome != "spoilt"]
            assert len(places) == len(set(places))
            assert run.sheets == max(one.place for one in sheets(self.office, run.id))


TestCupboard = Cupboard.TestCase
TestCupboard.settings = settings(max_examples=15, stateful_step_count=25)
