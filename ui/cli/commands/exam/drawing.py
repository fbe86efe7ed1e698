"""``exam``: freezing the list, the draw, its record, and checking a draw anywhere."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from models.errors import UserError, WorldError
from models.exams import drawing, freezing, registration
from models.exams.quotas import read_fraction, read_rounding
from models.exams.records import ExamTerms
from models.exams.verification import read_record, verify
from reports.documents import draw_record as paper
from reports.inputs.draws import draw_record
from reports.inputs.fonts import fonts_of
from ui.cli.session import Exit, Session, TerminalProgress

_FILE = click.Path(path_type=Path)


@click.command("add")
@click.option("--code", required=True, help="考核代码，短而唯一，如 2025-12。")
@click.option("--name", required=True, help="名称。")
@click.option("--year", required=True, type=int, help="培训年度。")
@click.option("--base", help="抽取范围，如 学科教师、任课教师、全体教师、各单位。")
@click.option("--strata", help="分组，如 学校，或 学校、学科。")
@click.option("--fraction", help="比例，如 10% 或 1/10。")
@click.option("--rounding", help="ceiling、half-up-min-1 或 largest-remainder。")
@click.pass_obj
def add_command(session: Session, code: str, name: str, year: int, **given: str | None) -> None:
    """建立一次抽测；没写的按规则。"""
    base, strata = given["base"], given["strata"]
    fraction, rounding = given["fraction"], given["rounding"]
    terms = ExamTerms(
        code=code,
        name=name,
        year=year,
        base=registration.read_base(base) if base else None,
        strata=registration.read_strata(strata) if strata else None,
        fraction=read_fraction(fraction) if fraction else None,
        rounding=read_rounding(rounding) if rounding else None,
    )
    with session.office() as office:
        exam, _ = registration.create(office, terms)
    session.finish({"ok": True, "exam": exam.code}, f"已建立抽测 {exam.code}")


@click.command("freeze")
@click.argument("code")
@click.option("--out", type=_FILE, help="把名单文件写到这里。")
@click.option("--again-because", default="", help="重新冻结的原因。")
@click.pass_obj
def freeze_command(session: Session, code: str, out: Path | None, again_because: str) -> None:
    """冻结可以抽到的名单，公布它的指纹。"""
    with session.office() as office:
        exam = registration.find(office, code)
        wish = freezing.FreezeWish(again_because=again_because)
        frame, _ = freezing.freeze(office, exam, wish)
        if out is not None:
            freezing.export_frame(office, exam, out)
    session.finish(
        {
            "ok": True,
            "people": frame.size,
            "excluded": len(frame.excluded),
            "frame_sha256": frame.sha256,
            "frame": None if out is None else str(out),
        },
        f"名单已冻结：{frame.size} 人，指纹 {frame.sha256}",
    )


@click.command("draw")
@click.argument("code")
@click.option("--seed", required=True, help="现场公开产生的种子：至少 20 位数字或 12 个字符。")
@click.option("--record", type=_FILE, help="把抽签记录（JSON）写到这里。")
@click.option("--pdf", type=_FILE, help="把抽签记录印成 PDF。")
@click.option("--again-because", default="", help="重抽的原因。")
@click.pass_obj
def draw_command(session: Session, code: str, seed: str, **given: Path | str | None) -> None:
    """用公开的种子抽签。"""
    record, pdf = given["record"], given["pdf"]
    with session.office() as office:
        exam = registration.find(office, code)
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


COMMANDS = (add_command, freeze_command, draw_command, verify_command)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("exam.no_file", f"没有找到文件 {path}。", "请核对文件名。") from error
    except OSError as error:
        raise WorldError("exam.read", f"读不了 {path}：{error.strerror}。") from error
