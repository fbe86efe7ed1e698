"""Which typefaces the office wants its papers set in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import cast

from models.office.settings import read_settings, write_settings
from models.store.database import Store

SETTING = "fonts."
"""Begins the name of the setting of a role (``song``, ``kai`` …)."""


def chosen_fonts(store: Store) -> dict[str, tuple[str, ...]]:
    """For each role the office chose for: names of typefaces or font files, the best first."""
    found = {
        name.removeprefix(SETTING): _names(value)
        for name, value in read_settings(store).items()
        if name.startswith(SETTING)
    }
    return {role: names for role, names in found.items() if names}


def choose_fonts(store: Store, chosen: Mapping[str, Sequence[str]]) -> None:
    """Keep the choice for these roles as one undoable step; no names: the usual ones."""
    write_settings(
        store,
        {
            SETTING + role: json.dumps(list(names), ensure_ascii=False)
            for role, names in chosen.items()
        },
    )


def _names(setting: str) -> tuple[str, ...]:
    """The names a setting lists; none where it was written by hand and is no list."""
    try:
        found: object = json.loads(setting)
    except ValueError:
        return ()
    return tuple(map(str, cast("list[object]", found))) if isinstance(found, list) else ()
