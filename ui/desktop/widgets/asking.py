"""Ask in a small window, write, and stay open with the reason where the office refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.errors import OfficeError
from ui.desktop.tasks.lane import OfficeWork
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet


def ask_and_write(
    session: Session,
    sheet: ChooseSheet,
    title: str,
    work: Callable[[dict[str, str]], OfficeWork],
    done: Callable[[Any], object] | None = None,
) -> None:
    """Ask, write, and say what was done.

    Args:
        session: where it writes.
        sheet: the window that asks.
        title: what the progress says.
        work: makes the job from the texts typed.
        done: called with what the job gives; offers to take the step back where left out.
    """

    def answered(texts: dict[str, str]) -> None:
        session.write(title, work(texts), finished, refused)

    def finished(result: Any) -> None:  # noqa: ANN401 - any result of a job
        sheet.accept()
        if done is None:
            offer_undo(session, result)
        else:
            done(result)

    def refused(error: OfficeError) -> None:
        sheet.refuse(error.sentence)

    sheet.ask(answered)


def offer_undo(session: Session, operation: Any) -> None:  # noqa: ANN401 - an operation
    """Say what was done and offer to take it back."""
    session.undo_offered.emit(f"已完成：{operation.title}", operation.id)
