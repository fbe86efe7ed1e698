"""``upload counties read|table|build``: what counties hand in to a city's office."""

from __future__ import annotations

from pathlib import Path

import click

from models.uploads.building import build
from models.uploads.catalogue import form_named
from models.uploads.counties import (
    CountyFile,
    CountyLine,
    county_rows,
    county_table,
    read_county,
    take_counties,
)
from models.uploads.drafting import UploadRefusedError
from models.uploads.rows import Wish
from ui.cli.amounts import number
from ui.cli.commands.upload.building import finish_build, refused_build
from ui.cli.session import Exit, Session, TerminalProgress

_FILE = click.Path(path_type=Path)
_SHOWN = 10


@click.group("counties")
def counties_group() -> None:
    """市级单位：收各县的表，放在一起比较，汇总上报。"""


@counties_group.command("read")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--form", default="", help="是哪张上报表；不写则按表头认。")
@click.option("--region", default="", help="县的行政区划代码；不写则按表里和文件名认。")
@click.option("--year", type=int, help="年度；表里没有年度的要写。")
@click.option("--dry-run", is_flag=True, help="只看，不写入。")
@click.pass_obj
def read_command(
    session: Session, files: tuple[Path, ...], form: str, region: str, **given: int | None
) -> None:
    """读入县里报来的表；同一个县同一年的，新的代替旧的。"""
    with session.office(read_only=bool(given["dry_run"])) as office:
        found = [
            read_county(office, one, form, region, given["year"], TerminalProgress())
            for one in files
        ]
        good = [one for one in found if not one.trouble]
        if good and not given["dry_run"]:
            take_counties(office, good)
    clean = all(not one.trouble and not one.problems for one in found)
    session.finish(
        {"ok": clean, "files": [_file(one) for one in found]},
        "\n".join(line for one in found for line in _told(one)),
        Exit.DONE if clean else Exit.PROBLEMS,
    )


@counties_group.command("table")
@click.argument("form")
@click.option("--year", type=int, required=True, help="年度。")
@click.pass_obj
def table_command(session: Session, form: str, year: int) -> None:
    """各县放在一起：行数、人数、各栏合计，连同上年。"""
    with session.office(read_only=True) as office:
        found = county_table(office, form_named(office, form), year)
    titles = dict(found.columns)
    session.finish(
        {
            "form": found.form.name,
            "year": found.year,
            "columns": [{"key": name, "title": title} for name, title in found.columns],
            "counties": [_line(one) for one in found.lines],
            "total": _line(found.total),
            "before": [_line(one) for one in found.before.values()],
            "missing": [one.county for one in found.lines if not one.received_on],
        },
        "\n".join(
            f"{one.county}  {one.rows} 行  "
            + "  ".join(f"{titles[name]} {amount}" for name, amount in one.sums.items())
            + ("" if one.received_on or not one.region else "未报")
            for one in (*found.lines, found.total)
        ),
    )


@counties_group.command("build")
@click.argument("form")
@click.option("--year", type=int, required=True, help="年度。")
@click.option("--out", type=_FILE, required=True, help="写到这个文件或文件夹。")
@click.option("--from", "source", default="", help="由县里的哪张表汇总；不写则是同一张。")
@click.pass_obj
def build_command(session: Session, form: str, year: int, out: Path, source: str) -> None:
    """用各县报来的表生成报省里的工作簿。"""
    with session.office() as office:
        chosen = form_named(office, form)
        rows = county_rows(office, form_named(office, source or form), year)
        try:
            built = build(office, chosen, Wish(year), out, TerminalProgress(), rows)
        except UploadRefusedError as refused:
            refused_build(session, chosen, refused)
        else:
            finish_build(session, built.draft, built)


COMMANDS = (counties_group,)


def _file(one: CountyFile) -> dict[str, object]:
    return {
        "file": str(one.path),
        "form": one.form.name,
        "year": one.year,
        "region": one.region,
        "county": one.county,
        "row_count": one.rows,
        "problems": list(one.problems),
        "trouble": one.trouble,
        "replaces": one.replaces,
    }


def _told(one: CountyFile) -> list[str]:
    if one.trouble:
        return [f"{one.path.name}：没有收下，{one.trouble}。"]
    again = f"（代替 {one.replaces} 收的）" if one.replaces else ""
    head = f"{one.path.name}：{one.county} {one.year} 年“{one.form.title}” {one.rows} 行{again}"
    lines = [head, *(f"  {said}" for said in one.problems[:_SHOWN])]
    if len(one.problems) > _SHOWN:
        lines.append(f"  共 {len(one.problems)} 处（用 --json 可看每一处）。")
    return lines


def _line(one: CountyLine) -> dict[str, object]:
    return {
        "region": one.region,
        "county": one.county,
        "received_on": one.received_on,
        "row_count": one.rows,
        "people": one.people,
        "sums": {name: number(amount) for name, amount in one.sums.items()},
    }
