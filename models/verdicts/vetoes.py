"""What rules a person out whatever they achieved (师德问题一票否决): put down, and lifted."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation

_COLUMNS = (
    "id", "teacher_id", "kind", "year", "reason", "decided_by", "decided_on", "lifted_on",
    "lifted_because",
)  # fmt: skip
_LIST = """
SELECT v.id, v.teacher_id, t.teacher_no, t.name, v.kind, v.year, v.reason, v.decided_by,
    v.decided_on, COALESCE(v.lifted_on, '') AS lifted_on,
    COALESCE(v.lifted_because, '') AS lifted_because
FROM veto AS v JOIN teacher AS t ON t.id = v.teacher_id
WHERE (:teacher IS NULL OR v.teacher_id = :teacher)
ORDER BY v.year DESC, t.name_pinyin, v.id
"""
_STANDING = "SELECT teacher_id, kind, reason FROM veto WHERE year = ? AND lifted_on IS NULL"


@dataclass(frozen=True, slots=True)
class Veto:
    """A veto as lists show it; ``lifted_on`` is "" as long as it stands."""

    id: str
    teacher_id: str
    teacher_no: str
    name: str
    kind: str
    year: int
    reason: str
    decided_by: str
    decided_on: str
    lifted_on: str
    lifted_because: str


def put_veto(
    office: Office, teacher_id: str, year: int, reason: str, kind: str = "师德"
) -> Operation:
    """Rule somebody out for a year.

    Raises:
        UserError: no such teacher, or no reason.
    """
    name = office.store.value("SELECT name FROM teacher WHERE id = ?", (teacher_id,))
    if name is None:
        raise UserError("verdicts.no_teacher", "这名教师已不在名册中。", "请刷新后重新选择。")
    if not reason.strip():
        raise UserError("verdicts.no_reason", "没有写否决的依据。", "请写明依据。")
    with office.store.operation("verdicts.veto", f"{name} {year} 年{kind}一票否决") as operation:
        today = office.store.clock.today().isoformat()
        row = (
            office.store.ids.new_id(), teacher_id, kind, year, reason.strip(),
            office.store.person, today, None, None,
        )  # fmt: skip
        office.store.insert("veto", _COLUMNS, [row])
    return operation


def lift_veto(office: Office, veto_id: str, because: str) -> Operation:
    """Take a veto back; it stays to be seen with the reason.

    Raises:
        UserError: no reason, or it does not stand any more.
    """
    if not because.strip():
        raise UserError("verdicts.no_reason", "没有写解除的原因。", "请写明原因。")
    standing = office.store.value(
        "SELECT COUNT(*) FROM veto WHERE id = ? AND lifted_on IS NULL", (veto_id,)
    )
    if not standing:
        raise UserError("verdicts.no_veto", "没有这条否决，或已经解除。", "请刷新列表。")
    with office.store.operation("verdicts.lift", "解除一票否决") as operation:
        today = office.store.clock.today().isoformat()
        office.store.execute(
            "UPDATE veto SET lifted_on = ?, lifted_because = ? WHERE id = ?",
            (today, because.strip(), veto_id),
        )
    return operation


def vetoes(office: Office, teacher_id: str | None = None) -> list[Veto]:
    """The vetoes on file, lifted ones too, the latest year first."""
    return [Veto(*row) for row in office.store.query(_LIST, {"teacher": teacher_id})]


def standing_vetoes(office: Office, year: int) -> dict[str, tuple[str, ...]]:
    """Teacher to the vetoes that stand in a year, each as its kind and reason."""
    found: dict[str, tuple[str, ...]] = {}
    for teacher_id, kind, reason in office.store.query(_STANDING, (year,)):
        found[teacher_id] = (*found.get(teacher_id, ()), f"{kind}（{reason}）")
    return found
