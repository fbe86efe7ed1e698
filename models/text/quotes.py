"""Names in the quotation marks of a sentence."""

from __future__ import annotations

_INNER = str.maketrans("“”", "‘’")


def quoted(name: str) -> str:
    """A name in quotation marks; marks that it has itself become single ones.

    ``quoted("骨干教师“带徒工程”")`` is ``“骨干教师‘带徒工程’”``.
    """
    return f"“{name.translate(_INNER)}”"
