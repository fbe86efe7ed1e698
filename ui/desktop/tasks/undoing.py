"""Ctrl+Z and Ctrl+Y over the history: which operation is taken back, which is done again."""

from __future__ import annotations

from collections.abc import Sequence

from models.office.context import Office
from models.progress import Progress
from models.store.history import OperationSummary, history
from models.store.operations import Operation
from models.store.undo import undo

BACK = "撤销"
STEPS = 200
"""How far back the two keys look."""


def next_undo(latest: Sequence[OperationSummary]) -> OperationSummary | None:
    """The newest step that stands and can be taken back; steps that took back are passed over."""
    return next((one for one in latest if one.undoable and not _took_back(one)), None)


def next_redo(latest: Sequence[OperationSummary]) -> OperationSummary | None:
    """The oldest taking-back since the last new step: it is done again first."""
    found: OperationSummary | None = None
    for one in latest:
        if one.undoes is None and not one.undone:
            break
        if _took_back(one) and not one.undone:
            found = found or one
    return found


def latest_steps(office: Office) -> list[OperationSummary]:
    """The latest steps of the office, newest first."""
    return history(office.store, STEPS)


def take_back(office: Office, _progress: Progress, operation_id: str) -> Operation:
    """Undo a step on the lane.

    Raises:
        UserError: a later change stands in the way.
    """
    return undo(office.store, operation_id)


def _took_back(one: OperationSummary) -> bool:
    return one.undoes is not None and one.title.startswith(BACK)
