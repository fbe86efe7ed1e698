"""What a table shows and where its rows come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table.

    Attributes:
        key: the field's name; also the key of ``TableRow.texts``.
        title: as the header shows it.
        width: usual width in full-width characters.
        numeric: whether it is right-aligned.
        sortable: whether a click on the header sorts by it.
        listed: whether it is shown until the person chooses otherwise.
        stretch: whether it takes the width that is left.
    """

    key: str
    title: str
    width: int = 8
    numeric: bool = False
    sortable: bool = True
    listed: bool = True
    stretch: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as text.

    Attributes:
        id: the row's identity, by which it is opened and stays selected.
        texts: column key to what is shown.
        tones: column key to one of ``tokens.TONES``, where a cell has a state.
        notes: column key to a sentence shown as the cell's tooltip.
    """

    id: str
    texts: Mapping[str, str]
    tones: Mapping[str, str] = field(default_factory=dict[str, str])
    notes: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Order:
    """The column a table is sorted by."""

    key: str
    descending: bool = False


class RowSource(Protocol):
    """Gives identities in order at once and the rows in sight when they are looked at."""

    def ids(self, order: Order | None) -> Sequence[str]:
        """All identities of the list; in the list's own order where ``order`` is None."""
        ...

    def rows(self, ids: Sequence[str]) -> Sequence[TableRow]:
        """The rows of those identities in the order given; one that is gone may be left out."""
        ...


class FixedRows:
    """A source over rows that are in memory already: short lists, previews."""

    def __init__(
        self,
        rows: Sequence[TableRow] = (),
        values: Mapping[str, Mapping[str, float]] | None = None,
    ) -> None:
        """Show these rows in this order.

        Args:
            rows: the rows.
            values: identity and column key to the number by which to sort, where the text is none.
        """
        self._rows = {row.id: row for row in rows}
        self._values = values or {}

    def ids(self, order: Order | None) -> Sequence[str]:
        """The identities, sorted by the text of a column where asked."""
        if order is None:
            return list(self._rows)
        return sorted(
            self._rows,
            key=lambda one: (
                self._values.get(one, {}).get(order.key, 0.0),
                self._rows[one].texts.get(order.key, ""),
            ),
            reverse=order.descending,
        )

    def rows(self, ids: Sequence[str]) -> Sequence[TableRow]:
        """The rows of those identities."""
        return [self._rows[one] for one in ids if one in self._rows]


def numbers_of(
    columns: Sequence[TableColumn], rows: Sequence[TableRow]
) -> dict[str, dict[str, float]]:
    """By which number each cell of the numeric columns is sorted; cells without one come first."""
    numeric = [one.key for one in columns if one.numeric]
    return {row.id: {key: _number(row.texts.get(key, "")) for key in numeric} for row in rows}


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "").removesuffix("%"))
    except ValueError:
        return float("-inf")
