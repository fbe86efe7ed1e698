"""What was sent: the list, its rows with what became of them, the file made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.store.copying import part_of
from models.store.operations import Operation
from models.store.trouble import told
from models.uploads.building import filled
from models.uploads.cells import unpacked
from models.uploads.form_list import forms
from models.uploads.form_text import read_form
from models.uploads.forms import Form
from models.uploads.states import STATE_NAMES
from models.uploads.translating import Cell

_LIST = """
SELECT u.id, u.form, u.title, u.year, u.scope, u.built_at, u.person, u.file_name, u.sha256,
    u.row_count, u.part, u.parts, u.sent_on,
    SUM(r.state = 'waiting') AS waiting, SUM(r.state = 'accepted') AS accepted,
    SUM(r.state = 'refused') AS refused, SUM(r.state = 'unknown') AS unknown
FROM upload AS u JOIN upload_row AS r ON r.upload_id = u.id
WHERE (:id IS NULL OR u.id = :id) AND (:form IS NULL OR u.form = :form)
    AND (:year IS NULL OR u.year = :year)
GROUP BY u.id ORDER BY u.built_at DESC, u.rowid - u.part DESC, u.part
"""
_ROWS = """
SELECT id, place, subject_id, teacher_id, caption, row_key, cells, state, message, number,
    returned_on
FROM upload_row WHERE upload_id = :upload AND (:state IS NULL OR state = :state) ORDER BY place
"""


@dataclass(frozen=True, slots=True)
class Sent:
    """One file that was built.

    Attributes:
        id: by which it is kept.
        form, title: the form's name and title.
        year: the training year.
        school_id: the school it was about; "" for all.
        only_new: whether it held only what was new or changed.
        built_at, person: when and by whom.
        file_name, sha256: of the file.
        rows: how many.
        part, parts: which part of how many.
        sent_on: the day it was handed in, put down by hand; "" for not yet.
        waiting, accepted, refused, unknown: rows by what became of them.
    """

    id: str
    form: str
    title: str
    year: int
    school_id: str
    only_new: bool
    built_at: str
    person: str
    file_name: str
    sha256: str
    rows: int
    part: int
    parts: int
    sent_on: str
    waiting: int
    accepted: int
    refused: int
    unknown: int


@dataclass(frozen=True, slots=True)
class SentRow:
    """One row as it was sent, and what became of it.

    Attributes:
        id: the row.
        place: its number in the file, from 1.
        subject_id, teacher_id, caption: what and whose it is.
        key: what tells it from others.
        cells: as sent, in the order of the form's columns.
        state: waiting, accepted, refused or unknown.
        message: the receiver's reasons.
        number: a number given there.
        returned_on: the day the result was read; "" for none.
    """

    id: str
    place: int
    subject_id: str
    teacher_id: str | None
    caption: str
    key: str
    cells: tuple[Cell, ...]
    state: str
    message: str
    number: str
    returned_on: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How one form stands in a year: due, sent, accepted, refused.

    Attributes:
        name, title, receiver: of the form.
        due: the day it is due (ISO); "" for none said.
        overdue: whether that day is past and nothing was sent.
        files: what was built, the latest first.
        waiting, accepted, refused, unknown: rows of it by their latest outcome.
    """

    name: str
    title: str
    receiver: str
    due: str
    overdue: bool
    files: tuple[Sent, ...]
    waiting: int
    accepted: int
    refused: int
    unknown: int


def uploads(office: Office, form: str | None = None, year: int | None = None) -> list[Sent]:
    """What was built, the latest first."""
    rows = office.store.query(_LIST, {"id": None, "form": form, "year": year})
    return [_sent(dict(row)) for row in rows]


def upload_of(office: Office, identity: str) -> Sent:
    """One upload by its identity, or by the beginning of it that no other has.

    Raises:
        UserError: there is none, or more than one.
    """
    found = [one for one in uploads(office) if one.id.startswith(identity)] if identity else []
    if len(found) != 1:
        what = "没有" if not found else "不止一次"
        raise UserError(
            "upload.no_upload", f"{what}编号为“{identity}”的上报。", "请用 upload status 核对编号。"
        )
    return found[0]


