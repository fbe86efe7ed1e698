"""The three ways in which an office's file begins."""

from __future__ import annotations

from pathlib import Path

from models.office.identity import Identity
from models.workspace.opening import create_office


def new_office(file: Path, identity: Identity) -> None:
    """An empty office.

    Raises:
        UserError: the identity cannot be used, or the file exists.
        WorldError: the folder cannot be written.
    """
    create_office(file, identity).store.close()
