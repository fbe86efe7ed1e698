"""学员名单: what the class is, and who is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.furniture import CLOSE, Part, Sheet
from reports.kit.paper import A4
from reports.kit.table import CellKind, Column, facts, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.documents.training_class import TrainingClass
    from reports.kit.fonts import Fonts
    from reports.kit.table import Row

COLUMNS = (
    Column("序号", CellKind.SHORT),
    Column("姓名", CellKind.NAME),
    Column("性别", CellKind.SHORT),
    Column("学校"),
    Column("学段", CellKind.SHORT),
    Column("任教学科"),
    Column("职称", CellKind.SHORT),
    Column("备注"),
)


def parts(training: TrainingClass, fonts: Fonts) -> Iterator[Part]:
    """The list as one part."""
    title = f"{training.title}学员名单"
    sheet = Sheet(title, training.office, A4, CLOSE)
    width = sheet.width
    blocks = [
        furniture.title_block(title, f"共 {len(training.people)} 人", width),
        *([facts(training.facts, fonts, width, across=2)] if training.facts else []),
        Block((Gap(3),)),
        table(COLUMNS, rows(training), fonts, width),
    ]
    yield Part("学员名单", blocks, sheet)


def rows(training: TrainingClass) -> list[Row]:
    """Everybody with a running number."""
    return [
        (str(number), one.name, one.sex, one.school, one.stage, one.subject, one.title, "")
        for number, one in enumerate(training.people, start=1)
    ]
