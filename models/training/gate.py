"""The gate to the exam: what each person of a course has done, and what is missing.

桦甸 2009: 「没有完成学时、作业和交流（数量和质量）的学员，不得参加报名考试」. Somebody without
network can meet an item by other evidence: 「学校可采取其它有效的学习呈现方式」.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from sqlite3 import Row
from typing import Any

from models.entities.display import plain_decimal
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.training.courses import read
from models.training.events import note
from models.training.words import need_words
from resources import path

ITEMS = {"attendance": "学时", "homework": "作业", "posts": "原创文章", "quality": "交流质量"}
UNITS = {"attendance": "%", "homework": "份", "posts": "篇", "quality": "分"}
_FIGURES = ("homework", "posts", "quality")
_HELD = "SELECT COALESCE(SUM(COALESCE(hours, 100)), 0) FROM course_session WHERE course_id = ?"
_DONE = """
SELECT e.id, e.teacher_id, t.teacher_no, t.name, COALESCE(i.name, t.school_reported) AS school,
    e.homework, e.posts, e.quality, e.lifted, COALESCE(a.hours, 0) AS attended, g.items
FROM enrolment AS e JOIN teacher AS t ON t.id = e.teacher_id
LEFT JOIN institution AS i ON i.id = COALESCE(e.school_id, t.school_id)
LEFT JOIN (
    SELECT x.enrolment_id, SUM(COALESCE(s.hours, 100)) AS hours FROM attendance AS x
    JOIN course_session AS s ON s.id = x.session_id
    WHERE s.course_id = :course AND x.state IN ('present', 'late') GROUP BY x.enrolment_id
) AS a ON a.enrolment_id = e.id
LEFT JOIN (
    SELECT enrolment_id, json_group_object(item, note) AS items FROM gate_evidence
    WHERE enrolment_id IN (SELECT id FROM enrolment WHERE course_id = :course)
    GROUP BY enrolment_id
) AS g ON g.enrolment_id = e.id
WHERE e.course_id = :course AND COALESCE(e.state, 'approved') = 'approved'
ORDER BY school, t.name_pinyin, t.teacher_no
"""
_WRITE = """
UPDATE enrolment SET
    homework = COALESCE(json_extract(line.value, '$[1]'), homework),
    posts = COALESCE(json_extract(line.value, '$[2]'), posts),
    quality = COALESCE(json_extract(line.value, '$[3]'), quality)
FROM json_each(?) AS line WHERE enrolment.id = json_extract(line.value, '$[0]')
"""


@dataclass(frozen=True, slots=True)
class GateItem:
    """One thing to have done.

    Attributes:
        key: attendance, homework, posts or quality.
        needed, done: in the item's unit.
        evidence: the note of other evidence that meets it, "" for none.
    """

    key: str
    needed: int
    done: Decimal
    evidence: str

    @property
    def met(self) -> bool:
        """Whether it was done, or met by other evidence."""
        return self.done >= self.needed or bool(self.evidence)

    @property
    def sentence(self) -> str:
        """What is missing, in words."""
        unit = UNITS[self.key]
        done = plain_decimal(self.done.quantize(Decimal("0.1")))
        return f"{ITEMS[self.key]}{done}{unit}，应有{self.needed}{unit}"


@dataclass(frozen=True, slots=True)
class GatePerson:
    """One person before the gate.

    Attributes:
        id, teacher_id, teacher_no, name, school: the enrolment and who it is.
        items: what is asked, in order.
        lifted: why the gate was lifted for this person, "" where it was not.
    """

    id: str
    teacher_id: str
    teacher_no: str
    name: str
    school: str
    items: tuple[GateItem, ...]
    lifted: str

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing, as sentences."""
        return tuple(one.sentence for one in self.items if not one.met)

    @property
    def may_sit(self) -> bool:
        """Whether the person may take the exam."""
        return bool(self.lifted) or not self.missing


def gate(office: Office, course_id: str) -> list[GatePerson]:
    """What each person of the course has done for the exam and what is missing, by school.

    Attendance is asked only of a course that has sessions.

    Raises:
        UserError: there is no such course.
    """
    course = read(office, course_id)
    needs = needs_of(course)
    held = int(office.store.value(_HELD, (course_id,)))
    if not held:
        needs.pop("attendance", None)
    rows = office.store.query(_DONE, {"course": course_id})
    return [_person(row, needs, held) for row in rows]


