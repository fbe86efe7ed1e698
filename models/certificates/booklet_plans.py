"""Planning a year's lines: each stamped teacher's booklet goes on where it stopped."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.certificates.booklet_layout import Layout, Place, Section
from models.certificates.booklets import (
    KIND,
    BookletLine,
    next_place,
    voided_lines,
)
from models.certificates.entering import Due, Entered, due
from models.certificates.events import LAST_EVENT
from models.certificates.paper_entries import BOOKLET_LINE
from models.certificates.printing import RunWish, insert_run
from models.certificates.sheets import KEPT, STANDS, PrintRun, read_run
from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.stamping.register import stored_registers
from models.stamping.wording import StampWording, read_wording
from models.store.operations import Operation

_AT_ONCE = 2000
_TAKEN_BACK = "-"
_STAMPED = f"""
SELECT l.id AS stamp_id, l.teacher_id, l.teacher_no, l.name, l.register, l.hours, l.credits,
    l.stamped_on, COALESCE(i.name, '') AS school,
    (SELECT c.id FROM certificate AS c WHERE c.teacher_id = l.teacher_id AND c.form = :kind
        AND {LAST_EVENT.format(of="c.id")} IS NOT 'void'
        ORDER BY c.issued_on DESC, c.rowid DESC LIMIT 1) AS certificate_id
FROM stamp_run AS r JOIN stamp_line AS l ON l.run_id = r.id
JOIN teacher AS t ON t.id = l.teacher_id LEFT JOIN institution AS i ON i.id = t.school_id
WHERE r.year = :year AND l.stamped_on IS NOT NULL AND l.voided_on IS NULL
    AND (:schools IS NULL OR t.school_id IN (SELECT value FROM json_each(:schools)))
ORDER BY school, t.name_pinyin, l.teacher_no, l.rowid
"""  # noqa: S608 - our own words
_ENTERED = f"""
SELECT c.teacher_id, b.source, b.stamp_id, b.said
FROM json_each(:ids) AS wanted CROSS JOIN certificate AS c ON c.teacher_id = wanted.value
JOIN booklet_line AS b ON b.certificate_id = c.id
WHERE c.form = :kind AND b.year = :year AND b.outcome <> 'given_up'
    AND {LAST_EVENT.format(of="c.id")} IS NOT 'void'
ORDER BY b.certificate_id, b.page, b.line
"""  # noqa: S608 - our own words
# What waits under a stamp that was taken back, or in a void booklet, was never printed; nor is
# there anything to take back where the line itself left the booklet meanwhile.
_LEAVE = f"""
UPDATE booklet_line AS b SET outcome = 'given_up', outcome_on = :today
WHERE b.year = :year AND b.outcome = 'waiting' AND b.again = 0 AND (NOT ({STANDS} AND {KEPT})
    OR (b.source_id LIKE '%{_TAKEN_BACK}' AND NOT EXISTS (SELECT 1 FROM booklet_line AS o
        WHERE o.certificate_id = b.certificate_id AND o.outcome <> 'given_up'
            AND o.source IN ('register', 'correction')
            AND o.source_id = rtrim(b.source_id, '{_TAKEN_BACK}'))))
