"""结对调查表: the forms of a programme's surveys to be filled in by hand, one sheet a school."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.errors import UserError
from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs
from reports.kit.furniture import CLOSE, Output, Part, Sheet
from reports.kit.paper import A4_LANDSCAPE, Pen
from reports.kit.setting import Signatures, paragraph
from reports.kit.table import CellKind, Column, facts, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.table import Line

BODY = Pen(Role.SONG, 10.5)
ROWS = 10
ROW = 9.5  # millimetres, to write by hand


@dataclass(frozen=True, slots=True)
class SurveyForm:
    """One survey to be asked.

    Attributes:
        title: of the form.
        schools: who is asked; a sheet each.
        columns: what a line asks for.
        note: how it is filled in.
    """

    title: str
    schools: tuple[str, ...]
    columns: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PairSurveys:
    """The forms of a programme; ``programme`` is its name."""

    programme: str
    office: str
    printed_at: datetime
    forms: tuple[SurveyForm, ...]


def build(
    surveys: PairSurveys, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write all forms for all schools as one PDF, each sheet on a page of its own.

    Args:
        surveys: the forms.
        out: the file to write.
        fonts: the fonts of this computer.
        progress: told sheet by sheet; may cancel.
        overwrite: whether a file of that name may be replaced.

    Raises:
        UserError: there is no school to ask; characters no font has, or the file is there.
    """
    count = sum(len(one.schools) for one in surveys.forms)
    if not count:
        raise UserError(
            "pair.no_school", "没有要调查的学校。", "请先登记学校，并填写它们的城乡属性。"
        )
    missing = fonts.missing((name, [name]) for one in surveys.forms for name in one.schools)
    if missing:
        raise no_glyphs(missing)
    output = Output(out, fonts, surveys.printed_at, progress, overwrite)
    sheet = Sheet(f"{surveys.programme}调查表", surveys.office, A4_LANDSCAPE, CLOSE)

    def parts() -> Iterator[Part]:
        for form in surveys.forms:
            for school in form.schools:
                blocks = list(_form(surveys.programme, form, school, fonts, sheet.width))
                yield Part(f"{form.title} {school}", blocks)

    return furniture.write_parts(output, sheet, parts(), count)


def _form(
    programme: str, form: SurveyForm, school: str, fonts: Fonts, width: float
) -> Iterator[Block]:
    yield furniture.title_block(form.title, programme, width)
    yield facts(
        [("单位（章）", school), ("填表日期", "　　年　　月　　日")], fonts, width, across=2
    )
    columns = (Column("序号", CellKind.SHORT), *(Column(title) for title in form.columns))
    blank = ("",) * len(form.columns)
    rows: list[Line] = [(str(number), *blank) for number in range(1, ROWS + 1)]
    yield Block((Gap(2),))
    yield table(columns, rows, fonts, width, least=ROW)
    if form.note:
        yield Block((Gap(1),))
        yield paragraph(form.note, BODY, fonts, width, indent=0)
    yield Block((Gap(2), Signatures(("填表人", "学校负责人", "联系电话"), width)), whole=True)
