"""考场签到表: who is to come, who signs, who stays away, who invigilated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.furniture import Margins, Part, Sheet
from reports.kit.paper import A4
from reports.kit.setting import Signatures
from reports.kit.table import CellKind, Column, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.documents.exam_day import ExamDay, ExamRoom
    from reports.kit.fonts import Fonts
    from reports.kit.table import Row

EDGES = Margins(15, 12, 15, 15)
COLUMNS = (
    Column("座号", CellKind.SHORT),
    Column("准考证号", CellKind.SHORT),
    Column("姓名", CellKind.NAME),
    Column("学校"),
    Column("签名"),
    Column("备注"),
)
SIGNED = "　" * 7
NOTED = "　" * 4
LOWEST, HIGHEST = 6.4, 9.0  # millimetres of a row
BESIDE = 52.0  # of the page: title, head of the table, signatures


def parts(day: ExamDay, room: ExamRoom, fonts: Fonts) -> Iterator[Part]:
    """The sheet as one part."""
    title = f"{day.title}考场签到表"
    sheet = Sheet(title, day.office, A4, EDGES)
    where = room.place or day.place
    scope = "　".join(text for text in (room.whole_title, where, day.when) if text)
    rows: list[Row] = [
        (str(one.seat), one.admission_no, one.name, one.school, SIGNED, NOTED)
        for one in room.people
    ]
    least = max(LOWEST, min(HIGHEST, (sheet.room - BESIDE) / len(rows)))
    count = f"应到 {len(rows)} 人，实到"
    signs = (
        Signatures((count, "缺考", "缺考座号"), sheet.width, 10),
        Signatures(("监考员", "监考员", "主考"), sheet.width, 12),
    )
    yield Part(
        f"{room.title}签到表",
        [
            furniture.title_block(title, scope, sheet.width),
            table(COLUMNS, rows, fonts, sheet.width, least=least),
            Block((Gap(1), *signs), whole=True),
        ],
        sheet,
    )
