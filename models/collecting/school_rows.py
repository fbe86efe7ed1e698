"""What a school's template holds: its sheets, and the rows of its teachers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from models.collecting.rounds import Round
from models.entities.describe import columns
from models.entities.display import mask, show
from models.exchange.plans import ImportKind
from models.exchange.reading.tables import ENTITIES
from models.exchange.templates.asking import Asked, asked_of, version_of
from models.exchange.templates.mark import SchoolMark
from models.exchange.templates.school_book import BookRow, BookSheet, school_book
from models.office.context import Office
from models.staff.records import Teacher
from models.store.copying import part_of
from models.store.trouble import told

SHEETS = {ImportKind.TEACHERS: "教师花名册", ImportKind.RECORDS: "培训记录"}
_OWN = "school"
"""The school's name stands above the titles, not in a column."""
_LOCKED = frozenset({"teacher_no"})
_COLUMNS = columns(Teacher)


def asked_for(
    office: Office, kind: ImportKind, names: Sequence[str] = (), year: int | None = None
) -> list[Asked]:
    """The columns of a sheet; the names of the school's teachers are offered for records."""
    found = [one for one in asked_of(ENTITIES[kind], office.codes) if one.field != _OWN]
    if kind is not ImportKind.RECORDS:
        return found
    offers = {"name": tuple(dict.fromkeys(names)), "year": (str(year),) if year else ()}
    return [Asked(one.field, one.column, offers.get(one.field) or one.choices) for one in found]


def teacher_row(
    office: Office, person: Mapping[str, object], *, full: bool, asked: Sequence[Asked]
) -> BookRow:
    """A teacher as a row; what is masked is locked, so that nobody types over stars."""
    cells: dict[str, str] = {}
    masked: set[str] = set()
    for one in asked:
        column = _COLUMNS[one.field]
        shown = show(column, person[one.field], office.codes)
        cells[one.field] = shown if full else mask(column, shown)
        if cells[one.field] != shown:
            masked.add(one.field)
    return BookRow(cells, _LOCKED | masked)


def book_for(
    office: Office,
    collection: Round,
    school: tuple[str, str],
    sheets: Mapping[ImportKind, tuple[Sequence[Asked], Sequence[BookRow]]],
    ids: tuple[str, str],
) -> bytes:
    """A school's workbook.

    Args:
        office: the office.
        collection: of which collection.
        school: its identity and name.
        sheets: columns and rows by kind.
        ids: the template's identity, and that of the sending back ("" for none).
    """
    template, returned = ids
    pages = [
        BookSheet(SHEETS[kind], heading(school[1]), asked, rows)
        for kind, (asked, rows) in sheets.items()
    ]
    mark = SchoolMark(
        template=template,
        year=str(collection.year),
        office=office.identity.name,
        school_id=school[0],
        school=school[1],
        version=version_for(tuple(sheets)),
        returned=returned,
        columns={one.title: tuple(said.column.title for said in one.asked) for one in pages},
    )
    return school_book(pages, _lines(office, collection, bool(returned)), mark)


def heading(school: str) -> str:
    """The line above the titles, by which the school is told."""
    return f"学校：{school}"


def version_for(kinds: Sequence[ImportKind]) -> str:
    """A word that changes with the columns of the template's sheets."""
    return "-".join(version_of(ENTITIES[kind]) for kind in kinds)


def save_book(path: Path, content: bytes) -> None:
    """Write a workbook whole or not at all.

    Raises:
        WorldError: it cannot be written.
    """
    with told(path), part_of(path) as part:
        part.write_bytes(content)


def make_folder(folder: Path) -> None:
    """The folder, made where it is missing.

    Raises:
        WorldError: it cannot be made.
    """
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)


def _lines(office: Office, collection: Round, returned: bool) -> list[str]:  # noqa: FBT001
    due = f"，请于 {collection.due} 前交回" if collection.due else ""
    first = (
        "本表只列需要改正的行：请按最后一栏的说明改正后交回，其他行已经收下，不要再填。"
        if returned
        else f"本表由{office.identity.name}发给本校填写（{collection.year} 年）{due}。"
    )
    return [
        first,
        "1. 一人（一项）一行，接着往下填；不要合并单元格，不要增加、删除栏目或改动栏目名称。",
        "2. 灰色的格子由上级填好，不能改；带星号（*）的号码是隐去的，不用填。有误的写在备注里。",
        "3. 栏目名称底色为橙色的必填；有下拉选项的请选，不要另写。",
        "4. 新来的教师填在最下面，教师编号空着；已离开的，请改“岗位状态”，不要删行。",
        "5. 身份证号等各栏已设为文本，从别处粘贴时请选“只粘贴数值”。",
        "6. 请用 Excel 或 WPS 填写，原样保存后把文件交回，不要把内容另贴到别的表里。",
    ]
