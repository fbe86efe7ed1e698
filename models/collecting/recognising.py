"""Which template a file is, whose, and what a person has changed about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from models.collecting.rounds import ASKED, Round
from models.collecting.school_rows import SHEETS, version_for
from models.entities.cells import Raw
from models.entities.describe import columns
from models.exchange.error_workbook import REASONS
from models.exchange.reading.headers import header_texts, match_columns
from models.exchange.reading.sheets import Sheet
from models.exchange.reading.source import Source
from models.exchange.reading.tables import ENTITIES, Layout, preview_rows
from models.exchange.templates.asking import NOTES_SHEET
from models.exchange.templates.mark import MARK_SHEET, SchoolMark
from models.exchange.templates.school_book import LISTS_SHEET
from models.office.context import Office
from models.staff.schools import SchoolFinder
from models.text.tidy import key
from models.training.records import TrainingRecord

_MASKED = re.compile(r"[\dXx、,;；\s-]*\*{2}[\d*Xx、,;；\s-]*")
"""A number or a day as templates show it: it says nothing that we do not know."""
_OURS = (MARK_SHEET, LISTS_SHEET, NOTES_SHEET)
_SCHOOL_LINE = "学校"


class Recognised(StrEnum):
    """What a file is."""

    OURS = "ours"  # the template of this collection
    RETURNED = "returned"  # the bad rows that went back, corrected
    OLD = "old"  # a template of an earlier collection
    OTHER_SCHOOL = "other_school"  # a template that another school filled in
    FOREIGN = "foreign"  # a template of another office
    PLAIN = "plain"  # a roster without our mark
    DOUBLE = "double"  # the template of a school that answered with another file besides
    UNREADABLE = "unreadable"  # no workbook, or no table of ours in it


RECOGNISED_NAMES = {
    Recognised.OURS: "本次模板",
    Recognised.RETURNED: "改正后交回",
    Recognised.OLD: "往年的模板",
    Recognised.OTHER_SCHOOL: "别校的模板",
    Recognised.FOREIGN: "别单位的模板",
    Recognised.PLAIN: "不是模板",
    Recognised.DOUBLE: "一校两份",
    Recognised.UNREADABLE: "读不了",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file says of itself.

    Attributes:
        recognised: what it is.
        school_id, school: whose it is; "" where it cannot be told.
        notes: what a person should know.
    """

    recognised: Recognised
    school_id: str
    school: str
    notes: tuple[str, ...] = ()


def recognise(
    office: Office,
    collection: Round,
    source: Source,
    mark: SchoolMark | None,
    finder: SchoolFinder,
) -> Seen:
    """What a file is, before its rows are looked at."""
    if mark is None:
        return _plain(source, finder)
    notes = list(_changes(source, mark))
    if not set(mark.version.split("-")) <= set(version_for(ASKED).split("-")) and not notes:
        notes.append("模板的栏目与现在的程序不完全相同，其余照读。")
    what, said = _which(office, collection, mark)
    name = finder.names.get(mark.school_id, mark.school)
    other = _other_school(source, mark, finder)
    if other and what in (Recognised.OURS, Recognised.RETURNED):
        what = Recognised.OTHER_SCHOOL
        said = f"模板是发给{name}的，表上的学校却改成了{other}，请核对是哪所学校的。"
    return Seen(what, mark.school_id, name, tuple([said] if said else []) + tuple(notes))


def prepared(source: Source, mark: SchoolMark | None, school: str) -> Source:
    """The file as an import reads it.

    Masked numbers say nothing; our own sheets of notes and lists are left out; a line that
    names a person by name alone means one of this school.
    """
    sheets = [one for one in source.sheets if mark is None or one.name not in _OURS]
    unmasked = (replace(one, rows=[_unmasked(cells) for cells in one.rows]) for one in sheets)
    return replace(source, sheets=tuple(_with_school(one, mark, school) for one in unmasked))


def layouts_of(source: Source, mark: SchoolMark | None) -> dict[str | None, Layout]:
    """Where the mark's sheets have their titles, so that nobody has to look for a header."""
    kinds = {title: kind for kind, title in SHEETS.items()}
    found: dict[str | None, Layout] = {}
    for name, titles in mark.columns.items() if mark else ():
        sheet, kind = _sheet(source, name), kinds.get(name)
        header = _header(sheet, titles) if sheet else None
        if kind is None or header is None:
            continue
        fields = match_columns(header_texts([header[1]]), ENTITIES[kind]).fields
        if len(fields) * 2 > len(titles):
            found[name] = Layout(kind, fields, header[0])
    return found


