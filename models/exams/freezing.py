"""Freezing the frame: the people who can be drawn, fixed and hashed before any seed exists."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Row
from typing import Any

from models.errors import UserError, WorldError
from models.exams.eligibility import CAUSE_NAMES, Candidate, Excluded, divide, stratum_of
from models.exams.frame import frame_hash, frame_text
from models.exams.identity import kept_people
from models.exams.leaving import left_out
from models.exams.records import Exam
from models.exams.tables import FRAME, FRAME_PEOPLE
from models.office.context import Office
from models.store.operations import Operation

_CANDIDATES = """
SELECT t.id, t.teacher_no, t.name, t.school_id, COALESCE(i.name, t.school_reported) AS school,
    t.status, t.subject, t.post, t.stage, COALESCE(t.track, i.track) AS track
FROM teacher AS t LEFT JOIN institution AS i ON i.id = t.school_id
"""
_SAME_NAMES = "SELECT name FROM institution GROUP BY name HAVING COUNT(*) > 1"


@dataclass(frozen=True, slots=True)
class Frame:
    """A frozen frame.

    Attributes:
        id: its identity.
        exam_id: of which exam.
        attempt: 1 for the first frame of the exam.
        size: people in it.
        sha256: hash of ``body``.
        body: the canonical text.
        excluded: who of the scope is not in it, and why.
        frozen_at: date and time.
        reason: why it was frozen anew; "" for the first.
    """

    id: str
    exam_id: str
    attempt: int
    size: int
    sha256: str
    body: str
    excluded: tuple[Excluded, ...]
    frozen_at: str
    reason: str = ""


def freeze(office: Office, exam: Exam, *, again_because: str = "") -> tuple[Frame, Operation]:
    """Fix who can be drawn, as one step that stays on the record for ever.

    Raises:
        UserError: nobody can be drawn; a number twice; the exam has a frame and no reason is
            given, or examinees came of it; a gate without course.
    """
    earlier = find_frame(office, exam.id)
    if earlier is not None and not again_because.strip():
        raise UserError(
            "exam.frozen",
            f"“{exam.name}”的名单已于 {earlier.frozen_at[:16].replace('T', ' ')} 冻结。",
            "确需重新冻结时请写明原因；原来的名单仍留在记录中。",
        )
    refuse_entered(office, exam, "重新冻结名单")
    taken, left = divide(exam.scope, _candidates(office), left_out(office, exam), office.codes)
    if not taken:
        raise _nobody(exam, left)
    body = frame_text((one.teacher_no, stratum_of(exam.scope, one, office.codes)) for one in taken)
    with office.store.operation("exams.freeze", f"冻结“{exam.name}”抽签名单") as operation:
        frame_id = office.store.ids.new_id()
        row = (
            frame_id,
            exam.id,
            1 if earlier is None else earlier.attempt + 1,
            exam.scope.base,
            ",".join(exam.scope.strata),
            len(taken),
            frame_hash(body),
            body,
            json.dumps(
                [(one.teacher_no, one.name, one.reason, one.signed_by, one.cause) for one in left],
                ensure_ascii=False,
            ),
            office.store.clock.now().isoformat(timespec="seconds"),
            again_because.strip() or None,
            kept_people(taken),
        )
        office.store.insert("exam_frame", ("id", *FRAME, *FRAME_PEOPLE), [row])
    return frame_of(office, exam), operation


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would be in the frame if it were frozen now.

    Attributes:
        sizes: stratum to its number of people, in code point order.
        excluded: who of the scope would fall out, and why.
    """

    sizes: dict[str, int]
    excluded: tuple[Excluded, ...]

    @property
    def size(self) -> int:
        """How many could be drawn."""
        return sum(self.sizes.values())


def preview(office: Office, exam: Exam) -> Preview:
    """What freezing now would give; nothing is kept.

    Raises:
        UserError: a gate without course.
    """
    taken, left = divide(exam.scope, _candidates(office), left_out(office, exam), office.codes)
    counts = Counter(stratum_of(exam.scope, one, office.codes) for one in taken)
    return Preview(dict(sorted(counts.items())), tuple(left))