def sent_rows(office: Office, upload_id: str, state: str | None = None) -> list[SentRow]:
    """The rows of an upload, of one state only where it is given."""
    rows = office.store.query(_ROWS, {"upload": upload_id, "state": state})
    return [_row(dict(row)) for row in rows]


def standings(office: Office, year: int) -> list[Standing]:
    """How every form stands in a year, those with a day of delivery first."""
    sent = uploads(office, year=year)
    found: list[Standing] = []
    today = office.store.clock.today().isoformat()
    known = {one.name: one.form for one in forms(office) if one.form}
    for name in dict.fromkeys([*known, *(one.form for one in sent)]):
        files = tuple(one for one in sent if one.form == name)
        form = known.get(name)
        due = _due(form, year)
        counts = _latest(office, name, year)
        found.append(
            Standing(
                name=name,
                title=form.title if form else files[0].title,
                receiver=form.receiver if form else "",
                due=due,
                overdue=bool(due) and due < today and not files,
                files=files,
                **{state: counts.get(state, 0) for state in STATE_NAMES},
            )
        )
    return sorted(found, key=lambda one: (not one.due, one.due, one.name))


def mark_sent(office: Office, ids: Sequence[str], day: date | None) -> Operation:
    """Put down the day an upload was handed in; None takes it back."""
    said = day.isoformat() if day else None
    with office.store.operation("uploads.sent", f"登记上报送出 {said or '（取消）'}") as operation:
        for one in ids:
            office.store.execute("UPDATE upload SET sent_on = ? WHERE id = ?", (said, one))
    return operation


def rebuild(office: Office, upload_id: str, out: Path, progress: Progress | None = None) -> bool:
    """Make the file of an upload again from what was kept.

    Returns:
        Whether it has the very bytes that were sent.

    Raises:
        UserError: no such upload.
        WorldError: the file cannot be written.
    """
    sent = upload_of(office, upload_id)
    text = office.store.value("SELECT form_text FROM upload WHERE id = ?", (sent.id,))
    form = read_form(text, sent.title)
    cells = [one.cells for one in sent_rows(office, sent.id)]
    content = filled(office, form, cells, progress or Progress())
    with told(out), part_of(out) as part:
        part.write_bytes(content)
    return hashlib.sha256(content).hexdigest() == sent.sha256


def sent_form(office: Office, upload_id: str) -> Form:
    """The form as it was when the upload was built."""
    row = office.store.one("SELECT form_text, title FROM upload WHERE id = ?", (upload_id,))
    if row is None:
        raise UserError("upload.no_upload", "这次上报已经不在了。", "请刷新后重试。")
    return read_form(row["form_text"], row["title"])


def _latest(office: Office, form: str, year: int) -> dict[str, int]:
    """How many rows of a year stand how, each by its latest upload."""
    rows = office.store.tuples(
        "SELECT r.subject_id, r.state FROM upload_row AS r JOIN upload AS u ON u.id = r.upload_id"
        " WHERE u.form = ? AND u.year = ? ORDER BY u.built_at, u.rowid",
        (form, year),
    )
    counts: dict[str, int] = {}
    for state in dict(rows).values():
        counts[state] = counts.get(state, 0) + 1
    return counts


def _due(form: Form | None, year: int) -> str:
    return f"{year + 1}-{form.due}" if form and form.due else ""


def _sent(row: dict[str, object]) -> Sent:
    scope = json.loads(str(row.pop("scope")))
    row["sent_on"] = row["sent_on"] or ""
    row["rows"] = row.pop("row_count")
    return Sent(school_id=scope["school"], only_new=scope["only_new"], **row)  # pyright: ignore[reportArgumentType]


def _row(row: dict[str, object]) -> SentRow:
    row["cells"] = unpacked(str(row["cells"]))
    row["key"] = row.pop("row_key")
    for name in ("message", "number", "returned_on"):
        row[name] = row[name] or ""
    return SentRow(**row)  # pyright: ignore[reportArgumentType]
