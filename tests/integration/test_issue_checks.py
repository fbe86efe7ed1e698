"""What cannot be printed is told before numbers are given, with everybody concerned."""

from __future__ import annotations

import pytest

from models.certificates.issuing import Holder, Wish, issue
from models.certificates.register import certificates
from models.certificates.series import next_number
from models.errors import UserError
from models.progress import Progress
from reports.inputs.certificate_forms import form_named, save_form
from reports.inputs.issue_checks import fitting
from reports.kit.forms import Fit
from tests.offices import new_office
from tests.papers import own_fonts
from tests.people import school, teachers
from tests.workbooks import xlsx
from ui.desktop.pages.certificates.jobs import Source, preview_issue
from ui.desktop.pages.certificates.jobs import issue as issue_previewed

AGREEMENT = {
    "mentee": "李强", "mentee_school": "常山镇中心小学", "valid_to": "2026-07-15",
    "tasks": "每月听课两节",
}  # fmt: skip


@pytest.fixture
def office(tmp_path):
    own_fonts()  # skips where there are none
    office = new_office(tmp_path)
    yield office
    office.store.close()


@pytest.fixture
def people(office):
    return teachers(office, school(office, "桦甸市第四中学"), 4)


def agreement(people, long):
    goals = dict.fromkeys(long, "站稳讲台" * 55)
    return Wish(
        "agreement",
        [Holder(one, facts={"goals": goals.get(one, "达到标准")}) for one in people],
        facts=AGREEMENT,
    )


def test_all_whose_text_does_not_fit_are_told_before_a_number_is_given(office, people):
    first = next_number(office, "agreement")
    with pytest.raises(UserError, match="有 2 人不能发") as refused:
        issue(office, agreement(people, people[:2]), fitting)
    assert refused.value.message.count("写不下") == 2
    assert "（共 220 字）" in refused.value.message
    assert certificates(office) == []
    assert next_number(office, "agreement") == first
    assert len(issue(office, agreement(people, []), fitting).certificates) == 4


def test_a_name_no_font_has_can_be_drawn_until_it_is_printed(office):
    (one,) = teachers(office, school(office, "桦甸市第四中学"), 1, name="李\ue123")
    assert issue(office, agreement([one], []), fitting).certificates


def test_the_offices_own_form_decides(office, people):
    form = form_named(office, "agreement")
    fields = tuple(
        one.model_copy(update={"fit": Fit.SHRINK, "smallest": one.size, "width": 1.0})
        if "{mentee}" in one.text
        else one
        for one in form.fields
    )
    save_form(office, form.model_copy(update={"fields": fields}))
    with pytest.raises(UserError, match="4 人不能发"):
        issue(office, agreement(people, []), fitting)


def test_the_window_weighs_the_room_on_paper_too(office, people, tmp_path):
    rows = [["姓名", "徒弟", "徒弟单位", "协议期止", "目标", "任务"]]
    names = {row["id"]: row["name"] for row in office.store.query("SELECT id, name FROM teacher")}
    for one in people:
        goals = "站稳讲台" * 55 if one == people[0] else "达到标准"
        rows.append([names[one], "李强", "常山小学", "2026-07-15", goals, "听课"])
    xlsx(tmp_path / "名单.xlsx", rows)
    found = preview_issue(office, Progress(), Source("agreement", file=tmp_path / "名单.xlsx"))
    assert (found.due, len(found.refused)) == (3, 1)
    assert "写不下" in found.refused[0][1]
    assert len(issue_previewed(office, Progress(), found.wish).certificates) == 3


def test_a_list_of_which_no_line_is_understood_tells_every_line(office, tmp_path):
    rows = [["姓名", "单位", "称号"], ["查无此人", "四中", "先进"], ["也无此人", "四中", "先进"]]
    xlsx(tmp_path / "名单.xlsx", rows)
    found = preview_issue(office, Progress(), Source("honour", file=tmp_path / "名单.xlsx"))
    assert (found.due, found.before) == (0, 0)
    assert [who for who, _ in found.refused] == ["第 2 行", "第 3 行"]
