"""Numbers given by offices that are apart: none of them may be given twice."""

from __future__ import annotations

from models.office.context import Office

_LENGTH = 6
"""Hexadecimal digits: among a county's schools two alike are one case in a thousand counties."""


def own_mark(office: Office) -> str:
    """What this file's numbers bear so that no other file gives the same; "" for the county's.

    A school cannot know which numbers the county and the other schools gave since they last met.
    """
    return office.store.site[:_LENGTH].upper() if office.identity.level == "school" else ""
