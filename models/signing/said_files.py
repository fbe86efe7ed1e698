"""Small files that say one thing as a JSON object: keys, their backups, what others may know."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, cast

from models.store.copying import part_of
from models.store.trouble import told

_OWNER_FILE, _OWNER_FOLDER = 0o600, 0o700


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


def write_secret(file: Path, said: dict[str, Any]) -> None:
    """Write an object that only this user may read, in a folder of which the same holds.

    It is safe on the disk when this returns.

    Raises:
        WorldError: the disk is full, write-protected, without permission.
    """
    with told(file.parent):
        file.parent.mkdir(mode=_OWNER_FOLDER, parents=True, exist_ok=True)
    with part_of(file) as part, told(file):
        # The rights are there before the secret is.
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_FILE)
        with os.fdopen(handle, "w", encoding="utf-8") as target:
            json.dump(said, target, ensure_ascii=False)
