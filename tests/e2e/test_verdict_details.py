"""``verdict all --details``: every figure the program writes, worked out again independently."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from tests.offices import new_office
from tests.oracle.evaluation import evaluate
from tests.oracle.fixed import fixed_county
from tests.oracle.sources import SOURCES, YEARS
from tests.oracle.writing import write

ROOT = Path(__file__).resolve().parents[2]


def details(database, pack_id, *words):
    """What the command prints, and what it writes."""
    first, last = YEARS[pack_id]
    out = database.parent / "details.json"
    command = [
        sys.executable, str(ROOT / "main.py"), "--db", str(database), "--json", "verdict", "all",
        "--cycle", f"{first}-{last}", "--policy", pack_id, "--details", str(out), *words,
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), json.loads(out.read_text("utf-8"))


def again(found, county, pack_id):
    """Every figure that comes out otherwise when it is worked out from the documents' text."""
    expected = evaluate(county, SOURCES[pack_id], YEARS[pack_id])
    told = {one["teacher_no"]: one for one in found["teachers"]}
    differences = sorted(told.keys() ^ expected.keys())
    for no in told.keys() & expected.keys():
        for one in told[no]["requirements"]:
            answer = expected[no][one["id"]]
            got = (one["applies"], one["met"])
            wanted = (answer.applies, answer.met)
            if answer.applies:
                got += (_hundredths(one["required"]), _hundredths(one["achieved"]),
                        _hundredths(one["missing"]))  # fmt: skip
                missing = max(0, answer.required - answer.achieved)
                wanted += (answer.required, answer.achieved, missing)
            if got != wanted:
                differences.append(f"{no} {one['id']}: {got}, not {wanted}")
        whole = all(one.met for one in expected[no].values() if one.applies)
        if told[no]["met"] != whole:
            differences.append(f"{no}: met {told[no]['met']}")
    return differences


def _hundredths(value):
    return int(Decimal(str(value)) * 100)


@pytest.mark.parametrize("pack_id", ["wenzhou-2012", "jilin-city-2011"])
def test_the_details_of_everybody_can_be_worked_out_again(tmp_path, pack_id):
    county = fixed_county(YEARS[pack_id], people=90)
    office = new_office(tmp_path)
    write(office, county)
    office.store.close()
    printed, found = details(tmp_path / "office.db", pack_id)
    assert again(found, county, pack_id) == []
    for counted in printed["requirements"]:
        mine = [
            one
            for teacher in found["teachers"]
            for one in teacher["requirements"]
            if one["id"] == counted["id"]
        ]
        assert counted["applies"] == sum(one["applies"] for one in mine)
        assert counted["met"] == sum(one["met"] for one in mine)
    assert printed["teachers"] == len(found["teachers"])
    # one figure changed is seen
    figures = next(
        one
        for teacher in found["teachers"]
        for one in teacher["requirements"]
        if one["applies"] and one["id"].endswith("360")
    )
    figures["achieved"] = str(Decimal(str(figures["achieved"])) + 1)
    assert len(again(found, county, pack_id)) == 1
