"""What the page shows, as lines of text; the jobs make them of what the office says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ui.desktop.widgets.table.source import TableColumn, TableRow

DUE = "该写包"
ENROLLED, WAITING, NOT_ENROLLED, REVOKED = "已注册", "等首包", "未注册", "已停用"
SCHOOL_COLUMNS = (
    TableColumn("name", "学校", 14, stretch=True),
    TableColumn("state", "状态", 5),
    TableColumn("days", "几天前", 3, numeric=True),
    TableColumn("received", "收到", 3),
    TableColumn("sent", "写出", 3),
    TableColumn("missing", "缺包", 4),
    TableColumn("conflicts", "冲突", 3, numeric=True),
)
PACKAGE_COLUMNS = (
    TableColumn("other", "单位", 12),
    TableColumn("number", "第几号", 4, numeric=True),
    TableColumn("state", "结果", 6),
    TableColumn("changes", "改动", 4, numeric=True),
    TableColumn("conflicts", "冲突", 3, numeric=True),
    TableColumn("message", "说明", 18, stretch=True),
    TableColumn("file", "文件", 10, listed=False),
)
CHANGE_COLUMNS = (
    TableColumn("other", "从哪里来", 9),
    TableColumn("kind", "种类", 6),
    TableColumn("record", "哪一条", 12),
    TableColumn("field", "栏目", 7),
    TableColumn("before", "原来", 10),
    TableColumn("after", "现在", 10, stretch=True),
)
CONFLICT_COLUMNS = (
    TableColumn("record", "哪一条", 12, stretch=True),
    TableColumn("kind", "种类", 6),
    TableColumn("field", "栏目", 10),
    TableColumn("sites", "哪两边", 14),
    TableColumn("at", "发现于", 8),
)
APPLIED, ALREADY, REFUSED, GAP, WRITTEN = "applied", "already", "refused", "gap", "written"
STATES = {
    APPLIED: ("已读入", "ok"),
    ALREADY: ("已经读过", "muted"),
    REFUSED: ("不能读", "error"),
    GAP: ("有缺包", "warn"),
    WRITTEN: ("已写好", "ok"),
}


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """How the exchange with a school stands.

    Attributes:
        id: the school.
        state: one of the four words above.
        days: since the last package was read; None where there was none.
        received, sent: number and day of the last package; "" for none.
        missing: which packages are missing, in words; "" for none.
        conflicts: how many wait for a decision.
        waiting: whether there is something for it that was not written or not acknowledged.
        due: whether a package should be written for it now.
        late: whether it has not exchanged for longer than the office wants.
        warnings: sentences on what is wrong with it.
    """

    id: str
    name: str
    state: str
    days: int | None = None
    received: str = ""
    sent: str = ""
    missing: str = ""
    conflicts: int = 0
    waiting: bool = False
    due: bool = False
    late: bool = False
    warnings: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class DriveLine:
    """A place packages are written to and read from."""

    path: Path
    name: str
    words: str
    writable: bool = True
    chosen_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class PackageLine:
    """A package that was written or read."""

    file: str
    other: str
    number: str
    state: str
    changes: int = 0
    conflicts: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A field of a record that a package changed."""

    other: str
    kind: str
    record: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of reading or writing.

    Attributes:
        title: one sentence.
        packages: each package.
        changes: every record that was changed.
        wrote: whether packages were written rather than read.
    """

    title: str
    packages: Sequence[PackageLine]
    changes: Sequence[ChangeLine] = ()
    wrote: bool = False

    @property
    def tone(self) -> str:
        """How well it went."""
        states = {one.state for one in self.packages}
        if REFUSED in states:
            return "error"
        if GAP in states or any(one.conflicts for one in self.packages):
            return "warn"
        return "ok"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values of a conflict: field and value, who, when by whose clock, and where."""

    key: str
    values: Sequence[tuple[str, str]]
    person: str
    at: str
    site: str
    shown: bool = False
    trusted: bool = True


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """Something that two sides have changed differently.

    Attributes:
        before: what both sides began with, field and value; empty where that is not known.
        sides: the values to choose between.
        row: the row, where a third value can be filled in; "" elsewhere.
        held: whether it was received and not let in, and can be put aside.
    """

    id: str
    record: str
    kind: str
    field: str
    at: str
    before: Sequence[tuple[str, str]]
    sides: Sequence[Side]
    row: str = ""
    held: bool = False


@dataclass(frozen=True, slots=True)
class Own:
    """How the exchange with the county stands, in a school's file: the lines below the buttons.

    Attributes:
        waiting: how many changed rows are in no package yet.
    """

    county: str = ""
    read: str = ""
    written: str = ""
    trouble: str = ""
    joined: bool = False
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything the page shows of the exchange.

    Attributes:
        schools: each school, in the county's file.
        own: how a school's file stands with the county; None in the county's.
        conflicts: what waits for a decision.
        trouble: a sentence on what stands in the way of all exchange; "" for nothing.
    """

    schools: Sequence[SchoolLine] = ()
    own: Own | None = None
    conflicts: Sequence[ConflictLine] = ()
    trouble: str = ""
    drives: Sequence[DriveLine] = field(default_factory=list[DriveLine])

    @property
    def due(self) -> int:
        """For how many schools a package should be written."""
        return sum(one.due for one in self.schools)


def school_row(one: SchoolLine) -> TableRow:
    """A school in the table."""
    tones = {"state": _state_tone(one)}
    if one.late:
        tones["days"] = "warn"
    if one.missing:
        tones["missing"] = "warn"
    if one.conflicts:
        tones["conflicts"] = "warn"
    texts = {
        "name": one.name,
        "state": DUE if one.due else one.state,
        "days": "" if one.days is None else f"{one.days:,}",
        "received": _short(one.received),
        "sent": _short(one.sent),
        "missing": one.missing,
        "conflicts": f"{one.conflicts:,}" if one.conflicts else "",
    }
    return TableRow(one.id, texts, tones)


def _short(told: str) -> str:
    """The number of a package; what came before the first is named."""
    return told.partition(" 号")[0].removeprefix("第 ") if told.startswith("第 ") else told[:2]


def package_row(place: int, one: PackageLine) -> TableRow:
    """A package in the list of what came of it."""
    words, tone = STATES.get(one.state, (one.state, "muted"))
    texts = {
        "other": one.other,
        "number": one.number,
        "state": words,
        "changes": f"{one.changes:,}" if one.changes else "",
        "conflicts": f"{one.conflicts:,}" if one.conflicts else "",
        "message": one.message,
        "file": one.file,
    }
    return TableRow(str(place), texts, {"state": tone})


def change_row(place: int, one: ChangeLine) -> TableRow:
    """A changed record in the list."""
    texts = {key.key: str(getattr(one, key.key)) for key in CHANGE_COLUMNS}
    return TableRow(str(place), texts)


def conflict_row(one: ConflictLine) -> TableRow:
    """A conflict in the list."""
    sites = " 和 ".join(dict.fromkeys(side.site for side in one.sides))
    texts = {"record": one.record, "kind": one.kind, "field": one.field, "sites": sites}
    return TableRow(one.id, {**texts, "at": one.at})


def _state_tone(one: SchoolLine) -> str:
    if one.state == ENROLLED:
        return "warn" if one.late or one.warnings else "info" if one.due else "ok"
    return "muted" if one.state == NOT_ENROLLED else "info" if one.state == WAITING else "error"
