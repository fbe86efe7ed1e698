"""What the papers of a training class say: the course, its days, its people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.errors import UserError
from reports.kit.fonts import no_glyphs

if TYPE_CHECKING:
    from datetime import datetime

    from reports.kit.fonts import Fonts


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the class, as text; "" where nothing is recorded."""

    name: str
    teacher_no: str
    school: str
    sex: str = ""
    stage: str = ""
    subject: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """What people sign in for once: a session, or a day with its halves.

    Attributes:
        title: ``第3次 2025-07-14`` or ``2025年7月14日``.
        topic: what it is about, "" for none.
        halves: whether morning and afternoon are signed for apart.
    """

    title: str
    topic: str = ""
    halves: bool = False


@dataclass(frozen=True, slots=True)
class TrainingClass:
    """A class.

    Attributes:
        title: of the course.
        office, printed_at: who prints and when.
        facts: label and text: 时间, 地点, 学时, 举办单位 …; what is not known is left out.
        sittings: in order; never empty.
        people: by school and name.
    """

    title: str
    office: str
    printed_at: datetime
    facts: tuple[tuple[str, str], ...]
    sittings: tuple[Sitting, ...]
    people: tuple[Member, ...]

    def fact(self, label: str) -> str:
        """The text of a fact, "" where it is not known."""
        return dict(self.facts).get(label, "")


def check(training: TrainingClass, fonts: Fonts) -> None:
    """Refuse what cannot be printed.

    Raises:
        UserError: nobody is in the class; characters no font has, with the people concerned.
    """
    if not training.people:
        raise UserError(
            "class.nobody",
            f"“{training.title}”还没有学员。",
            "请先为这门课程报名，再打印班级资料。",
        )
    own = [(training.title, [training.title, *(text for _, text in training.facts)])]
    people = ((one.name, (one.name, one.school, one.subject)) for one in training.people)
    missing = fonts.missing([*own, *people])
    if missing:
        raise no_glyphs(missing)
