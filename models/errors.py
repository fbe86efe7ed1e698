"""The two families of failure a person is told about; everything else is a bug of ours."""

from __future__ import annotations


class OfficeError(Exception):
    """A failure with a sentence for the person and a next step.

    Attributes:
        code: a stable name such as ``"import.not_a_workbook"``, listed in the manual.
        message: one Chinese sentence that says what is wrong, with place and value.
        hint: one Chinese sentence that says what to do next ("" where the message says it).
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.hint = hint

    @property
    def sentence(self) -> str:
        """The message and the next step as one text."""
        return f"{self.message} {self.hint}".strip()


class UserError(OfficeError):
    """What was asked for cannot be done as it is: wrong input, a rule in the way."""


class WorldError(OfficeError):
    """The world is in the way: disk full, file locked, no permission, damaged medium."""


class CancelledByUser(Exception):  # noqa: N818 - not an error: the person asked for it
    """The person pressed cancel; nothing of the running job was kept."""
