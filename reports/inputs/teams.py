"""Teams for papers and workbooks: the register and the workload."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from models.entities.display import plain_decimal
from models.errors import UserError
from models.office.context import Office
from models.teams.listing import MemberRow, TeamRow, member_rows, team_rows
from models.teams.registration import team_meant
from models.teams.targets import targets_reached
from models.teams.workload import Workload, workload
from reports.documents.roster import Roster
from reports.documents.team_workload import TeamWorkload
from reports.kit.charts import Bar
from reports.kit.table import CellKind, Column, Row, Section
from reports.kit.wording import plain_date, span
from reports.workbooks.book import ColumnKind, SheetColumn
from reports.workbooks.streaming import Value
from reports.workbooks.table import TableSheet

REGISTER = "辅导团队名册"
_MEMBERS = (
    Column("身份", CellKind.SHORT),
    Column("姓名", CellKind.NAME),
    Column("学校"),
    Column("学段", CellKind.SHORT),
    Column("学科"),
    Column("骨干级别"),
    Column("职称", CellKind.SHORT),
    Column("任职", CellKind.SHORT),
    Column("说明"),
)
_TEAM_FIELDS = (
    "name", "kind", "stage", "subject", "track", "host", "starts_on", "ends_on", "remark",
)  # fmt: skip


def teams_chosen(office: Office, text: str, *, ended: bool = False) -> list[TeamRow]:
    """The team a person names, or all at work where nothing is named.

    Raises:
        UserError: no such team, or there are none.
    """
    rows = team_rows(office, ended=ended or bool(text))
    if text:
        wanted = team_meant(office, text)
        return [row for row in rows if row.id == wanted]
    if not rows:
        raise UserError("team.none", "还没有辅导团队。", "请先在“辅导团队”中组建。")
    return rows


def team_register(office: Office, text: str) -> Roster:
    """The teams with the people who are in them now, as a paper.

    Raises:
        UserError: as ``teams_chosen``.
    """
    teams = teams_chosen(office, text)
    rows: list[Row | Section] = []
    count = 0
    by_team: dict[str, list[MemberRow]] = {}
    for one in member_rows(office, teams[0].id if text else ""):
        if one.current:
            by_team.setdefault(one.team_id, []).append(one)
    for team in teams:
        rows.append(Section(_heading(team)))
        members = by_team.get(team.id, [])
        count += len(members)
        rows += [_member(one) for one in members]
    return Roster(
        title=REGISTER if not text else f"{teams[0].shown['name']}名册",
        scope=f"{as_of_today(office)}　团队 {len(teams)} 个，任职 {count} 人次",
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        columns=_MEMBERS,
        rows=tuple(rows),
    )


def register_sheets(office: Office, text: str) -> list[TableSheet]:
    """The register as a workbook: teams, and all terms of their members.

    Raises:
        UserError: as ``teams_chosen``.
    """
    teams = teams_chosen(office, text, ended=True)
    titles = ("名称", "种类", "学段", "学科", "培训方式", "所在校", "组建日期", "任期至", "备注")
    first = TableSheet(
        title="团队",
        columns=(
            *(SheetColumn(title, 12) for title in titles),
            SheetColumn("负责人", 10),
            SheetColumn("成员", 5, ColumnKind.INTEGER),
            SheetColumn("活动", 5, ColumnKind.INTEGER),
            SheetColumn("结束日期", 8),
            SheetColumn("需要处理", 24),
        ),
        rows=[
            (
                *(one.shown[name] for name in _TEAM_FIELDS),
                "、".join(one.leaders),
                one.members,
                one.activities,
                one.ended_on,
                "；".join(one.doubts),
            )
            for one in teams
        ],
        author=office.identity.name,
        made_at=office.store.clock.now(),
        heading=REGISTER,
        book=REGISTER,
    )
    return [first, _members_sheet(office, teams)]


def team_workload(office: Office, year: int, text: str) -> TeamWorkload:
    """The trainers' year as a paper.

    Raises:
        UserError: no such team, or nobody is a trainer.
    """
    found = _trainers(office, year, text)
    reached = targets_reached(office, year)
    total = (
        "",
        f"合计 {len(found)} 人",
        "",
        "",
        str(sum(one.activities for one in found)),
        plain_decimal(sum((one.hours for one in found), Decimal(0))),
        plain_decimal(sum((one.posted for one in found), Decimal(0))),
        "",
        plain_decimal(sum((one.ledger for one in found), Decimal(0))),
        f"{sum(one.enough for one in found)} 人",
    )
    return TeamWorkload(
        title=f"{year} 年培训者工作量",
        scope=text or "全部团队",
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        facts=tuple((one.target.title, f"{one.words}。") for one in reached[:2]),
        rows=tuple(_load(one) for one in found),
        total=total,
        bars=tuple(
            Bar(one.name, float(one.hours), f"{plain_decimal(one.hours)} 学时")
            for one in found
            if one.hours
        ),
    )


def workload_sheets(office: Office, year: int, text: str) -> list[TableSheet]:
    """The trainers' year as a workbook.

    Raises:
        UserError: as ``team_workload``.
    """
    found = _trainers(office, year, text)
    title = f"{year} 年培训者工作量"
    return [
        TableSheet(
            title="工作量",
            columns=(
                SheetColumn("教师编号", 9, ColumnKind.ID),
                SheetColumn("姓名", 7),
                SheetColumn("学校", 16),
                SheetColumn("团队与身份", 20),
                SheetColumn("活动", 5, ColumnKind.INTEGER),
                SheetColumn("授课学时", 6, ColumnKind.DECIMAL),
                SheetColumn("已入账", 6, ColumnKind.DECIMAL),
                SheetColumn("分项", 24),
                SheetColumn("台账学时", 6, ColumnKind.DECIMAL),
                SheetColumn("达到", 4),
            ),
            rows=[
                (
                    one.teacher_no, one.name, one.school, "、".join(one.teams), one.activities,
                    one.hours, one.posted, kinds_in_words(one), one.ledger,
                    "是" if one.enough else "否",
                )
                for one in found
            ],
            author=office.identity.name,
            made_at=office.store.clock.now(),
            heading=title,
            book=title,
        )
    ]  # fmt: skip


def kinds_in_words(one: Workload) -> str:
    """A trainer's hours kind by kind."""
    return "、".join(f"{title} {plain_decimal(hours)}" for title, hours in one.kinds.items())


