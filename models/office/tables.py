"""What of the office room is journalled, in which merge units."""

from __future__ import annotations

from models.store.tracking import Tracked

TRACKED = (
    Tracked("setting", {"row": ("name", "value")}, label="设置"),
    Tracked(
        "code_entry",
        {"row": ("code_table", "code", "name", "aliases", "external", "hidden")},
        label="代码",
    ),
    Tracked(
        "printer_tray",
        {
            "row": (
                "printer",
                "tray",
                "paper",
                "right",
                "down",
                "wider",
                "taller",
                "measured_on",
            )
        },
        label="打印机校准",
        caption="printer",
    ),
)
