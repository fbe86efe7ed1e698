"""Schools and teachers of a run as rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from models.entities.display import plain_decimal
from models.stamping.listing import SchoolCounts
from models.stamping.records import StampLine
from models.stamping.register import Correction, RegisterLine
from ui.desktop.widgets.detail_card import Details, Fact
from ui.desktop.widgets.shortening import shared_letters
from ui.desktop.widgets.stamp_tones import STAMP_TONES
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow

SCHOOLS = (
    TableColumn("name", "学校", 10, stretch=True),
    TableColumn("ready", "可验印", 3, numeric=True),
    TableColumn("blocked", "不予", 3, numeric=True),
    TableColumn("open", "待核实", 3, numeric=True, listed=False),
    TableColumn("stamped", "已验印", 3, numeric=True),
)
TEACHERS = (
    TableColumn("name", "姓名", 5),
    TableColumn("no", "教师编号", 7, listed=False),
    TableColumn("state", "状态", 6),
    TableColumn("hours", "学时", 4, numeric=True),
    TableColumn("reason", "原因或说明", 20, stretch=True, sortable=False),
)
CORRECTED = "已验印·有更正"
COUNTS = ("ready", "blocked", "open", "stamped")
NO_SCHOOL = "（没有学校）"
ALONE = "-"
"""Stands for those without a school, as an identity in the list."""


def school_rows(found: Sequence[SchoolCounts]) -> FixedRows:
    """Schools with their counts, sorted by number where a count is clicked."""
    values = {
        one.school_id or ALONE: {name: float(getattr(one, name)) for name in COUNTS}
        for one in found
    }
    short = shared_letters([one.school_name for one in found])
    return FixedRows([school_row(one, short) for one in found], values)


def school_row(one: SchoolCounts, left_out: int) -> TableRow:
    """A school with its counts; one that has nothing left to do is marked."""
    texts = {"name": one.school_name[left_out:] or NO_SCHOOL}
    for name in COUNTS:
        texts[name] = str(getattr(one, name) or "")
    done = one.stamped == one.teachers
    tones = {"name": "ok"} if done else {"ready": "info", "blocked": "error", "open": "warn"}
    return TableRow(one.school_id or ALONE, texts, tones)


def line_row(line: StampLine, corrected: Collection[str]) -> TableRow:
    """A teacher with state and reason."""
    state = state_of(line, corrected)
    return TableRow(
        line.id,
        {
            "name": line.name,
            "no": line.teacher_no,
            "state": state,
            "hours": plain_decimal(line.hours),
            "reason": reason_of(line, corrected),
        },
        {"state": "warn" if state == CORRECTED else STAMP_TONES[line.state]},
    )


def state_of(line: StampLine, corrected: Collection[str]) -> str:
    """The state in words, with a word for a ledger that changed since."""
    return CORRECTED if line.stamped and line.id in corrected else line.state


def reason_of(line: StampLine, corrected: Collection[str]) -> str:
    """One line on why."""
    if line.voided_on:
        return f"{line.voided_on} 作废：{line.voided_because}"
    if line.stamped_on:
        words = f"{line.stamped_on} {line.stamped_by} 验印，登记 {len(line.register)} 条"
        return words + ("；验印以后台账有更正" if line.id in corrected else "")
    return "；".join(one.text for one in line.reasons)


def line_details(line: StampLine, correction: Correction | None) -> Details:
    """What the card says of a teacher: the answer to 「为什么没有我」."""
    facts: list[Fact] = []
    later: list[Fact] = []
    if line.stamped_on:
        facts.append(Fact("验印", f"{line.stamped_on}　{line.stamped_by}"))
    if line.voided_on:
        facts.append(Fact("作废", f"{line.voided_on}　{line.voided_because}"))
    elif not line.stamped_on and line.reasons:
        later += [Fact("原因", one.text) for one in line.reasons]
    if correction is not None:
        later.append(Fact("", "验印以后的更正"))
        later.append(Fact("现在学时", plain_decimal(correction.hours_now)))
        later += [Fact("新增", _register(one)) for one in correction.added]
        later += [Fact("冲销", _register(one)) for one in correction.removed]
    if line.register and not line.voided_on:
        later.append(Fact("", "登记内容"))
        later += [Fact(f"{n}.", _register(one)) for n, one in enumerate(line.register, start=1)]
    tone = STAMP_TONES[line.state] if correction is None else "warn"
    state = line.state if correction is None else CORRECTED
    sums = f"本年 {plain_decimal(line.hours)} 学时、{plain_decimal(line.credits)} 学分"
    below = f"{line.teacher_no} · {sums} · {line.judged_on} 核验"
    return Details(line.name, below, state, tone, (*facts, *later))


def counted(lines: Sequence[StampLine]) -> Mapping[str, int]:
    """State to how many lines are in it."""
    found: dict[str, int] = {}
    for line in lines:
        found[line.state] = found.get(line.state, 0) + 1
    return found


def _register(one: RegisterLine) -> str:
    day = one.first_day or "没有日期"
    return f"{day} · {one.title} · {plain_decimal(one.hours)} 学时"
