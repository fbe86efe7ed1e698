"""What the teachers' page has done on the lanes; may import what is heavy."""

from __future__ import annotations

from collections.abc import Sequence

from models.office.context import Office
from models.progress import Progress
from models.staff.registration import delete_teachers
from models.store.operations import Operation
from ui.desktop.tasks.session import Session


def delete(session: Session, teacher_ids: Sequence[str]) -> None:
    """Delete teachers; the bar offers to undo it for eight seconds."""

    def work(office: Office, _progress: Progress) -> Operation:
        return delete_teachers(office, teacher_ids)

    def done(operation: Operation) -> None:
        session.undo_offered.emit(f"已删除 {len(teacher_ids)} 人", operation.id)

    session.write("正在删除", work, done)
