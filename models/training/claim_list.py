"""What a claim of hours says as its row holds it, and the claims as lists show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from sqlite3 import Row

from models.entities.display import from_hundredths, plain_decimal
from models.office.context import Office

SAID = (
    "teacher_id",
    "year",
    "course",
    "title_key",
    "category",
    "theme",
    "level",
    "nature",
    "organizer",
    "start_date",
    "end_date",
    "hours",
    "credits",
    "kind",
    "ground",
    "reason",
    "evidence",
    "source",
    "entered_by",
    "entered_on",
)
STATE_NAMES = {"entered": "待审核", "approved": "待验证", "returned": "已退回", "posted": "已入账"}
STEPS = {"": (), "approve": ("approve",), "approve,verify": ("approve", "verify")}
"""The setting ``ledger.steps`` to the steps a claim goes after it was entered."""
_AMOUNTS = ("hours", "credits")
_LIST = """
SELECT c.*, t.name, t.teacher_no, COALESCE(i.name, t.school_reported) AS school
FROM ledger_claim AS c JOIN teacher AS t ON t.id = c.teacher_id
LEFT JOIN institution AS i ON i.id = t.school_id
WHERE (:state = '' AND c.state <> 'posted' OR c.state = :state)
    AND (:teacher = '' OR c.teacher_id = :teacher)
ORDER BY c.entered_on, c.rowid
"""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim as text: ``shown`` holds its columns, the person, and the state in words."""

    id: str
    teacher_id: str
    state: str
    shown: Mapping[str, str]


def claim_rows(office: Office, state: str = "", teacher_id: str = "") -> list[ClaimRow]:
    """The claims of a state, "" for all that are not in the ledger, the earliest first."""
    rows = office.store.query(_LIST, {"state": state, "teacher": teacher_id})
    return [_shown(office, row) for row in rows]


def claim_counts(office: Office) -> dict[str, int]:
    """How many claims are in each state."""
    sql = "SELECT state, COUNT(*) FROM ledger_claim GROUP BY state"
    return {row[0]: row[1] for row in office.store.query(sql)}


def _shown(office: Office, row: Row) -> ClaimRow:
    shown = {name: "" if row[name] is None else str(row[name]) for name in row.keys()}  # noqa: SIM118
    for name in _AMOUNTS:
        amount = from_hundredths(row[name])
        shown[name] = "" if amount is None else plain_decimal(amount)
    for name, table in (
        ("category", "training_mode"),
        ("theme", "training_theme"),
        ("level", "training_level"),
        ("nature", "course_nature"),
        ("ground", "offset_ground"),
    ):
        shown[name] = office.codes[table].name_of(row[name]) if row[name] else ""
    shown["state"] = STATE_NAMES[row["state"]]
    shown["kind"] = "冲抵" if row["kind"] == "offset" else "登记"
    return ClaimRow(row["id"], row["teacher_id"], row["state"], shown)
