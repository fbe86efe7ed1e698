"""Keys that a part of the designer keeps for itself, before the window's own menus get them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


class Keys(QObject):
    """Does what keys are for that reach a widget and are not used by those inside it."""

    def __init__(
        self,
        widget: QWidget,
        actions: Mapping[str, Callable[[], object]],
        ready: Callable[[], bool] = lambda: True,
    ) -> None:
        """Listen on a widget.

        Args:
            widget: the widget.
            actions: what is done, by keys as Qt writes them: ``Ctrl+Z``, ``Shift+Left``.
            ready: whether keys are taken now.
        """
        super().__init__(widget)
        self._actions = actions
        self._ready = ready
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Claim a key when asked whose it is, then do what it is for."""
        del watched
        if not isinstance(event, QKeyEvent) or not self._ready():
            return False
        action = self._actions.get(key_of(event))
        if action is None:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            action()
        return True


def key_of(event: QKeyEvent) -> str:
    """A key as Qt writes it."""
    pad = Qt.KeyboardModifier.KeypadModifier
    return QKeySequence(event.keyCombination().toCombined() & ~pad.value).toString()
