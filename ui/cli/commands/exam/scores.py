"""``exam``: what a score is made of, scores in from sheets or by hand, compared, corrected."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from models.entities.display import plain_decimal
from models.errors import UserError
from models.exams.comparing import differences, unmarked
from models.exams.correcting import Correcting, correct, corrections_of
from models.exams.entering import enter_marks
from models.exams.finding import finder
from models.exams.items import Item, items_of, set_items
from models.exams.marks import Given, MarkBook, mark_book, read_given
from models.exams.naming import examinee_meant
from models.exams.records import Exam, Examinee, Part
from models.exams.registration import exams, find, parts_of, set_parts
from models.exchange.error_workbook import write_error_workbook
from models.exchange.exam_scores import ScorePlan, plan_scores, take_scores
from models.office.context import Office
from models.training import courses
from models.training.components import components_of
from reports.inputs.exam_sheets import fill_in_sheet
from reports.workbooks.table import write_table
from ui.cli.amounts import number
from ui.cli.session import Exit, Session, TerminalProgress

_FILE = click.Path(path_type=Path)
_ENTRY = click.option(
    "--entry",
    type=click.Choice(["1", "2", "both"]),
    default="1",
    help="第几遍录入；机读成绩写 both，两遍一次录完。",
)


@click.command("parts")
@click.argument("code")
@click.argument("parts", nargs=-1)
@click.pass_obj
def parts_command(session: Session, code: str, parts: tuple[str, ...]) -> None:
    """设考试科目：名称=权重[/满分[/课程代码[/课程的成绩组成]]]；不写则列出。"""
    with session.office() as office:
        exam = find(office, code)
        if parts:
            set_parts(office, exam, [_part(office, text) for text in parts])
        found = parts_of(office, exam)
    session.finish(
        {
            "ok": True,
            "parts": [
                {
                    "name": one.name,
                    "weight": number(one.weight),
                    "full_marks": number(one.full_marks),
                }
                for one in found
            ],
        },
        "\n".join(f"{one.name}  权重 {one.weight:f}%  满分 {one.full_marks:f}" for one in found),
    )


@click.command("items")
@click.argument("code")
@click.argument("items", nargs=-1)
@click.option("--part", help="科目；只有一科时不必写。")
@click.option("--none", "erase", is_flag=True, help="去掉试题，改回只录总分。")
@click.pass_obj
def items_command(
    session: Session, code: str, items: tuple[str, ...], part: str | None, *, erase: bool
) -> None:
    """设一科的试题：名称=满分；不写则列出。"""
    if erase and items:
        raise click.UsageError("--none takes no items")
    with session.office(read_only=not (items or erase)) as office:
        exam = find(office, code)
        chosen = _part_named(mark_book(office, exam), part)
        if items or erase:
            given = [Item(name, _amount(full)) for name, full in map(_pair, items)]
            set_items(office, exam, chosen, given)
        found = items_of(office, exam).get(chosen.id, [])
    lines = [f"{one.name}  满分 {plain_decimal(one.full_marks)}" for one in found]
    session.finish(
        {
            "ok": True,
            "items": len(found),
            "list": [{"name": one.name, "full_marks": number(one.full_marks)} for one in found],
        },
        "\n".join([f"“{chosen.name}”试题 {len(found)} 道。", *lines]),
    )


@click.command("score-sheet")
@click.argument("code")
@click.option("--out", required=True, type=_FILE, help="写到这个工作簿。")
@click.option("--entry", type=click.Choice(["1", "2"]), default="1", help="第几遍的成绩。")
@click.pass_obj
def score_sheet_command(session: Session, code: str, out: Path, entry: str) -> None:
    """导出成绩登记表，填好后用 exam scores 录入。"""
    with session.office(read_only=True) as office:
        book = mark_book(office, find(office, code))
        sheet = fill_in_sheet(office, book, int(entry))
        written = write_table(out, sheet, TerminalProgress(), overwrite=True)
    session.finish(
        {"ok": True, "file": str(out), "rows": written.rows}, f"成绩登记表 {written.rows} 人：{out}"
    )


@click.command("scores")
@click.argument("code_and_file", nargs=-1, required=True, metavar="[CODE] FILE")
@_ENTRY
@click.option("--errors", type=_FILE, help="把有误的行写成这个工作簿。")
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.pass_obj
def scores_command(
    session: Session,
    code_and_file: tuple[str, ...],
    entry: str,
    errors: Path | None,
    *,
    dry_run: bool,
) -> None:
    """从工作簿录入成绩（以准考证号、教师编号或考场座位为准）；有一行不对就全部不录。"""
    *code, file = code_and_file
    if len(code) > 1:
        raise click.UsageError("exam scores takes a code and one file")
    with session.office() as office:
        exam = find(office, code[0]) if code else _only_exam(office)
        plan = plan_scores(office, exam, Path(file), _entries(entry))
        if errors is not None and plan.refused:
            write_error_workbook(plan.source, plan, errors)
        if plan.refused and (dry_run or errors is not None):
            _finish_refused(session, plan)
        if dry_run:
            session.finish(
                {"ok": True, "people": plan.people, "marks": len(plan.given), "problems": []},
                f"可录入 {plan.people} 人，没有问题。",
            )
        done = take_scores(office, plan)
        left = len({one.id for one, _ in unmarked(mark_book(office, exam))})
    session.finish(
        {
            "ok": True,
            "people": plan.people,
            "recorded": done.recorded,
            "unchanged": done.unchanged,
            "states": done.states,
            "missing": left,
        },
        f"录入 {plan.people} 人，成绩 {done.recorded} 个，不变 {done.unchanged} 个，"
        f"缺考等 {done.states} 人；还有 {left} 人没有成绩。",
    )


@click.command("marks")
@click.argument("code")
@click.argument("who", required=False)
@click.argument("points", required=False)
@click.option("--part", help="科目；只有一科时不必写。")
@_ENTRY
@click.option("--erase", is_flag=True, help="去掉这个人已录的成绩。")
@click.pass_obj
def marks_command(
    session: Session, code: str, who: str | None, *, erase: bool, **given: str | None
) -> None:
    """手工录入一个成绩：准考证号、教师编号或考场-座位，再写分数或缺考。

    不写分数则列出这个人的成绩，都不写则列出全部。
    """
    points = given["points"]
    if erase and (who is None or points is not None):
        raise click.UsageError("--erase takes one examinee and no points")
    writing = points is not None or erase
    with session.office(read_only=not writing) as office:
        exam = find(office, code)
        book = mark_book(office, exam)
        if writing and who is not None:
            _enter(office, book, who, given)
            book = mark_book(office, exam)
        shown = book.examinees if writing or who is None else (_meant(office, book, who),)
        listed = [_marks(book, one) for one in shown]
    lines = [
        f"{one['admission_no'] or one['teacher_no']}  {one['name']}  {one['marks']}"
        for one in listed
    ]
    session.finish({"ok": True, "marks": listed}, "\n".join(lines))


@click.command("compare")
@click.argument("code")
@click.pass_obj
def compare_command(session: Session, code: str) -> None:
    """两遍录入不一致的，和还没有成绩的。"""
    with session.office(read_only=True) as office:
        book = mark_book(office, find(office, code))
    found = differences(book)
    apart = [
        {
            **_who(one.examinee),
            "part": one.part.name,
            "first": number(one.first),
            "second": number(one.second),
        }
        for one in found
    ]
    missing = [{**_who(one), "part": part.name} for one, part in unmarked(book)]
    lines = [
        f"{one.examinee.name}  {one.part.name}  第一遍 {one.first_words}  第二遍 {one.second_words}"
        for one in found
    ]
    lines += [f"{one['name']}  {one['part']}  未录" for one in missing]
    session.finish(
        {"ok": not apart and not missing, "differences": apart, "missing": missing},
        "\n".join(lines) or "成绩齐全，两遍一致。",
        Exit.PROBLEMS if apart or missing else Exit.DONE,
    )


@click.command("correct")
@click.argument("code")
@click.argument("who")
@click.argument("text")
@click.option("--reason", required=True, help="更正的原因，长期保留。")
@click.option("--part", help="科目；只有一科时不必写。")
@click.pass_obj
def correct_command(
    session: Session, code: str, who: str, text: str, reason: str, part: str | None
) -> None:
    """更正一个成绩（公布、登记以后也可以），写明原因。"""
    with session.office() as office:
        exam = find(office, code)
        book = mark_book(office, exam)
        chosen = _part_named(book, part)
        correct(office, exam, Correcting(_meant(office, book, who).id, chosen.id, text, reason))
        found = [asdict(one) for one in corrections_of(office, exam)]
    hidden = ("id", "examinee_id")
    told = [{name: one[name] for name in one if name not in hidden} for one in found]
    session.finish({"ok": True, "corrections": told}, f"已更正；本场共更正 {len(told)} 处。")


COMMANDS = (
    parts_command,
    items_command,
    score_sheet_command,
    scores_command,
    marks_command,
    compare_command,
    correct_command,
)


def _enter(office: Office, book: MarkBook, who: str, given: dict[str, str | None]) -> None:
    part = _part_named(book, given["part"])
    examinee = _meant(office, book, who)
    read = read_given(examinee.id, part, given["points"] or "")
    if read is None and given["points"] is not None:
        raise UserError(
            "exam.empty_mark", "没有写分数。", "请写分数或缺考；要去掉成绩请用 --erase。"
        )
    erased = Given(examinee.id, part.id)
    enter_marks(office, book.exam, [read or erased], _entries(given["entry"] or "1"))


def _marks(book: MarkBook, one: Examinee) -> dict[str, object]:
    points = {
        part.name: [
            number(said.points)
            for _, said in sorted(book.marks.get(one.id, {}).get(part.id, {}).items())
        ]
        for part in book.parts
    }
    return {**_who(one), "state": one.state, "marks": points}


def _who(one: Examinee) -> dict[str, object]:
    return {
        "admission_no": one.admission_no,
        "teacher_no": one.teacher_no,
        "name": one.name,
        "school": one.school_name,
    }


def _meant(office: Office, book: MarkBook, text: str) -> Examinee:
    """The examinee of a number or seat, else of a name."""
    return finder(office, book).named(text) or examinee_meant(office, book.exam, text)


def _part_named(book: MarkBook, name: str | None) -> Part:
    """The part of that name; the only one where no name is given.

    Raises:
        UserError: no such part, or none named though there are several.
    """
    if name is None and len(book.parts) == 1:
        return book.parts[0]
    for part in book.parts:
        if part.name == name:
            return part
    names = "、".join(part.name for part in book.parts)
    raise UserError(
        "exam.no_part",
        f"“{book.exam.name}”没有“{name}”这一科。" if name else "这场考试有几个科目，没有写哪一科。",
        f"请用 --part 写明，可用：{names}。",
    )


def _only_exam(office: Office) -> Exam:
    """The exam that waits for scores, where a file is given without code.

    Raises:
        UserError: none or several do.
    """
    open_ones = [
        one
        for one in exams(office)
        if not one.published_on and not one.posted_on and mark_book(office, one).people
    ]
    if len(open_ones) == 1:
        return open_ones[0]
    codes = "、".join(one.code for one in open_ones)
    raise UserError(
        "exam.which",
        f"有 {len(open_ones)} 场考试等着录成绩：{codes}。" if open_ones else "没有考试等着录成绩。",
        "请写明考试编号：exam scores 编号 文件。",
    )


def _entries(text: str) -> tuple[int, ...]:
    return (1, 2) if text == "both" else (int(text),)


def _finish_refused(session: Session, plan: ScorePlan) -> None:
    problems = [
        {"sheet": one.sheet, "row": one.row, "column": one.column, "value": one.value,
         "code": one.code, "message": one.message}
        for one in plan.refused
    ]  # fmt: skip
    lines = [f"第 {one.row} 行：{one.message}" for one in plan.refused]
    session.finish(
        {"ok": False, "people": plan.people, "problems": problems},
        "\n".join([*lines, "没有写入任何成绩。"]),
        Exit.PROBLEMS,
    )


def _part(office: Office, text: str) -> Part:
    name, rest = _pair(text)
    weight, full, course, component = [*rest.split("/"), "", "", ""][:4]
    course_id = courses.find(office, course) if course else None
    return Part(
        name=name,
        weight=_amount(weight),
        full_marks=_amount(full or "100"),
        course_id=course_id,
        component_id=_component(office, course_id, component) if course_id and component else None,
    )


def _component(office: Office, course_id: str, name: str) -> str:
    for one in components_of(office, course_id):
        if one.name == name:
            return one.id
    raise UserError("exam.component", f"课程没有“{name}”这项成绩组成。", "请核对课程的成绩组成。")


def _pair(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark:
        raise UserError("exam.pair", f"“{text}”里没有等号。", "请写成 名称=数值。")
    return name, value


def _amount(text: str) -> Decimal:
    try:
        found = Decimal(text.removesuffix("%"))
    except InvalidOperation as error:
        raise UserError("exam.amount", f"“{text}”不是数。", "请写数字，如 70。") from error
    if not found.is_finite() or found != found.quantize(Decimal("0.01")):
        raise UserError("exam.amount", f"“{text}”超过两位小数。", "请写到两位小数为止。")
    return found
