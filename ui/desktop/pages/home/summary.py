"""The view model of the first page: figures that are counted, questions, and the latest steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.exchange.batches import Batch, list_batches
from models.staff.institutions import institution_rows
from models.staff.queries import count_teachers
from models.staff.questions import MoveQuestion, open_questions
from models.store.folder import backups
from models.store.history import OperationSummary, history
from models.training.courses import CourseRow, course_rows
from ui.desktop.tasks.session import Session

STEPS = 6
STALE_DAYS = 7


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
        return self.backed_up is None or (self.now - self.backed_up).days >= STALE_DAYS


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
        backed_up=newest_backup(session, now),
        now=now,
    )


def newest_backup(session: Session, now: datetime) -> datetime | None:
    """When the newest automatic backup was made."""
    kept = backups(session.path)
    if not kept:
        return None
    return datetime.strptime(kept[0].moment, "%Y%m%d-%H%M%S").replace(tzinfo=now.tzinfo)


def moment_words(moment: datetime | None, now: datetime) -> str:
    """A moment as people say it: 今天 08:05, 昨天 17:30, 11月3日, 2025-11-03, 从未."""
    if moment is None:
        return "从未"
    days = (now.date() - moment.date()).days
    if days <= 1:
        return f"{'昨天' if days else '今天'} {moment:%H:%M}"
    return f"{moment.month}月{moment.day}日" if moment.year == now.year else f"{moment:%Y-%m-%d}"
