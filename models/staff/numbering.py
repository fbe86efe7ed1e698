"""Teacher numbers: one person, one number for life (一人一号), given by the office."""

from __future__ import annotations

from models.office.context import Office
from models.office.numbering import own_mark

DIGITS = 6
_OWN_DIGITS = 3
"""Digits of a number that a school gives, after the mark of its file."""

_HIGHEST_BORNE = """
SELECT MAX(CAST(substr(teacher_no, 7) AS INTEGER)) FROM teacher
WHERE substr(teacher_no, 1, 6) = ? AND length(teacher_no) = ? AND teacher_no NOT GLOB '*[^0-9]*'
"""
_HIGHEST_OWN = """
SELECT MAX(CAST(substr(teacher_no, length(:prefix) + 1) AS INTEGER)) FROM teacher
WHERE substr(teacher_no, 1, length(:prefix)) = :prefix
"""


def take_numbers(office: Office, count: int) -> list[str]:
    """The next ``count`` numbers of the office's series: region and a six-digit sequence.

    A school's numbers bear the mark of its file in between, for the same number must not be given
    by two who are apart. Call it inside an operation. The series is kept outside the journal, so
    that a number once given is never given again, not even after the teacher was deleted or the
    import undone.
    """
    region, mark = office.identity.region, own_mark(office)
    prefix, digits = (f"{region}-{mark}-", _OWN_DIGITS) if mark else (region, DIGITS)
    store = office.store
    given = store.value("SELECT last FROM teacher_number_series WHERE region = ?", (prefix,))
    borne = (
        store.value(_HIGHEST_OWN, {"prefix": prefix})
        if mark
        else store.value(_HIGHEST_BORNE, (region, len(region) + DIGITS))
    )
    last = max(int(given or 0), int(borne or 0))
    store.execute(
        "INSERT INTO teacher_number_series (region, last) VALUES (?, ?)"
        " ON CONFLICT (region) DO UPDATE SET last = excluded.last",
        (prefix, last + count),
    )
    return [f"{prefix}{last + place:0{digits}d}" for place in range(1, count + 1)]
