"""A collection (收表): what is asked of the schools for a year, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.errors import UserError
from models.exchange.plans import ImportKind
from models.office.context import Office

ASKED = (ImportKind.TEACHERS, ImportKind.RECORDS)
"""What a school can be asked for."""
_SELECT = "SELECT id, year, kinds, due, opened_on FROM collect_round"
_BETWEEN = ","


@dataclass(frozen=True, slots=True)
class Round:
    """One collection; a year has at most one.

    Attributes:
        id: by which it is kept.
        year: the training year.
        kinds: what is asked: teachers, records.
        due: the day by which the schools answer (ISO); "" for none said.
        opened_on: the day the first templates were made (ISO).
    """

    id: str
    year: int
    kinds: tuple[ImportKind, ...]
    due: str
    opened_on: str


@dataclass(frozen=True, slots=True)
class TemplateWish:
    """Which templates to make.

    Attributes:
        year: of which collection; it is opened if there is none.
        kinds: what to ask.
        due: the day by which the schools answer; None leaves what was said before.
        school_ids: for these schools only; () for all that have teachers.
        full_ids: write ID numbers, phones and birth dates in full, not masked.
    """

    year: int
    kinds: tuple[ImportKind, ...] = ASKED
    due: date | None = None
    school_ids: tuple[str, ...] = ()
    full_ids: bool = False


def rounds(office: Office) -> list[Round]:
    """All collections, the latest year first."""
    return [_round(dict(row)) for row in office.store.query(f"{_SELECT} ORDER BY year DESC")]


def round_of(office: Office, year: int | None = None) -> Round:
    """The collection of a year; the latest where none is said.

    Raises:
        UserError: there is none.
    """
    found = [one for one in rounds(office) if year in (None, one.year)]
    if not found:
        which = "" if year is None else f" {year} 年"
        raise UserError(
            "collect.no_round", f"还没有发过{which}的学校模板。", "请先在“收表”中生成学校模板。"
        )
    return found[0]


def keep_round(office: Office, wish: TemplateWish) -> Round:
    """The collection a wish means, opened or changed where it must be; inside an operation."""
    store = office.store
    row = store.one(f"{_SELECT} WHERE year = ?", (wish.year,))
    before = _round(dict(row)) if row else None
    kinds = tuple(one for one in ASKED if one in wish.kinds)
    due = wish.due.isoformat() if wish.due else before.due if before else ""
    said = (_BETWEEN.join(kinds), due or None)
    if before is None:
        today = store.clock.today().isoformat()
        made = Round(store.ids.new_id(), wish.year, kinds, due, today)
        columns = ("id", "year", "kinds", "due", "opened_on")
        store.insert("collect_round", columns, [(made.id, made.year, *said, today)])
        return made
    store.execute("UPDATE collect_round SET kinds = ?, due = ? WHERE id = ?", (*said, before.id))
    return Round(before.id, before.year, kinds, due, before.opened_on)


def _round(row: dict[str, object]) -> Round:
    return Round(
        id=str(row["id"]),
        year=int(str(row["year"])),
        kinds=tuple(ImportKind(one) for one in str(row["kinds"]).split(_BETWEEN)),
        due=str(row["due"] or ""),
        opened_on=str(row["opened_on"]),
    )
