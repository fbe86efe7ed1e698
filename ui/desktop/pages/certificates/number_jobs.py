"""What the view of numbers has done on the lanes."""

from __future__ import annotations

from models.certificates.facts import read_batch
from models.certificates.numbering import (
    Numbering,
    NumberingChange,
    change_numbering,
    numberings,
    read_start,
)
from models.certificates.series import try_rule
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation


def read_numberings(office: Office, _progress: Progress) -> list[Numbering]:
    """How every kind is numbered now."""
    return numberings(office)


def try_typed(
    office: Office, _progress: Progress, kind: str, rule: str, batch: str, start: str
) -> str:
    """The next number as it would be with what is typed.

    Raises:
        UserError: a template that cannot number, a start that cannot be used.
    """
    return try_rule(office, kind, rule, read_batch(batch), read_start(start)).number


def keep_numbering(office: Office, _progress: Progress, change: NumberingChange) -> Operation:
    """Change how a kind is numbered."""
    return change_numbering(office, change)
