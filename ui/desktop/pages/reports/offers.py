"""What the options of papers offer to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.catalogue.options import Option, OptionKind

YEARS = 10
NOTHING_TO_CHOOSE = {
    OptionKind.COURSE: ("还没有登记课程。请先在“培训”中登记课程并报名。", "去培训", "courses"),
    OptionKind.EXAM: ("还没有设立考试。请先在“考试抽签”中设立。", "去考试抽签", "exams"),
    OptionKind.RUN: (
        "还没有打印过证书。请先在“证书”的登记册中打印。",
        "去证书",
        "certificates",
    ),
    OptionKind.IMPORT: ("还没有导入过文件。请先在“Excel 导入”中导入。", "去导入", "imports"),
    OptionKind.BATCH: ("还没有认定批次。请先在“骨干与名师”中开始一批。", "去骨干与名师", "titles"),
    OptionKind.PROGRAMME: (
        "还没有设立结对工程。请先在“师徒结对”中设立。",
        "去师徒结对",
        "mentoring",
    ),
}
"""For a required option without anything to choose: a sentence, a button, the page it opens."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to choose: what is answered, and what is shown."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Offers:
    """What there is to choose from today.

    Attributes:
        year: this year.
        schools, courses, exams, programmes, batches: with their identities.
        runs, imports: the latest first, with their identities.
        defaults: name of a paper and key of an option to its default.
    """

    year: int
    schools: tuple[Offer, ...] = ()
    courses: tuple[Offer, ...] = ()
    exams: tuple[Offer, ...] = ()
    runs: tuple[Offer, ...] = ()
    imports: tuple[Offer, ...] = ()
    programmes: tuple[Offer, ...] = ()
    batches: tuple[Offer, ...] = ()
    defaults: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    def of(self, option: Option) -> tuple[Offer, ...]:
        """What one option offers; () for one that is typed."""
        match option.kind:
            case OptionKind.YEAR:
                years = range(self.year, self.year - YEARS, -1)
                return tuple(Offer(str(year), f"{year} 年") for year in years)
            case OptionKind.SCHOOL:
                return self.schools
            case OptionKind.COURSE:
                return self.courses
            case OptionKind.EXAM:
                return self.exams
            case OptionKind.RUN:
                return self.runs
            case OptionKind.IMPORT:
                return self.imports
            case OptionKind.PROGRAMME:
                return self.programmes
            case OptionKind.BATCH:
                return self.batches
            case _:
                return tuple(Offer(one.key, one.title) for one in option.choices)