def refuse_entered(office: Office, exam: Exam, doing: str) -> None:
    """Refuse what would pull the ground from under examinees who were fixed already.

    Raises:
        UserError: the exam has examinees.
    """
    if office.store.value("SELECT COUNT(*) FROM examinee WHERE exam_id = ?", (exam.id,)):
        raise UserError(
            "exam.entered",
            f"“{exam.name}”的考生名单已经生成，不能再{doing}。",
            "确需这样做的，请先在操作记录里撤销“生成考生名单”。",
        )


def find_frame(office: Office, exam_id: str) -> Frame | None:
    """The latest frame of an exam; None where none was frozen yet."""
    row = office.store.one(
        "SELECT * FROM exam_frame WHERE exam_id = ? ORDER BY attempt DESC LIMIT 1", (exam_id,)
    )
    return None if row is None else _frame(row)


def frame_by_id(office: Office, frame_id: str) -> Frame:
    """A frame by its identity, such as the one a draw was made from.

    Raises:
        UserError: there is none.
    """
    row = office.store.one("SELECT * FROM exam_frame WHERE id = ?", (frame_id,))
    if row is None:
        raise UserError("exam.no_frame", "这份名单已不在库中。", "请刷新列表。")
    return _frame(row)


def frame_of(office: Office, exam: Exam) -> Frame:
    """The latest frame of an exam.

    Raises:
        UserError: none was frozen yet.
    """
    found = find_frame(office, exam.id)
    if found is None:
        raise UserError(
            "exam.not_frozen", f"“{exam.name}”还没有冻结抽签名单。", "请先冻结名单，再抽签。"
        )
    return found


def export_frame(office: Office, exam: Exam, out: Path) -> Frame:
    """Write the frame file byte by byte as it was hashed (``sha256sum`` gives the same).

    Raises:
        UserError: none was frozen yet.
        WorldError: the file cannot be written.
    """
    frame = frame_of(office, exam)
    try:
        out.write_bytes(frame.body.encode())
    except OSError as error:
        raise WorldError(
            "exam.write", f"写不了文件 {out}（{error.strerror}）。", "请换一个位置再试。"
        ) from error
    return frame


def _nobody(exam: Exam, left: Sequence[Excluded]) -> UserError:
    """The refusal of an empty frame, with how many fell out for what reason."""
    causes = Counter(one.cause for one in left)
    words = "，".join(
        f"{name} {causes[key]} 人" for key, name in CAUSE_NAMES.items() if causes[key]
    )
    said = f"范围内的 {len(left)} 人都不能列入：{words}。" if left else "抽测范围内没有教师。"
    return UserError(
        "exam.empty_frame",
        f"“{exam.name}”的抽签名单里一个人也没有：{said}",
        "请核对原因；每个人的原因见考试页“名单”，或用命令 exam frame 编号 --preview 列出。"
        if left
        else "请检查抽测范围和教师的岗位状态。",
    )


def _candidates(office: Office) -> list[Candidate]:
    """All teachers; schools of the same name are told apart by the start of their identity."""
    shared = {row[0] for row in office.store.query(_SAME_NAMES)}
    return [
        Candidate(
            id=row["id"],
            teacher_no=row["teacher_no"],
            name=row["name"],
            school=f"{row['school']}#{row['school_id'][:6]}"
            if row["school"] in shared and row["school_id"]
            else row["school"],
            status=row["status"],
            subject=row["subject"],
            post=row["post"],
            stage=row["stage"],
            track=row["track"],
            school_id=row["school_id"],
        )
        for row in office.store.query(_CANDIDATES)
    ]


def _frame(row: Row) -> Frame:
    left: list[list[Any]] = json.loads(row["excluded"])
    return Frame(
        id=row["id"],
        exam_id=row["exam_id"],
        attempt=row["attempt"],
        size=row["size"],
        sha256=row["sha256"],
        body=row["body"],
        excluded=tuple(Excluded(*one) for one in left),
        frozen_at=row["frozen_at"],
        reason=row["reason"] or "",
    )
