"""Running the stamp over a year, stamping, taking stamps back, closing and opening again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from models.errors import UserError
from models.office.context import Office
from models.policies.cycles import cycle_of
from models.policies.library import pack_named
from models.progress import Progress
from models.staff.institutions import institution_names
from models.stamping.listing import find_run, lines_of, read_run, stamped_teachers
from models.stamping.records import STATE_NAMES, Run, StampLine
from models.stamping.register import register_sums, stored_registers
from models.stamping.wording import read_wording
from models.store.operations import Operation
from models.verdicts.basis import pack_over
from models.verdicts.board import Board, Judged
from models.verdicts.conditions import TITLES
from models.verdicts.judging import judge
from models.verdicts.periods import of_year
from models.verdicts.vetoes import StandingVeto, standing_vetoes

_LINE = (
    "id", "run_id", "teacher_id", "teacher_no", "name", "school_id", "school_name", "outcome",
    "reasons", "hours", "credits", "judged_on",
)  # fmt: skip
_CLEAR = """
DELETE FROM stamp_line WHERE run_id = :run AND stamped_on IS NULL
    AND (:school IS NULL OR COALESCE(school_id, '') = :school
        OR teacher_id IN (SELECT value FROM json_each(:teachers)))
"""
_STAMP = """
UPDATE stamp_line SET stamped_on = :today, stamped_by = :person,
    register = json_extract(given.value, '$[1]'), hours = json_extract(given.value, '$[2]'),
    credits = json_extract(given.value, '$[3]')
FROM json_each(:given) AS given WHERE stamp_line.id = json_extract(given.value, '$[0]')
"""
_SUMS = """
SELECT e.teacher_id, SUM(e.hours), SUM(COALESCE(e.credits, 0)) FROM ledger_entry AS e
INDEXED BY ledger_by_year WHERE e.year = ? GROUP BY e.teacher_id
"""
_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a step of stamping did: the run as it stands now, and the undoable step."""

    run: Run
    operation: Operation


def run_stamp(
    office: Office,
    year: int,
    *,
    school_id: str | None = None,
    pack_id: str = "",
    progress: Progress | None = None,
) -> Stamped:
    """Judge a year and put down for each teacher whether they may be stamped.

    Running again judges anew everybody who is not stamped yet; what is stamped stays.

    Args:
        office: the office.
        year: the year.
        school_id: only this school's teachers, "" for those without one; None for all.
        pack_id: the pack to judge by; "" for the run's own, at first that of the year's last day.
        progress: told of the steps; may cancel.

    Raises:
        UserError: the year has not begun, its run is closed, no pack of that day; another pack
            than before for one school alone, or where somebody is stamped by that one.
    """
    today = office.store.clock.today()
    if year > today.year:
        raise UserError("stamping.future", f"{year} 年还没有到。", "请核对年度。")
    run = find_run(office, year)
    if run is not None and run.closed:
        raise UserError(
            "stamping.closed", f"{year} 年度验印已经结束。", "如需补办，请先重新打开该年度。"
        )
    wanted = pack_id or (run.pack_id if run else "")
    period = of_year(year, cycle_of(office, year))
    pack = pack_named(office, wanted) if wanted else pack_over(office, period)
    board = judge(office, period, pack, progress=progress)
    if school_id is not None:
        places = [n for n, one in enumerate(board.people) if (one.school_id or "") == school_id]
        board = board.narrowed(places)
    _refuse_another_pack(run, pack.id, whole=school_id is None)
    with office.store.operation("stamping.run", f"{year} 年度验印核验") as operation:
        run_id = run.id if run else _open_run(office, year, pack.id)
        office.store.execute("UPDATE stamp_run SET pack_id = ? WHERE id = ?", (pack.id, run_id))
        teachers = json.dumps([one.id for one in board.people])
        given = {"run": run_id, "school": school_id, "teachers": teachers}
        office.store.execute(_CLEAR, given)
        done = stamped_teachers(office, run_id)
        office.store.insert("stamp_line", _LINE, _lines(office, run_id, board, done))
    return Stamped(read_run(office, run_id), operation)


