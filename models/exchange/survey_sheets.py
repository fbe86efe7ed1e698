"""Survey forms of a mentoring programme that schools send back: read, checked, taken in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from models.entities.cleaning import Context, clean_row
from models.entities.describe import columns
from models.errors import OfficeError, UserError
from models.exchange.known_people import KnownPeople
from models.exchange.reading.headers import header_texts, match_columns
from models.exchange.reading.rows import DataRows
from models.exchange.reading.sheets import Sheet
from models.exchange.reading.source import open_source
from models.exchange.reading.tables import preview_rows
from models.mentoring.kinds import SIDE_NAMES, Side, SurveyKind, survey_named
from models.mentoring.programmes import running
from models.mentoring.records import SurveyLine
from models.mentoring.surveys import Answer, record_answers
from models.office.context import Office
from models.progress import Progress
from models.staff.directory import Known
from models.staff.schools import SchoolFinder, read_school_finder
from models.text.tidy import key

_LABEL = "正在读调查表"
_NOT_TAKEN = "；这一格没有采用"
_LEAST = 2  # header words that make a table
_SIDES: dict[str, Side] = {
    "愿帮扶": "helps",
    "帮扶": "helps",
    "愿受扶": "helped",
    "受扶": "helped",
    "愿接受帮扶": "helped",
    "接受帮扶": "helped",
}
_KINDS = {".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv"}


@dataclass(frozen=True, slots=True)
class Refused:
    """A workbook that was not taken in, with every reason."""

    file: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SurveysTaken:
    """What came of survey workbooks.

    Attributes:
        files: how many were taken in.
        answers: how many lines.
        refused: the others; nothing of them was kept.
    """

    files: int
    answers: int
    refused: tuple[Refused, ...]


@dataclass
class _Read:
    """What one workbook says."""

    answers: dict[str, list[Answer]] = field(default_factory=dict[str, list[Answer]])
    troubles: list[str] = field(default_factory=list[str])
    named: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    """Form and teacher to where the form names them."""


def take_surveys(
    office: Office, programme_id: str, paths: Sequence[Path], progress: Progress | None = None
) -> SurveysTaken:
    """Take in workbooks, or folders of them, as one undoable step; bad ones are told, not taken.

    Raises:
        UserError: the programme is closed, or there is no workbook.
        CancelledByUser: the person asked to stop; nothing is kept.
    """
    found = running(office, programme_id)
    files = list(_workbooks(paths))
    if not files:
        raise UserError(
            "mentoring.no_files", "没有找到调查表。", "请选择工作簿或放工作簿的文件夹。"
        )
    forms = [survey_named(one) for one in found.kind.surveys]
    reader = _Reader(office, forms)
    steps = progress or Progress()
    good: list[tuple[Path, _Read]] = []
    refused: list[Refused] = []
    before: dict[tuple[str, str], str] = {}
    for place, file in enumerate(files):
        steps.step(place, len(files), _LABEL)
        try:
            read = reader.read(file)
        except OfficeError as error:
            refused.append(Refused(file.name, (error.sentence,)))
            continue
        read.troubles += _named_before(read, before)
        if read.troubles:
            refused.append(Refused(file.name, tuple(read.troubles)))
        else:
            good.append((file, read))
            before |= dict.fromkeys(read.named, file.name)
    count = _write(office, programme_id, good)
    return SurveysTaken(len(good), count, tuple(refused))


def _named_before(read: _Read, before: Mapping[tuple[str, str], str]) -> list[str]:
    """What a workbook says of people whom another of the same lot has named in the same form."""
    return [
        f"{place}：这个人在“{before[one]}”里已写过，请只留一份。"
        for one, place in read.named.items()
        if one in before
    ]


def _write(office: Office, programme_id: str, good: Sequence[tuple[Path, _Read]]) -> int:
    """Write what was read; two workbooks of one school count together."""
    together: dict[str, list[Answer]] = {}
    sources: dict[str, list[str]] = {}
    for file, read in good:
        for survey, answers in read.answers.items():
            together.setdefault(survey, []).extend(answers)
            sources.setdefault(survey, []).append(file.name)
    if not together:
        return 0
    with office.store.operation("mentoring.surveys", f"收回调查表 {len(good)} 份"):
        for survey, answers in together.items():
            record_answers(office, programme_id, survey, answers, "、".join(sources[survey]))
    return sum(len(answers) for answers in together.values())


def _workbooks(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (
                file
                for file in sorted(path.iterdir())
                if file.suffix.lower() in _KINDS and not file.name.startswith(("~$", "."))
            )
        else:
            yield path


class _Reader:
    """Reads the workbooks of one programme."""

    def __init__(self, office: Office, forms: Sequence[SurveyKind]) -> None:
        self._office = office
        self._forms = forms
        self._schools: SchoolFinder = read_school_finder(office)
        self._context = Context(office.codes, office.store.clock.today())

    def read(self, path: Path) -> _Read:
        """What a workbook says, and everything that is wrong in it."""
        read = _Read()
        tables = 0
        for sheet in open_source(path).sheets:
            if sheet.hidden:
                continue
            form = self._form_of(sheet, path)
            rows = _rows(sheet, form) if form is not None else None
            if form is None or rows is None:
                continue
            tables += 1
            hinted = self._schools.from_hints([path.stem, *_heads(sheet)])
            self._take(sheet, form, rows, hinted, read)
        if not tables:
            names = "、".join(f"“{one.name}”" for one in self._forms)
            raise UserError(
                "mentoring.no_survey",
                f"“{path.name}”里没有这项工程的调查表。",
                f"工作表名或表头上方应写明是哪张表：{names}。",
            )
        if not read.troubles and not any(read.answers.values()):
            raise UserError(
                "mentoring.empty_survey",
                f"“{path.name}”没有填写内容。",
                "确实没有的，请在备注里写“无”。",
            )
        return read

    def _form_of(self, sheet: Sheet, path: Path) -> SurveyKind | None:
        """Which form a sheet is: as its name, the words above the table or the file's name say."""
        said = [key(sheet.name or ""), *(key(one) for one in _heads(sheet)), key(path.stem)]
        for words in said:
            for form in self._forms:
                if key(form.name) in words or form.id in words:
                    return form
        return None

    def _take(
        self,
        sheet: Sheet,
        form: SurveyKind,
        rows: Sequence[tuple[int, Mapping[str, Any]]],
        hinted: Known | None,
        read: _Read,
    ) -> None:
        cleaned = [(number, clean_row(SurveyLine, raw, self._context)) for number, raw in rows]
        people = KnownPeople(self._office)
        people.load([], [one.values.get("teacher_no") for _, one in cleaned])
        people.load_names([one.values.get("name") for _, one in cleaned])
        for number, one in cleaned:
            if not _says(one.values):
                continue
            troubles = [problem.message.removesuffix(_NOT_TAKEN) for problem in one.problems]
            answer = self._answer(one.values, form, hinted, people, troubles)
            place = f"“{sheet.name}”第 {number} 行" if sheet.name else f"第 {number} 行"
            if answer.teacher_id:
                first = read.named.setdefault((form.id, answer.teacher_id), place)
                troubles += [] if first == place else [f"与{first}是同一个人，请只留一行"]
            read.troubles += [f"{place}：{told.rstrip('。')}。" for told in troubles]
            read.answers.setdefault(form.id, []).append(answer)

    def _answer(
        self,
        values: Mapping[str, Any],
        form: SurveyKind,
        hinted: Known | None,
        people: KnownPeople,
        troubles: list[str],
    ) -> Answer:
        """One line; what is wrong with it is added to the troubles."""
        school = self._school(values.get("school"), "填表学校", troubles) or hinted
        if school is None and not values.get("school"):
            troubles.append("没有写填表学校，文件名里也看不出")
        village = self._school(values.get("village"), "村级小学", troubles)
        answer = Answer(
            school_id=school.id if school else "",
            side=_side(values.get("side"), troubles),
            subject=values.get("subject") or "",
            stage=values.get("stage") or "",
            people=values.get("people"),
            wish=values.get("wish") or "",
            other_school_id=village.id if village else "",
            remark=values.get("remark") or "",
        )
        at_school = village or school
        teacher = _teacher(values, at_school.id if at_school else None, people, troubles)
        if teacher is None:
            return answer
        if elsewhere := self._elsewhere(teacher, school, village):
            troubles.append(elsewhere)
        return replace(
            answer,
            teacher_id=teacher["id"],
            subject=answer.subject or teacher["subject"] or "",
            stage=answer.stage or teacher["stage"] or "",
        )

    def _elsewhere(
        self, teacher: Mapping[str, Any], school: Known | None, village: Known | None
    ) -> str:
        """Why a teacher is not one of the school that answers, or of a village school of its own.

        "" where they are, and where either school is not known.
        """
        own = self._office.store.one(
            "SELECT id, name, parent_id FROM institution WHERE id = ?", (teacher["school_id"],)
        )
        asked = {one.id for one in (school, village) if one is not None}
        if school is None or own is None or asked & {own["id"], own["parent_id"]}:
            return ""
        told = f"{teacher['name']}是{own['name']}的教师，不是{school.name}的"
        return f"{told}，请由{own['name']}填报，或先改教师的所在学校"

    def _school(self, text: str | None, title: str, troubles: list[str]) -> Known | None:
        if not text:
            return None
        known = self._schools.directory.find(text)
        if known is None:
            near = "、".join(one.name for one in self._schools.directory.similar(text))
            advice = f"是否指：{near}？" if near else "请先登记这所学校，或改正名称"
            troubles.append(f"{title}“{text}”不在机构名录中，{advice}")
        return known


