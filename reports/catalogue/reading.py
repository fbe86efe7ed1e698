"""Reading what a person answered to a paper's options."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from models.certificates.sheets import find_run, runs, runs_of
from models.errors import UserError
from models.exams import registration
from models.exchange.batches import read_batch
from models.mentoring import programmes
from models.office.context import Office
from models.staff.directory import school_named
from models.staff.institutions import institution_names
from models.staff.queries import name_of_teacher
from models.text.dates import read_date
from models.text.lists import listed
from models.text.tidy import tidy
from models.text.unreadable import UnreadableError
from models.titles.batches import batch_meant
from models.training import courses
from models.training.naming import teacher_meant
from reports.catalogue.options import THIS_YEAR, TODAY, Option, OptionKind, PaperInfo, Values

Answer = str | int | bool | tuple[str, ...]
_YES = frozenset({"是", "yes", "y", "1", "true", "on", "√"})
_NO = frozenset({"否", "no", "n", "0", "false", "off", "×"})
_YEARS = range(1980, 2100)
_MOST = 10_000


def default_of(office: Office, option: Option) -> str:
    """The default as a person would write it today."""
    today = office.store.clock.today()
    days = {THIS_YEAR: str(today.year), TODAY: today.isoformat()}
    return days.get(option.default, option.default)


def read_options(office: Office, paper: PaperInfo, given: Mapping[str, str]) -> Values:
    """The answers to all options of a paper, defaults where nothing was given.

    Args:
        office: the office.
        paper: whose options.
        given: key to text; an empty text counts as not given where there is no default for it.

    Raises:
        UserError: an option the paper does not have, one that is required and missing, an answer
            that cannot be read.
    """
    known = {option.key: option for option in paper.options}
    for key in given:
        if key not in known:
            raise UserError(
                "report.no_such_option",
                f"“{paper.title}”没有 {key} 这个选项。",
                f"可用：{_listed(paper)}。" if known else "它没有选项。",
            )
    answers: dict[str, Answer] = {}
    words: dict[str, str] = {}
    for option in paper.options:
        text = given.get(option.key, default_of(office, option)).strip()
        if option.kind in _LISTS and not listed(text):
            text = ""  # separators alone name nobody
        if not text:
            if option.required:
                raise UserError(
                    "report.option_missing",
                    f"“{paper.title}”要写明{option.title}（{option.key}）。",
                    _hint(office, option),
                )
            continue
        answers[option.key], words[option.key] = _READERS[option.kind](office, option, text)
    return Values(answers, words)


def _listed(paper: PaperInfo) -> str:
    return "、".join(f"{option.key}（{option.title}）" for option in paper.options)


def _hint(office: Office, option: Option) -> str:
    """What to write; of exams, which are few, the very codes."""
    if option.kind is OptionKind.EXAM and (own := registration.exams(office)):
        return f"写考试编号：{'、'.join(f'{one.code}（{one.name}）' for one in own)}。"
    return _HINTS.get(option.kind, option.note)


Read = tuple[Answer, str]
_LISTS = (OptionKind.TEACHERS, OptionKind.SEVERAL)
_HINTS = {
    OptionKind.COURSE: "写课程编号或名称。",
    OptionKind.EXAM: "写考试编号。",
    OptionKind.RUN: "写批次编号，见 certificate runs。",
    OptionKind.IMPORT: "写导入的文件名。",
    OptionKind.PROGRAMME: "写结对工程的编号。",
    OptionKind.BATCH: "写认定批次的名称，如 第五期。",
}


def _wrong(option: Option, text: str, should: str) -> UserError:
    return UserError("report.option", f"{option.title}“{text}”不对。", f"应为{should}。")


def _year(_office: Office, option: Option, text: str) -> Read:
    digits = tidy(text).removesuffix("年度").removesuffix("年").strip()
    if not digits.isdecimal() or int(digits) not in _YEARS:
        raise _wrong(option, text, "四位数的年份，如 2025")
    return int(digits), f"{int(digits)}年"


def _count(_office: Office, option: Option, text: str) -> Read:
    if not text.isdecimal() or not 0 <= int(text) <= _MOST:
        raise _wrong(option, text, f"0 到 {_MOST} 的整数")
    return int(text), text


def _school(office: Office, _option: Option, text: str) -> Read:
    names = institution_names(office)
    if text in names:
        return text, names[text]
    found = school_named(office, text)
    return found.id, found.name


def _course(office: Office, _option: Option, text: str) -> Read:
    rows = courses.course_rows(office)
    for asked in ("id", "code", "title"):
        found = [row for row in rows if text == (row.id if asked == "id" else row.shown[asked])]
        if len(found) == 1:
            return found[0].id, found[0].shown["title"]
        if found:
            codes = "、".join(row.shown["code"] for row in found)
            raise UserError(
                "report.course", f"有 {len(found)} 门课程叫“{text}”。", f"请写编号：{codes}。"
            )
    raise UserError(
        "training.no_such_course", f"没有编号或名称为“{text}”的课程。", "请核对课程编号。"
    )


def _exam(office: Office, _option: Option, text: str) -> Read:
    own = {exam.id: exam for exam in registration.exams(office)}
    exam = own.get(text) or registration.find(office, text)
    return exam.id, exam.name


def _run(office: Office, _option: Option, text: str) -> Read:
    found = runs_of(office, [text]) or [one for one in runs(office) if one.title == text]
    run = found[0] if len(found) == 1 else find_run(office, text)
    return run.id, run.title


def _import(office: Office, _option: Option, text: str) -> Read:
    batch = read_batch(office, text)
    return batch.id, batch.file_name


def _programme(office: Office, _option: Option, text: str) -> Read:
    own = {one.id: one for one in programmes.programmes(office)}
    found = own.get(text) or programmes.programme(office, programmes.find(office, text))
    return found.id, found.name


def _batch(office: Office, _option: Option, text: str) -> Read:
    found = batch_meant(office, text)
    return found.id, found.name


def _teachers(office: Office, _option: Option, text: str) -> Read:
    ids: list[str] = []
    for one in listed(text):
        known = name_of_teacher(office, one)
        ids.append(one if known else teacher_meant(office, one))
    names = [name_of_teacher(office, one) for one in ids]
    return tuple(dict.fromkeys(ids)), names[0] + (f"等{len(names)}人" if len(names) > 1 else "")


def _choice(_office: Office, option: Option, text: str) -> Read:
    for one in option.choices:
        if text in (one.key, one.title):
            return one.key, one.title
    raise _wrong(option, text, f"{_offered(option)}之一")


def _some(_office: Office, option: Option, text: str) -> Read:
    wanted = set(listed(text))
    chosen = [one for one in option.choices if {one.key, one.title} & wanted]
    strange = wanted - {name for one in chosen for name in (one.key, one.title)}
    if strange:
        raise _wrong(option, "、".join(sorted(strange)), f"{_offered(option)}中的几项")
    return tuple(one.key for one in chosen), "、".join(one.title for one in chosen)


def _offered(option: Option) -> str:
    return "、".join(f"{one.key}（{one.title}）" for one in option.choices)


def _flag(_office: Office, option: Option, text: str) -> Read:
    lower = text.lower()
    if lower not in _YES | _NO:
        raise _wrong(option, text, "是或否")
    return lower in _YES, "是" if lower in _YES else "否"


def _day(_office: Office, option: Option, text: str) -> Read:
    try:
        day = read_date(text)
    except UnreadableError as error:
        raise _wrong(option, text, "日期，如 2025-12-20") from error
    if not day.is_full:
        raise _wrong(option, text, "完整的日期，如 2025-12-20")
    return day.text, day.text


def _text(_office: Office, _option: Option, text: str) -> Read:
    return text, text


_READERS: Mapping[OptionKind, Callable[[Office, Option, str], Read]] = {
    OptionKind.YEAR: _year,
    OptionKind.SCHOOL: _school,
    OptionKind.COURSE: _course,
    OptionKind.EXAM: _exam,
    OptionKind.RUN: _run,
    OptionKind.IMPORT: _import,
    OptionKind.PROGRAMME: _programme,
    OptionKind.BATCH: _batch,
    OptionKind.TEACHERS: _teachers,
    OptionKind.CHOICE: _choice,
    OptionKind.SEVERAL: _some,
    OptionKind.FLAG: _flag,
    OptionKind.COUNT: _count,
    OptionKind.DAY: _day,
    OptionKind.TEXT: _text,
    OptionKind.BODY: _text,
}
