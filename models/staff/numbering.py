"""Teacher numbers: one person, one number for life (一人一号), given by the office."""

from __future__ import annotations

from models.office.context import Office

DIGITS = 6

_HIGHEST_BORNE = """
SELECT MAX(CAST(substr(teacher_no, 7) AS INTEGER)) FROM teacher
WHERE substr(teacher_no, 1, 6) = ? AND length(teacher_no) = ? AND teacher_no NOT GLOB '*[^0-9]*'
"""


def take_numbers(office: Office, count: int) -> list[str]:
    """The next ``count`` numbers of the office's series: region and a six-digit sequence.

    Call it inside an operation. The series is kept outside the journal, so that a number once
    given is never given again, not even after the teacher was deleted or the import undone.
    """
    region = office.identity.region
    store = office.store
    given = store.value("SELECT last FROM teacher_number_series WHERE region = ?", (region,))
    borne = store.value(_HIGHEST_BORNE, (region, len(region) + DIGITS))
    last = max(int(given or 0), int(borne or 0))
    store.execute(
        "INSERT INTO teacher_number_series (region, last) VALUES (?, ?)"
        " ON CONFLICT (region) DO UPDATE SET last = excluded.last",
        (region, last + count),
    )
    return [f"{region}{last + place:0{DIGITS}d}" for place in range(1, count + 1)]
