"""The view model of the teachers' list: what is asked for and which teachers answer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from models.errors import OfficeError
from models.office.context import Office
from models.staff.queries import TeacherFilter, count_teachers, teacher_ids, teacher_rows
from models.staff.search import SearchIndex, read_search_index
from ui.desktop.pages.teachers.hours import cycle_now, sums_of
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.table.source import Order, TableColumn, TableRow

HOURS = TableColumn("cycle_hours", "本周期学时", 6, numeric=True, sortable=False)
"""A column of the list that is summed from the ledger."""
STATUS_TONES = {"在岗": "ok"}
OTHER_STATUS = "muted"


class TeacherRows:
    """The rows of a list of teachers that one filter and one search ask for."""

    def __init__(self, office: Office, wanted: TeacherFilter, *, masked: bool) -> None:
        """Ask ``office`` for the teachers ``wanted``."""
        self._office = office
        self._wanted = wanted
        self._masked = masked
        self._hours = cycle_now(office)

    def ids(self, order: Order | None) -> Sequence[str]:
        """Their identities in order; by the pinyin of their names where none is asked for."""
        key, descending = (order.key, order.descending) if order else ("name", False)
        return teacher_ids(self._office, self._wanted, key, descending=descending)

    def rows(self, ids: Sequence[str]) -> Sequence[TableRow]:
        """Those teachers as text; who is not at work is marked."""
        found = teacher_rows(self._office, ids, masked=self._masked)
        hours = self._hours
        sums = sums_of(self._office, ids, hours) if hours else {}
        rows: list[TableRow] = []
        for one in found:
            texts, tones = dict(one.shown), _tones(one.shown)
            if hours is not None:
                texts[HOURS.key] = hours.words(sums[one.id])
                tones |= {HOURS.key: "ok"} if hours.reached(sums[one.id]) else {}
            rows.append(TableRow(one.id, texts, tones))
        return rows


class TeacherListing(QObject):
    """Keeps query, filters and masking, and builds the search when it is first needed.

    Signals:
        changed: the list has to be shown anew.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Begin with everybody, masked."""
        super().__init__(parent)
        self._session = session
        self._index: SearchIndex | None = None
        self._building = False
        self._query = ""
        self._equal: dict[str, str] = {}
        self._masked = True

    @property
    def masked(self) -> bool:
        """Whether ID numbers and phones are starred."""
        return self._masked

    @property
    def narrowed(self) -> bool:
        """Whether the list shows less than everybody."""
        return bool(self._query or self._equal)

    def total(self) -> int:
        """How many teachers the register holds."""
        return count_teachers(self._session.office)

    def ask(self, query: str, equal: Mapping[str, str]) -> None:
        """Ask for the teachers who match a search and have the stored values named."""
        self._query = query
        self._equal = dict(equal)
        if query and self._index is None:
            self._build()
        else:
            self.changed.emit()

    def set_masked(self, *, masked: bool) -> None:
        """Star what is personal, or show it."""
        if masked != self._masked:
            self._masked = masked
            self.changed.emit()

    def forget_index(self) -> None:
        """The register changed: the search is built anew, in the background where it is in use."""
        self._index = None
        if self._query:
            self._build()

    def warm(self) -> None:
        """Build the search before it is needed."""
        if self._index is None:
            self._build()

    def rows(self) -> TeacherRows:
        """The rows asked for."""
        hits = self._index.find(self._query) if self._index and self._query else None
        wanted = TeacherFilter(equal=self._equal, ids=hits)
        return TeacherRows(self._session.office, wanted, masked=self._masked)

    def _build(self) -> None:
        if not self._building:
            self._building = True
            self._session.read(
                "正在准备搜索", _read_index, self._built, self._not_built, quiet=True
            )

    def _built(self, index: SearchIndex) -> None:
        self._building = False
        self._index = index
        if self._query:
            self.changed.emit()

    def _not_built(self, error: OfficeError) -> None:
        self._building = False
        self._session.told.emit(error.sentence, "error")


def _read_index(office: Office, _progress: object) -> SearchIndex:
    return read_search_index(office)


def _tones(shown: Mapping[str, str]) -> dict[str, str]:
    status = shown.get("status", "")
    return {"status": STATUS_TONES.get(status, OTHER_STATUS)} if status else {}
