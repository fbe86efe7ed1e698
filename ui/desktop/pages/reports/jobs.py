"""What the reports' page has done on the lanes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.certificates.sheets import run_ids, runs_of
from models.exams.registration import exams
from models.exchange.batches import list_batches
from models.mentoring.programmes import programmes
from models.office.context import Office
from models.progress import Progress
from models.staff.institutions import institution_names
from models.titles.batches import batches
from models.training.courses import course_rows
from reports.catalogue import papers as catalogue
from reports.catalogue.options import PaperInfo
from reports.catalogue.reading import default_of
from reports.inputs.fonts import fonts_of
from reports.inputs.import_reports import moment
from reports.kit.furniture import Output
from ui.desktop.pages.reports.offers import Offer, Offers

Given = Mapping[str, str]
LATEST = 200
"""Print runs and imports that are offered: the latest; an older one is asked for by name."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was written; ``remarks`` tells of typefaces that others stand in for."""

    path: Path
    remarks: tuple[str, ...] = ()


def describe(office: Office, _progress: Progress) -> tuple[tuple[PaperInfo, ...], Offers]:
    """All papers, and what their options offer now."""
    found = catalogue.papers()
    names = sorted(institution_names(office).items(), key=lambda pair: pair[1])
    defaults = {
        (info.name, option.key): default_of(office, option)
        for info in found
        for option in info.options
    }
    return found, Offers(
        year=office.store.clock.today().year,
        schools=tuple(Offer(identity, name) for identity, name in names),
        courses=tuple(
            Offer(one.id, f"{one.shown['code']}　{one.shown['title']}（{one.enrolled} 人）")
            for one in course_rows(office)
            if not one.classes
        ),
        exams=tuple(Offer(one.id, f"{one.code}　{one.name}") for one in exams(office)),
        runs=tuple(
            Offer(one.id, f"{one.title}（{one.begun_at[:10]}，{one.sheets:,} {one.unit}）")
            for one in runs_of(office, run_ids(office)[:LATEST])
        ),
        imports=tuple(
            Offer(one.id, f"{one.file_name}（{moment(one)}）")
            for one in list_batches(office, LATEST)
        ),
        batches=tuple(Offer(one.id, one.name) for one in batches(office)),
        programmes=tuple(Offer(one.id, f"{one.code}　{one.name}") for one in programmes(office)),
        defaults=defaults,
    )


def name_file(office: Office, _progress: Progress, name: str, given: Given) -> str:
    """What the file is best called; refuses answers that cannot be read."""
    return catalogue.file_name(office, name, given)


def print_paper(office: Office, progress: Progress, name: str, given: Given, out: Path) -> Made:
    """Write a paper as a PDF."""
    fonts = fonts_of(office)
    output = Output(out, fonts, office.store.clock.now(), progress, overwrite=True)
    catalogue.build(office, name, given, output)
    return Made(out, tuple(catalogue.remarks(name, fonts)))


def write_workbook(office: Office, progress: Progress, name: str, given: Given, out: Path) -> Made:
    """Write a paper that is a table as a workbook."""
    catalogue.write_workbook(office, name, given, out, progress, overwrite=True)
    return Made(out)


def draft(office: Office, progress: Progress, name: str, given: Given) -> Given:
    """The texts a paper proposes."""
    return catalogue.draft(office, name, given, progress)
