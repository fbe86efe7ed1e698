"""The view model of the institutions' list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from models.staff.institutions import InstitutionRow, institution_rows
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.detail_card import Details, Fact
from ui.desktop.widgets.filters import Choice
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow

TEACHERS = TableColumn("teachers", "教师数", 4, numeric=True)
CLOSED = ("已合并", "已撤销")


class InstitutionListing(QObject):
    """All institutions as text, narrowed by a search and by fields."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Begin empty; ``read`` fills it."""
        super().__init__(parent)
        self._session = session
        self._rows: Sequence[InstitutionRow] = ()
        self._query = ""
        self._equal: Mapping[str, str] = {}

    @property
    def total(self) -> int:
        """How many institutions there are."""
        return len(self._rows)

    def read(self) -> None:
        """Read them anew."""
        self._rows = institution_rows(self._session.office)

    def ask(self, query: str, equal: Mapping[str, str]) -> None:
        """Narrow the list: words in the names, shown values of fields."""
        self._query = query
        self._equal = equal

    def choices(self, field: str) -> list[Choice]:
        """The values that a field has, for a filter."""
        found = sorted({row.shown[field] for row in self._rows if row.shown[field]})
        return [Choice(text, text) for text in found]

    def rows(self) -> FixedRows:
        """The institutions asked for."""
        found = institution_rows(self._session.office, self._query) if self._query else self._rows
        return FixedRows(
            [
                TableRow(row.id, {**row.shown, "teachers": str(row.teachers)}, _tones(row))
                for row in found
                if all(row.shown[name] == value for name, value in self._equal.items())
            ]
        )

    def details(self, institution_id: str, titles: Mapping[str, str]) -> Details | None:
        """What the card says of an institution."""
        row = next((one for one in self._rows if one.id == institution_id), None)
        if row is None:
            return None
        shown = row.shown
        status = shown.get("status", "")
        facts = [Fact("教师数", f"{row.teachers} 人")]
        facts += [
            Fact(titles[name], text)
            for name, text in shown.items()
            if text and name not in ("name", "type", "status")
        ]
        tone = "muted" if status in CLOSED else "ok"
        return Details(shown["name"], shown.get("type", ""), status, tone, facts)


def _tones(row: InstitutionRow) -> dict[str, str]:
    closed = row.shown.get("status", "") in CLOSED
    return dict.fromkeys(("name", "status"), "muted") if closed else {}
