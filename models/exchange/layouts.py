"""The column layouts that a person has confirmed: the next file of that layout maps itself."""

from __future__ import annotations

import json

from models.exchange.plans import ImportKind
from models.exchange.reading.tables import Layout
from models.office.context import Office


def read_layouts(office: Office) -> dict[str, Layout]:
    """The confirmed layouts by the signature of their header."""
    return {
        row["signature"]: Layout(
            ImportKind(row["kind"]),
            {int(column): name for column, name in json.loads(row["columns"]).items()},
        )
        for row in office.store.query("SELECT signature, kind, columns FROM import_layout")
    }


def remember_layout(office: Office, signature: str, layout: Layout) -> None:
    """Keep a confirmed layout for headers of that signature, in place of an earlier one."""
    columns = json.dumps(dict(layout.columns), ensure_ascii=False, sort_keys=True)
    store = office.store
    with store.operation("exchange.remember_layout", "记住表头对应"):
        known = store.value("SELECT id FROM import_layout WHERE signature = ?", (signature,))
        if known is None:
            row = (store.ids.new_id(), signature, str(layout.kind), columns)
            store.insert("import_layout", ("id", "signature", "kind", "columns"), [row])
        else:
            store.execute(
                "UPDATE import_layout SET kind = ?, columns = ? WHERE id = ?",
                (str(layout.kind), columns, known),
            )
