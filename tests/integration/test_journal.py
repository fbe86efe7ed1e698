"""The journal: what is sealed, as what, and that nothing gets past it."""

from __future__ import annotations

import sqlite3

import pytest

from models.errors import UserError
from models.store.check import check
from models.store.history import history, row_history
from tests.stores import (
    COLUMNS,
    add_teacher,
    change,
    contents,
    enter,
    insert,
    many,
    opened,
    versions,
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "office.db"


@pytest.fixture
def store(path):
    with opened(path) as store:
        yield store


def outside(path, *statements, recursive=False):
    """What a technician's database browser does to the file."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_new_row_is_one_version_with_the_values_of_all_units(store):
    teacher = add_teacher(store, "王芳", phone="138", years=5)
    ((unit, vid, parents, values),) = versions(store, teacher)
    assert (unit, parents) == ("*", [])
    assert 0 <= vid < 2**63
    assert values == [["王芳", None], ["138"], [None, 5]]


def test_a_change_seals_the_changed_units_only_with_their_parents(store):
    teacher = add_teacher(store, "王芳", phone="138")
    change(store, teacher, phone="139")
    change(store, teacher, phone="137", years=6)
    birth, first, second, post = versions(store, teacher)
    assert first[::2] == ("contact", [birth[1]])
    assert first[3] == ["139"]
    assert (second[0], second[2], second[3]) == ("contact", [first[1]], ["137"])
    assert (post[0], post[2], post[3]) == ("post", [birth[1]], [None, 6])


def test_a_value_written_back_seals_nothing(store):
    teacher = add_teacher(store, phone="138")
    with store.operation("x", "原样写回") as operation:
        store.execute("UPDATE teacher SET phone = phone, name = name")
        store.execute("UPDATE teacher SET phone = '139'")
        store.execute("UPDATE teacher SET phone = '138'")
    assert operation.changed.count == 0
    assert len(versions(store, teacher)) == 1


def test_a_deletion_keeps_the_values_and_names_every_version_it_saw(store):
    teacher = add_teacher(store, phone="138")
    change(store, teacher, phone="139")
    with store.operation("x", "删除"):
        store.execute("DELETE FROM teacher")
    birth, contact, gone = versions(store, teacher)
    assert gone[0] == "-"
    assert gone[2] == [birth[1], contact[1]]
    assert [step.what for step in row_history(store, "teacher", teacher)][-1] == "deleted"
    assert store.value("SELECT count(*) FROM head") == 0


def test_a_row_born_and_deleted_in_one_operation_leaves_nothing(store):
    with store.operation("x", "来去") as operation:
        insert(store, "teacher", name="甲")
        store.execute("DELETE FROM teacher")
    assert operation.changed.count == 0
    assert store.value("SELECT count(*) FROM version") == 0


def test_a_cascade_is_sealed(store):
    teacher = add_teacher(store)
    with store.operation("x", "任职"):
        post = insert(store, "post", teacher_id=teacher, post="班主任")
    with store.operation("x", "删除") as operation:
        store.execute("DELETE FROM teacher")
    assert operation.changed.kinds == {"teacher", "post"}
    assert versions(store, post)[-1][0] == "-"


def test_a_row_thrown_out_by_a_replacement_is_sealed_as_deleted(store):
    store.db.conn.execute("PRAGMA query_only = OFF")
    store.db.conn.execute("CREATE UNIQUE INDEX one_phone ON teacher (phone)")
    first = add_teacher(store, "甲", phone="138")
    second = add_teacher(store, "乙", phone="139")
    with store.operation("x", "替换"):
        store.execute("INSERT OR REPLACE INTO teacher (id, name, phone) VALUES ('n', '丙', '138')")
        store.execute("UPDATE OR REPLACE teacher SET phone = '139' WHERE id = 'n'")
    assert versions(store, first)[-1][0] == "-"
    assert versions(store, second)[-1][0] == "-"
    assert check(store).ok


def test_a_changed_identity_is_a_deletion_and_a_birth(store):
    teacher = add_teacher(store)
    with store.operation("x", "换号") as operation:
        store.execute("UPDATE teacher SET id = 'neu'")
    assert operation.changed.count == 2
    assert [one[0] for one in versions(store, teacher)] == ["*", "-"]
    assert [one[0] for one in versions(store, "neu")] == ["*"]


def test_an_upsert_is_sealed_as_what_it_did(store):
    add_teacher(store)
    with store.operation("x", "合并"):
        for name in ("甲", "乙"):
            store.execute(
                "INSERT INTO teacher (id, name) VALUES ('u', ?)"
                " ON CONFLICT DO UPDATE SET name = excluded.name",
                (name,),
            )
    assert [one[3] for one in versions(store, "u")] == [[["乙", None], [None], [None, None]]]


@pytest.mark.parametrize("count", [5, 3000])
def test_an_import_seals_every_row_and_keeps_the_triggers(store, count):
    before = store.query("SELECT sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")
    with store.operation("x", "导入") as operation:
        store.insert("teacher", COLUMNS, many(count))
    assert operation.changed.count == count
    assert history(store, 1)[0].counts["教师"]["inserted"] == count
    assert (
        store.query("SELECT sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name") == before
    )
    assert store.value("SELECT count(*) FROM dirty") == 0
    assert check(store).ok


def test_an_import_into_a_table_emptied_just_before_is_sealed(store):
    with store.operation("x", "导入"):
        store.insert("teacher", COLUMNS, many(500))
    with store.operation("x", "换一批") as operation:
        store.execute("DELETE FROM teacher")
        store.insert("teacher", COLUMNS, many(700, seed=2))
    assert operation.changed.count == 1200
    assert check(store).ok


@pytest.mark.parametrize(
    "text",
    [
        "",
        "'\"\\",
        "换\n行\t",
        "\x01\x1f\x7f",
        "𠮷㛃",
        "[1,2]",
        '{"a":1}',
        "null",
        "1.0",
        "\ufeff",
        "\\u0000",
    ],
)
def test_every_text_is_kept_as_it_is(store, text):
    teacher = add_teacher(store, "甲", phone="1")
    change(store, teacher, phone=text)
    assert versions(store, teacher)[-1][3] == [text]
    change(store, teacher, phone="2")
    steps = row_history(store, "teacher", teacher)
    assert steps[-1].fields[0].before == text
    again = add_teacher(store, text or "空", phone=text)
    assert change(store, again, phone=text).changed.count == 0
    assert check(store).ok


def test_a_text_with_a_nul_character_is_refused_with_its_place(store):
    with pytest.raises(UserError, match="王□芳"):
        add_teacher(store, "王\0芳")
    assert contents(store) == {}


@pytest.mark.parametrize("number", [0, -1, 2**53 + 1, 2**63 - 1, -(2**63)])
def test_every_integer_is_kept_as_it_is(store, number):
    teacher = add_teacher(store, years=number)
    assert versions(store, teacher)[0][3][2] == [None, number]
    assert change(store, teacher, years=number).changed.count == 0


def test_a_sealed_version_and_a_finished_operation_cannot_be_altered(store):
    add_teacher(store)
    for statement in (
        "UPDATE version SET vals = '[]'",
        "DELETE FROM version",
        "UPDATE operation SET title = '改'",
        "DELETE FROM operation",
    ):
        with pytest.raises(sqlite3.IntegrityError), store.operation("x", "篡改"):
            store.execute(statement)


def test_an_entry_of_an_append_only_table_cannot_be_altered(store):
    teacher = add_teacher(store)
    with store.operation("x", "学时"):
        enter(store, teacher, 300)
    for statement in ("UPDATE entry SET hours = 1", "DELETE FROM entry"):
        with pytest.raises(sqlite3.IntegrityError), store.operation("x", "篡改"):
            store.execute(statement)


def test_of_an_append_only_row_the_journal_keeps_a_fingerprint(store):
    teacher = add_teacher(store)
    with store.operation("x", "学时"):
        entry = enter(store, teacher, 300)
    row = store.one("SELECT vals FROM version WHERE row = ?", (entry,))
    assert len(row["vals"]) == 16
    (step,) = row_history(store, "entry", entry)
    assert ("hours", 300) in [(field.column, field.after) for field in step.fields]
