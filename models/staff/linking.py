"""Schools that were only named until now are linked as soon as they are registered."""

from __future__ import annotations

from models.office.context import Office
from models.staff.directory import read_directory

_LINKS = {
    "institution": ("parent_id", "parent_reported"),
    "teacher": ("school_id", "school_reported"),
}


def link_reported(office: Office) -> None:
    """Link every teacher and institution whose reported school is known now.

    Call it inside the operation that registered or renamed institutions.
    """
    directory = read_directory(office)
    for table, (link, reported) in _LINKS.items():
        names = office.store.query(
            f"SELECT DISTINCT {reported} FROM {table}"  # noqa: S608 - see _LINKS
            f" WHERE {reported} IS NOT NULL AND {link} IS NULL"
        )
        for (name,) in names:
            known = directory.find(name)
            if known is not None:
                office.store.execute(
                    f"UPDATE {table} SET {link} = ?, {reported} = NULL"  # noqa: S608 - as above
                    f" WHERE {reported} = ? AND {link} IS NULL AND id <> ?",
                    (known.id, name, known.id),
                )
