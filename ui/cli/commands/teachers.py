"""``teachers find|show``: the register."""

from __future__ import annotations

import click

from models.entities.describe import titles
from models.staff.biography import read_biography
from models.staff.queries import TeacherFilter, teacher_ids, teacher_rows
from models.staff.records import Teacher
from models.staff.search import read_search_index
from ui.cli.days import read_day
from ui.cli.named import teacher_of
from ui.cli.session import Session

_FIND_LIMIT = 50


@click.group("teachers")
def teachers_group() -> None:
    """查找和查看教师。"""


@teachers_group.command("find")
@click.argument("query")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=_FIND_LIMIT,
    show_default=True,
    help="最多列出多少人。",
)
@click.option("--unmask", is_flag=True, help="显示完整的身份证号和电话。")
@click.pass_obj
def find_command(session: Session, query: str, limit: int, *, unmask: bool) -> None:
    """按姓名、拼音、首字母、身份证后四位、电话、编号或学校查找。"""
    with session.office(read_only=True) as office:
        hits = read_search_index(office).find(query)
        ids = teacher_ids(office, TeacherFilter(ids=hits))
        rows = teacher_rows(office, ids[:limit], masked=not unmask)
    lines = [f"共 {len(ids)} 人"]
    lines += [
        "  ".join(row.shown[name] for name in ("teacher_no", "name", "sex", "school", "id_number"))
        for row in rows
    ]
    session.finish(
        {"total": len(ids), "teachers": [dict(row.shown) for row in rows]}, "\n".join(lines)
    )


@teachers_group.command("show")
@click.argument("teacher_no")
@click.option("--as-of", "as_of", help="某一天的情况，如 2024-09-01。")
@click.option("--unmask", is_flag=True, help="显示完整的身份证号和电话。")
@click.pass_obj
def show_command(session: Session, teacher_no: str, as_of: str | None, *, unmask: bool) -> None:
    """查看一名教师，也可以看某一天的情况。"""
    day = None if as_of is None else read_day(as_of).isoformat()
    with session.office(read_only=True) as office:
        teacher_id = teacher_of(office, teacher_no)
        biography = read_biography(office, teacher_id, day, masked=not unmask)
    periods = [
        {
            "aspect": one.aspect,
            "value": one.value,
            "starts_on": one.starts_on,
            "ends_on": one.ends_on,
        }
        for one in biography.periods
    ]
    heads = titles(Teacher)
    lines = [f"{heads[name]}：{value}" for name, value in biography.shown.items() if value]
    lines += [
        f"{heads[one.aspect]}：{one.value}（{one.starts_on or '…'} 至 {one.ends_on or '今'}）"
        for one in biography.periods
    ]
    text = "\n".join(lines)
    session.finish({**biography.shown, "as_of": day, "periods": periods}, text)


COMMANDS = (teachers_group,)
