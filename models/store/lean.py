"""Loads sqlite-utils without numpy; window and command line import this module first.

sqlite-utils takes numpy along where there is one: a tenth of a second and 20 MB at every start,
for values that are never stored. Only the matching of pairs needs numpy and loads it then.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

_ARRAYS = "numpy"


def _load() -> None:
    modules: dict[str, Any] = sys.modules
    if _ARRAYS in modules:
        return
    modules[_ARRAYS] = None
    try:
        import_module("sqlite_utils")
    finally:
        del modules[_ARRAYS]


_load()
