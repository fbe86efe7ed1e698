"""What schools sent back, read at once: what each file is, and one list of open questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.collecting.keeping import keep_answer, questions_of
from models.collecting.questions import Question
from models.collecting.recognising import (
    RECOGNISED_NAMES,
    Recognised,
    Seen,
    layouts_of,
    prepared,
    recognise,
)
from models.collecting.rounds import Round, round_of
from models.collecting.standing import SchoolStanding, standings
from models.errors import OfficeError, UserError
from models.exchange.batches import write_batch
from models.exchange.importing import ImportWish, plan_source
from models.exchange.plans import ImportKind, ImportPlan
from models.exchange.reading.source import Source, open_source
from models.exchange.templates.mark import SchoolMark, read_mark
from models.exchange.writing import write_table_plan
from models.office.context import Office
from models.progress import Progress
from models.staff.schools import SchoolFinder, read_school_finder
from models.store.operations import Operation
from models.store.trouble import told

__all__ = [
    "RECOGNISED_NAMES",
    "AnsweredFile",
    "Answers",
    "Recognised",
    "files_of",
    "read_answers",
    "take_answers",
]

_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv"})
_TAKEN = (Recognised.OURS, Recognised.RETURNED)
_ELSEWHERE = "teacher.other_school"


@dataclass(frozen=True, slots=True)
class AnsweredFile:
    """One file of the folder.

    Attributes:
        path: where it lies.
        recognised: what it is.
        school_id, school: the school it is of; "" where it cannot be told.
        template_id: what it bears hidden inside; "" for nothing.
        year: the year of its collection; 0 where it bears none.
        notes: what a person should know, as sentences: another school, last year's, columns added.
        plan: what taking it would do; None where it cannot be read.
        takeable: whether it is taken without a person saying so.
        read_before: when a file of these bytes was taken before (ISO); "" for never.
    """

    path: Path
    recognised: Recognised
    school_id: str
    school: str
    template_id: str
    year: int
    notes: tuple[str, ...]
    plan: ImportPlan | None
    takeable: bool
    read_before: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a folder holds.

    Attributes:
        round: the collection it was read for.
        files: file by file, by school's name.
        questions: everything a person has to decide or a school has to mend, over all files.
        missing: the schools that have not answered, counting what the folder holds.
    """

    round: Round
    files: tuple[AnsweredFile, ...]
    questions: tuple[Question, ...]
    missing: tuple[SchoolStanding, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What reading a folder needs of the office."""

    office: Office
    round: Round
    finder: SchoolFinder

    def plan(self, ready: Source, mark: SchoolMark | None) -> ImportPlan:
        """What taking a prepared file would do."""
        wish = ImportWish(kinds=tuple(self.round.kinds), fixed=layouts_of(ready, mark))
        return plan_source(self.office, ready, wish)


def read_answers(
    office: Office,
    folder: Path,
    year: int | None = None,
    progress: Progress | None = None,
) -> Answers:
    """Read every workbook of a folder (or one file); nothing is written.

    Raises:
        UserError: no collection, or no workbook in the folder.
        WorldError: the folder cannot be read.
        CancelledByUser: the person asked to stop.
    """
    steps = progress or Progress()
    reading = _Reading(office, round_of(office, year), read_school_finder(office))
    paths = files_of(folder)
    found: list[tuple[AnsweredFile, list[Question]]] = []
    for done, path in enumerate(paths):
        steps.step(done, len(paths), f"正在读 {path.name}")
        found.append(_read(reading, path))
    files = _told_doubles([one for one, _ in found])
    said = {one.path: several for one, several in found}
    files.sort(key=lambda one: (one.school, one.path.name))
    here = {one.school_id for one in files if one.takeable}
    return Answers(
        round=reading.round,
        files=tuple(files),
        questions=tuple(one for file in files for one in said[file.path]),
        missing=tuple(
            one
            for one in standings(office, reading.round.id)
            if one.missing and one.school_id not in here
        ),
    )


def take_answers(
    office: Office,
    answers: Answers,
    also: Collection[Path] = (),
    without: Collection[Path] = (),
    progress: Progress | None = None,
) -> Operation:
    """Write what the good rows say and keep the open questions, as one undoable operation.

    Each file is planned anew after those before it, so that two schools that list one person are
    asked about.

    Args:
        office: the office.
        answers: as ``read_answers`` gave them.
        also: files to take that are not ``takeable``: last year's, another school's, plain ones.
        without: files to leave out.
        progress: told of the files; may cancel.

    Raises:
        UserError: there is nothing to take, or a file has changed since it was read.
    """
    steps = progress or Progress()
    files = [
        one
        for one in answers.files
        if one.path not in without and (one.takeable or (one.plan and one.path in also))
    ]
    if not files:
        raise UserError(
            "collect.nothing", "没有可以收下的文件。", "请看每份文件的说明，确要收下的请指定。"
        )
    reading = _Reading(office, answers.round, read_school_finder(office))
    with office.store.operation("collect.take", f"收表 {len(files)} 份") as operation:
        for done, file in enumerate(files):
            steps.step(done, len(files), f"正在收 {file.path.name}")
            _take(reading, file, operation)
    return operation


def files_of(folder: Path) -> Sequence[Path]:
    """The workbooks of a folder and those below it, or the one file itself.

    Raises:
        UserError: there are none.
        WorldError: it cannot be read.
    """
    with told(folder):
        if folder.is_file():
            return [folder]
        found = sorted(
            one
            for one in folder.rglob("*")
            if one.suffix.lower() in _SUFFIXES
            and not one.name.startswith(("~$", ".", ".~"))
            and one.is_file()
        )
    if not found:
        raise UserError("collect.no_files", f"“{folder}”里没有表格文件。", "请核对文件夹或 U 盘。")
    return found


def _read(reading: _Reading, path: Path) -> tuple[AnsweredFile, list[Question]]:
    try:
        source = open_source(path)
    except OfficeError as error:
        unreadable = AnsweredFile(
            path, Recognised.UNREADABLE, "", "", "", 0, (error.sentence,), None, takeable=False
        )
        return unreadable, []
    mark = read_mark(source)
    seen = recognise(reading.office, reading.round, source, mark, reading.finder)
    ready = prepared(source, mark, seen.school)
    plan = reading.plan(ready, mark)
    seen = _by_people(reading, seen, plan)
    file = _file(reading, seen, mark, plan)
    return file, questions_of(file.path.name, (seen.school_id, seen.school), ready, plan)


def _file(reading: _Reading, seen: Seen, mark: SchoolMark | None, plan: ImportPlan) -> AnsweredFile:
    before = reading.office.store.value(
        "SELECT taken_at FROM collect_answer WHERE sha256 = ? ORDER BY taken_at DESC",
        (plan.sha256,),
    )
    what = seen.recognised if plan.importable else Recognised.UNREADABLE
    notes = list(seen.notes)
    if plan.message and (not plan.importable or plan.known_since):
        notes.append(plan.message)
    if before:
        notes.append(f"这份文件 {str(before)[:10]} 已经收过。")
    notes += _fewer(reading, mark, plan)
    return AnsweredFile(
        path=plan.path,
        recognised=what,
        school_id=seen.school_id,
        school=seen.school,
        template_id=mark.template if mark else "",
        year=int(mark.year) if mark and mark.year.isdecimal() else 0,
        notes=tuple(notes),
        plan=plan if plan.importable else None,
        takeable=what in _TAKEN and not before,
        read_before=str(before or ""),
    )


def _by_people(reading: _Reading, seen: Seen, plan: ImportPlan) -> Seen:
    """Whether most of the people in it are another school's."""
    rows = [one for table in plan.tables if table.kind is ImportKind.TEACHERS for one in table.rows]
    away = [one for one in rows if any(said.code == _ELSEWHERE for said in one.problems)]
    if seen.recognised not in _TAKEN or len(away) * 2 <= len(rows):
        return seen
    schools = Counter(
        reading.office.store.value("SELECT school_id FROM teacher WHERE id = ?", (one.target,))
        for one in away
    )
    other = reading.finder.name_of(schools.most_common(1)[0][0])
    note = (
        f"模板是发给{seen.school}的，里面却多是{other}的教师（{len(away)} 人），"
        "没有收下，请核对是哪所学校的。"
    )
    return replace(seen, recognised=Recognised.OTHER_SCHOOL, notes=(note, *seen.notes))


def _fewer(reading: _Reading, mark: SchoolMark | None, plan: ImportPlan) -> list[str]:
    """Rows that went back and did not come again."""
    if mark is None or not mark.returned:
        return []
    sent = reading.office.store.value(
        "SELECT returned_rows FROM collect_template WHERE id = ?", (mark.template,)
    )
    there = plan.counts.data_rows
    if not sent or there >= int(sent):
        return []
    return [f"退回 {sent} 行，只交回 {there} 行，请向学校核对其余的是否不报。"]


def _told_doubles(files: Sequence[AnsweredFile]) -> list[AnsweredFile]:
    """Of a school that answered twice neither file is taken until a person has chosen."""
    first = {one.plan.sha256: one for one in reversed(files) if one.plan}
    found: list[AnsweredFile] = []
    for one in files:
        same = first[one.plan.sha256] if one.plan else one
        if same is not one:
            note = f"与“{same.path.name}”完全相同，只收一份。"
            found.append(replace(one, notes=(*one.notes, note), takeable=False))
        else:
            found.append(one)
    asked = [one.template_id for one in found if one.takeable and one.recognised is Recognised.OURS]
    twice = {one for one, count in Counter(asked).items() if count > 1}
    return [
        replace(
            one,
            recognised=Recognised.DOUBLE,
            takeable=False,
            notes=(*one.notes, f"{one.school}交了两份内容不同的表，请指定收哪一份。"),
        )
        if one.takeable and one.recognised is Recognised.OURS and one.template_id in twice
        else one
        for one in found
    ]


def _take(reading: _Reading, file: AnsweredFile, operation: Operation) -> None:
    office = reading.office
    source: Source = open_source(file.path)
    if file.plan is None or source.sha256 != file.plan.sha256:
        raise UserError(
            "collect.changed", f"“{file.path.name}”读过以后又改动了。", "请重新读取文件夹。"
        )
    mark = read_mark(source)
    ready = prepared(source, mark, file.school)
    plan = reading.plan(ready, mark)
    for table in plan.tables:
        write_table_plan(office, table, plan.path.name)
    if plan.writes:
        write_batch(office, plan, operation.id)
    said = questions_of(file.path.name, (file.school_id, file.school), ready, plan)
    keep_answer(office, reading.round.id, file_facts(file), plan, (ready, said))


def file_facts(file: AnsweredFile) -> tuple[str, str, Recognised]:
    """The template's identity, the school's, and what the file is."""
    return file.template_id, file.school_id, file.recognised
