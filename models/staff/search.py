"""Search as you type: one text in memory that holds a line for every teacher.

A scan of that text beats an index of the database for infix queries of two Chinese characters,
needs no upkeep while rows are written, and is rebuilt in one read after a change.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable

from models.office.context import Office
from models.text.labels import tidy_label

_BEFORE_INITIALS = "\x1e"
_AFTER_TAIL = "\x1d"
_LINES = """
SELECT t.id, t.name || char(31) || COALESCE(t.former_name, '') || char(31) || t.name_pinyin
    || char(30) || t.name_initials || char(31)
    || substr(COALESCE(t.id_number, ''), -4) || char(29) || COALESCE(t.phone, '')
    || char(31) || t.teacher_no || char(31) || COALESCE(i.name, t.school_reported, '')
    || char(31) || COALESCE(i.short_name, '')
FROM teacher AS t LEFT JOIN institution AS i ON i.id = t.school_id
"""


class SearchIndex:
    """Finds teachers by any part of name, pinyin, initials, ID tail, phone, number or school."""

    def __init__(self, lines: Iterable[tuple[str, str]]) -> None:
        """Index the lines: identity and searchable text of each teacher."""
        self._ids: list[str] = []
        self._starts = array("q")
        texts: list[str] = []
        position = 0
        for identity, text in lines:
            line = text.casefold().replace("\n", " ") + "\n"
            self._ids.append(identity)
            self._starts.append(position)
            texts.append(line)
            position += len(line)
        self._text = "".join(texts)

    def find(self, query: str) -> frozenset[str] | None:
        """The identities whose line holds every word of the query; None for an empty query."""
        words = [tidy_label(word) for word in query.split()]
        hits = [self._with_word(word) for word in words if word]
        found = hits[0] if hits else None
        for other in hits[1:]:
            found = hits[0] & other if found is None else found & other
        return found

    def _with_word(self, word: str) -> frozenset[str]:
        """The identities whose line holds the word.

        One letter means the first initial, one or two digits the end of the ID number: as infix
        they would hit nearly everybody and help nobody.
        """
        if len(word) == 1 and word.isascii() and word.isalpha():
            word = _BEFORE_INITIALS + word
        elif len(word) < 3 and word.isascii() and word.isdigit():
            word += _AFTER_TAIL
        found: list[str] = []
        position = self._text.find(word)
        while position >= 0:
            found.append(self._ids[bisect_right(self._starts, position) - 1])
            position = self._text.find(word, self._text.find("\n", position))
        return frozenset(found)


def read_search_index(office: Office) -> SearchIndex:
    """The index over all teachers of the office's file, as it is now."""
    return SearchIndex((row[0], row[1]) for row in office.store.query(_LINES))
