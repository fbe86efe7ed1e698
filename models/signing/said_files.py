"""Small files that say one thing as a JSON object: keys, their backups, what others may know."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

from models.store.copying import part_of
from models.store.trouble import told


def read_said(file: Path, largest: int) -> dict[str, Any]:
    """The object in a file of at most ``largest`` bytes.

    Raises:
        ValueError: it holds none, or is larger.
        WorldError: it cannot be read.
    """
    with told(file), file.open("rb") as source:
        content = source.read(largest + 1)
    if len(content) > largest:
        raise ValueError(file.name)
    try:
        found: object = json.loads(content)
    except RecursionError as error:
        raise ValueError(file.name) from error
    if isinstance(found, dict):
        return cast("dict[str, Any]", found)
    raise ValueError(file.name)


def write_said(file: Path, said: dict[str, Any]) -> None:
    """Write an object to a file, which is whole or as it was.

    Raises:
        WorldError: it cannot be written.
    """
    with told(file), part_of(file) as part:
        part.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
