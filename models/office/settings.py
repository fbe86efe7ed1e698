"""The office's settings: named texts kept in its file, journalled like everything else."""

from __future__ import annotations

from collections.abc import Mapping

from models.store.database import Store
from models.store.operations import Operation


def read_settings(store: Store) -> dict[str, str]:
    """All settings of the file: name to value."""
    return {row["name"]: row["value"] for row in store.query("SELECT name, value FROM setting")}


def read_setting(store: Store, name: str, default: str = "") -> str:
    """One setting, or ``default`` where the office has not set it."""
    found = store.value("SELECT value FROM setting WHERE name = ?", (name,))
    return default if found is None else str(found)


def write_settings(store: Store, values: Mapping[str, str], title: str = "修改设置") -> Operation:
    """Set the named settings as one undoable step; others stay as they are.

    Args:
        store: the office's file.
        values: name to value.
        title: what the history calls it.
    """
    with store.operation("office.settings", title) as operation:
        for name, value in values.items():
            known = store.value("SELECT id FROM setting WHERE name = ?", (name,))
            if known is None:
                store.insert(
                    "setting", ("id", "name", "value"), [(store.ids.new_id(), name, value)]
                )
            else:
                store.execute("UPDATE setting SET value = ? WHERE id = ?", (value, known))
    return operation
