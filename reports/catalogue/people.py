"""名册: who and what the office has, and what it knows of each teacher."""

from __future__ import annotations

from collections.abc import Sequence

from models.errors import UserError
from models.exchange.batches import read_batch
from models.staff.queries import TeacherFilter, teacher_ids
from reports.catalogue.entry import Entry, Order, write
from reports.catalogue.options import THIS_YEAR, Option, OptionKind, PaperInfo
from reports.documents import credit_card, growth_file, import_report, roster
from reports.inputs.growth import growths
from reports.inputs.import_reports import import_report as import_report_of
from reports.inputs.listings import courses_listed, institutions_listed
from reports.inputs.lists import course_list, institution_list, teacher_list
from reports.inputs.rosters import roster as roster_input
from reports.kit.furniture import Built, Output
from reports.workbooks.table import TableSheet

GROUP = "名册与档案"
SCHOOL = Option("school", "学校", OptionKind.SCHOOL, empty="全部学校")
TEACHERS = Option(
    "teachers",
    "教师",
    OptionKind.TEACHERS,
    note="写姓名或教师编号，几人用、隔开；不写就是所选学校的全部教师",
    empty="所选学校的全部教师",
)

IMPORT = Option("import", "哪一次导入", OptionKind.IMPORT, required=True)


def people_of(order: Order) -> list[str]:
    """The teachers named, or all of the school, or all.

    Raises:
        UserError: there is nobody.
    """
    named = order.values.several("teachers")
    if named:
        return list(named)
    school = order.values.text("school")
    wanted = TeacherFilter(equal={"school_id": school})
    ids = teacher_ids(order.office, wanted, "school")
    if not ids:
        raise UserError(
            "paper.nobody",
            "这所学校没有教师。" if school else "名册里还没有教师。",
            "请另选学校。" if school else "请先在“Excel 导入”中导入教师名册。",
        )
    return ids


def scope_of(order: Order, whole: str = "全部") -> str:
    """How titles call those whom the paper covers."""
    return order.values.words.get("teachers") or order.values.words.get("school") or whole


def _roster(order: Order, output: Output) -> Built:
    ids = people_of(order)
    scope = f"{scope_of(order)}教师 {len(ids):,} 人"
    found = roster_input(order.office, ids, "教师花名册", scope)
    return write(roster.build, found, output)


def _roster_tables(order: Order) -> Sequence[TableSheet]:
    masked = not order.values.flag("whole")
    return [teacher_list(order.office, people_of(order), masked=masked)]


def _institutions(order: Order, output: Output) -> Built:
    found = institutions_listed(order.office)
    return write(roster.build, found, output)


def _institution_tables(order: Order) -> Sequence[TableSheet]:
    return [institution_list(order.office)]


def _courses(order: Order, output: Output) -> Built:
    found = courses_listed(order.office, order.values.number("year"))
    return write(roster.build, found, output)


def _course_tables(order: Order) -> Sequence[TableSheet]:
    return [course_list(order.office, order.values.number("year"))]


def _growth(order: Order, output: Output) -> Built:
    found = growths(order.office, people_of(order), progress=order.progress)
    return write(growth_file.build, found, output)


def _card(order: Order, output: Output) -> Built:
    found = growths(order.office, people_of(order), progress=order.progress)
    return write(credit_card.build, found, output, cycle=order.values.text("cycle"))


def _import_report(order: Order, output: Output) -> Built:
    batch = read_batch(order.office, order.values.text("import"))
    return write(import_report.build, import_report_of(order.office, batch), output)


ENTRIES = (
    Entry(
        PaperInfo(
            "roster",
            "教师花名册",
            "全体或一所学校的教师，按学校排列；不印身份证号和电话。",
            GROUP,
            (
                SCHOOL,
                Option(
                    "whole",
                    "工作簿中写全身份证号和电话",
                    OptionKind.FLAG,
                    default="否",
                    note="只影响工作簿；写全的才能再导入",
                ),
            ),
            tabled=True,
        ),
        _roster,
        _roster_tables,
    ),
    Entry(
        PaperInfo(
            "institutions",
            "学校名录",
            "全部学校和单位：类型、城乡、片、教师人数。",
            GROUP,
            tabled=True,
        ),
        _institutions,
        _institution_tables,
    ),
    Entry(
        PaperInfo(
            "courses",
            "培训课程一览",
            "一年办了哪些培训，多少学时，多少人参加、合格。",
            GROUP,
            (Option("year", "年度", OptionKind.YEAR, required=True, default=THIS_YEAR),),
            tabled=True,
        ),
        _courses,
        _course_tables,
    ),
    Entry(
        PaperInfo(
            "credit-card",
            "学分卡",
            "每人一页：一个周期逐年的学时、学分和各项要求。",
            GROUP,
            (
                SCHOOL,
                TEACHERS,
                Option(
                    "cycle", "周期", OptionKind.TEXT, note="如 2021-2025", empty="有记录的最近周期"
                ),
            ),
        ),
        _card,
    ),
    Entry(
        PaperInfo(
            "growth-file",
            "成长档案",
            "单位掌握的每名教师的全部：经历、培训、成绩、证书、验印。",
            GROUP,
            (SCHOOL, TEACHERS),
        ),
        _growth,
    ),
    Entry(
        PaperInfo(
            "import-report",
            "导入报告",
            "一次导入的文件、时间、操作人，新增、更新、未导入各多少行。",
            GROUP,
            (IMPORT,),
        ),
        _import_report,
    ),
)
