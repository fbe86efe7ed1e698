"""``certificate calibration``, and ``--printer --tray``: files moved as a tray needs them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import click

from models.errors import UserError
from models.office.context import Office
from models.office.printers import Tray, paper_name, tray_of, trays
from reports.inputs.calibration import draw_calibration
from reports.kit.paper import Size
from reports.kit.saving import check_free
from ui.cli.session import Session

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*[x×*]\s*(\d+(?:\.\d+)?)")
_SMALLEST, _LARGEST = 80, 1200
"""Millimetres of a sheet that has room for the crosses, and that any printer takes."""
_OPTIONS = (
    click.option(
        "--printer", default="", help="按这台打印机的校准移动和缩放，名称同“打印机”设置。"
    ),
    click.option("--tray", default="", help="哪个纸盒；打印机只校准过一个纸盒时可以不写。"),
)
_Body = Callable[..., None]


def with_tray(body: _Body) -> _Body:
    """Give a command the options that name a printer and its tray."""
    for option in reversed(_OPTIONS):
        body = option(body)
    return body


def calibrated(office: Office, printer: str, tray: str, size: Size) -> Tray | None:
    """What puts prints of a sheet of that size right; None where no printer is named.

    Raises:
        UserError: a tray without a printer; one that was never calibrated, or not for that sheet;
            several trays of the printer were and none is named.
    """
    if not printer:
        if tray:
            raise UserError("usage", "写了纸盒，没有写打印机。", "请同时写 --printer。")
        return None
    known = [one for one in trays(office) if one.printer == printer]
    names = list(dict.fromkeys(one.tray for one in known))
    if not tray and len(names) == 1:
        tray = names[0]
    found = tray_of(office, printer, tray, paper_name(*size))
    if not found.measured_on:
        raise _not_calibrated(office, found)
    return found


def told(tray: Tray | None) -> dict[str, object] | None:
    """A tray as other programs read it."""
    if tray is None:
        return None
    right, down, wider, taller = tray.factors
    return {
        "printer": tray.printer,
        "tray": tray.tray,
        "paper": tray.paper,
        "right": right,
        "down": down,
        "wider": wider,
        "taller": taller,
    }


@click.command("calibration")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="写到这个 PDF。")
@click.option("--paper", default="210x297", show_default=True, help="纸张：宽x高，毫米。")
@click.option("--overwrite", is_flag=True, help="允许覆盖已有的文件。")
@with_tray
@click.pass_obj
def calibration_command(
    session: Session, out: Path, paper: str, printer: str, tray: str, *, overwrite: bool
) -> None:
    """写一张打印校准页：两个十字和毫米尺；写 --printer 时按已有的校准移动，用来检查。"""
    size = _size(paper)
    check_free(out, overwrite=overwrite)
    with session.office(read_only=True) as office:
        found = calibrated(office, printer, tray, size)
        wanted = draw_calibration(office, found or Tray("", ""), size, out, moved=found is not None)
    crosses = [[float(one.x), float(one.y)] for one in wanted if one is not None]
    session.finish(
        {"ok": True, "file": str(out), "paper": paper_name(*size), "crosses": crosses,
         "tray": told(found)},
        f"打印校准页已写到 {out}。请按实际大小打印，量两个十字，在窗口的“设置—打印机”里填写。",
    )  # fmt: skip


COMMANDS: tuple[click.Command, ...] = (calibration_command,)


def _not_calibrated(office: Office, tray: Tray) -> UserError:
    known = "；".join(
        " ".join(part for part in (one.printer, one.tray, one.paper) if part)
        for one in trays(office)
    )
    where = " ".join(part for part in (tray.printer, tray.tray) if part)
    return UserError(
        "printer.not_calibrated",
        f"“{where}”没有校准过（纸张 {tray.paper}）。",
        f"校准过的有：{known}。" if known else "请先在窗口的“设置—打印机”里校准。",
    )


def _size(text: str) -> Size:
    found = _SIZE.fullmatch(text.strip())
    sides = [float(one) for one in found.groups()] if found else []
    if not sides or not all(_SMALLEST <= one <= _LARGEST for one in sides):
        raise UserError(
            "usage",
            f"纸张“{text}”看不懂，或太小、太大。",
            f"请写成 宽x高（{_SMALLEST} 到 {_LARGEST} 毫米），如 210x297。",
        )
    return Size(*sides)
