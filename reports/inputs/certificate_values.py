"""What stands on a certificate, by the names its forms use, in the words papers use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from models.certificates.facts import batch_name
from models.certificates.kinds import kind_named
from models.certificates.register import Certificate
from reports.kit.wording import formal_date, plain_date

_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?")


@dataclass(frozen=True, slots=True)
class Beside:
    """What a certificate's paper says that the register does not keep.

    Attributes:
        id_number: in full, masked or "".
        organizer: who held the course, where that was not frozen.
        mark: ``补`` on a copy made anew, else "".
    """

    id_number: str = ""
    organizer: str = ""
    mark: str = ""


def values_of(one: Certificate, beside: Beside | None = None) -> dict[str, str]:
    """Text for every name that forms of its kind may use; "" for what nobody knows.

    Raises:
        UserError: its kind is not known to this program.
    """
    beside = beside or Beside()
    kind = kind_named(one.kind)
    names = (*kind.keeps, *(fact.key for fact in kind.facts))
    usual = {fact.key: fact.default for fact in kind.facts if "{" not in fact.default}
    facts = {name: _dated(one.facts.get(name, usual.get(name, ""))) for name in names}
    if "organizer" in facts:
        facts["organizer"] = facts["organizer"] or beside.organizer
    return {
        **facts,
        **{name: say(one, facts) for name, (needs, say) in _SAID.items() if needs in facts},
        "number": one.number,
        "name": one.holder_name,
        "sex": one.holder_sex,
        "school": one.holder_school,
        "id_number": beside.id_number,
        "id_tail": one.holder_id_tail,
        "batch": batch_name(one.batch),
        "year": str(one.year),
        "issuer": one.issuer,
        "issued_on": formal_date(one.issued_on),
        "copy_mark": beside.mark,
    }


def _dated(text: str) -> str:
    """A day or month as papers write it; other text as it is."""
    return plain_date(text) if _DAY.fullmatch(text) else text


def _quoted(course: str) -> str:
    """The course in quotation marks, unless it begins with a book title mark of its own."""
    return course if not course or course.startswith("《") else f"“{course}”"


def _held_by(organizer: str) -> str:
    return f"{organizer}举办的" if organizer else ""


def _amount(facts: Mapping[str, str]) -> str:
    """``15 学时、1.5 学分``, as far as it is known."""
    units = {"hours": "学时", "credits": "学分"}
    return "、".join(f"{facts[key]} {unit}" for key, unit in units.items() if facts.get(key))


def _verdict(result: str) -> str:
    """``考核成绩合格，`` or ``考核成绩优秀，``; points only say that they were enough."""
    if not result:
        return ""
    return f"考核成绩{'合格' if result.replace('.', '', 1).isdecimal() else result}，"


def _period(start: str, end: str) -> str:
    """``于2026年7月1日至7月5日``; the year is said once; "" if nothing is known."""
    if not start and not end:
        return ""
    if not start or not end or start == end:
        return f"于{plain_date(start or end)}"
    first, last = plain_date(start), plain_date(end)
    same_year = start[:4] == end[:4] and len(last) > len("2026年")
    return f"于{first}至{last[5:] if same_year else last}"


_Say = Callable[[Certificate, Mapping[str, str]], str]
_SAID: Mapping[str, tuple[str, _Say]] = {
    "course": ("course", lambda _, facts: _quoted(facts["course"])),
    "held_by": ("organizer", lambda _, facts: _held_by(facts["organizer"])),
    "period": ("start_date", lambda one, _: _period(one.start_date, one.end_date)),
    "amount": ("hours", lambda _, facts: _amount(facts)),
    "verdict": ("result", lambda _, facts: _verdict(facts["result"])),
    "teaching": ("stage", lambda _, facts: facts["stage"] + facts.get("subject", "")),
}
"""Names that are made of facts: the fact a kind must have for it, and how it is said."""
