"""What an import could not decide and a person has yet to answer: moves between schools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.office.context import Office
from models.staff.moves import move_teachers
from models.store.operations import Operation

_OPEN = """
SELECT q.id, q.teacher_id, q.institution_id, q.source, t.name, t.teacher_no,
    COALESCE(o.name, t.school_reported, '未定学校') AS here, n.name AS there
FROM staff_question AS q
JOIN teacher AS t ON t.id = q.teacher_id
LEFT JOIN institution AS o ON o.id = t.school_id
LEFT JOIN institution AS n ON n.id = q.institution_id
WHERE q.answer IS NULL
ORDER BY n.name, t.name_pinyin
"""


@dataclass(frozen=True, slots=True)
class MoveQuestion:
    """A teacher of one school whom another school lists: moved, or a mistake?"""

    id: str
    teacher_id: str
    institution_id: str
    name: str
    teacher_no: str
    here: str
    there: str
    source: str


def ask_moves(office: Office, moves: Sequence[tuple[str, str]], source: str) -> None:
    """Put moves (teacher, school) to a person, once each; call it inside an operation."""
    asked = {
        (row[0], row[1])
        for row in office.store.query("SELECT teacher_id, institution_id FROM staff_question")
    }
    new = [move for move in dict.fromkeys(moves) if move not in asked]
    office.store.insert(
        "staff_question",
        ("id", "kind", "teacher_id", "institution_id", "source"),
        [(office.store.ids.new_id(), "move", *move, source) for move in new],
    )


def open_questions(office: Office) -> list[MoveQuestion]:
    """The questions nobody has answered yet, by the school that lists the teacher."""
    return [
        MoveQuestion(
            id=row["id"],
            teacher_id=row["teacher_id"],
            institution_id=row["institution_id"],
            name=row["name"],
            teacher_no=row["teacher_no"],
            here=row["here"],
            there=row["there"],
            source=row["source"],
        )
        for row in office.store.query(_OPEN)
    ]


def answer_move(office: Office, question: MoveQuestion, *, moved: bool, on: str) -> Operation:
    """Answer a question: the teacher moved on a day, or stays where the register has them."""
    if moved:
        return move_teachers(office, [question.teacher_id], question.institution_id, on)
    with office.store.operation("staff.answer", f"{question.name}不调动") as operation:
        office.store.execute(
            "UPDATE staff_question SET answer = 'stays' WHERE id = ?", (question.id,)
        )
    return operation
