"""Where the program and the oracle part, and where the program parts with itself; in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from models.office.context import Office
from models.verdicts.board import Judged, Result
from models.verdicts.explaining import Verdict
from tests.oracle.evaluation import Answer

Answers = Mapping[str, Mapping[str, Answer]]


def against_oracle(rows: Iterable[Judged], expected: Answers) -> list[str]:
    """Every difference between a board and the oracle."""
    judged = {row.teacher_no: row for row in rows}
    found = [f"judged: {sorted(judged)}, not {sorted(expected)}"] * (
        sorted(judged) != sorted(expected)
    )
    for no in sorted(judged.keys() & expected.keys()):
        results, answers = judged[no].results, expected[no]
        if [one.id for one in results] != list(answers):
            found.append(f"{no}: asked {[one.id for one in results]}, not {list(answers)}")
            continue
        found += [told for one in results if (told := _part(no, one, answers[one.id]))]
    return found


def _part(no: str, one: Result, answer: Answer) -> str:
    if not one.applies and not answer.applies and not one.met:
        return ""
    got = (one.applies, one.required, one.achieved, one.met)
    wanted = (answer.applies, _amount(answer.required), _amount(answer.achieved), answer.met)
    return "" if got == wanted else f"{no} {one.id}: {got}, oracle {wanted}"


def _amount(hundredths: int) -> Decimal:
    return Decimal(hundredths) / 100


def with_explanation(office: Office, row: Judged, verdict: Verdict) -> list[str]:
    """Every difference between somebody's line on the board and the verdict entry by entry."""
    found: list[str] = []
    if [one.result.id for one in verdict.requirements] != [one.id for one in row.results]:
        return [f"{row.teacher_no}: explained {[one.result.id for one in verdict.requirements]}"]
    entries = {
        str(one[0])
        for one in office.store.query(
            "SELECT id FROM ledger_entry WHERE teacher_id = ?", (row.teacher_id,)
        )
    }
    for result, one in zip(row.results, verdict.requirements, strict=True):
        place = f"{row.teacher_no} {result.id}"
        same = ("applies", "required", "achieved", "unit", "met", "missing")
        got = [getattr(one.result, name) for name in same]
        wanted = [getattr(result, name) for name in same]
        if result.applies and got != wanted:
            found.append(f"{place}: explained {got}, board {wanted}")
        if not result.applies:
            continue
        counted = {each.id for each in one.counted}
        left = {each.id for each in one.not_counted}
        if counted & left:
            found.append(f"{place}: counted and not counted: {counted & left}")
        if any(not each.reason for each in one.not_counted):
            found.append(f"{place}: not counted without a reason")
        if result.unit != "门" and (silent := entries - counted - left):
            found.append(f"{place}: entries nothing is said of: {silent}")
        if not one.parts and sum((each.amount for each in one.counted), Decimal(0)) != (
            one.result.achieved
        ):
            found.append(f"{place}: counted entries do not make up what was achieved")
    return found
