"""How this person likes the window: sizes, columns, last page. Never anything of the office."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

FONT_SIZES = {"标准": 14, "大": 16, "特大": 18}
"""Body text in logical pixels by the name the settings page shows."""


class Preferences:
    """An INI file beside the program's other files; a broken value falls back to the default."""

    def __init__(self, path: Path) -> None:
        """Read the preferences in ``path``; the file need not exist."""
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        """A text, or ``default``."""
        value = self._settings.value(key, default)
        return value if isinstance(value, str) else default

    def set_text(self, key: str, value: str) -> None:
        """Keep a text."""
        self._settings.setValue(key, value)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """A yes or no, or ``default``."""
        return self.text(key, "1" if default else "0") == "1"

    def set_flag(self, key: str, *, value: bool) -> None:
        """Keep a yes or no."""
        self.set_text(key, "1" if value else "0")

    def state(self, key: str) -> QByteArray:
        """The state of a window, header or splitter as Qt saved it; empty where there is none."""
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_state(self, key: str, value: QByteArray) -> None:
        """Keep a state that Qt made."""
        self._settings.setValue(key, value)

    def forget(self, key: str) -> None:
        """Drop a value, so that the default holds again."""
        self._settings.remove(key)

    def font_size(self) -> int:
        """Body text in logical pixels."""
        return FONT_SIZES.get(self.text("look/font_size", "标准"), FONT_SIZES["标准"])

    def save(self) -> None:
        """Write the file now."""
        self._settings.sync()
