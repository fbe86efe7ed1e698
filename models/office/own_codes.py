"""The office's own code entries and aliases, on top of the shipped tables."""

from __future__ import annotations

import json

from models.codes.library import CodeTables, LocalCode, load_codes, with_local
from models.office.context import Office
from models.store.database import Store

_COLUMNS = ("id", "code_table", "code", "name", "aliases", "external", "hidden")


def read_codes(store: Store) -> CodeTables:
    """The shipped code tables with the entries of this file."""
    entries = [
        LocalCode(
            table=row["code_table"],
            code=row["code"],
            name=row["name"],
            aliases=tuple(json.loads(row["aliases"])),
            external=row["external"],
            hidden=bool(row["hidden"]),
        )
        for row in store.query("SELECT * FROM code_entry ORDER BY code_table, code, id")
    ]
    return with_local(load_codes(), entries)


def save_code(office: Office, entry: LocalCode) -> Office:
    """Keep an entry (or more aliases of a shipped one); gives the office that knows it.

    Raises:
        UserError: the table is a national one and the code is not in it.
    """
    with_local(office.codes, [entry])
    store = office.store
    title = f"代码表“{office.codes[entry.table].title}”：{entry.name or entry.code}"
    values = (
        entry.table, entry.code, entry.name, json.dumps(list(entry.aliases), ensure_ascii=False),
        entry.external, int(entry.hidden),
    )  # fmt: skip
    with store.operation("office.save_code", title):
        known = store.value(
            "SELECT id FROM code_entry WHERE code_table = ? AND code = ?", (entry.table, entry.code)
        )
        if known is None:
            store.insert("code_entry", _COLUMNS, [(store.ids.new_id(), *values)])
        else:
            store.execute(
                "UPDATE code_entry SET code_table = ?, code = ?, name = ?, aliases = ?,"
                " external = ?, hidden = ? WHERE id = ?",
                (*values, known),
            )
    return Office(store, office.identity, read_codes(store))
