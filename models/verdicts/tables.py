"""What of the verdicts room is journalled, in which merge units."""

from __future__ import annotations

from models.store.tracking import Tracked

TRACKED = (
    Tracked(
        "exemption",
        {
            "row": ("teacher_id", "ground", "first_day", "last_day", "reason"),
            "decision": ("state", "decided_by", "decided_on", "opinion"),
        },
        label="减免",
        caption="reason",
    ),
    Tracked(
        "veto",
        {
            "row": ("teacher_id", "kind", "year", "reason", "decided_by", "decided_on"),
            "lifting": ("lifted_on", "lifted_because"),
            "source": ("source",),
        },
        label="一票否决",
        caption="kind",
    ),
    Tracked(
        "reported_figure",
        {"row": ("institution_id", "year", "name", "amount")},
        label="填报数据",
        caption="name",
    ),
)
