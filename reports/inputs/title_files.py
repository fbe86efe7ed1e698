"""Files of titled teachers as papers are made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from models.entities.describe import titles
from models.entities.display import plain_decimal
from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.staff.records import Teacher
from models.titles.batches import batches
from models.titles.duties import DutyRow
from models.titles.files import TitleFile, title_file
from models.titles.grants import Grant, GrantFilter, grants
from models.titles.kinds import title_rules
from models.titles.reviewing import OUTCOMES, REVIEW_NAMES
from reports.documents.title_file import (
    DONE,
    HELD,
    RECOMMENDED,
    REVIEWED,
    TITLES,
    VETOED,
    FileSection,
    TitleFiles,
    TitlePaper,
)
from reports.kit.charts import Bar
from reports.kit.table import Row

_IDENTITY = (
    "name", "sex", "birth_date", "ethnicity", "id_number", "phone", "school", "stage", "subject",
    "post", "title", "education", "work_start", "backbone", "status", "teacher_no",
)  # fmt: skip
_LABEL = "正在整理业务档案"


def title_files(
    office: Office,
    teacher_ids: Sequence[str] = (),
    *,
    wanted: GrantFilter | None = None,
    masked: bool = True,
    progress: Progress | None = None,
) -> TitleFiles:
    """The files of these teachers, or of everybody who holds a title that is wanted.

    Raises:
        UserError: somebody without title or recommendation, or nobody at all.
    """
    ids = list(teacher_ids)
    if not ids:
        found = grants(office, wanted or GrantFilter(state="valid"))
        ids = list(dict.fromkeys(one.teacher_id for one in found))
    if not ids:
        raise UserError("paper.nobody", "没有持有称号的教师。", "请先认定或登记称号。")
    names = {one.id: one.name for one in batches(office)}
    steps = progress or Progress()
    papers: list[TitlePaper] = []
    for place, one in enumerate(ids):
        steps.step(place, len(ids), _LABEL)
        papers.append(_paper(title_file(office, one, masked=masked), names))
    return TitleFiles(office.identity.name, office.store.clock.now(), tuple(papers))


def _paper(one: TitleFile, batch_names: Mapping[str, str]) -> TitlePaper:
    shown, words = one.person.shown, titles(Teacher)
    return TitlePaper(
        name=shown["name"],
        teacher_no=shown["teacher_no"],
        school=shown["school"],
        identity=tuple((words[name], shown[name]) for name in _IDENTITY),
        sections=tuple(each for each in _sections(one, batch_names) if each.rows),
        hours=tuple(
            Bar(f"{year} 年", float(hours), f"{plain_decimal(hours)} 学时")
            for year, hours in sorted(one.hours.items())
        ),
    )


def _sections(one: TitleFile, batch_names: Mapping[str, str]) -> Iterator[FileSection]:
    yield FileSection("称号", TITLES, tuple(_grant(each) for each in one.grants))
    yield FileSection("骨干级别变化", HELD, tuple(_held(one)))
    recommended: list[Row] = [
        (
            each.nominated_on,
            batch_names.get(each.batch_id, ""),
            each.nominated_by,
            "" if each.lesson_score is None else plain_decimal(each.lesson_score),
            each.contest,
            "；".join(part for part in (each.state_name, each.why) if part),
        )
        for each in one.nominations
    ]
    yield FileSection("推荐与审核", RECOMMENDED, tuple(recommended))
    reviewed: list[Row] = [
        (
            str(each.year),
            REVIEW_NAMES[each.kind],
            OUTCOMES[each.outcome],
            "；".join(each.duties),
            each.reason,
            each.decided_by,
        )
        for each in one.reviews
    ]
    yield FileSection("年度注册与复检", REVIEWED, tuple(reviewed))
    yield FileSection("履职记录", DONE, tuple(_duty(one, each) for each in one.duties))
    vetoed: list[Row] = [
        (str(each.year), each.kind, each.reason, each.lifted_on and f"{each.lifted_on} 解除")
        for each in one.vetoes
    ]
    yield FileSection("一票否决", VETOED, tuple(vetoed))


def _grant(each: Grant) -> Row:
    told = f"{each.state_name}：{each.ended_because}" if each.ended_because else each.state_name
    return (
        each.title,
        each.subject_name,
        each.granted_on or "不详",
        each.ends_on or "不限",
        each.certificate_no,
        "　".join(part for part in (each.document, each.batch) if part),
        told,
    )


def _held(one: TitleFile) -> Iterator[Row]:
    for each in one.person.periods:
        if each.aspect == "backbone":
            until = each.ends_on or "至今"
            yield ("骨干级别", each.value or "无", each.starts_on or "不详", until)


def _duty(one: TitleFile, each: DutyRow) -> Row:
    kinds = {grant.id: grant.kind for grant in one.grants}
    duty = title_rules().kind(kinds[each.grant_id]).duty(each.kind)
    title = duty.title if duty else each.kind
    return (each.done_on, title, each.what, str(each.amount), each.evidence)
