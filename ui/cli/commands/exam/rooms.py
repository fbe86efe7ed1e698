"""``exam``: rooms, seats and numbers, who did not come, and the papers of the day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import cast, get_args

import click

from models.errors import UserError, WorldError
from models.exams import attendance, numbering, registration
from models.exams import rooms as rooms_
from models.exams.attendance import Noted, note_states
from models.exams.examinees import sitting
from models.exams.naming import examinee_meant, examinees_meant
from models.exams.records import STATE_NAMES, Exam, ExamineeState, Room
from models.exams.rooms import (
    RoomsWish,
    capacity,
    many_rooms,
    read_lanes,
    read_seats,
    room_numbered,
    rooms_of,
    write_lanes,
)
from models.exams.seats import Seated, give_seats, move_to, take_back_seats
from models.office.context import Office
from reports.documents import exam_pack
from reports.documents.exam_pack import TITLES, PackWish
from reports.inputs.exam_days import exam_day
from reports.inputs.fonts import fonts_of
from ui.cli.session import Session, TerminalProgress

_STATES = [one for one in get_args(ExamineeState) if one != "replaced"]
_LANES = click.option("--lanes", help="每列几座（从门一侧数起），如 8、7、7、8 或 4×8。")
_PLACE = click.option("--place", help="学校或教学楼；不写就是考试地点。")
_EMPTY = click.option("--empty", help="不坐人的座号，如 5、11-12。")


@click.group("rooms")
def rooms_group() -> None:
    """考场：增加、修改、删除、查看。"""


@rooms_group.command("add")
@click.argument("code")
@click.option("--count", type=int, default=1, show_default=True, help="增加几个一样的考场。")
@click.option("--name", default="第{number}考场", show_default=True, help="{number} 是考场号。")
@_LANES
@_PLACE
@_EMPTY
@click.pass_obj
def add_command(session: Session, code: str, count: int, name: str, **given: str | None) -> None:
    """给一场考试增加考场。"""
    with session.office() as office:
        exam = registration.find(office, code)
        wish = RoomsWish(
            count,
            read_lanes(given["lanes"]) if given["lanes"] else (),
            name,
            given["place"] or "",
            read_seats(given["empty"] or ""),
        )
        rooms_.add_rooms(office, exam, many_rooms(office, exam, wish))
        _finish_rooms(session, office, exam)


@rooms_group.command("list")
@click.argument("code")
@click.pass_obj
def list_command(session: Session, code: str) -> None:
    """列出考场，座位够不够。"""
    with session.office(read_only=True) as office:
        _finish_rooms(session, office, registration.find(office, code))


@rooms_group.command("change")
@click.argument("code")
@click.argument("number", type=int)
@click.option("--name", help="教室名称。")
@_LANES
@_PLACE
@_EMPTY
@click.pass_obj
def change_command(session: Session, code: str, number: int, **given: str | None) -> None:
    """修改一个考场。"""
    with session.office() as office:
        exam = registration.find(office, code)
        room = room_numbered(office, exam, number)
        if given["lanes"] is not None:
            room = replace(room, lanes=read_lanes(given["lanes"]))
        if given["empty"] is not None:
            room = replace(room, left_empty=read_seats(given["empty"]))
        words = {key: text for key in ("name", "place") if (text := given[key]) is not None}
        rooms_.change_rooms(office, exam, [replace(room, **words)])
        _finish_rooms(session, office, exam)


@rooms_group.command("remove")
@click.argument("code")
@click.argument("numbers", nargs=-1, required=True, type=int)
@click.pass_obj
def remove_command(session: Session, code: str, numbers: tuple[int, ...]) -> None:
    """删除没有排人的考场。"""
    with session.office() as office:
        exam = registration.find(office, code)
        ids = [room_numbered(office, exam, number).id for number in numbers]
        rooms_.remove_rooms(office, exam, ids)
        _finish_rooms(session, office, exam)


@click.command("numbering")
@click.argument("rule", required=False)
@click.option("--usual", is_flag=True, help="恢复通常的规则。")
@click.pass_obj
def numbering_command(session: Session, rule: str | None, *, usual: bool) -> None:
    """查看或设定准考证号规则，如 {year}{exam:02d}{room:03d}{seat:02d}。"""
    with session.office(read_only=rule is None and not usual) as office:
        if rule is not None or usual:
            numbering.set_rule(office, "" if usual else rule or "")
        known = numbering.rule_of(office)
    places = "\n".join(f"{{{key}}}　{name}" for key, name in numbering.PLACES.items())
    result = {"ok": True, "rule": known, "places": dict(numbering.PLACES)}
    session.finish(result, f"准考证号规则：{known}\n{places}")


@click.command("seats")
@click.argument("code")
@click.option("--again", is_flag=True, help="全部重新编排；不写只给没有座位的人排。")
@click.option("--clear", is_flag=True, help="取消编排。")
@click.option("--move", "moved", help="把这名考生（准考证号、教师编号或姓名）调到 --to。")
@click.option("--to", "seat", help="考场与座号，如 3-12；有人坐的两人对调。")
@click.pass_obj
def seats_command(
    session: Session, code: str, moved: str | None, seat: str | None, **how: bool
) -> None:
    """编排座位和准考证号；没有考场时按通常的座位增加。"""
    with session.office() as office:
        exam = registration.find(office, code)
        if how["clear"]:
            take_back_seats(office, exam)
            session.finish({"ok": True, "people": 0, "seats": []}, "已取消座位编排。")
        if moved is not None or seat is not None:
            _move(office, exam, moved or "", seat or "")
        done = give_seats(office, exam, again=how["again"])
        listed = _seats(office, exam)
    result = {
        "ok": True,
        "people": done.people,
        "given": done.given,
        "rooms": done.rooms,
        "made": done.made,
        "beside": [
            {"first": one.first.admission_no, "second": one.second.admission_no, "alike": one.trait}
            for one in done.beside
        ],
        "remarks": list(done.remarks),
        "seats": listed,
    }
    session.finish(result, "\n".join(_told(done)))


@click.command("absent")
@click.argument("code")
@click.argument("people", nargs=-1, required=True)
@click.option("--state", default="absent", show_default=True, type=click.Choice(_STATES),
              help="absent 缺考、excused 缓考、cheated 作弊、expected 改回应考。")  # fmt: skip
@click.option("--reason", default="", help="原因；缓考、作弊必须写。")
@click.pass_obj
def absent_command(
    session: Session, code: str, people: tuple[str, ...], state: str, reason: str
) -> None:
    """登记缺考、缓考、作弊，或改回；考生写准考证号、座位、教师编号或姓名。"""
    noted = Noted(cast("ExamineeState", state), reason)
    with session.office() as office:
        exam = registration.find(office, code)
        found = examinees_meant(office, exam, people)
        note_states(office, exam, {one.id: noted for one in found})
        counts = attendance.counts(office, exam)
    names = "、".join(one.name for one in found)
    told = "，".join(f"{STATE_NAMES[one]} {count} 人" for one, count in counts.items())
    session.finish(
        {"ok": True, "changed": [one.teacher_no for one in found], "counts": dict(counts)},
        f"{names}记为{STATE_NAMES[noted.state]}。现在{told}。",
    )


@click.command("pack")
@click.argument("code")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="文件夹，或 .pdf 文件。"
)
@click.option("--papers", help="只要这几种：" + "、".join(f"{k} {t}" for k, t in TITLES.items()))
@click.option("--rooms", default="", help="只要这几个考场，如 1、3-5。")
@click.option("--desk", default="", help="桌贴用纸。")
@click.option("--answer", default="", help="答题卡标签用纸。")
@click.pass_obj
def pack_command(session: Session, code: str, out: Path, papers: str | None, **given: str) -> None:
    """一次写出全部考务资料：文件夹里按发放先后编号，.pdf 则合成一个文件。"""
    keys = (
        tuple(papers.replace("、", ",").replace("，", ",").split(",")) if papers else tuple(TITLES)
    )
    wish = PackWish(tuple(key.strip() for key in keys), given["desk"], given["answer"])
    with session.office(read_only=True) as office:
        exam = registration.find(office, code)
        day = exam_day(office, exam, read_seats(given["rooms"]))
        fonts, progress = fonts_of(office), TerminalProgress()
        if out.suffix.lower() == ".pdf":
            built = (exam_pack.build(day, out, fonts, progress, overwrite=True, wish=wish),)
        else:
            _folder(out)
            built = exam_pack.build_each(day, out, fonts, progress, overwrite=True, wish=wish)
    files = [{"file": str(one.path), "pages": one.pages} for one in built]
    pages = sum(one.pages for one in built)
    text = "\n".join(f"{one.path.name}　{one.pages} 页" for one in built)
    session.finish({"ok": True, "people": day.people, "pages": pages, "files": files}, text)


COMMANDS = (
    rooms_group,
    numbering_command,
    seats_command,
    absent_command,
    pack_command,
)


def _finish_rooms(session: Session, office: Office, exam: Exam) -> None:
    found, known = capacity(office, exam), rooms_of(office, exam)
    result = {
        "ok": True,
        "people": found.people,
        "seats": found.seats,
        "lacking": found.lacking,
        "rooms": [_room(one) for one in known],
    }
    lines = [
        f"{one.number}　{one.name}　{one.place}　{write_lanes(one.lanes)}　{len(one.seats)} 座"
        for one in known
    ]
    short = f"，还缺 {found.lacking} 座" if found.lacking else ""
    lines.append(f"{found.rooms} 个考场 {found.seats} 座，考生 {found.people} 人{short}。")
    session.finish(result, "\n".join(lines))


def _room(room: Room) -> dict[str, object]:
    return {
        "number": room.number,
        "name": room.name,
        "place": room.place,
        "lanes": list(room.lanes),
        "empty": list(room.left_empty),
        "seats": len(room.seats),
    }


def _seats(office: Office, exam: Exam) -> list[dict[str, str | int]]:
    numbers = {one.id: one.number for one in rooms_of(office, exam)}
    found: list[dict[str, str | int]] = [
        {
            "room": numbers[str(one.room_id)],
            "seat": one.seat,
            "admission_no": one.admission_no,
            "teacher_no": one.teacher_no,
            "name": one.name,
            "school": one.school_name,
            "subject": one.subject,
        }
        for one in sitting(office, exam)
        if one.seat
    ]
    return sorted(found, key=lambda one: (one["room"], one["seat"]))


def _move(office: Office, exam: Exam, who: str, seat: str) -> None:
    """Seat somebody elsewhere."""
    if not who or not re.fullmatch(r"\d+-\d+", seat):
        raise UserError(
            "exam.move", "要写明谁（--move）调到哪里（--to）。", "如 --move 张红梅 --to 3-12。"
        )
    number, place = map(int, seat.split("-"))
    room = room_numbered(office, exam, number)
    move_to(office, exam, examinee_meant(office, exam, who).id, room.id, place)


def _told(done: Seated) -> Iterable[str]:
    yield f"{done.rooms} 个考场，{done.people} 人有座位和准考证号（这次排 {done.given} 人）。"
    yield from done.remarks
    if done.beside:
        yield f"有 {len(done.beside)} 处相邻的考生错不开："
        yield from (one.text for one in done.beside)


def _folder(out: Path) -> None:
    """Make the folder where it is not there."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorldError(
            "file.no_folder", f"建不了文件夹 {out}（{error.strerror}）。", "请换一个位置再试。"
        ) from error
