"""Row identities: 128 random bits as 32 hexadecimal digits.

They travel between offices and schools, so they are never counters, are never reused, and carry
neither a school nor a date nor an ID number.
"""

from __future__ import annotations

import random
import secrets
from typing import Protocol


class IdSource(Protocol):
    """Gives identities that no other row anywhere has."""

    def new_id(self) -> str:
        """A fresh identity of 32 hexadecimal digits."""
        ...


class RandomIds:
    """Identities from the operating system's random source."""

    def new_id(self) -> str:
        """A fresh identity."""
        return secrets.token_hex(16)


class SeededIds:
    """Identities that repeat for a seed, for tests and demonstrations."""

    def __init__(self, seed: int) -> None:
        """Start the series that belongs to ``seed``."""
        self._random = random.Random(seed)

    def new_id(self) -> str:
        """The next identity of the series."""
        return f"{self._random.getrandbits(128):032x}"
