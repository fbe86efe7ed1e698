"""Papers of titles: what stands on them, and sentences where there is nothing to print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models.certificates.titled import issue_titles, withdraw_titles
from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.titles.batches import batch
from models.titles.checking import check
from models.titles.duties import record_duty
from models.titles.grants import grants
from models.titles.nominations import nominations
from models.titles.publishing import object_to, publish
from models.titles.reviewing import Decision, register_year
from reports.catalogue import papers as catalogue
from reports.kit.furniture import Output
from tests.papers import bookmarks, check_print, own_fonts, squeezed
from tests.people import school, teachers
from tests.titled import (
    backbone_batch,
    experienced,
    fit_for_backbone,
    granted_batch,
    nominated,
    titled,
)

pytestmark = pytest.mark.prints


@pytest.fixture
def people(office: Office) -> list[str]:
    """Four teachers of one school, thirteen years in service."""
    return experienced(office, 4)


def printed(office: Office, name: str, out: Path, **given: str) -> str:
    """The words of a paper, read back from its PDF."""
    output = Output(out / f"{name}.pdf", own_fonts(), office.store.clock.now(), Progress(), True)
    built = catalogue.build(office, name, given, output)
    assert check_print(built.path, edge=3) == built.pages
    return squeezed(built.path)


def cells(office: Office, name: str, out: Path, **given: str) -> dict[str, list[Any]]:
    """The cells of a paper's workbook, sheet by sheet."""
    path = out / f"{name}.xlsx"
    catalogue.write_workbook(office, name, given, path, Progress(), overwrite=True)
    return {sheet.title: list(sheet.values) for sheet in openpyxl.load_workbook(path)}


def test_the_public_list_is_drafted_with_days_and_names(
    office: Office, people: list[str], tmp_path: Path
) -> None:
    """Only who is on the list; the clerk's own words take the place of the draft."""
    batch_id = backbone_batch(office)
    with pytest.raises(UserError, match="还没有公示名单"):
        printed(office, "title-list", tmp_path, batch="第五期")
    fit_for_backbone(office, people[:2])
    nominated(office, batch_id, people[:3])
    check(office, batch_id)
    publish(office, batch_id, "2025-09-15", "2025-09-24")
    text = printed(office, "title-list", tmp_path, batch="第五期", number="桦教师训〔2025〕8号")
    for said in (
        "拟认定人选的公示",
        "2025年9月15日至2025年9月24日",
        "张三一",
        "张三二",
        "〔2025〕8号",
    ):
        assert said in text
    assert "张三三" not in text
    late = printed(office, "title-list", tmp_path, batch="第五期", date="2025-10-05")
    assert "2025年10月5日" not in late
    (sheet,) = cells(office, "title-list", tmp_path, batch="第五期").values()
    assert [row[2] for row in sheet[2:]] == ["张三二", "张三一"]
    draft = catalogue.draft(office, "title-list", {"batch": "第五期"}, Progress())
    assert "张三二等 2 人" in draft["text"]
    with pytest.raises(UserError, match="还没有认定"):
        printed(office, "title-notice", tmp_path, batch="第五期")


def test_the_notice_says_term_duties_and_document(
    office: Office, people: list[str], tmp_path: Path
) -> None:
    """三年, 年度注册 and the document of the batch follow from the rules and the grant."""
    granted_batch(office, people[:2])
    text = printed(office, "title-notice", tmp_path, batch="第五期")
    for said in ("认定名单的通知", "桦教发〔2025〕3号", "任期3年", "学科培训资源", "共2人"):
        assert said in text


def test_the_check_sheet_has_every_condition_and_objection(
    office: Office, people: list[str], tmp_path: Path
) -> None:
    """Each finding is a line; the workbook has the objections as well."""
    batch_id = backbone_batch(office)
    fit_for_backbone(office, people[:1])
    nominated(office, batch_id, people[:2])
    check(office, batch_id)
    publish(office, batch_id, "2025-09-15", "2025-09-24")
    (listed,) = [one for one in nominations(office, batch_id) if one.state == "listed"]
    object_to(office, listed.id, "获奖年份有出入")
    book = cells(office, "title-check", tmp_path, batch="第五期")
    first, second = book.values()
    assert [row[3:6] for row in first[2:] if row[1] == "张三二"][3] == (
        "近五年集中培训 120 学时",
        "台账 0 学时",
        "不符合",
    )
    assert second[2][:5] == ("张三一", "桦甸市第四中学", "2025-09-20", None, "获奖年份有出入")
    assert "近五年集中培训120学时" in printed(office, "title-check", tmp_path, batch="第五期")


