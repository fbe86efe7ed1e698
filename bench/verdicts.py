"""Verdicts of everybody, against the same sums by hand and by other programs on the same file."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.county import write_roster, write_schools
from bench.timing import Goal, medians
from models.clock import SystemClock
from models.exchange.importing import apply_plan, plan_import
from models.ids import RandomIds
from models.office.context import Office
from models.office.identity import Identity
from models.policies.library import pack_named
from models.verdicts.board import Board
from models.verdicts.judging import judge
from models.verdicts.periods import Period
from models.workspace.opening import Desk, create_office, open_workspace

ENTRIES = 50
PERIOD = Period(2011, 2015)
MODES = ("1", "1", "2", "3", "3", "3", "4", "8")
THEMES = (None, None, None, "01", "02", "03", "04", "05")
_COUNTS = "(e.theme IN ('02', '05')) IS NOT TRUE"
_BY_HAND = f"""SELECT SUM(total >= 36000), SUM(school >= 12000), SUM(long >= 1), SUM(y48 = 5),
SUM(y24 = 5), SUM(near >= 12000), SUM(head >= 3000), SUM(lead >= 12000) FROM (
SELECT teacher_id, SUM(t) AS total, SUM(s) AS school, SUM(l) AS long, SUM(t >= 4800) AS y48,
SUM(s >= 2400) AS y24, SUM(n) AS near, SUM(h) AS head, SUM(p) AS lead FROM (
SELECT e.teacher_id, e.year,
SUM(CASE WHEN {_COUNTS} THEN e.hours ELSE 0 END) AS t,
SUM(CASE WHEN e.category = '3' AND {_COUNTS} THEN e.hours ELSE 0 END) AS s,
SUM(CASE WHEN e.category = '1' AND abs(e.hours) >= 9000 AND {_COUNTS}
    THEN CASE e.kind WHEN 'reversal' THEN -1 ELSE 1 END ELSE 0 END) AS l,
SUM(CASE WHEN e.category = '1' AND {_COUNTS} THEN e.hours ELSE 0 END) AS n,
SUM(CASE WHEN e.theme = '03' AND {_COUNTS} THEN e.hours ELSE 0 END) AS h,
SUM(CASE WHEN e.theme = '04' AND e.category = '1' AND {_COUNTS} THEN e.hours ELSE 0 END) AS p
FROM ledger_entry AS e INDEXED BY ledger_sums WHERE e.year BETWEEN 2011 AND 2015
GROUP BY e.teacher_id, e.year) GROUP BY teacher_id)"""
_PANDAS = """
import sqlite3, sys, pandas
frame = pandas.read_sql("SELECT teacher_id, year, category, theme, hours FROM ledger_entry"
    " WHERE year BETWEEN 2011 AND 2015", sqlite3.connect(sys.argv[1]))
frame = frame[~frame.theme.isin(["02", "05"])]
school, near = frame[frame.category == "3"], frame[frame.category == "1"]
sums = [part.groupby("teacher_id").hours.sum() for part in (frame, school, near,
    frame[frame.theme == "03"], near[near.theme == "04"], near[near.hours >= 9000])]
years = [part.groupby(["teacher_id", "year"]).hours.sum() for part in (frame, school)]
print([int((one >= least).sum())
    for one, least in zip(sums, (36000, 12000, 12000, 3000, 12000, 1))])