def stamp(office: Office, line_ids: Sequence[str]) -> Stamped:
    """Stamp lines that are ready: the year's register lines are frozen into them.

    Raises:
        UserError: nothing selected, a line that is blocked, open or stamped before, somebody with
            another stamp that stands, a closed run, somebody who would not be ready any more.
    """
    chosen = lines_of(office, ids=line_ids)
    if not chosen:
        raise UserError("stamping.nothing", "没有选中教师。", "请先选择可验印的教师。")
    run = read_run(office, chosen[0].run_id)
    if run.closed:
        raise UserError("stamping.closed", f"{run.year} 年度验印已经结束。", "请先重新打开。")
    bad = [line for line in chosen if line.outcome != "ready" or line.stamped_on]
    if bad:
        raise UserError(
            "stamping.not_ready",
            f"{bad[0].name}为“{bad[0].state}”{_and_more(len(bad))}，不能验印。",
            "请先处理其原因并重新核验，或只选可验印的教师。",
        )
    _refuse_stamped(office, run, chosen)
    _refuse_changed(office, run, chosen)
    with office.store.operation(
        "stamping.stamp", f"{run.year} 年度验印 {len(chosen)} 人"
    ) as operation:
        for start in range(0, len(chosen), _AT_ONCE):
            part = chosen[start : start + _AT_ONCE]
            texts = stored_registers(office, run.year, [line.teacher_id for line in part])
            given = json.dumps(
                [
                    (line.id, texts[line.teacher_id], *register_sums(texts[line.teacher_id]))
                    for line in part
                ]
            )
            office.store.execute(
                _STAMP,
                {
                    "given": given,
                    "today": office.store.clock.today().isoformat(),
                    "person": read_wording(office).clerk,
                },
            )
    return Stamped(read_run(office, run.id), operation)


def void(office: Office, line_ids: Sequence[str], reason: str) -> Stamped:
    """Take stamps back with a reason; the lines stay to be seen, and a new run judges anew.

    Raises:
        UserError: no reason, nothing selected, a line that is not stamped.
    """
    chosen = lines_of(office, ids=line_ids)
    if not reason.strip():
        raise UserError("stamping.no_reason", "没有写作废的原因。", "请写明原因。")
    if not chosen or any(not line.stamped for line in chosen):
        raise UserError("stamping.not_stamped", "选中的不全是已验印的教师。", "请重新选择。")
    run = read_run(office, chosen[0].run_id)
    if run.closed:
        raise UserError("stamping.closed", f"{run.year} 年度验印已经结束。", "请先重新打开。")
    with office.store.operation(
        "stamping.void", f"{run.year} 年度验印作废 {len(chosen)} 人：{reason.strip()}"
    ) as operation:
        office.store.execute(
            "UPDATE stamp_line SET voided_on = ?, voided_because = ?"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (office.store.clock.today().isoformat(), reason.strip(), json.dumps(list(line_ids))),
        )
    return Stamped(run, operation)


def close_run(office: Office, run_id: str) -> Stamped:
    """End a year's stamping; nothing can be stamped in it until it is opened again."""
    return _set_state(office, run_id, "closed", "结束", "")


def reopen_run(office: Office, run_id: str, reason: str) -> Stamped:
    """Open a closed run again, for a reason that is kept.

    Raises:
        UserError: no reason.
    """
    if not reason.strip():
        raise UserError("stamping.no_reason", "没有写重新打开的原因。", "请写明原因。")
    return _set_state(office, run_id, "open", "重新打开", reason.strip())


def _refuse_another_pack(run: Run | None, pack_id: str, *, whole: bool) -> None:
    """One year is judged by one pack."""
    if run is None or run.pack_id == pack_id or (whole and not run.stamped):
        return
    raise UserError(
        "stamping.another_pack",
        f"{run.year} 年度已按规则包“{run.pack_id}”核验，不能一部分改用“{pack_id}”。",
        "请先作废已办的验印，再用新规则全部重新核验。",
    )


def _refuse_stamped(office: Office, run: Run, chosen: Sequence[StampLine]) -> None:
    """A void that was undone may have left a stamp that stands beside a line that is ready."""
    standing = stamped_teachers(office, run.id)
    twice = [line.name for line in chosen if line.teacher_id in standing]
    if twice:
        raise UserError(
            "stamping.twice",
            f"{twice[0]}{_and_more(len(twice))}在 {run.year} 年度已有有效的验印，不能再验印一次。",
            "请重新核验；要重新验印的，先作废原来的。",
        )


