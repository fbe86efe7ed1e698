"""Papers and workbooks of a programme, written on the reader lane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.mentoring.proposing import propose
from models.office.context import Office
from models.progress import Progress
from reports.catalogue import papers as catalogue
from reports.inputs.fonts import fonts_of
from reports.inputs.mentoring_tables import write_proposal, write_survey_forms
from reports.kit.furniture import Output

Given = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """A paper that was written, and what it is called."""

    path: Path
    title: str


def print_paper(office: Office, progress: Progress, name: str, given: Given, folder: Path) -> Made:
    """Write a paper as a PDF into a folder, under the name it is best called."""
    title = catalogue.file_name(office, name, given)
    path = folder / f"{title}.pdf"
    output = Output(path, fonts_of(office), office.store.clock.now(), progress, overwrite=True)
    catalogue.build(office, name, given, output)
    return Made(path, catalogue.entry_named(name).info.title)


def write_workbook(office: Office, progress: Progress, name: str, given: Given, out: Path) -> Path:
    """Write a paper that is a table as a workbook."""
    catalogue.write_workbook(office, name, given, out, progress, overwrite=True)
    return out


def write_forms(office: Office, progress: Progress, programme_id: str, folder: Path) -> Path:
    """Write the survey forms as workbooks, one for each school."""
    write_survey_forms(office, programme_id, folder, progress)
    return folder


def write_pairs(office: Office, progress: Progress, programme_id: str, out: Path) -> Path:
    """Write the pairs, solved around those fixed, as a workbook that may be taken in again."""
    write_proposal(office, propose(office, programme_id, progress), out, progress, overwrite=True)
    return out
