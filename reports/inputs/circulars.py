"""A circular (通报) drafted from a year's verdicts and stamps, for the clerk to edit."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from models.errors import UserError
from models.office.context import Office
from models.policies.ranking import ranks
from models.policies.records import Pack
from models.stamping.listing import SchoolCounts, find_run, school_counts
from models.verdicts.board import Board
from models.verdicts.overview import Standing, standings, whole
from reports.documents.circular import Attachment
from reports.kit.table import CellKind, Column, Total
from reports.kit.wording import percent, plain_date, share
from reports.workbooks.book import ColumnKind, SheetColumn
from reports.workbooks.table import TableSheet
from resources import path

RankBy = Literal["met", "stamped"]
RANK_BY: Mapping[RankBy, str] = {"met": "达标率", "stamped": "验印率"}
_NAMED = 5
HABITS = "official/circular.toml"
"""What a place usually writes; see the file."""


@dataclass(frozen=True, slots=True)
class SchoolFigures:
    """One school in the ranked table; stamped None where the year was not stamped."""

    name: str
    people: int
    met: int
    stamped: int | None
    judged: int

    def share(self, by: RankBy) -> Fraction | None:
        """What it is ranked by; None where there is nothing to rank."""
        if by == "met":
            return Fraction(self.met, self.people) if self.people else None
        return Fraction(self.stamped or 0, self.judged) if self.judged else None


@dataclass(frozen=True, slots=True)
class YearResults:
    """What a circular of a year tells.

    Attributes:
        year, period, day: over what time and as of when (ISO).
        office, basis: who judges, by what rules.
        everybody: all teachers.
        schools: each school, the best first.
        ranks: the rank of each, equals alike; None where there is nothing to rank.
        by: what they are ranked by.
    """

    year: int
    period: str
    day: str
    office: str
    basis: str
    everybody: Standing
    schools: tuple[SchoolFigures, ...]
    ranks: tuple[int | None, ...]
    by: RankBy

    @property
    def over(self) -> str:
        """The time its numbers cover, as sentences say it."""
        if self.period.isdigit():
            return f"{self.year}年度"
        return f"{self.period.replace('-', '—')}年周期"

    @property
    def stamped(self) -> int | None:
        """How many were stamped; None where nothing was."""
        counts = [one.stamped for one in self.schools if one.stamped is not None]
        return sum(counts) if counts else None


def year_results(
    office: Office, board: Board, year: int, *, by: RankBy = "met", least: int = 1
) -> YearResults:
    """The results of a year, schools ranked.

    Args:
        office: the office.
        board: everybody's verdicts over the year or its cycle.
        year: whose stamping counts.
        by: what schools are ranked by.
        least: schools with fewer teachers are listed without a rank.

    Raises:
        UserError: nobody is judged; a ranking by stamps of a year that was not stamped.
    """
    run = find_run(office, year)
    if by == "stamped" and run is None:
        raise UserError(
            "stamping.no_run",
            f"{year} 年度还没有核验，不能按验印率排名。",
            "请先在“年度验印”中核验，或改按达标率排名。",
        )
    if not board.people:
        raise UserError("verdicts.nobody", f"{year} 年没有参加考核的教师。", "请另选年度。")
    counts = {one.school_id: one for one in school_counts(office, run.id)} if run else None
    found = [_figures(one, counts) for one in standings(office, board, "school")]
    found.sort(key=lambda one: one.name)
    shares = [one.share(by) if one.people >= least else None for one in found]
    placed = sorted(
        zip(ranks(shares), found, strict=True), key=lambda pair: (pair[0] is None, pair[0] or 0)
    )
    pack, questions = board.questions.pack, board.questions
    return YearResults(
        year=year,
        period=questions.period.label,
        day=questions.day.isoformat(),
        office=office.identity.name,
        basis=_basis(pack),
        everybody=whole(board),
        schools=tuple(one for _, one in placed),
        ranks=tuple(rank for rank, _ in placed),
        by=by,
    )


def _figures(one: Standing, counts: Mapping[str, SchoolCounts] | None) -> SchoolFigures:
    count = counts.get(one.key) if counts else None
    return SchoolFigures(
        name=one.name,
        people=one.people,
        met=one.met,
        stamped=None if counts is None else count.stamped if count else 0,
        judged=count.teachers if count else 0,
    )


def draft_texts(found: YearResults) -> dict[str, str]:
    """Title, addressees and text as they are proposed; the text has a paragraph a line."""
    habits = _habits()
    return {
        "title": f"关于{found.over}教师继续教育{'达标' if found.by == 'met' else '验印'}情况的通报",
        "to": str(habits["to"]),
        "text": "\n".join([*_paragraphs(found), *habits["demands"]]),
    }


def _habits() -> Mapping[str, Any]:
    return tomllib.loads(path(HABITS).read_text(encoding="utf-8"))


def _paragraphs(found: YearResults) -> list[str]:
    """What the numbers say, and the heading of what is asked of the schools."""
    every, over = found.everybody, found.over
    told = (
        f"参加考核的教师共{every.people}人，{over}的要求全部达到的{every.met}人，"
        f"达标率{percent(every.met, every.people)}；未达标{every.behind}人。"
    )
    if found.stamped is not None:
        told += f"本年度已验印{found.stamped}人。"
    return [
        f"按照{found.basis}的规定，{found.office}对{over}教师继续教育情况进行了核算。"
        f"截至{plain_date(found.day)}，现将有关情况通报如下：",
        "一、总体情况",
        told,
        "二、各校情况",
        *_ends(found),
        "三、工作要求",
    ]


def _basis(pack: Pack) -> str:
    """The rules by number where they have one, else by name, without what stands in brackets."""
    if "〔" in pack.document:
        return f"{pack.document.replace(' ', '')}文件"
    name = pack.document if pack.document.startswith("《") else pack.title
    return f"《{name.split('（')[0].strip('《》')}》"


def _ends(found: YearResults) -> list[str]:
    """The schools at both ends of the table, where it has two ends."""
    word = RANK_BY[found.by]
    ranked = [
        (one, rank)
        for one, rank in zip(found.schools, found.ranks, strict=True)
        if rank is not None
    ]
    if len(ranked) < 2 * _NAMED or ranked[0][1] == ranked[-1][1]:
        return [f"各校{word}和名次见附件。"]
    first = _named([one for one, _ in ranked[:_NAMED]], found.by)
    last = _named([one for one, _ in ranked[-_NAMED:]], found.by)
    return [
        f"{word}居前的学校是：{first}。",
        f"{word}靠后的学校是：{last}。",
        f"各校{word}和名次见附件。",
    ]


def _named(schools: Sequence[SchoolFigures], by: RankBy) -> str:
    return "、".join(f"{one.name}（{_rate(one, by)}）" for one in schools)


def _rate(one: SchoolFigures, by: RankBy) -> str:
    if by == "met":
        return percent(one.met, one.people)
    return "—" if one.stamped is None else percent(one.stamped, one.judged)


_TITLES = ("名次", "学校", "教师数", "达标", "达标率")
_STAMPS = ("应验印", "已验印", "验印率")


def ranked_table(found: YearResults) -> Attachment:
    """The table that goes with the circular."""
    stamped = found.stamped is not None
    titles = (*_TITLES, *(_STAMPS if stamped else ()))
    kinds = {"名次": CellKind.SHORT, "学校": CellKind.TEXT}
    every = found.everybody
    total = ("", f"合计 {len(found.schools)} 所", *_counts(every.people, every.met))
    if stamped:
        judged = sum(one.judged for one in found.schools)
        total += _counts(judged, found.stamped or 0)
    rows = [
        _row(one, rank, stamped=stamped)
        for one, rank in zip(found.schools, found.ranks, strict=True)
    ]
    return Attachment(
        title=f"{found.year}年度各校继续教育{RANK_BY[found.by]}排名",
        columns=tuple(Column(title, kinds.get(title, CellKind.NUMBER)) for title in titles),
        rows=(*rows, Total(total)),
        note=f"注：达标按{found.over}的要求核算。按{RANK_BY[found.by]}从高到低排列，{RANK_BY[found.by]}相同的名次相同。",
    )


def _row(one: SchoolFigures, rank: int | None, *, stamped: bool) -> tuple[str, ...]:
    place = "—" if rank is None else str(rank)
    cells = (place, one.name, *_counts(one.people, one.met))
    return (*cells, *_counts(one.judged, one.stamped or 0)) if stamped else cells


def _counts(people: int, part: int) -> tuple[str, str, str]:
    return (str(people), str(part), percent(part, people))


def ranked_sheet(office: Office, found: YearResults) -> TableSheet:
    """The same table for a workbook, figures as numbers."""
    table = ranked_table(found)
    stamped = found.stamped is not None
    return TableSheet(
        title="排名",
        columns=tuple(
            SheetColumn(one.title, _WIDTHS.get(one.title, 6), _kind(one.title))
            for one in table.columns
        ),
        rows=[
            (rank, one.name, *_figures_of(one, stamped=stamped))
            for one, rank in zip(found.schools, found.ranks, strict=True)
        ],
        author=found.office,
        made_at=office.store.clock.now(),
        total=len(found.schools),
        book=table.title,
        heading=table.title,
    )


_WIDTHS = {"学校": 16}


def _kind(title: str) -> ColumnKind:
    if title == "学校":
        return ColumnKind.TEXT
    return ColumnKind.PERCENT if title.endswith("率") else ColumnKind.INTEGER


def _figures_of(one: SchoolFigures, *, stamped: bool) -> tuple[int | Decimal | None, ...]:
    cells = (one.people, one.met, share(one.met, one.people))
    if not stamped:
        return cells
    return (*cells, one.judged, one.stamped or 0, share(one.stamped or 0, one.judged))
