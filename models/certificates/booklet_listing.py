"""Whose booklets a year concerns, and how far each of them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from models.certificates.booklet_layout import Layout, Place
from models.certificates.booklets import KIND, lines_of, next_place
from models.certificates.sheets import KEPT, STANDS
from models.errors import UserError
from models.office.context import Office

State = Literal["without", "voided", "waiting", "full", "unplanned", "printed"]
BOOKLET_STATES: dict[State, str] = {
    "unplanned": "未排版",
    "waiting": "待打印",
    "printed": "已打印",
    "full": "证书已满",
    "without": "没有证书",
    "voided": "验印已作废",
}
_CONCERNED = """
WITH stamped AS (SELECT l.teacher_id, MAX(json_array_length(l.register)) AS lines
    FROM stamp_run AS r JOIN stamp_line AS l ON l.run_id = r.id
    WHERE r.year = :year AND l.stamped_on IS NOT NULL AND l.voided_on IS NULL
    GROUP BY l.teacher_id),
entered AS (SELECT DISTINCT c.teacher_id FROM booklet_line AS b
    JOIN certificate AS c ON c.id = b.certificate_id
    WHERE b.year = :year AND b.outcome <> 'given_up')
SELECT t.id AS teacher_id, t.teacher_no, t.name, COALESCE(t.school_id, '') AS school_id,
    COALESCE(i.name, '') AS school, s.teacher_id IS NOT NULL AS stamped,
    COALESCE(s.lines, 0) AS lines,
    (SELECT c.id FROM certificate AS c WHERE c.teacher_id = t.id AND c.form = :kind
        AND (SELECT e.event FROM certificate_event AS e WHERE e.certificate_id = c.id
            ORDER BY e.step DESC LIMIT 1) IS NOT 'void'
        ORDER BY c.issued_on DESC, c.rowid DESC LIMIT 1) AS booklet
FROM (SELECT teacher_id FROM stamped UNION SELECT teacher_id FROM entered) AS wanted
JOIN teacher AS t ON t.id = wanted.teacher_id
LEFT JOIN stamped AS s ON s.teacher_id = t.id LEFT JOIN institution AS i ON i.id = t.school_id
ORDER BY school, t.name_pinyin, t.teacher_no
"""
# By teacher, as planning goes by what stands in any valid booklet of theirs.
_COUNTED = f"""
SELECT c.teacher_id,
    COUNT(CASE WHEN b.outcome = 'waiting' AND {STANDS} THEN 1 END) AS waiting,
    COUNT(CASE WHEN b.outcome = 'printed' THEN 1 END) AS printed,
    COUNT(CASE WHEN b.outcome = 'printed' AND NOT {STANDS} THEN 1 END) AS voided,
    MAX(CASE WHEN b.outcome = 'waiting' AND {STANDS} THEN b.run_id END) AS run_id
