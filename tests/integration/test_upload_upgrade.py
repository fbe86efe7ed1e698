"""A file of the program before uploads and collecting goes on as it was, and can have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.collecting.answers import read_answers, take_answers
from models.collecting.rounds import rounds
from models.store.check import check
from models.store.undo import undo
from models.uploads.building import build
from models.uploads.sent import uploads
from models.workspace import opening
from tests.collecting import sent_out
from tests.offices import HUADIAN, desk
from tests.older import without
from tests.uploads import county, national, wish


def test_an_office_of_before_uploads_what_it_has_and_collects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "office.db"
    with monkeypatch.context() as then:
        without(then, "uploads", "collecting")
        office = opening.create_office(path, HUADIAN, desk())
        county(office)
        assert office.store.value("SELECT name FROM sqlite_schema WHERE name = 'upload'") is None
        entries = office.store.value("SELECT COUNT(*) FROM ledger_entry")
        office.store.close()
    office = opening.open_workspace(path, desk(seed=2))
    assert (uploads(office), rounds(office)) == ([], [])
    built = build(office, national(office), wish(), tmp_path / "上报.xlsx")
    assert [len(built.draft.rows), uploads(office)[0].rows] == [entries, entries]
    sent_out(office, tmp_path / "发出")
    step = take_answers(office, read_answers(office, tmp_path / "发出"))
    undo(office.store, step.id)
    assert check(office.store).ok
    office.store.close()
