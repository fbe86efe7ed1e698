"""What a stamping run and its lines say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from models.entities.display import from_hundredths

Outcome = Literal["ready", "blocked", "open"]
OUTCOME_NAMES: dict[Outcome, str] = {"ready": "可验印", "blocked": "不予验印", "open": "待核实"}
STATE_NAMES = {"open": "进行中", "closed": "已结束"}


@dataclass(frozen=True, slots=True)
class Run:
    """One year's stamping.

    Attributes:
        id, year, pack_id, opened_on, state, note: as kept; ``note`` says why it was opened again.
        ready, blocked, open, stamped: lines of each sort; a stamped one counts as stamped only.
    """

    id: str
    year: int
    pack_id: str
    opened_on: str
    state: str
    note: str
    ready: int
    blocked: int
    open: int
    stamped: int

    @property
    def closed(self) -> bool:
        """Whether nothing can be stamped in it as it stands."""
        return self.state == "closed"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is blocked, or what has to be cleared first.

    Attributes:
        id: of the requirement; "" for a fact that is missing.
        text: the sentence that answers 「为什么没有我」.
    """

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line of the booklet's register, as it was when it was stamped.

    Amounts are exact; days ISO, "" where unknown; ``mode`` by name.
    """

    entry_id: str
    first_day: str
    last_day: str
    title: str
    mode: str
    hours: Decimal
    credits: Decimal | None
    score: str
    organizer: str


@dataclass(frozen=True, slots=True)
class StampLine:
    """One teacher in a run.

    Attributes:
        id, run_id, teacher_id, teacher_no, name, school_id, school_name: who, as of the run.
        outcome, reasons, hours, credits, judged_on: the judgement and the year's sums.
        stamped_on, stamped_by: "" as long as it is not stamped.
        register: the register lines of the year, frozen when it was stamped.
        voided_on, voided_because: when and why the stamp was taken back; "" if it stands.
    """

    id: str
    run_id: str
    teacher_id: str
    teacher_no: str
    name: str
    school_id: str
    school_name: str
    outcome: Outcome
    reasons: tuple[Reason, ...]
    hours: Decimal
    credits: Decimal
    judged_on: str
    stamped_on: str
    stamped_by: str
    register: tuple[RegisterLine, ...]
    voided_on: str
    voided_because: str

    @property
    def stamped(self) -> bool:
        """Whether the stamp stands."""
        return bool(self.stamped_on) and not self.voided_on

    @property
    def ready(self) -> bool:
        """Whether it can be stamped as it is."""
        return self.outcome == "ready" and not self.stamped_on

    @property
    def state(self) -> str:
        """In words: 已验印, 已作废, 可验印, 不予验印, 待核实."""
        if self.voided_on:
            return "已作废"
        return "已验印" if self.stamped_on else OUTCOME_NAMES[self.outcome]


def read_line(row: Mapping[str, Any]) -> StampLine:
    """The line of a stored row."""
    text = {
        name: row[name] or ""
        for name in ("school_id", "stamped_on", "stamped_by", "voided_on", "voided_because")
    }
    return StampLine(
        id=row["id"],
        run_id=row["run_id"],
        teacher_id=row["teacher_id"],
        teacher_no=row["teacher_no"],
        name=row["name"],
        school_name=row["school_name"],
        outcome=row["outcome"],
        reasons=tuple(Reason(*one) for one in json.loads(row["reasons"])),
        hours=from_hundredths(row["hours"]) or Decimal(0),
        credits=from_hundredths(row["credits"]) or Decimal(0),
        judged_on=row["judged_on"],
        register=tuple(read_register_line(one) for one in json.loads(row["register"] or "[]")),
        **text,
    )


def read_register_line(stored: Mapping[str, Any]) -> RegisterLine:
    """A register line as it was frozen, amounts in hundredths."""
    amounts: dict[str, Any] = {
        "hours": from_hundredths(stored["hours"]),
        "credits": from_hundredths(stored["credits"]),
    }
    return RegisterLine(**{**stored, **amounts})
