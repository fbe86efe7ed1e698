"""The catalogue: every paper by name, checked answers in, a PDF or a workbook out."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.text.file_names import file_name_of
from reports.catalogue import (
    attainment,
    certificates,
    classes,
    exam_day,
    exam_draws,
    exam_results,
    letters,
    pairs,
    people,
    teams,
    titles,
)
from reports.catalogue.entry import Entry, Order
from reports.catalogue.options import OptionKind, PaperInfo, Values
from reports.catalogue.reading import read_options
from reports.kit.fonts import Fonts
from reports.kit.furniture import Built, Output
from reports.workbooks.table import Written, write_tables

ENTRIES: tuple[Entry, ...] = (
    *people.ENTRIES,
    *classes.ENTRIES,
    *attainment.ENTRIES,
    *certificates.ENTRIES,
    *teams.ENTRIES,
    *titles.ENTRIES,
    *pairs.ENTRIES,
    *letters.ENTRIES,
    *exam_draws.ENTRIES,
    *exam_day.ENTRIES,
    *exam_results.ENTRIES,
)
"""Every paper, in the order in which they are listed; a new one is one more entry."""

_NAMING = (
    OptionKind.YEAR, OptionKind.SCHOOL, OptionKind.COURSE, OptionKind.EXAM, OptionKind.RUN,
    OptionKind.IMPORT, OptionKind.PROGRAMME, OptionKind.BATCH,
)  # fmt: skip


def papers() -> tuple[PaperInfo, ...]:
    """What can be printed, group by group."""
    return tuple(entry.info for entry in ENTRIES)


def entry_named(name: str) -> Entry:
    """The paper of that name or title.

    Raises:
        UserError: there is none; the sentence proposes the nearest.
    """
    for entry in ENTRIES:
        if name in (entry.info.name, entry.info.title):
            return entry
    names = [entry.info.name for entry in ENTRIES]
    near = get_close_matches(name, names, n=3)
    raise UserError(
        "report.no_such",
        f"没有“{name}”这种报表。",
        f"是否指：{'、'.join(near)}？" if near else "用 report list 查看全部报表。",
    )


def build(office: Office, name: str, given: Mapping[str, str], output: Output) -> Built:
    """Write a paper as a PDF.

    Args:
        office: the office.
        name: of the paper.
        given: answers to its options as a person writes them.
        output: where to, with what fonts; its progress may cancel.

    Raises:
        UserError: no such paper or option, a wrong answer, nothing to print, characters no font
            has (with the people concerned), or the file is there.
        WorldError: the file cannot be written.
        CancelledByUser: the person asked to stop; nothing is left behind.
    """
    entry = entry_named(name)
    values = read_options(office, entry.info, given)
    return entry.make(Order(office, values, output.progress), output)


def write_workbook(
    office: Office,
    name: str,
    given: Mapping[str, str],
    path: Path,
    progress: Progress,
    *,
    overwrite: bool = False,
) -> Written:
    """Write a paper that is a table as a workbook.

    Raises:
        UserError, WorldError, CancelledByUser: as ``build``; the paper is no table.
    """
    entry = entry_named(name)
    if entry.tables is None:
        raise UserError(
            "report.no_workbook", f"“{entry.info.title}”不是表格，没有工作簿。", "请写成 PDF。"
        )
    order = Order(office, read_options(office, entry.info, given), progress)
    return write_tables(path, list(entry.tables(order)), progress, overwrite=overwrite)


def draft(
    office: Office, name: str, given: Mapping[str, str], progress: Progress
) -> Mapping[str, str]:
    """The texts a paper proposes for those left empty: key of the option to text.

    Raises:
        UserError: as ``build``.
        CancelledByUser: the person asked to stop.
    """
    entry = entry_named(name)
    if entry.draft is None:
        return {}
    return entry.draft(Order(office, read_options(office, entry.info, given), progress))


def file_name(office: Office, name: str, given: Mapping[str, str]) -> str:
    """What the file is best called, without its ending: title, year, school or course."""
    info = entry_named(name).info
    values = read_options(office, info, given)
    return file_name_of("-".join((info.title, *_told(info, values))))


def _told(info: PaperInfo, values: Values) -> list[str]:
    found = [
        values.words[option.key]
        for option in info.options
        if option.kind in _NAMING and option.key in values.words
    ]
    return [*found, *([values.words["teachers"]] if values.several("teachers") else [])]


def remarks(name: str, fonts: Fonts) -> list[str]:
    """Sentences on typefaces that others stand in for on this computer."""
    found = (fonts.remark(role) for role in entry_named(name).roles)
    return [one for one in found if one]
