"""What of the exchange room is journalled, in which merge units."""

from __future__ import annotations

from collections.abc import Sequence

from models.store.database import Store
from models.store.tracking import Tracked


def keep_record(_store: Store, _rows: Sequence[str]) -> None:
    """Undoing an import leaves its record where it is; the record then says that it was undone."""


TRACKED = (
    Tracked(
        "import_batch",
        {
            "row": (
                "operation_id",
                "file_name",
                "sha256",
                "content",
                "kind",
                "imported_at",
                "person",
                "inserted",
                "updated",
                "unchanged",
                "refused",
                "skipped",
                "warned",
            )
        },
        label="导入记录",
        append_only=True,
        reverse=keep_record,
    ),
    Tracked("import_layout", {"row": ("signature", "kind", "columns")}, label="表头对应"),
)