def needs_of(course: Mapping[str, Any]) -> dict[str, int]:
    """What the course asks before the exam: its own figures, else those of the data file."""
    usual = _usual()
    found = {key: course[f"need_{key}"] for key in ITEMS}
    return {key: usual[key] if own is None else int(own) for key, own in found.items()}


def record_work(
    office: Office, course_id: str, figures: Mapping[str, Mapping[str, int | None]]
) -> Operation:
    """Write homework, posts and quality of people as one undoable step; None leaves a figure.

    Args:
        office: the office.
        course_id: the course.
        figures: enrolment to ``homework``, ``posts`` and ``quality``.

    Raises:
        UserError: somebody is not in the class; a figure below 0 or a quality above 100.
    """
    course = read(office, course_id)
    people = {row["id"] for row in office.store.query(_DONE, {"course": course_id})}
    if strangers := figures.keys() - people:
        raise UserError(
            "training.not_enrolled",
            f"有 {len(strangers)} 人不是“{course['title']}”的学员。",
            "请先为他们报名。",
        )
    for said in figures.values():
        for key in _FIGURES:
            _check_figure(key, said.get(key))
    lines = [(one, *(said.get(key) for key in _FIGURES)) for one, said in figures.items()]
    title = f"{course['title']}登记作业与交流 {len(lines)} 人"
    with office.store.operation("training.work", title) as operation:
        office.store.execute(_WRITE, (json.dumps(lines),))
    return operation


def accept_evidence(
    office: Office, enrolment_ids: Sequence[str], item: str, words: str
) -> Operation:
    """Let other evidence stand for an item: a notebook, a recorded lesson, a printed paper.

    Raises:
        UserError: no such item, nobody chosen, or no words on what the evidence is.
    """
    if item not in ITEMS:
        raise UserError("training.gate_item", f"没有“{item}”这一项。", "请从列表中选择。")
    need_words(words, "佐证的内容")
    chosen = _chosen(enrolment_ids)
    with office.store.operation(
        "training.evidence", f"认可佐证（{ITEMS[item]}）{len(chosen)} 人"
    ) as operation:
        office.store.execute(
            "DELETE FROM gate_evidence WHERE item = ?"
            " AND enrolment_id IN (SELECT value FROM json_each(?))",
            (item, json.dumps(chosen)),
        )
        today = office.store.clock.today().isoformat()
        said = (item, words.strip(), office.store.person, today)
        office.store.insert(
            "gate_evidence",
            ("id", "enrolment_id", "item", "note", "person", "accepted_on"),
            [(office.store.ids.new_id(), one, *said) for one in chosen],
        )
    return operation


def lift(office: Office, enrolment_ids: Sequence[str], reason: str) -> Operation:
    """Let people sit the exam although something is missing; the reason stays visible.

    Raises:
        UserError: nobody chosen, or no reason.
    """
    need_words(reason, "准予考试的原因")
    chosen = _chosen(enrolment_ids)
    with office.store.operation("training.lift", f"准予考试 {len(chosen)} 人") as operation:
        office.store.execute(
            "UPDATE enrolment SET lifted = ? WHERE id IN (SELECT value FROM json_each(?))",
            (reason.strip(), json.dumps(chosen)),
        )
        note(office.store, "enrolment", chosen, "lifted", reason.strip())
    return operation


def _person(row: Row, needs: Mapping[str, int], held: int) -> GatePerson:
    notes: dict[str, str] = json.loads(row["items"] or "{}")
    done = {key: Decimal(row[key] or 0) for key in _FIGURES}
    done["attendance"] = Decimal(row["attended"] * 100) / held if held else Decimal(0)
    return GatePerson(
        id=row["id"],
        teacher_id=row["teacher_id"],
        teacher_no=row["teacher_no"],
        name=row["name"],
        school=row["school"] or "",
        items=tuple(
            GateItem(key, needed, done[key], notes.get(key, "")) for key, needed in needs.items()
        ),
        lifted=row["lifted"] or "",
    )


def _check_figure(key: str, value: int | None) -> None:
    most = 100 if key == "quality" else 10_000
    if value is not None and not 0 <= value <= most:
        raise UserError(
            "training.figure", f"{ITEMS[key]} {value} 不在 0 到 {most} 之间。", "请核对后再填。"
        )


def _chosen(enrolment_ids: Sequence[str]) -> list[str]:
    chosen = list(dict.fromkeys(enrolment_ids))
    if not chosen:
        raise UserError("training.nobody", "没有选中学员。", "请先在名单中选择。")
    return chosen


@cache
def _usual() -> Mapping[str, int]:
    return tomllib.loads(path("training_gate.toml").read_text(encoding="utf-8"))
