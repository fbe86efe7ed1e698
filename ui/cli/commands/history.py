"""``history`` and ``undo``: what was done, and taking it back."""

from __future__ import annotations

import click

from models.store.history import history
from models.store.undo import undo
from ui.cli.session import Session

_LIMIT = 50


@click.command("history")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=_LIMIT,
    show_default=True,
    help="最多列出多少条。",
)
@click.pass_obj
def history_command(session: Session, limit: int) -> None:
    """列出做过的操作，最近的在前。"""
    with session.office(read_only=True) as office:
        steps = history(office.store, limit)
    rows = [
        {
            "id": step.id,
            "kind": step.kind,
            "title": step.title,
            "person": step.person,
            "at": step.at,
            "counts": {label: dict(counted) for label, counted in step.counts.items()},
            "undone": step.undone,
            "undoable": step.undoable,
        }
        for step in steps
    ]
    lines = [
        f"{step.at[:19].replace('T', ' ')}  {step.id}  {step.title}"
        f"{'（已撤销）' if step.undone else ''}"
        for step in steps
    ]
    session.finish({"operations": rows}, "\n".join(lines) or "还没有操作记录。")


@click.command("undo")
@click.argument("operation_id")
@click.pass_obj
def undo_command(session: Session, operation_id: str) -> None:
    """撤销一次操作，整次导入也可以；撤销本身也能再撤销。"""
    with session.office() as office:
        operation = undo(office.store, operation_id)
    session.finish({"ok": True, "operation": operation.id, "undid": operation_id}, "已撤销。")


COMMANDS = (history_command, undo_command)
