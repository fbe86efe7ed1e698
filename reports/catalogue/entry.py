"""An entry of the catalogue: what a paper can be asked for, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from models.office.context import Office
from models.progress import Progress
from reports.catalogue.options import PaperInfo, Values
from reports.kit.fonts import Role
from reports.kit.furniture import Built, Output
from reports.workbooks.table import TableSheet


@dataclass(frozen=True, slots=True)
class Order:
    """A paper as it is asked for.

    Attributes:
        office: the office.
        values: the answers to its options.
        progress: told while it is gathered; may cancel.
    """

    office: Office
    values: Values
    progress: Progress


Make = Callable[[Order, Output], Built]
Tables = Callable[[Order], Sequence[TableSheet]]
Draft = Callable[[Order], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper of the catalogue.

    Attributes:
        info: its name, title and options.
        make: writes it as a PDF.
        tables: gives the sheets of its workbook; None where it is no table.
        draft: proposes the texts that were left empty; None where there are none.
        roles: typefaces it is set in for which a stand-in has to be told.
    """

    info: PaperInfo
    make: Make
    tables: Tables | None = None
    draft: Draft | None = None
    roles: tuple[Role, ...] = ()


def write(build: Callable[..., Built], found: object, output: Output, **more: object) -> Built:
    """Have a document's ``build`` write what was found."""
    return build(
        found, output.path, output.fonts, output.progress, overwrite=output.overwrite, **more
    )
