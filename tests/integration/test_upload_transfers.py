"""Transfers in a higher system, followed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.errors import UserError
from models.store.undo import undo
from models.uploads.transfers import (
    TransferDraft,
    TransferStep,
    file_transfer,
    sign_transfer,
    transfers,
)
from tests.people import school, teachers


@pytest.fixture
def filed(office):
    (person,) = teachers(office, school(office, "桦甸市第四中学"), 1)
    return TransferDraft(person, "全国系统", "out", "四中", "吉林一中", date(2025, 9, 1))


def step(what):
    return TransferStep(what, "李老师", "2025-09-10", "同意")


def test_sign_offs_are_put_down_until_the_transfer_ends(office, filed):
    file_transfer(office, filed)
    (one,) = transfers(office, "open")
    sign_transfer(office, one.id, step("调出校同意"))
    done = sign_transfer(office, one.id, step("调入县审核"), "done")
    (one,) = transfers(office)
    assert ([said.what for said in one.steps], one.state) == (["调出校同意", "调入县审核"], "done")
    assert transfers(office, "open") == []
    with pytest.raises(UserError, match="已办结"):
        sign_transfer(office, one.id, step("又一步"))
    undo(office.store, done.id)
    (one,) = transfers(office, "open", filed.teacher_id)
    assert len(one.steps) == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"teacher_id": "x"}, "不在名册"),
        ({"direction": "up"}, "没有“up”这种调动"),
        ({"to_school": " "}, "没有写调出和调入的学校"),
    ],
)
def test_what_cannot_be_filed_is_told(office, filed, changes, told):
    with pytest.raises(UserError, match=told):
        file_transfer(office, replace(filed, **changes))


def test_one_open_transfer_a_person_and_system(office, filed):
    file_transfer(office, filed)
    with pytest.raises(UserError, match="还没有办结"):
        file_transfer(office, filed)
    file_transfer(office, replace(filed, receiver="省平台"))
    first = transfers(office)[0]
    with pytest.raises(UserError, match="没有写办到哪一步"):
        sign_transfer(office, first.id, step(" "))
    with pytest.raises(UserError, match="没有“lost”"):
        sign_transfer(office, first.id, step("甲"), "lost")
    with pytest.raises(UserError, match="没有这次调动"):
        sign_transfer(office, "zz", step("甲"))
