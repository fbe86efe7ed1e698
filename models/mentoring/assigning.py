"""The best assignment of rows to columns that take several rows each, by a library's solver.

Imported only when somebody matches: what stands behind it is slow to load. The solver is the
shortest augmenting path method of Jonker and Volgenant (lapx); a column that takes three rows
stands in its matrix three times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Thread
from typing import Any

import lap  # pyright: ignore[reportMissingTypeStubs]
import numpy as np
from numpy.typing import NDArray

from models.progress import Progress

FORBIDDEN = 10**12
"""A cost that no assignment may have; sums that hold it are as forbidden as it is."""

_LABEL = "正在匹配"
_SMALL = 250_000  # cells that are solved at once, without looking whether somebody cancels
_LOOK = 0.1  # seconds between two looks
_Costs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing that costs: what row and column are in its respect, and the cost of each two."""

    rows: Sequence[int]
    columns: Sequence[int]
    table: Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be assigned.

    Attributes:
        axes: costs that depend on what rows and columns are.
        row_costs, column_costs: costs of each row and column whoever the other is.
        special: row, column and a further cost of these two.
        room: how many rows each column may take.
        taken: how many it has already.
        load: what each row that a column has already adds to the cost of its next.
    """

    axes: Sequence[Axis]
    row_costs: Sequence[int]
    column_costs: Sequence[int]
    special: Sequence[tuple[int, int, int]]
    room: Sequence[int]
    taken: Sequence[int]
    load: int


def assign(task: Task, progress: Progress) -> list[int]:
    """The column of each row, -1 for none.

    As many rows as can be are assigned, and of all ways to do so one of least cost is taken. What
    it is depends on the order of rows and columns only where several cost the same.

    Raises:
        CancelledByUser: the person asked to stop.
    """
    rows, columns = len(task.row_costs), len(task.column_costs)
    found = [-1] * rows
    if not rows or not columns:
        return found
    costs = _costs(task)
    costs[:, np.array(task.room) <= 0] = FORBIDDEN
    done = 0
    for members, chosen in _parts(costs < FORBIDDEN):
        progress.step(done, rows, _LABEL)
        slots = _slots(costs[np.ix_(members, chosen)], task, chosen)
        for row, column in zip(members, _solved(slots, (done, rows), progress), strict=True):
            found[int(row)] = column
        done += len(members)
    progress.step(rows, rows, _LABEL)
    return found


def _costs(task: Task) -> _Costs:
    costs = np.add.outer(
        np.array(task.row_costs, dtype=np.int64), np.array(task.column_costs, dtype=np.int64)
    )
    for axis in task.axes:
        table = np.array(axis.table, dtype=np.int64)
        costs += table[np.ix_(np.array(axis.rows), np.array(axis.columns))]
    for row, column, cost in task.special:
        costs[row, column] += cost
    return np.where(costs >= FORBIDDEN, FORBIDDEN, costs)


def _parts(allowed: NDArray[np.bool_]) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    """Rows and columns that can be reached from each other; no assignment leads out of a part.

    Rows that no column may take belong to none.
    """
    waiting = allowed.any(axis=1)
    while waiting.any():
        rows = np.zeros(len(waiting), dtype=bool)
        rows[int(np.argmax(waiting))] = True
        while True:
            columns = allowed[rows].any(axis=0)
            wider = allowed[:, columns].any(axis=1)
            if (wider == rows).all():
                break
            rows = wider
        yield np.flatnonzero(rows), np.flatnonzero(columns)
        waiting &= ~rows


@dataclass(frozen=True, slots=True)
class _Slots:
    """The matrix for the solver: whose slot each column is, and what the forbidden costs."""

    matrix: NDArray[np.float64]
    owners: NDArray[Any]
    never: int


def _slots(part: _Costs, task: Task, chosen: NDArray[Any]) -> _Slots:
    """Each column as often as it takes rows, the next always dearer than the one before.

    What is forbidden costs more than everything else together: it is taken only where nothing
    else is left.
    """
    times = np.minimum(np.array(task.room, dtype=np.int64)[chosen], len(part))
    owners = np.repeat(chosen, times)
    before = np.arange(len(owners)) - np.repeat(np.cumsum(times) - times, times)
    before += np.array(task.taken, dtype=np.int64)[owners]
    slots = np.repeat(part, times, axis=1)
    banned = slots >= FORBIDDEN
    slots += task.load * before
    low, high = int(slots[~banned].min()), int(slots[~banned].max())
    never = (high - low + 1) * (len(part) + 1)
    matrix = np.where(banned, never, slots - low).astype(np.float64)
    return _Slots(matrix, owners, never)


def _solved(slots: _Slots, done: tuple[int, int], progress: Progress) -> list[int]:
    """The column that each row of a part gets, -1 where only what is forbidden was left."""
    matrix = slots.matrix  # the solver makes it square; who gets what it adds gets nobody

    def solve() -> list[int]:
        found: Any = lap.lapjv(matrix, extend_cost=True, return_cost=False)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        return [int(column) for column in found[0]]

    columns = solve() if matrix.size <= _SMALL else _watched(solve, done, progress)
    return [
        -1 if column < 0 or matrix[row, column] >= slots.never else int(slots.owners[column])
        for row, column in enumerate(columns)
    ]


def _watched(
    solve: Callable[[], list[int]], done: tuple[int, int], progress: Progress
) -> list[int]:
    """Solve while looking whether the person cancels; what nobody waits for ends by itself."""
    found: list[int] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            found.extend(solve())
        except MemoryError as error:
            failed.append(error)

    thread = Thread(target=work, name="matching", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(_LOOK)
        progress.step(*done, _LABEL)
    if failed:
        raise failed[0]
    return found
