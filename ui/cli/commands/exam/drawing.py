"""``exam``: freezing the list, the draw, its record, reserves, and checking a draw anywhere."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from models.errors import UserError, WorldError
from models.exams import drawing, freezing, registration, replacing
from models.exams.freezing import Frame
from models.exams.verification import read_record, verify
from reports.documents import draw_record as paper
from reports.inputs.draws import draw_record, refuse_unprintable
from reports.inputs.fonts import fonts_of
from ui.cli.session import Exit, Session, TerminalProgress

_FILE = click.Path(path_type=Path)


@click.command("frame")
@click.argument("code")
@click.option("--out", type=_FILE, help="把名单文件写到这里。")
@click.option("--again-because", default="", help="重新冻结的原因。")
@click.pass_obj
def frame_command(session: Session, code: str, out: Path | None, again_because: str) -> None:
    """冻结可以抽到的名单，公布它的指纹。"""
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
    with session.office() as office:
        exam = registration.find(office, code)
        refuse_unprintable(seed, fonts_of(office))
        drawn, _ = drawing.draw(office, exam, seed, again_because=str(given["again_because"]))
        people = drawing.drawn_people(office, exam)
        if isinstance(record, Path):
            drawing.write_record(drawn.record, record)
        if isinstance(pdf, Path):
            paper.build(
                draw_record(office, exam), pdf, fonts_of(office), TerminalProgress(), overwrite=True
            )
    listed = [
        {name: value for name, value in asdict(one).items() if name != "teacher_id"}
        for one in people
    ]
    session.finish(
        {"ok": True, "attempt": drawn.attempt, "drawn": len(people), "people": listed},
        "\n".join([f"抽中 {len(people)} 人"] + [f"{one.stratum}  {one.name}" for one in people]),
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


COMMANDS = (frame_command, freeze_command, draw_command, verify_command, replace_command)


def _frozen(session: Session, code: str, out: Path | None, again_because: str) -> Frame:
    with session.office() as office:
        exam = registration.find(office, code)
        frame, _ = freezing.freeze(office, exam, again_because=again_because)
        if out is not None:
            freezing.export_frame(office, exam, out)
    return frame


def _told(frame: Frame) -> str:
    return f"名单已冻结：{frame.size} 人，指纹 {frame.sha256}"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("exam.no_file", f"没有找到文件 {path}。", "请核对文件名。") from error
    except OSError as error:
        raise WorldError("exam.read", f"读不了 {path}：{error.strerror}。") from error
