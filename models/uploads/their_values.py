"""What a cell of theirs means in our file, and whether it may be written there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.entities.cells import Raw
from models.entities.cleaning import Context, clean_cell
from models.entities.describe import Column, Kind, columns
from models.entities.display import mask
from models.entities.problems import CellError
from models.entities.written import as_text, is_blank
from models.office.context import Office
from models.staff.records import Teacher
from models.training.entries import closed_until
from models.training.records import TrainingRecord
from models.uploads.facts import Fact, fact_named
from models.uploads.forms import CellKind, Form, FormColumn, Subject
from models.uploads.rows import FactRow
from models.uploads.translating import JOINER, meanings, normal

NUMBER = "there.number"
_OWN_ONLY = {
    "teacher.school": "换学校请办理调动",
    "teacher.teacher_no": "教师编号一人一号，不能改",
    "teacher.id_number": "身份证号请在教师信息里核对后改",
}
_RECORD = frozenset(
    {"year", "course", "category", "theme", "level", "nature", "organizer", "start_date",
     "end_date", "hours", "credits", "score", "remark"}
)  # fmt: skip


class NotOursError(ValueError):
    """A cell of theirs that our file cannot take; its text says why."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Tells what cells of a form mean here.

    Attributes:
        office: the office.
        form: of which form.
        context: for the cleaning of cells.
        closed: the last year the ledger is closed for.
    """

    office: Office
    form: Form
    context: Context
    closed: int

    @classmethod
    def of(cls, office: Office, form: Form) -> Meaning:
        """For a form, today."""
        context = Context(codes=office.codes, today=office.store.clock.today())
        return cls(office, form, context, closed_until(office.store))

    def value(self, column: FormColumn, raw: Raw, row: FactRow) -> tuple[str, object]:
        """The fact's name and the value that taking theirs would write.

        Raises:
            NotOursError: it cannot be taken.
        """
        fact = self.fact(column)
        if fact is None:
            raise NotOursError("这一栏按上报表固定填写")
        if is_blank(raw):
            raise NotOursError("上级这一栏空着，不用空的盖掉我们的")
        if fact.name == NUMBER:
            return fact.name, as_text(raw).strip()
        described = self._described(fact, row)
        if fact.table is not None:
            return fact.name, self._code(column, fact, raw)
        if fact.kind is Kind.FLAG:
            return fact.name, _flag(column, raw)
        try:
            return fact.name, clean_cell(described, raw, self.context)
        except CellError as error:
            raise NotOursError(error.message) from error

    def fact(self, column: FormColumn) -> Fact | None:
        """The fact of ours in a column."""
        return fact_named(self.form.subject, column.fact) if column.fact else None

    def stored(self, column: FormColumn, cell: Raw) -> object:
        """The value as facts hold it, wherever it comes from; None for nothing.

        A code that means several of ours is taken by their name for it, else as the first: written
        by the same form it gives the same cell. One that means none stays as it is written there.
        """
        fact = self.fact(column)
        if fact is None or is_blank(cell):
            return None
        if fact.table is not None:
            found = meanings(column, fact, cell, self.office.codes)
            said = as_text(cell).strip()
            called = self._called(column, fact, said)
            return called if called in found else (found or (said,))[0]
        if fact.kind is Kind.FLAG:
            return int(normal(column, cell) == normal(column, column.yes))
        return normal(column, cell) if column.kind is not CellKind.TEXT else as_text(cell).strip()

    def shown(self, column: FormColumn, text: str) -> str:
        """A cell as lists show it: what is personal is masked."""
        fact = self.fact(column)
        if fact is None or not text:
            return text
        return mask(Column(title="", kind=fact.kind, personal=fact.personal), text)

    def raw_of(self, raw: Mapping[str, Raw], year: int) -> tuple[dict[str, Raw], list[str]]:
        """Their row by the fields that an import of such rows reads, codes as our names.

        Returns:
            The cells by field, and what had to be left out, as sentences.
        """
        found: dict[str, Raw] = {"year": year} if self._of_records else {}
        left: list[str] = []
        for column in self.form.columns:
            field, fact = self._field(column), self.fact(column)
            if not field or fact is None or is_blank(raw.get(column.key)):
                continue
            cell = raw[column.key]
            if fact.table is not None:
                try:
                    cell = self._names(fact, self._code(column, fact, cell))
                except NotOursError as error:
                    left.append(f"“{column.title}”没有带过来：{error}")
                    continue
            found[field] = cell
        return found, left

    @property
    def _of_records(self) -> bool:
        return self.form.subject is Subject.RECORD

    def _field(self, column: FormColumn) -> str:
        """The field by which an import knows a column; "" for none."""
        of, _, name = column.fact.partition(".")
        if column.fact == "school.name":
            return "school"
        if self._of_records:
            if of == "record" and name in _RECORD:
                return name
            return name if of == "teacher" and name in ("name", "id_number", "teacher_no") else ""
        return name if of == "teacher" and name in columns(Teacher) else ""

    def _described(self, fact: Fact, row: FactRow) -> Column:
        """The description of the field, where it may be changed from here.

        Raises:
            NotOursError: it may not.
        """
        of, _, name = fact.name.partition(".")
        if fact.name in _OWN_ONLY:
            raise NotOursError(_OWN_ONLY[fact.name])
        if of == "teacher" and row.teacher_id:
            return columns(Teacher)[name]
        if of != "record" or name not in _RECORD:
            raise NotOursError("这一栏由本单位的数据得出，请在原处核对")
        if row.facts.get("record.kind") != "record":
            raise NotOursError("这一条由课程或冲抵登记，请在原处更正")
        if int(str(row.facts["record.year"])) <= self.closed:
            raise NotOursError(f"台账已封账至 {self.closed} 年，不能更正")
        return columns(TrainingRecord)[name]

    def _code(self, column: FormColumn, fact: Fact, raw: Raw) -> str:
        parts = [raw]
        if fact.kind is Kind.CODES and isinstance(raw, str):
            parts = [part for part in raw.split(JOINER) if part.strip()]
        return JOINER.join(self._one(column, fact, part) for part in parts)

    def _one(self, column: FormColumn, fact: Fact, raw: Raw) -> str:
        found = meanings(column, fact, raw, self.office.codes)
        if len(found) == 1:
            return found[0]
        said = as_text(raw).strip()
        if not found:
            raise NotOursError(f"“{said}”在本单位的代码表里没有对应")
        if (called := self._called(column, fact, said)) in found:
            return called
        names = "、".join(self._names(fact, code) for code in found)
        raise NotOursError(f"“{said}”对应本单位的{names}，分不清是哪一个")

    def _called(self, column: FormColumn, fact: Fact, said: str) -> str:
        """Of several codes of ours the one that goes by their own name for it; "" for none."""
        assert fact.table is not None
        code = said.partition("-")[0]
        entry = self.office.codes[fact.table].find(column.choices.get(code, said))
        return entry.code if entry else ""

    def _names(self, fact: Fact, codes: str) -> str:
        assert fact.table is not None
        table = self.office.codes[fact.table]
        return JOINER.join(table.name_of(code) for code in codes.split(JOINER))


def _flag(column: FormColumn, raw: Raw) -> int:
    said = normal(column, raw)
    known = {normal(column, column.yes): 1, normal(column, column.no): 0}
    if said not in known:
        raise NotOursError(f"“{as_text(raw)}”不是“{column.yes}”或“{column.no}”")
    return known[said]
