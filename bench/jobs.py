"""The jobs that are measured, each with its peers and the ratios to hold."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import collecting, peers, uploads
from bench.certificates import certificate_job
from bench.county import write_roster, write_schools
from bench.draws import draw_job
from bench.matching import matching_job
from bench.timing import Goal, medians
from bench.verdicts import verdict_job
from models.clock import SystemClock
from models.exchange.importing import apply_plan, plan_import
from models.ids import RandomIds
from models.office.context import Office
from models.office.identity import Identity
from models.staff.queries import teacher_ids, teacher_rows
from models.staff.search import read_search_index
from models.store.backup import backup
from models.workspace.opening import Desk, create_office

Found = Iterator[tuple[Goal, dict[str, float]]]
ROOT = Path(__file__).resolve().parents[1]
HUADIAN = Identity("桦甸市教师进修学校", "220282")
QUERIES = 40


def import_job(folder: Path, people: int) -> Found:
    """A roster of thirty columns: read, checked, planned, applied, journalled."""
    roster, schools = write_roster(folder / "r.xlsx", people), write_schools(folder / "s.xlsx")
    fresh = itertools.count()

    def ours() -> None:
        office = _office(folder / f"ours{next(fresh)}.db", schools)
        apply_plan(office, plan_import(office, roster))
        office.store.close()

    contestants: dict[str, Callable[[], object]] = {
        "ours": ours,
        "floor": lambda: peers.import_by_copy(roster, folder / f"floor{next(fresh)}.db"),
        "openpyxl": lambda: peers.import_roster(roster, folder / f"peer{next(fresh)}.db"),
    }
    found = medians(contestants)
    yield Goal("import", "ours", "openpyxl", 1 / 5), found
    yield Goal("import", "ours", "floor", 3.0), found


def list_job(folder: Path, people: int) -> Found:
    """The first screen of the list against loading every row of it."""
    office = _filled(folder, people)
    found = medians(
        {
            "first screen": lambda: teacher_rows(office, teacher_ids(office)[:128]),
            "all rows": lambda: teacher_rows(office, teacher_ids(office)),
        }
    )
    office.store.close()
    yield Goal("open the list", "first screen", "all rows", 1 / 4), found


def search_job(folder: Path, people: int) -> Found:
    """Search as you type against a LIKE scan of four columns, the same queries each round."""
    office = _filled(folder, people)
    index = read_search_index(office)
    chance = random.Random(1)
    rows = teacher_rows(office, teacher_ids(office)[:5000], masked=False)
    words = [chance.choice(rows).shown for _ in range(QUERIES)]
    queries = [
        text
        for shown in words
        for text in (shown["name"], shown["name"][1:], shown["id_number"][-4:], "无此人")
    ]
    like = (
        "SELECT id FROM teacher WHERE name LIKE ?1 OR name_pinyin LIKE ?1"
        " OR name_initials LIKE ?1 OR id_number LIKE ?1"
    )
    found = medians(
        {
            "ours": lambda: [teacher_ids_of(index.find(query)) for query in queries],
            "LIKE": lambda: [office.store.query(like, (f"%{query}%",)) for query in queries],
        }
    )
    office.store.close()
    yield Goal("search as you type", "ours", "LIKE", 1 / 4), found


def teacher_ids_of(hits: frozenset[str] | None) -> int:
    """How many were found; keeps the search from being optimised away."""
    return len(hits or ())


def backup_job(folder: Path, people: int) -> Found:
    """A verified backup against a plain copy of the file's bytes."""
    office = _filled(folder, people)
    fresh = itertools.count()

    def copy() -> None:
        data = office.store.path.read_bytes()
        with (folder / f"copy{next(fresh)}").open("wb") as out:
            out.write(data)
            out.flush()

    found = medians(
        {"ours": lambda: backup(office.store, folder / f"backup{next(fresh)}.db"), "copy": copy}
    )
    office.store.close()
    yield Goal("backup", "ours", "copy", 30.0), found


def start_job(folder: Path, people: int) -> Found:
    """The first painted main window against an empty QMainWindow, each in a fresh process."""
    office = _filled(folder, people)
    office.store.close()
    database = str(office.store.path)
    found = medians(
        {
            "ours": lambda: _python("bench.first_paint", database),
            "empty": lambda: _python("bench.empty_window"),
        }
    )
    yield Goal("first painted window", "ours", "empty", 1.6), found


def upload_job(folder: Path, people: int) -> Found:
    """A file for the level above with everybody in it."""
    office = _filled(folder, people)
    yield from uploads.upload_job(office, folder)
    office.store.close()


def collecting_job(folder: Path, people: int) -> Found:
    """Sixty schools' templates come back at once, whatever the county's size."""
    office = _filled(folder, min(people, collecting.SCHOOLS * collecting.ROWS))
    yield from collecting.collecting_job(office, folder)
    office.store.close()


JOBS = (
    import_job,
    list_job,
    search_job,
    backup_job,
    start_job,
    verdict_job,
    certificate_job,
    upload_job,
    collecting_job,
    draw_job,
    matching_job,
)


def _python(module: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, check=True)


def _office(path: Path, schools: Path) -> Office:
    office = create_office(path, HUADIAN, Desk("bench", SystemClock(), RandomIds()))
    apply_plan(office, plan_import(office, schools))
    return office


def _filled(folder: Path, people: int) -> Office:
    office = _office(folder / "filled.db", write_schools(folder / "s.xlsx"))
    apply_plan(office, plan_import(office, write_roster(folder / "r.xlsx", people)))
    return office
