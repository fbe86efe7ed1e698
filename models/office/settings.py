"""The office's settings: named texts kept in its file, journalled like everything else."""

from __future__ import annotations

from collections.abc import Mapping

from models.store.database import Store


def read_settings(store: Store) -> dict[str, str]:
    """All settings of the file: name to value."""
    return {row["name"]: row["value"] for row in store.query("SELECT name, value FROM setting")}


def read_setting(store: Store, name: str, default: str = "") -> str:
    """One setting, or ``default`` where the office has not set it."""
    found = store.value("SELECT value FROM setting WHERE name = ?", (name,))
    return default if found is None else str(found)


def write_settings(store: Store, values: Mapping[str, str]) -> None:
    """Set the named settings as one undoable step; others stay as they are."""
    with store.operation("office.settings", "修改设置"):
        for name, value in values.items():
            known = store.value("SELECT id FROM setting WHERE name = ?", (name,))
            if known is None:
                store.insert(
                    "setting", ("id", "name", "value"), [(store.ids.new_id(), name, value)]
                )
            else:
                store.execute("UPDATE setting SET value = ? WHERE id = ?", (value, known))
