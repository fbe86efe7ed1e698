"""The one place from which heavy modules are loaded, after the window has been painted.

Job modules (``…/jobs.py``) may import openpyxl, reportlab, pypinyin and the like; pages never
import them. A page names its job as text, the lane imports it when it runs it, so that the window's
start pays nothing and the import runs beside the window.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Concatenate

from models.office.context import Office
from models.progress import Progress

OfficeWork = Callable[Concatenate[Office, Progress, ...], Any]


@dataclass(frozen=True, slots=True)
class Lazy:
    """A function by the name of its module, imported when it is first called.

    Attributes:
        module: dotted name, such as ``"ui.desktop.pages.imports.jobs"``.
        name: the function in it.
    """

    module: str
    name: str

    def load(self) -> Callable[..., Any]:
        """The function itself; imports its module."""
        return getattr(importlib.import_module(self.module), self.name)

    def __call__(self, *args: object, **kwargs: object) -> object:
        """Import where needed, then call."""
        return self.load()(*args, **kwargs)

    def bind(self, *args: object, **kwargs: object) -> Callable[[Office, Progress], Any]:
        """A work for the lane that hands ``args`` on after the office and the progress."""
        return partial(_call, self, args, kwargs)


def _call(
    lazy: Lazy,
    args: tuple[object, ...],
    kwargs: dict[str, object],
    office: Office,
    progress: Progress,
) -> object:
    return lazy(office, progress, *args, **kwargs)
