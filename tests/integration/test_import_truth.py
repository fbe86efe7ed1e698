"""Every workbook of the shared set gives the outcome of its truth file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from models.entities.describe import columns
from models.entities.display import show
from models.entities.problems import Severity
from models.errors import OfficeError
from models.exchange.importing import apply_plan, plan_import
from models.exchange.plans import Action, ImportKind, ImportPlan, PlannedRow, TablePlan
from models.office.context import Office
from models.staff.institutions import institution_rows
from models.staff.queries import teacher_rows
from models.training.records import TrainingRecord
from models.workspace.opening import open_workspace
from tests.offices import desk, new_office

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "rosters"
TRUTHS = sorted(FOLDER.glob("*.truth.json"))
KINDS = {
    "schools": ImportKind.INSTITUTIONS,
    "teachers": ImportKind.TEACHERS,
    "records": ImportKind.RECORDS,
}

pytestmark = pytest.mark.skipif(not TRUTHS, reason="没有共享的花名册样例")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Gives a fresh copy of an office that has taken the named files and nothing else."""
    home = tmp_path_factory.mktemp("offices")

    @cache
    def base(assumed: tuple[str, ...]) -> Path:
        folder = home / str(abs(hash(assumed)))
        folder.mkdir(exist_ok=True)
        office = new_office(folder)
        for name in assumed:
            apply_plan(office, plan_import(office, FOLDER / name))
        office.store.close()
        return folder / "office.db"

    def office_with(assumed: tuple[str, ...], folder: Path) -> Office:
        copy = folder / "office.db"
        shutil.copy(base(assumed), copy)
        return open_workspace(copy, desk(seed=99))

    return office_with


@pytest.mark.parametrize("truth_file", TRUTHS, ids=lambda path: path.name[:2])
def test_a_workbook_gives_the_outcome_of_its_truth_file(
    truth_file: Path, prepared: Any, tmp_path: Path
) -> None:
    truth = json.loads(truth_file.read_text(encoding="utf-8"))
    before = list(truth.get("assumes", ()))
    if "same_as" in truth:
        before.append(truth["same_as"])
    office = prepared(tuple(before), tmp_path)
    path = FOLDER / truth["file"]
    try:
        plan = _planned(office, path, truth)
        if plan is None:
            return
        if truth["file_expect"] == "already-imported":
            assert plan.known_since, "not recognised"
            assert not plan.writes
            assert plan.counts.skipped == plan.counts.data_rows == truth["data_rows"]
            return
        _check_counts(plan, truth)
        apply_plan(office, plan)
        faults = _faults(office, plan, truth)
        assert not faults, "\n".join(faults[:40])
        again = plan_import(office, path)
        assert again.known_since
        assert not again.writes
    finally:
        office.store.close()


def _planned(office: Office, path: Path, truth: dict[str, Any]) -> ImportPlan | None:
    """The plan; None where the file is refused as it should be."""
    plan = _attempt(office, path)
    if isinstance(plan, OfficeError):
        assert truth["file_expect"] in ("refuse", "import-or-refuse"), plan.sentence
        assert plan.message
        return None
    if not plan.importable:
        assert truth["file_expect"] in ("refuse", "import-or-refuse"), plan.message
        assert plan.message
        return None
    assert truth["file_expect"] != "refuse"
    assert plan.kind is KINDS[truth["kind"]]
    return plan


def _attempt(office: Office, path: Path) -> ImportPlan | OfficeError:
    try:
        return plan_import(office, path)
    except OfficeError as error:
        return error


def _check_counts(plan: ImportPlan, truth: dict[str, Any]) -> None:
    counts = plan.counts
    assert counts.data_rows == truth["data_rows"]
    slack = sum(1 for row in truth["rows"] if row.get("also_ok"))
    taken = truth["accept"] + truth["warn"]
    assert abs(counts.inserted + counts.updated - taken) <= slack
    assert abs(counts.refused - truth["refuse"]) <= slack
    assert counts.skipped == truth["skip"]


def _faults(office: Office, plan: ImportPlan, truth: dict[str, Any]) -> list[str]:
    found: list[str] = []
    planned = {(table.sheet, row.row): (table, row) for table in plan.tables for row in table.rows}
    for row in truth["rows"]:
        place = (row["sheet"], row["row"])
        if row.get("data") is False:
            if place in planned:
                found.append(f"{place} {row['trap']}: taken for data")
            continue
        if place not in planned:
            found.append(f"{place} {row['trap']}: not read as data")
            continue
        table, one = planned[place]
        outcome = _outcome(one)
        if outcome not in (row["expect"], *(row.get("also_ok") or ())):
            problems = "; ".join(f"{p.code} {p.value!r}" for p in one.problems)
            found.append(f"{place} {row['trap']}: {outcome} not {row['expect']} ({problems})")
            continue
        if outcome in ("accept", "warn"):
            found += _differing(office, table, one, row)
    if truth["rows_complete"]:
        extra = planned.keys() - {(row["sheet"], row["row"]) for row in truth["rows"]}
        found += [f"{place}: data that nobody sent" for place in extra]
    return found


def _outcome(row: PlannedRow) -> str:
    if row.action is Action.REFUSE:
        return "refuse"
    if row.action is Action.SKIP:
        return "skip"
    warned = any(problem.severity is Severity.WARN for problem in row.problems)
    return "warn" if warned else "accept"


def _differing(
    office: Office, table: TablePlan, row: PlannedRow, truth: dict[str, Any]
) -> list[str]:
    shown = _shown(office, table, row)
    return [
        f"({table.sheet}, {row.row}) {truth['trap']}: {name} is {shown.get(name)!r}, not {wanted!r}"
        for name, wanted in truth["fields"].items()
        if not _same(name, shown.get(name, ""), wanted)
    ]


def _shown(office: Office, table: TablePlan, row: PlannedRow) -> dict[str, str]:
    assert row.target is not None
    if table.kind is ImportKind.TEACHERS:
        return dict(teacher_rows(office, [row.target], masked=False)[0].shown)
    if table.kind is ImportKind.INSTITUTIONS:
        return next(dict(one.shown) for one in institution_rows(office) if one.id == row.target)
    person = teacher_rows(office, [row.target], masked=False)[0].shown
    entry = {
        name: show(column, row.values.get(name), office.codes)
        for name, column in columns(TrainingRecord).items()
    }
    identity = ("name", "id_number", "teacher_no")
    return entry | {name: person[name] for name in identity}


def _same(name: str, shown: str, wanted: Any) -> bool:
    if name == "work_start":
        return shown.startswith(str(wanted))
    if isinstance(wanted, int | float) and not isinstance(wanted, bool):
        return shown != "" and Decimal(shown) == Decimal(str(wanted))
    return shown == str(wanted)
