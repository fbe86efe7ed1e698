"""What of a package is let in: a school speaks for its own slice only, and for nobody else.

A row that is not let in is not lost: it is held with the reason, listed, and let in once a person
says so.
"""

from __future__ import annotations

from collections.abc import Collection

from models.office.context import Office
from models.store.database import Store
from models.store.rows import is_there
from models.store.standing import RowKey
from models.store.wire import RowHistory
from models.sync import membership
from models.sync.authority import Authority
from models.sync.membership import Asked
from models.sync.roster import Site, own, sites
from models.sync.slices import SCHOOL, SLICES, TEACHER, Owner, Travels, Writes
from models.sync.tombstones import was_of

NOT_EXCHANGED = "这类内容不在学校交换的范围内。"
OURS = "这是本单位自己的改动，而本机没有它的记录：本机的数据可能恢复过旧备份。"
ANOTHERS = "这不是该校自己的改动。"
READ_ONLY = "这类内容由县里掌握，学校的改动要由县里确认。"
OUTSIDE = "这不是该校的记录。"

_OWNED = "SELECT EXISTS (SELECT 1 FROM slice WHERE tbl = ? AND row = ? AND owned)"
_BORN = """SELECT o.site FROM version v JOIN operation o ON o.no = v.operation
JOIN layout l ON l.id = v.layout WHERE v.row = ? AND l.tbl = ? ORDER BY v.seq LIMIT 1"""


def from_county(history: RowHistory) -> str:
    """Let in what is exchanged at all; the reason why not otherwise."""
    return "" if history.table in SLICES else NOT_EXCHANGED


class FromSchool:
    """Lets in what a school may change of the rows that are or were its own."""

    def __init__(self, office: Office, sender: Site) -> None:
        """Gather what the sender may speak of; call it inside an operation, before merging."""
        store = office.store
        self._store: Store = store
        self._own = own(office)
        self._sites: Collection[str] = {
            one.id for one in sites(office) if one.institution_id == sender.institution_id
        }
        former = tuple(sorted(membership.former_teachers(store, sender.institution_id)))
        self._asked = Asked(sender.institution_id, roots=former)
        self._authority = Authority(office, self._sites)
        self._admitted: set[tuple[str, str]] = set()
        membership.gather(store, self._asked)

    def __call__(self, history: RowHistory) -> str:
        """Empty, or the reason why the row is held."""
        travels = SLICES.get(history.table)
        if travels is None:
            return NOT_EXCHANGED
        strangers = {one.author.site for one in history.versions} - set(self._sites)
        if strangers:
            return OURS if self._own in strangers else ANOTHERS
        if travels.writes is Writes.NOTHING:
            return READ_ONLY
        if not self._may(travels, history) or not self._stays_theirs(travels, history):
            return OUTSIDE
        undecided = self._authority.refusal(history)
        if undecided:
            return undecided
        self._admitted.add((history.table, history.row))
        return ""

    def _may(self, travels: Travels, history: RowHistory) -> bool:
        if travels.writes is Writes.ITSELF:
            return history.row == self._asked.school
        key = (history.table, history.row)
        if travels.writes is Writes.BORN:
            hung = (
                (owner.table, str(version.values.get(owner.column)))
                for owner in travels.within
                for version in history.versions
                if owner.column in version.values
            )
            return all(self._is_their_making(one) for one in (key, *hung))
        if key in self._admitted or self._store.value(_OWNED, key):
            return True
        if is_there(self._store, key):
            return False
        return self._is_new_there(travels, history) or was_of(self._store, key, self._asked)

    def _is_their_making(self, key: RowKey) -> bool:
        table, row = key
        born = self._store.value(_BORN, (row, table))
        return born is None or born in self._sites

    def _is_new_there(self, travels: Travels, history: RowHistory) -> bool:
        """Whether a row that does not stand here says of itself that it is the school's."""
        said = [one.values for one in history.versions]
        return any(
            self._is_theirs(owner, str(values[owner.column]))
            for values in said
            for owner in travels.owners
            if values.get(owner.column) is not None
        )

    def _stays_theirs(self, travels: Travels, history: RowHistory) -> bool:
        """Whether no version hangs the row on somebody else; a teacher may leave for a school."""
        if travels.table == TEACHER:
            return True
        named = {
            (owner.column, str(one.values[owner.column]))
            for one in history.versions
            for owner in travels.owners
            if one.values.get(owner.column) is not None
        }
        return all(
            any(
                self._is_theirs(owner, row) or self._was_theirs(owner, row)
                for owner in travels.owners
                if owner.column == column
            )
            for column, row in named
        )

    def _was_theirs(self, owner: Owner, row: str) -> bool:
        """Whether an owner that was deleted here was the school's."""
        if owner.table == SCHOOL or is_there(self._store, (owner.table, row)):
            return False
        return was_of(self._store, (owner.table, row), self._asked)

    def _is_theirs(self, owner: Owner, row: str) -> bool:
        if owner.table == SCHOOL:
            return row == self._asked.school
        key = (owner.table, row)
        return key in self._admitted or bool(self._store.value(_OWNED, key))
