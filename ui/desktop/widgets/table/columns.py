"""Table columns from the one description of an entity."""

from __future__ import annotations

from collections.abc import Collection

from models.entities.describe import Entity, Kind, columns
from ui.desktop.widgets.table.source import TableColumn

_NUMERIC = (Kind.INTEGER, Kind.DECIMAL)


def table_columns(
    entity: type[Entity], *, stretch: str, elsewhere: Collection[str] = ()
) -> list[TableColumn]:
    """All described fields of an entity as columns.

    Args:
        entity: the entity.
        stretch: the field that takes the width that is left.
        elsewhere: listed fields that the page shows in its detail card instead; the person may
            still choose them.
    """
    return [
        TableColumn(
            key=name,
            title=column.title,
            width=column.width,
            numeric=column.kind in _NUMERIC,
            listed=column.listed and name not in elsewhere,
            stretch=name == stretch,
        )
        for name, column in columns(entity).items()
    ]
