"""The draw as the office holds it: in public, once, every attempt kept."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from models.errors import UserError, WorldError
from models.exams.bases import bases
from models.exams.draw import Terms, check_seed, draw_frame
from models.exams.eligibility import CAUSE_NAMES, STRATUM_NAMES
from models.exams.freezing import Frame, frame_of, refuse_entered
from models.exams.identity import identities
from models.exams.quotas import ROUNDING_NAMES
from models.exams.records import DRAWN_BEFORE_NAMES, Exam
from models.exams.tables import DRAW, PICK
from models.exams.terms import filter_words
from models.office.context import Office
from models.store.operations import Operation

Record = Mapping[str, Any]

_DRAWN = """
SELECT p.stratum, p.place, p.teacher_id, t.teacher_no, t.name,
    COALESCE(i.name, t.school_reported) AS school
FROM exam_pick AS p JOIN teacher AS t ON t.id = p.teacher_id
LEFT JOIN institution AS i ON i.id = t.school_id
WHERE p.draw_id = ? ORDER BY p.stratum, p.place
"""


@dataclass(frozen=True, slots=True)
class Draw:
    """One attempt of a draw.

    Attributes:
        id: its identity.
        frame_id: the frame it was made from.
        attempt: 1 for the first.
        seed: the public text.
        record: what the JSON record says.
        drawn_at: date and time.
        reason: why it was repeated; "" for the first.
    """

    id: str
    frame_id: str
    attempt: int
    seed: str
    record: Record
    drawn_at: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DrawnPerson:
    """Somebody who was drawn; ``place`` counts from 1 within the stratum."""

    stratum: str
    place: int
    teacher_id: str
    teacher_no: str
    name: str
    school: str


def draw(
    office: Office, exam: Exam, seed: str, *, again_because: str = ""
) -> tuple[Draw, Operation]:
    """Draw from the frozen frame with a public seed; the step stays on the record for ever.

    Raises:
        UserError: no frame, a seed too short, a second draw without a reason or with
            examinees, a 统考.
    """
    if exam.session.kind == "whole":
        raise UserError(
            "exam.no_draw",
            f"“{exam.name}”是统考，名单上的人都参加，不用抽签。",
            "请直接生成考生名单。",
        )
    frame = frame_of(office, exam)
    earlier = draws(office, exam)
    if earlier and not again_because.strip():
        raise UserError(
            "exam.drawn",
            f"“{exam.name}”已于 {earlier[-1].drawn_at[:16].replace('T', ' ')} 抽签。",
            "确需重抽时请写明原因；每次抽签都留在记录中。",
        )
    refuse_entered(office, exam, "重抽")
    check_seed(seed)
    terms = Terms(exam.code, seed, exam.fraction, exam.rounding, exam.quota)
    core = draw_frame(terms, frame.body)
    record = {**core, **_remarks(office, exam, frame, earlier), "reason": again_because.strip()}
    with office.store.operation("exams.draw", f"“{exam.name}”抽签") as operation:
        draw_id = office.store.ids.new_id()
        row = (
            draw_id,
            exam.id,
            frame.id,
            len(earlier) + 1,
            seed,
            record_text(record),
            record["drawn_at"],
            again_because.strip() or None,
        )
        office.store.insert("exam_draw", ("id", *DRAW), [row])
        office.store.insert("exam_pick", ("id", *PICK), _picks(office, frame, draw_id, record))
    return draws(office, exam)[-1], operation


def draws(office: Office, exam: Exam) -> list[Draw]:
    """Every attempt, the first one first."""
    rows = office.store.query(
        "SELECT * FROM exam_draw WHERE exam_id = ? ORDER BY attempt", (exam.id,)
    )
    return [
        Draw(
            id=row["id"],
            frame_id=row["frame_id"],
            attempt=row["attempt"],
            seed=row["seed"],
            record=json.loads(row["record"]),
            drawn_at=row["drawn_at"],
            reason=row["reason"] or "",
        )
        for row in rows
    ]


def latest_draw(office: Office, exam: Exam) -> Draw:
    """The draw that counts: the latest one.

    Raises:
        UserError: nothing was drawn yet.
    """
    found = draws(office, exam)
    if not found:
        raise UserError("exam.not_drawn", f"“{exam.name}”还没有抽签。", "请先抽签。")
    return found[-1]


def drawn_people(office: Office, exam: Exam) -> list[DrawnPerson]:
    """Who was drawn, by stratum and order of the tickets.

    Raises:
        UserError: nothing was drawn yet.
    """
    found = office.store.query(_DRAWN, (latest_draw(office, exam).id,))
    return [
        DrawnPerson(
            row["stratum"],
            row["place"],
            row["teacher_id"],
            row["teacher_no"],
            row["name"],
            row["school"] or "",
        )
        for row in found
    ]


def record_text(record: Record) -> str:
    """The record as it is kept and handed out: JSON, UTF-8, one line break at the end."""
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def write_record(record: Record, out: Path) -> None:
    """Write the record file.

    Raises:
        WorldError: the file cannot be written.
    """
    try:
        out.write_bytes(record_text(record).encode())
    except OSError as error:
        raise WorldError(
            "exam.write", f"写不了文件 {out}（{error.strerror}）。", "请换一个位置再试。"
        ) from error


def _remarks(office: Office, exam: Exam, frame: Frame, earlier: Sequence[Draw]) -> dict[str, Any]:
    """What the record says besides what decides the draw; nobody's reasons, it is handed out."""
    base = bases().rules[exam.scope.base]
    causes = Counter(one.cause for one in frame.excluded if one.cause)
    return {
        "office": office.identity.name,
        "name": exam.name,
        "base": exam.scope.base,
        "base_name": base.name,
        "base_rule": base.rule,
        "filters": filter_words(office, exam.scope),
        "strata_by": [STRATUM_NAMES[one] for one in exam.scope.strata],
        "rounding_name": "" if exam.quota else ROUNDING_NAMES[exam.rounding],
        "gated": exam.gated,
        "drawn_before": exam.drawn_before,
        "drawn_before_name": DRAWN_BEFORE_NAMES[exam.drawn_before],
        "excluded": len(frame.excluded),
        "excluded_by": {name: causes[key] for key, name in CAUSE_NAMES.items() if causes[key]},
        "frozen_at": frame.frozen_at,
        "frame_attempt": frame.attempt,
        "drawn_at": office.store.clock.now().isoformat(timespec="seconds"),
        "attempt": len(earlier) + 1,
        "earlier": [
            {
                "attempt": one.attempt,
                "seed": one.seed,
                "frame_sha256": one.record["frame_sha256"],
                "drawn_at": one.drawn_at,
                "reason": one.reason,
            }
            for one in earlier
        ],
    }


def _picks(office: Office, frame: Frame, draw_id: str, record: Record) -> list[tuple[object, ...]]:
    """The rows of the people drawn."""
    ids = identities(office, frame.id)
    return [
        (office.store.ids.new_id(), draw_id, ids[number], stratum["stratum"], place)
        for stratum in cast("list[dict[str, Any]]", record["strata"])
        for place, number in enumerate(stratum["selected"], start=1)
        if number in ids
    ]
