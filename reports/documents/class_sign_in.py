"""签到表: who signs, one sheet for each session or day, with a few empty rows at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.furniture import CLOSE, Part, Sheet
from reports.kit.paper import A4
from reports.kit.setting import Signatures
from reports.kit.table import CellKind, Column, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.documents.training_class import Sitting, TrainingClass
    from reports.kit.fonts import Fonts
    from reports.kit.table import Row

WHO = (Column("序号", CellKind.SHORT), Column("姓名", CellKind.NAME), Column("学校"))
SIGNED = "　" * 8
"""As wide as a signature."""

ROW = 8.6  # millimetres
SPARE = 3
"""Empty rows for people who come and are not on the list."""


def parts(training: TrainingClass, fonts: Fonts) -> Iterator[Part]:
    """A sheet for each sitting, with a bookmark of its own."""
    sheet = Sheet(f"{training.title}签到表", training.office, A4, CLOSE)
    for sitting in training.sittings:
        title = f"签到表 {sitting.title}"
        yield Part(title, list(_blocks(training, sitting, fonts, sheet.width)), sheet)


def _blocks(
    training: TrainingClass, sitting: Sitting, fonts: Fonts, width: float
) -> Iterator[Block]:
    scope = "　".join(
        text for text in (sitting.title, sitting.topic, training.fact("地点")) if text
    )
    yield furniture.title_block(f"{training.title}签到表", scope, width)
    signing = ("上午签到", "下午签到") if sitting.halves else ("签到", "备注")
    columns = (*WHO, *map(Column, signing))
    cells = (SIGNED, SIGNED) if sitting.halves else (SIGNED, "　　")
    rows: list[Row] = [
        (str(number), one.name, one.school, *cells)
        for number, one in enumerate(training.people, start=1)
    ]
    rows += [("", "", "", *cells)] * SPARE
    yield table(columns, rows, fonts, width, least=ROW)
    signs = Signatures((f"应到 {len(training.people)} 人，实到", "班主任"), width)
    yield Block((Gap(2), signs), whole=True)
