"""What the certificates' page has done on the lanes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.certificates import issuing, replacing
from models.certificates.issuing import Issued
from models.certificates.kinds import kind_named, list_entity
from models.certificates.series import next_number
from models.certificates.wishes import Holder, Wish, plan_issue
from models.exchange.holder_list import read_holder_list, read_pasted_holders
from models.office.context import Office
from models.progress import Progress
from models.staff.institutions import institution_rows
from models.staff.queries import TeacherFilter, teacher_ids
from models.store.operations import Operation
from reports.inputs.certificate_forms import listed_forms
from reports.inputs.issue_checks import fitting
from reports.workbooks.template import write_template

IN_POST = "01"


@dataclass(frozen=True, slots=True)
class Source:
    """Whom certificates are for, as the person chose it.

    Attributes:
        kind: key of the kind.
        course_id: those who passed a course; "" for none.
        file: those whom a workbook names; None for none.
        pasted: those whom pasted cells name; "" for none. With none of these: all in post.
        batch, year, facts: what all of them say.
    """

    kind: str
    course_id: str = ""
    file: Path | None = None
    pasted: str = ""
    batch: str = ""
    year: int | None = None
    facts: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What would come of an issue.

    Attributes:
        wish: those who can get one.
        due, before: how many get one; how many have one already.
        refused: who cannot get one, and why: name or line, and the reason.
        first: the first number, "" where nobody gets one.
    """

    wish: Wish
    due: int
    before: int
    refused: tuple[tuple[str, str], ...]
    first: str


def preview_issue(office: Office, _progress: Progress, source: Source) -> Preview:
    """Weigh everybody; nothing is written.

    Raises:
        UserError: a workbook without a list, a fact that cannot be read, nobody named.
    """
    wish, told = _wish(office, source)
    if told and not wish.holders:
        return Preview(wish, 0, 0, told, "")
    plan = fitting(office, plan_issue(office, wish))
    refused = (*told, *((one.name, one.reason) for one in plan.refused))
    return Preview(
        replace(wish, holders=[one.holder for one in plan.due]),
        len(plan.due),
        plan.before,
        refused,
        next_number(office, source.kind, plan.batch) if plan.due else "",
    )


def issue(office: Office, _progress: Progress, wish: Wish) -> Issued:
    """Issue what was previewed."""
    return issuing.issue(office, wish, fitting)


def save_template(office: Office, progress: Progress, kind: str, out: Path) -> Path:
    """Write an empty list of holders to be filled in."""
    names = [row.shown["name"] for row in institution_rows(office)]
    entity = list_entity(kind_named(kind).key)
    write_template(out, entity, office.codes, progress, institutions=names, overwrite=True)
    return out


def declare_void(
    office: Office, _progress: Progress, certificate_id: str, reason: str
) -> Operation:
    """Declare a certificate void for a reason."""
    return issuing.void(office, certificate_id, reason)


def issue_anew(
    office: Office,
    _progress: Progress,
    certificate_id: str,
    reason: str,
    facts: Mapping[str, str],
) -> Issued:
    """Declare a certificate void and issue it under a new number with other facts."""
    return replacing.replace(office, certificate_id, reason, facts)


def form_choices(
    office: Office, _progress: Progress, kind: str, institution_id: str
) -> dict[str, str]:
    """Name and title of the forms a kind can be printed on: its own, then the office's."""
    found = kind_named(kind)
    usual = found.form_for(institution_id)
    names = (usual,) if found.booklet or institution_id else (usual, *found.forms)
    listed = {one.name: one for one in listed_forms(office)}
    own = [one.name for one in listed.values() if one.own and not one.shipped]
    return {name: listed[name].title for name in (*names, *own) if name in listed}


def _wish(office: Office, source: Source) -> tuple[Wish, tuple[tuple[str, str], ...]]:
    """The wish, and the lines of the list that were not understood."""
    facts = source.facts or {}
    if source.course_id:
        wish = issuing.course_wish(office, source.course_id, source.kind)
        return replace(wish, batch=source.batch, facts={**wish.facts, **facts}), ()
    holders, told = _holders(office, source)
    wish = Wish(source.kind, holders, batch=source.batch, year=source.year, facts=facts)
    return wish, told


def _holders(
    office: Office, source: Source
) -> tuple[Sequence[Holder], tuple[tuple[str, str], ...]]:
    if source.file is not None or source.pasted:
        kind = kind_named(source.kind)
        if source.file is not None:
            gathered = read_holder_list(office, source.file, kind)
        else:
            gathered = read_pasted_holders(office, source.pasted, kind)
        return gathered.holders, tuple(
            (f"第 {one.row} 行", one.message) for one in gathered.problems
        )
    in_post = teacher_ids(office, TeacherFilter(equal={"status": IN_POST}))
    return [Holder(teacher_id=one) for one in in_post], ()
