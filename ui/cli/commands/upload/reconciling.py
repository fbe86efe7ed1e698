"""``upload reconcile``: the higher system's export against our file, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from models.errors import UserError
from models.uploads.reconciling import (
    FATE_NAMES,
    Choices,
    Fate,
    Reconciled,
    ReconcileRow,
    Reconciliation,
    Side,
    apply_choices,
    chosen,
    reconcile,
)
from ui.cli.named import school_named
from ui.cli.session import Exit, Session, TerminalProgress

_FILE = click.Path(path_type=Path)
_SIDES = [str(one) for one in Side]
_SHOWN = 30


@click.command("reconcile")
@click.argument("file", type=_FILE)
@click.option("--form", default="", help="是哪张上报表；不写则按表头认。")
@click.option("--year", type=int, help="只对这一年；不写则对表里有的各年。")
@click.option("--school", help="只与这所学校的对。")
@click.option("--all", "default", type=click.Choice(_SIDES), default="later",
              help="没有另外写明的，一律以哪边为准。")  # fmt: skip
@click.option("--field", "fields", multiple=True, help="列名=ours、theirs 或 later：这一栏都如此。")
@click.option("--row", "rows", multiple=True, help="编号=…，或 编号/列名=…：这一条如此。")
@click.option("--dry-run", is_flag=True, help="只看，不写入。")
@click.pass_obj
def reconcile_command(
    session: Session, file: Path, form: str, year: int | None, school: str | None, **given: object
) -> None:
    """把上级系统导出的表与本单位的数据对账；写明以哪边为准的，一次写入。"""
    dry_run = bool(given["dry_run"])
    with session.office(read_only=dry_run) as office:
        found = reconcile(
            office,
            file,
            form,
            year=year,
            school_id=school_named(office, school).id if school else "",
            progress=TerminalProgress(),
        )
        choices = _choices(found, given)
        picked = chosen(found, choices)
        done = apply_choices(office, found, choices) if picked and not dry_run else None
    open_ones = len(found.rows) if done is None else len(_open(found, choices))
    session.finish(
        _report(found, choices, done),
        "\n".join(_lines(found, done)),
        Exit.PROBLEMS if open_ones or (done and done.left) else Exit.DONE,
    )


COMMANDS = (reconcile_command,)


def _choices(found: Reconciliation, given: Mapping[str, object]) -> Choices:
    """What the options say, the narrowest first."""
    rows: dict[str, Side] = {}
    fields: dict[str, dict[str, Side]] = {}
    known = {one.id: one for one in found.rows}
    for said in _said(given["fields"]):
        title, side = _pair(said)
        key = _key(found, title)
        for row in found.rows:
            if any(one.key == key for one in row.differences):
                fields.setdefault(row.id, {})[key] = side
    for said in _said(given["rows"]):
        place, side = _pair(said)
        name, _, title = place.partition("/")
        if name not in known:
            raise UserError(
                "reconcile.no_row", f"没有编号为“{name}”的一条。", "请用 --json 看各条的编号。"
            )
        if title:
            fields.setdefault(name, {})[_key(found, title)] = side
        else:
            rows[name] = side
            fields.pop(name, None)
    return Choices(fields, rows, Side(str(given["default"])))


def _said(value: object) -> Sequence[str]:
    return [str(one) for one in value] if isinstance(value, tuple) else []  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _pair(said: str) -> tuple[str, Side]:
    place, _, side = said.rpartition("=")
    if not place or side not in _SIDES:
        raise UserError(
            "reconcile.choice", f"“{said}”看不懂。", "请写成 列名=theirs，或 编号/列名=ours。"
        )
    return place, Side(side)


def _key(found: Reconciliation, title: str) -> str:
    for one in found.form.columns:
        if title in (one.key, one.title):
            return one.key
    raise UserError(
        "reconcile.no_column", f"“{found.form.title}”里没有“{title}”这一栏。", "请核对列名。"
    )


def _open(found: Reconciliation, choices: Choices) -> list[ReconcileRow]:
    """The rows of which something was left for later."""
    return [
        one
        for one in found.rows
        if Side.LATER in {choices.of(one.id, key.key) for key in one.differences}
        or (not one.differences and choices.of(one.id) is Side.LATER)
    ]


def _report(found: Reconciliation, choices: Choices, done: Reconciled | None) -> dict[str, object]:
    return {
        "ok": not found.rows,
        "form": found.form.name,
        "years": list(found.years),
        "same": found.same,
        "counts": {str(fate): found.count(fate) for fate in Fate},
        "rows": [
            {
                "id": one.id,
                "fate": str(one.fate),
                "row": one.number,
                "who": one.caption,
                "message": one.message,
                "takeable": one.takeable,
                "fields": [
                    {**asdict(field), "choice": str(choices.of(one.id, field.key))}
                    for field in one.differences
                ],
                "choice": str(choices.of(one.id)),
            }
            for one in found.rows
        ],
        "notes": list(found.notes),
        "applied": done is not None,
        "changed": done.changed if done else 0,
        "added": done.added if done else 0,
        "resent": done.resent if done else 0,
        "left": list(done.left) if done else [],
    }


def _lines(found: Reconciliation, done: Reconciled | None) -> list[str]:
    counts = "，".join(f"{FATE_NAMES[fate]} {found.count(fate)} 条" for fate in Fate)
    years = "、".join(map(str, found.years))
    lines = [f"“{found.form.title}”{years} 年：相同 {found.same} 条，{counts}。"]
    for one in found.rows[:_SHOWN]:
        said = "；".join(
            f"{field.title} 本单位“{field.ours}” 上级“{field.theirs}”{_why(field.why)}"
            for field in one.differences
        )
        lines.append(f"  {one.id} [{FATE_NAMES[one.fate]}] {one.caption} {said}{one.message}")
    if len(found.rows) > _SHOWN:
        lines.append(f"  共 {len(found.rows)} 条（用 --json 可看每一条）。")
    if done:
        lines.append(f"已改 {done.changed} 条，补 {done.added} 条，下次重报 {done.resent} 条。")
        lines += [f"  {one}" for one in done.left]
    return [*lines, *found.notes]


def _why(why: str) -> str:
    return f"（不能取上级的：{why}）" if why else ""
