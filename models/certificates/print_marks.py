"""What came out of the printer, sheet by sheet: on paper as it should be, or spoilt."""

from __future__ import annotations

import json
from collections.abc import Sequence

from models.certificates.paper_entries import PRINT_ITEM
from models.certificates.serials import stretch
from models.certificates.sheets import PrintRun, Sheet, refuse_given_up, sheets
from models.certificates.stock import SheetEntry, enter_sheets, refuse_gone
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation

NEW_ITEM = ("id", *PRINT_ITEM, "outcome")
"""The columns of a sheet that is listed."""
_MARK = """
UPDATE print_item SET outcome = 'printed', outcome_on = :today,
    serial = json_extract(given.value, '$[1]')
FROM json_each(:given) AS given WHERE print_item.id = json_extract(given.value, '$[0]')
"""
_SPOIL = """
UPDATE print_item SET outcome = 'spoilt', outcome_on = ?, reason = ?, serial = ? WHERE id = ?
"""
_ELSEWHERE = """
SELECT c.number, c.holder_name AS name, r.title
FROM json_each(?) AS wanted CROSS JOIN print_item AS i ON i.id = wanted.value
JOIN print_item AS o ON o.certificate_id = i.certificate_id AND o.run_id <> i.run_id
    AND o.outcome = 'printed'
JOIN certificate AS c ON c.id = i.certificate_id JOIN print_run AS r ON r.id = o.run_id
WHERE i.copy = 'first' ORDER BY i.place LIMIT 1
"""
_NOTE = "UPDATE print_run SET printer = ?, tray = ? WHERE id = ?"


def mark_places(
    office: Office, run: PrintRun, places: Sequence[int], serials: Sequence[str] = ()
) -> Operation:
    """Say that exactly these sheets came out of the printer.

    What was declared void since it went to the printer is on paper all the same; its blank is
    gone, and the next sheet is on the next blank.

    Args:
        office: the office.
        run: the run.
        places: of the sheets.
        serials: of their blanks in that order, as ``serials_for`` gives them; () for none.

    Raises:
        UserError: one of them does not wait, or was printed in another run meanwhile.
    """
    refuse_given_up(run)
    found = {
        one.place: one
        for one in sheets(office, run.id, (min(places), max(places)))
        if one.outcome == "waiting"
    }
    lacking = [place for place in places if place not in found]
    if lacking:
        raise UserError(
            "printing.nothing_waits",
            f"“{run.title}”的第 {lacking[0]} 份不在待打印之列。",
            "请刷新列表，核对哪些还没有打印。",
        )
    return mark_sheets(office, run, [found[place] for place in places], serials)


def spoil_places(
    office: Office, run: PrintRun, places: Sequence[int], reason: str, serials: Sequence[str] = ()
) -> Operation:
    """Say that sheets were spoilt, as one step; each waits again at its place.

    Of a run that was given up what was printed can still turn out to be spoilt. It does not wait
    in that run again; its certificate may be printed in another.

    Args:
        office: the office.
        run: the run.
        places: of the sheets; twice for one of which two were spoilt.
        reason: what happened.
        serials: of the spoilt blanks, where they were not said before.

    Raises:
        UserError: no reason; no such sheet; one of a run that was given up, not printed; a serial
            that went out before.
    """
    why = reason.strip()
    if not why:
        raise UserError("printing.no_reason", "没有写打坏的原因。", "请写明原因，如“卡纸”。")
    which = f"第 {places[0]} 份打坏" if len(places) == 1 else f"打坏 {len(places)} 份"
    with office.store.operation("printing.spoilt", f"{run.title}{which}：{why}") as operation:
        for place, serial in zip(places, serials or [""] * len(places), strict=True):
            _spoil(office, run, _sheet_at(office, run, place), why, serial)
    return operation


def note_printer(office: Office, run_id: str, printer: str, tray: str) -> None:
    """Keep on which printer a run was printed; call it inside the operation that marks it."""
    office.store.execute(_NOTE, (printer or None, tray or None, run_id))


def serials_for(office: Office, stock: str, first: str, count: int) -> list[str]:
    """The serials of so many blanks from ``first`` on; none where it is not said.

    Args:
        office: the office.
        stock: title of the blanks; "" where it is not printed on blanks.
        first: the first serial as a person wrote it.
        count: how many.

    Raises:
        UserError: not a serial; no blanks; more than the digits hold; one of them went out before.
    """
    if not first.strip():
        return []
    if not stock:
        raise UserError(
            "printing.no_stock", "不是印在空白证书上的，没有序列号。", "请不要填序列号。"
        )
    asked = stretch(first, count)
    refuse_gone(office, stock, [asked])
    return asked.texts


def mark_sheets(
    office: Office, run: PrintRun, due: Sequence[Sheet], serials: Sequence[str]
) -> Operation:
    """Mark the sheets, each on the blank of its serial."""
    _refuse_printed_elsewhere(office, due)
    blanks = serials or [""] * len(due)
    with office.store.operation(
        "printing.printed", f"{run.title}已打印 {len(due)} 份"
    ) as operation:
        given = [(one.id, serial or None) for one, serial in zip(due, blanks, strict=True)]
        today = office.store.clock.today().isoformat()
        office.store.execute(_MARK, {"today": today, "given": json.dumps(given)})
        if run.stock:
            entries = [
                SheetEntry(one.id, "used", -1, serial, one.number)
                for one, serial in zip(due, blanks, strict=True)
            ]
            enter_sheets(office, run.stock, entries)
    return operation


def _spoil(office: Office, run: PrintRun, spoilt: Sheet, why: str, serial: str) -> None:
    """Mark a sheet as spoilt and list what takes its place; inside the operation that says so."""
    if spoilt.outcome != "printed":
        refuse_given_up(run)
    number = spoilt.serial or "".join(serials_for(office, run.stock, serial, 1))
    today = office.store.clock.today().isoformat()
    office.store.execute(_SPOIL, (today, why, number or None, spoilt.id))
    if run.stock:
        enter_sheets(office, run.stock, list(_as_spoilt(spoilt, number, why)))
    if not (spoilt.void or run.given_up):
        copy = "reprint" if spoilt.copy == "reprint" else "again"
        identity = office.store.ids.new_id()
        row = (identity, run.id, spoilt.place, spoilt.certificate_id, copy, "waiting")
        office.store.insert("print_item", NEW_ITEM, [row])


def _refuse_printed_elsewhere(office: Office, due: Sequence[Sheet]) -> None:
    """A run that an undo brought back may list what another one printed meanwhile."""
    row = office.store.one(_ELSEWHERE, (json.dumps([one.id for one in due]),))
    if row is not None:
        raise UserError(
            "printing.printed_before",
            f"{row['name']}（{row['number']}）已在批次“{row['title']}”中打印过。",
            "请放弃这个批次，或撤销那个批次的打印记录。",
        )


def _sheet_at(office: Office, run: PrintRun, place: int) -> Sheet:
    """The sheet that stands at a place now."""
    for one in sheets(office, run.id, (place, place)):
        if one.outcome != "spoilt":
            return one
    raise UserError(
        "printing.no_sheet", f"“{run.title}”没有第 {place} 份。", f"共 {run.sheets} 份。"
    )


def _as_spoilt(sheet: Sheet, serial: str, why: str) -> Sequence[SheetEntry]:
    """The blank of a spoilt sheet: what it was used for is taken back, and it is spoilt."""
    spoilt = SheetEntry(sheet.id, "spoilt", -1, serial, why)
    if sheet.outcome != "printed":
        return (spoilt,)
    return (SheetEntry(sheet.id, "used", 1, sheet.serial, why), spoilt)
