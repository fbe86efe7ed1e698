"""The bad rows back to their schools: in the same template, each with its reason."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.collecting.rounds import Round, rounds
from models.collecting.school_rows import asked_for, book_for, make_folder, save_book
from models.collecting.tables import MADE
from models.collecting.templates import file_of
from models.errors import UserError
from models.exchange.plans import ImportKind
from models.exchange.templates.asking import Asked
from models.exchange.templates.school_book import BookRow
from models.office.context import Office
from models.progress import Progress
from models.staff.institutions import institution_names

_OPEN = """
SELECT a.school_id, q.answer_id, q.kind, q.sheet, q.row_no, q.field, q.message, q.cells
FROM collect_question AS q JOIN collect_answer AS a ON a.id = q.answer_id
WHERE a.round_id = ? AND q.severity = 'refuse' AND q.state <> 'settled' AND a.school_id <> ''
    AND (? = '' OR a.school_id = ?)
ORDER BY a.taken_at, q.kind DESC, q.row_no, q.rowid
"""
_MARK = """
UPDATE collect_question SET state = 'returned' WHERE state = 'open' AND severity = 'refuse'
    AND answer_id IN (SELECT id FROM collect_answer WHERE round_id = ? AND school_id = ?)
"""
_Rows = dict[ImportKind, list[BookRow]]


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """One workbook that goes back: where it is, whose, and how many rows it holds."""

    path: Path
    school_id: str
    school: str
    rows: int


def write_returns(
    office: Office,
    round_id: str,
    folder: Path,
    school_id: str = "",
    progress: Progress | None = None,
) -> list[ReturnFile]:
    """Write the refused rows that are still open, one workbook a school, and mark them returned.

    Raises:
        UserError: there are none.
        WorldError: a file cannot be written.
        CancelledByUser: the person asked to stop; nothing is kept.
    """
    steps = progress or Progress()
    collection = next(one for one in rounds(office) if one.id == round_id)
    found = _open_rows(office, round_id, school_id)
    if not found:
        raise UserError(
            "collect.nothing_back", "没有要退回学校改正的行。", "收下的表都没有被退回的行。"
        )
    make_folder(folder)
    names = institution_names(office)
    files: list[ReturnFile] = []
    with office.store.operation("collect.return", f"退回学校改正 {len(found)} 份"):
        for school, rows in sorted(found.items(), key=lambda one: names.get(one[0], "")):
            name = names.get(school, "")
            steps.step(len(files), len(found), f"正在写退回 {name} 的表")
            count = sum(len(one) for one in rows.values())
            path = folder / file_of(collection, name, "需改正的行")
            if any(one.path == path for one in files):
                path = path.with_stem(f"{path.stem}-{school[:6]}")
            save_book(path, _book(office, collection, (school, name), rows))
            _mark(office, collection, school, count)
            files.append(ReturnFile(path, school, name, count))
    return files


def _open_rows(office: Office, round_id: str, school_id: str) -> dict[str, _Rows]:
    """School to the refused rows that are still open, with their reasons."""
    grouped: dict[tuple[str, str, str, str, int], list[tuple[str, str, str]]] = defaultdict(list)
    for row in office.store.tuples(_OPEN, (round_id, school_id, school_id)):
        school, answer, kind, sheet, number, field, message, cells = row
        grouped[(school, answer, kind, sheet, number)].append((field, message, cells))
    found: dict[str, _Rows] = {}
    for (school, _, kind, _, _), said in grouped.items():
        stored: dict[str, str] = json.loads(said[0][2])
        reasons: dict[str, str] = {}
        for field, message, _ in said:
            reasons[field] = "；".join(filter(None, (reasons.get(field), message)))
        row = BookRow(stored, frozenset(), reasons)
        found.setdefault(school, {}).setdefault(ImportKind(kind), []).append(row)
    return found


def _book(office: Office, collection: Round, school: tuple[str, str], rows: _Rows) -> bytes:
    template = _template(office, collection, school[0])
    sheets: Mapping[ImportKind, tuple[Sequence[Asked], Sequence[BookRow]]] = {
        kind: (asked_for(office, kind, (), collection.year), rows[kind])
        for kind in collection.kinds
        if kind in rows
    }
    return book_for(office, collection, school, sheets, (template, office.store.ids.new_id()))


def _template(office: Office, collection: Round, school_id: str) -> str:
    """The school's template; one that answered with a list of its own gets one now."""
    store = office.store
    known = store.value(
        "SELECT id FROM collect_template WHERE round_id = ? AND school_id = ?",
        (collection.id, school_id),
    )
    if known is not None:
        return str(known)
    identity = store.ids.new_id()
    row = (collection.id, school_id, "", store.clock.today().isoformat(), store.person, 0)
    store.insert("collect_template", ("id", *MADE), [(identity, *row)])
    return identity


def _mark(office: Office, collection: Round, school_id: str, rows: int) -> None:
    today = office.store.clock.today().isoformat()
    office.store.execute(_MARK, (collection.id, school_id))
    office.store.execute(
        "UPDATE collect_template SET returned_on = ?, returned_rows = ?"
        " WHERE round_id = ? AND school_id = ?",
        (today, rows, collection.id, school_id),
    )