"""


def verdict_job(folder: Path, people: int) -> Iterator[tuple[Goal, dict[str, float]]]:
    """Twelve requirements of everybody; one teacher's; the counts after one new entry."""
    office = ledger_of(folder, people)
    pack = pack_named(office, "wenzhou-2012")
    board = judge(office, PERIOD, pack)
    someone = board.people[len(board.people) // 2].id
    contestants: dict[str, Callable[[], object]] = {
        "ours": lambda: judge(office, PERIOD, pack),
        "by hand": lambda: _cli(office, _BY_HAND),
        "python loop": lambda: _loop(office),
    }
    path = str(office.store.path)
    if _has_pandas():
        contestants["pandas"] = lambda: _run([sys.executable, "-c", _PANDAS, path])
    found = medians(contestants)
    yield Goal("verdicts of all", "ours", "by hand", 1.5), found
    yield Goal("verdicts of all", "ours", "python loop", 1 / 2), found
    if "pandas" in found:
        yield Goal("verdicts of all", "ours", "pandas", 1 / 2), found
    after = medians(
        {
            "one teacher": lambda: judge(office, PERIOD, pack, ids=[someone]),
            "counts after one entry": lambda: _refreshed(office, board, someone),
            "all": lambda: judge(office, PERIOD, pack),
        }
    )
    yield Goal("after one entry", "one teacher", "all", 1 / 50), after
    yield Goal("after one entry", "counts after one entry", "all", 1 / 50), after
    office.store.close()


def ledger_of(folder: Path, people: int) -> Office:
    """An office of so many people with fifty entries each, opened to read.

    The entries are put past the journal, whose cost is measured with imports.
    """
    path = folder / "ledger.db"
    identity = Identity("桦甸市教师进修学校", "220282")
    office = create_office(path, identity, Desk("bench", SystemClock(), RandomIds()))
    apply_plan(office, plan_import(office, write_schools(folder / "s.xlsx")))
    apply_plan(office, plan_import(office, write_roster(folder / "r.xlsx", people)))
    office.store.close()
    _fill(path)
    return open_workspace(path, read_only=True)


def _fill(path: Path) -> None:
    chance = random.Random(1)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    triggers = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'"
    ).fetchall()
    for (name,) in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'ledger_entry'"
        " AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    ids = [row[0] for row in connection.execute("SELECT id FROM teacher ORDER BY id")]
    connection.executemany(
        "INSERT INTO ledger_entry (id, teacher_id, year, course_title, title_key, category, theme,"
        " start_date, hours, kind, source, posted_on)"
        " VALUES (lower(hex(randomblob(16))), ?, ?, '课程', '课程', ?, ?, ?, ?, 'record', 'x',"
        " '2015-12-31')",
        _entries(chance, ids),
    )
    for _, sql in indexes:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.close()


def _entries(chance: random.Random, ids: list[str]) -> Iterator[tuple[object, ...]]:
    for number in range(len(ids) * ENTRIES):
        year = 2009 + number % 8
        hours = chance.choice((500, 800, 1500, 2000, 9000))
        day = f"{year}-{number % 12 + 1:02d}-10"
        yield ids[number % len(ids)], year, chance.choice(MODES), chance.choice(THEMES), day, hours


def _refreshed(office: Office, board: Board, teacher_id: str) -> list[tuple[int, int]]:
    fresh = judge(office, PERIOD, board.questions.pack, ids=[teacher_id])
    return [column.counts() for column in board.updated(fresh).columns]


def _cli(office: Office, sql: str) -> None:
    program = shutil.which("sqlite3")
    if program is None:
        raise SystemExit("the sqlite3 program is needed as the yardstick")
    _run([program, "-readonly", "-cmd", "PRAGMA cache_size = -65536", str(office.store.path), sql])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _loop(office: Office) -> int:
    """One scan in Python, the same eight sums."""
    sums: dict[str, list[int]] = {}
    years: dict[tuple[str, int], list[int]] = {}
    connection = sqlite3.connect(f"file:{office.store.path}?mode=ro", uri=True)
    for teacher, year, mode, theme, hours in connection.execute(
        "SELECT teacher_id, year, category, theme, hours FROM ledger_entry INDEXED BY ledger_sums"
        " WHERE year BETWEEN 2011 AND 2015"
    ):
        if theme in ("02", "05"):
            continue
        mine = sums.setdefault(teacher, [0] * 6)
        yearly = years.setdefault((teacher, year), [0, 0])
        mine[0] += hours
        yearly[0] += hours
        if mode == "3":
            mine[1] += hours
            yearly[1] += hours
        elif mode == "1":
            mine[2] += hours
            mine[3] += hours >= 9000
            mine[5] += hours if theme == "04" else 0
        mine[4] += hours if theme == "03" else 0
    connection.close()
    reached = sum(one[0] >= 4800 for one in years.values())
    return reached + sum(one[0] >= 36000 for one in sums.values())


def _has_pandas() -> bool:
    done = subprocess.run([sys.executable, "-c", "import pandas"], capture_output=True, check=False)
    return done.returncode == 0
