"""考务资料: all papers of an exam day in the order of handing out, or some of them.

First what the office keeps and what goes to the schools; then for each room all that its
invigilators take along.
"""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models.errors import UserError
from models.text.file_names import file_name_of
from reports.documents import (
    exam_door,
    exam_labels,
    exam_list,
    exam_overview,
    exam_plan,
    exam_sign_in,
)
from reports.documents.exam_day import check
from reports.kit import flow, furniture
from reports.kit.form_sheets import FormSheets
from reports.kit.furniture import CLOSE, Built, Output, Part, Sheet
from reports.kit.paper import A4
from reports.kit.photos import PhotoShelf
from reports.kit.table import CellKind, Column, Total, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from models.progress import Progress
    from reports.documents.exam_day import ExamDay, ExamRoom
    from reports.kit.fonts import Fonts
    from reports.kit.table import Line

TITLES = {
    "overview": "考场安排表",
    "list": "考生名单",
    "tickets": "准考证",
    "door": "门贴",
    "plan": "座次图",
    "desk": "桌贴",
    "sign-in": "签到表",
    "answer": "答题卡标签",
}
"""The papers in the order of handing out."""

CONTENTS = "目录"
WHOLE = "考务资料"
COLUMNS = (
    Column("序号", CellKind.SHORT),
    Column("资料"),
    Column("交给", CellKind.SHORT),
    Column("起始页", CellKind.NUMBER),
    Column("页数", CellKind.NUMBER),
    Column("领取签字"),
)
SIGNED = "　" * 6
LEAST = 8.0
_NUMBERED = re.compile(r"\d+ .+\.pdf")


@dataclass(frozen=True, slots=True)
class PackWish:
    """What is wanted.

    Attributes:
        papers: keys of ``TITLES``, or their titles.
        desk, answer: sheets of labels; "" for the usual ones.
        each: whether each school has pages of its own in the list.
    """

    papers: tuple[str, ...] = tuple(TITLES)
    desk: str = ""
    answer: str = ""
    each: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """What is handed out together: to whom, and the parts of the document it is."""

    title: str
    to: str
    parts: tuple[Part, ...]

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return sum(map(_pages, self.parts))


def build(
    day: ExamDay,
    out: Path,
    fonts: Fonts,
    progress: Progress,
    *,
    overwrite: bool = False,
    wish: PackWish | None = None,
) -> Built:
    """Write the papers into one PDF, each with its bookmark; several begin with their contents.

    Args:
        day: the exam day.
        out: the file to write.
        fonts: the fonts of this computer.
        progress: told part by part; may cancel.
        overwrite: whether a file of that name may be replaced.
        wish: all papers where left out.

    Raises:
        UserError: nobody has a seat, no such paper or sheet of labels, a text that does not fit,
            characters no font has (with the people concerned), or the file is there.
    """
    wanted = _checked(wish or PackWish())
    check(day, fonts)
    output = Output(out, fonts, day.printed_at, progress, overwrite)
    with closing(PhotoShelf()) as shelf:
        found = list(_sections(day, wanted, output, shelf))
        if len(wanted.papers) > 1:
            found.insert(0, _contents(day, found, fonts))
        return _write(_title(day, wanted), day, found, output)


def build_each(
    day: ExamDay,
    folder: Path,
    fonts: Fonts,
    progress: Progress,
    *,
    overwrite: bool = False,
    wish: PackWish | None = None,
) -> tuple[Built, ...]:
    """Write a file for each that is handed out, numbered in that order (``03 准考证.pdf``).

    Raises:
        UserError: as ``build``, or the folder has numbered files this pack would not replace.
        WorldError, CancelledByUser: as ``build``; files written before stay.
    """
    wanted = _checked(wish or PackWish())
    check(day, fonts)
    output = Output(folder, fonts, day.printed_at, progress, overwrite)
    built: list[Built] = []
    with closing(PhotoShelf()) as shelf:
        found = list(_sections(day, wanted, output, shelf))
        every = [_contents(day, found, fonts, paged=False), *found]
        digits = len(str(len(found)))
        names = [
            f"{number:0{digits}} {file_name_of(section.title)}.pdf"
            for number, section in enumerate(every)
        ]
        _refuse_mixed(folder, names)
        for name, section in zip(names, every, strict=True):
            one = replace(output, path=folder / name)
            built.append(_write(f"{day.title}{section.title}", day, [section], one))
    return tuple(built)


