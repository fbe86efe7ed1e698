"""The hand with the mouse: what it points at, and what it has begun."""

from __future__ import annotations

from PySide6.QtCore import Qt

from reports.kit.form_parts import Place, part_at
from reports.kit.form_shapes import Point
from ui.desktop.pages.certificates.designer.document import hit
from ui.desktop.pages.certificates.designer.draft import Draft
from ui.desktop.pages.certificates.designer.gestures import Band, Gesture, Move, Pull
from ui.desktop.pages.certificates.designer.items import HANDLE, Overlay
from ui.desktop.pages.certificates.designer.snapping import Rule

REACH = 4
"""Pixels within which the mouse meets a part, and a part another one."""
CURSORS = {
    "nw": Qt.CursorShape.SizeFDiagCursor,
    "se": Qt.CursorShape.SizeFDiagCursor,
    "ne": Qt.CursorShape.SizeBDiagCursor,
    "sw": Qt.CursorShape.SizeBDiagCursor,
    "n": Qt.CursorShape.SizeVerCursor,
    "s": Qt.CursorShape.SizeVerCursor,
    "e": Qt.CursorShape.SizeHorCursor,
    "w": Qt.CursorShape.SizeHorCursor,
    "start": Qt.CursorShape.CrossCursor,
    "end": Qt.CursorShape.CrossCursor,
}


class Hand:
    """Turns presses and movements into choices and gestures."""

    def __init__(self, draft: Draft, overlay: Overlay) -> None:
        """Work on a draft; guides and hovering are shown on an overlay."""
        self._draft = draft
        self._overlay = overlay
        self._gesture: Gesture | None = None

    @property
    def busy(self) -> bool:
        """Whether something has begun and not ended."""
        return self._gesture is not None

    def under(self, point: Point, zoom: float) -> Place | None:
        """The part at a point."""
        return hit(self._draft.form, point, REACH / zoom)

    def press(self, point: Point, zoom: float, *, several: bool) -> None:
        """Choose, or begin to move, pull or band; ``several`` keeps what is chosen."""
        handle = self._handle_at(point, zoom)
        found = self.under(point, zoom)
        if handle:
            self._gesture = Pull(self._draft, self._draft.chosen[0], handle)
        elif found is None:
            kept = self._draft.chosen if several else ()
            self._draft.choose(kept)
            self._gesture = Band(self._draft, point, kept)
        elif several:
            self._draft.choose(_toggled(self._draft.chosen, found))
        else:
            if found not in self._draft.chosen:
                self._draft.choose((found,))
            self._gesture = Move(self._draft, point)

    def drag(self, point: Point, zoom: float, rule: Rule) -> None:
        """Go on with what has begun."""
        if self._gesture is not None:
            self._gesture.drag(point, rule._replace(reach=min(rule.reach, REACH / zoom)))
            self._overlay.guides = self._gesture.guides
            self._overlay.update()

    def drop(self) -> None:
        """End it."""
        gesture = self._ended()
        if gesture is not None:
            gesture.drop()

    def give_up(self) -> None:
        """Take it back."""
        gesture = self._ended()
        if gesture is not None:
            gesture.give_up()

    def hover(self, point: Point, zoom: float) -> Qt.CursorShape:
        """Show what lies at a point; gives the cursor that tells what can be done there."""
        found = self.under(point, zoom)
        self.show_hovered(found)
        usual = Qt.CursorShape.SizeAllCursor if found else Qt.CursorShape.ArrowCursor
        return CURSORS.get(self._handle_at(point, zoom).rstrip("0123456789"), usual)

    def show_hovered(self, place: Place | None) -> None:
        """Tint a part, or none."""
        if place != self._overlay.hovered:
            self._overlay.hovered = place
            self._overlay.update()

    def _ended(self) -> Gesture | None:
        gesture, self._gesture = self._gesture, None
        self._overlay.guides = ()
        self._overlay.update()
        return gesture

    def _handle_at(self, point: Point, zoom: float) -> str:
        """The handle at a point; "" where there is none."""
        if len(self._draft.chosen) != 1:
            return ""
        place = self._draft.chosen[0]
        handles = place.kind.shape.handles(part_at(self._draft.form, place))
        near = {name: max(abs(x - point[0]), abs(y - point[1])) for name, (x, y) in handles.items()}
        name = min(near, key=lambda one: near[one], default="")
        return name if name and near[name] <= HANDLE * 0.75 / zoom else ""


def _toggled(chosen: tuple[Place, ...], place: Place) -> tuple[Place, ...]:
    if place in chosen:
        return tuple(one for one in chosen if one != place)
    return (*chosen, place)
