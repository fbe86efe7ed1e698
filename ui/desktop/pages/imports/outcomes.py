"""The lines of the check: one for each problem of a row, or one for a row without any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.entities.describe import columns
from models.entities.display import mask, show
from models.entities.problems import Problem, Severity
from models.exchange.plans import Action, PlannedRow, TablePlan
from models.office.context import Office
from ui.desktop.pages.imports.readings import ENTITIES, CheckedFile, column_of
from ui.desktop.widgets.detail_card import Details, Fact
from ui.desktop.widgets.table.source import Order, TableColumn, TableRow

ALL, WARNED = "", "warned"
FILTERS: tuple[tuple[str, str, str], ...] = (
    (ALL, "全部", "data_rows"),
    (Action.INSERT, "新增", "inserted"),
    (Action.UPDATE, "更新", "updated"),
    (Action.UNCHANGED, "不变", "unchanged"),
    (Action.REFUSE, "退回", "refused"),
    (Action.SKIP, "略过", "skipped"),
    (WARNED, "提醒", "warned"),
)
"""Key, word and field of ``Counts`` of what the check can be filtered by."""

WORDS = {key: word for key, word, _ in FILTERS}
TONES = {
    Action.INSERT: "ok",
    Action.UPDATE: "info",
    Action.UNCHANGED: "muted",
    Action.REFUSE: "error",
    Action.SKIP: "muted",
}
CHIP_TONES = {**TONES, WARNED: "warn"}
COLUMNS = (
    TableColumn("result", "结果", 4),
    TableColumn("file", "文件", 8, listed=False),
    TableColumn("sheet", "工作表", 4),
    TableColumn("row", "行号", 3, numeric=True),
    TableColumn("who", "名称", 5),
    TableColumn("column", "列", 5),
    TableColumn("value", "原值", 6),
    TableColumn("reason", "原因", 20, stretch=True),
)
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the check: a row of a table, and one of its problems."""

    file: CheckedFile
    table: TablePlan
    row: PlannedRow
    problem: Problem | None

    @property
    def warned(self) -> bool:
        """Whether the row is taken and has something to tell."""
        taken = self.row.action in (Action.INSERT, Action.UPDATE, Action.UNCHANGED)
        return taken and any(one.severity is Severity.WARN for one in self.row.problems)


def lines_of(files: Sequence[CheckedFile]) -> list[Line]:
    """All lines, in the order of files, tables and rows."""
    return [
        Line(file, table, row, problem)
        for file in files
        for table in file.plan.tables
        for row in table.rows
        for problem in (row.problems or (None,))
    ]


class CheckRows:
    """The lines that a filter and a search ask for; texts are made when they are looked at."""

    def __init__(self, lines: Sequence[Line], wanted: str = ALL, query: str = "") -> None:
        """Show the lines of a fate ("" for any) whose name, row number or problem holds a text."""
        self._lines = lines
        self._places = [
            place
            for place, line in enumerate(lines)
            if _has_fate(line, wanted) and _holds(line, query)
        ]

    def line(self, identity: str) -> Line:
        """The line of a row of the table."""
        return self._lines[int(identity)]

    def ids(self, order: Order | None) -> Sequence[str]:
        """Their identities, sorted by a column where asked."""
        places = self._places
        if order is not None:
            keys = {place: self._key(place, order.key) for place in places}
            places = sorted(places, key=keys.__getitem__, reverse=order.descending)
        return [str(place) for place in places]

    def rows(self, ids: Sequence[str]) -> Sequence[TableRow]:
        """Those lines as text."""
        return [table_row(one, self._lines[int(one)]) for one in ids]

    def _key(self, place: int, key: str) -> tuple[int, str]:
        line = self._lines[place]
        return (line.row.row, "") if key == "row" else (0, table_row("", line).texts[key])


def table_row(identity: str, line: Line) -> TableRow:
    """A line as text."""
    action = line.row.action
    warns = line.problem is not None and line.problem.severity is Severity.WARN
    texts = {
        "result": WORDS[action] + ("·提醒" if warns and action is not Action.REFUSE else ""),
        "file": line.file.plan.path.name,
        "sheet": line.table.sheet or "",
        "row": str(line.row.row),
        "who": line.row.label,
        "column": _place(line.table, line.problem),
        "value": _value(line),
        "reason": _reason(line),
    }
    tone = "warn" if warns and action is not Action.REFUSE else TONES[action]
    tones = {"result": tone} | ({"reason": tone} if line.problem else {})
    return TableRow(identity, texts, tones)


def details_of(line: Line, office: Office, schools: Mapping[str, str]) -> Details:
    """The card of a row: its problems, what it changes field by field, or what it brings.

    Args:
        line: one of its lines.
        office: for the names of codes.
        schools: identity to name of the institutions known.
    """
    row, table = line.row, line.table
    place = " · ".join(
        part for part in (line.file.plan.path.name, table.sheet, f"第 {row.row} 行") if part
    )
    facts: list[Fact] = []
    if row.problems:
        facts.append(Fact("", "问题"))
        facts += [Fact(_place(table, one) or "整行", one.message) for one in row.problems]
    if row.changes:
        facts.append(Fact("", "将更新"))
        for change in row.changes:
            column = column_of(table.kind, change.field)
            title = column.title if column else change.field
            facts.append(Fact(title, f"{change.before or '（空）'} → {change.after or '（空）'}"))
    if row.action is Action.INSERT:
        facts += [Fact("", "将写入"), *_brings(line, office, schools)]
    name = row.label or f"第 {row.row} 行"
    return Details(name, place, WORDS[row.action], TONES[row.action], facts)


def _brings(line: Line, office: Office, schools: Mapping[str, str]) -> list[Fact]:
    values = dict(line.row.values)
    for name in ("school", "parent"):
        known = schools.get(str(values.get(f"{name}_id")))
        reported = values.get(f"{name}_reported")
        if name in columns(ENTITIES[line.table.kind]) and (known or reported):
            values[name] = known or reported
    return [
        Fact(column.title, shown)
        for name, column in columns(ENTITIES[line.table.kind]).items()
        if (shown := mask(column, show(column, values.get(name), office.codes)))
    ]


def _has_fate(line: Line, wanted: str) -> bool:
    if wanted == WARNED:
        return line.warned
    return wanted in (ALL, line.row.action)


def _holds(line: Line, query: str) -> bool:
    if not query:
        return True
    problem = line.problem
    told = (problem.message, problem.value) if problem else ()
    return any(query in text for text in (line.row.label, str(line.row.row), *told))


def _place(table: TablePlan, problem: Problem | None) -> str:
    """The column's letter and title: C 身份证号."""
    if problem is None or problem.field is None:
        return ""
    column = column_of(table.kind, problem.field)
    letter = table.letters.get(problem.field, "")
    return f"{letter} {column.title}".strip() if column else letter


def _value(line: Line) -> str:
    """The cell as it was; of rows that are taken what is personal stays hidden."""
    problem = line.problem
    if problem is None:
        return ""
    column = column_of(line.table.kind, problem.field)
    if column is None or problem.severity is Severity.REFUSE:
        return problem.value
    return mask(column, problem.value)


def _reason(line: Line) -> str:
    if line.problem is not None:
        return line.problem.message
    if line.row.action is not Action.UPDATE:
        return ""
    names = [column_of(line.table.kind, one.field) for one in line.row.changes]
    titles = [one.title for one in names if one]
    more = f"等 {len(titles)} 项" if len(titles) > _NAMED else ""
    return f"将更新{'、'.join(titles[:_NAMED])}{more}"