def _rows(sheet: Sheet, form: SurveyKind) -> list[tuple[int, Mapping[str, Any]]] | None:
    """The lines below the first row that can be the form's header; None where there is none."""
    wanted = {"school", *form.fields}
    for number, cells in preview_rows(sheet):
        texts = header_texts([cells])
        named = match_columns(texts, SurveyLine).fields
        fields = {at: name for at, name in named.items() if name in wanted}
        if len(fields) >= _LEAST:
            return list(DataRows(sheet, (number,), fields, texts))
    return None


def _heads(sheet: Sheet) -> list[str]:
    """The words of the rows at the top that have only one or two cells: titles, not data."""
    found: list[str] = []
    for _, cells in preview_rows(sheet, 5):
        texts = [str(cell) for cell in cells if cell is not None]
        if 0 < len(texts) <= _LEAST:
            found += texts
    return found


def _says(values: Mapping[str, Any]) -> bool:
    """Whether a line says anything besides the school that was filled in beforehand."""
    return any(value is not None for name, value in values.items() if name != "school")


def _side(text: str | None, troubles: list[str]) -> Side | None:
    if not text:
        return None
    found = _SIDES.get(key(text))
    if found is None:
        named = "、".join(f"“{one}”" for one in SIDE_NAMES.values())
        troubles.append(f"{columns(SurveyLine)['side'].title}“{text}”看不懂，请填{named}")
    return found


def _teacher(
    values: Mapping[str, Any], school_id: str | None, people: KnownPeople, troubles: list[str]
) -> Mapping[str, Any] | None:
    """The teacher that a line names, by number, else by name at the school."""
    number, name = values.get("teacher_no"), values.get("name")
    if number:
        known = people.with_teacher_no(number)
        if known is None:
            troubles.append(f"教师编号“{number}”不在名册中，请核对编号，或只写姓名")
        elif name and known["name"] != name:
            troubles.append(f"教师编号“{number}”是{known['name']}，不是{name}，请核对")
        return known
    if not name:
        return None
    found = people.with_name(name, school_id)
    if len(found) == 1:
        return found[0]
    why = "有几位，请写教师编号" if found else "不在名册中，请核对姓名，或先登记这位教师"
    troubles.append(f"“{name}”{why}")
    return None
