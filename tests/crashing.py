"""A program that writes large operations one after another until it is killed."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.stores import COLUMNS, enter, insert, many, opened

ROWS = 1500
"""Teachers each operation inserts."""
ENTRIES = 20


def write(path):
    """Write operation after operation; each is announced before it begins and once it is kept."""
    with opened(path) as store:
        done = store.value("SELECT count(*) FROM operation")
        while True:
            done += 1
            say(f"begin {done}")
            perform(store, done)
            say(f"kept {done}")


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def perform(store, number):
    """Insert a batch, change the last batch, delete the one before, and enter some hours."""
    with store.operation("batch", f"第 {number} 批"):
        rows = [[*row[:4], number] for row in many(ROWS, seed=number)]
        store.insert("teacher", COLUMNS, rows)
        store.execute("UPDATE teacher SET phone = 'x' || phone WHERE years = ?", (number - 1,))
        store.execute("DELETE FROM teacher WHERE years = ?", (number - 2,))
        keeper = insert(store, "teacher", name="常任", years=-number)
        for _ in range(ENTRIES):
            enter(store, keeper, number)


def state_after(count):
    """What ``facts`` must say when ``count`` operations were kept, all of each."""
    batches = {number: (ROWS, number < count) for number in (count - 1, count) if number > 0}
    keepers = {-number: (1, False) for number in range(1, count + 1)}
    return {**batches, **keepers}, ENTRIES * count


def facts(store):
    """Batch to its size and whether it was changed; number of entries."""
    rows = store.query(
        "SELECT years, count(*) AS size, max(coalesce(phone, '') LIKE 'x%') AS changed,"
        " min(coalesce(phone, '') LIKE 'x%') AS every FROM teacher GROUP BY years"
    )
    assert all(row["changed"] == row["every"] for row in rows)
    batches = {row["years"]: (row["size"], bool(row["changed"])) for row in rows}
    return batches, store.value("SELECT count(*) FROM entry")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
