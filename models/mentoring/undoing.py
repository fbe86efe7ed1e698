"""What of pairs is not taken back by an undo while something rests on it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from models.errors import UserError
from models.store.database import Store

_RESTING = """
SELECT a.name AS mentor, b.name AS mentee,
    (SELECT COUNT(*) FROM pair_visit AS v WHERE v.pair_id = p.id) AS visits,
    COALESCE(p.agreement_no, '') AS agreement
FROM pair AS p JOIN teacher AS a ON a.id = p.mentor_id JOIN teacher AS b ON b.id = p.mentee_id
WHERE p.id IN (SELECT value FROM json_each(?)) AND p.state IN ('proposed', 'applied', 'recommended')
    AND (p.agreement_no IS NOT NULL OR EXISTS (SELECT 1 FROM pair_visit AS v WHERE v.pair_id = p.id)
        OR EXISTS (SELECT 1 FROM withdrawal_proposal AS w WHERE w.pair_id = p.id))
LIMIT 1
"""


def refuse_undo_of_filing(store: Store, _table: str, rows: Sequence[str], _operation: int) -> None:
    """Refuse that pairs become unfiled while visits, an agreement or a proposal hang on them.

    Raises:
        UserError: the first such pair, and what has to go first.
    """
    found = store.one(_RESTING, (json.dumps(list(rows)),))
    if found is not None:
        hangs = f"登记了 {found['visits']} 次活动" if found["visits"] else "提出了取消称号的建议"
        told = f"编了协议（{found['agreement']}）" if found["agreement"] else hangs
        raise UserError(
            "mentoring.undo_rests",
            f"不能撤销备案：{found['mentor']}带{found['mentee']}备案以后已{told}。",
            "请先撤销或删除那些登记，或用“解除”并写明原因。",
        )
