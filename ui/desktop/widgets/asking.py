"""Ask in a small window, write, and stay open with the reason where the office refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from models.errors import OfficeError, UserError
from models.store.operations import Operation
from ui.desktop.tasks.lane import OfficeWork
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.form.sheet import Filled, FormSheet

_Answer = TypeVar("_Answer")


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


def form_and_write(
    session: Session,
    sheet: FormSheet,
    work: Callable[[Filled], OfficeWork],
    done: Callable[[Any], object] | None = None,
    words: tuple[str, str] = ("正在保存", "已保存"),
) -> None:
    """Open a form; what is filled in is written, and the form stays where the office refuses.

    Args:
        session: where it writes.
        sheet: the form.
        work: makes the job from what was filled in.
        done: called with what the job gives; offers to take the step back where left out.
        words: what the progress says, and the form afterwards.
    """

    def save(filled: Filled) -> None:
        session.write(words[0], work(filled), saved, sheet.refused)

    def saved(result: Any) -> None:  # noqa: ANN401 - any result of a job
        sheet.saved(words[1])
        if done is None:
            offer_undo(session, result)
        else:
            done(result)

    sheet.filled.connect(save)
    sheet.open()


def ask_until_clear(
    sheet: ChooseSheet,
    understand: Callable[[dict[str, str]], _Answer],
    then: Callable[[_Answer], object],
) -> None:
    """Ask with a sheet, which stays open with the reason while the answer makes no sense.

    Args:
        sheet: asks.
        understand: makes an answer of the texts; raises ``UserError`` where it cannot.
        then: does what follows.
    """

    def answered(texts: dict[str, str]) -> None:
        try:
            answer = understand(texts)
        except UserError as error:
            sheet.refuse(error.sentence)
            return
        sheet.accept()
        then(answer)

    sheet.ask(answered)


def offer_undo(session: Session, done: Any) -> None:  # noqa: ANN401 - any result with an operation
    """Say what was done, and what the result tells besides; offer to take the step back.

    Args:
        session: where it is offered.
        done: the operation, or a result that has it as ``operation`` and may have ``told``.
    """
    operation = done if isinstance(done, Operation) else done.operation
    told = "" if isinstance(done, Operation) else "".join(getattr(done, "told", ""))
    session.undo_offered.emit(f"已完成：{operation.title}。{told}", operation.id)
