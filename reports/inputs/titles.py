"""Titles for papers and workbooks: lists of a batch, the register, registrations of a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.errors import UserError
from models.office.context import Office
from models.staff.queries import teacher_rows
from models.titles.batches import BatchRow, batch
from models.titles.findings import FINDING_NAMES
from models.titles.grants import Grant, GrantFilter, grants
from models.titles.kinds import title_rules
from models.titles.nominations import NominationRow, nominations
from models.titles.publishing import objections
from models.titles.reviewing import OUTCOMES, Due, due_for_recheck, due_for_registration
from reports.documents.circular import Attachment
from reports.kit.table import CellKind, Column, Line
from reports.kit.wording import plain_date
from reports.workbooks.book import ColumnKind, SheetColumn
from reports.workbooks.streaming import Value
from reports.workbooks.table import TableSheet

REGISTER = "骨干教师登记册"
_PERSON = (
    SheetColumn("学校", 16),
    SheetColumn("教师编号", 9, ColumnKind.ID),
    SheetColumn("姓名", 7),
    SheetColumn("性别", 3),
    SheetColumn("学段", 5),
    SheetColumn("学科", 8),
)
_LISTED = (*_PERSON, SheetColumn("职称", 7), SheetColumn("推荐单位", 14))
_CHECKED = (
    SheetColumn("学校", 16),
    SheetColumn("姓名", 7),
    SheetColumn("学科", 8),
    SheetColumn("条件", 18),
    SheetColumn("情况", 20),
    SheetColumn("结论", 6),
    SheetColumn("破格理由", 16),
)
_OBJECTIONS = (
    SheetColumn("姓名", 7),
    SheetColumn("学校", 14),
    SheetColumn("日期", 7, ColumnKind.DATE),
    SheetColumn("提出人", 8),
    SheetColumn("内容", 24),
    SheetColumn("处理", 8),
    SheetColumn("处理意见", 20),
    SheetColumn("处理人", 8),
)
_REGISTER = (
    *_PERSON,
    SheetColumn("称号", 12),
    SheetColumn("批次", 12),
    SheetColumn("授予日期", 7, ColumnKind.DATE),
    SheetColumn("任期至", 7, ColumnKind.DATE),
    SheetColumn("证书编号", 10, ColumnKind.ID),
    SheetColumn("认定文件", 14),
    SheetColumn("状态", 6),
    SheetColumn("终止日期", 7, ColumnKind.DATE),
    SheetColumn("原因、后果", 20),
)
_REVIEWS = (
    SheetColumn("学校", 16),
    SheetColumn("姓名", 7),
    SheetColumn("称号", 12),
    SheetColumn("任期至", 7, ColumnKind.DATE),
    SheetColumn("履职情况", 28),
    SheetColumn("建议", 6),
    SheetColumn("理由", 20),
    SheetColumn("结论", 6),
    SheetColumn("审核人签字", 8),
)
_NOTICE = (
    Column("序号", CellKind.SHORT),
    Column("学校"),
    Column("姓名", CellKind.NAME),
    Column("学段", CellKind.SHORT),
    Column("学科"),
)


@dataclass(frozen=True, slots=True)
class BatchPeople:
    """The people of a batch that a paper is about, with the batch."""

    batch: BatchRow
    people: tuple[NominationRow, ...]


def listed_people(office: Office, batch_id: str) -> BatchPeople:
    """Those on the public list of a batch; those granted where it was granted since.

    Raises:
        UserError: no such batch, or nobody was published.
    """
    found = batch(office, batch_id)
    people = tuple(
        one for one in nominations(office, batch_id) if one.state in ("listed", "granted")
    )
    if not people:
        raise UserError("titles.not_listed", f"“{found.name}”还没有公示名单。", "请先公示。")
    return BatchPeople(found, people)


def granted_people(office: Office, batch_id: str) -> BatchPeople:
    """Those who were given the title of a batch.

    Raises:
        UserError: no such batch, or nobody was given it.
    """
    found = batch(office, batch_id)
    people = tuple(one for one in nominations(office, batch_id) if one.state == "granted")
    if not people:
        raise UserError("titles.not_granted", f"“{found.name}”还没有认定。", "请先认定。")
    return BatchPeople(found, people)


def people_sheet(office: Office, found: BatchPeople, title: str) -> TableSheet:
    """Those people as a workbook."""
    return _sheet(
        office,
        title,
        _LISTED,
        [
            (
                one.school, one.teacher_no, one.name, one.sex, one.stage_name, one.subject_name,
                one.rank, one.nominated_by,
            )
            for one in found.people
        ],
    )  # fmt: skip


def people_table(found: BatchPeople, title: str) -> Attachment:
    """Those people as the table of a letter."""
    rows: list[Line] = [
        (str(number), one.school, one.name, one.stage_name, one.subject_name)
        for number, one in enumerate(found.people, start=1)
    ]
    return Attachment(title, _NOTICE, tuple(rows), f"共 {len(rows)} 人。")


def check_sheets(office: Office, batch_id: str) -> list[TableSheet]:
    """Everybody recommended with what was found on each condition, and the objections.

    Raises:
        UserError: no such batch, or nobody is recommended.
    """
    found = batch(office, batch_id)
    people = nominations(office, batch_id)
    if not people:
        raise UserError("titles.nobody", f"“{found.name}”没有推荐人选。", "请先推荐。")
    checked = [row for one in people for row in _checked(one)]
    sheets = [_sheet(office, f"{found.name}审核表", _CHECKED, checked)]
    told = objections(office, batch_id)
    if told:
        rows = [
            (
                one.name, one.school, one.received_on, one.sender, one.text, one.state_name,
                one.decision, one.decided_by,
            )
            for one in told
        ]  # fmt: skip
        sheets.append(_sheet(office, f"{found.name}公示异议", _OBJECTIONS, rows))
    return sheets


def register_sheet(office: Office, wanted: GrantFilter) -> TableSheet:
    """The register of titles as a workbook.

    Raises:
        UserError: nobody holds such a title.
    """
    found = grants(office, wanted)
    if not found:
        raise UserError("titles.nobody", "没有这样的称号。", "请改选称号、状态或学校。")
    sexes = _sexes(office, found)
    rows = [_registered(one, sexes.get(one.teacher_id, "")) for one in found]
    return _sheet(office, REGISTER, _REGISTER, rows)


def review_sheet(office: Office, year: int, *, recheck: bool = False) -> TableSheet:
    """The titles to be registered in a year, or to be checked again, with duties and proposals.

    Raises:
        UserError: none is due.
    """
    dues = due_for_recheck(office) if recheck else due_for_registration(office, year)
    name = "骨干教师复检表" if recheck else f"{year} 年骨干教师年度注册表"
    if not dues:
        raise UserError("titles.nobody", f"“{name}”没有应办的人。", "请核对年度。")
    return _sheet(office, name, _REVIEWS, [_due(one) for one in dues])


def draft_list(office: Office, batch_id: str) -> Mapping[str, str]:
    """The texts of a public notice (公示) of a batch's list, for the clerk to edit.

    Raises:
        UserError: as ``listed_people``.
    """
    found = listed_people(office, batch_id)
    one = found.batch
    first, last = plain_date(one.listed_from), plain_date(one.listed_until)
    paragraphs = [
        f"根据{_basis(one)}，经学校推荐、资格审核，拟认定{found.people[0].name}等 "
        f"{len(found.people)} 人为{one.title}，现予公示。",
        f"公示时间：{first}至{last}。",
        f"公示期间，如对公示对象有异议，请以书面形式署真实姓名向{office.identity.name}反映，"
        "并写明事实和依据。",
    ]
    return {
        "title": f"关于{one.name}//拟认定人选的公示",
        "to": "各中小学、幼儿园",
        "text": "\n".join(paragraphs),
    }


def draft_notice(office: Office, batch_id: str) -> Mapping[str, str]:
    """The texts of the notice (通知) that a batch was granted, for the clerk to edit.

    Raises:
        UserError: as ``granted_people``.
    """
    found = granted_people(office, batch_id)
    one = found.batch
    kind = title_rules().kind(one.kind)
    paragraphs = [
        f"根据{_basis(one)}，经学校推荐、资格审核和公示，认定{found.people[0].name}等 "
        f"{len(found.people)} 人为{one.title}，现将名单予以公布（见附件）。"
    ]
    if kind.years:
        paragraphs.append(
            f"{kind.title}任期 {kind.years} 年，自{plain_date(one.granted_on)}起计算。"
        )
    if kind.registered:
        duties = "、".join(each.title for each in kind.duties)
        paragraphs.append(f"任期内实行年度注册，职责为：{duties}。任期届满前进行复检。")
    paragraphs.append("各单位要支持他们发挥示范、引领、辐射作用，并做好培养和使用工作。")
    return {
        "title": f"关于公布{one.name}//认定名单的通知",
        "to": "各中小学、幼儿园",
        "text": "\n".join(paragraphs),
    }


def _basis(one: BatchRow) -> str:
    return one.document or f"{one.title}评选认定工作安排"


def _checked(one: NominationRow) -> list[tuple[Value, ...]]:
    if not one.findings:
        return [(one.school, one.name, one.subject_name, "", "", "未审核", "")]
    return [
        (
            one.school,
            one.name,
            one.subject_name,
            each.title,
            each.found,
            "破格" if each.key in one.waivers else FINDING_NAMES[each.state],
            one.waivers[each.key]["reason"] if each.key in one.waivers else "",
        )
        for each in one.findings
    ]


def _sexes(office: Office, found: Sequence[Grant]) -> dict[str, str]:
    ids = list(dict.fromkeys(one.teacher_id for one in found))
    return {one.id: one.shown["sex"] for one in teacher_rows(office, ids)}


def _registered(one: Grant, sex: str) -> tuple[Value, ...]:
    told = "；".join(part for part in (one.ended_because, one.consequence) if part)
    return (
        one.school, one.teacher_no, one.name, sex, one.stage_name, one.subject_name, one.title,
        one.batch, one.granted_on, one.ends_on, one.certificate_no, one.document, one.state_name,
        one.ended_on, told,
    )  # fmt: skip


def _due(one: Due) -> tuple[Value, ...]:
    proposed = one.proposed_name
    return (
        one.grant.school,
        one.grant.name,
        one.grant.title,
        one.grant.ends_on,
        "；".join(each.text for each in one.duties),
        f"{proposed}，建议取消" if one.withdrawal else proposed,
        one.why,
        OUTCOMES[one.done.outcome] if one.done else "",
        "",
    )


def _sheet(
    office: Office,
    title: str,
    columns: tuple[SheetColumn, ...],
    rows: Iterable[Sequence[Value]],
) -> TableSheet:
    return TableSheet(
        title=title,
        columns=columns,
        rows=list(rows),
        author=office.identity.name,
        made_at=office.store.clock.now(),
        heading=title,
        frozen=3,
    )
