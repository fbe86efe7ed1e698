"""Who holds titles where: stage by subject by level, against the ratios the county is to reach."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.office.context import Office
from models.titles.batches import people_for
from models.titles.grants import Grant, GrantFilter, grants
from models.titles.kinds import Ratio, title_rules

_TEACHERS = """
SELECT t.id, COALESCE(t.stage, '') AS stage, COALESCE(t.subject, '') AS subject,
    COALESCE(i.location, '') AS location
FROM teacher AS t LEFT JOIN institution AS i ON i.id = t.school_id
WHERE (t.stage IS NULL OR t.stage IN (SELECT value FROM json_each(:stages)))
    AND COALESCE(t.status, '01') NOT IN (SELECT value FROM json_each(:away))
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """Teachers in post of a stage and a subject, and those of them who hold a title, by level.

    Attributes:
        stage, subject: codes.
        people: how many teach it.
        holders: level to how many hold a title of it; somebody with two counts once in each.
        lacking: ratio to how many more are needed to reach it; 0 where it is reached or does not
            concern the cell.
    """

    stage: str
    subject: str
    people: int
    holders: Mapping[str, int]
    lacking: Mapping[str, int]

    @property
    def hole(self) -> bool:
        """Whether nobody holds a title at all."""
        return not any(self.holders.values())


@dataclass(frozen=True, slots=True)
class Share:
    """A ratio as a whole: of how many teachers, how many hold it, how many are needed."""

    ratio: Ratio
    people: int
    holders: int
    needed: int

    @property
    def percent(self) -> Decimal:
        """What share there is, to a tenth."""
        if not self.people:
            return Decimal(0)
        return (Decimal(100 * self.holders) / self.people).quantize(Decimal("0.1"))

    @property
    def met(self) -> bool:
        """Whether it is reached."""
        return self.holders >= self.needed


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole picture of a day.

    Attributes:
        levels: keys of the levels at which somebody holds a title, the highest first.
        cells: in the order of the code tables; only those in which somebody teaches.
        shares: the ratios that hold for the county.
        unplaced: teachers in post who stand in no cell, for their stage or subject is not known.
        names: code table and code to name; "level" for levels.
    """

    levels: tuple[str, ...]
    cells: tuple[Cell, ...]
    shares: tuple[Share, ...]
    unplaced: int
    names: Mapping[tuple[str, str], str]

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages there are."""
        return tuple(dict.fromkeys(one.stage for one in self.cells))

    @property
    def holes(self) -> tuple[Cell, ...]:
        """The cells in which nobody holds a title, the largest first."""
        found = [one for one in self.cells if one.hole]
        return tuple(sorted(found, key=lambda one: -one.people))

    def name(self, table: str, code: str) -> str:
        """What to show for a code."""
        return self.names.get((table, code), code)

    def words(self, cell: Cell) -> str:
        """How sentences call a cell."""
        return self.name("stage", cell.stage) + self.name("subject", cell.subject)


@dataclass(frozen=True, slots=True)
class _Teacher:
    id: str
    stage: str
    subjects: tuple[str, ...]
    location: str


def matrix(office: Office, kinds: Sequence[str] = (), day: str = "") -> Matrix:
    """Who holds titles where on a day (today where left out).

    Args:
        office: the office.
        kinds: keys of the kinds of titles shown; those that the yearly register bears where left
            out. The ratios always count their own kinds.
        day: ISO.
    """
    rules = title_rules()
    shown = set(kinds) or {one.key for one in rules.kinds if any(one.levels.values())}
    held: dict[str, list[Grant]] = defaultdict(list)
    for one in grants(office, GrantFilter(state="valid"), day=day):
        held[one.teacher_id].append(one)
    in_post = _teachers(office)
    people = [one for one in in_post if one.stage and one.subjects]
    ratios = rules.ratios_for(office.identity.region)
    cells = _cells(office, people, held, (shown, ratios))
    used = {level for one in cells for level, count in one.holders.items() if count}
    return Matrix(
        levels=tuple(one.key for one in rules.levels if one.key in used),
        cells=cells,
        shares=tuple(_share(one, people, held) for one in ratios),
        unplaced=len(in_post) - len(people),
        names=_names(office),
    )


def _teachers(office: Office) -> list[_Teacher]:
    rules = title_rules()
    given = {
        "stages": json.dumps(rules.teaching_stages),
        "away": json.dumps(rules.not_teaching),
    }
    return [
        _Teacher(
            row["id"],
            row["stage"],
            tuple(one for one in row["subject"].split("、") if one),
            row["location"],
        )
        for row in office.store.query(_TEACHERS, given)
    ]


def _cells(
    office: Office,
    people: Sequence[_Teacher],
    held: Mapping[str, Sequence[Grant]],
    asked: tuple[set[str], Sequence[Ratio]],
) -> tuple[Cell, ...]:
    shown, ratios = asked
    by_cell: dict[tuple[str, str], list[_Teacher]] = defaultdict(list)
    for one in people:
        for subject in one.subjects:
            by_cell[one.stage, subject].append(one)
    found = [
        Cell(
            stage=stage,
            subject=subject,
            people=len(there),
            holders=_levels(there, held, shown),
            lacking={ratio.key: _lacking(ratio, there, held, subject) for ratio in ratios},
        )
        for (stage, subject), there in by_cell.items()
    ]
    order = {
        (table, one.code): place
        for table in ("stage", "subject")
        for place, one in enumerate(office.codes[table])
    }
    found.sort(
        key=lambda one: (order.get(("stage", one.stage), 0), order.get(("subject", one.subject), 0))
    )
    return tuple(found)


def _levels(
    there: Iterable[_Teacher], held: Mapping[str, Sequence[Grant]], shown: set[str]
) -> Counter[str]:
    counts: Counter[str] = Counter()
    for one in there:
        counts.update({each.level for each in held.get(one.id, ()) if each.kind in shown})
    return counts


def _concerns(ratio: Ratio, one: _Teacher) -> bool:
    return (
        (not ratio.stages or one.stage in ratio.stages)
        and (not ratio.subjects or not set(ratio.subjects).isdisjoint(one.subjects))
        and (not ratio.locations or one.location in ratio.locations)
    )


def _counts(ratio: Ratio, held: Sequence[Grant]) -> bool:
    return any(one.kind in ratio.kinds and one.level in ratio.levels for one in held)


def _lacking(
    ratio: Ratio, there: Sequence[_Teacher], held: Mapping[str, Sequence[Grant]], subject: str
) -> int:
    if ratio.subjects and subject not in ratio.subjects:
        return 0
    share = _share(ratio, there, held)
    return max(0, share.needed - share.holders)


def _share(ratio: Ratio, people: Sequence[_Teacher], held: Mapping[str, Sequence[Grant]]) -> Share:
    concerned = [one for one in people if _concerns(ratio, one)]
    holders = sum(1 for one in concerned if _counts(ratio, held.get(one.id, ())))
    return Share(ratio, len(concerned), holders, people_for(ratio.percent, len(concerned)))


def _names(office: Office) -> dict[tuple[str, str], str]:
    names = {
        (table, one.code): one.name for table in ("stage", "subject") for one in office.codes[table]
    }
    return names | {("level", one.key): one.title for one in title_rules().levels}
