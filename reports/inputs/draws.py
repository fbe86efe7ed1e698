"""A draw as its record is printed: everybody drawn, and the first reserves of each stratum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from models.exams.drawing import latest_draw
from models.exams.freezing import frame_of
from models.exams.records import Exam
from models.office.context import Office
from models.staff.queries import teacher_rows
from reports.documents.draw_record import DrawnPerson, DrawRecord, Stratum

RESERVES_SHOWN = 3


def draw_record(office: Office, exam: Exam) -> DrawRecord:
    """The record of an exam's latest draw.

    Raises:
        UserError: nothing was drawn yet.
    """
    drawn = latest_draw(office, exam)
    record = drawn.record
    frame = frame_of(office, exam)
    strata: list[Mapping[str, Any]] = list(record["strata"])
    people = _people(office, strata)
    return DrawRecord(
        title=f"{exam.name}抽签记录",
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        purpose=exam.name,
        exam=exam.code,
        base=f"{record['base_name']}：{record['base_rule']}",
        eligible=frame.size,
        rate=f"{exam.fraction * 100}%",
        rounding=str(record["rounding_name"]),
        drawn=sum(len(one["selected"]) for one in strata),
        seed=drawn.seed,
        seed_source="现场公开产生",
        frame_hash=frame.sha256,
        drawn_at=drawn.drawn_at[:16].replace("T", " "),
        strata=tuple(
            Stratum(
                str(one["stratum"]), int(one["size"]), int(one["quota"]), len(one["selected"]),
                len(one["reserves"]),
            )
            for one in strata
        ),
        people=people,
        remarks=f"第 {drawn.attempt} 次抽签：{drawn.reason}" if drawn.reason else "",
    )  # fmt: skip


def _people(office: Office, strata: list[Mapping[str, Any]]) -> tuple[DrawnPerson, ...]:
    results = {number: result for one in strata for number, result in _results(one)}
    ids = {
        row["id"]: row["teacher_no"]
        for row in office.store.query("SELECT id, teacher_no FROM teacher")
        if row["teacher_no"] in results
    }
    shown = {row.shown["teacher_no"]: row.shown for row in teacher_rows(office, list(ids))}
    return tuple(
        DrawnPerson(
            school=shown[number]["school"],
            name=shown[number]["name"],
            teacher_no=number,
            subject=shown[number]["subject"],
            result=result,
        )
        for number, result in results.items()
        if number in shown
    )


def _results(stratum: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((number, "抽中") for number in stratum["selected"])
    reserves = stratum["reserves"][:RESERVES_SHOWN]
    yield from ((number, f"候补 {place}") for place, number in enumerate(reserves, 1))
