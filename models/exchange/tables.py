"""What of the exchange room is journalled, in which merge units."""

from __future__ import annotations

from models.store.tracking import Tracked

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
    ),
    Tracked("import_layout", {"row": ("signature", "kind", "columns")}, label="表头对应"),
)
