"""What rules a person out whatever they achieved (师德问题一票否决): put down, and lifted.

Some vetoes follow from something else, such as a failed exam: they bear its name as their source,
and what put them down lifts them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation

_COLUMNS = (
    "id", "teacher_id", "kind", "year", "reason", "decided_by", "decided_on", "lifted_on",
    "lifted_because", "source",
)  # fmt: skip
_LIST = """
SELECT v.id, v.teacher_id, t.teacher_no, t.name, v.kind, v.year, v.reason, v.decided_by,
    v.decided_on, COALESCE(v.lifted_on, '') AS lifted_on,
    COALESCE(v.lifted_because, '') AS lifted_because
FROM veto AS v JOIN teacher AS t ON t.id = v.teacher_id
WHERE (:teacher IS NULL OR v.teacher_id = :teacher)
ORDER BY v.year DESC, t.name_pinyin, v.id
"""
_STANDING = """
SELECT teacher_id, kind, reason, source FROM veto WHERE year = ? AND lifted_on IS NULL
"""
_OF_SOURCES = """
SELECT id, teacher_id, source, reason, lifted_on, lifted_because FROM veto
WHERE source IN (SELECT value FROM json_each(?))
"""
_LIFT = """
UPDATE veto SET lifted_on = ?, lifted_because = ? WHERE id IN (SELECT value FROM json_each(?))
"""


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
            office.store.person, today, None, None, None,
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


@dataclass(frozen=True, slots=True)
class StandingVeto:
    """A veto that stands: its kind, its reason, and whether something else put it down."""

    kind: str
    reason: str
    sourced: bool = False

    @property
    def words(self) -> str:
        """As a reason reads; what follows from a failed exam is no 一票否决."""
        told = f"{self.kind}（{self.reason}）"
        return told if self.sourced else f"一票否决：{told}"


def standing_vetoes(office: Office, year: int) -> dict[str, tuple[StandingVeto, ...]]:
    """Teacher to the vetoes that stand in a year."""
    found: dict[str, tuple[StandingVeto, ...]] = {}
    for teacher_id, kind, reason, source in office.store.query(_STANDING, (year,)):
        veto = StandingVeto(kind, reason, source is not None)
        found[teacher_id] = (*found.get(teacher_id, ()), veto)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """What a source says now of those it concerns.

    Attributes:
        source: what puts the vetoes down, such as ``exam:`` and its identity.
        year, kind: of the vetoes.
        reasons: teacher to why they are ruled out.
        cleared: teachers whom nothing is held against any more.
        because: written where a veto is lifted.
        others: further sources whose vetoes are lifted for the cleared, such as the exam that was
            sat again.
    """

    source: str
    year: int
    kind: str
    reasons: Mapping[str, str]
    cleared: Sequence[str]
    because: str
    others: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """What settling does: teachers ruled out now, freed now, and freed by a person before."""

    put: tuple[str, ...]
    lifted: tuple[str, ...]
    left: tuple[str, ...]


def settling_needed(office: Office, wish: Settling) -> Settled:
    """What ``settle`` would do; nothing is written."""
    return _plan(office, wish)[0]


def settle(office: Office, wish: Settling) -> Settled:
    """Put down and lift the vetoes of a source, as one undoable step.

    What a person lifted with a reason of their own is not put down again for the same reason.
    """
    found, lifted, fresh = _plan(office, wish)
    today = office.store.clock.today().isoformat()
    with office.store.operation("verdicts.settle", f"{wish.kind}：{len(found.put)} 人"):
        office.store.execute(_LIFT, (today, wish.because, json.dumps(lifted)))
        rows = [
            (
                office.store.ids.new_id(), teacher_id, wish.kind, wish.year, reason,
                office.store.person, today, None, None, wish.source,
            )
            for teacher_id, reason in fresh.items()
        ]  # fmt: skip
        office.store.insert("veto", _COLUMNS, rows)
    return found


def _plan(office: Office, wish: Settling) -> tuple[Settled, list[str], dict[str, str]]:
    """What is done, the vetoes to lift, and the new ones as teacher to reason."""
    cleared, lifted = set(wish.cleared), list[str]()
    freed, standing, by_hand = list[str](), set[str](), set[str]()
    sources = json.dumps([wish.source, *wish.others])
    for row in office.store.query(_OF_SOURCES, (sources,)):
        teacher_id, own = row["teacher_id"], row["source"] == wish.source
        same = own and wish.reasons.get(teacher_id) == row["reason"]
        if row["lifted_on"] is not None:
            if same and row["lifted_because"] != wish.because:
                by_hand.add(teacher_id)
        elif same:
            standing.add(teacher_id)
        elif own or teacher_id in cleared:
            lifted.append(row["id"])
            freed += [] if teacher_id in wish.reasons else [teacher_id]
    fresh = {
        teacher_id: reason
        for teacher_id, reason in wish.reasons.items()
        if teacher_id not in standing | by_hand
    }
    found = Settled(tuple(fresh), tuple(dict.fromkeys(freed)), tuple(by_hand))
    return found, lifted, fresh
