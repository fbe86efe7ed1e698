"""What the tab of collecting has written on the writer lane."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from models.collecting.answers import Answers, take_answers
from models.collecting.questions import settle
from models.collecting.returning import ReturnFile, write_returns
from models.collecting.rounds import ASKED, TemplateWish
from models.collecting.templates import Templates, write_templates
from models.errors import UserError
from models.exchange.plans import ImportKind
from models.office.context import Office
from models.progress import Progress
from models.staff.directory import read_directory
from models.store.operations import Operation
from ui.desktop.widgets.answers import day_of, whole_of

Texts = Mapping[str, str]


def wish_of(office: Office, _progress: Progress, texts: Texts) -> TemplateWish:
    """What templates the texts of the window ask for."""
    year = whole_of(texts["year"])
    if year is None:
        raise UserError("collect.year", "没有写年度。", "请填如 2025。")
    return TemplateWish(
        year=year,
        kinds=tuple(ImportKind(one) for one in texts["kinds"].split(",")) or ASKED,
        due=date.fromisoformat(day_of(office, texts["due"])) if texts["due"] else None,
        school_ids=_schools(office, texts["schools"]),
        full_ids=texts["full"] == "full",
    )


def make_templates(
    office: Office, progress: Progress, wish: TemplateWish, folder: Path
) -> Templates:
    """Write one workbook a school."""
    return write_templates(office, wish, folder, progress)


def take(
    office: Office,
    progress: Progress,
    answers: Answers,
    also: Collection[Path],
    without: Collection[Path],
) -> Operation:
    """Write what the good rows say and keep the open questions."""
    return take_answers(office, answers, also, without, progress)


def give_back(
    office: Office, progress: Progress, round_id: str, folder: Path, school_id: str = ""
) -> list[ReturnFile]:
    """Write the bad rows back, one workbook a school."""
    return write_returns(office, round_id, folder, school_id, progress)


def mark_settled(
    office: Office, _progress: Progress, ids: Sequence[str], *, back: bool = False
) -> Operation:
    """Mark questions as dealt with, or open them again."""
    return settle(office, ids, back=back)


def _schools(office: Office, text: str) -> tuple[str, ...]:
    """The schools that were named, between 、; () for all."""
    directory = read_directory(office)
    found: list[str] = []
    for name in filter(None, (one.strip() for one in text.replace("，", "、").split("、"))):
        school = directory.find(name)
        if school is None:
            raise UserError("collect.school", f"机构名录里没有“{name}”。", "请核对学校名称或简称。")
        found.append(school.id)
    return tuple(found)
