"""What a school may say in the rows it may change: it enters and applies, the county decides.

A school's own program asks the same of its people; the county's reader does not rely on that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from models.office.context import Office
from models.office.settings import read_setting
from models.store.database import Store
from models.store.sql import compose, name
from models.store.wire import RowHistory, Spoken, Value
from models.training.claims import steps_of
from models.training.courses import APPROVAL_SETTING
from models.training.entries import closed_until

DECIDED = "审批由县里办理，该校写来的已办结果要由县里确认。"
UNCHECKED = "县里规定学时要先审核，该校直接登记的要由县里确认。"
CLOSED = "这一年度县里已经封账，要由县里确认。"
REVERSED = "县里登记的学时由县里冲销，该校的冲销要由县里确认。"

_FIRST = """SELECT o.site FROM version v JOIN operation o ON o.no = v.operation
JOIN layout l ON l.id = v.layout WHERE v.row = ? AND l.tbl = ? ORDER BY v.seq LIMIT 1"""
_SHOWN = "SELECT {column} FROM {table} WHERE id = ?"


@dataclass(frozen=True, slots=True)
class _Says:
    """What a school may write into a column: these values, or what stands here already."""

    table: str
    column: str
    values: frozenset[Value]


_ALWAYS = (
    _Says("exemption", "state", frozenset({"filed"})),
    _Says("nomination", "state", frozenset({"nominated", "dropped"})),
    _Says("nomination", "waived", frozenset({None})),
)
_CHECKED_CLAIM = _Says("ledger_claim", "state", frozenset({"entered"}))
_FREE_CLAIM = _Says("ledger_claim", "state", frozenset({"entered", "posted"}))
_PLAN = _Says("course", "approval", frozenset({"draft", "filed", None}))


class Authority:
    """The county's rules as they are now, asked of one school's rows."""

    def __init__(self, office: Office, sites: Collection[str]) -> None:
        """Read the county's settings; ``sites`` are those of the school."""
        self._store: Store = office.store
        self._sites = sites
        self._steps = bool(steps_of(office))
        self._closed = closed_until(office.store)
        self._plans = read_setting(office.store, APPROVAL_SETTING) == "yes"
        self._says = (*_ALWAYS, _CHECKED_CLAIM if self._steps else _FREE_CLAIM)

    def refusal(self, history: RowHistory) -> str:
        """Why a person of the county has to look at it; empty if nobody has to."""
        for version in history.versions:
            found = self._of_version(history, version)
            if found:
                return found
        return ""

    def _of_version(self, history: RowHistory, version: Spoken) -> str:
        values = version.values
        if history.table == "ledger_entry" and values:
            return self._entry(values)
        rules = [one for one in self._says if one.table == history.table]
        if history.table == "course" and (self._plans or values.get("filed_by")):
            rules.append(_PLAN)
        if all(self._may_say(history.row, rule, values) for rule in rules):
            return ""
        return DECIDED

    def _may_say(self, row: str, rule: _Says, values: Mapping[str, Value]) -> bool:
        if rule.column not in values or values[rule.column] in rule.values:
            return True
        statement = compose(_SHOWN, table=name(rule.table), column=name(rule.column))
        shown = self._store.one(statement, (row,))
        return shown is not None and shown[0] == values[rule.column]

    def _entry(self, values: Mapping[str, Value]) -> str:
        year, reverses = values.get("year"), values.get("reverses")
        if isinstance(year, int) and year <= self._closed:
            return CLOSED
        if self._steps and values.get("kind") in {"record", "offset"}:
            return UNCHECKED
        if reverses is not None:
            first = self._store.value(_FIRST, (reverses, "ledger_entry"))
            if first is not None and first not in self._sites:
                return REVERSED
        return ""
