"""The view model of the first page: figures that are counted, questions, and the latest steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.exchange.batches import Batch, list_batches
from models.staff.institutions import institution_rows
from models.staff.queries import count_teachers
from models.staff.questions import MoveQuestion, open_questions
from models.store.history import OperationSummary, history
from models.training.courses import CourseRow, course_rows
from ui.desktop.tasks.backups import is_stale, newest_backup
from ui.desktop.tasks.session import Session

STEPS = 6


@dataclass(frozen=True, slots=True)
class Summary:
    """How the office stands.

    Attributes:
        teachers, institutions: how many.
        questions: moves a person has yet to confirm.
        courses: of this year.
        steps: the latest steps.
        imports: the latest imports.
        backed_up: when the newest automatic backup was made, None where there is none.
        now: the present moment.
    """

    teachers: int
    institutions: int
    questions: Sequence[MoveQuestion]
    courses: Sequence[CourseRow]
    steps: Sequence[OperationSummary]
    imports: Sequence[Batch]
    backed_up: datetime | None
    now: datetime

    @property
    def backup_is_old(self) -> bool:
        """Whether the data should be backed up again."""
        return is_stale(self.backed_up, self.now)


def read_summary(session: Session) -> Summary:
    """Count and look up what the first page shows."""
    office = session.office
    now = office.store.clock.now()
    return Summary(
        teachers=count_teachers(office),
        institutions=len(institution_rows(office)),
        questions=open_questions(office),
        courses=course_rows(office, now.year),
        steps=history(office.store, STEPS),
        imports=list_batches(office, STEPS),
        backed_up=newest_backup(session.path, now),
        now=now,
    )
