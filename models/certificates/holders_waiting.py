"""For whom something waits in a print run."""

from __future__ import annotations

from models.office.context import Office

_WAITING = """
SELECT DISTINCT c.number, c.teacher_id
FROM booklet_line AS b JOIN certificate AS c ON c.id = b.certificate_id
WHERE b.run_id = :run AND b.outcome = 'waiting' AND c.teacher_id IS NOT NULL
UNION
SELECT c.number, c.teacher_id
FROM print_item AS i JOIN certificate AS c ON c.id = i.certificate_id
WHERE i.run_id = :run AND i.outcome = 'waiting' AND c.teacher_id IS NOT NULL
"""


def waiting_holders(office: Office, run_id: str) -> dict[str, str]:
    """Number of each certificate that waits in a run to the teacher who holds it."""
    rows = office.store.query(_WAITING, {"run": run_id})
    return {row["number"]: row["teacher_id"] for row in rows}
