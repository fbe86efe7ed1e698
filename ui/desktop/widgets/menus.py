"""The items of the menu bar as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An item of the menu bar; a separator where ``text`` is empty.

    Attributes:
        menu: the menu it stands in.
        text: what it says.
        action: what it does.
        keys: its keys, as Qt writes them.
    """

    menu: str
    text: str = ""
    action: Callable[[], object] | None = None
    keys: str = ""