def _which(office: Office, collection: Round, mark: SchoolMark) -> tuple[Recognised, str]:
    own, ours = office.identity.name, Recognised.RETURNED if mark.returned else Recognised.OURS
    known = office.store.value(
        "SELECT r.year FROM collect_template AS t JOIN collect_round AS r ON r.id = t.round_id"
        " WHERE t.id = ?",
        (mark.template,),
    )
    if str(known or mark.year) != str(collection.year) and mark.office == own:
        return Recognised.OLD, (
            f"这是 {mark.year} 年的模板，本次收的是 {collection.year} 年的；"
            "请让学校用今年的模板重填，内容仍有用的可以指定收下。"
        )
    if known is None:
        whose = "不是由这份数据发出的" if mark.office == own else f"是“{mark.office}”的"
        return Recognised.FOREIGN, f"这份模板{whose}，请核对是否拿错了文件。"
    return ours, ""


def _plain(source: Source, finder: SchoolFinder) -> Seen:
    """A roster as schools make them: the school by its title, else by the file's name."""
    above = [
        str(cell)
        for sheet in source.sheets
        if not sheet.hidden
        for _, cells in preview_rows(sheet, 3)
        for cell in cells
        if isinstance(cell, str)
    ]
    titles = sorted(above, key=lambda text: _SCHOOL_LINE not in text[:6])
    hints = [*titles[:6], source.path.stem, source.path.parent.name]
    found = finder.from_hints(hints)
    told = "不是本单位发的模板，没有收下；确要收下的请指定这份文件。"
    if found is None or not found.id:
        return Seen(Recognised.PLAIN, "", "", (f"{told}看不出是哪所学校的。",))
    return Seen(Recognised.PLAIN, found.id, finder.names[found.id], (told,))


def _other_school(source: Source, mark: SchoolMark, finder: SchoolFinder) -> str:
    """The school that the line above the titles names, where it is not the template's."""
    for name in mark.columns:
        sheet = _sheet(source, name)
        for _, cells in preview_rows(sheet, 1) if sheet else ():
            line = cells[0] if cells else None
            if isinstance(line, str) and line.strip().startswith(_SCHOOL_LINE):
                found = finder.from_hints([line])
                if found is not None and found.id not in ("", mark.school_id):
                    return found.name
    return ""


def _changes(source: Source, mark: SchoolMark) -> Iterator[str]:
    """Sheets and columns that were added or are gone."""
    for name, titles in mark.columns.items():
        sheet = _sheet(source, name)
        if sheet is None:
            yield f"工作表“{name}”不在了（或改了名），请核对是否漏填。"
            continue
        there = _titles(sheet, titles)
        added = [one for one in there if key(one) not in {key(known) for known in titles}]
        gone = [one for one in titles if key(one) not in {key(known) for known in there}]
        if added:
            yield f"“{name}”里学校自己加了栏目“{'”“'.join(added)}”，认得的照读，其余没有读入。"
        if gone:
            yield f"“{name}”里少了栏目“{'”“'.join(gone)}”（或改了名称），这些按空着读。"


def _titles(sheet: Sheet, known: Sequence[str]) -> list[str]:
    row = _header(sheet, known)
    texts = header_texts([row[1]]) if row else []
    return [one.strip() for one in texts if one.strip() and one.strip() != REASONS]


def _header(sheet: Sheet, known: Sequence[str]) -> tuple[int, tuple[Raw, ...]] | None:
    """The row that holds most of the titles."""
    wanted = {key(one) for one in known}
    ranked = [
        (sum(isinstance(cell, str) and key(cell) in wanted for cell in cells), -number)
        for number, cells in preview_rows(sheet)
    ]
    if not ranked or max(ranked)[0] == 0:
        return None
    number = -max(ranked)[1]
    return number, sheet.row(number)


def _sheet(source: Source, name: str) -> Sheet | None:
    return next((one for one in source.sheets if one.name == name), None)


def _unmasked(cells: tuple[Raw, ...]) -> tuple[Raw, ...]:
    if not any(isinstance(one, str) and "**" in one for one in cells):
        return cells
    return tuple(
        None if isinstance(one, str) and _MASKED.fullmatch(one.strip()) else one for one in cells
    )


def _with_school(sheet: Sheet, mark: SchoolMark | None, school: str) -> Sheet:
    """The sheet of records with the school in a last column of each row."""
    titles: Mapping[str, tuple[str, ...]] = mark.columns if mark else {}
    described = columns(TrainingRecord)
    known = titles.get(sheet.name or "", ())
    if described["course"].title not in known or not school:
        return sheet
    header = _header(sheet, known)
    if header is None:
        return sheet
    number, width = header[0], max(len(cells) for cells in sheet.rows)
    title = described["school"].title
    rows = [
        (*cells, *(None,) * (width - len(cells)), title if at == number else school)
        if at >= number and any(one is not None for one in cells)
        else cells
        for at, cells in sheet.numbered()
    ]
    return replace(sheet, rows=rows)
