"""Workbooks of mentoring programmes: survey forms to fill in, proposals to look at and change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from models.entities.describe import columns
from models.mentoring.costs import Person
from models.mentoring.kinds import PART_NAMES, SIDE_NAMES, SurveyKind
from models.mentoring.programmes import Programme, programme
from models.mentoring.proposing import Proposal
from models.mentoring.records import PairLine, SurveyLine
from models.mentoring.surveys import asked_schools, survey_of
from models.office.context import Office
from models.progress import Progress
from models.text.file_names import file_name_of
from reports.workbooks.table import ColumnKind, SheetColumn, TableSheet, Written, write_tables

EMPTY_LINES = 30
"""Lines of a form that wait for somebody; the school stands in them already."""
_LABEL = "正在写调查表"


def write_survey_forms(
    office: Office, programme_id: str, folder: Path, progress: Progress, survey: str = ""
) -> list[Path]:
    """Write one workbook for each school with the forms it is asked to fill in.

    Args:
        office: the office.
        programme_id: of which programme.
        folder: where to; files of the same names are replaced.
        progress: told of each school; may cancel.
        survey: only this form, "" for all of the programme.

    Raises:
        UserError: no such form.
        WorldError: the folder cannot be written.
    """
    found = programme(office, programme_id)
    forms = [survey_of(found, one) for one in ([survey] if survey else found.kind.surveys)]
    wanted: dict[str, tuple[str, list[SurveyKind]]] = {}
    for form in forms:
        for one in asked_schools(office, programme_id, form.id):
            wanted.setdefault(one.school_id, (one.school, []))[1].append(form)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for place, (school, asked) in enumerate(wanted.values()):
        progress.step(place, len(wanted), _LABEL)
        path = folder / f"{file_name_of(f'{found.code}-{school}')}.xlsx"
        sheets = [_form(office, found, form, school) for form in asked]
        write_tables(path, sheets, Progress(), overwrite=True)
        written.append(path)
    progress.report(len(wanted), len(wanted), _LABEL)
    return written


def write_proposal(
    office: Office, proposal: Proposal, path: Path, progress: Progress, *, overwrite: bool = False
) -> Written:
    """Write a proposal: the pairs with their reasons, who is left over, and who cannot be paired.

    The first sheet may be changed and taken in again.

    Raises:
        UserError: the file is there.
        WorldError: the file cannot be written.
    """
    sheets = [
        _pairs(office, proposal),
        _left_over(office, proposal),
        _excluded(office, proposal),
    ]
    return write_tables(path, sheets, progress, overwrite=overwrite)


def _form(office: Office, found: Programme, form: SurveyKind, school: str) -> TableSheet:
    described = columns(SurveyLine)
    shown = ("school", *form.fields)
    choices = {"side": tuple(SIDE_NAMES.values()), "stage": tuple(office.codes["stage"].names())}
    blank = [None] * len(form.fields)
    return TableSheet(
        form.name,
        tuple(
            SheetColumn(described[name].title, described[name].width, choices=choices.get(name, ()))
            for name in shown
        ),
        [[school, *blank]] * EMPTY_LINES,
        office.identity.name,
        office.store.clock.now(),
        heading=f"{found.name} {form.name}（没有的请在备注里写“无”）",
        book=f"{found.name}调查表",
    )


def _pairs(office: Office, proposal: Proposal) -> TableSheet:
    described = columns(PairLine)
    rules = proposal.crowd.rules
    rows = [
        [
            one.mentor.no, one.mentor.name, one.mentor.school.name, one.mentor.title,
            one.mentee.no, one.mentee.name, one.mentee.school.name,
            rules.words(one.mentee.subjects), rules.stages.get(one.mentee.stage, ""), one.cost,
            "；".join(one.why), "是" if one.fixed else "否",
        ]
        for one in proposal.matching.pairs
    ]  # fmt: skip
    return _sheet(
        office, proposal, "师徒",
        (
            SheetColumn(described["mentor_no"].title, 9, ColumnKind.ID),
            SheetColumn(described["mentor"].title, 7), SheetColumn("师傅单位", 16),
            SheetColumn("称号", 10), SheetColumn(described["mentee_no"].title, 9, ColumnKind.ID),
            SheetColumn(described["mentee"].title, 7), SheetColumn("徒弟单位", 16),
            SheetColumn("学科", 7), SheetColumn("学段", 4),
            SheetColumn("代价", 4, ColumnKind.INTEGER), SheetColumn("理由", 40),
            SheetColumn(described["fixed"].title, 4, choices=("是", "否")),
        ),
        rows,
    )  # fmt: skip


def _left_over(office: Office, proposal: Proposal) -> TableSheet:
    rows = [[*_who(one.mentee), one.why, one.hint] for one in proposal.matching.unmatched]
    return _sheet(office, proposal, "未配上", (*_WHO, *_WHY), rows)


def _excluded(office: Office, proposal: Proposal) -> TableSheet:
    rows = [
        [one.no, one.name, PART_NAMES[one.part], one.why, one.hint]
        for one in proposal.crowd.excluded
    ]
    return _sheet(office, proposal, "不能结对", (*_WHO[:2], SheetColumn("作为", 4), *_WHY), rows)


_WHO = (SheetColumn("教师编号", 9, ColumnKind.ID), SheetColumn("姓名", 7), SheetColumn("单位", 16))
_WHY = (SheetColumn("原因", 36), SheetColumn("怎么办", 30))


def _who(one: Person) -> list[str]:
    return [one.no, one.name, one.school.name]


def _sheet(
    office: Office,
    proposal: Proposal,
    title: str,
    shown: tuple[SheetColumn, ...],
    rows: Sequence[Sequence[str | int]],
) -> TableSheet:
    return TableSheet(
        title, shown, rows, office.identity.name, office.store.clock.now(), total=len(rows),
        book=f"{proposal.programme.name}师徒匹配",
    )  # fmt: skip
