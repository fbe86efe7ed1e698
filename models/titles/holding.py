"""The register follows the grants: 骨干级别 now, and its periods, are the highest title held.

What the register says and no grant explains is taken in as a grant first, so that nothing that was
recorded by hand or imported is lost.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from models.office.context import Office
from models.staff.histories import follow_history, history_of
from models.staff.periods import Period
from models.store.operations import Operation
from models.titles.kinds import title_rules
from models.titles.terms import Span, highest, timeline, until

REGISTER = "名册"
"""The source of a grant that was taken in from the register."""
_LOWEST = (99, 99)
_GRANTS = """
SELECT g.* FROM title_grant AS g
WHERE ?1 IS NULL OR g.teacher_id IN (SELECT value FROM json_each(?1))
ORDER BY g.teacher_id, g.granted_on, g.id
"""
_ADOPTED = (
    "id", "teacher_id", "kind", "level", "subject", "stage", "granted_on", "source", "ended_on",
    "ended_how", "ended_because",
)  # fmt: skip
_TITLED = "SELECT id, backbone FROM teacher WHERE backbone IS NOT NULL"


def follow(office: Office, teacher_ids: Iterable[str]) -> int:
    """Let the register follow the grants of these teachers; call it inside an operation.

    Returns:
        How many teachers' 骨干级别 is another now.
    """
    ids = sorted(set(teacher_ids))
    adopt(office, ids)
    today = office.store.clock.today().isoformat()
    spans = _spans(office, ids)
    histories: dict[str, list[Period]] = {}
    for one in ids:
        own = [*spans.get(one, ()), *_unknown(office, one)]
        histories[one] = [
            Period("backbone", each.code or None, each.starts_on, each.until)
            for each in timeline(own, today)
        ]
    return follow_history(office, "backbone", histories)


def adopt(office: Office, teacher_ids: Sequence[str]) -> int:
    """Take in as grants what the register says of these teachers and no grant explains.

    Call it inside an operation.

    Returns:
        How many grants were written.
    """
    rules = title_rules()
    known = _known_codes(office, teacher_ids)
    facts = {
        row["id"]: row
        for row in office.store.query(
            "SELECT id, stage, subject FROM teacher WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(teacher_ids)),),
        )
    }
    rows: list[tuple[object, ...]] = []
    for one in teacher_ids:
        for period, ended in _unexplained(history_of(office, one, "backbone")):
            title = rules.by_code(period.value or "")
            if title is None or period.value in known.get(one, ()):
                continue
            end = (ended, "left", "名册记载") if ended else (None, None, None)
            place = facts[one]["subject"], facts[one]["stage"]
            new_id = office.store.ids.new_id()
            rows.append((new_id, one, *title, *place, period.starts_on, REGISTER, *end))
            known.setdefault(one, set()).add(str(period.value))
    return office.store.insert("title_grant", _ADOPTED, rows)


def adopt_register(office: Office) -> tuple[int, Operation]:
    """Take in the 骨干级别 of the whole register as titles, as one undoable step."""
    with office.store.operation("titles.adopt", "把名册中的骨干级别登记为称号") as operation:
        count = adopt(office, [row["id"] for row in office.store.query(_TITLED)])
    return count, operation


def standing_codes(office: Office, known: Mapping[str, str | None], day: str) -> dict[str, str]:
    """The 骨干级别 that counts on a day, "" for none: a title that has run out counts no more.

    Args:
        office: the office.
        known: teacher to the code that the register says; it counts where no grant explains it.
        day: ISO.
    """
    rules = title_rules()
    spans = _spans(office, list(known))
    found: dict[str, str] = {}
    for one, now in known.items():
        own = spans.get(one, [])
        if now and now not in {span.code for span in own}:
            title = rules.by_code(now)
            own = [*own, Span(now, rules.place(*title) if title else _LOWEST, None, None)]
        found[one] = highest(own, day) or ""
    return found


def disagreeing(office: Office) -> list[str]:
    """The teachers whose 骨干级别 is not their highest title today: a term ended, a hand entry."""
    today = office.store.clock.today().isoformat()
    spans = _spans(office, None)
    held = {one: highest(own, today) for one, own in spans.items()}
    now: dict[str, str] = {row["id"]: row["backbone"] for row in office.store.query(_TITLED)}
    known = title_rules().by_code
    return sorted(
        one
        for one in held.keys() | now.keys()
        if held.get(one) != now.get(one)
        and (one not in now or known(now[one]) or held.get(one) is not None)
    )


def settle(office: Office) -> tuple[int, Operation]:
    """Let the register follow the grants wherever it does not, as one undoable step."""
    with office.store.operation("titles.settle", "按有效称号更新名册的骨干级别") as operation:
        count = follow(office, disagreeing(office))
    return count, operation


def span_of(row: Mapping[str, Any]) -> Span | None:
    """The span of a grant in the register; None for an honour that it does not bear."""
    rules = title_rules()
    code = rules.kind(row["kind"]).code(row["level"])
    if not code:
        return None
    end = until(row["ends_on"], row["ended_on"], row["ended_how"])
    return Span(code, rules.place(row["kind"], row["level"]), row["granted_on"], end)


def _spans(office: Office, teacher_ids: Sequence[str] | None) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = defaultdict(list)
    wanted = None if teacher_ids is None else json.dumps(list(teacher_ids))
    for row in office.store.query(_GRANTS, (wanted,)):
        span = span_of(dict(row))
        if span is not None:
            found[row["teacher_id"]].append(span)
    return found


def _known_codes(office: Office, teacher_ids: Sequence[str]) -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    rules = title_rules()
    for row in office.store.query(_GRANTS, (json.dumps(list(teacher_ids)),)):
        code = rules.kind(row["kind"]).code(row["level"])
        known.setdefault(row["teacher_id"], set()).add(code)
    return known


def _unknown(office: Office, teacher_id: str) -> list[Span]:
    """Periods of codes that are no title of the rules: the office's own entries stay as they are.

    Where a title is held as well, the title is what the register shows meanwhile.
    """
    known = title_rules().by_code
    history = history_of(office, teacher_id, "backbone")
    return [
        Span(
            one.value,
            _LOWEST,
            one.starts_on,
            None if after and after.value and known(after.value) else one.ends_on,
        )
        for one, after in zip(history, (*history[1:], None), strict=False)
        if one.value is not None and known(one.value) is None
    ]


def _unexplained(history: Sequence[Period]) -> list[tuple[Period, str | None]]:
    """The periods with a value, each with the day it was lost, None where it was not.

    What is followed by a higher title was not lost by that.
    """
    rules = title_rules()
    found: list[tuple[Period, str | None]] = []
    for one, after in zip(history, (*history[1:], None), strict=False):
        if one.value is None:
            continue
        title = rules.by_code(one.value)
        following = rules.by_code(after.value) if after and after.value else None
        higher = title and following and rules.place(*following) < rules.place(*title)
        found.append((one, None if higher else one.ends_on))
    return found
