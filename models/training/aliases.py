"""Spellings of one title: proposed to a person, whose yes or no is remembered.

S4 itself names one book by three titles; nothing is ever merged silently.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.training.course_names import alike, title_key

_TITLES = "SELECT title FROM course UNION SELECT alias FROM course_alias"
_LEDGER_TITLES = """
SELECT course_title AS title, COUNT(*) AS entries FROM ledger_entry
WHERE kind IN ('record', 'course') GROUP BY title_key ORDER BY entries DESC LIMIT ?
"""
_ALIASES = "SELECT alias_key FROM course_alias WHERE course_id = ?"
_MOST_TITLES = 5000


@dataclass(frozen=True, slots=True)
class AliasProposal:
    """A title of the ledger that may be another spelling of a course's.

    Attributes:
        alias: as it stands in the ledger.
        entries: how many entries bear it.
    """

    alias: str
    entries: int


def titles_alike(office: Office, title: str) -> list[str]:
    """Titles of courses that may mean the same book, without those a person told apart."""
    others = [row[0] for row in office.store.query(_TITLES)]
    apart = _told_apart(office, title_key(title))
    return [one for one in alike(title, others) if title_key(one) not in apart]


def alias_proposals(office: Office, course_id: str) -> list[AliasProposal]:
    """Titles in the ledger that may mean this course, the most alike first."""
    title = _title(office, course_id)
    rows = office.store.query(_LEDGER_TITLES, (_MOST_TITLES,))
    entries = {row["title"]: row["entries"] for row in rows}
    settled = _told_apart(office, title_key(title))
    settled |= {row[0] for row in office.store.query(_ALIASES, (course_id,))}
    near = alike(title, entries, limit=10)
    return [AliasProposal(one, entries[one]) for one in near if title_key(one) not in settled]


def aliases_of(office: Office, course_id: str) -> list[str]:
    """The spellings a person has declared for a course."""
    sql = "SELECT alias FROM course_alias WHERE course_id = ? ORDER BY alias"
    return [str(row[0]) for row in office.store.query(sql, (course_id,))]


def add_alias(office: Office, course_id: str, alias: str) -> Operation:
    """Declare another spelling of a course's title: records under it count as the same training.

    Raises:
        UserError: there is no such course, the spelling is empty, or was declared before.
    """
    title = _title(office, course_id)
    key = title_key(alias)
    if not key:
        raise UserError("training.no_alias", "没有写另一个名称。", "请写出表中的课程名称。")
    known = {row[0] for row in office.store.query(_ALIASES, (course_id,))}
    if key == title_key(title) or key in known:
        raise UserError("training.alias_known", f"“{alias}”已经算作“{title}”。", "不用再登记。")
    with office.store.operation("training.alias", f"“{alias}”即“{title}”") as operation:
        office.store.insert(
            "course_alias",
            ("id", "course_id", "alias", "alias_key"),
            [(office.store.ids.new_id(), course_id, alias.strip(), key)],
        )
    return operation


def tell_apart(office: Office, title: str, other: str) -> Operation:
    """Remember that two titles that look alike are two trainings; they are not proposed again."""
    keys = sorted((title_key(title), title_key(other)))
    with office.store.operation("training.apart", f"“{title}”与“{other}”不是一门") as operation:
        if keys[1] not in _told_apart(office, keys[0]):
            today = office.store.clock.today().isoformat()
            office.store.insert(
                "title_apart",
                ("id", "one_key", "other_key", "told_on"),
                [(office.store.ids.new_id(), *keys, today)],
            )
    return operation


def _told_apart(office: Office, key: str) -> set[str]:
    rows = office.store.query(
        "SELECT other_key FROM title_apart WHERE one_key = :key"
        " UNION SELECT one_key FROM title_apart WHERE other_key = :key",
        {"key": key},
    )
    return {str(row[0]) for row in rows}


def _title(office: Office, course_id: str) -> str:
    title = office.store.value("SELECT title FROM course WHERE id = ?", (course_id,))
    if title is None:
        raise UserError("training.no_such_course", "这门课程已不在库中。", "请刷新列表。")
    return str(title)
