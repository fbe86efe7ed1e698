"""The papers of an exam in the preview: made beside the window, seen, printed, saved."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from models.exams.records import Exam
from models.office.context import Office
from models.progress import Progress
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.paper.preview import MadePaper, preview_made

print_paper = Lazy("ui.desktop.pages.exams.jobs", "print_paper")


def show_paper(
    parent: QWidget, session: Session, exam: Exam, name: str, title: str, **given: str
) -> None:
    """Show a paper of the catalogue for an exam.

    Args:
        parent: over which the preview opens.
        session: where it is read.
        exam: whose.
        name: of the paper, as in the catalogue.
        title: what it is called here.
        given: answers to its other options.
    """
    answers = {"exam": exam.id, **given}
    file = f"{exam.name}{title}.pdf"
    paper = MadePaper(Path("paper.pdf"), f"{exam.name}　{title}", file)
    preview_made(parent, session, paper, partial(_build, name, answers))


def _build(
    name: str, answers: Mapping[str, str], office: Office, progress: Progress, pdf: Path
) -> None:
    print_paper(office, progress, name, answers, pdf)
