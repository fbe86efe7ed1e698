"""What two rule packs say of the office's people, as a list for a workbook."""

from __future__ import annotations

from collections.abc import Iterator

from models.office.context import Office
from models.staff.institutions import institution_rows
from models.verdicts.comparing import Changing, Comparison
from reports.workbooks.book import SheetColumn
from reports.workbooks.table import TableSheet

STATES = {True: "达标", False: "未达标", None: "不考核"}
"""What a pack says of a teacher."""
_SEVERAL = "、"


def comparison_list(office: Office, found: Comparison) -> TableSheet:
    """The teachers whose verdict changes, with what each pack says of them."""
    schools = {row.id: row.shown["name"] for row in institution_rows(office)}

    def rows() -> Iterator[tuple[str, ...]]:
        return (_row(one, schools.get(one.person.school_id or "", "")) for one in found.changing)

    return TableSheet(
        title="两套规则比较",
        columns=(
            SheetColumn("教师编号", 8),
            SheetColumn("姓名", 6),
            SheetColumn("学校", 16),
            SheetColumn("甲", 5),
            SheetColumn("乙", 5),
            SheetColumn("按甲未达到", 24),
            SheetColumn("按乙未达到", 24),
        ),
        rows=rows(),
        author=office.identity.name,
        made_at=office.store.clock.now(),
        total=len(found.changing),
        heading=_heading(found),
    )


def _heading(found: Comparison) -> str:
    return (
        f"{found.period.label} 甲：{found.a.title}；乙：{found.b.title}。"
        f"两套都达标 {len(found.both):,} 人，只按甲达标 {len(found.only_a):,} 人，"
        f"只按乙达标 {len(found.only_b):,} 人，都不达标 {len(found.neither):,} 人"
    )


def _row(one: Changing, school: str) -> tuple[str, ...]:
    return (
        one.person.teacher_no,
        one.person.name,
        school,
        STATES[one.met_a],
        STATES[one.met_b],
        _SEVERAL.join(one.lacking_a),
        _SEVERAL.join(one.lacking_b),
    )