def _refuse_changed(office: Office, run: Run, chosen: Sequence[StampLine]) -> None:
    """What is stamped must still be so: the ledger may have changed since it was judged."""
    year = of_year(run.year, cycle_of(office, run.year))
    ids = [line.teacher_id for line in chosen]
    board = judge(office, year, pack_named(office, run.pack_id), ids=ids)
    titles = {one.demand.id: one for one in board.questions.asked}
    vetoes = standing_vetoes(office, run.year)
    ready = {
        judged.teacher_id
        for judged in board.rows()
        if _outcome(judged, titles, vetoes.get(judged.teacher_id, ()))[0] == "ready"
    }
    changed = [line.name for line in chosen if line.teacher_id not in ready]
    if changed:
        raise UserError(
            "stamping.changed",
            f"核验以后{changed[0]}的情况有变{_and_more(len(changed))}，已不符合验印条件。",
            "请重新核验，看清原因后再验印。",
        )


def _set_state(office: Office, run_id: str, state: str, word: str, note: str) -> Stamped:
    run = read_run(office, run_id)
    if run.state == state:
        raise UserError(
            "stamping.state", f"{run.year} 年度验印本来就是{STATE_NAMES[state]}。", "请刷新列表。"
        )
    title = f"{run.year} 年度验印{word}" + (f"：{note}" if note else "")
    with office.store.operation(f"stamping.{state}", title) as operation:
        office.store.execute(
            "UPDATE stamp_run SET state = ?, note = ? WHERE id = ?", (state, note or None, run_id)
        )
    return Stamped(read_run(office, run_id), operation)


def _open_run(office: Office, year: int, pack_id: str) -> str:
    run_id = office.store.ids.new_id()
    today = office.store.clock.today().isoformat()
    office.store.insert(
        "stamp_run",
        ("id", "year", "pack_id", "opened_on", "state", "note"),
        [(run_id, year, pack_id, today, "open", None)],
    )
    return run_id


def _lines(
    office: Office, run_id: str, board: Board, done: set[str]
) -> Iterable[tuple[object, ...]]:
    year = board.questions.period.first
    sums = {row[0]: (row[1], row[2]) for row in office.store.query(_SUMS, (year,))}
    schools = institution_names(office)
    vetoes = standing_vetoes(office, year)
    titles = {one.demand.id: one for one in board.questions.asked}
    today = office.store.clock.today().isoformat()
    for judged in board.rows():
        one = judged.person
        if one.id in done:
            continue
        outcome, reasons = _outcome(judged, titles, vetoes.get(one.id, ()))
        hours, credits = sums.get(one.id, (0, 0))
        yield (
            office.store.ids.new_id(), run_id, one.id, one.teacher_no, one.name, one.school_id,
            schools.get(one.school_id or "", ""), outcome,
            json.dumps(reasons, ensure_ascii=False), hours, credits, today,
        )  # fmt: skip


def _outcome(
    judged: Judged, titles: dict[str, Any], vetoes: Iterable[StandingVeto]
) -> tuple[str, list[tuple[str, str]]]:
    """What becomes of somebody, and the reasons as requirement and sentence."""
    failed = [
        result
        for result in judged.results
        if result.applies and not result.met and titles[result.id].demand.stamp
    ]
    reasons = [("", veto.words) for veto in vetoes]
    for result in failed:
        demand = titles[result.id].demand
        reasons.append(
            (
                result.id,
                f"{demand.title}：应 {result.required:f} {result.unit}，"
                f"实 {result.achieved:f} {result.unit}，差 {result.missing:f} {result.unit}"
                f"（{demand.clause}）",
            )
        )
    if reasons:
        return "blocked", reasons
    if judged.unknown:
        missing = "、".join(TITLES[fact] for fact in judged.unknown)
        return "open", [("", f"没有登记{missing}，无法核定应否达到有关要求")]
    if not any(result.applies for result in judged.results):
        return "open", [("", "这一年没有适用于本人的要求，无从核定")]
    return "ready", []


def _and_more(count: int) -> str:
    return f"等 {count} 人" if count > 1 else ""
