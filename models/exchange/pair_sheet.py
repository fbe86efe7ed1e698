"""A table of pairs that comes back from a person: who leads whom, by teacher number."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.entities.cleaning import Context, clean_row
from models.errors import UserError
from models.exchange.known_people import KnownPeople
from models.exchange.person_lines import refuse_lines
from models.exchange.reading.headers import header_texts, match_columns
from models.exchange.reading.rows import DataRows
from models.exchange.reading.sheets import Sheet
from models.exchange.reading.source import open_source
from models.exchange.reading.tables import preview_rows
from models.mentoring.proposing import Choice, Set, set_pairs
from models.mentoring.records import PairLine
from models.office.context import Office

_NEEDED = {"mentor_no", "mentee_no"}


def take_pairs(office: Office, programme_id: str, path: Path) -> Set:
    """Take a table of pairs in, in the place of all proposals.

    A pair whose cell 固定 is empty counts as fixed: a person wrote it.

    Raises:
        UserError: no such table, unknown or contradictory numbers (the sentence names the rows),
            or as ``set_pairs``.
        WorldError: the file cannot be read.
    """
    return set_pairs(office, programme_id, read_pairs(office, path), replace_all=True)


def read_pairs(office: Office, path: Path) -> list[Choice]:
    """The pairs of the first sheet that has the columns 师傅编号 and 徒弟编号.

    Raises:
        UserError: no such table, or lines that cannot be understood. The sentence names the rows.
        WorldError: the file cannot be read.
    """
    lines = _lines(path)
    context = Context(office.codes, office.store.clock.today())
    cleaned = [(number, clean_row(PairLine, raw, context)) for number, raw in lines]
    people = KnownPeople(office)
    people.load([], [one.values.get(name) for _, one in cleaned for name in sorted(_NEEDED)])
    troubles: list[str] = []
    choices: list[Choice] = []
    for number, one in cleaned:
        wrong = [problem.message for problem in one.problems]
        mentor = _teacher(one.values, "mentor", people, wrong)
        mentee = _teacher(one.values, "mentee", people, wrong)
        troubles += [f"第 {number} 行：{told.rstrip('。')}" for told in wrong]
        if mentor and mentee:
            choices.append(Choice(mentor, mentee, one.values.get("fixed") is not False))
    refuse_lines(path, "mentoring.bad_pairs", troubles)
    return choices


def _teacher(
    values: Mapping[str, Any], part: str, people: KnownPeople, wrong: list[str]
) -> str | None:
    number, name = values.get(f"{part}_no"), values.get(part)
    if number is None:
        return None
    known = people.with_teacher_no(number)
    if known is None:
        wrong.append(f"编号“{number}”不在名册中")
        return None
    if name and known["name"] != name:
        wrong.append(f"编号“{number}”是{known['name']}，不是{name}")
        return None
    return str(known["id"])


def _lines(path: Path) -> list[tuple[int, Mapping[str, Any]]]:
    for sheet in open_source(path).sheets:
        found = None if sheet.hidden else _rows(sheet)
        if found:
            return found
    raise UserError(
        "mentoring.no_pair_table",
        f"“{path.name}”里没有找到师徒表（要有“师傅编号”和“徒弟编号”两列）。",
        "请用 pair propose 导出的表格修改。",
    )


def _rows(sheet: Sheet) -> list[tuple[int, Mapping[str, Any]]] | None:
    for number, cells in preview_rows(sheet):
        texts = header_texts([cells])
        fields = match_columns(texts, PairLine).fields
        if set(fields.values()) >= _NEEDED:
            return list(DataRows(sheet, (number,), fields, texts))
    return None