def term_in_words(one: MemberRow) -> str:
    """From when to when somebody is in a team."""
    if one.ends_on:
        return span(one.starts_on, one.ends_on)
    return f"{one.starts_on.replace('-', '.')}起" if one.starts_on else ""


def remark_on(one: MemberRow) -> str:
    """What has to be said of somebody's term: exception, end, doubts."""
    told = [f"特例：{one.exception}"] if one.exception else []
    told += [one.ended_because] if one.ended_because else []
    return "；".join((*told, *one.doubts))


def _heading(team: TeamRow) -> str:
    facts = [team.shown[name] for name in ("kind", "stage", "subject", "track", "host")]
    return f"{team.shown['name']}　{'　'.join(one for one in facts if one)}"


def _member(one: MemberRow) -> Row:
    shown = one.shown
    return (
        one.role_title, shown["name"], shown["school"], shown["stage"], shown["subject"],
        shown["backbone"], shown["title"], term_in_words(one), remark_on(one),
    )  # fmt: skip


def _members_sheet(office: Office, teams: Sequence[TeamRow]) -> TableSheet:
    titles = ("团队", "身份", "教师编号", "姓名", "学校", "学段", "学科", "骨干级别", "职称")
    wanted = {one.id for one in teams}

    def rows() -> Iterator[tuple[Value, ...]]:
        for one in member_rows(office):
            if one.team_id in wanted:
                names = ("teacher_no", "name", "school", "stage", "subject", "backbone", "title")
                yield (
                    one.team,
                    one.role_title,
                    *(one.shown[name] for name in names),
                    one.starts_on,
                    one.ends_on,
                    remark_on(one),
                )

    return TableSheet(
        title="成员",
        columns=(
            *(
                SheetColumn(title, 10, ColumnKind.ID if title == "教师编号" else ColumnKind.TEXT)
                for title in titles
            ),
            SheetColumn("任职日期", 8, ColumnKind.DATE),
            SheetColumn("离任日期", 8, ColumnKind.DATE),
            SheetColumn("说明", 20),
        ),
        rows=rows(),
        author=office.identity.name,
        made_at=office.store.clock.now(),
    )


def _trainers(office: Office, year: int, text: str) -> list[Workload]:
    found = workload(office, year, team_meant(office, text) if text else "")
    if not found:
        raise UserError("team.none", "还没有培训者。", "请先在“辅导团队”中登记团队和成员。")
    return found


def _load(one: Workload) -> Row:
    return (
        one.name,
        one.school,
        "、".join(one.teams),
        str(one.activities),
        plain_decimal(one.hours),
        plain_decimal(one.posted),
        kinds_in_words(one),
        plain_decimal(one.ledger),
        "是" if one.enough else "否",
    )


def as_of_today(office: Office) -> str:
    """The day a sheet stands for, in words."""
    return f"截至{plain_date(office.store.clock.today().isoformat())}"