FROM booklet_line AS b JOIN certificate AS c ON c.id = b.certificate_id
WHERE b.year = :year AND {KEPT} GROUP BY c.teacher_id
"""  # noqa: S608 - our own words
_NUMBERS = """
SELECT c.id, c.number, COALESCE(f.number, '') AS before FROM certificate AS c
LEFT JOIN certificate AS f ON f.id = c.continues WHERE c.form = ?
"""
_YEARS = """
SELECT DISTINCT r.year FROM stamp_run AS r JOIN stamp_line AS l ON l.run_id = r.id
WHERE l.stamped_on IS NOT NULL AND l.voided_on IS NULL
UNION SELECT DISTINCT year FROM booklet_line ORDER BY 1 DESC
"""


@dataclass(frozen=True, slots=True)
class BookletRow:
    """A teacher's booklet in a year.

    Attributes:
        teacher_id, teacher_no, name, school_id, school: its holder, where he is now.
        booklet, number: the booklet in which it goes on; "" where he has none.
        before: number of the full one it goes on after; "" for none.
        stamped: whether the year's stamp stands.
        waiting, printed: lines of the year that wait, and that stand in a valid booklet.
        voided: of those that stand, the lines whose stamp was taken back.
        run_id: the run in which it waits, "" if it does not.
        register, yearly: where writing goes on; None where the pages are full or there are none.
        state: what is to be done with it.
    """

    teacher_id: str
    teacher_no: str
    name: str
    school_id: str
    school: str
    booklet: str
    number: str
    before: str
    stamped: bool
    waiting: int
    printed: int
    voided: int
    run_id: str
    register: Place | None
    yearly: Place | None
    state: State

    @property
    def full(self) -> bool:
        """Whether it has no room for the year, or on some of its pages none at all."""
        ends = None in (self.register, self.yearly)
        return self.state == "full" or (bool(self.booklet) and ends)


def booklet_years(office: Office) -> list[int]:
    """The years in which somebody is stamped or that stand in booklets, the latest first."""
    return [row["year"] for row in office.store.query(_YEARS)]


def booklet_rows(office: Office, year: int, layout: Layout) -> list[BookletRow]:
    """The booklets of those stamped in a year, and those in which lines of it stand."""
    people = [dict(row) for row in office.store.query(_CONCERNED, {"year": year, "kind": KIND})]
    counted = {row["teacher_id"]: dict(row) for row in office.store.query(
        _COUNTED, {"year": year})}  # fmt: skip
    none = {"number": "", "before": ""}
    numbers = {row["id"]: dict(row) for row in office.store.query(_NUMBERS, (KIND,))}
    booklets = [row["booklet"] for row in people if row["booklet"]]
    register = next_place(office, booklets, layout.register)
    yearly = next_place(office, booklets, layout.yearly) if layout.yearly else register
    return [
        _row(
            layout,
            one,
            counted.get(one["teacher_id"], {}) | numbers.get(one["booklet"], none),
            (register.get(one["booklet"]), yearly.get(one["booklet"])),
        )
        for one in people
    ]


def printed_pages(office: Office, certificate_id: str) -> dict[int, tuple[str, int]]:
    """Page of a booklet to the run that printed on it last, and the sheet in that run."""
    found: dict[int, tuple[str, int]] = {}
    for one in sorted(lines_of(office, certificate_id=certificate_id), key=lambda line: line.line):
        if one.outcome == "printed":
            found[one.page] = (one.run_id, one.place)
    return found


def printed_sheets(
    office: Office, certificate_id: str, pages: Sequence[int]
) -> dict[str, list[int]]:
    """Run to its sheets that were printed last onto those pages of a booklet.

    Raises:
        UserError: nothing was printed onto one of them.
    """
    known = printed_pages(office, certificate_id)
    found: dict[str, list[int]] = {}
    for page in dict.fromkeys(pages):
        if page not in known:
            raise UserError(
                "booklet.not_printed", f"第 {page} 页还没有打印过。", "没有打印过的页直接打印即可。"
            )
        run_id, place = known[page]
        found.setdefault(run_id, []).append(place)
    return found


def _row(
    layout: Layout,
    one: dict[str, Any],
    counted: dict[str, Any],
    places: tuple[Place | None, Place | None],
) -> BookletRow:
    waiting, printed = counted.get("waiting", 0), counted.get("printed", 0)
    voided = counted.get("voided", 0)
    stamped, booklet = bool(one["stamped"]), one["booklet"] or ""
    state: State = "printed"
    if not booklet:
        state = "without"
    elif voided or not stamped:
        state = "voided"
    elif waiting:
        state = "waiting"
    elif not printed:
        state = "unplanned" if _fits(layout, places, one["lines"]) else "full"
    return BookletRow(
        one["teacher_id"], one["teacher_no"], one["name"], one["school_id"], one["school"],
        booklet, counted["number"], counted["before"], stamped, waiting, printed, voided,
        counted.get("run_id") or "", *places, state,
    )  # fmt: skip


def _fits(layout: Layout, places: tuple[Place | None, Place | None], lines: int) -> bool:
    """Whether a year of so many lines, and its sum, have room in a booklet."""
    single, sums = places
    if single is None or sums is None:
        return False
    if layout.yearly is None:
        return layout.register.run(single, lines + 1) is not None
    return layout.register.run(single, lines) is not None
