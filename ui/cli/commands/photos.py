"""``photos import FOLDER``: teachers' photos out of a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from models.staff.photo_import import Left, import_photos, plan_photos
from ui.cli.session import Exit, Session, TerminalProgress


@click.group("photos")
def photos_group() -> None:
    """教师照片。"""


@photos_group.command("import")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只看哪些文件对得上，不写入。")
@click.pass_obj
def import_command(session: Session, folder: Path, *, dry_run: bool) -> None:
    """导入文件夹中的照片；文件名用教师编号、身份证号或姓名。"""
    with session.office(read_only=dry_run) as office:
        if dry_run:
            plan = plan_photos(office, folder)
            _finish(session, {"matched": len(plan.matched)}, plan.left, ())
        result = import_photos(office, folder, TerminalProgress())
    counts = {name: result.counts[name] for name in ("new", "changed", "same")}
    _finish(session, counts, result.left, result.remarks)


def _finish(
    session: Session, counts: dict[str, int], left: Sequence[Left], remarks: Sequence[Left]
) -> None:
    said = {"matched": "对得上", "new": "新增", "changed": "更换", "same": "没有变化"}
    lines = ["，".join(f"{said[name]} {count} 人" for name, count in counts.items()) + "。"]
    lines += [f"没有用上：{one.file}（{one.reason}）" for one in left]
    lines += [f"请核对：{one.file}（{one.reason}）" for one in remarks]
    session.finish(
        {
            "ok": not left,
            **counts,
            "left": [{"file": one.file, "reason": one.reason} for one in left],
            "remarks": [{"file": one.file, "remark": one.reason} for one in remarks],
        },
        "\n".join(lines),
        Exit.PROBLEMS if left else Exit.DONE,
    )


COMMANDS = (photos_group,)
