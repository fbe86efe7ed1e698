"""What the papers (and the page) of one teacher's growth say: everything the office knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.entities.display import plain_decimal
from models.errors import UserError
from reports.kit import furniture
from reports.kit.charts import Bar
from reports.kit.fonts import no_glyphs
from reports.kit.furniture import CLOSE, Part, Sheet
from reports.kit.paper import A4

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from decimal import Decimal

    from models.certificates.register import Certificate
    from models.stamping.records import StampLine
    from models.training.claim_list import ClaimRow
    from models.verdicts.exemptions import Exemption
    from models.verdicts.explaining import Verdict
    from models.verdicts.vetoes import Veto
    from reports.kit.flow import Block
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built, Output


@dataclass(frozen=True, slots=True)
class Held:
    """What held of somebody over a time: ``aspect`` is 所在学校, 职务, 岗位状态 …; days ISO.

    ``starts_on`` is "" where nobody knows, ``ends_on`` where it still holds; it is the first day
    on which it holds no more.
    """

    aspect: str
    value: str
    starts_on: str
    ends_on: str


@dataclass(frozen=True, slots=True)
class Training:
    """One entry of the ledger; codes by name, days ISO, "" where unknown.

    Attributes:
        entry_id, year, title, first_day, last_day, mode, theme, level, organizer, score, remark:
            as the ledger has them.
        hours, credits: negative in a reversal; credits None where there are none.
        kind: 登记, 课程, 冲抵 or 冲销.
        taken_back: whether a later entry takes it back.
        reversal: whether it takes an earlier one back.
    """

    entry_id: str
    year: int
    title: str
    first_day: str
    last_day: str
    mode: str
    theme: str
    level: str
    organizer: str
    hours: Decimal
    credits: Decimal | None
    score: str
    kind: str
    remark: str
    taken_back: bool
    reversal: bool

    @property
    def stands(self) -> bool:
        """Whether it is neither a reversal nor taken back."""
        return not (self.taken_back or self.reversal)


@dataclass(frozen=True, slots=True)
class CourseResult:
    """A course somebody enrolled in.

    Attributes:
        course_id, year, code, title: the course.
        place: 已批准, 待县批准 …
        score: points or grade as text, "" for none.
        result: 合格, 不合格, 缺考, 缓考, 作弊 or "".
        first: the result before a re-sit, "" for none.
    """

    course_id: str
    year: int
    code: str
    title: str
    place: str
    score: str
    result: str
    first: str


@dataclass(frozen=True, slots=True)
class GrowthStamp:
    """A year's line in the stamping; a voided one stands beside the one that followed it."""

    year: int
    line: StampLine


@dataclass(frozen=True, slots=True)
class GrowthYear:
    """One year: what was learnt in it, and what became of it.

    Attributes:
        year: the year.
        hours, credits: the ledger's sums; reversals already subtract.
        trainings: every entry, by day, those taken back too.
        results: the courses enrolled in.
        stamps: the year's lines in the stamping.
    """

    year: int
    hours: Decimal
    credits: Decimal
    trainings: tuple[Training, ...]
    results: tuple[CourseResult, ...]
    stamps: tuple[GrowthStamp, ...]

    @property
    def standing(self) -> tuple[Training, ...]:
        """The trainings that are neither reversals nor taken back."""
        return tuple(one for one in self.trainings if one.stands)

    @property
    def stamp_state(self) -> str:
        """已验印, 不予验印 …; "" for a year without a line."""
        return self.stamps[-1].line.state if self.stamps else ""


@dataclass(frozen=True, slots=True)
class GrowthCycle:
    """One cycle's verdict.

    Attributes:
        first, last: its years.
        running: whether it is not over yet.
        verdict: with every requirement explained; None where there is none.
        told: why there is no verdict; "" otherwise.
    """

    first: int
    last: int
    running: bool
    verdict: Verdict | None
    told: str = ""

    @property
    def label(self) -> str:
        """2021-2025."""
        return f"{self.first}-{self.last}"

    @property
    def state(self) -> str:
        """In words: 已达标, 未达标, 进行中 or 不作考核."""
        if self.verdict is None:
            return "不作考核"
        if not any(one.result.applies for one in self.verdict.requirements):
            return "无适用要求"
        if self.verdict.met:
            return "已达标"
        return "进行中" if self.running else "未达标"


@dataclass(frozen=True, slots=True)
class Growth:
    """Everything the office knows of one teacher.

    Attributes:
        teacher_id, teacher_no, name, school: who.
        office: who keeps the file.
        made_at: the moment of gathering.
        identity: label and text of every field of the register, in its order, masked unless asked
            otherwise; empty fields are left out.
        held: what held since when (schools, posts, status, title …), as far as recorded.
        years: every year that left a trace, the earliest first.
        cycles: every cycle those years lie in and the present one, the earliest first.
        certificates: by number, void ones too.
        exemptions: leave that lessens what is owed, the latest first.
        vetoes: 一票否决, lifted ones too, the latest first.
        claims: hours claimed that are not in the ledger yet.
    """

    teacher_id: str
    teacher_no: str
    name: str
    school: str
    office: str
    made_at: datetime
    identity: tuple[tuple[str, str], ...]
    held: tuple[Held, ...]
    years: tuple[GrowthYear, ...]
    cycles: tuple[GrowthCycle, ...]
    certificates: tuple[Certificate, ...]
    exemptions: tuple[Exemption, ...]
    vetoes: tuple[Veto, ...]
    claims: tuple[ClaimRow, ...]

    @property
    def cycle(self) -> GrowthCycle | None:
        """The latest cycle with anything in it, else the latest; None where there is none."""
        traced = {one.year for one in self.years}
        lived = [one for one in self.cycles if traced.intersection(range(one.first, one.last + 1))]
        found: Sequence[GrowthCycle] = lived or self.cycles
        return found[-1] if found else None

    def fact(self, label: str) -> str:
        """What the register says under a label, "" for nothing."""
        return dict(self.identity).get(label, "")


def check(growths: Sequence[Growth], fonts: Fonts) -> None:
    """Refuse what cannot be printed.

    Raises:
        UserError: nobody chosen; characters no font has, with the people concerned.
    """
    if not growths:
        raise UserError("paper.nobody", "没有选中教师。", "请先选择教师。")
    missing = fonts.missing((one.name, _texts(one)) for one in growths)
    if missing:
        raise no_glyphs(missing)


def write_each(
    growths: Sequence[Growth],
    title: str,
    blocks: Callable[[Growth, float], Iterable[Block]],
    output: Output,
) -> Built:
    """Write a paper of each teacher into one PDF, each from a new page and with a bookmark.

    Args:
        growths: the teachers.
        title: of the document.
        blocks: what it says of one of them, on so many millimetres.
        output: where to.

    Raises:
        UserError, WorldError, CancelledByUser: as ``furniture.write_parts``.
    """
    sheet = Sheet(title, growths[0].office, A4, CLOSE)
    parts = (
        Part(f"{one.name}（{one.teacher_no}）", list(blocks(one, sheet.width))) for one in growths
    )
    return furniture.write_parts(output, sheet, parts, len(growths))


def bars_of(years: Iterable[GrowthYear]) -> list[Bar]:
    """The hours of each year as bars."""
    return [
        Bar(f"{one.year} 年", float(one.hours), f"{plain_decimal(one.hours)} 学时") for one in years
    ]


def _texts(one: Growth) -> list[str]:
    entries = [entry for year in one.years for entry in year.trainings]
    titles = [text for entry in entries for text in (entry.title, entry.organizer, entry.remark)]
    return [*(text for _, text in one.identity), *titles]
