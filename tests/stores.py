"""A small office of the store's own tests: schools, teachers, their posts, and a ledger."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache

from sqlite_utils import Migrations

from models.ids import RandomIds, SeededIds
from models.store.opening import open_store
from models.store.tracking import COUNTY, Tracked
from models.store.tracking import SCHOOL as SCHOOLS

BEIJING = timezone(timedelta(hours=8))
migrations = Migrations("small")


@migrations()
def tables(db):
    db.conn.execute(
        "CREATE TABLE school (id TEXT PRIMARY KEY, name TEXT NOT NULL, level TEXT, parent_id TEXT"
        " REFERENCES school (id)) STRICT"
    )
    db.conn.execute(
        "CREATE TABLE teacher (id TEXT PRIMARY KEY, name TEXT NOT NULL, born TEXT, phone TEXT,"
        " school_id TEXT REFERENCES school (id), years INTEGER) STRICT"
    )
    db.conn.execute(
        "CREATE TABLE post (id TEXT PRIMARY KEY, teacher_id TEXT NOT NULL"
        " REFERENCES teacher (id) ON DELETE CASCADE, post TEXT NOT NULL) STRICT"
    )
    db.conn.execute(
        "CREATE TABLE entry (id TEXT PRIMARY KEY, teacher_id TEXT NOT NULL REFERENCES teacher (id),"
        " hours INTEGER NOT NULL, reverses TEXT REFERENCES entry (id)) STRICT"
    )


def reverse_entries(store, rows):
    for row in rows:
        entry = store.one("SELECT teacher_id, hours FROM entry WHERE id = ?", (row,))
        enter(store, entry["teacher_id"], -entry["hours"], reverses=row)


SCHOOL = Tracked("school", {"row": ("name", "level"), "belonging": ("parent_id",)}, label="机构")
TEACHER = Tracked(
    "teacher",
    {"identity": ("name", "born"), "contact": ("phone",), "post": ("school_id", "years")},
    label="教师",
    prefer={"identity": COUNTY, "contact": SCHOOLS},  # where a file knows the county
)
POST = Tracked("post", {"row": ("teacher_id", "post")}, label="任职", caption="post")
ENTRY = Tracked(
    "entry",
    {"row": ("teacher_id", "hours", "reverses")},
    label="学时记录",
    append_only=True,
    reverse=reverse_entries,
)
TRACKED = (SCHOOL, TEACHER, POST, ENTRY)


LATER_TEACHER = replace(TEACHER, units={**TEACHER.units, "mail": ("mail",)})
LATER_ENTRY = replace(ENTRY, units={"row": (*ENTRY.units["row"], "theme")})
LATER = (SCHOOL, LATER_TEACHER, POST, LATER_ENTRY)
"""What a later program tracks: a unit of one column, and entries of one column, more."""


class Ticking:
    """A clock that goes on by a minute each time it is asked."""

    def __init__(self, start=datetime(2026, 11, 23, 9, 0, tzinfo=BEIJING)):
        self.moment = start

    def now(self):
        self.moment += timedelta(minutes=1)
        return self.moment

    def today(self):
        return self.moment.date()


def wiring(**changed):
    """What ``open_store`` takes, for the small office."""
    usual = {
        "tracked": TRACKED,
        "migrations": [migrations],
        "clock": Ticking(),
        "ids": RandomIds(),
        "person": "王老师",
        "program": "师训通 测试",
    }
    return {**usual, **changed}


def opened(path, *, read_only=False, **changed):
    return open_store(path, read_only=read_only, **wiring(**changed))


@cache
def later_steps():
    """The migrations of a later program."""
    room = Migrations("small")
    room(name="tables")(tables)

    @room()
    def more_columns(db):
        db.conn.execute("ALTER TABLE teacher ADD COLUMN mail TEXT")
        db.conn.execute("ALTER TABLE entry ADD COLUMN theme TEXT")

    return room


def opened_later(path, **more):
    return opened(path, tracked=LATER, migrations=[later_steps()], **more)


def add_school(store, name="第四中学", **more):
    with store.operation("school.add", f"登记{name}"):
        return insert(store, "school", name=name, **more)


def add_teacher(store, name="王芳", **more):
    with store.operation("teacher.add", f"登记{name}"):
        return insert(store, "teacher", name=name, **more)


def insert(store, table, **values):
    row = store.ids.new_id()
    store.insert(table, ["id", *values], [[row, *values.values()]])
    return row


def enter(store, teacher, hours, reverses=None):
    return insert(store, "entry", teacher_id=teacher, hours=hours, reverses=reverses)


def change(store, row, *, table="teacher", title="修改", **values):
    with store.operation("change", title) as operation:
        assignments = ", ".join(f"{column} = :{column}" for column in values)
        store.execute(f"UPDATE {table} SET {assignments} WHERE id = :id", {**values, "id": row})
    return operation


def contents(store):
    """Every row of every journalled table, by table and identity."""
    return {
        (table, row["id"]): dict(row)
        for table in store.tracked
        for row in store.query(f"SELECT * FROM {table}")
    }


def many(count, seed=1, start=0):
    """Rows for a large insert of teachers."""
    ids = SeededIds(seed)
    return [
        [ids.new_id(), f"教师{number}", "1980-01-01", f"138{number:08d}", number % 40]
        for number in range(start, start + count)
    ]


COLUMNS = ("id", "name", "born", "phone", "years")


def versions(store, row):
    """Unit, parents and values of each version of a row, the oldest first."""
    found = store.query(
        "SELECT l.unit, v.vid, v.parents, v.vals FROM version v JOIN layout l ON l.id = v.layout"
        " WHERE v.row = ? ORDER BY v.seq",
        (row,),
    )
    return [
        (
            one["unit"],
            one["vid"],
            json.loads(one["parents"] or "[]"),
            json.loads(one["vals"] or "0"),
        )
        for one in found
    ]
