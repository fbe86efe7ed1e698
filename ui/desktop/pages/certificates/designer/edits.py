"""What keys, buttons and menus do to the draft, each a named step."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import partial
from typing import Any, cast

import tomli_w
from pydantic import BaseModel, ValidationError
from PySide6.QtGui import QGuiApplication

from reports.kit.form_parts import PARTS, part_at
from reports.kit.form_shapes import Point
from ui.desktop.pages.certificates.designer import document
from ui.desktop.pages.certificates.designer.draft import Draft
from ui.desktop.pages.certificates.designer.gestures import names_of

ALIGN = {
    "left": ("左边对齐", "align-start-vertical"),
    "center": ("左右居中", "align-center-vertical"),
    "right": ("右边对齐", "align-end-vertical"),
    "top": ("上边对齐", "align-start-horizontal"),
    "middle": ("上下居中", "align-center-horizontal"),
    "bottom": ("下边对齐", "align-end-horizontal"),
}
SPREAD = {
    0: ("横向等距", "align-horizontal-distribute-center"),
    1: ("纵向等距", "align-vertical-distribute-center"),
}
FINE, COARSE = 0.1, 1.0
"""Millimetres of one press of an arrow key, without and with Shift."""
_ARROWS = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}


class Edits:
    """The edits of a draft."""

    def __init__(self, draft: Draft) -> None:
        """Work on a draft."""
        self._draft = draft

    def keys(self) -> dict[str, Callable[[], object]]:
        """Which key does what on the sheet."""
        found: dict[str, Callable[[], object]] = {
            "Ctrl+A": self._draft.choose_all,
            "Ctrl+C": self.copy,
            "Ctrl+X": self.cut,
            "Ctrl+V": self.paste,
            "Ctrl+D": self.duplicate,
            "Del": self.delete,
            "Backspace": self.delete,
            "Esc": partial(self._draft.choose, ()),
        }
        for key, (right, down) in _ARROWS.items():
            found[key] = partial(self.nudge, right * FINE, down * FINE)
            found[f"Shift+{key}"] = partial(self.nudge, right * COARSE, down * COARSE)
        return found

    def nudge(self, right: float, down: float) -> None:
        """Move what is chosen a little; presses that follow each other are one step."""
        chosen = self._draft.chosen
        if chosen:
            form = document.moved(self._draft.form, chosen, right, down)
            self._draft.do(f"移动{names_of(form, chosen)}", form, sort="nudge")

    def align(self, edge: str) -> None:
        """Bring what is chosen to a common edge; one part alone to the sheet's."""
        if self._draft.chosen:
            form = document.aligned(self._draft.form, self._draft.chosen, edge)
            self._draft.do(ALIGN[edge][0], form)

    def spread(self, axis: int) -> None:
        """Put what is chosen at equal distances."""
        if self._draft.chosen:
            form = document.distributed(self._draft.form, self._draft.chosen, axis)
            self._draft.do(SPREAD[axis][0], form)

    def add(self, slot: str, middle: Point) -> None:
        """Put a new part on the sheet."""
        form, new = document.new_part(self._draft.form, slot, middle)
        self._draft.do(f"添加{PARTS[slot].title}", form, new)

    def delete(self) -> None:
        """Take what is chosen off the sheet."""
        chosen = self._draft.chosen
        if chosen:
            name = f"删除{names_of(self._draft.form, chosen)}"
            self._draft.do(name, document.without(self._draft.form, chosen), ())

    def copy(self) -> None:
        """Put what is chosen on the clipboard, as text that other forms can take."""
        if self._draft.chosen:
            QGuiApplication.clipboard().setText(self._as_text())

    def cut(self) -> None:
        """Copy, then take off the sheet."""
        self.copy()
        self.delete()

    def paste(self) -> None:
        """Put on the sheet what the clipboard holds, if it holds parts of a form."""
        parts = parts_of(QGuiApplication.clipboard().text())
        if parts:
            form, new = document.added(self._draft.form, parts, document.OFFSET)
            self._draft.do("粘贴", form, new)

    def duplicate(self) -> None:
        """Put a second of each beside it."""
        parts = parts_of(self._as_text())
        if parts:
            form, new = document.added(self._draft.form, parts, document.OFFSET)
            self._draft.do("再制", form, new)

    def _as_text(self) -> str:
        held: dict[str, list[dict[str, Any]]] = {}
        for place in self._draft.chosen:
            part = part_at(self._draft.form, place)
            said = part.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
            held.setdefault(place.slot, []).append(said)
        return tomli_w.dumps(held)


def parts_of(text: str) -> list[tuple[str, BaseModel]]:
    """The parts of forms that a text describes; none where it is something else."""
    try:
        held = cast("dict[str, object]", tomllib.loads(text))
        return [
            (slot, PARTS[slot].model.model_validate(one))
            for slot, several in held.items()
            for one in cast("list[object]", several)
        ]
    except (tomllib.TOMLDecodeError, ValidationError, KeyError, TypeError):
        return []
