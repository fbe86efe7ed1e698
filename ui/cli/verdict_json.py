"""Verdicts as other programs read them."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from models.errors import WorldError
from models.verdicts.board import Board, Judged, Result
from models.verdicts.explaining import Explained
from models.verdicts.weighing import Weighed
from ui.cli.amounts import number


def _figures(result: Result) -> dict[str, object]:
    return {
        "applies": result.applies,
        "required": number(result.required),
        "achieved": number(result.achieved),
        "missing": number(result.missing),
        "unit": result.unit,
        "met": result.met,
    }


def explained_json(one: Explained) -> dict[str, object]:
    """One requirement of one teacher, with the entries that were weighed."""
    return {
        "id": one.result.id,
        "title": one.title,
        "clause": one.clause,
        "quote": one.quote,
        **_figures(one.result),
        "parts": [
            {
                "period": part.label,
                "required": number(part.required),
                "achieved": number(part.achieved),
                "met": part.met,
            }
            for part in one.parts
        ],
        "counted": [_weighed(each) for each in one.counted],
        "not_counted": [_weighed(each) for each in one.not_counted],
        "open_because": one.open_because,
    }


def _weighed(one: Weighed) -> dict[str, object]:
    return {
        "entry": one.id,
        "year": one.year,
        "title": one.title,
        "start_date": one.start_date,
        "mode": one.mode,
        "theme": one.theme,
        "hours": number(one.hours),
        "amount": number(one.amount),
        "reason": one.reason,
    }


def write_details(board: Board, out: Path) -> None:
    """Every teacher's figures, one teacher a line, so that memory stays flat."""
    head = {
        "policy": board.questions.pack.id,
        "period": board.questions.period.label,
        "as_of": board.questions.day.isoformat(),
    }
    with _opened(out) as file:
        file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "teachers": [')
        for place, line in enumerate(_lines(board)):
            file.write((",\n" if place else "\n") + line)
        file.write("\n]}\n")


@contextmanager
def _opened(out: Path) -> Generator[TextIO]:
    """The file to write, which takes its name when it is whole; a disk that cannot is told."""
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise WorldError(
            "verdicts.write", f"写不了 {out}。", "请换一个可以写入的位置，或先关闭该文件。"
        ) from error


def _lines(board: Board) -> Iterator[str]:
    for judged in board.rows():
        yield json.dumps(_detail(judged), ensure_ascii=False)


def _detail(judged: Judged) -> dict[str, object]:
    return {
        "teacher_no": judged.teacher_no,
        "met": judged.met,
        "unknown": list(judged.unknown),
        "requirements": [{"id": one.id, **_figures(one)} for one in judged.results],
    }
