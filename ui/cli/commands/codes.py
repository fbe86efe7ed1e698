"""``codes``: the code tables and the names they know."""

from __future__ import annotations

import click

from models.errors import UserError
from ui.cli.session import Session


@click.command("codes")
@click.argument("table", required=False)
@click.pass_obj
def codes_command(session: Session, table: str | None) -> None:
    """列出代码表，或一张代码表的条目。"""
    with session.office(read_only=True) as office:
        if table is None:
            titles = {name: office.codes[name].title for name in office.codes}
            text = "\n".join(f"{name}  {title}" for name, title in titles.items())
            session.finish({"tables": titles}, text)
            return
        if table not in office.codes:
            raise UserError("codes.no_table", f"没有名为“{table}”的代码表。", "请用 codes 查看。")
        entries = [
            {"code": one.code, "name": one.name, "aliases": list(one.aliases)}
            for one in office.codes[table]
        ]
    lines = [f"{one['code']}  {one['name']}" for one in entries]
    session.finish({"table": table, "entries": entries}, "\n".join(lines))


COMMANDS = (codes_command,)
