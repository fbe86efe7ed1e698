"""What a table must look like so that the journal can keep it faithfully."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Migrations

from models.store.tracking import Tracked
from tests.stores import add_teacher, opened

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "office.db"


def shaped(statement):
    room = Migrations("shape")

    @room()
    def table(db):
        db.conn.execute(statement)

    return room


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("CREATE TABLE odd (id TEXT PRIMARY KEY, a TEXT)", "STRICT"),
        ("CREATE TABLE odd (id TEXT PRIMARY KEY, a TEXT) STRICT, WITHOUT ROWID", "WITHOUT ROWID"),
        ("CREATE TABLE odd (id TEXT PRIMARY KEY, a REAL) STRICT", "TEXT and INTEGER"),
        ("CREATE TABLE odd (id TEXT PRIMARY KEY, a BLOB) STRICT", "TEXT and INTEGER"),
        ("CREATE TABLE odd (id INTEGER PRIMARY KEY, a TEXT) STRICT", "id TEXT PRIMARY KEY"),
        ("CREATE TABLE odd (id TEXT PRIMARY KEY, a TEXT, b TEXT) STRICT", "units name"),
        ("CREATE TABLE even (id TEXT PRIMARY KEY, a TEXT) STRICT", "no such table"),
    ],
)
def test_a_table_the_journal_cannot_keep_faithfully_is_a_mistake(path, statement, fault):
    odd = Tracked("odd", {"row": ("a",)}, label="怪")
    with pytest.raises(ValueError, match=fault):
        opened(path, tracked=[odd], migrations=[shaped(statement)])
    with opened(path) as store:
        add_teacher(store)
