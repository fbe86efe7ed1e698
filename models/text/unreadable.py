"""The one failure of reading a text: it cannot be understood as what it should be."""

from __future__ import annotations


class UnreadableError(ValueError):
    """A text that is not what its place asks for.

    Attributes:
        code: a stable name such as ``"id_number.check_digit"``.
        message: a Chinese sentence with what is wrong and what to do; it never contains an ID
            number or a telephone number.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