"""  # noqa: S608 - our own words
_FACTS = ("first_day", "last_day", "title", "mode", "hours", "credits", "score", "organizer")


@dataclass(frozen=True, slots=True)
class Person:
    """A stamped teacher of whom nothing could be planned."""

    teacher_id: str
    teacher_no: str
    name: str
    school: str


@dataclass(frozen=True, slots=True)
class BookletPlan:
    """What planning a year brought.

    Attributes:
        run: the run with the new lines; None where nothing is new.
        people, lines: how many booklets get lines, and how many lines.
        full: teachers whose booklet has not enough lines left; they need a new one.
        without: teachers who have no booklet.
        voided: lines that stand in booklets although their stamp was taken back.
        operation: the step.
    """

    run: PrintRun | None
    people: int
    lines: int
    full: tuple[Person, ...]
    without: tuple[Person, ...]
    voided: tuple[BookletLine, ...]
    operation: Operation


@dataclass(slots=True)
class _Draft:
    """Rows of lines while a plan is made; sheets are numbered register pages first."""

    full: list[Person] = field(default_factory=list[Person])
    without: list[Person] = field(default_factory=list[Person])
    people: int = 0
    register: list[list[Any]] = field(default_factory=list[list[Any]])
    yearly: list[list[Any]] = field(default_factory=list[list[Any]])


def plan_year(
    office: Office,
    year: int,
    layout: Layout,
    *,
    school_ids: Sequence[str] | None = None,
    form: str = KIND,
    progress: Progress | None = None,
) -> BookletPlan:
    """Give every line of the year that is not in a booklet yet its page and line.

    Entered are the lines frozen by stamps that stand, what the ledger corrected since, and the
    year's sum. A teacher's year is planned whole or, where the booklet is full, not at all.
    Planning again gives nothing new.

    Args:
        office: the office.
        year: the year.
        layout: how the booklet is bound.
        school_ids: only teachers who are at these schools now; None for all.
        form: name of the form the pages are printed with.
        progress: told teacher by teacher; may cancel, and then nothing is planned.

    Raises:
        UserError: nobody is stamped in that year.
    """
    told = progress or Progress()
    schools = None if school_ids is None else json.dumps(list(school_ids))
    given = {"year": year, "kind": KIND, "schools": schools}
    found = (dict(row) for row in office.store.query(_STAMPED, given))
    # An undo may leave somebody two stamps of a year: the later one counts.
    stamped = list({row["teacher_id"]: row for row in found}.values())
    if not stamped:
        raise UserError(
            "booklet.nobody", f"{year} 年没有已验印的教师。", "请先办理年度验印，再续打登记。"
        )
    draft, run_id = _Draft(), ""
    title = f"{year} 年度继续教育证书续打"
    _leave(office, year)
    with office.store.operation("booklets.plan", title) as operation:
        for start in range(0, len(stamped), _AT_ONCE):
            told.step(start, len(stamped), "正在安排续打")
            _draft(office, year, layout, stamped[start : start + _AT_ONCE], draft)
        rows = [*draft.register, *draft.yearly]
        if rows:
            run_id = insert_run(office, RunWish(title, KIND, form, ()))
            _insert(office, run_id, rows)
    told.report(len(stamped), len(stamped), "正在安排续打")
    return BookletPlan(
        read_run(office, run_id) if run_id else None,
        draft.people,
        len(rows),
        tuple(draft.full),
        tuple(draft.without),
        tuple(voided_lines(office, year)),
        operation,
    )


def _leave(office: Office, year: int) -> None:
    """Free the places of lines that may not be printed any more, as a step of its own.

    Undone together with the plan that gives the places away, two lines would stand on one place.
    """
    with office.store.operation("booklets.leave", f"{year} 年度不再打印的续打行放弃"):
        today = office.store.clock.today().isoformat()
        office.store.execute(_LEAVE, {"year": year, "today": today})


def _draft(
    office: Office, year: int, layout: Layout, stamped: Sequence[dict[str, Any]], draft: _Draft
) -> None:
    """Place the lines of some teachers, with few queries for all of them together."""
    teachers = [row["teacher_id"] for row in stamped]
    entered, sealed = _entered(office, year, teachers)
    now = stored_registers(office, year, teachers)
    booklets = [row["certificate_id"] for row in stamped if row["certificate_id"]]
    places = _Places(office, layout, booklets)
    wording = read_wording(office)
    for row in stamped:
        teacher = row["teacher_id"]
        wanted = due(
            json.loads(row["register"] or "[]"), json.loads(now[teacher]), entered[teacher]
        )
        lines = list(_lines(row, year, wanted, wording.clerk))
        year_lines = [] if row["stamp_id"] in sealed else [_year_line(row, year, wording, layout)]
        if not lines and not year_lines:
            continue
        person = Person(teacher, row["teacher_no"], row["name"], row["school"])
        if row["certificate_id"] is None:
            draft.without.append(person)
        elif not places.put(row["certificate_id"], lines, year_lines, draft):
            draft.full.append(person)
        else:
            draft.people += 1


def _entered(
    office: Office, year: int, teachers: Sequence[str]
) -> tuple[dict[str, list[Entered]], set[str]]:
    """Teacher to what stands of the year in the booklet; and the stamps whose sum stands there."""
    found: dict[str, list[Entered]] = defaultdict(list)
    sealed: set[str] = set()
    given = {"ids": json.dumps(list(teachers)), "kind": KIND, "year": year}
    for row in office.store.query(_ENTERED, given):
        if row["source"] == "year":
            sealed.add(row["stamp_id"])
            continue
        said = json.loads(row["said"])
        facts = {name: said[name] for name in ("entry_id", *_FACTS)}
        found[row["teacher_id"]].append(Entered(facts, bool(said["takes_back"])))
    return found, sealed


def _lines(row: dict[str, Any], year: int, wanted: Due, clerk: str) -> Iterator[list[Any]]:
    """The lines of a teacher's trainings, still without place: source, id, stamp, year, words."""
    parts = (
        ("register", wanted.register, False),
        ("correction", wanted.added, False),
        ("correction", wanted.removed, True),
    )
    for source, lines, takes_back in parts:
        for one in lines:
            said = {**one, "takes_back": takes_back, "clerk": clerk}
            key = one["entry_id"] + (_TAKEN_BACK if takes_back else "")
            yield [source, key, row["stamp_id"], year, _json(said)]


