"""What two files share that say the same, whatever their name and format."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping


class Fingerprint:
    """SHA-256 over what tables say: their kind, and the clean values by field of every row."""

    def __init__(self) -> None:
        """Start with nothing said."""
        self._digest = hashlib.sha256()

    def add(self, kind: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Take in the rows of one table; a field without value says nothing."""
        self._digest.update(f"\x1d{kind}".encode())
        for row in rows:
            said = (f"{name}\x1f{row[name]}" for name in sorted(row) if row[name] is not None)
            text = "\x1e" + "\x1f".join(said)
            self._digest.update(text.encode("utf-8", "surrogatepass"))

    def hexdigest(self) -> str:
        """The fingerprint so far, as 64 hexadecimal digits."""
        return self._digest.hexdigest()
