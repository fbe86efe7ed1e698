"""What stands of a year in the booklets, a line for each booklet."""

from __future__ import annotations

from dataclasses import dataclass

from models.certificates.booklet_layout import Place
from models.certificates.sheets import KEPT, STANDS, PrintRun, runs
from models.office.context import Office

_YEARS = """
SELECT DISTINCT r.year FROM stamp_run AS r JOIN stamp_line AS l ON l.run_id = r.id
WHERE l.stamped_on IS NOT NULL AND l.voided_on IS NULL
UNION SELECT DISTINCT year FROM booklet_line ORDER BY 1 DESC
"""
_BOOKLETS = f"""
SELECT b.certificate_id AS id, c.number, c.holder_name AS name, COALESCE(i.name, '') AS school,
    COUNT(*) AS lines, COUNT(CASE WHEN b.outcome = 'printed' THEN 1 END) AS printed,
    COUNT(CASE WHEN b.outcome = 'waiting' AND {STANDS} AND {KEPT} THEN 1 END) AS waiting,
    COUNT(CASE WHEN b.outcome = 'printed' AND NOT {STANDS} THEN 1 END) AS voided,
    MIN(b.page * 1000 + b.line) AS place
FROM booklet_line AS b JOIN certificate AS c ON c.id = b.certificate_id
LEFT JOIN teacher AS t ON t.id = c.teacher_id LEFT JOIN institution AS i ON i.id = t.school_id
WHERE b.year = ? AND b.outcome <> 'given_up'
GROUP BY b.certificate_id ORDER BY school, t.name_pinyin, c.number
"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class BookletYear:
    """A booklet with lines of a year.

    Attributes:
        id, number, name, school: of the booklet and its holder.
        lines, printed, waiting: how many lines of the year, and what came of them.
        voided: printed lines whose stamp was taken back since.
        start: the first of them.
    """

    id: str
    number: str
    name: str
    school: str
    lines: int
    printed: int
    waiting: int
    voided: int
    start: Place


def stamped_years(office: Office) -> list[int]:
    """Years in which somebody is stamped or that stand in booklets, the latest first."""
    return [row["year"] for row in office.store.query(_YEARS)]


def booklets_of(office: Office, year: int) -> list[BookletYear]:
    """The booklets with lines of a year, by school and name."""
    found = (dict(row) for row in office.store.query(_BOOKLETS, (year,)))
    return [BookletYear(start=Place(*divmod(row.pop("place"), 1000)), **row) for row in found]


def runs_of_year(office: Office, year: int) -> list[PrintRun]:
    """The booklet runs of a year that were not given up, the latest first."""
    sql = "SELECT DISTINCT run_id FROM booklet_line WHERE year = ?"
    ids = {row["run_id"] for row in office.store.query(sql, (year,))}
    return [one for one in runs(office) if one.id in ids and not one.given_up]
