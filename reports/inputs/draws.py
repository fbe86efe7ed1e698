"""A draw on paper: the list before it, its record, and who was called up after it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from models.errors import UserError
from models.exams.bases import bases
from models.exams.draw import Terms, ticket_of
from models.exams.drawing import Draw, latest_draw
from models.exams.eligibility import STRATUM_NAMES
from models.exams.frame import by_stratum, read_frame
from models.exams.freezing import Frame, frame_by_id, frame_of
from models.exams.people import Named, named
from models.exams.quotas import ROUNDING_NAMES, ROUNDING_RULES
from models.exams.records import DRAWN_BEFORE_NAMES, KIND_NAMES, Exam
from models.exams.replacing import replacements
from models.exams.terms import filter_words
from models.office.context import Office
from models.training.courses import read as read_course
from reports.documents.draw_record import RECHECK, DrawnPerson, DrawRecord, Stratum
from reports.documents.exam_frame import ExcludedPerson, FrameSheet, Member
from reports.documents.exam_reserves import CalledUp, ReservesSheet
from reports.kit.fonts import Fonts, spelled

RESERVES_SHOWN = 3
GONE = "（已不在库）"
FRAME_WORDS = (
    "上面的指纹是名单文件（每行“教师编号、制表符、组别”，按编号排列，UTF-8 编码，换行为 LF）的"
    " SHA-256。它在抽签种子产生之前公布并签字：名单多一人、少一人或改一字，指纹都会不同，"
    "所以种子产生以后没有人能再改名单。",
    "请各单位核对本单位的人员；有遗漏、重复或不该列入的，在抽签之前提出。",
)


def frame_sheet(
    office: Office, exam: Exam, *, names: bool = True, reasons: bool = False
) -> FrameSheet:
    """The list of an exam as it is posted and signed before the draw.

    Args:
        office: the office.
        exam: which exam.
        names: whether everybody of the list is printed.
        reasons: whether those left out are printed, with the reasons; not on what is posted in
            public, where illness and the like are nobody's business.

    Raises:
        UserError: none was frozen yet.
    """
    frame = frame_of(office, exam)
    people = named(office, frame.id)
    strata = by_stratum(read_frame(frame.body))
    sizes = {name: len(numbers) for name, numbers in strata.items()}
    wanted = sizes if exam.session.kind == "whole" else _terms(exam, "").quotas(sizes)
    members = tuple(
        Member(stratum, number, _name(people, number))
        for stratum, numbers in strata.items()
        for number in numbers
    )
    again = f"第 {frame.attempt} 次冻结：{frame.reason}" if frame.reason else ""
    return FrameSheet(
        title=f"{exam.name}{'抽签' if exam.session.kind == 'sample' else ''}名单公示",
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        purpose=f"{KIND_NAMES[exam.session.kind]}　考试编号 {exam.code}",
        facts=(
            ("应抽范围", _base(exam)),
            *_scope(office, exam),
            ("人数", f"{frame.size} 人，未列入 {len(frame.excluded)} 人"),
            ("抽取办法", "，".join(filter(None, _how_many(exam)))),
            ("冻结时间", _moment(frame.frozen_at)),
            *((("备注", again),) if again else ()),
        ),
        sha256=frame.sha256,
        strata=tuple((name, size, wanted[name]) for name, size in sizes.items()),
        members=members if names else (),
        excluded=_excluded(frame) if reasons else (),
        words=FRAME_WORDS,
    )


def refuse_unprintable(seed: str, fonts: Fonts) -> None:
    """Refuse a seed that the record of the draw could not show, before anything is drawn.

    Raises:
        UserError: characters no font has, or without a shape of their own.
    """
    unseen = [char for char in dict.fromkeys(seed) if spelled(char, fonts) != char]
    if unseen:
        codes = "、".join(f"{char}（{spelled(char, fonts)}）" for char in unseen)
        raise UserError(
            "exam.seed_glyphs",
            f"种子里有字体里没有的字，抽签记录印不出来：{codes}。没有抽签。",
            "请换成数字、字母或常用汉字。",
        )


def draw_record(
    office: Office, exam: Exam, *, reserves: int = RESERVES_SHOWN, reasons: bool = True
) -> DrawRecord:
    """The record of an exam's latest draw.

    Args:
        office: the office.
        exam: which exam.
        reserves: how many reserves of each stratum are printed; the file has all of them.
        reasons: whether those left out are printed, with the reasons.

    Raises:
        UserError: nothing was drawn yet.
    """
    drawn = latest_draw(office, exam)
    record = drawn.record
    frame = frame_by_id(office, drawn.frame_id)
    strata: list[Mapping[str, Any]] = list(record["strata"])
    rate, rounding = _how_many(exam)
    return DrawRecord(
        title=f"{exam.name}抽签记录",
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        purpose=exam.name,
        exam=exam.code,
        base=_base(exam, record),
        eligible=frame.size,
        rate=rate,
        rounding=rounding,
        drawn=sum(len(one["selected"]) for one in strata),
        seed=drawn.seed,
        seed_source="现场公开产生",
        frame_hash=frame.sha256,
        drawn_at=_moment(drawn.drawn_at),
        strata=tuple(
            Stratum(
                str(one["stratum"]), int(one["size"]), int(one["quota"]), len(one["selected"]),
                len(one["reserves"]),
            )
            for one in strata
        ),
        people=tuple(_people(office, exam, drawn, reserves)),
        terms=(*_scope(office, exam), ("名单冻结", _moment(frame.frozen_at))),
        excluded=_excluded(frame) if reasons else (),
        remarks=_remarks(drawn),
        recheck=(*RECHECK[:3], f"　应抽人数：{_rule(exam)}。", *RECHECK[3:]),
        commands=tuple(_commands(exam, drawn)),
    )  # fmt: skip


def reserves_sheet(office: Office, exam: Exam) -> ReservesSheet:
    """Who was called up since the latest draw, for whom and why.

    Raises:
        UserError: nothing was drawn yet.
    """
    drawn = latest_draw(office, exam)
    called = replacements(office, exam)
    return ReservesSheet(
        title=f"{exam.name}抽签记录附页（候补递补）",
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        purpose=exam.name,
        facts=(
            ("考试编号", exam.code),
            ("抽签时间", _moment(drawn.drawn_at)),
            ("抽签种子", drawn.seed),
            ("名单指纹", str(drawn.record["frame_sha256"])),
            ("递补人数", f"{len(called)} 人"),
        ),
        called=tuple(
            CalledUp(
                one.stratum, one.left.name, one.left.teacher_no, one.left.reason, one.place,
                one.came.name, one.came.teacher_no,
            )
            for one in called
        ),
    )  # fmt: skip


def _base(exam: Exam, record: Mapping[str, Any] | None = None) -> str:
    """Who could be drawn: as the record has it, whatever the rules say today."""
    if record and record.get("base_name") and record.get("base_rule"):
        return f"{record['base_name']}：{record['base_rule']}"
    rule = bases().rules[exam.scope.base]
    return f"{rule.name}：{rule.rule}"


def _scope(office: Office, exam: Exam) -> Iterator[tuple[str, str]]:
    """What else decided who could be drawn."""
    if filters := filter_words(office, exam.scope):
        yield "只限", "；".join(filters)
    names = [STRATUM_NAMES[one] for one in exam.scope.strata]
    yield "分组办法", f"按{'、'.join(names)}分组" if names else "不分组"
    if exam.gated and exam.course_id:
        title = read_course(office, exam.course_id)["title"]
        yield "考试资格", f"核对“{title}”的学时、作业和交流，未完成的不列入"
    if exam.session.kind == "sample":
        yield "上次抽中的", DRAWN_BEFORE_NAMES[exam.drawn_before]


def _how_many(exam: Exam) -> tuple[str, str]:
    """The share (or number) and how it is rounded, as printed."""
    if exam.session.kind == "whole":
        return "全部参加", ""
    if exam.quota is not None:
        return f"每组 {exam.quota} 人，不足的全部抽中", ""
    share = exam.fraction * 100
    shown = f"{share}%" if share.denominator == 1 else f"{float(share):.6g}%"
    return shown, ROUNDING_NAMES[exam.rounding]


def _rule(exam: Exam) -> str:
    if exam.quota is not None:
        return f"每组 {exam.quota} 人，不足的全部抽中"
    return ROUNDING_RULES[exam.rounding]


def _terms(exam: Exam, seed: str) -> Terms:
    return Terms(exam.code, seed, exam.fraction, exam.rounding, exam.quota)


def _excluded(frame: Frame) -> tuple[ExcludedPerson, ...]:
    return tuple(
        ExcludedPerson(one.teacher_no, one.name, one.reason, one.signed_by)
        for one in frame.excluded
    )


def _remarks(drawn: Draw) -> str:
    if not drawn.reason:
        return ""
    earlier: Sequence[Mapping[str, Any]] = drawn.record.get("earlier", ())
    seeds = "；".join(f"第 {one['attempt']} 次种子 {one['seed']}" for one in earlier)
    return f"第 {drawn.attempt} 次抽签：{drawn.reason}。先前的抽签：{seeds}。"


def _commands(exam: Exam, drawn: Draw) -> Iterator[str]:
    """The check with ``sha256sum``, worked out for the first person drawn; each a short line."""
    sha256 = str(drawn.record["frame_sha256"])
    number = next((one["selected"][0] for one in drawn.record["strata"] if one["selected"]), None)
    yield "用命令核对名单指纹（Windows 上用 certutil -hashfile 抽签名单.txt SHA256）："
    yield "sha256sum 抽签名单.txt"
    if number is None:
        return
    yield f"用命令核对一个人的签号，以 {number} 为例（Windows 上用 Git Bash）："
    for name, text in (("SEED", drawn.seed), ("EXAM", exam.code), ("HASH", sha256)):
        yield f"{name}={shlex.quote(text)}"
    words = f'"$SEED" "$EXAM" "$HASH" {shlex.quote(number)}'
    yield f"printf '%s\\n%s\\n%s\\n%s' {words} | sha256sum"
    yield f"应得到 {ticket_of(_terms(exam, drawn.seed), sha256, number)}"


def _people(office: Office, exam: Exam, drawn: Draw, reserves: int) -> Iterator[DrawnPerson]:
    people = named(office, drawn.frame_id)
    by_school = exam.scope.strata == ("school",)
    for one in drawn.record["strata"]:
        stratum = str(one["stratum"])
        for number, result in _results(one, reserves):
            who = people.get(number, Named("", number, GONE, "", ""))
            yield DrawnPerson(
                stratum if by_school else who.school, who.name, number, who.subject, result,
                "" if by_school else stratum,
            )  # fmt: skip


def _results(stratum: Mapping[str, Any], reserves: int) -> Iterator[tuple[str, str]]:
    yield from ((number, "抽中") for number in stratum["selected"])
    shown = stratum["reserves"][:reserves]
    yield from ((number, f"候补 {place}") for place, number in enumerate(shown, 1))


def _name(people: Mapping[str, Named], number: str) -> str:
    return people[number].name if number in people else GONE


def _moment(moment: str) -> str:
    return moment[:16].replace("T", " ")
