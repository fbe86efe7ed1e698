"""Several things in one field, as people write them: ``张红梅、李春, 王芳``."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[、，,；;\s]+")


def listed(text: str) -> list[str]:
    """What stands between the separators.

    >>> listed("张红梅、李春； 王芳")
    ['张红梅', '李春', '王芳']
    """
    return [one for one in _SEPARATORS.split(text) if one]
