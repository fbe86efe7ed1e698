"""Results that are out: what they rest on is not taken back beneath them.

A correction made after publication can be taken back until the results are posted; it was never
part of what was published.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from models.errors import UserError
from models.store.database import Store
from models.store.history import last_changed
from models.store.sql import Sql, compose

_EXAMS = {
    "exam": Sql("SELECT value FROM json_each(?)"),
    "exam_part": Sql(
        """
SELECT exam_id FROM exam_part WHERE id IN (SELECT value FROM json_each(?))"""
    ),
    "examinee": Sql(
        """
SELECT exam_id FROM examinee WHERE id IN (SELECT value FROM json_each(?))"""
    ),
    "exam_mark": Sql(
        """
SELECT e.exam_id FROM exam_mark AS m JOIN examinee AS e ON e.id = m.examinee_id
WHERE m.id IN (SELECT value FROM json_each(?))"""
    ),
    "exam_correction": Sql(
        """
SELECT e.exam_id FROM exam_correction AS c JOIN examinee AS e ON e.id = c.examinee_id
WHERE c.id IN (SELECT value FROM json_each(?))"""
    ),
}
_OUT = """
SELECT id, name, posted_on FROM exam WHERE (published_on IS NOT NULL OR posted_on IS NOT NULL)
AND id IN ({exams})
"""


def refuse_undo_of_results(store: Store, table: str, rows: Sequence[str], operation: int) -> None:
    """Refuse to take back what the results of an exam rest on, once they are out.

    Args:
        store: where.
        table: ``exam`` (its marking), ``exam_part``, ``examinee``, ``exam_mark`` or
            ``exam_correction``.
        rows: those that the operation changed.
        operation: number of the operation that is to be taken back.

    Raises:
        UserError: the results are posted, or were published after the operation.
    """
    for row in store.query(compose(_OUT, exams=_EXAMS[table]), (json.dumps(list(rows)),)):
        if row["posted_on"] or last_changed(store, "exam", "closing", row["id"]) > operation:
            word = "登记" if row["posted_on"] else "公布"
            raise UserError(
                "exam.undo_out",
                f"“{row['name']}”的成绩已{word}，不能再撤销它所依据的录入、更正和设置。",
                f"要改成绩的，请用成绩更正并写明原因；要重新录入的，请先撤销{word}。",
            )