def _year_line(row: dict[str, Any], year: int, wording: StampWording, layout: Layout) -> list[Any]:
    """The line of a year's sum; it says onto which sort of page it goes, however bound later."""
    said = {
        "yearly": layout.yearly is not None,
        "hours": row["hours"],
        "credits": row["credits"],
        "opinion": wording.wording,
        "sealed_on": row["stamped_on"],
        "clerk": wording.clerk,
    }
    return ["year", row["stamp_id"], row["stamp_id"], year, _json(said)]


class _Places:
    """Where each of some booklets goes on."""

    def __init__(self, office: Office, layout: Layout, booklets: Sequence[str]) -> None:
        """Ask once for all of them."""
        self._register = layout.register
        self._yearly = layout.yearly or layout.register
        self._next = {
            section: next_place(office, booklets, section)
            for section in {self._register, self._yearly}
        }

    def put(
        self, booklet: str, lines: list[list[Any]], year: list[list[Any]], draft: _Draft
    ) -> bool:
        """Give the lines places; whether all of them fit."""
        if self._yearly is self._register:
            lines, year = [*lines, *year], []
        single = self._fitting(self._register, booklet, len(lines))
        sums = self._fitting(self._yearly, booklet, len(year))
        if single is None or sums is None:
            return False
        draft.register.extend(_placed(booklet, single, lines))
        draft.yearly.extend(_placed(booklet, sums, year))
        return True

    def _fitting(self, section: Section, booklet: str, count: int) -> list[Place] | None:
        if not count:
            return []
        start = self._next[section][booklet]
        return None if start is None else section.run(start, count)


def _placed(booklet: str, places: Sequence[Place], lines: Sequence[list[Any]]) -> list[list[Any]]:
    return [
        [booklet, place.page, place.line, *line] for place, line in zip(places, lines, strict=True)
    ]


def _insert(office: Office, run_id: str, rows: Sequence[list[Any]]) -> None:
    """Write the lines; each page of each booklet is one sheet of the run."""
    sheet: dict[tuple[str, int], int] = {}
    columns = ("id", *BOOKLET_LINE, "outcome", "again")
    office.store.insert(
        "booklet_line",
        columns,
        (
            (
                office.store.ids.new_id(), *row, run_id,
                sheet.setdefault((row[0], row[1]), len(sheet) + 1), "waiting", 0,
            )
            for row in rows
        ),
    )  # fmt: skip


def _json(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False)
