"""``exam``: freezing the list, the draw, its record, reserves, and checking a draw anywhere."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from models.errors import UserError, WorldError
from models.exams import drawing, freezing, registration, replacing
from models.exams.freezing import Frame
from models.exams.records import Exam
from models.exams.verification import read_record, verify
from models.office.context import Office
from reports.documents import draw_record as paper
from reports.inputs.draws import draw_record, refuse_unprintable
from reports.inputs.fonts import fonts_of
from reports.kit.saving import check_writable
from ui.cli.session import Exit, Session, TerminalProgress

_FILE = click.Path(path_type=Path)


@click.command("frame")
@click.argument("code")
@click.option("--out", type=_FILE, help="把名单文件写到这里。")
@click.option("--again-because", default="", help="重新冻结的原因。")
@click.option("--preview", is_flag=True, help="只看现在冻结会有哪些组、谁不列入，不冻结。")
@click.pass_obj
def frame_command(
    session: Session, code: str, out: Path | None, again_because: str, *, preview: bool
) -> None:
    """冻结可以抽到的名单，公布它的指纹；已冻结的，用 --out 再写一份名单文件。"""
    if preview:
        _preview(session, code)
    frame = _frozen(session, code, out, again_because)
    left = [{"teacher_no": one.teacher_no, "reason": one.reason} for one in frame.excluded]
    session.finish(
        {"ok": True, "size": frame.size, "sha256": frame.sha256, "excluded": left}, _told(frame)
    )


@click.command("freeze", hidden=True)
@click.argument("code")
@click.option("--out", type=_FILE)
@click.option("--again-because", default="")
@click.pass_obj
def freeze_command(session: Session, code: str, out: Path | None, again_because: str) -> None:
    """冻结名单，结果的写法照旧（新的是 exam frame）。"""
    frame = _frozen(session, code, out, again_because)
    session.finish(
        {
            "ok": True,
            "people": frame.size,
            "excluded": len(frame.excluded),
            "frame_sha256": frame.sha256,
            "frame": None if out is None else str(out),
        },
        _told(frame),
    )


@click.command("draw")
@click.argument("code")
@click.option("--seed", required=True, help="现场公开产生的种子：至少 20 位数字或 12 个字符。")
@click.option("--out", "--record", "record", type=_FILE, help="把抽签记录（JSON）写到这里。")
@click.option("--pdf", type=_FILE, help="把抽签记录印成 PDF。")
@click.option("--again-because", default="", help="重抽的原因。")
@click.pass_obj
def draw_command(session: Session, code: str, seed: str, **given: Path | str | None) -> None:
    """用公开的种子抽签。"""
    record, pdf = given["record"], given["pdf"]
    for place in (record, pdf):
        if isinstance(place, Path):
            check_writable(place)
    with session.office() as office:
        exam = registration.find(office, code)
        refuse_unprintable(seed, fonts_of(office))
        drawn, _ = drawing.draw(office, exam, seed, again_because=str(given["again_because"]))
        people = drawing.drawn_people(office, exam)
        _write_record(office, exam, record, pdf)
    listed = [
        {name: value for name, value in asdict(one).items() if name != "teacher_id"}
        for one in people
    ]
    session.finish(
        {"ok": True, "attempt": drawn.attempt, "drawn": len(people), "people": listed},
        "\n".join([f"抽中 {len(people)} 人"] + [f"{one.stratum}  {one.name}" for one in people]),
    )


@click.command("record")
@click.argument("code")
@click.option("--out", type=_FILE, help="把抽签记录（JSON）写到这里。")
@click.option("--pdf", type=_FILE, help="把抽签记录印成 PDF。")
@click.pass_obj
def record_command(session: Session, code: str, out: Path | None, pdf: Path | None) -> None:
    """再写一份最近一次抽签的记录。"""
    if out is None and pdf is None:
        raise click.UsageError("请用 --out 或 --pdf 写明写到哪里。")
    with session.office(read_only=True) as office:
        exam = registration.find(office, code)
        drawn = drawing.latest_draw(office, exam)
        _write_record(office, exam, out, pdf)
    files = [str(one) for one in (out, pdf) if one is not None]
    session.finish(
        {"ok": True, "attempt": drawn.attempt, "seed": drawn.seed, "files": files},
        f"已写出第 {drawn.attempt} 次抽签的记录：{'、'.join(files)}",
    )


@click.command("verify")
@click.argument("record", type=_FILE)
@click.option("--frame", required=True, type=_FILE, help="冻结的名单文件。")
@click.pass_obj
def verify_command(session: Session, record: Path, frame: Path) -> None:
    """只凭记录和名单文件重算一次抽签。"""
    found = verify(read_record(_bytes(record).decode("utf-8", "replace")), _bytes(frame))
    text = (
        f"核对无误：{found.people} 人中抽取 {found.drawn} 人。"
        if found.valid
        else "\n".join(found.differences)
    )
    session.finish(
        {"ok": found.valid, **asdict(found), "differences": list(found.differences)},
        text,
        Exit.DONE if found.valid else Exit.PROBLEMS,
    )


@click.command("replace")
@click.argument("code")
@click.argument("teacher_no")
@click.option("--reason", required=True, help="为什么不能参加。")
@click.pass_obj
def replace_command(session: Session, code: str, teacher_no: str, reason: str) -> None:
    """抽中的人（教师编号）不能参加，由下一名候补递补。"""
    with session.office() as office:
        exam = registration.find(office, code)
        found, _ = replacing.replace(office, exam, teacher_no, reason)
    session.finish(
        {
            "ok": True,
            "stratum": found.stratum,
            "replaced": found.left.teacher_no,
            "reason": found.left.reason,
            "reserve": found.place,
            "teacher_no": found.came.teacher_no,
            "name": found.came.name,
        },
        f"由候补第 {found.place} 名 {found.came.name}（{found.came.teacher_no}）"
        f"递补 {found.left.name}。",
    )


COMMANDS = (
    frame_command,
    freeze_command,
    draw_command,
    record_command,
    verify_command,
    replace_command,
)


def _preview(session: Session, code: str) -> None:
    with session.office(read_only=True) as office:
        found = freezing.preview(office, registration.find(office, code))
    left = [
        {"teacher_no": one.teacher_no, "name": one.name, "reason": one.reason}
        for one in found.excluded
    ]
    lines = [f"现在冻结，名单有 {found.size} 人，{len(left)} 人不列入。没有冻结。"]
    lines += [f"{name}  {size} 人" for name, size in found.sizes.items()]
    lines += [f"不列入：{one['name']}（{one['teacher_no']}）{one['reason']}" for one in left]
    session.finish(
        {"ok": True, "size": found.size, "strata": found.sizes, "excluded": left},
        "\n".join(lines),
    )


def _write_record(
    office: Office, exam: Exam, record: Path | str | None, pdf: Path | str | None
) -> None:
    if isinstance(record, Path):
        drawing.write_record(drawing.latest_draw(office, exam).record, record)
    if isinstance(pdf, Path):
        paper.build(
            draw_record(office, exam), pdf, fonts_of(office), TerminalProgress(), overwrite=True
        )


def _frozen(session: Session, code: str, out: Path | None, again_because: str) -> Frame:
    """The frame, frozen now; where it was before, its file is written once more."""
    if out is not None:
        check_writable(out)
    with session.office() as office:
        exam = registration.find(office, code)
        known = freezing.find_frame(office, exam.id)
        if known is None or out is None or again_because.strip():
            freezing.freeze(office, exam, again_because=again_because)
        frame = freezing.frame_of(office, exam)
        if out is not None:
            freezing.export_frame(office, exam, out)
    return frame


def _told(frame: Frame) -> str:
    at = frame.frozen_at[:16].replace("T", " ")
    left = f"，未列入 {len(frame.excluded)} 人" if frame.excluded else ""
    return f"名单已于 {at} 冻结：{frame.size} 人{left}，指纹 {frame.sha256}"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("exam.no_file", f"没有找到文件 {path}。", "请核对文件名。") from error
    except OSError as error:
        raise WorldError("exam.read", f"读不了 {path}：{error.strerror}。") from error
