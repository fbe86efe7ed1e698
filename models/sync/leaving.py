"""Teachers who are no longer the school's: their rows go, once the county has what was typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from models.office.context import Office
from models.store.database import Store
from models.store.forgetting import forget
from models.store.going import references
from models.store.histories import RowKey
from models.store.rows import is_there
from models.store.sql import compose, name
from models.sync import membership, post_book
from models.sync.membership import Asked
from models.sync.slices import STAYING, TEACHER

_GATHERED = "SELECT tbl, row FROM slice WHERE owned OR NOT :owned"
_USED = "SELECT DISTINCT {column} FROM {child} WHERE {column} IS NOT NULL"


def let_go(
    office: Office, school: str, leaving: Iterable[str], upto: int, guests: Collection[str]
) -> int:
    """Let go of what hangs on teachers who left; call it inside the operation, after merging.

    A teacher stays for now with whom something was changed here that is not acknowledged. What
    also hangs on somebody who stays (a pair) stays; the teacher it names is then a guest.

    Args:
        office: the school's office.
        school: which school it is.
        leaving: the teachers who left.
        upto: how many versions this file knew when the last acknowledged package was written.
        guests: the teachers who are shown by name from now on.

    Returns:
        How many rows went.
    """
    store = office.store
    known = post_book.guests(store)
    here = [one for one in leaving if one not in known and is_there(store, (TEACHER, one))]
    if not here:
        return 0
    unsent = {*membership.due_up(store, upto), *_used_elsewhere(store)}
    under = {one: _under(store, one) for one in here}
    going = {one: rows for one, rows in under.items() if not rows & unsent}
    while True:
        needed = membership.gather(store, Asked(school, without=tuple(going)))
        kept = needed & going.keys() - set(guests)
        if not kept:
            break
        going = {one: rows for one, rows in going.items() if one not in kept}
    staying = _gathered(store, owned=False)
    gone = {key for rows in going.values() for key in rows} - staying
    return forget(store, gone)


def _under(store: Store, teacher: str) -> set[RowKey]:
    membership.gather(store, Asked("", roots=(teacher,)))
    return _gathered(store, owned=True)


def _gathered(store: Store, *, owned: bool) -> set[RowKey]:
    return {(row[0], row[1]) for row in store.tuples(_GATHERED, {"owned": int(owned)})}


def _used_elsewhere(store: Store) -> set[RowKey]:
    """Rows that rows of tables which never travel refer to."""
    return {
        (key.target, row[0])
        for key in references(store)
        if key.child in STAYING
        for row in store.tuples(compose(_USED, column=name(key.column), child=name(key.child)))
    }