def test_the_register_tells_number_term_and_end(
    office: Office, people: list[str], tmp_path: Path
) -> None:
    """Who lost it is in the whole register with reason and consequence, not among the valid."""
    issue_titles(office, granted_batch(office, people[:2]))
    first, second = grants(office)
    withdraw_titles(office, [first.id], "没有履行带徒协议")
    (sheet,) = cells(office, "title-register", tmp_path).values()
    assert [row[2] for row in sheet[2:]] == [second.name]
    assert sheet[2][10] == second.certificate_no
    (whole,) = cells(office, "title-register", tmp_path, state="").values()
    assert "没有履行带徒协议；收回证书，两年内不得再次推荐。" in {row[14] for row in whole[2:]}
    assert "县级骨干教师" in printed(office, "title-register", tmp_path)
    with pytest.raises(UserError, match="没有这样的称号"):
        printed(office, "title-register", tmp_path, kind="finest")


def test_the_registration_sheet_shows_duties_and_proposals(
    office: Office, people: list[str], tmp_path: Path
) -> None:
    """Proposals where nothing was decided, the decision where it was; re-checks on their own."""
    one = titled(office, people[0], "县级骨干教师", granted_on="2022-12-01")
    record_duty(office, [one.id], {"kind": "学科培训资源", "done_on": "2025-05-01", "what": "课件"})
    register_year(office, 2025, [Decision(one.id, "deferred", "产假")])
    (sheet,) = cells(office, "title-reviews", tmp_path, year="2025").values()
    assert sheet[2][4].startswith("学科培训资源 1/1 次；公开课、示范课 0/1 次")
    assert (sheet[2][5], sheet[2][7]) == ("暂不建议", "缓办")
    assert "2025年骨干教师年度注册表" in printed(office, "title-reviews", tmp_path, year="2025")
    (sheet,) = cells(office, "title-reviews", tmp_path, what="recheck").values()
    assert (sheet[0][0], sheet[2][3]) == ("骨干教师复检表", "2025-11-30")


def test_the_coverage_sheet_shows_holes_and_ratios(
    office: Office, people: list[str], tmp_path: Path
) -> None:
    """The county's 15 %, what is lacking, and the subjects without anybody."""
    titled(office, people[0], "县级骨干教师")
    teachers(office, school(office, "桦甸市实验小学"), 20, stage="2", subject="101")
    text = printed(office, "title-coverage", tmp_path)
    for said in ("比例指标", "未达到", "小学语文（20人）", "县（市）区级培训15%的本级骨干教师"):
        assert said in text
    book = cells(office, "title-coverage", tmp_path)
    assert book["覆盖"][2] == ("小学", "语文", 20, 0, 3, 0, "空白")
    assert book["比例指标"][1][:6] == ("县级骨干教师占 15%", "24", "4", "1", "4.2%", "未达到")


def test_nobody_in_the_register_is_told(office: Office, tmp_path: Path) -> None:
    """An empty register has no coverage, no files and no register of titles."""
    with pytest.raises(UserError, match="没有填了学段和学科的教师"):
        printed(office, "title-coverage", tmp_path)
    with pytest.raises(UserError, match="没有持有称号的教师"):
        printed(office, "title-file", tmp_path)


def test_the_file_of_each_teacher_has_a_bookmark(
    office: Office, people: list[str], tmp_path: Path
) -> None:
    """Everybody with a valid title unless somebody is named; numbers are masked unless asked."""
    batch_id = granted_batch(office, people[:2])
    assert batch(office, batch_id).granted == 2
    output = Output(tmp_path / "两人.pdf", own_fonts(), office.store.clock.now(), Progress())
    path = catalogue.build(office, "title-file", {}, output).path
    assert len(bookmarks(path)) == 2
    (number,) = office.store.tuples("SELECT teacher_no FROM teacher WHERE id = ?", (people[0],))
    text = printed(office, "title-file", tmp_path, teachers=number[0])
    for said in ("骨干教师业务档案", "推荐与审核", "第五期县级骨干教师", "130学时", "骨干级别变化"):
        assert said in text
    whole = str(office.store.value("SELECT id_number FROM teacher WHERE id = ?", (people[0],)))
    assert whole not in text
    shown = printed(office, "title-file", tmp_path, teachers=number[0], unmasked="是")
    assert whole in shown
    other = str(office.store.value("SELECT teacher_no FROM teacher WHERE id = ?", (people[3],)))
    with pytest.raises(UserError, match="没有称号，也没有被推荐过"):
        printed(office, "title-file", tmp_path, teachers=other)
