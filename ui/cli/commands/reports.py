"""``report list`` and ``report NAME --out FILE``: every paper of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import click

from models.errors import UserError
from models.office.context import Office
from reports.catalogue import papers as catalogue
from reports.catalogue.options import Option, PaperInfo
from reports.catalogue.reading import default_of
from reports.inputs.fonts import fonts_of
from reports.kit.furniture import Output
from ui.cli.session import Session, TerminalProgress

PDF, WORKBOOK = ".pdf", ".xlsx"
FROM_FILE = "@"
_SHORT = ("year", "school", "course", "exam")


@click.group("report")
def report_group() -> None:
    """报表：花名册、名单、通报、统计，印成 PDF 或写成工作簿。"""


@report_group.command("list")
@click.pass_obj
def list_command(session: Session) -> None:
    """全部报表和它们的选项。"""
    found = catalogue.papers()
    with session.office(read_only=True) as office:
        told = [_json(office, info) for info in found]
    session.finish({"ok": True, "reports": told}, "\n".join(_lines(found)))


def _lines(found: tuple[PaperInfo, ...]) -> list[str]:
    """The list as people read it."""
    lines: list[str] = []
    group = ""
    for info in found:
        if info.group != group:
            group = info.group
            lines.append(f"{group}：")
        kinds = "PDF、工作簿" if info.tabled else "PDF"
        lines.append(f"  {info.name:<18}{info.title}（{kinds}）：{info.about}")
        lines += [f"      {_option(one)}" for one in info.options]
    return lines


def _option(one: Option) -> str:
    told = [one.title]
    if one.choices:
        told.append("、".join(f"{choice.key} {choice.title}" for choice in one.choices))
    told += [
        text for text in (one.note, "必填" if one.required and not one.default else "") if text
    ]
    return f"{one.key}：{'；'.join(told)}"


def _json(office: Office, info: PaperInfo) -> dict[str, object]:
    return {
        "name": info.name,
        "title": info.title,
        "about": info.about,
        "group": info.group,
        "formats": ["pdf", "xlsx"] if info.tabled else ["pdf"],
        "options": [
            {
                "key": one.key,
                "title": one.title,
                "kind": str(one.kind),
                "required": one.required,
                "default": default_of(office, one),
                "choices": {choice.key: choice.title for choice in one.choices},
                "note": one.note,
            }
            for one in info.options
        ],
    }


def _run(session: Session, out: Path, option: tuple[str, ...], name: str, **short: object) -> None:
    """Write the paper in the format of the file's ending."""
    given = {key: str(value) for key, value in short.items() if value is not None}
    given |= dict(map(_pair, option))
    with session.office(read_only=True) as office:
        result, text = write_paper(office, name, given, out)
    session.finish({"ok": True, "report": name, "file": str(out), **result}, text)


def write_paper(
    office: Office, name: str, given: Mapping[str, str], out: Path
) -> tuple[dict[str, object], str]:
    """Write a paper in the format of the file's ending; what it is, as JSON and in words.

    Raises:
        UserError: no such paper, a wrong answer, nothing to print, another ending.
        WorldError: the file cannot be written.
    """
    title = catalogue.entry_named(name).info.title
    progress = TerminalProgress()
    match out.suffix.lower():
        case ".pdf":
            fonts = fonts_of(office)
            output = Output(out, fonts, office.store.clock.now(), progress, overwrite=True)
            built = catalogue.build(office, name, given, output)
            told = catalogue.remarks(name, fonts)
            words = "\n".join((f"{title} {built.pages} 页：{out}", *told))
            return {"pages": built.pages, "remarks": told}, words
        case ".xlsx":
            written = catalogue.write_workbook(office, name, given, out, progress, overwrite=True)
            return {"rows": written.rows}, f"{title} {written.rows} 行：{out}"
        case _:
            raise UserError(
                "report.out", f"不会写 {out.name} 这种文件。", "请以 .pdf 或 .xlsx 结尾。"
            )


def _pair(text: str) -> tuple[str, str]:
    """``key=value``; a value ``@FILE`` is the text of a file.

    Raises:
        UserError: no ``=``, or a file that cannot be read.
    """
    key, found, value = text.partition("=")
    if not found:
        raise UserError("report.option", f"选项“{text}”不对。", "请写成 名称=值。")
    if not value.startswith(FROM_FILE):
        return key.strip(), value
    try:
        return key.strip(), Path(value[1:]).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            "report.option_file", f"读不出文件 {value[1:]}。", "应为 UTF-8 编码的文本文件。"
        ) from error


def _command(info: PaperInfo) -> click.Command:
    """The command of one paper; the usual options have short names of their own."""
    keys = {one.key: one for one in info.options}
    shorts = [
        click.Option([f"--{key}"], help=f"{keys[key].title}。") for key in _SHORT if key in keys
    ]
    return click.Command(
        info.name,
        callback=click.pass_obj(partial(_run, name=info.name)),
        params=[
            click.Option(
                ["--out"], required=True, type=click.Path(path_type=Path), help=".pdf 或 .xlsx。"
            ),
            *shorts,
            click.Option(
                ["--option"],
                multiple=True,
                help=f"其他选项，写成 名称=值（值可以是 @文件）：{_others(info)}。",
            ),
        ],
        help=f"{info.title}：{info.about}",
    )


def _others(info: PaperInfo) -> str:
    found = [f"{one.key} {one.title}" for one in info.options if one.key not in _SHORT]
    return "、".join(found) or "无"


for paper in catalogue.papers():
    report_group.add_command(_command(paper))

COMMANDS = (report_group,)
