"""What every command needs that writes a template to fill in."""

from __future__ import annotations

from pathlib import Path

from models.entities.describe import Entity
from models.staff.institutions import institution_rows
from reports.workbooks.template import write_template
from ui.cli.session import Session, TerminalProgress


def write_template_of(session: Session, entity: type[Entity], out: Path) -> None:
    """Write the template of an entity with the office's schools to choose from.

    Raises:
        WorldError: the file cannot be written.
    """
    with session.office(read_only=True) as office:
        names = [row.shown["name"] for row in institution_rows(office)]
        write_template(
            out, entity, office.codes, TerminalProgress(), institutions=names, overwrite=True
        )