def _refuse_mixed(folder: Path, names: Sequence[str]) -> None:
    """Refuse a folder with papers of another pack, which would be handed out with this one."""
    there = sorted(one.name for one in folder.iterdir() if _NUMBERED.fullmatch(one.name))
    strange = [name for name in there if name not in names]
    if strange:
        more = f"等 {len(strange)} 个文件" if len(strange) > 1 else ""
        raise UserError(
            "exam.pack_mixed",
            f"文件夹“{folder}”里有另一次写出的考务资料：“{strange[0]}”{more}，没有写入。",
            "请换一个空文件夹，或先删去原来的文件，以免发错。",
        )


def _checked(wish: PackWish) -> PackWish:
    """The wish with its papers, by key or title, in the order of handing out."""
    keys = {title: key for key, title in TITLES.items()}
    papers = [keys.get(one, one) for one in wish.papers]
    strange = [key for key in papers if key not in TITLES]
    if strange or not papers:
        known = "、".join(f"{key}（{title}）" for key, title in TITLES.items())
        said = f"考务资料里没有“{strange[0]}”。" if strange else "没有选中考务资料。"
        raise UserError("exam.paper", said, f"可用：{known}。")
    return replace(wish, papers=tuple(key for key in TITLES if key in papers))


def _sections(day: ExamDay, wish: PackWish, output: Output, shelf: PhotoShelf) -> Iterator[Section]:
    fonts = output.fonts
    if "overview" in wish.papers:
        yield Section(TITLES["overview"], "考务组", tuple(exam_overview.parts(day, fonts)))
    if "list" in wish.papers:
        lists = exam_list.parts(day, fonts, each=wish.each)
        yield Section(TITLES["list"], "各学校", tuple(lists))
    if "tickets" in wish.papers:
        sheets = FormSheets(day.form, day.tickets, output, shelf)
        part = sheets.part(f"{day.title}{TITLES['tickets']}", day.office)
        yield Section(TITLES["tickets"], "各学校", (part,))
    for number, room in enumerate(day.rooms):
        output.progress.step(number, len(day.rooms), furniture.LABEL)
        parts = tuple(_room_parts(day, room, wish, fonts))
        if parts:
            yield Section(room.whole_title, "监考员", parts)


def _room_parts(day: ExamDay, room: ExamRoom, wish: PackWish, fonts: Fonts) -> Iterator[Part]:
    """What the invigilators of a room take along."""
    if "door" in wish.papers:
        yield from exam_door.parts(day, room, fonts)
    if "plan" in wish.papers:
        yield from exam_plan.parts(day, room, fonts)
    if "desk" in wish.papers:
        yield from exam_labels.parts(day, room, fonts, "desk", wish.desk)
    if "sign-in" in wish.papers:
        yield from exam_sign_in.parts(day, room, fonts)
    if "answer" in wish.papers:
        yield from exam_labels.parts(day, room, fonts, "answer", wish.answer)


def _contents(
    day: ExamDay, sections: Sequence[Section], fonts: Fonts, *, paged: bool = True
) -> Section:
    """What there is, for whom, from which page on; as many pages as it takes itself come first."""
    first = _contents_part(day, sections, fonts, 0, paged=paged)
    part = _contents_part(day, sections, fonts, _pages(first), paged=paged)
    return Section(CONTENTS, "考务组", (part,))


def _contents_part(
    day: ExamDay, sections: Sequence[Section], fonts: Fonts, before: int, *, paged: bool
) -> Part:
    title = f"{day.title}{WHOLE}"
    sheet = Sheet(title, day.office, A4, CLOSE)
    rows: list[Line] = []
    at = before + 1
    for number, one in enumerate(sections, start=1):
        pages = one.pages
        start = str(at) if paged else "—"
        rows.append((str(number), one.title, one.to, start, str(pages), SIGNED))
        at += pages
    rows.append(Total(("", "合计", "", "", str(at - before - 1), "")))
    scope = "　".join(text for text in (day.when, day.place, f"{day.people} 人") if text)
    blocks = [
        furniture.title_block(f"{title}{CONTENTS}", scope, sheet.width),
        table(COLUMNS, rows, fonts, sheet.width, least=LEAST),
    ]
    return Part(CONTENTS, blocks, sheet)


def _pages(part: Part) -> int:
    """How many pages a part takes."""
    room = part.sheet.room if part.sheet else Sheet("", "").room
    return len(flow.lay_out(part.blocks, room))


def _title(day: ExamDay, wish: PackWish) -> str:
    named = TITLES[wish.papers[0]] if len(wish.papers) == 1 else WHOLE
    return f"{day.title}{named}"


def _write(title: str, day: ExamDay, sections: Sequence[Section], output: Output) -> Built:
    parts = [part for section in sections for part in section.parts]
    first = parts[0].sheet or Sheet(title, day.office)
    return furniture.write_parts(output, Sheet(title, day.office, first.size), parts, len(parts))
