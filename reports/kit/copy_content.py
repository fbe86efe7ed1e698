"""What one copy of a form says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Copy:
    """One filled-in form.

    Attributes:
        label: whom it is for, in bookmarks, names of files and messages.
        values: for each name the form asks for, the text.
        photo: the picture file; None leaves its place empty.
        code: text of the code that can be verified; "" leaves its place empty.
        rows: line of a register page to its values; other lines stay as they are.
    """

    label: str
    values: Mapping[str, str]
    photo: bytes | None = None
    code: str = ""
    rows: Mapping[int, Mapping[str, str]] = field(default_factory=dict[int, "Mapping[str, str]"])
